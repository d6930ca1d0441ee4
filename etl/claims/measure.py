"""Which metric a number measures: the words attached to it, else those before it, else what its neighbour measures."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from etl.claims.changes import Change
from etl.claims.classes import class_of, counts_another_thing
from etl.claims.measure_chinese import is_chinese, measure_in_chinese
from etl.claims.no_metric import names_nothing
from etl.claims.scan import Kept, Worded
from etl.claims.spans import Quantity
from etl.claims.vocabulary import Cue, Vocabulary, plural, spelling
from etl.claims.words import CueHit, Measure
from etl.model import Unit
from etl.spec.metrics import MetricSpec

PHONE_NOUNS = frozenset(
    [
        "phone",
        "smartphone",
        "handset",
        "unit",
        "device",
        "model",
        "iphone",
        "ipad",
        "airpod",
        "macbook",
        "chromebook",
        "kindle",
        "tablet",
        "watch",
        "smartwatch",
        "band",
        "wearable",
        "earbud",
        "tv",
        "television",
        "speaker",
        "headset",
        "laptop",
        "pc",
        "piece",
        "set",
        "shipment",
        "sale",
        "sold",
        "flagship",
        "wristband",
    ]
) | {"台", "部", "mobile phone", "cell phone", "feature phone", "smart phone", "mi tv", "smart tv"}
_ATTACHED = re.compile(
    r"^\s*(?:[)\]]\s*)?(?:(?!and\b|on\b|from\b|to\b|by\b|with\b|while\b|as\b|in\b|for\b|compared\b|up\b|down\b|over\b)[\w’'\-&$]+\s+){0,5}$",
    re.IGNORECASE,
)
_SHARE_OF = Worded(re.compile(r"shares?\s+of\s+(?:[\w'’-]+\s+){0,4}$", re.IGNORECASE), "share")
_PER_SHARE = re.compile(r"(?:\bper|\ba|\beach|diluted|ordinary|basic) $", re.IGNORECASE)
_SHARE_HELD = re.compile(r"\s(?:of|at|was|is|in)\s|\s?\(", re.IGNORECASE)  # "a share of 19.1 %" is no "2.5 yuan a share"
_OTHER_INCOME = re.compile(r"(?:pre-?tax|before tax|interest|other|comprehensive|taxable|household|disposable) $", re.IGNORECASE)
_GOODS_WORTH = re.compile(r"(?<!\bis)(?<!\bwas)s $|merchandise $")
_ANY_USERS = re.compile(r"(?:smart ?phone|internet|mobile|phone|web) $", re.IGNORECASE)
_OTHER_VOLUME = re.compile(r"(?:merchandise|trading|trade|transaction|payment|order|data|search|traffic) $", re.IGNORECASE)
_DEAL_WORTH = re.compile(r"(?:funding|round|deal|contract|orders?|investment|shares|goods|loan) $", re.IGNORECASE)
_NET = re.compile(r"\bnet (?:profit|loss|income|earnings)|bottom line", re.IGNORECASE)
_NO_AMOUNT = re.compile(r"\s(?:guidance|report|call|release|season|statement|conference|warning|outlook|team|channels?|outlets?|points?|network|staff)\b", re.IGNORECASE)
_MAKING = re.compile(r"-(?:making|taking|driven|based|focused|led|sharing|free|friendly|hungry|seeking|boosting|oriented|related|wise|backed)\b", re.IGNORECASE)
_NO_GOODS_MADE = re.compile(r"\s(?:up|it|them|him|that|this|its|money|sure|clear|sense|way|history|headlines|progress|inroads|gains|use|do|the (?:company|brand|firm|country|list|top)|(?:the )?[A-Z]\w+(?: [A-Z0-9]\w*){0,3} the)\b")
_NO_GROWTH = frozenset(("price", "countries", "channel_share", "local_production_share", "profit_share", "asp", "valuation"))


def find_cues(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[CueHit]:
    """The metric words of the stretch. `share of shipments` is a share: what stands behind `share of` is left out."""
    hits: list[CueHit] = []
    for match in vocabulary.cue_pattern.finditer(text, start, end):
        words = re.sub(r"[\s‐‑]+", " ", match[0].lower()).replace("’", "'")
        cues = vocabulary.cues.get(words) or vocabulary.cues.get(words.replace("-", " ")) or vocabulary.cues.get(match[0].lower())
        is_per_share = words in ("share", "shares") and _PER_SHARE.search(text[max(start, match.start() - 14) : match.start()])
        if is_per_share and not _SHARE_HELD.match(text[match.end() : match.end() + 8]):
            continue
        if words in ("cost", "costs") and hits and not text[hits[-1].end : match.start()].strip():
            continue  # "research and development cost Xiaomi 19.1 billion": no price
        if words in ("利润", "溢利", "盈利") and text[max(start, match.start() - 2) : match.start()] == "税前":
            continue
        if _MAKING.match(text, match.end()):
            continue  # "the loss-making unit"
        if words in ("made", "makes", "making") and _NO_GOODS_MADE.match(text, match.end()):
            continue
        if words == "income" and _OTHER_INCOME.search(text[max(start, match.start() - 16) : match.start()]):
            continue
        if words == "worth" and text[max(start, match.start() - 4) : match.start()].lower() == "net ":
            continue  # a man's
        if words == "worth" and _DEAL_WORTH.search(text[max(start, match.start() - 20) : match.start()]):
            continue
        if words == "worth" and _GOODS_WORTH.search(text[max(start, match.start() - 20) : match.start()]):
            continue
        if words in ("earnings", "profit", "revenue", "sales") and _NO_AMOUNT.match(text, match.end()):
            continue
        if words == "users" and _ANY_USERS.search(text[max(start, match.start() - 12) : match.start()]):
            continue
        if words in ("volume", "volumes") and _OTHER_VOLUME.search(text[max(start, match.start() - 14) : match.start()]):
            continue
        if words == "users" and text[max(start, match.start() - 4) : match.start()].lower() == "end ":
            continue
        if words in ("margin", "margins") and _BY_A_MARGIN.search(text[max(start, match.start() - 24) : match.start()]):
            continue
        is_profit = words in ("profit", "profits", "earned", "lost", "earnings", "loss") and not _NET.search(text, start, match.start())
        is_beside_net = is_profit and words in ("profit", "profits") and _NET.search(text, match.end(), end) is not None
        if is_profit and _sorts_of_profit(text) and (is_beside_net or _is_operating(text, match.start())):
            cues = (Cue("operating_profit", "cue" if words in ("profit", "profits", "earnings", "loss") else "verb"),)
        if cues and not _SHARE_OF.within(text, max(start, match.start() - 50), match.start()):
            hits.append(CueHit(match.start(), match.end(), cues, match[0]))
    return hits


def without(hits: list[CueHit], absent: frozenset[str]) -> list[CueHit]:
    """The hits without the metrics that the text can't be about."""
    if not absent:
        return hits
    kept = (CueHit(h.start, h.end, tuple(c for c in h.cues if c.metric not in absent), h.words) for h in hits)
    return [hit for hit in kept if hit.cues]


_BY_A_MARGIN = re.compile(r"\b(?:by|with)\s(?:an?|the)\s(?:[\w-]+\s)?$", re.IGNORECASE)
_SORTS = re.compile(r"\b(?P<operating>operating)\s(?:profit|income|loss)|\bnet\s(?:profit|income|loss|earnings)|\bbottom line", re.IGNORECASE)


@lru_cache(maxsize=4)
def _sorts_of_profit(text: str) -> list[tuple[int, bool]]:
    """Where the text names operating (True) or net profit (False)."""
    return [(m.start(), m["operating"] is not None) for m in _SORTS.finditer(text)]


def _is_operating(text: str, at: int) -> bool:
    """Whether a plain `profit` is the operating one: the sort that the text named last before it, else the only one that it names."""
    sorts = _sorts_of_profit(text)
    before = [is_operating for start, is_operating in sorts if start <= at]
    return before[-1] if before else bool(sorts) and all(is_operating for _, is_operating in sorts)


def fits(metric: MetricSpec, cue: Cue, kind: str, change: Change, noun: str) -> bool:
    """Whether a number of this class can measure the metric, as a level or as a change of it."""
    if kind == "money":
        return metric.unit is Unit.CURRENCY
    if kind == "rank":
        return metric.unit is Unit.ORDINAL
    if kind in ("percent", "pp"):
        if cue.role == "verb" and metric.name == "production":
            return False  # "makes it the quickest of ten"
        if cue.role == "verb" and metric.unit is not Unit.PERCENT and not (metric.unit is Unit.UNITS and metric.segment != "company"):
            return False  # "lost a 5% share", "holds 20%": of money and of things that are had, no verb tells a growth
        if metric.unit is Unit.PERCENT:
            return change.role != "change" or kind == "pp" or metric.name not in _NO_GROWTH
        return change.role == "change" and kind == "percent" and metric.unit is not Unit.ORDINAL and metric.name not in _NO_GROWTH
    if kind == "ratio":
        if cue.role == "verb" and metric.unit is Unit.CURRENCY:
            return False  # "added that its cars are 10 times less likely to burn"
        return metric.unit in (Unit.UNITS, Unit.CURRENCY, Unit.PERCENT, Unit.COUNT) and metric.name != "price"
    if metric.unit not in (Unit.UNITS, Unit.COUNT):
        return False
    if metric.nouns and noun:
        return (
            noun in metric.nouns or any(noun.endswith(" " + n) for n in metric.nouns) or (cue.role == "cue" and metric.unit is Unit.UNITS)
        )
    if metric.nouns:
        return cue.role != "verb" or metric.name in ("patents_granted", "patents_filed", "hires")
    if metric.name == "production" and cue.role == "verb" and not noun:
        return False
    return not noun or noun in PHONE_NOUNS or noun.split(" ")[-1] in PHONE_NOUNS or (noun in ("iot device", "user") and cue.role == "cue")


def _plain(
    text: str, quantity: Quantity, change: Change, kind: str, metrics: Mapping[str, MetricSpec], start: int, end: int
) -> Measure | None:
    """The metric that the number's own wording names: a rank, a part of the market, a lead with so many percent."""
    if kind == "rank":
        return Measure(metrics["rank"], "attached", text[quantity.start : quantity.end])
    if kind == "percent" and change.role != "change" and (part := _PART_OF.match(text[quantity.number_end : end])):
        name = "profit_share" if part["what"].startswith("profit") else "market_share"
        return Measure(metrics[name], "attached", part[0].strip())
    if kind == "percent" and change.role != "change" and _MADE_THERE.match(text[quantity.number_end : end]):  # noqa: SIM102
        if _MAKES.search(text, start, end):
            return Measure(metrics["local_production_share"], "attached", text[quantity.start : quantity.end])
    if kind == "percent" and change.role != "before" and (whole := _OF_THE_WHOLE.search(text[max(start, quantity.start - 120) : quantity.start])):
        return Measure(metrics["profit_share" if whole["what"] == "profits" else "market_share"], "before", whole[0].strip())
    if kind == "percent" and change.role != "change" and (sold := _SOLD_WERE.match(text[quantity.number_end : end])):
        return Measure(metrics["market_share"], "attached", sold[0].strip())
    if kind == "percent" and change.role == "level" and (led := _LED_WITH.search(text[max(start, quantity.start - 80) : quantity.start])):
        return Measure(metrics["market_share"], "before", led[0].strip())
    return None


_NEXT_NOUN = re.compile(r"\s(?:manufacturers?|makers?|suppliers?|assemblers?|producers?|holders?|managers?|offices?)\b")  # "two contract manufacturers"
_AS = re.compile(r"^\s(?:in|of|as|worth of)\s(?:(?:its|their|total|net|annual|quarterly|yearly|global|overall|consolidated|gross)\s)*$", re.IGNORECASE)

_CHANGE_IN = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\s(?:[\w-]+\s){0,2}?(?:growth|rise|increase|jump|surge|gain|decline|drop|fall|decrease|dip|slump|improvement|spike|leap|uptick|plunge|slide|more|fewer|less)\s(?:(?:in|of|for)\s)?(?:its\s|the\s|their\s)?(?:[\w'’-]+\s){0,4}$",
    re.IGNORECASE,
)
_OF_MARKET = Kept(re.compile(r"\bmarket|\bshare\b|shipments|市场|份额", re.IGNORECASE))
Best = Callable[["CueHit"], MetricSpec | None]  # the metric that a cue names for this number


def _right_behind(
    text: str, quantity: Quantity, kind: str, hits: Sequence[CueHit], right: int, best: Best, granted: MetricSpec
) -> Measure | None:
    """The metric named right behind the number: "158 million shipments", "7% of the market"."""
    number_end = quantity.number_end
    for hit in hits:  # "158 million shipments", "24.95 trillion won consolidated revenue", "7% of the market"
        if hit.end > quantity.number_end and hit.start < right and hit.start <= max(quantity.end, number_end) + 45:
            gap = text[max(number_end, min(quantity.end, hit.start)) : hit.start]
            is_named = kind == "money" and _AS.match(gap) and any(c.role == "cue" for c in hit.cues)
            is_changed = kind in ("percent", "ratio") and _CHANGE_IN.match(gap) and any(c.role == "cue" for c in hit.cues)
            if hit.start < quantity.end or is_named or is_changed or (_ATTACHED.match(gap) and (kind == "ratio" or not _SIGNED.match(text[hit.end : hit.end + 14]))):
                verb_only = all(c.role == "verb" for c in hit.cues)
                if not verb_only and not _NEXT_NOUN.match(text, hit.end) and (metric := best(hit)):
                    return Measure(metric, "attached", hit.words)
    for hit in hits:  # "some 900 of them were granted": the verb stands behind
        if (
            quantity.end <= hit.start <= quantity.end + 20
            and hit.start < right
            and kind == "count"
            and any(c.metric == "patents_granted" and c.role == "verb" for c in hit.cues)
        ):
            return Measure(granted, "attached", hit.words)
    return None


_OTHER = re.compile(
    r"\b(?:expenses|expenditures?|costs|tax(?:es)?|dividends?|debts?|cash|inventor(?:y|ies)|ebitda|wages|salar(?:y|ies)|downloads?|followers|views|traffic|loans?|fines?|charges?|write-?downs?|GMV|backlog|bookings|searches|"
    r"penetration|satisfaction|utili[sz]ation|efficiency|average selling prices?|ASPs?|prices|pre-?tax (?:income|profit|loss)|deposits|liabilities|assets|donations?|goodwill|difference|gap|buyers|visitors|enquiries|head ?count|subsid(?:y|ies)|duty|duties|tariffs?|interest|inflation|GDP)\b(?!\s(?:of|for|to)\s(?:its|the)\s)[^.;]{0,60}$|\baverage sell?ing prices?\b[^;]{0,110}$",
    re.IGNORECASE,
)


def has_other(text: str, quantity: Quantity, left: int) -> bool:
    """Whether the number's own stretch names something that isn't measured here: `Expenses shot up by 56 %`."""
    return _OTHER.search(text[max(left, quantity.start - 120) : quantity.start]) is not None


_NEAR = 14  # characters: "valued it at $10 billion"
_VERB_COSTS = -40  # characters: "operating profit came to", where the verb stands nearer than the quantity's name


def _in_front(
    text: str,
    quantity: Quantity,
    kind: str,
    change: Change,
    hits: Sequence[CueHit],
    left: int,
    start: int,
    best: Best,
    before: Measure | None,
) -> Measure | None:
    """The nearest metric before the number: in its own stretch, else that of the number before it, else in the sentence."""
    for stretch_left, rule in ((left, "before"), (start, "sentence")):
        if rule == "sentence" and has_other(text, quantity, left):
            return None
        if rule == "sentence" and before and _sibling(before.metric, kind, change, quantity):
            return Measure(before.metric, "sibling", before.words)
        chosen: tuple[int, Measure] | None = None
        for hit in hits:
            if not stretch_left <= hit.start or hit.end > quantity.number_start:
                continue
            if before is not None and kind in ("percent", "ratio") and all(c.role == "noun" for c in hit.cues):
                continue  # "shipped 41 million phones to Indian shops, 6% less"
            if metric := best(hit):
                weight = hit.end + (0 if any(c.role == "cue" and c.metric == metric.name for c in hit.cues) or quantity.number_start - hit.end < _NEAR else _VERB_COSTS)
                if chosen is None or weight >= chosen[0]:
                    chosen = (weight, Measure(metric, rule, hit.words))
        if chosen:
            return chosen[1]
    return None


def _by_verb(found: Measure, quantity: Quantity, hits: Sequence[CueHit], left: int, metrics: Mapping[str, MetricSpec]) -> Measure:
    """`filed 1,980 patent applications and was granted 1,112`: of patents the last verb before the number decides."""
    verbs = [
        (h, c.metric)
        for h in hits
        for c in h.cues
        if c.role == "verb" and c.metric.startswith("patents_") and left <= h.start and h.end <= quantity.number_start
    ]
    if not found.metric.name.startswith("patents_") or not verbs:
        return found
    hit, name = verbs[-1]
    return Measure(metrics[name], found.rule, hit.words)


def measure(
    text: str,
    quantity: Quantity,
    change: Change,
    hits: Sequence[CueHit],
    vocabulary: Vocabulary,
    left: int,
    right: int,
    start: int,
    end: int,
    before: Measure | None,
    carried: Measure | None,
    *,
    is_market_report: bool,
) -> Measure | None:
    """The metric of a number. [left, right) is the stretch between its neighbours, [start, end) its sentence."""
    kind, noun = class_of(quantity), quantity.unit.partition("/")[0] if class_of(quantity) == "count" else ""

    is_of_market = is_market_report or _OF_MARKET.search(text, start, end) is not None

    def best(hit: CueHit) -> MetricSpec | None:
        fitting = [
            m for cue in hit.cues if (is_of_market or cue.role != "verb" or cue.metric != "market_share") and fits(m := vocabulary.metrics[cue.metric], cue, kind, change, noun) and _companions(hit, m, hits)
        ]
        leads_to_units = kind == "percent" and _TO_UNITS.match(text[quantity.number_end : end]) is not None
        if len(fitting) > 1 and (leads_to_units or _counts_units(text, hit, start, end) or (is_market_report and not _MONEY.search(text, start, end))):  # "smartphone sales grew 5%": units; "sales grew 5%": money
            return next((m for m in fitting if m.unit is Unit.UNITS), fitting[0])
        return fitting[0] if fitting else None

    if names_nothing(text, quantity, change, kind, start, end):
        return None
    if is_chinese(text, quantity):
        return measure_in_chinese(text, quantity, kind, change, hits, vocabulary, start, end, best, before, carried)
    is_of_another = kind == "count" and counts_another_thing(text, quantity)
    if plain := _plain(text, quantity, change, kind, vocabulary.metrics, start, end):
        return plain
    if kind == "count" and (counted := _counted(text, quantity, hits, vocabulary, right)):
        return counted
    if is_of_another:
        said = _in_front(text, quantity, kind, change, hits, left, start, best, before)
        return said if said and said.metric.name == "hires" and said.rule != "sibling" else None
    if behind := _right_behind(text, quantity, kind, hits, right, best, vocabulary.metrics["patents_granted"]):
        return behind
    if front := _in_front(text, quantity, kind, change, hits, left, start, best, before):
        return _by_verb(front, quantity, hits, left, vocabulary.metrics)
    if kind == "percent" and change.role == "level" and text[quantity.number_start - 1 : quantity.number_start] == "(":
        for hit in hits:  # "Samsung (21%), Apple (17%) and Xiaomi (14%) by market share"
            if hit.start >= quantity.end and any(c.metric == "market_share" for c in hit.cues):
                return Measure(vocabulary.metrics["market_share"], "after", hit.words)
    for hit in hits:
        if quantity.end <= hit.start < right and change.role != "change" and (metric := best(hit)) and metric.unit is not Unit.COUNT:
            return Measure(metric, "after", hit.words)
    if (
        carried
        and not has_other(text, quantity, left)
        and (carried.metric.unit is Unit.UNITS or (carried.metric.unit is Unit.PERCENT and change.role != "change"))
        and _sibling(carried.metric, kind, change, quantity)
    ):
        return Measure(carried.metric, "carried", carried.words)
    return None


_BETWEEN = re.compile(
    r"^\s(?:(?!and\b|or\b|in\b|to\b|from\b|for\b|with\b|by\b|of\b|that\b|as\b|were\b|was\b|are\b)[A-Za-z’'&-]+\s){0,4}$", re.IGNORECASE
)


def _counted(text: str, quantity: Quantity, hits: Sequence[CueHit], vocabulary: Vocabulary, right: int) -> Measure | None:
    """13,000 employees, seven smartphone manufacturing plants: the counted thing right behind the number, by its last noun."""
    for hit in reversed(hits):
        if not quantity.number_end < hit.start < min(right, quantity.number_end + 45) or not _BETWEEN.match(
            text[quantity.number_end : hit.start]
        ):
            continue
        for cue in hit.cues:
            metric = vocabulary.metrics[cue.metric]
            if cue.role != "noun" or metric.unit not in (Unit.UNITS, Unit.COUNT) or not _companions(hit, metric, hits) or _NEXT_NOUN.match(text, hit.end):
                continue
            if metric.name.startswith("patents_"):
                metric = vocabulary.metrics[_patent_verb(text, quantity, hit, hits) or metric.name]
            return Measure(metric, "attached", hit.words)
    return None


_PASSIVE = re.compile(r"^\s(?:(?:it|that|which)\s)?(?:(?:was|were|have been|had been|has been|being|already)\s)*$", re.IGNORECASE)


def _patent_verb(text: str, quantity: Quantity, noun: CueHit, hits: Sequence[CueHit]) -> str | None:
    """Filed or granted: `2,895 patents were granted to it` by the verb right behind, else by the last one before the number."""
    names = ("patents_filed", "patents_granted")
    verbs = [(h, c.metric) for h in hits for c in h.cues if c.metric in names and c.role != "noun"]
    for hit, name in verbs:
        if hit.start >= noun.end and _PASSIVE.match(text[noun.end : hit.start]):
            return name
    before = [name for hit, name in verbs if hit.end <= quantity.number_start]
    return before[-1] if before else None


_UNITS_BEHIND = re.compile(
    r"(?:smart ?phones?|phones?|handsets?|devices?|units?|tablets?|watch(?:es)?|bands?|TVs?|cars?|vehicles?|iPhones?|Pixel|Galaxy)\s$",
    re.IGNORECASE,
)
_UNITS_AHEAD = re.compile(
    r"^\s(?:of|for) (?:its |the |their )?(?:\w+ ){0,2}(?:smart ?phones?|phones?|handsets?|devices?|units|tablets?|bands?|iPhones?|TVs?|cars?)",
    re.IGNORECASE,
)


_TO_UNITS = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\s(?:[\w-]+\s){0,2}?to\s(?:about\s|around\s|nearly\s|over\s|just\s)?[\d.,]+\s?(?:million|mn|m|lakh|crore|bn|billion)\b(?!\s?(?:yuan|won|dollars?|rupees|euros?|US|RMB|yen|pounds))", re.IGNORECASE
)
_MONEY = re.compile(r"[$€£¥₹]|yuan|won\b|RMB|dollars|\bRs\b|revenue|turnover|亿元")


def _counts_units(text: str, hit: CueHit, start: int, end: int) -> bool:
    """Whether `sales` are of devices, by the words beside them or by the amount that the sentence gives."""
    if _UNITS_BEHIND.search(text[max(start, hit.start - 14) : hit.start]) or _UNITS_AHEAD.match(text[hit.end : end]):
        return True
    if _MONEY.search(text, start, end):
        return False
    return bool(re.search(r"\bunits\b|smart ?phones?\b|\bphones\b|handsets|shipped|\bsold\b|shipments|台|部", text[start:end]))


_LED_WITH = re.compile(
    r"\b(?:lead(?:s|ing)?|led|top(?:s|ped)?|dominat(?:es|ed))\s(?:the\s)?(?:[\w'’-]+\s){0,3}?market (?:with|at)\s(?:(?:a|an|about|around|over|nearly|almost|some|roughly)\s)*$",
    re.IGNORECASE,
)
_OF_THE_WHOLE = re.compile(  # "Of the operating profits made in Q3, 56 % were Apple's"
    r"\bOf (?:all )?(?:the )?(?:[\w'’-]+\s){0,3}?(?P<what>profits|phones|smartphones|handsets|tablets|devices|units)\s(?:made|sold|shipped|earned|bought)\b[^.;%]{0,60},\s(?:about\s|some\s|nearly\s|over\s|only\s)?$", re.IGNORECASE
)
_SOLD_WERE = re.compile(  # "52.6% of smartphones sold in Japan were iPhones"
    r"\s?(?:%|per ?cent|percent)?\sof (?:all )?(?:the )?(?:[\w'’-]+\s){0,2}?(?:phones|smartphones|handsets|tablets|devices|units)\s(?:sold|shipped|bought)\b[^.;,%]{0,50}?\s(?:were|are|was|came from|bore)\s(?:an?\s|from\s|made by\s)?(?=[A-Zi])"
)
_PART_OF = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\s(?:share )?of (?!its\b|their\b|his\b|our\b|the company|(?:its |total |overall )?sales\b)(?:[\w'’-]+\s){0,6}?(?P<what>market\b(?! share| cap)|(?:smartphone |phone |handset |global |worldwide |industry |mobile |all )+(?:shipments|sales|phones|smartphones)\b(?= |,|\.)|(?<=industry )profits?\b|(?<=industry's )profits?\b|(?<=phone )profits?\b|(?<=phones )profits?\b|(?<=handset )profits?\b|(?<=market )profits?\b|(?<=the )profits\b|(?<=all )profits?\b|(?<=sector )profits?\b|(?<=global )profits?\b)",
    re.IGNORECASE,
)
_MADE_THERE = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\sof (?:all )?(?:the |its |their |our |(?:the )?[A-Z]\w+(?:['’]s)? )?(?:smart ?)?(?:phones|devices|handsets|TVs|smart TVs|products|units|smartphones)\b"
    r"(?:,? (?:that )?(?:it|they|we|the (?:company|brand|firm)) (?:sells?|sold)| sold| that are sold| (?:are|were|is|being) (?:now |already |also )?(?:made|manufactured|assembled|produced|built) (?:here|there|locally|in)"
    r"| and \S+(?: per ?cent)? of (?:its|our|their|the) (?:smart )?\w+)",
    re.IGNORECASE,
)
_MAKES = re.compile(r"\b(?:mak(?:es?|ing)|made|manufactur(?:e[sd]?|ing)|produc(?:e[sd]?|ing)|assembl(?:e[sd]?|ing)|built)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\s(?:of|to|was|were|at|reached|rose|fell|grew|hit|stood)\s", re.IGNORECASE)


def _companions(hit: CueHit, metric: MetricSpec, hits: Sequence[CueHit]) -> bool:
    """Patents need their verb: applied for, or granted; people must be employed; a noun that says enough stands alone."""
    if not metric.vague or any(c.metric == metric.name and c.role == "cue" for c in hit.cues):
        return True
    words = spelling(hit.words).lower()
    if any(c.metric == metric.name and c.role == "noun" for c in hit.cues) and not any(words in (v, plural(v)) for v in metric.vague):
        return True
    return any(c.metric == metric.name and c.role != "noun" for h in hits for c in h.cues)


def _sibling(metric: MetricSpec, kind: str, change: Change, quantity: Quantity) -> bool:
    """Whether a number can measure what the one before it does."""
    if kind == "money":
        return metric.unit is Unit.CURRENCY
    if kind == "percent" and change.role == "change":
        return metric.unit is not Unit.ORDINAL and metric.name != "price"
    if kind in ("percent", "pp"):
        return metric.unit is Unit.PERCENT
    if kind == "ratio":
        return metric.unit in (Unit.UNITS, Unit.CURRENCY)
    noun = quantity.unit.partition("/")[0]
    is_said = not noun or noun in metric.nouns or (metric.unit is Unit.UNITS and (noun in PHONE_NOUNS or noun.split(" ")[-1] in PHONE_NOUNS))
    return kind == "count" and metric.unit in (Unit.UNITS, Unit.COUNT) and metric.name not in ("countries", "users") and is_said
