"""What the reader carries from one sentence to the next: who was quoted, which time and place the figures to come are about."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.claims.compose import Draft
from etl.claims.measure_chinese import is_chinese
from etl.claims.mentions import BARE, MARKET_NOUN
from etl.claims.places import HOME
from etl.claims.segments import find_segments
from etl.claims.state import Line, State
from etl.claims.timing import compares, dates_an_event, is_too_short, is_topical
from etl.claims.vocabulary import Vocabulary
from etl.model import MARKET, Kind, Nature, Period


def settle_bare(text: str, line: Line, state: State, vocabulary: Vocabulary) -> None:
    """`Smartphone sales grew` is of the market where the text reports on one, and says nothing of whose it is elsewhere.

    Where a company tells its results, `global smartphone shipments` are its own, unless a market or a research firm is named.
    """
    for mention in line.mentions:
        if mention.what == BARE and state.is_market_report:
            mention.what, mention.company = MARKET_NOUN, MARKET
        elif mention.what == MARKET_NOUN and mention.segment == "volume" and state.is_results:
            is_measured = any(True for _ in vocabulary.authority_pattern.finditer(text, line.sentence.start, mention.start))
            if _OWN_VOLUME.match(text[mention.start : mention.end]) and not is_measured:
                mention.what, mention.company = BARE, None
    line.mentions = [m for m in line.mentions if m.what != BARE]


_OWN_VOLUME = re.compile(r"(?:global|total|overall|worldwide|the|shipments|sales)\b(?!.*\bmarket)", re.IGNORECASE)


def settle_heading(text: str, line: Line, state: State) -> None:
    """A heading that is a company's name and no more, `3. Xiaomi`: the rows `Share: 14 %` below it are that company's."""
    if not line.sentence.is_heading:
        state.heading = None
        return
    words = text[line.sentence.start : line.sentence.end]
    named = [m for m in line.mentions if m.company and m.company != MARKET]
    if len(named) == 1 and not line.quantities and _ONLY_NAME.fullmatch(text[line.sentence.start : named[0].start]) and named[0].end == line.sentence.end:
        state.heading = named[0].company
    elif not re.match(r"[\w ()/%’'-]{2,40}:\s", words):
        state.heading = None


_ONLY_NAME = re.compile(r"[\s*•#\-–]*(?:\d{1,2}[.)]\s*)?")


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
    remember_goods(text, line, state)
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
    alone = {t.period.label for t in line.times if t.period and text.startswith(" alone", t.end)}
    named = [d for d in drafts if d.period and d.why.get("period", "").startswith("named")]
    if opening and opening[-1].label in alone:
        opening = []  # "In the last quarter alone it shipped …" is an aside in a text about the year
    if opening and named and not any(d.period == opening[-1] for d in named):
        opening = []  # "Last month it posted third-quarter sales of …" says when it was told
    since = state.lead.first if state.is_lead_sure and state.lead is not None else None
    if opening and since and opening[-1].last < since and _HAD.search(text, line.sentence.start, line.sentence.end):
        opening = []  # "In the second quarter it had lost …" looks back, and no further
    if opening:
        state.frame, state.frame_paragraph = opening[-1], line.sentence.paragraph
        state.told, state.told_paragraph = state.frame, state.frame_paragraph
    told = [
        d.period
        for d in drafts
        if d.period
        and d.period.nature is Nature.SPAN
        and not is_too_short(d.period)
        and d.change.role != "before"
        and d.kind is Kind.ACTUAL
        and (not d.metric.stock or d.metric.name == "rank")
        and d.why.get("period", "").startswith("named")
        and (since is None or d.period.last >= since or opening)  # what lies before is told of in passing
        and not (state.is_lead_sure and state.lead and not opening and (_is_month_beside(d.period, state.lead) or _is_stretch_round(d.period, state.lead)))
        and d.period.label not in alone
        and text.rfind("(", line.sentence.start, d.quantity.start) <= text.rfind(")", line.sentence.start, d.quantity.start)
    ]
    named_here = {p.label: p for p in main if p.nature is Nature.SPAN and 85 <= (p.days or 0) <= 95}
    if not drafts and not opening and len(named_here) == 1 and _OF_FIGURES.search(text, line.sentence.start, line.sentence.end):
        state.told, state.told_paragraph = next(iter(named_here.values())), line.sentence.paragraph
    if told:
        state.told, state.told_paragraph = told[-1], line.sentence.paragraph
        if not state.is_lead_sure or (state.is_lead_title and state.lead and _is_within(told[0], state.lead)):
            state.lead, state.is_lead_sure, state.is_lead_title = told[0], True, False


_OF_FIGURES = re.compile(r"\b(?:ranking|shipments|shipped|sales|figures|numbers|data|market share)\b", re.IGNORECASE)  # "Its ranking for Q2 is out. …"
_HAD = re.compile(
    r"\bhad\s(?:already\s|also\s|still\s|even\s|been\s|only\s)*(?:\w{2,}ed|been|lost|sold|made|risen|fallen|grown|won|taken|come|seen|gone|had|hit|cut|shrunk|begun|held|stood|spent|run)\b", re.IGNORECASE
)


def _is_month_beside(period: Period, lead: Period) -> bool:
    """Whether a period is a single month outside of a longer stretch that the text is about."""
    days = lead.days or 0
    return (period.days or 0) <= 31 and days > 80 and not _is_within(period, lead)


def _is_stretch_round(period: Period, lead: Period) -> bool:
    """Whether a period is the year or half that holds the quarter which the text is about."""
    return 80 < (lead.days or 0) < 100 and _is_within(lead, period)


def return_to_title(state: State) -> None:
    """A new paragraph is about the title's company again, where the one before spoke of it too: what `the company` means there."""
    if state.is_title_alone and state.title_company in state.companies and not state.is_market_report and state.topic.company != state.title_company:
        state.topic.company, state.topic.segment = state.title_company, None
        state.topic.subject = state.title_company
    state.companies = set()


def remember_goods(text: str, line: Line, state: State) -> None:
    """The goods that the sentences to come are about: those a sentence opened with, or a heading names."""
    start, end = line.sentence.start, line.sentence.end
    first = min((q.start for q in line.quantities), default=end)
    found = [g for g in find_segments(text, start, end, "goods") if g[1] <= first or line.sentence.is_heading]
    if not found:
        return
    is_heading = line.sentence.is_heading and not line.quantities
    is_subject = any(m.what == MARKET_NOUN and m.start <= found[-1][0] < m.end for m in line.mentions)
    if is_heading or is_subject or is_topical(text, found[-1][0], start):
        state.local_goods, state.goods_paragraph, state.is_goods_heading = found[-1][2], line.sentence.paragraph, is_heading


def _is_within(part: Period, whole: Period) -> bool:
    """Whether a period is a part of another: the first quarter of a year that the headline named."""
    return part != whole and part.first is not None and whole.first is not None and whole.first <= part.first and part.last <= whole.last


def remember_place(text: str, line: Line, state: State) -> None:
    """The region that the rest of the paragraph is about: the one that opened a sentence, or whose market it was about."""
    first = min((q.start for q in line.quantities), default=line.sentence.end)
    for found in line.places:
        is_market = any(m.what == MARKET_NOUN and m.start <= found.start < m.end and m.start < first for m in line.mentions)
        code = (state.topic.homes or {}).get(state.topic.company or "") if found.code == HOME else found.code
        if code and not found.of_rank and (is_market or is_topical(text, found.start, line.sentence.start)):
            state.local, state.local_paragraph = code, line.sentence.paragraph
