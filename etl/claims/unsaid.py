"""Which metric a number measures where no word beside it says so: patents in their paragraph, money of a division, growth, counts."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.around import Around
from etl.claims.changes import Change, has_direction
from etl.claims.classes import class_of, counts_another_thing
from etl.claims.measure import PHONE_NOUNS, has_other
from etl.claims.parts import division_of
from etl.claims.spans import Quantity
from etl.claims.state import Line, State
from etl.claims.subject import Subject
from etl.claims.vocabulary import Vocabulary
from etl.claims.words import Measure
from etl.model import MARKET, Unit

_TO = re.compile(r"^\s?(?:%|per ?cent|percent)?(?:\s(?:growth|rise|increase|jump|more|on the year|year[- ]on[- ]year|YoY))?\s(?:to|at)\s(?:a record\s|about\s|around\s|nearly\s)?$", re.IGNORECASE)


def patents_too(here: Around, kind: str, state: State) -> Measure | None:
    """`Apple seventh with 2,490`, in a paragraph that counts patents."""
    is_bare = kind == "count" and not here.quantity.unit and here.quantity.value >= 100
    if not is_bare or state.measure is None or state.measure_paragraph != here.line.sentence.paragraph:
        return None
    if not state.measure.metric.name.startswith("patents_") or counts_another_thing(here.text, here.quantity):
        return None
    is_listed = re.search(r"(?:\bwith|\(|,|\b(?:received|took|got|won|had|has|by|to))\s?$", here.text[max(here.start, here.quantity.start - 12) : here.quantity.start])
    return Measure(state.measure.metric, "carried", state.measure.words) if is_listed else None


def of_money(
    here: Around, kind: str, change: Change, found: Measure | None, subject: Subject, state: State, vocabulary: Vocabulary
) -> Measure | None:
    """Revenue where no word says it: a business's growth, or growth that leads to an amount of money: `Japan rose 34 percent to $5.1 billion`."""
    is_weak = found is None or found.rule in ("carried", "growth") or (found.rule == "sentence" and found.metric.unit is not Unit.CURRENCY)
    if not is_weak or not (kind == "money" or (kind == "percent" and change.role == "change")):
        return None
    if (found is not None and found.metric.unit is Unit.CURRENCY) or (kind == "money" and here.quantity.value < 1_000_000):
        return None
    text, quantity = here.text, here.quantity
    index = next(i for i, q in enumerate(here.line.quantities) if q.start == quantity.start)
    after = here.line.quantities[index + 1] if index + 1 < len(here.line.quantities) else None
    leads_to_money = kind == "percent" and not has_other(text, quantity, here.start) and after is not None and after.currency and after.value >= 1_000_000 and _TO.match(text[quantity.end : after.start])
    division = division_of(text, quantity, subject.mention, here.start, here.end, here.right)
    was_money = state.measure if state.measure and state.measure.metric.unit is Unit.CURRENCY and state.measure.metric.name in _INCOMES else None
    if division is not None and division.is_subject:
        return Measure(vocabulary.metrics["revenue"], "division", text[division.start : division.end])
    if leads_to_money:
        return Measure(was_money.metric, "carried", was_money.words) if was_money else Measure(vocabulary.metrics["revenue"], "division", "")
    if kind == "money" and was_money and _FIGURE_WAS.search(text[here.left : quantity.start]):
        return Measure(was_money.metric, "carried", was_money.words)
    return None


_INCOMES = ("revenue", "net_profit", "operating_profit", "gross_profit", "adjusted_net_profit")
_FIGURE_WAS = re.compile(r"\b(?:the figure (?:was|stood at|came to)|(?:posted|reported|recorded|made|it was|that was|compared with|against))\s(?:about\s|around\s|only\s|just\s)?$", re.IGNORECASE)


OF_THESE = re.compile(r"(?:Of|Among) (?:these|them|those|that|this|the total|the sum)\b,?")


def of_these(here: Around, kind: str, state: State) -> Measure | None:
    """`Of these, 32,609 were in mainland China`: parts of what the sentence before counted."""
    measure = state.measure
    if measure is None or state.measure_paragraph != here.line.sentence.paragraph or OF_THESE.match(here.text, here.start) is None:
        return None
    unit = {"count": (Unit.COUNT, Unit.UNITS), "money": (Unit.CURRENCY,)}.get(kind, ())
    return Measure(measure.metric, "carried", measure.words) if measure.metric.unit in unit and measure.metric.name != "rank" else None


def beyond_hundred(
    text: str, quantity: Quantity, line: Line, vocabulary: Vocabulary, left: int, change: Change
) -> tuple[Measure | None, Change]:
    """Income expanded to around 328 per cent: more than all of it can only be a change."""
    word = has_direction(text, left, quantity.start)
    hits = [h for h in line.hits if left <= h.start and h.end <= quantity.start]
    for hit in reversed(hits):
        for cue in hit.cues:
            if word and vocabulary.metrics[cue.metric].unit is Unit.CURRENCY:
                return Measure(vocabulary.metrics[cue.metric], "before", hit.words), Change("change", -1 if word["down"] else 1, word[0])
    return None, change


def growth(
    text: str,
    quantity: Quantity,
    line: Line,
    left: int,
    change: Change,
    found: Measure | None,
    vocabulary: Vocabulary,
    subject: Subject,
    state: State,
    here_measure: Measure | None,
) -> tuple[Measure | None, Change]:
    """Xiaomi grew 5% YoY: a firm's or market's growth without a metric is that of its shipments where the text counts them."""
    start, end = line.sentence.start, line.sentence.end
    kind = class_of(quantity)
    if kind not in ("percent", "ratio"):
        return found, change
    if change.role != "change":
        word = has_direction(text, start, end)
        if found is not None or word is None or not re.search(r"fastest|grew|growth|declin|grow", text[start:end], re.IGNORECASE):
            return found, change
        if not re.search(r"fastest[- ]growing", text[start:end]):
            return found, change
        change = Change("change", 1, "fastest-growing")
    if found is not None and found.metric.unit is not Unit.PERCENT:
        return found, change
    if change.role == "change" and _A_SHARE.match(text, quantity.number_end):
        return None, change  # "lost a 5% share to the others": of a share, no growth
    if any(
        c.role == "cue"
        for h in line.hits
        for c in h.cues
        if left <= h.start and h.end <= quantity.start and c.metric not in ("market_share", "rank", "channel_share")
    ):
        return found, change
    last = here_measure if here_measure is not None else state.measure if state.measure_paragraph == line.sentence.paragraph else None
    if last is not None and last.metric.unit is Unit.COUNT and last.metric.name != "contracts":
        return Measure(last.metric, "carried", last.words), change
    if not _sells_devices(subject, vocabulary) and not (state.volume and state.volume.metric.name == "ev_deliveries"):
        return (found if found and found.rule not in ("carried", "sentence") else None), change
    if state.volume:
        return Measure(state.volume.metric, "carried", state.volume.words), change
    if state.measurer or (subject.company == MARKET and subject.rule != "topic"):
        return Measure(vocabulary.metrics["shipments"], "growth", change.words), change
    return (found if found and found.rule not in ("carried", "sentence") else None), change


def _sells_devices(subject: Subject, vocabulary: Vocabulary) -> bool:
    """Whether a growth without a metric can be one of devices: a market's, or that of a company that sells some."""
    if subject.company == MARKET or subject.segment is not None:
        return True
    spec = vocabulary.companies.get(subject.company)
    return spec is not None and spec.sells_devices


_A_SHARE = re.compile(r"\s?(?:%|per ?cent|percent)?\s(?:market\s)?share\b(?!\s(?:of|in|price))", re.IGNORECASE)
_DEVICE_ROW = re.compile(r"[\s*•–-]*(?:iPhones?|iPads?|Macs?|smart ?phones?|tablets?|wearables?|PCs|TVs)\s?[:–]\s", re.IGNORECASE)
_IN_USE = re.compile(r"\s(?:(?:are|were)\s)?(?:in use|active|users|connections|connected|owners)\b", re.IGNORECASE)
_WITH_SO_MANY = re.compile(r"(?<=[a-z])['’]s\s(?:about\s)?$|\b(?:with|at|on|estimates|counts|counted|reached)\s(?:a\s|about\s|around\s|nearly\s|just\s|over\s|almost\s|some\s|only\s)*$", re.IGNORECASE)


def counted_volume(
    text: str, quantity: Quantity, change: Change, line: Line, state: State, vocabulary: Vocabulary
) -> Measure | None:
    """`- Samsung: 80.4 million units` in a text about shipments, or on a research firm's word: a count of devices without a metric's word."""
    if class_of(quantity) != "count" or change.role == "change" or quantity.value < 100_000 or counts_another_thing(text, quantity):
        return None
    if state.measure is not None and state.measure.metric.name.startswith("patents_") and state.measure_paragraph == line.sentence.paragraph:
        return None
    is_measured = state.measurer is not None or any(not s.is_company for s in line.sources)
    if state.volume is None and not is_measured and not state.is_results:
        return None
    noun = quantity.unit.partition("/")[0]
    begin = text.rfind("\n", 0, quantity.start) + 1
    is_row = not noun and re.search(r"(?:^[\s*•\-–\d.]*[\w&’' ]{2,30}\s?[:(–—-]\s*|[A-Za-z]\s\()$", text[max(begin, quantity.start - 60) : quantity.start])
    is_item = bool(is_row) or (not noun and state.is_market_report and _WITH_SO_MANY.search(text[max(begin, quantity.start - 30) : quantity.start]) is not None)
    if not is_item and not noun and state.is_results and _DEVICE_ROW.match(text[begin : quantity.start]):
        return Measure(vocabulary.metrics["sales_units"], "counted", text[quantity.start : quantity.end])
    if (not is_item and noun not in PHONE_NOUNS) or _IN_USE.match(text[quantity.end : quantity.end + 30]):
        return None
    if state.volume is not None:
        return Measure(state.volume.metric, "carried", state.volume.words)
    return Measure(vocabulary.metrics["shipments"], "counted", text[quantity.start : quantity.end])
