"""Is a number a level or a change, which way it goes, and against what: 2.3 % up on the year, 27 % of the market.

"rose 26 % to 185 m from 147 m": 26 % is a change, 185 m a level, 147 m the level before.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.claims.changes_chinese import basis_in_chinese, change_in_chinese
from etl.claims.scan import CJK, Worded, look_for
from etl.model import Basis

_UP = (
    r"grew|grow(?:s|n|ing)?|growth|ros[e]|ris(?:es?|en|ing)|(?<!make )(?<!made )(?<!makes )(?<!making )up|increas(?:e[sd]?|ing)|jump(?:s|ed|ing)?|surg(?:e[sd]?|ing)|soar(?:s|ed|ing)?|climb(?:s|ed|ing)?|"
    r"gain(?:s|ed|ing)?|expand(?:s|ed|ing)?|expansion|improv(?:e[sd]?|ing|ement)|rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?|leap(?:s|t|ed)?|higher|more|hike[sd]?|boost(?:ed)?|uptick|swell(?:ed)?|swollen|advanced|development|"
    r"rocket(?:ed)?|skyrocket(?:ed)?|rebound(?:ed)?|recover(?:ed|y)?|double-digit|added|plus|aument(?:o|ó|aron|a)|crec(?:e|ió|ido|imiento)|sub(?:e|ió|ida|ido)|mejora(?:do)?|incremento|más"
)
_DOWN = (
    r"fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|down|slip(?:s|ped|ping)?|shr[iau]nk(?:s|ing)?|contract(?:s|ed|ing|ion)|plung(?:e[sd]?|ing)|"
    r"tumbl(?:e[sd]?|ing)|slump(?:s|ed|ing)?|s[aiu]nk|lower|less|fewer|dip(?:s|ped|ping)?|los[te]|losing|reduc(?:ed?|es|ing|tion)|slid(?:e|es|ing)?|plummet(?:s|ed|ing)?|shed|crash(?:ed)?|"
    r"weaken(?:ed)?|cut|nosedived?|downturn|minus|went down|disminu(?:yó|ción)|cae|cayó|caído|caída|pierde|perdido|baja(?:do)?|descenso|reducción|bajó|menos"
)
_ZH_UP = r"增长|增幅|增速|上升|上涨|提升|提高|增加|攀升|飙升|回升|反弹|扩大|增|涨"
_ZH_DOWN = r"下降|下滑|减少|下跌|降低|跌幅|降幅|缩水|萎缩|回落|收窄|降|减|跌"
_LOOK = look_for(f"{_UP}|{_DOWN}")
_DIRECTION = re.compile(rf"(?<![\w-]){_LOOK}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?![\w])|(?P<zup>{_ZH_UP})|(?P<zdown>{_ZH_DOWN})", re.IGNORECASE)
_FILL = r"(?:(?:by|of|at|a|an|about|around|over|nearly|almost|more than|less than|just|only|as much as|up to|roughly|approximately|some|another|massive|striking|whopping|huge|impressive|even more|even|further|modest|meagre|staggering|steep|record|respectable|healthy|strong|solid|slight|mere|meager|paltry|measly|marginal|tiny|small|minor|minimal|remarkable|stunning|astonishing|hefty|sizeable|sizable|decent|moderate|robust|enormous|phenomenal|incredible|amazing|spectacular|double-digit|triple-digit|single-digit|nice|good|great|big|sharp|dramatic|rapid|annual|yearly|quarterly|sequential|significantly|sharply|slightly|considerably|only|overall|in total|un|del|de|el|una|~|\+|was|were|to around|to about|year[- ](?:on|over)[- ]year|YoY|quarter[- ](?:on|over)[- ]quarter|QoQ|annually|interanual|dramatically|exponentially|了|约|近|达|超|超过)\s*[,:]?\s*)*"
_LEFT = re.compile(
    rf"(?:(?<![\w-]){_LOOK}(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s*|(?P<zup>{_ZH_UP})|(?P<zdown>{_ZH_DOWN}))(?:\s*(?:rates?|fall|in \w+|(?:(?:its|their|the|total|overall|annual|quarterly|smart ?phone|unit|global|net|device|handset|tablet)\s)*(?:shipments?|sales|revenues?|profits?|volumes?|deliveries|output|production|turnover|earnings|income)(?:\s(?:there|in \w+))?))?\s*[(:]?\s*{_FILL}[(~+\-−–]?\s*$",
    re.IGNORECASE,
)
_BY = Worded(re.compile(rf"\bby\s+{_FILL}$", re.IGNORECASE), "by")
_EXPANDED_TO = re.compile(r"(?:expanded|increased|rose|grew|jumped) to (?:around|about|over|nearly)?\s*$", re.IGNORECASE)
_TO = re.compile(
    r"(?:\bto|\bal|至|到|达到)\s+(?:about|around|over|nearly|almost|more than|just|only|a record|roughly|los|el|the|between|as much as)?\s*$|[至到]$",
    re.IGNORECASE,
)
_FROM = Worded(
    re.compile(
        r"(?:\bfrom|compared (?:to|with)|comparado con|as against|against|versus|\bvs\.?|up on|down on|than|(?<=%\s)(?:above|below)|(?<=cent\s)(?:above|below)|(?:on|over|than|from|to) last year['’]s|from (?:a|the) \w+ of|a peak of|a high of|the year-?ago|down from|up from|after (?:a |an )?(?:net |quarterly |operating |record )*(?:profits?|loss(?:es)?|gain|revenues?|sales|shipments) of)\s+"
        r"(?:about|around|over|nearly|almost|just|only|a|an|the|its|peak of|high of|record|low of|el|the same)*\s*(?:\w+ of\s)?$|较(?:去年|上年)?的?$|从\S{0,6}的?$",
        re.IGNORECASE,
    ),
    "from",
    "compared",
    "comparado",
    "against",
    "versus",
    "vs",
    "up on",
    "down on",
    "above",
    "below",
    "last year",
    "than",
    "peak of",
    "high of",
    "ago",
    "after",
    "较",
    "从",
)
_RIGHT = Worded(re.compile(
    r"^\s?(?:%|per ?cent|percent)?\s*[)]?\s*(?:\(?(?:Y[o0]Y|QoQ|y/y|q/q|YOY|y-o-y|q-o-q|year[- ](?:on|over)[- ]year|quarter[- ](?:on|over|by)[- ]quarter|annual(?:ly|ised|ized)?|year[- ]ly|sequential(?:ly)?|monthly|month[- ]on[- ]month)\)?\s*(?:\(\w{3}\)\s*)?)?,?\s*"
    r"(?:(?:shipment|sales|revenue|volume|unit|annual|yearly|market|strong|of|in)\s)*(?:(?P<up>growth|increase|rise|jump|surge|gain|uptick|hike|expansion|spike|leap|boost|improvement|development|higher|more|above|better)|(?P<down>decline|drop|fall|decrease|reduction|dip|slump|plunge|contraction|loss|slide|lower|fewer|less|downturn|below|worse))(?!\w)(?!\s(?:of\s)?[\d.]+\s?(?:%|per))",
    re.IGNORECASE,
), "growth", "increase", "rise", "jump", "surge", "gain", "uptick", "hike", "expansion", "spike", "leap", "boost", "improvement", "development", "higher",
    "more", "above", "better", "decline", "drop", "fall", "decrease", "reduction", "dip", "slump", "plunge", "contraction", "loss", "slide", "lower",
    "fewer", "less", "downturn", "below", "worse")  # fmt: skip
_UP_ON = re.compile(r"^\s?(?:%|per ?cent|percent)?\s(up|down|higher|lower)\s(?:on|over|than|year)\b")
_RIGHT_BASIS = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\s*[)]?,?\s*[(]?(?:Y[o0]Y|QoQ|YOY|QOQ|y/y|q/q|y-o-y|q-o-q|yoy|qoq|year[- ](?:on|over)[- ]year|quarter[- ](?:on|over|by)[- ]quarter|interanual|from (?:a|the) (?:year|quarter) (?:earlier|ago|before)|"
    r"(?:compared (?:to|with)|versus|vs\.?|over|from|on) (?:the )?(?:same|this|last|previous|prior|year[- ]ago|corresponding|preceding)|than (?:a|the|last) (?:year|previous))",
    re.IGNORECASE,
)
_YOY = Worded(
    re.compile(
        r"\bY[o0]Y\b|\by/y\b|\by-o-y\b|year[- ](?:on|over|to)[- ]year|同比|interanual|than the year before|annual(?:ly)?\b|on an annual|a year (?:ago|earlier|before)|last year|the previous year|year[- ]ago|twelve months ago|12 months ago|same (?:period|quarter|time|month)[^,.;]{0,20}(?:last|previous|a) year|el año anterior|yearly|compared (?:to|with) (?:20\d\d|Q\d of 20\d\d|Q\d 20\d\d)|prior[- ]year|from 20\d\d",
        re.IGNORECASE,
    ),
    "year",
    "yo",
    "y0y",
    "y/y",
    "y-o-y",
    "annual",
    "interanual",
    "同比",
    "months ago",
    "same",
    "el año",
    "compared",
    "from 20",
)
_QOQ = Worded(
    re.compile(
        r"\bQoQ\b|\bq/q\b|\bq-o-q\b|quarter[- ](?:on|over|by|to)[- ]quarter|环比|(?:from|than|over|to|with|on) the (?:(?:previous|prior|preceding) (?:quarter|three months)|(?:quarter|three months) before)|sequential(?:ly)?|(?<!in the )(?<!during the )last quarter|trimestral|(?:a|the|one) quarter (?:ago|earlier|before|prior)|compared to the Q\d this year|(?:from|than(?: in| during)?) (?:the )?(?:first|second|third|fourth) quarter(?! (?:of|in|a year|last)\b)",
        re.IGNORECASE,
    ),
    "quarter",
    "qoq",
    "q/q",
    "q-o-q",
    "环比",
    "sequential",
    "trimestral",
    "the q",
    "three months",
)
_MULTI = Worded(
    re.compile(
        r"(?:over|in|during) (?:the )?(?:past|last) (?:two|three|four|five|six|seven|eight|nine|ten|\d+) years|over (?:two|three|four|five|\d+) years|CAGR|compound annual",
        re.IGNORECASE,
    ),
    "years",
    "cagr",
    "compound annual",
)
_SINCE = Worded(
    re.compile(
        r"(?:estimates?|forecasts?|projections?|outlook|guidance) (?:\w+ ){0,2}?(?:reduced|cut|lowered|raised|revised|trimmed|slashed|hiked)(?: by)?\s*$|(?:cuts?|lower(?:s|ed)?|rais(?:es?|ed)|reduc(?:es?|ed)|trims?|trimmed|slash(?:es|ed)?) (?:his|her|its|their|the) (?:\w+ ){0,5}?(?:estimates?|forecasts?|outlook|target|guidance)(?: for [^,.;]{0,40})? by\s*$|(?:from|than|vs\.?|to) (?:his|her|its|their|the) (?:original|previous|earlier|prior|initial) (?:estimate|forecast|prediction|outlook|guidance|target)|since (?:its )?launch",
        re.IGNORECASE,
    ),
    "since",
    "estimate",
    "forecast",
    "projection",
    "outlook",
    "guidance",
    "target",
    "original",
    "previous",
    "earlier",
    "prior",
    "initial",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What the words round a number make of it. `role`: level, change, before (the level that it moved from), delta (an amount of change)."""

    role: str
    sign: int
    words: str


def change_of(text: str, start: int, end: int, left: int, right: int, *, is_relative: bool) -> Change:
    """`sign` is 0 where no word says which way: as the number before. Read the words in [left, start) and [end, right) round the number at [start, end). `is_relative`: percent, points, times."""
    left, right = max(left, start - 90), min(right, end + 120)
    before, after = text[left:start], text[end:right]
    if (chinese := change_in_chinese(before, after, is_relative=is_relative)) is not None:
        return Change(*chinese)
    if (match := _FROM.within(text, left, start)) and not _EARNED_FROM.search(text[max(0, start - 90) : start]) and not (is_relative and match[0].lower().startswith("than") and _RIGHT.opens(text, end, right)):
        return Change("level", 1, "beside") if _ANOTHER_S.match(after) and _BESIDE.match(match[0]) else Change("before", 1, match[0].strip())
    if _TIMES_THE.search(text, max(0, start - 20), start) and _OF_THEN.match(after):
        return Change("before", 1, "times the")
    if is_relative and _GROWTH_TO.search(text, max(0, start - 110), start):
        return Change("change", 1, "growth")
    if _ARROW.match(text, end):
        return Change("before", 1, "→")
    if _TO.search(before) and not (is_relative and _YOY.within(text, end, right) and _EXPANDED_TO.search(before)):
        return Change("level", 1, "to")
    if not is_relative:
        is_delta = _BY_SO_MUCH.search(before) and _DIRECTION.search(before) and _TO_SO_MUCH.match(text, end)
        return Change("delta" if is_delta else "level", 1, "")
    if _BOUND.match(text, start, end) and _MOVED_TO.search(before):
        return Change("level", 1, "to")
    if match := _UP_ON.match(after):
        return Change("change", -1 if match[1] in ("down", "lower") else 1, match[0].strip())
    if (match := _RIGHT.opens(text, end, right)) and not ("," in match[0] and _OF_ITS_OWN.match(text, end + match.end())):
        return Change("change", -1 if match["down"] else 1, match[0].strip())
    if _WON.search(before) and _A_SHARE.match(after):
        return Change("level", 1, "")
    if match := _LEFT.search(before) or _RATE_WAS.search(before):
        down = match["down"] or match["zdown"]
        return Change("change", -1 if down else 1, match[0].strip())
    if (match := _RIGHT_BASIS.match(after)) and not ("," in match[0] and _RATE_OF_ITS_OWN.match(text, end + match.end())):
        return Change("change", _nearest_sign(before), match[0].strip())
    if _BY.within(text, left, start) and not re.search(r"followed by\s+\S*\s*$", before):
        return Change("change", _nearest_sign(before.rpartition(",")[2]), "by")
    return Change("level", 1, "")


_BY_SO_MUCH = re.compile(r"\bby\s(?:about\s|around\s|nearly\s|some\s|almost\s|over\s|roughly\s)?$", re.IGNORECASE)
_TO_SO_MUCH = re.compile(r"\s(?:[\w-]+\s){0,2}?to\s(?:about\s|around\s|nearly\s|some\s|almost\s|over\s|roughly\s|just\s|a record\s)*[$€£¥₹]?\d")  # "by 16 million to 62 million"
_TIMES_THE = re.compile(r"\b(?:double|twice|triple|treble|half|times)\sthe\s$", re.IGNORECASE)
_OF_THEN = re.compile(r"\s?(?:%|per ?cent|percent)?\s?(?:[\w-]+\s){0,2}?(?:of|in|from|for|recorded|a)\s(?:the\s)?(?:same|year|last|previous|corresponding|prior)\b", re.IGNORECASE)  # "nearly double the 8.3 percent of last year"
_GROWTH_TO = re.compile(  # "Its growth slowed to 15%, from 28% in the first quarter"
    r"\bgrowth\b(?! in the share)[^.;%]{0,50}?\b(?:slowed|eased|cooled|accelerated|quickened|picked up|fell|dropped|rose|climbed|declined|slipped|went)\b[^.;%]{0,30}?\b(?:to|from)\s(?:[\d.]+\s?(?:%|percent|per cent),?\s(?:from|to)\s)?(?:about\s|just\s|only\s)?$", re.IGNORECASE
)
_ARROW = re.compile(r"\s?(?:%|per ?cent)?(?:\s?\([^()\n]{1,12}\))?\)?\s?(?:→|->|=>)")
_BOUND = re.compile(r"(?:below|under|above|beneath|past|beyond)\s", re.IGNORECASE)
_MOVED_TO = re.compile(r"\b(?:drop(?:s|ped|ping)?|fall(?:s|en|ing)?|fell|sink(?:s|ing)?|sank|dip(?:s|ped|ping)?|slip(?:s|ped|ping)?|slid(?:es?|ing)?|ris(?:es?|en|ing)|rose|climb(?:s|ed|ing)?|go(?:es|ne|ing)?|went|stay(?:s|ed)?|remain(?:s|ed)?|push(?:es|ed)?)\s(?:to\s|back\s|well\s|just\s|far\s)*$", re.IGNORECASE)  # "will drop below 10 %"
_OF_ITS_OWN = re.compile(r"\s(?:(?:rate\s)?(?:of|by|was|is|at)\s|:\s?)?[+−-]?[\d.]+\s?(?:%|per)")  # "share 46.5%, year-on-year growth 8.3%"
_RATE_OF_ITS_OWN = re.compile(r"\s(?:growth|increase|rise|decline|drop|fall|change)(?:\s(?:rate\s)?(?:of|by|was|is|at))?:?\s[+−-]?[\d.]+\s?(?:%|per)")
_WON = re.compile(r"\b(?:(?:notched|racked|picked|chalked|clocked)\sup|gain(?:s|ed|ing)?|won|win(?:s|ning)?|secur(?:es?|ed|ing))\s(?:itself\s)?an?\s(?:about\s|respectable\s|record\s|whopping\s|massive\s)?$", re.IGNORECASE)
_A_SHARE = re.compile(r"^\s?(?:%|per ?cent|percent)?\s(?:[\w-]+\s){0,2}?share\b", re.IGNORECASE)  # "gained a 30.4% market share"
_RATE_WAS = re.compile(
    rf"(?<![\w-])(?:(?P<up>growth|increase|rise|jump|gain)|(?P<down>decline|drop|fall|decrease|dip|slump|contraction))(?:\srate)?(?P<zdown>(?!))?\s(?:(?:in|for|of|at|from|during|on)\s(?:[\w’'-]+\s){{1,5}})?(?:was|were|is|stood at|reached|hit|came to|came in at|amounted to|clocked in at)\s{_FILL}$",
    re.IGNORECASE,
)
_EARNED_FROM = re.compile(  # "a profit of 2 trillion from sales of 25 trillion"
    r"(?:profit|income|loss|earnings)\b[^,;.]{0,40}?\s(?:from|on) (?:sales|revenues?|turnover) of\s(?:about\s|around\s|over\s|nearly\s)?$", re.IGNORECASE
)
_BESIDE = re.compile(r"(?:as )?against|versus|vs|compared", re.IGNORECASE)
_ANOTHER_S = re.compile(  # "11 %, against 21 % for Samsung": two firms at one time
    r"^\s?(?:%|per ?cent|percent|units|phones|handsets|smartphones)?\s?(?:for|at|of) (?!Q\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)(?:the )?[A-Za-z]*[A-Z]\w+"
)


def comes_from(text: str, start: int, left: int) -> bool:
    """Whether the number at `start` is the level that something moved from: `up from 19% in Q4 2021`."""
    return _FROM.within(text, max(left, start - 60), start) is not None


def _nearest_sign(before: str) -> int:
    last = next(reversed(list(_DIRECTION.finditer(before))), None)
    if last is None:
        return 0
    return -1 if last["down"] or last["zdown"] else 1


def has_direction(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word of rising or falling in the stretch."""
    return _DIRECTION.search(text, start, end)


def basis_of(text: str, start: int, end: int, left: int, right: int) -> tuple[Basis, str] | None:
    """Against what a change at [start, end) is said, by the nearest words: right of it first, then left."""
    if CJK.search(text, max(left, start - 14), start) or "，" in text[max(left, start - 14) : start]:
        found = basis_in_chinese(text[max(left, start - 70) : start], text[end : min(right, end + 70)])
        return (Basis(found[0]), found[1]) if found else None
    for stretch in ((end, min(right, end + 70)), (max(left, start - 70), start)):
        near = [
            (m.start(), basis, m[0])
            for pattern, basis in ((_SINCE, Basis.SINCE), (_QOQ, Basis.QOQ), (_YOY, Basis.YOY), (_MULTI, Basis.MULTI))
            if (m := pattern.within(text, *stretch))
        ]
        if near:
            _, basis, words = min(near)
            return basis, words
    return None


def is_multi(text: str, start: int, end: int) -> str | None:
    """The words "over the past four years" in the stretch."""
    match = _MULTI.within(text, start, end)
    return match[0] if match else None
