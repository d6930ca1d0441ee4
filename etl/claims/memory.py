"""What the reader carries from one sentence to the next: who was quoted, which time and place the figures to come are about."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.claims.compose import Draft
from etl.claims.divisions import opening_part
from etl.claims.goods import OVERALL, SAME_GOODS, whole_of
from etl.claims.measure_chinese import is_chinese
from etl.claims.mentions import BARE, MARKET_NOUN
from etl.claims.places import HOME
from etl.claims.segments import find_segments
from etl.claims.sentences import side_clauses
from etl.claims.state import Line, State
from etl.claims.timing import compares, dates_an_event, is_too_short, is_topical
from etl.claims.vocabulary import ADJECTIVE, CITY, NAME, Vocabulary
from etl.claims.whereabouts import home_of
from etl.model import GLOBAL, MARKET, Kind, Nature, Period


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
    launches = [t.period for t in line.times if t.period and (t.period.days or 99) <= 31 and _LAUNCHED.search(text, max(line.sentence.start, t.start - 80), t.start)]
    state.launched = launches[-1] if launches else state.launched
    state.counted = drafts[0].period if drafts else None
    for period in main:
        if period.nature is Nature.SPAN and period.days:
            state.quarter = period if 85 <= period.days <= 95 else state.quarter
            state.year = period if period.days >= 365 and "/" not in period.label else state.year
    start, end = line.sentence.start, line.sentence.end
    remember_goods(text, line, state)
    remember_part(text, line, state)
    if line.quantities and is_chinese(text, line.quantities[0]):
        end = line.quantities[0].start
    if state.goods is None and line.sentence.paragraph <= 2 and (goods := _stated_goods(text, start, end)):
        state.goods = goods
    remember_place(text, line, state)


_IN_PASSING = re.compile(r"\b(?:on|thanks to|driven by|due to|helped by|demand for|including|such as|besides)\s(?:[\w’'&-]+\s){0,4}$", re.IGNORECASE)


def _stated_goods(text: str, start: int, end: int) -> str | None:
    """The first goods that a sentence names, not in passing: `on brisk sales of TVs`, `which ruled the premium segment`."""
    aside = side_clauses(text, start, end)
    for at, _, goods in find_segments(text, start, end, "goods"):
        if not any(a <= at < b for a, b in aside) and not _IN_PASSING.search(text, max(start, at - 60), at):
            return goods
    return None


def remember_part(text: str, line: Line, state: State) -> None:
    """The part of a business that a sentence without figures opens with: `Amazon Web Services remains the engine. Its revenue rose …`."""
    if not line.quantities and (part := opening_part(text, line.sentence.start, line.sentence.end)) is not None:
        state.money, state.money_paragraph = part, line.sentence.paragraph


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
    told = [p for p in told if not any(_is_set_against(d, drafts) for d in drafts if d.period == p)]
    named_here = {p.label: p for p in main if p.nature is Nature.SPAN and 85 <= (p.days or 0) <= 95}
    if not drafts and not opening and len(named_here) == 1 and _OF_FIGURES.search(text, line.sentence.start, line.sentence.end):
        state.told, state.told_paragraph = next(iter(named_here.values())), line.sentence.paragraph
    if told:
        state.told, state.told_paragraph = told[-1], line.sentence.paragraph
        if not state.is_lead_sure or (state.is_lead_title and state.lead and _is_within(told[0], state.lead)):
            state.lead, state.is_lead_sure, state.is_lead_title = told[0], True, False


def _is_set_against(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a figure is the earlier one of two of the same: `its share was 24.6 % in Q3 2021; in Q3 2020 it had been 37.6`."""
    same = (d for d in drafts if d is not draft and d.metric is draft.metric and d.subject.company == draft.subject.company and d.segment == draft.segment)
    return draft.period is not None and any(d.period is not None and d.period.last > draft.period.last and d.kind is Kind.ACTUAL for d in same)


_LAUNCHED = re.compile(  # "went on sale in India in March"
    r"\b(?:launched|introduced|unveiled|released|debuted|came out|went on sale|first sale|hit the (?:market|shelves)|made its debut|arrived)\b[^.;,]{0,50}?\s(?:in|on|back in|early in|late in)\s(?:the\s)?(?:early\s|late\s)?$", re.IGNORECASE
)
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


_THE = re.compile(r"(?:And |But )?(?:The|Its|Total|Overall)\b")
_ALL_BUT = re.compile(r"\s(?:report|data|numbers|figures|market|segment|side)[.:]?$", re.IGNORECASE)


def remember_goods(text: str, line: Line, state: State) -> None:
    """The goods that the sentences to come are about: those a sentence opened with, or a heading names."""
    start, end = line.sentence.start, line.sentence.end
    first = min((q.start for q in line.quantities), default=end)
    named = find_segments(text, start, end, "goods")
    if OVERALL.search(text, start, first):
        state.local_goods, state.goods_paragraph, state.is_goods_heading = whole_of(state), line.sentence.paragraph, False
        return
    if state.last_goods and SAME_GOODS.search(text, start, first) and not any(g[1] <= first for g in named):
        state.local_goods, state.goods_paragraph, state.is_goods_heading = state.last_goods, line.sentence.paragraph, False
    state.last_goods = named[-1][2] if named else state.last_goods
    found = [g for g in named if g[1] <= first or line.sentence.is_heading]
    if not found:
        return
    is_heading = line.sentence.is_heading and not line.quantities
    is_subject = any(m.what == MARKET_NOUN and m.start <= found[-1][0] < m.end for m in line.mentions)
    opens = not line.quantities and (found[-1][0] - start <= 5 or _ALL_BUT.match(text, found[-1][1], end))  # "PCs are still where the money is made."
    is_subject = is_subject and (not line.quantities or state.goods is None or found[-1][2] in (state.goods, "smartphones"))
    is_framed = is_topical(text, found[-1][0], start) and (not line.quantities or found[-1][2] in ("smartphones", state.goods) or not _THE.match(text, start))
    if is_heading or is_subject or opens or is_framed:
        state.local_goods, state.goods_paragraph, state.is_goods_heading = found[-1][2], line.sentence.paragraph, is_heading or is_framed


def _is_within(part: Period, whole: Period) -> bool:
    """Whether a period is a part of another: the first quarter of a year that the headline named."""
    return part != whole and part.first is not None and whole.first is not None and whole.first <= part.first and part.last <= whole.last


def note_marks(line: Line, state: State) -> None:
    """A shop or festival of a country places its paragraph, where the text is about no other country and the sentence names none."""
    if not state.marks or state.region or line.places or state.local_paragraph == line.sentence.paragraph:
        return
    codes = {code for at, code in state.marks if line.sentence.start <= at < line.sentence.end}
    if len(codes) == 1:
        state.local, state.local_paragraph = codes.pop(), line.sentence.paragraph


_ENDS = re.compile(r"[ .!:]*$|(?:['’]s)?\s(?:\w+\s){0,1}market(?=\s(?:for|in)\s[^,.]{0,30}[.:]?$|[.:]?$)", re.IGNORECASE)
_OPENS_A_MARKET = re.compile(r"(?:The |And |But |Yet )?")
_OPENS_WITH_SALES = re.compile(r"(?:The |Total |Overall |Smart ?phone |Phone |Handset |Tablet )*(?:shipments|sales|demand|market)\s(?:in|of|to|for)\s(?:the\s)?", re.IGNORECASE)
_MARKET_BEHIND = re.compile(r"(?:['’]s)?\s(?:\w+\s){0,2}?(?:market|buyers|consumers)\b", re.IGNORECASE)


def remember_place(text: str, line: Line, state: State) -> None:
    """The region that the rest of the paragraph is about: the one that opened a sentence, or whose market it was about."""
    first = min((q.start for q in line.quantities), default=line.sentence.end)
    stated = [p for p in line.places if p.code not in (HOME, GLOBAL) and not p.of_rank]
    if not line.quantities and len(stated) == 1 and _ENDS.match(text, stated[0].end, line.sentence.end):
        state.local, state.local_paragraph = stated[0].code, line.sentence.paragraph  # "Most of that came from Indonesia."
    for found in line.places:
        is_market = any(m.what == MARKET_NOUN and m.start <= found.start < m.end and m.start < first for m in line.mentions)
        code = home_of(found, line, state, state.topic.company) if found.code == HOME else found.code
        opens = _OPENS_WITH_SALES.fullmatch(text, line.sentence.start, found.start) or (_OPENS_A_MARKET.fullmatch(text, line.sentence.start, found.start) and _MARKET_BEHIND.match(text, found.end))
        if code and not found.of_rank and (is_market or opens or is_topical(text, found.start, line.sentence.start)):
            state.local, state.local_paragraph = code, line.sentence.paragraph


_OF_A_FIRM = re.compile(r"[\s-](?:[\w-]+\s){0,2}?(?:giant|makers?|firms?|company|companies|brands?|vendors?|manufacturers?|start-?up|players?)\b")


def last_country(text: str, line: Line, last: str | None, vocabulary: Vocabulary) -> str | None:
    """What `there` and `in the country` speak of in the sentences to come: the last region named, not where a firm is from."""
    for match in vocabulary.region_pattern.finditer(text, line.sentence.start, line.sentence.end):
        code, kind = vocabulary.regions.get(match[0], (GLOBAL, NAME))
        if code == GLOBAL or kind == CITY or (kind == ADJECTIVE and _OF_A_FIRM.match(text, match.end())):
            continue
        if text[max(0, match.start() - 8) : match.start()].lower() != "outside ":
            last = code
    return last
