"""Which metric a number measures: the words attached to it, else those before it, else what its neighbour measures."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from etl.claims.changes import Change
from etl.claims.measure_chinese import is_chinese, measure_in_chinese
from etl.claims.spans import Quantity
from etl.claims.vocabulary import Cue, Vocabulary
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
    ]
) | {"台", "部", "mobile phone", "cell phone", "feature phone", "smart phone", "mi tv", "smart tv"}
_ATTACHED = re.compile(
    r"^\s*(?:[)\]]\s*)?(?:(?!and\b|on\b|from\b|to\b|by\b|with\b|while\b|as\b|in\b|for\b|compared\b|up\b|down\b|over\b)[\w’'\-&$]+\s+){0,5}$",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"shares?\s+of\s+(?:[\w'’-]+\s+){0,4}$", re.IGNORECASE)
_STOPS_SHARE = re.compile(r"shares? (?:of [A-Z]\w+ (?:rose|fell)|price|holders?)|\bstake\b|per share|a share\b|市值", re.IGNORECASE)


_LOOSE_RANK = re.compile(
    r"\bone of (?:the )?[\w\s-]*$|(?<!out of the )(?<!out of )\btop[- ](?!one\b|1\b|spot|slot|place)\w+$", re.IGNORECASE
)
_PER_SHARE = re.compile(r"(?:\bper|\ba|\beach|diluted|ordinary|basic) $", re.IGNORECASE)
_SHARE_HELD = re.compile(r"\s(?:of|at|was|is|in)\s|\s?\(", re.IGNORECASE)  # "a share of 19.1 %" is no "2.5 yuan a share"
_OWN_MIX = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\sof (?:[\w'’-]+\s){0,4}?(?:revenues?|turnover|income|customers|users|employees|workforce|staff|buyers|orders)\b",
    re.IGNORECASE,
)
_OTHER_INCOME = re.compile(r"(?:pre-?tax|before tax|interest|other|comprehensive|taxable|household|disposable) $", re.IGNORECASE)
_GOODS_WORTH = re.compile(r"(?<!\bis)(?<!\bwas)s $|merchandise $")
_OPERATING = re.compile(r"operating (?:profit|income)", re.IGNORECASE)
_NO_GROWTH = frozenset(("price", "countries", "channel_share", "local_production_share", "profit_share", "asp", "valuation"))
_BAND = re.compile(r"(?:segment of|above|below|under|sub-|between|over|price band of|range of|than)\s*$", re.IGNORECASE)
_BAND_AFTER = re.compile(
    r"^[)\s]*(?:and above\s?|to \S+ )?[)\s]*(?:price|segment|band|category|tier|range|mark|handsets|phones|smartphones)", re.IGNORECASE
)


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
        if words == "income" and _OTHER_INCOME.search(text[max(start, match.start() - 16) : match.start()]):
            continue
        if words == "worth" and _GOODS_WORTH.search(text[max(start, match.start() - 20) : match.start()]):
            continue
        if words == "users" and text[max(start, match.start() - 4) : match.start()].lower() == "end ":
            continue
        if words in ("profit", "profits") and _OPERATING.search(text):
            cues = (Cue("operating_profit", "cue"),)
        if cues and not _SHARE_OF.search(text[max(start, match.start() - 50) : match.start()]):
            hits.append(CueHit(match.start(), match.end(), cues, match[0]))
    return hits


def class_of(quantity: Quantity) -> str:
    """money, percent, pp, ratio, rank, count: what the number's unit can measure; `other` for what no metric takes."""
    unit = quantity.unit.partition("/")[0]
    if quantity.currency:
        return "money"
    plain = {"percent": "percent", "percentage point": "pp", "basis point": "pp", "times": "ratio", "rank": "rank", "fraction": "other"}
    return plain.get(unit, "count")


def fits(metric: MetricSpec, cue: Cue, kind: str, change: Change, noun: str) -> bool:
    """Whether a number of this class can measure the metric, as a level or as a change of it."""
    if kind == "money":
        return metric.unit is Unit.CURRENCY
    if kind == "rank":
        return metric.unit is Unit.ORDINAL
    if kind in ("percent", "pp"):
        if metric.unit is Unit.PERCENT:
            return change.role != "change" or kind == "pp" or metric.name not in _NO_GROWTH
        return change.role == "change" and kind == "percent" and metric.unit is not Unit.ORDINAL and metric.name not in _NO_GROWTH
    if kind == "ratio":
        return metric.unit in (Unit.UNITS, Unit.CURRENCY, Unit.PERCENT, Unit.COUNT) and metric.name != "price"
    if metric.unit not in (Unit.UNITS, Unit.COUNT):
        return False
    if metric.nouns and noun:
        return (
            noun in metric.nouns or any(noun.endswith(" " + n) for n in metric.nouns) or (cue.role == "cue" and metric.unit is Unit.UNITS)
        )
    if metric.nouns:
        return cue.role != "verb" or metric.name in ("patents_granted", "patents_filed", "hires")
    return not noun or noun in PHONE_NOUNS or noun.split(" ")[-1] in PHONE_NOUNS or (noun in ("iot device", "user") and cue.role == "cue")


def _names_nothing(text: str, quantity: Quantity, change: Change, kind: str, start: int, end: int) -> bool:
    """Whether the number's own wording shows that no metric is meant: a loose rank, a band of prices, a part of its own mix."""
    before, after = text[max(start, quantity.start - 24) : quantity.start], text[quantity.end : end]
    if kind == "rank":
        printed = text[quantity.start : quantity.end]
        return bool(_LOOSE_RANK.search(before + printed)) or bool(_NO_RANK.match(after) and not _LEADS.match(printed))
    if kind == "money":
        is_band = _BAND.search(before[-16:]) or re.search(r"segment of\s*$|\($", before[-12:])
        return bool(is_band and _BAND_AFTER.match(after))
    if kind == "percent":
        return change.role != "change" and bool(_OWN_MIX.match(text[quantity.number_end : end]))
    return kind == "count" and bool(_NO_SHOP.match(text[quantity.number_end : quantity.number_end + 60]))  # somebody's sites, no shops


def _plain(
    text: str, quantity: Quantity, change: Change, kind: str, metrics: Mapping[str, MetricSpec], start: int, end: int
) -> Measure | None:
    """The metric that the number's own wording names: a rank, a part of the market, a lead with so many percent."""
    if kind == "rank":
        return Measure(metrics["rank"], "attached", text[quantity.start : quantity.end])
    if kind == "percent" and change.role != "change" and (part := _PART_OF.match(text[quantity.number_end : end])):
        name = "profit_share" if part["what"].startswith("profit") else "market_share"
        return Measure(metrics[name], "attached", part[0].strip())
    if kind == "percent" and change.role == "level" and (led := _LED_WITH.search(text[max(start, quantity.start - 80) : quantity.start])):
        return Measure(metrics["market_share"], "before", led[0].strip())
    return None


Best = Callable[["CueHit"], MetricSpec | None]  # the metric that a cue names for this number


def _right_behind(
    text: str, quantity: Quantity, kind: str, hits: Sequence[CueHit], right: int, best: Best, granted: MetricSpec
) -> Measure | None:
    """The metric named right behind the number: "158 million shipments", "7% of the market"."""
    number_end = quantity.number_end
    for hit in hits:  # "158 million shipments", "24.95 trillion won consolidated revenue", "7% of the market"
        if hit.end > quantity.number_end and hit.start < right and hit.start <= max(quantity.end, number_end) + 45:
            gap = text[max(number_end, min(quantity.end, hit.start)) : hit.start]
            if hit.start < quantity.end or (_ATTACHED.match(gap) and not _SIGNED.match(text[hit.end : hit.end + 14])):
                verb_only = all(c.role == "verb" for c in hit.cues)
                if not verb_only and (metric := best(hit)):
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


def _in_front(
    quantity: Quantity, kind: str, change: Change, hits: Sequence[CueHit], left: int, start: int, best: Best, before: Measure | None
) -> Measure | None:
    """The nearest metric before the number: in its own stretch, else that of the number before it, else in the sentence."""
    for stretch_left, rule in ((left, "before"), (start, "sentence")):
        if rule == "sentence" and before and _sibling(before.metric, kind, change):
            return Measure(before.metric, "sibling", before.words)
        chosen: tuple[int, Measure] | None = None
        for hit in hits:
            if stretch_left <= hit.start and hit.end <= quantity.number_start and (metric := best(hit)):
                weight = hit.end + (0 if any(c.role == "cue" and c.metric == metric.name for c in hit.cues) else -4)
                if chosen is None or weight >= chosen[0]:
                    chosen = (weight, Measure(metric, rule, hit.words))
        if chosen:
            return chosen[1]
    return None


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
) -> Measure | None:
    """The metric of a number. [left, right) is the stretch between its neighbours, [start, end) its sentence."""
    kind, noun = class_of(quantity), quantity.unit.partition("/")[0] if class_of(quantity) == "count" else ""

    def best(hit: CueHit) -> MetricSpec | None:
        fitting = [
            m for cue in hit.cues if fits(m := vocabulary.metrics[cue.metric], cue, kind, change, noun) and _companions(hit, m, hits)
        ]
        if len(fitting) > 1 and _counts_units(text, hit, start, end):  # "smartphone sales grew 5%": units; "sales grew 5%": money
            return next((m for m in fitting if m.unit is Unit.UNITS), fitting[0])
        return fitting[0] if fitting else None

    if _names_nothing(text, quantity, change, kind, start, end):
        return None
    if is_chinese(text, quantity):
        return measure_in_chinese(text, quantity, kind, change, hits, vocabulary, start, end, best, before, carried)
    if plain := _plain(text, quantity, change, kind, vocabulary.metrics, start, end):
        return plain
    if kind == "count" and (counted := _counted(text, quantity, hits, vocabulary, right)):
        return counted
    if behind := _right_behind(text, quantity, kind, hits, right, best, vocabulary.metrics["patents_granted"]):
        return behind
    if front := _in_front(quantity, kind, change, hits, left, start, best, before):
        return front
    if kind == "percent" and change.role == "level" and text[quantity.number_start - 1 : quantity.number_start] == "(":
        for hit in hits:  # "Samsung (21%), Apple (17%) and Xiaomi (14%) by market share"
            if hit.start >= quantity.end and any(c.metric == "market_share" for c in hit.cues):
                return Measure(vocabulary.metrics["market_share"], "after", hit.words)
    for hit in hits:
        if quantity.end <= hit.start < right and change.role != "change" and (metric := best(hit)) and metric.unit is not Unit.COUNT:
            return Measure(metric, "after", hit.words)
    if (
        carried
        and (carried.metric.unit is Unit.UNITS or (carried.metric.unit is Unit.PERCENT and change.role != "change"))
        and _sibling(carried.metric, kind, change)
    ):
        return Measure(carried.metric, "carried", carried.words)
    return None


_BETWEEN = re.compile(
    r"^\s(?:(?!and\b|or\b|in\b|to\b|from\b|for\b|with\b|by\b|of\b|that\b|as\b|were\b|was\b|are\b)[A-Za-z’'&-]+\s){0,4}$", re.IGNORECASE
)


def _counted(text: str, quantity: Quantity, hits: Sequence[CueHit], vocabulary: Vocabulary, right: int) -> Measure | None:
    """13,000 employees, seven smartphone manufacturing plants: the counted thing right behind the number."""
    for hit in hits:
        if not quantity.number_end < hit.start < min(right, quantity.number_end + 45) or not _BETWEEN.match(
            text[quantity.number_end : hit.start]
        ):
            continue
        for cue in hit.cues:
            metric = vocabulary.metrics[cue.metric]
            if cue.role != "noun" or metric.unit not in (Unit.UNITS, Unit.COUNT) or not _companions(hit, metric, hits):
                continue
            if metric.name.startswith("patents_"):
                metric = vocabulary.metrics[_patent_verb(text, quantity, hit, hits) or metric.name]
            return Measure(metric, "attached", hit.words)
    return None


_PASSIVE = re.compile(r"^\s(?:(?:it|that|which)\s)?(?:(?:was|were|have been|had been|has been|being|already)\s)*$", re.IGNORECASE)
_NO_SHOP = re.compile(r"^\s(?:[\w-]+\s){0,3}?(?:online|web|internet|e-?commerce|app) (?:shops?|stores?|outlets?)\b", re.IGNORECASE)


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


def _counts_units(text: str, hit: CueHit, start: int, end: int) -> bool:
    """Whether `sales` are of devices, by the words beside them or by the amount that the sentence gives."""
    if _UNITS_BEHIND.search(text[max(start, hit.start - 14) : hit.start]) or _UNITS_AHEAD.match(text[hit.end : end]):
        return True
    if re.search(r"[$€£¥₹]|yuan|won\b|RMB|dollars|\bRs\b|revenue|turnover|亿元", text[start:end]):
        return False
    return bool(re.search(r"\bunits\b|smart ?phones?\b|\bphones\b|handsets|shipped|\bsold\b|shipments|台|部", text[start:end]))


_NO_RANK = re.compile(
    r"^[\s-](?:[\w-]+\s){0,3}?(?:markets?|econom|cit(?:y|ies)|carriers?|countr|quarters?|plants?|generation|sales?|phone\b(?! maker| brand| vendor)|smartphone\b(?! maker| brand| vendor| manufacturer| company| player| seller| OEM| supplier)|half|day|week|month|year|time|most valuable|device\b|model)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:to\s)?(?:lead|led|top|head)(?:s|ped|ed)?$", re.IGNORECASE)  # a verb: what it leads may be a market
_LED_WITH = re.compile(
    r"\b(?:lead(?:s|ing)?|led|top(?:s|ped)?|dominat(?:es|ed))\s(?:the\s)?(?:[\w'’-]+\s){0,3}?market (?:with|at)\s(?:(?:a|an|about|around|over|nearly|almost|some|roughly)\s)*$",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\s(?:share )?of (?!its\b|their\b|his\b|our\b|the company|(?:its |total |overall )?sales\b)(?:[\w'’-]+\s){0,6}?(?P<what>market\b(?! share)|(?:smartphone |phone |handset |global |worldwide |industry |mobile |all )+(?:shipments|sales|phones|smartphones)\b(?= |,|\.)|profits?\b)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\s(?:of|to|was|were|at|reached|rose|fell|grew|hit|stood)\s", re.IGNORECASE)


def _companions(hit: CueHit, metric: MetricSpec, hits: Sequence[CueHit]) -> bool:
    """Patents need their verb: applied for, or granted; other metrics stand alone."""
    if metric.name not in ("patents_granted", "patents_filed", "countries", "hires", "ev_deliveries"):
        return True
    if metric.name == "ev_deliveries" and any(c.metric == metric.name and c.role == "cue" for c in hit.cues):
        return True
    return any(c.metric == metric.name and c.role != "noun" for h in hits for c in h.cues)


def _sibling(metric: MetricSpec, kind: str, change: Change) -> bool:
    if kind == "money":
        return metric.unit is Unit.CURRENCY
    if kind == "percent" and change.role == "change":
        return metric.unit is not Unit.ORDINAL and metric.name != "price"
    if kind in ("percent", "pp"):
        return metric.unit is Unit.PERCENT
    if kind == "ratio":
        return metric.unit in (Unit.UNITS, Unit.CURRENCY)
    return kind == "count" and metric.unit in (Unit.UNITS, Unit.COUNT) and metric.name not in ("countries", "users")
