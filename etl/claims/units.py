"""The units that stand before and after a number: currencies, percents, multiples, counted nouns and physical measures.

"US$ 3.5" → USD        "Rs 293 crore" → INR        "14.1 per cent" → percent        "123 Mi Home stores" → store        "9.7 GB" → gigabyte
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.claims.measures import CASED, MEASURE, NEEDS_CASE
from etl.claims.scan import CJK

# A sign or code printed before the amount. The dollar of a country is told by the letters before it.
_BEFORE = {
    "us$": "USD", "$us": "USD", "us $": "USD", "usd": "USD", "$": "USD", "usd$": "USD", "u.s. $": "USD", "u.s.$": "USD",
    "hk$": "HKD", "hk $": "HKD", "nt $": "TWD", "cad$": "CAD", "dollar": "USD", "ps": "GBP", "hkd": "HKD",
    "nt$": "TWD", "ntd": "TWD", "twd": "TWD", "a$": "AUD", "au$": "AUD", "aud": "AUD", "c$": "CAD", "c $": "CAD",
    "ca$": "CAD", "cad": "CAD", "s$": "SGD", "sg$": "SGD", "sgd": "SGD", "nz$": "NZD", "nzd": "NZD", "r$": "BRL", "brl": "BRL",
    "mx$": "MXN", "mxn": "MXN",
    "rmb": "CNY", "cny": "CNY", "cn¥": "CNY", "人民币": "CNY", "rmb¥": "CNY", "yuan": "CNY", "¥": "CNY", "￥": "CNY", "jp¥": "JPY",
    "jpy": "JPY",
    "rs.": "INR", "rs": "INR", "inr": "INR", "₹": "INR", "`": "INR", "re.": "INR", "€": "EUR", "eur": "EUR",
    "euro": "EUR", "£": "GBP", "gbp": "GBP",
    "₩": "KRW", "krw": "KRW", "won": "KRW", "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "rub": "RUB",
    "₽": "RUB", "idr": "IDR", "rp": "IDR",
    "rp.": "IDR", "myr": "MYR", "rm": "MYR", "ringgit": "MYR", "malaysia ringgit": "MYR",
    "malaysian ringgit": "MYR", "malaysian ringgits": "MYR",
    "thb": "THB", "฿": "THB", "vnd": "VND", "₫": "VND", "php": "PHP", "₱": "PHP", "try": "TRY", "₺": "TRY",
    "₪": "ILS", "ils": "ILS", "nis": "ILS", "zar": "ZAR",
    "aed": "AED", "sar": "SAR", "pln": "PLN", "bdt": "BDT", "pkr": "PKR", "lkr": "LKR", "npr": "NPR", "ngn": "NGN",
    "₦": "NGN", "egp": "EGP",
}  # fmt: skip
# A word or sign printed after it.
_AFTER = {
    "dlrs": "USD", "dlr": "USD", "u.s. dlrs": "USD", "stg": "GBP", "deutsche marks": "DEM", "marks": "DEM",
    "guilders": "NLG", "us dollars": "USD", "us dollar": "USD", "u.s. dollars": "USD", "american dollars": "USD", "dollars": "USD",
    "dollar": "USD", "usd": "USD", "$": "USD",
    "us$": "USD", "hong kong dollars": "HKD", "hk dollars": "HKD", "hkd": "HKD", "taiwan dollars": "TWD", "new taiwan dollars": "TWD",
    "twd": "TWD",
    "australian dollars": "AUD", "aud": "AUD", "canadian dollars": "CAD", "cad": "CAD", "singapore dollars": "SGD", "sgd": "SGD",
    "new zealand dollars": "NZD", "yuan": "CNY", "chinese yuan": "CNY", "yuan renminbi": "CNY", "renminbi": "CNY", "rmb": "CNY",
    "cny": "CNY", "¥": "CNY",
    "元": "CNY", "元人民币": "CNY", "人民币": "CNY", "块钱": "CNY", "美元": "USD", "美金": "USD", "港元": "HKD", "港币": "HKD",
    "日元": "JPY",
    "韩元": "KRW", "欧元": "EUR", "英镑": "GBP", "卢比": "INR", "印度卢比": "INR", "新台币": "TWD", "台币": "TWD", "yen": "JPY",
    "japanese yen": "JPY",
    "jpy": "JPY", "won": "KRW", "south korean won": "KRW", "korean won": "KRW", "krw": "KRW", "rupees": "INR", "rupee": "INR",
    "indian rupees": "INR",
    "inr": "INR", "₹": "INR", "pakistani rupees": "PKR", "euros": "EUR", "euro": "EUR", "eur": "EUR", "€": "EUR",
    "€ur": "EUR", "pounds sterling": "GBP",
    "british pounds": "GBP", "pounds": "GBP", "quid": "GBP", "gbp": "GBP", "£": "GBP", "swiss francs": "CHF",
    "francs": "CHF", "chf": "CHF",
    "swedish kronor": "SEK", "kronor": "SEK", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "rubles": "RUB",
    "roubles": "RUB", "rub": "RUB", "rupiah": "IDR",
    "idr": "IDR", "ringgit": "MYR", "ringgits": "MYR", "malaysian ringgit": "MYR", "malaysia ringgit": "MYR", "malaysia ringgits": "MYR",
    "malaysian ringgits": "MYR", "myr": "MYR", "rm": "MYR", "baht": "THB", "thb": "THB", "dong": "VND",
    "vnd": "VND", "pesos": "MXN", "mexican pesos": "MXN",
    "philippine pesos": "PHP", "mxn": "MXN", "reais": "BRL", "brl": "BRL", "lira": "TRY", "liras": "TRY", "shekels": "ILS", "shekel": "ILS", "ils": "ILS", "nis": "ILS", "israeli shekels": "ILS",
    "hryvnia": "UAH", "hryvnias": "UAH", "forint": "HUF", "koruna": "CZK", "danish kroner": "DKK", "norwegian kroner": "NOK", "tenge": "KZT",
    "shillings": "KES", "kenyan shillings": "KES", "cedis": "GHS",
    "rand": "ZAR",
    "dirhams": "AED", "aed": "AED", "riyals": "SAR", "saudi riyals": "SAR", "saudiriyal": "SAR", "sar": "SAR",
    "zloty": "PLN", "pln": "PLN", "taka": "BDT",
    "naira": "NGN", "egyptian pounds": "EGP", "egyptianpound": "EGP", "le": "EGP", "egp": "EGP",
    "lebanese pounds": "LBP", "kwd": "KWD", "qar": "QAR",
    "dólares": "USD", "yuanes": "CNY", "rupias": "INR", "libras": "GBP", "yenes": "JPY",
    "bgn": "BGN", "mnt": "MNT", "cents": "CENT", "cent": "CENT", "cts": "CENT", "¢": "CENT", "pennies": "CENT", "penny": "CENT", "bucks": "USD",
    "buck": "USD",
}  # fmt: skip
# What is counted in business news: the head noun of the unit, however many words stand before it.
_COUNTED = ["phone", "smartphone", "handset", "cellphone", "unit", "device", "store", "outlet", "shop", "patent",
    "employee", "worker", "person", "user", "customer", "subscriber", "car", "vehicle", "ev", "tablet", "laptop",
    "pc", "notebook", "computer", "tv", "television", "wearable", "watch", "smartwatch", "band", "wristband",
    "speaker", "country", "market", "city", "town", "plant", "factory", "job", "role", "contract", "station",
    "order", "download", "piece", "share", "staffer", "engineer", "developer", "researcher", "server", "chip",
    "smartphones_maker", "shipment", "family", "household", "member", "visitor", "viewer", "fan", "dealer",
    "retailer", "distributor", "partner", "supplier", "centre", "center", "franchise", "branch", "warehouse",
    "showroom", "location", "point", "seat", "room", "company", "brand", "vendor", "maker", "startup", "app",
    "game", "product", "model", "scooter", "motorcycle", "bike", "bulb", "appliance", "camera", "printer",
    "console", "headset", "earbud", "router", "drone", "robot", "machine", "panel", "display", "battery", "charger",
    "application", "invention", "tonne", "iphone", "ipad", "mac", "macbook", "subscription", "transaction",
    "account", "passenger", "delivery", "booking", "reservation", "registration", "click", "view", "visit", "site",
    "kiosk", "counter", "village", "district", "state", "province", "region", "line", "award", "goal", "yard",
    "american", "european", "consumer", "sen", "sedan", "millionaire", "shareholder", "investor", "analyst", "executive"]
IRREGULAR = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "staff": "staff",
    "feet": "foot",
    "personnel": "person",
    "specimen": "specimen",
    "regimen": "regimen",
    "series": "series",
    "unidades": "unit",
    "usuarios": "user",
    "tiendas": "store",
    "empleados": "employee",
}
COUNTED = frozenset(_COUNTED)
_HAN_NOUN = {
    "部": "unit", "台": "unit", "款": "product", "家": "store", "门店": "store", "家门店": "store", "人": "person", "名员工": "employee",
    "名": "person", "项专利": "patent",
    "件专利": "patent", "项": "item", "件": "item", "辆": "vehicle", "辆车": "vehicle", "用户": "user", "名用户": "user",
    "个": "", "只": "unit", "块": "unit", "单": "order",
    "部手机": "phone", "台手机": "phone", "名工程师": "engineer", "个国家": "country", "个城市": "city", "座": "plant",
    "户": "household", "人次": "visit", "员工": "employee", "部智能手机": "phone", "台智能手机": "phone",
    "座工厂": "plant", "家工厂": "plant",
    "位": "person", "名研发人员": "person", "笔": "order", "套": "unit", "份": "", "级": "level", "篇": "", "条": "unit",
    "副": "unit", "支": "unit", "枚": "unit", "颗": "unit",
}  # fmt: skip


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


_BEFORE_END = re.compile(rf"(?<![A-Za-z$€£¥₹])({_either(list(_BEFORE))})[ \u00a0]{{0,2}}([-−–]?)$", re.IGNORECASE)
_BEFORE_LAST = frozenset(word[-2:] for word in _BEFORE)
_SIGN_LAST = frozenset(word for word in _BEFORE if len(word) == 1)
_OTHERS = re.compile(r"(?<![\d.,])\d{1,3}[ ]?$")  # "17 USD 25": the currency belongs to the number before it
_LATIN_AFTER = [w for w in _AFTER if w.isascii() and w[0].isalpha()]
_SIGN_AFTER = [w for w in _AFTER if w not in _LATIN_AFTER]
_CURRENCY_AFTER = re.compile(rf"[ \u00a0-]{{0,2}}(?:({_either(_LATIN_AFTER)})(?![A-Za-z])|({_either(_SIGN_AFTER)}))", re.IGNORECASE)
_PERCENT = re.compile(
    r"[ \u00a0-]{0,2}(?:(?P<pp>(?:percentage|per\s?cent|%|％)[\s-]points?|pp(?:t?s)?(?![A-Za-z])|个?百分点)|(?P<bp>basis[\s-]points?"
    r"|bps(?![A-Za-z])|个?基点)"
    r"|(?P<pc>%|％|per[\s-]?cents?(?![A-Za-z])|por\s(?:ciento|cento)(?![A-Za-z])|pcts?\.?(?![A-Za-z])))",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?:[ \u00a0-]{0,2}(?:times(?![A-Za-z])|folds?(?![A-Za-z])|倍)|[ ]?[x×X](?![A-Za-z0-9]))", re.IGNORECASE)
_WORD = re.compile(r"[ \u00a0]{0,2}[-‐‑]?[ \u00a0]?([A-Za-zµμ°″”\"][A-Za-z0-9²³°'’/.-]{0,24}|[°″”\"])")
_NEXT = re.compile(r"[ \u00a0]{1,2}([A-Za-z][A-Za-z'’-]{0,24}|\d[A-Z](?![a-z])|(?<=[A-Za-z0-9][ ])\d{1,3}[A-Za-z]?(?=[ ][A-Za-z]))")
_PER = re.compile(
    r"[ \u00a0]{0,2}(?:(?:per|every|each)[ \u00a0]|/[ ]?|(?:an?|one)[ \u00a0]|-a[n]?-|[ ]?-[ ]?a[ ]?-[ ]?|每)[ ]?"
    r"(second|minute|hour|day|week|month|quarter|year|annum|share|unit|user|capita|barrel|gallon|gram|ounce|tonne|century|秒|分钟"
    r"|小时|天|月|季度|年|股)(?![A-Za-z])"
    r"(?![ ](?:ago|earlier|before|later|old|back|prior|and[ ]a|from[ ]now))",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"[-‐‑]([a-z]{3,})(?![A-Za-z])")
_NO_COMPOUND = frozenset(["plus", "odd", "something", "strong", "fold", "ish", "way", "percent", "and", "per", "pin", "core", "bit", "digit"])
_BY_THE = re.compile(r"-an?-")
_DEGREES = re.compile(r"[ ](celsius|c|fahrenheit|f)(?![A-Za-z])", re.IGNORECASE)
_MODEL_NAME = re.compile(r"[ ]([A-Z0-9]{1,2})(?=[ ][A-Za-z])")
_NAMES_AND = re.compile(r"(?<=[A-Z0-9a-z])[ ]and(?=(?:[ ][A-Z][\w-]*){1,3}[ ][a-z]+s(?![a-z]))")
_AREA = re.compile(
    r"[ -]?(?:sq\.?|square)[ -](ft|feet|foot|m|metres?|meters?|km|kilometres?|kilometers?"
    r"|miles?)(?![A-Za-z])",
    re.IGNORECASE,
)
_AREAS = {"ft": "square foot", "feet": "square foot", "foot": "square foot"} | dict.fromkeys(
    ("m", "metre", "metres", "meter", "meters"), "square metre"
)
_AREAS |= dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), "square kilometre") | dict.fromkeys(
    ("mile", "miles"), "square mile"
)
_METRIC_TON = re.compile(r"[ -]metric[ -]tons?(?![a-z])", re.IGNORECASE)
_FEET_BEFORE = re.compile(r"(?<![a-z])(?:altitude|height|length|depth|width|elevation|measur(?:es|ed|ing)|tall|long|wide|high|deep)(?![a-z])[^.;'’′]{0,30}$", re.IGNORECASE)
_FEET_BEHIND = re.compile(r"[ .,;)]|$")  # "at an altitude of 30' when"
_GENERATION = re.compile(r"[ ][2-6]G(?=[ ][a-z])")
_HAN_PER = {
    "秒": "second",
    "分钟": "minute",
    "小时": "hour",
    "天": "day",
    "月": "month",
    "季度": "quarter",
    "年": "year",
    "股": "share",
    "annum": "year",
}
STOP_WORDS = frozenset(
    ["in", "on", "at", "of", "to", "from", "by", "for", "with", "and", "or", "as", "than", "that", "which", "who",
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "could", "can", "may", "might",
    "during", "within", "over", "under", "since", "until", "after", "before", "while", "when", "where", "the", "a", "an",
    "this", "last", "next", "more", "less", "up", "down", "it", "its", "their", "his", "her", "they", "we", "you",
    "he", "she", "but", "not", "also", "each", "every", "per", "compared", "versus", "vs", "increase", "decrease",
    "rise", "growth", "drop", "fall", "decline", "gain", "year", "month", "week", "day", "worldwide", "globally",
    "units%", "only", "just", "so", "if", "about", "around", "into", "through", "against", "between", "among",
    "percent", "times", "said", "says", "according", "respectively", "thanks", "largest", "biggest", "ago",
    "earlier", "later", "old", "today", "yesterday", "now", "then", "there", "here", "what", "how", "out", "off", "because", "due"]
)

_HOW_OFTEN = frozenset(["daily", "weekly", "monthly", "quarterly", "yearly"])  # "310 million monthly active users"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit and where it ends (or, before the number, begins)."""

    name: str
    place: int
    currency: bool = False
    measure: bool = False
    compound: bool = False  # joined to the number by a hyphen: "a 90-page report"
    glued: bool = False


# Letters that stand for a currency where an amount of money follows: "R4.2 billion", "KSh300 million", "P1,500".
_LETTERS = {
    "R": "ZAR", "N": "NGN", "P": "PHP", "PhP": "PHP", "Sh": "KES", "KSh": "KES", "KES": "KES", "Tk": "BDT", "Dh": "AED", "Dhs": "AED",
    "GH₵": "GHS", "GH¢": "GHS", "GHS": "GHS", "USh": "UGX", "UGX": "UGX", "TSh": "TZS", "TZS": "TZS", "Kz": "AOA", "RD$": "DOP", "J$": "JMD",
    "TT$": "TTD", "HUF": "HUF", "CZK": "CZK", "UAH": "UAH", "RON": "RON", "KZT": "KZT",
}  # fmt: skip
_LETTER = re.compile(rf"(?<![A-Za-z0-9$-])({_either(list(_LETTERS))})\.?[ ]?$")
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?[ ]?(?:million|billion|trillion|mn|bn|m|b)(?![A-Za-z])|\d+\.\d\d(?![\d.])")


def _letter_before(text: str, start: int) -> Unit | None:
    """A currency of one or two letters, or of a seldom code, before what can only be an amount."""
    match = _LETTER.search(text[max(0, start - 6) : start]) if start and text[start - 1] not in "($€£¥₹" else None
    if match is None or not _AMOUNT.match(text, start):
        return None
    return Unit(name=_LETTERS[match[1]], place=start - len(match[0]), currency=True, glued=not match[0].endswith(" "))


def unit_before(text: str, start: int) -> Unit | None:
    """The currency printed before a number that begins at `start`."""
    if (letter := _letter_before(text, start)) is not None:
        return letter
    window = text[max(0, start - 22) : start]
    if window.rstrip(" \u00a0-−–")[-2:].lower() not in _BEFORE_LAST and window.rstrip(" \u00a0-−–")[-1:] not in _SIGN_LAST:
        return None
    match = _BEFORE_END.search(window)
    if not match:
        return None
    code = re.sub(r"\s+", " ", match[1].lower())
    place = start - len(window) + match.start(1)
    if code in ("won", "try", "nis", "php", "aud", "rub", "rm", "rp", "ps", "sar", "rs", "le") and not match[1][0].isupper():
        return None
    if code in ("won", "dollar") and not (code == "dollar" and match[1].islower()):
        return None
    if text[start - 1 : start] in " \u00a0" and _OTHERS.search(text[max(0, place - 6) : place]):
        return None
    return Unit(name=_BEFORE[code], place=place, currency=True, glued=match.end(1) == len(window) - len(match[2]))


def unit_after(text: str, end: int) -> Unit | None:
    """The unit printed after a number that ends at `end`."""
    window = text[end : end + 96]
    if match := _PERCENT.match(window):
        name = "percentage point" if match["pp"] else "basis point" if match["bp"] else "percent"
        if "pct" in match[0].lower() and CJK.search(text, max(0, end - 40), end):
            name = "percentage point"  # "毛利率22.5%（+1.8pct）" of Chinese brokers
        return Unit(name=name, place=end + match.end(), glued=match.group()[0] in "%％")
    if match := _CURRENCY_AFTER.match(window):
        word = re.sub(r"\s+", " ", match.group().strip(" \u00a0-").lower())
        rest = window[match.end() : match.end() + 1]
        if not (word == "$" and rest.isdigit()) and not (
            word in ("le", "try", "rand", "real", "dong") and len(word) > 2 and not match.group()[0].isspace()
        ):
            if word == "pounds" and _weighs(text, end, end + match.end()):
                return Unit(name="pound", place=end + match.end(), measure=True)
            return Unit(name=_AFTER[word], place=end + match.end(), currency=True)
    if match := _TIMES.match(window):
        return Unit(name="times", place=end + match.end())
    if window[:1] > "\u2e7f" or window[1:2] > "\u2e7f":
        return _han_noun(window, end)
    return _noun(text, window, end)


_WEIGHT_LOST = re.compile(r"(?<![a-z])(?:he|she|who|I|they|we|has|had|have|to|and)[ ](?:lost|gained|shed|lose|gain|shedding|losing)[ ](?:[a-z]+[ ]){0,2}\d{2,3}$", re.IGNORECASE)  # "he lost 40 pounds"
_WEIGHT_BEFORE = re.compile(r"(?<![a-z])(?:weigh(?:s|ed|ing|ts?)?|baby|puppy|infant|dumbbells?|body)(?![a-z])[^.;]{0,40}(?:\d\.\d+)?$", re.IGNORECASE)
_MATTER_BEHIND = re.compile(
    r"[ ](?:of[ ](?:body[ ]|fresh[ ]|raw[ ]|dry[ ]|live[ ]|ground[ ])?(?:meat|beef|pork|chicken|fish|flour|sugar|salt|rice|wheat|corn|coffee|cocoa|cotton|butter|cheese"
    r"|potatoes|tomatoes|apples|food|fruit|muscle|fat|weight|cargo|payload|baggage|luggage|thrust|force|pressure|copper|gold|silver|steel|lithium"
    r"|cobalt|nickel|uranium|plastic|paper|waste|trash|garbage|ice|snow|water|fuel|explosives|marijuana|cocaine|heroin|meth|fentanyl|drugs|carbon|CO2)"
    r"|(?:in[ ]weight|heavier|lighter|overweight|per[ ]square[ ]inch))(?![a-z])",
    re.IGNORECASE,
)


def _weighs(text: str, number_end: int, end: int) -> bool:
    """Whether pounds are a weight: "it weighs 12 pounds", "40 pounds of flour"."""
    return _MATTER_BEHIND.match(text, end) is not None or any(
        cue.search(text[max(0, number_end - 80) : number_end]) for cue in (_WEIGHT_BEFORE, _WEIGHT_LOST)
    )


def rate_after(text: str, end: int) -> tuple[str, int] | None:
    """ "per month", "a year", "every second" at `end`: the time (or share) and where it ends."""
    match = _PER.match(text, end, min(len(text), end + 40))
    if not match:
        return None
    word = match[1].lower()
    return _HAN_PER.get(word, word), match.end()


def singular(word: str) -> str:
    """The noun in the singular, lower case."""
    low = word.lower().removesuffix("’s").removesuffix("'s").strip("'’.-")
    if low in IRREGULAR:
        return IRREGULAR[low]
    if len(word) > 2 and word[:-1].isupper() and word[-1] == "s":
        return low[:-1]  # RBIs
    if low.endswith("men") and len(low) > 5:
        return low[:-2] + "an"  # fishermen, salesmen
    if len(low) <= 3 and low != "evs" and low != "tvs" and low != "pcs":
        return low
    if low.endswith("ies") and len(low) > 4 and not low.endswith(("series", "movies", "cookies")):
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is", "series")):
        return low[:-1]
    return low


def _han_noun(window: str, end: int) -> Unit | None:
    lead = len(window) - len(window.lstrip(" 多余"))
    for size in (5, 4, 3, 2, 1):
        word = window[lead : lead + size]
        if len(word) == size and word in _HAN_NOUN:
            return Unit(name=_HAN_NOUN[word], place=end + lead + size)
        if len(word) == size and word in MEASURE:
            return Unit(name=MEASURE[word], place=end + lead + size, measure=True)
    return None


def _noun(text: str, window: str, end: int) -> Unit | None:
    """A measure, or the noun counted: the first known or plural noun of up to four words."""
    if area := _AREA.match(window):
        return Unit(name=_AREAS[area[1].lower().rstrip(".")], place=end + area.end(), measure=True)
    if metric := _METRIC_TON.match(window):
        return Unit(name="tonne", place=end + metric.end(), measure=True)
    if window[:1] in ("'", "’", "′") and _FEET_BEHIND.match(window, 1) and _FEET_BEFORE.search(text[max(0, end - 40) : end]):
        return Unit(name="foot", place=end + 1, measure=True, glued=True)
    match = _WORD.match(window)
    if not match:
        generation = _GENERATION.match(window)
        return _noun(text, window[generation.end() :], end + generation.end()) if generation else None
    word = match[1]
    bare = word.rstrip(".,'’-")
    if unit := _measure(bare, window[: match.start(1)], window[match.end() :]):
        stop = match.start(1) + (bare.index("-") if _BY_THE.search(bare) else len(bare))  # "a 52,000 barrel-a-day refinery"
        if unit == "degree" and (scale := _DEGREES.match(window, stop)):
            return Unit(name="celsius" if scale[1][0] in "cC" else "fahrenheit", place=end + scale.end(), measure=True)
        return Unit(name=unit, place=end + stop, measure=True)
    if window[:1] in "-‐‑" and (part := _COMPOUND.match(window)) and part[1] not in _NO_COMPOUND and part[1] not in STOP_WORDS:
        return Unit(name=singular(part[1]), place=end + part.end(), compound=True)  # "a 90-page report", "a 500-store chain"
    place = match.start()
    words: list[str] = []
    for _ in range(6):
        token = _WORD.match(window, place) if place == match.start() and not words else _NEXT.match(window, place)
        if not token:
            return None
        raw = token[1].rstrip(".'’-")
        low = raw.lower()
        if low == "and" and words and (row := _NAMES_AND.match(window, token.start())):  # "460 Kia and Hyundai vehicles"
            place = row.end()
            continue
        if low in STOP_WORDS or (low.endswith(("ed", "ly")) and low not in COUNTED and low not in _HOW_OFTEN):
            return None
        head = singular(raw)
        if "-" in raw and head.rpartition("-")[2] in COUNTED:
            head = head.rpartition("-")[2]
        ends_here = token.end() if raw == token[1] else token.start(1) + len(raw)
        if words and low in MEASURE and len(low) > 4 and low.endswith("s") and not any(w[0].isdigit() for w in words):
            return Unit(name=MEASURE[low], place=end + ends_here, measure=True)  # "50 previous years", "4 daily barrels"
        if raw == "Model" and (name := _MODEL_NAME.match(window, ends_here)):
            words.append(f"model {name[1].lower()}")  # "63,000 Model 3 sedans"
            place = name.end()
            continue
        known, plural = head in COUNTED, low in IRREGULAR or (low.endswith("men") and head.endswith("man")) or (low.endswith("s") and head != low and not low.endswith(("’s", "'s")))
        if known and (plural or not _noun_goes_on(window, ends_here)):
            return Unit(name=head, place=end + ends_here)
        if plural:
            return Unit(name=" ".join([*words, head]), place=end + ends_here)
        if raw != token[1] and token[1][-1] in ".,":
            return None
        if len(words) > 2 and raw.islower():
            return None
        words.append(low)
        place = token.end()
    return None


def _noun_goes_on(window: str, at: int) -> bool:
    """Whether another noun follows that is the real head: "iPhone builds", "phone users"."""
    after = _NEXT.match(window, at)
    return after is not None and singular(after[1]) in COUNTED and after[1].lower().endswith("s")


_SHORT = {"A": "ampere", "h": "hour", "s": "second", "J": "joule", "K": "kelvin", "N": "newton"}  # signs of one letter, safe in a quotient alone


def _quotient(word: str) -> str | None:
    """ "A/cm2", "kg/m3", "W/kg": a measure of one thing on another."""
    above, _, below = word.partition("/")
    named = [_SHORT.get(part) or CASED.get(part) or MEASURE.get(part.lower()) for part in (above, below)]
    return f"{named[0]}/{named[1]}" if all(named) else None


def _measure(word: str, gap: str, rest: str) -> str | None:
    if word in CASED and word != "A":
        return CASED[word] if word != "C" or gap else None  # the 12C is a phone
    if "/" in word and word.lower() not in MEASURE:
        return _quotient(word)
    low = word.lower()
    if low.count(".") > 1:
        low = low.replace(".", "")  # m.p.h.
    for part in (low, low.split("-")[0]):
        unit = MEASURE.get(part)
        if unit is None:
            continue
        if (
            part in NEEDS_CASE
            and part not in ("second", "min", "mw")
            and (gap.strip(" \u00a0") or gap or part in ("mi", "le"))
            and part not in ("mi",)
        ):
            return unit if not gap and part in ("w", "v", "l", "g") else None
        if part == "mi" or (part == '"' and gap.count(" ") > 1):
            return None
        return unit
    return None
