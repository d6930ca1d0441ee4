"""Which part of a company's or market's business a figure is about, by the words that say so.

Units and shares are about smartphones unless a word says otherwise; money is about the company. `money` segments are
parts of a company's revenue and profit, `goods` segments are kinds of devices, `channel` segments ways of selling.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from functools import lru_cache

from etl.claims import segments_chinese
from etl.claims.scan import CJK, Headed

# Phones that are called premium by what they cost: from Rs 20,000, $400, 3,000 yuan, 300 euros on.
_SUM = (
    r"(?:(?:INR|Rs\.?|₹) ?(?:[2-9]\d|1\d\d)(?:,?000|k)|(?:US)?(?:\$|USD) ?(?:[4-9]\d\d|1,?\d{3})|(?:RMB|CNY|¥) ?(?:[3-9]|1\d),?\d{3}|(?:EUR|€) ?(?:[3-9]\d\d|1,?\d{3})"
    r"|(?:[3-9]|1\d),?\d{3} ?(?:yuan|RMB)|(?:[3-9]\d\d|1,?\d{3}) ?euros?|(?:[4-9]\d\d|1,?\d{3}) ?dollars)"
)
_DEAR = (
    r"(?:smart ?phones?|phones?|handsets?|models)(?: (?:that|which|priced|costing|costs?|are|were|selling|sold|retailing|with|an?|wholesale|retail|average|price|prices|tag|of|at|for|in|the|range)){0,7}"
    rf" (?:(?:above|over|beyond|upwards of|more than|at least|at or above|or above) {_SUM}|{_SUM}(?: and above| and up| or more| or above| and more| and over|\+))"
)

GOODS: tuple[tuple[str, str], ...] = (
    ("5G smartphones", r"5G[- ](?:smart)?phones?|5G (?:smartphone|handset|device|iPhone)s?|(?<=in )5G(?=[,.;]| where)|5G (?:models|market|segment|space|units)|phones with 5G"),
    ("ultra-premium smartphones", r"(?:ultra|super)[- ]premium(?: (?:\([^)]{1,30}\) )?(?:(?:smart)?phones?|segment|market|tier|category|devices))?"),
    ("mid-premium smartphones", r"mid[- ]premium(?: (?:\([^)]{1,30}\) )?(?:(?:smart)?phones?|segment|market|tier|category|devices))?"),
    ("segment:foldables", r"foldables?(?: (?:smart)?phones?)?|foldable (?:devices?|models?|market)|folding (?:(?:smart)?phones?|devices?|market)|折叠屏(?:手机)?"),
    ("segment:air conditioners", r"air[- ]conditioners?|空调"),
    ("segment:refrigerators", r"refrigerators?|fridges?|冰箱"),
    ("segment:washing machines", r"washing machines?|洗衣机"),
    ("segment:power banks", r"power ?banks?|充电宝"),
    ("segment:routers", r"(?:wi-?fi )?routers?|路由器"),
    ("segment:vacuum cleaners", r"(?:robot )?vacuum(?: cleaners?)?s?|扫地机器人"),
    ("premium smartphones", r"premium(?:[- ]tier)? (?:\([^)]{1,30}\) )?(?:segment|smartphones?|phones?|market|price|sales|shipments|volumes?|handsets?|tier|category|space)"),
    ("premium smartphones", _DEAR),
    ("feature phones", r"feature[- ]?phones?|basic phones"),
    ("segment:4G phones", r"(?:4G|LTE)(?: VoLTE)? (?:smart)?phones?|(?:4G|LTE) (?:handsets?|devices?)|device shipments with 4G"),
    ("segment:Mac", r"(?<=the )Mac(?= (?:was|is|had|sold|did|grew))|Mac (?:sales|shipments|units)|Macs"),
    ("segment:earwear", r"ear-?wear"),
    ("mobile phones", r"(?:overall |total |global )?mobile phone market|mobile phones?"),
    ("tablets", r"tablets?(?: PCs?)?|iPads?|Galaxy Tabs?"),
    ("wearable bands", r"Mi Bands?|wearable bands?|wristbands?|fitness bands?|smart bands?"),
    ("smartwatches", r"smart ?watch(?:es)?|watches(?=:)"),
    ("wearables", r"wearables?(?: devices?)?"),
    ("smart speakers", r"smart speakers?"),
    ("smart TVs", r"smart TVs?|Mi (?:LED )?TVs?|televisions?|TVs"),
    ("segment:true wireless earbuds", r"true wireless (?:earbuds|stereo|hearables|headsets)|TWS|earbuds|hearables"),
    ("segment:PCs", r"(?:personal computers?|PCs|laptops?|notebooks?) (?:market|shipments)|PCs|laptops|(?<!super)computers"),
    ("smartphones", r"smart ?phones?|smart phones?|handsets?|handhelds|iPhones|cell phones?|(?<!feature )phones|智能手机|手机"),
)
CHANNELS: tuple[tuple[str, str], ...] = (
    ("segment:online", r"online (?:smart ?phone )?(?:channels?|space|segment|market|sales|share|shipments|side)|online(?=, [A-Z])|(?<=in )online(?=[,.]| (?:now|it|is|with|at|alone)\b)|e-?commerce (?:channels?|sites|platforms|stores|portals|websites|retailers)"),
    ("segment:online", r"线上(?:渠道|市场|销售)?|电商(?:渠道|平台)?"),
    ("segment:offline", r"线下(?:渠道|市场|门店|销售)?"),
    ("segment:offline", r"offline (?:smart ?phone )?(?:channels?|space|segment|market|sales|share|shipments|retail|side)|offline(?=, [A-Z])|(?:in )?(?:offline|physical|brick-and-mortar) (?:stores|shops|outlets)|(?<=in )offline(?=[,.]| (?:now|it|is|with|at|alone)\b)"),
    ("segment:mid range", r"mid[- ]?range segment"),
    ("segment:low end", r"low[- ]end (?:segment|market)|entry[- ]level (?:segment|price)"),
)
MONEY: tuple[tuple[str, str], ...] = (
    (
        "segment:smartphones",
        r"(?:smartphones?|handsets?|phones?)(?: segment| business)?(?:'s|’s)? (?:revenues?|sales revenue|income)"
        r"|(?:revenues?|income) (?:from|of) (?:its |the )?(?:smartphones?|handsets?|phones?)|(?:smartphone|handset) (?:segment|business)"
        r"|worth of (?:handsets|phones|smartphones)|ingresos de \w+ por teléfonos inteligentes|ingresos por teléfonos inteligentes",
    ),
    (
        "segment:services",
        r"(?:internet )?services?(?: segment| business)?(?:'s|’s)? (?:revenues?|sales|income)|(?:revenues?|income) from (?:its )?(?:internet )?services",
    ),
    (
        "segment:IoT",
        r"IoT(?: and lifestyle(?: products)?)?(?: segment| business)?(?:'s|’s)? (?:revenues?|sales)|(?:revenues?|income) from (?:its )?IoT",
    ),
    (
        "segment:overseas",
        r"(?:overseas|international)(?: markets?)?(?:'s|’s)? (?:revenues?|sales|income)|(?:revenues?|income) from (?:its )?(?:overseas|international)",
    ),
    (
        "segment:mobile",
        r"mobile communications? (?:sector|division|business|unit)|mobile division|mobile business|Mobile Communications Company",
    ),
    ("segment:IM", r"\bIM (?:sector|division|business|segment)|IT (?:&|and) Mobile"),
    ("segment:cloud", r"cloud (?:computing )?(?:business|segment|revenues?)"),
    ("segment:consumer business", r"consumer (?:business|group) (?:revenues?|segment)"),
    ("segment:EV", r"(?:EV|electric vehicle|smart EV|automotive|car) (?:business|segment|revenues?)"),
    ("segment:iPhone", r"iPhone (?:revenues?|sales revenue)|(?:revenues?|sales) (?:from|of) (?:its |the )?iPhones?"),
)


def _compile(table: tuple[tuple[str, str], ...], heads: str) -> Headed:
    body = "|".join(rf"(?P<_{n}>{words})" for n, (_, words) in enumerate(table))
    chinese = {sign for _, words in table for sign in CJK.findall(words)}
    return Headed(re.compile(rf"(?:{body})(?![A-Za-z])", re.IGNORECASE), (*heads.split(), *chinese))


_TABLES = {"goods": (*segments_chinese.GOODS, *GOODS), "channel": CHANNELS, "money": (*segments_chinese.MONEY, *MONEY)}
_HEADS = {  # how the Latin words of each table begin
    "goods": "4g 5g lte mod mac bas dev wat ult sup mid fol air ref fri was pow rou wi va rob pre fea ove tot glo mob tab ipa gal wea wri fit sma tv tel mi tru tws ear hea per pc lap not com han iph cel pho ai",
    "channel": "onl e eco off mid low ent in phy bri",
    "money": "sma han pho rev inc wor ing ser int iot aio ove mob im it ict clo con ev ele aut car iph ipa mac sal pc",
}
_PATTERNS = {what: (_compile(table, _HEADS[what]), table) for what, table in _TABLES.items()}


@lru_cache(maxsize=16)
def find_segments(text: str, start: int, end: int, what: str) -> tuple[tuple[int, int, str], ...]:
    """The segment words in text[start:end] as (start, end, segment); `what` is goods, channel or money."""
    pattern, table = _PATTERNS[what]
    return tuple((m.start(), m.end(), table[int((m.lastgroup or "_0")[1:])][0]) for m in pattern.finditer(text, start, end))
