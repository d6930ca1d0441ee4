"""One number's claim in the making: level or change, metric, company, then what place, time and voice add."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.claims.attribution import voice_of
from etl.claims.changes import Change, change_of, has_direction
from etl.claims.compose import Draft
from etl.claims.dating import look_ahead, time_of
from etl.claims.measure import Measure, class_of, measure
from etl.claims.spans import Quantity
from etl.claims.state import Line, State
from etl.claims.subject import Subject, subject_of
from etl.claims.vocabulary import Vocabulary
from etl.claims.whereabouts import CAUSE, place
from etl.model import MARKET, Unit


@dataclass(frozen=True, slots=True)
class Around:
    """A number and all that stands around it: its sentence, its stretch [left, right) between its neighbours, the drafts before it."""

    text: str
    quantity: Quantity
    line: Line
    left: int
    right: int
    drafts: Sequence[Draft]
    pairs: dict[int, Subject]  # companies of a row of numbers, by the number's start
    entering: str | None  # whom the sentence before was about
    published: date | None

    @property
    def start(self) -> int:
        """Where the sentence begins."""
        return self.line.sentence.start

    @property
    def end(self) -> int:
        """Where the sentence ends."""
        return self.line.sentence.end


def draft_of(here: Around, state: State, vocabulary: Vocabulary) -> Draft | None:
    """All that is said of one number, or None where it is no figure of a declared company."""
    text, quantity, line = here.text, here.quantity, here.line
    kind = class_of(quantity)
    change = _change(here, kind)
    if kind == "other" or change is None:
        return None
    subject = _subject(here, state)
    if subject is None or not subject.company:
        return None
    found, change = _measure(here, kind, change, subject, state, vocabulary)
    if found is None or (kind == "percent" and change.role == "level" and found.metric.unit is not Unit.PERCENT):
        return None
    draft = Draft(quantity=quantity, metric=found.metric, measure=found, subject=subject, change=change, sentence=(here.start, here.end))
    place(text, draft, line, state, here.left, here.right)
    time_of(text, draft, line, state, here.drafts, here.left, here.right, here.published)
    voice_of(text, draft, line, state, here.left, here.right, here.published)
    look_ahead(draft, state, here.published)
    if draft.subject.company == MARKET and draft.metric.name == "market_share":
        if draft.segment not in ("segment:online", "segment:offline"):
            return draft if draft.segment != draft.metric.segment and draft.change.role == "level" else None
        draft.metric = vocabulary.metrics["channel_share"]
    return draft if _makes_sense(draft, kind) else None


def _change(here: Around, kind: str) -> Change | None:
    """Level or change, and which way; None for a multiple that tells of no growth."""
    text, quantity = here.text, here.quantity
    change = change_of(text, quantity.start, quantity.end, here.left, here.right, is_relative=kind in ("percent", "pp", "ratio"))
    if change.sign == 0:
        before = here.drafts[-1].change if here.drafts else None
        change = Change(change.role, before.sign if before and before.role == "change" else 1, change.words)
    if kind != "ratio":
        return change
    if not _multiplies(text, quantity, here.start):
        return None
    return change if change.role == "before" else Change("change", 1, text[quantity.start : quantity.end])


def _subject(here: Around, state: State) -> Subject | None:
    text, quantity, line = here.text, here.quantity, here.line
    before = here.drafts[-1].subject if here.drafts else None
    subject = here.pairs.get(quantity.start) or subject_of(
        text, quantity, line.mentions, here.start, here.end, here.left, here.right, before, state.topic
    )
    if state.is_market_report and (subject is None or subject.rule in ("carried", "topic")) and _is_shipped(text, quantity, line):
        return Subject(MARKET, None, "market", text[quantity.start : quantity.end])
    return subject or _topic_subject(text, quantity, state, line, here.entering)


def _measure(
    here: Around, kind: str, change: Change, subject: Subject, state: State, vocabulary: Vocabulary
) -> tuple[Measure | None, Change]:
    """The metric, and the change as the metric shows it."""
    text, quantity, line, left = here.text, here.quantity, here.line, here.left
    before = here.drafts[-1].measure if here.drafts else None
    found = measure(text, quantity, change, line.hits, vocabulary, left, here.right, here.start, here.end, before, state.measure)
    if kind == "percent" and change.role == "level" and found is None and quantity.value > 100:
        found, change = _beyond_hundred(text, quantity, line, vocabulary, left, change)
    if found is None or (
        found.metric.unit is Unit.PERCENT
        and found.rule in (("carried", "sentence") if change.role == "level" else ("carried", "sentence", "sibling"))
    ):
        found, change = _growth(text, quantity, line, left, change, found, vocabulary, subject, state)
    return found or _counted_volume(text, quantity, change, line, state, vocabulary), change


def _beyond_hundred(
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


def _multiplies(text: str, quantity: Quantity, start: int) -> bool:
    """Whether a multiple is one of growth: a word (doubled, threefold), or a number behind a word of growth."""
    printed = text[quantity.number_start : quantity.end]
    if not printed[:1].isdigit() and not printed.lower().endswith((" times", " time")):
        return True
    if re.match(r"\s(?:more|as|the|that|what|higher|larger|bigger|greater|its|their|last)\b", text[quantity.end : quantity.end + 10]):
        return True
    return has_direction(text, max(start, quantity.start - 60), quantity.start) is not None and not re.match(
        r"\s?(?:zoom|faster|optical)", text[quantity.end : quantity.end + 10]
    )


_SHIPPED = re.compile(
    r"^\s?(?:of\s)?(?:[\w-]+\s){0,3}?(?:were|was|had been|have been|got)\s(?:shipped|sold|delivered|dispatched)\b(?!\sby\b)", re.IGNORECASE
)


def _is_shipped(text: str, quantity: Quantity, line: Line) -> bool:
    """`24.7 million devices were shipped`, by nobody named: the whole market's."""
    if class_of(quantity) != "count" or any(m.company and m.end <= quantity.start for m in line.mentions):
        return False
    behind = text[quantity.number_end : min(line.sentence.end, quantity.number_end + 60)]
    return _SHIPPED.match(behind) is not None and "those" not in behind


def _topic_subject(text: str, quantity: Quantity, state: State, line: Line, entering: str | None) -> Subject | None:
    """For a sentence that names nobody but in a cause behind the number: what the one before was about."""
    named = [m for m in line.mentions if m.company and not m.is_blocked and m.what in ("name", "brand", "product")]
    if any(m.start < quantity.end or not CAUSE.search(text, quantity.end, m.start) for m in named):
        return None
    subject = state.topic.subject if entering is None else entering
    if subject is None:
        return None
    segment = state.topic.segment if subject == state.topic.company else None
    if subject != MARKET and subject != state.topic.main:
        return None
    return Subject(subject, segment, "topic", "")


def _growth(
    text: str,
    quantity: Quantity,
    line: Line,
    left: int,
    change: Change,
    found: Measure | None,
    vocabulary: Vocabulary,
    subject: Subject,
    state: State,
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
    if any(
        c.role == "cue"
        for h in line.hits
        for c in h.cues
        if left <= h.start and h.end <= quantity.start and c.metric not in ("market_share", "rank", "channel_share")
    ):
        return found, change
    if state.volume:
        return Measure(state.volume.metric, "carried", state.volume.words), change
    if state.measurer or subject.company == MARKET:
        return Measure(vocabulary.metrics["shipments"], "growth", change.words), change
    return (found if found and found.rule not in ("carried", "sentence") else None), change


_DEVICES = frozenset(("unit", "iphone", "flagship", "mobile phone", "watch", "band", "wristband", "smartphone", "phone", "handset", "smart phone", "device", "tablet", "wearable", "smartwatch", "台", "部"))


def _counted_volume(
    text: str, quantity: Quantity, change: Change, line: Line, state: State, vocabulary: Vocabulary
) -> Measure | None:
    """`- Samsung: 80.4 million units` in a text about shipments, or on a research firm's word: a count of devices without a metric's word."""
    if class_of(quantity) != "count" or change.role == "change" or quantity.value < 100_000:
        return None
    is_measured = state.measurer is not None or any(not s.is_company for s in line.sources)
    if state.volume is None and not is_measured:
        return None
    noun = quantity.unit.partition("/")[0]
    begin = text.rfind("\n", 0, quantity.start) + 1
    is_item = not noun and re.search(r"(?:^[\s*•\-–\d.]*[\w&’' ]{2,30}\s?[:(–—-]\s*|[A-Za-z]\s\()$", text[max(begin, quantity.start - 60) : quantity.start])
    if not is_item and noun not in _DEVICES:
        return None
    if state.volume is not None:
        return Measure(state.volume.metric, "carried", state.volume.words)
    return Measure(vocabulary.metrics["shipments"], "counted", text[quantity.start : quantity.end])


def _makes_sense(draft: Draft, kind: str) -> bool:
    metric, value = draft.metric, draft.quantity.value
    if draft.change.role == "change" or kind == "ratio":
        return abs(value) < Decimal(100000)
    return Decimal(str(metric.plausible.min)) <= abs(value) <= Decimal(str(metric.plausible.max))
