"""What the reader carries from one sentence to the next: who was quoted, which time and place the figures to come are about."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

from collections.abc import Sequence

from etl.claims.compose import Draft
from etl.claims.measure_chinese import is_chinese
from etl.claims.mentions import BARE, MARKET_NOUN
from etl.claims.segments import find_segments
from etl.claims.state import Line, State
from etl.claims.timing import compares, dates_an_event, is_too_short, is_topical
from etl.model import MARKET, Kind, Nature, Period


def settle_bare(line: Line, state: State) -> None:
    """`Smartphone sales grew` is of the market where the text reports on one, and says nothing of whose it is elsewhere."""
    for mention in line.mentions:
        if mention.what == BARE and state.is_market_report:
            mention.what, mention.company = MARKET_NOUN, MARKET
    line.mentions = [m for m in line.mentions if m.what != BARE]


def note_sources(line: Line, state: State) -> None:
    """Who is named as a source, for the sentences that name none."""
    if line.sources:
        state.topic.is_quoting_other = not line.sources[-1].is_company
    for source in line.sources:
        if source.is_company:
            state.speaker, state.speaker_paragraph = source.name, line.sentence.paragraph
        else:
            state.measurer = source.name


def remember(text: str, line: Line, state: State, drafts: Sequence[Draft]) -> None:
    """The times, goods and the place of a sentence, for those that come."""
    past = {d.period.label for d in drafts if d.period and d.change.role == "before"}
    main = [
        t.period
        for t in line.times
        if t.period and t.period.nature is not Nature.ASOF and not compares(text, t) and not is_too_short(t.period) and t.period.label not in past and not dates_an_event(text, t)
    ]
    _remember_time(text, line, state, drafts, main)
    for period in main:
        if period.nature is Nature.SPAN and period.days:
            state.quarter = period if 85 <= period.days <= 95 else state.quarter
            state.year = period if period.days >= 365 and "/" not in period.label else state.year
    start, end = line.sentence.start, line.sentence.end
    if line.quantities and is_chinese(text, line.quantities[0]):
        end = line.quantities[0].start
    if state.goods is None and line.sentence.paragraph <= 2 and (goods := find_segments(text, start, end, "goods")):
        state.goods = goods[0][2]
    remember_place(text, line, state)


def _remember_time(text: str, line: Line, state: State, drafts: Sequence[Draft], main: Sequence[Period]) -> None:
    """What the figures to come are about: the time a sentence was opened with, that of the last figure, that of the first."""
    if main:
        state.period = main[-1]
        state.lead = state.lead or main[0]
    first = min((q.start for q in line.quantities), default=line.sentence.end)
    opening = [
        t.period
        for t in line.times
        if t.period in main and t.end <= first and t.period and t.period.nature is Nature.SPAN and is_topical(text, t.start, line.sentence.start)
    ]
    if opening:
        state.frame, state.frame_paragraph = opening[-1], line.sentence.paragraph
        state.told, state.told_paragraph = state.frame, state.frame_paragraph
    told = [
        d.period
        for d in drafts
        if d.period
        and d.period.nature is Nature.SPAN
        and d.change.role != "before"
        and d.kind is Kind.ACTUAL
        and d.why.get("period", "").startswith("named")
    ]
    if told:
        state.told, state.told_paragraph = told[-1], line.sentence.paragraph
        if not state.is_lead_sure:
            state.lead, state.is_lead_sure = told[0], True


def remember_place(text: str, line: Line, state: State) -> None:
    """The region that the rest of the paragraph is about: the one that opened a sentence, or whose market it was about."""
    first = min((q.start for q in line.quantities), default=line.sentence.end)
    for found in line.places:
        is_market = any(m.what == MARKET_NOUN and m.start <= found.start < m.end and m.start < first for m in line.mentions)
        if not found.of_rank and (is_market or is_topical(text, found.start, line.sentence.start)):
            state.local, state.local_paragraph = found.code, line.sentence.paragraph
