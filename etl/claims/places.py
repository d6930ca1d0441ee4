"""Where a figure holds: the region words round a number, or what the text is about."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from etl.claims.scan import Kept, Tail, Worded
from etl.claims.timing import is_topical
from etl.claims.vocabulary import ADJECTIVE, CITY, Vocabulary, spelling
from etl.model import GLOBAL

_OF_MARKET = re.compile(
    r"^[\s-](?:\w+[\s-]){0,2}?(?:markets?|marketplace|smart ?phones?|units?|sales|shipments|revenues?|business|consumers|subsidiary|e-?commerce|online|offline|mobile|feature|handsets?|customers|users|income|premium|retail|dealers|retailers|buyers|shops|stores|villages|towns|cities|channel|distributors|operations|arm|unit|division|factories|plants|employees|team|sellers?)\b",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"^[\s-](?:based|made|government|export|import|antitrust|authority|ban|sanctions|president|authorities|lawmakers|entity list|companies|trade|(?:blacklist|restrictions?|curbs?|tariffs?|regulators?|officials?|prosecutors?|senate|congress|dollars?|commerce|suppliers?|tech|technology|software|chips?|parts|components|courts?|laws?|rules?|newswire|times|herald|post|news|daily|today|central bank|economy|festival|new year|quarrel|talks|row)\b)", re.IGNORECASE
)
_WORLD_NOT = re.compile(r"^[\s-](?:leading|largest|class|record|first|biggest|second|third|fourth|fifth|number|no)\b", re.IGNORECASE)
_FIRM = re.compile(
    r"^[\s-](?:[\w-]+\s){0,3}?(?:giant|maker|makers|firm|firms|company|companies|brands?|vendors?|manufacturers?|startup|players?|OEMs?|capital|government)\b",
    re.IGNORECASE,
)
_RANKED = re.compile(r"(?:largest|biggest|fastest|leading|top|first|second|third|\d(?:st|nd|rd|th)|No\. ?\d)\s[^.;]{0,40}$", re.IGNORECASE)
_LARGEST_OF = re.compile(r"\b(?:largest|biggest|fastest[- ]growing|top)\s(?:[\w-]+\s)?(?:market|country|economy)\s(?:of|in)\s(?:the\s)?$", re.IGNORECASE)
_LARGEST_MAKER = re.compile(r"['’]s\s(?:(?:second|third|fourth|fifth|No\.? ?\d)[- ])?(?:largest|biggest|leading|top)\s(?:[\w-]+\s){0,2}?(?:maker|manufacturer|vendor|supplier|company|brand|seller)s?\b", re.IGNORECASE)
_HERE = Kept(re.compile(r"\b(?:(?:within|in|across|around) (?:the|that|this) (?:country|nation)|in the latter(?=[,.;]|\s(?:it|its|they|the)\b)|ese país|the country['’]s|(?:in|of) that (?:market|country)|there(?=[.,;:]|\s(?:in|last|this|by|during|and|at)\b))\b|当地|该国", re.IGNORECASE),
    "country", "nation", "latter", "país", "that market", "there", "当地", "该国")  # fmt: skip
HOME = "HOME"  # the country that the company is from
_AT_HOME = Kept(re.compile(r"\b(?:at home|(?:its|their|the company['’]s) home (?:market|country|turf)|(?:on|in) (?:its|their) home (?:market|turf|soil|country)|domestically|(?<=[Tt]he )domestic market|(?:in|of) (?:its|the) domestic market|domestic (?:shipments|sales|share|market share|decline|volume))\b", re.IGNORECASE),
    "home", "domestic")  # fmt: skip
_AREA = Kept(re.compile(r"\b(?:(?:within|in|across|throughout|for|around) the (?:whole |entire )?region|on the continent|region-?wide)\b", re.IGNORECASE),
    "region", "continent")  # fmt: skip
_ORDINAL_MARKET = re.compile(
    r"(?:\bnot from|\b(?:brands?|makers?|vendors?|firms?|players?|companies|ones) from|surpass(?:ed|ing|es)|overt(?:ook|aking|akes)|after|than|outside(?: of)?|excluding|capital of|like|with)\s+(?:the\s)?$",
    re.IGNORECASE,
)


# Where a firm is listed, where its report came out, where a plant stood still: no place of an amount.
_EVENT_BEFORE = re.compile(
    r"\b(?:list(?:ing|ed)|IPO|float(?:ed|ation)?|debut(?:ed)?|publish(?:ed)?|present(?:ed)?|unveil(?:ed)?|head-?quarter(?:s|ed)|based|speaking|told reporters|conference|event|born|founded|report(?:ed)? from)"
    r"\s(?:(?:on|at|the|stock|exchange|held|shares|publicly)\s)*(?:in|at|of|from)\s(?:the\s)?$",
    re.IGNORECASE,
)
_COMPARED_IN_CHINESE = re.compile(r"(?:超过|超越|高于|低于|多于|少于|(?<![占同环对])比|较|除了?|不含)$")
_FIRM_IN_CHINESE = re.compile(r"^(?!第|最大|首)[^，。；、\d]{0,6}?(?:巨头|科技公司|互联网公司|手机制造商|电商平台|企业(?!业务|市场))")
_EVENT_IN_CHINESE = re.compile(r"^[^，。；、]{0,5}?(?:上市(?!场)|挂牌|IPO|举行|举办|召开|开幕|港交所|联交所|证券交易所)")
_EVENT_AFTER = re.compile(
    r"^(?:\s(?!market)[a-z]+){0,2}\s(?:had|have|has)\s(?:been\s)?(?:stood|stopped|closed|shut|halted|resumed|reopened|opened|burn(?:ed|t)|idle)|^\s(?:listing|IPO|stock exchange|exchange)\b"
)

_MOST = 100  # region words in one stretch: what holds more is no sentence
_EVENT_TAIL = Tail(_EVENT_BEFORE, "lis ipo flo deb pub pre unv hea bas spe tol con eve bor fou rep")
_ORDINAL_MARKET_SOON = Worded(_ORDINAL_MARKET, "from", "surpass", "overt", "after", "than", "outside", "excluding", "capital", "like", "with")


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int
    code: str
    words: str
    of_rank: bool = False  # "the second largest market globally": the place of an order, not of an amount


_OF_RESEARCH = re.compile(r"\s(?:market\s|technology\s|tech\s|data\s)?(?:intelligence|research|analysis|analytics|analysts?|consult\w+|tracking|tracker)\b(?:\s(?:firm|company|group|house|agency|provider|organi[sz]ation))?", re.IGNORECASE)


def find_places(text: str, start: int, end: int, vocabulary: Vocabulary, last: str | None = None, area: str | None = None) -> list[Place]:
    """The region words of a stretch. An adjective counts before a market's noun only; `in the country` is the last one named."""
    found: list[Place] = []
    for match in islice(vocabulary.region_pattern.finditer(text, start, end), _MOST):
        known = vocabulary.regions.get(spelling(match[0])) or vocabulary.regions.get(match[0])
        if known is None:
            continue
        code, kind = known
        is_adjective = kind == ADJECTIVE
        after = text[match.end() : match.end() + 40]
        if is_adjective and (not _OF_MARKET.match(after) or _FIRM.match(after)):
            continue
        if _OF_RESEARCH.match(after):
            continue  # "the global market intelligence firm"
        if _NO_PLACE.match(after) or _ORDINAL_MARKET_SOON.within(text, max(start, match.start() - 24), match.start()):
            continue
        if _EVENT_IN_CHINESE.match(after) or _FIRM_IN_CHINESE.match(after) or _COMPARED_IN_CHINESE.search(text, max(start, match.start() - 3), match.start()):
            continue
        if _is_dateline(text, match) or _FROM_THERE.match(after) or _IN_A_NAME.match(after) or _COUNTED_IN.match(after):
            continue
        if kind == CITY and not _IN_CITY.search(text[max(start, match.start() - 30) : match.start()]):
            continue
        if _EVENT_TAIL.ends(text, max(start, match.start() - 60), match.start()) or _EVENT_AFTER.match(after):
            continue
        if _tells_origin(text, match, vocabulary):
            continue
        if match[0].lower() == "us" and match[0] != "US":
            continue
        if match[0].isupper() and re.match(r"\s?\$", after):
            continue  # "US$"
        if match[0].lower() in ("world", "global") and (
            _WORLD_NOT.match(after) or (match[0].lower() == "world" and not re.match(r"\s(?:market|smartphone|mobile)", after))
        ):
            continue
        before = text[max(start, match.start() - 50) : match.start()]
        of_rank = bool(_RANKED.search(before)) if code == GLOBAL else bool(_LARGEST_OF.search(before) or _LARGEST_MAKER.match(after))
        found.append(Place(match.start(), match.end(), code, match[0], of_rank))
    found.extend(Place(m.start(), m.end(), HOME, m[0]) for m in _AT_HOME.all(text, start, end))
    if abroad := _ABROAD.match(text, start, end):
        found.append(Place(abroad.start(), abroad.end(), GLOBAL, abroad[0]))
    found.extend(_pointed(found, _AREA.all(text, start, end), area, is_area=True))
    found.extend(_pointed(found, _HERE.all(text, start, end), last, is_area=False))
    return _grouped(text, sorted(found, key=lambda p: p.start))


_ABROAD = re.compile(r"(?:Outside (?:of )?(?:its |the |mainland )?(?:country|China|India|home \w+)|Abroad|Overseas)(?=,|\s(?:it|the company|sales|shipments)\b)")


def _pointed(found: Sequence[Place], words: Iterable[re.Match[str]], last: str | None, *, is_area: bool) -> list[Place]:
    """`there`, `on the continent`: the place that the sentence named before it, else the last one of the text."""
    placed: list[Place] = []
    for match in words:
        named = [p.code for p in found if p.end <= match.start() and p.code not in (GLOBAL, HOME) and (not is_area or len(p.code) > 2)]
        if code := named[-1] if named else last:
            placed.append(Place(match.start(), match.end(), code, match[0]))
    return placed


_POSSESSES = re.compile(r"['’]s\s(?:(?:own|largest|biggest|top|leading|second|third)\s){0,2}(?:(?!smart|phone|handset|market|mobile|tablet|wearable)[a-z]+\s){0,3}")
_MAKERS = re.compile(r"['’]s\s(?:[\w-]+\s){0,2}?(?:giant|maker|brands?|vendors?|compan(?:y|ies)|firms?|start-?up|makers|manufacturers?)\b(?!\s(?:in|of))", re.IGNORECASE)


def _tells_origin(text: str, match: re.Match[str], vocabulary: Vocabulary) -> bool:
    """`China's Xiaomi`, `Sony of Japan`: where a company is from, no place of its figures."""
    owner = _POSSESSES.match(text, match.end())
    if owner and vocabulary.name_pattern.pattern.match(text, owner.end()):
        return True
    if _MAKERS.match(text, match.end()) and not re.search(r"\b(?:largest|biggest|top|leading|No)\b", text[match.end() : match.end() + 24]):
        return True
    if text[match.start() - 4 : match.start()] == " of ":
        head = text[max(0, match.start() - 24) : match.start() - 4]
        return any(m.end() == len(head) for m in vocabulary.name_pattern.pattern.finditer(head))
    return False


_IN_A_NAME = re.compile(r"(?:\s(?!Q[1-4])[A-Z][\w&-]+){1,5}?\s(?:Tracker|Monitor|Index|Service|Insights|Outlook|Database|Report)\b")  # Worldwide Quarterly … Tracker
_COUNTED_IN = re.compile(r"\s(?:included|excluded|inclusive)\s?[,)]")  # "(Spain included)"
_FROM_THERE = re.compile(r"^[\s-](?:company|firm|maker|giant|group|based|headquartered|start-?up|brand)\b(?!\s(?:in|of)\b)", re.IGNORECASE)
_IN_CITY = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round)\s(?:the\s)?(?:\w+\s)?(?:\w+\s(?:and|,)\s)?$|[\u4e00-\u9fff]$")

_DATELINE = re.compile(r"[^.\n]{0,6}?(?:[,/ ][^\n]{0,40}?)?(?:\([A-Z][^)\n]{0,30}\)\s?)?\s?(?:[-–—]{1,2}|:)\s")


_HEAD = 1_200  # characters: datelines stand at the head of a text
_ROW = re.compile(r"\s?[-–—:]\s(?:[A-Z]\w*\s){1,3}\d[\d.,]*\s?%")  # "USA – Android 65.9%"


def _is_dateline(text: str, match: re.Match[str]) -> bool:
    """`SEOUL, April 6 (Agency) - `, `Hong Kong — `: where a report was written, at the head of a line."""
    if match.start() > _HEAD or _ROW.match(text, match.end()):
        return False
    far = max(0, match.start() - 64)
    line = text.rfind("\n", far, match.start()) + 1
    if line == 0 < far:
        return False  # not at the head of a line
    if text[line : match.start()].strip(" (/\"") or match.end() - line > 40:
        return bool(re.fullmatch(r"[A-Z][\w.'’ ]{1,24},\s", text[line : match.start()])) and _DATELINE.match(text, match.end()) is not None
    found = _DATELINE.match(text, match.end())
    if found is not None and found[0].endswith(": ") and not match[0].isupper():
        return False  # "China: Android 80.4%" is a row
    return found is not None and text[match.end() : match.end() + 1] not in "-'’"


_IN_BRACKETS = re.compile(r"\s\((?:[\w&]+\s?){1,3}(?:,\s(?:and\s)?(?:[\w&]+\s?){1,3}){1,12}\)")


_AND = re.compile(r"(?:['’]s)?(?:,|,? and|,? or|、|和|及)\s?(?:in |the )?")


def _grouped(text: str, found: list[Place]) -> list[Place]:
    """China, Hong Kong and Taiwan are Greater China; of more than two in a row none is meant alone."""
    for i in range(len(found) - 2):
        if {p.code for p in found[i : i + 3]} == {"CN", "HK", "TW"} and found[i + 2].end - found[i].start < 45:
            place = Place(found[i].start, found[i + 2].end, "GREATER_CHINA", text[found[i].start : found[i + 2].end])
            return [*found[:i], place, *found[i + 3 :]]
    listed = [m.span() for p in found if (m := _IN_BRACKETS.match(text, p.end))]  # "EU5 (Germany, France, …)": what a group is of
    found = [p for p in found if not any(a <= p.start < b for a, b in listed)]
    rows: list[list[Place]] = []
    for place in found:
        if rows and _AND.fullmatch(text, rows[-1][-1].end, place.start):
            rows[-1].append(place)
        else:
            rows.append([place])
    return [place for row in rows if len(row) < 3 for place in row]


_AWAY = re.compile(r"[,;，；。]|\band\b|\bversus\b")


_NEW_SUBJECT = re.compile(
    r"(?:;|,?\s(?:and|but|while|whereas|as|after|though|although)\s|,\s)(?:its|their|it|they|the company|the firm|the brand|(?-i:[A-Z])[\w&-]+(?:['’]s)?)\s(?!\d)", re.IGNORECASE
)


_NEW_THEME = re.compile(r"(?:;|,?\s(?:and|but|while|whereas)\s|,\s)(?:its|their)\s(?!\d|share|market share|sales|shipments)", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(
    r"[;；]|[,，]\s(?:and|but|while|whereas|although|though)\s|\s(?:while|whereas|though|although)\s|\s(?:as|because|when|since|after)\s(?!of\b|well\b|much\b|many\b|against\b|compared\b|the same\b|per\b|a\b|of\b|\d)",
    re.IGNORECASE,
)


def _has_moved_on(text: str, place: Place, start: int, sentence: int, *, is_of_market: bool) -> bool:
    """Whether the sentence turns to another subject between a place within it and the number: `down in China, and its tablet sales rose 5 %`."""
    turn = _NEW_THEME if is_of_market else _NEW_SUBJECT  # the share and the rank of the next company are of the same market
    return not is_topical(text, place.start, sentence) and turn.search(text, place.end, start) is not None


def place_of(
    places: Sequence[Place], start: int, end: int, left: int, right: int, text: str, *, metric: str, sentence: int | None
) -> Place | None:
    """The region nearest to the number in its stretch, a country before the world; else the last one before it."""
    is_of_market = metric in ("market_share", "rank")
    places = [
        p
        for p in places
        if not p.of_rank or metric == "rank" or (is_of_market and 0 <= start - p.end < 60 and not re.search(r"[,;]", text[p.end : start]))
    ]
    near = [p for p in places if p.start >= left and p.end <= right and not (p.start >= end and _NEXT_CLAUSE.search(text, end, p.start))]
    if near:
        return min(
            near,
            key=lambda p: (
                (p.start - end if p.start >= end else start - p.end + 8)
                + (15 if p.code == GLOBAL else 0)
                + (60 if p.start >= end and _AWAY.search(text, end, p.start) else 0)
            ),
        )
    before = [p for p in places if p.end <= start and (sentence is None or not _has_moved_on(text, p, start, sentence, is_of_market=is_of_market))]
    if before:
        countries = [p for p in before if p.code != GLOBAL]
        return countries[-1] if countries and before[-1].code == GLOBAL and before[-1].start - countries[-1].end < 25 else before[-1]
    return None
