"""Read an article's figures: sentence by sentence, number by number, each with what its own clause says of it.

    number → trap? → stretch between its neighbours → level or change → metric → company → period, region, segment → kind, authority

What a clause leaves out comes from the clause before, then from what the text is about. A number that gets no metric
or no declared company is not claimed: precision before recall.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from etl.claims.attribution import voice_of
from etl.claims.changes import Change, change_of, has_direction
from etl.claims.compose import Draft, compose
from etl.claims.dating import look_ahead, time_of
from etl.claims.headlines import complete
from etl.claims.measure import Measure, class_of, find_cues, measure
from etl.claims.mentions import MARKET_NOUN, Mention, find_mentions
from etl.claims.periods import find_periods
from etl.claims.places import find_places
from etl.claims.quantities import find_quantities
from etl.claims.segments import find_segments
from etl.claims.sentences import split_sentences
from etl.claims.setting import beginning, volume_of
from etl.claims.spans import Quantity, TimeExpression
from etl.claims.standings import find_standings
from etl.claims.state import Line, State
from etl.claims.subject import Subject, listed_pairs, point_back, subject_of
from etl.claims.timing import compares, dates_an_event, is_too_short, is_topical
from etl.claims.vocabulary import Vocabulary
from etl.claims.voice import find_sources
from etl.claims.whereabouts import CAUSE, place
from etl.model import GLOBAL, MARKET, Article, Claim, Kind, Nature, Period, Unit

_CLAUSE = re.compile(
    r";|；|。|,\s(?:while|whereas|but|and then|although|though)\b|\s(?:while|whereas)\s|,\s(?:and\s)?(?=(?:it|the company|they|[A-Z][\w]+)\s(?:has|had|is|was|sold|shipped|grew|also)\b)"
)
_CONSENSUS = re.compile(
    r"\b(?:analysts?|market|wall street|consensus|street)['’]?s?['’]? (?:\w+ )?(?:estimates?|expectations?|forecasts?|consensus)(?: of| for)? (?:\w+ ){0,3}$",
    re.IGNORECASE,
)


def read_claims(article: Article, vocabulary: Vocabulary) -> list[Claim]:
    """Every figure that the article's text states, in the order of the text. The title is context, never a source of claims."""
    published = article.published.date() if article.published else None
    text = article.text
    everything = find_quantities(text)
    quantities = sorted([*_real(text, everything), *find_standings(text, everything)], key=lambda q: q.number_start)
    mentions = find_mentions(text, vocabulary, published)
    quantities = _apart(quantities, mentions)
    lines = _lines(text, quantities, mentions, find_periods(text, published))
    state = beginning(article, vocabulary, mentions, published, lines)
    drafts = [draft for line in lines for draft in _read_line(text, line, state, vocabulary, published)]
    if lines:
        complete(drafts, lines[0].sentence.end)
    composed = (compose(article, draft, everything) for draft in drafts)
    return [claim for claim in composed if claim is not None]


def _real(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The numbers that can be figures: no traps, and of a bracketed pair of currencies only the first."""
    partners = {q.alt for i, q in enumerate(found) if q.alt is not None and q.alt > i}
    return [_in_points(text, q) for i, q in enumerate(found) if i not in partners and q.trap is None]


_OF_A_PART = re.compile(r"\bshare\b|(?:gross|profit|operating|net) margin|penetration|份额|毛利率", re.IGNORECASE)


def _in_points(text: str, quantity: Quantity) -> Quantity:
    """`its share was two points lower`: points of a share are percentage points."""
    if quantity.unit not in ("point", "pt") or quantity.value > 40:
        return quantity
    around = text[max(0, quantity.start - 120) : quantity.end + 60]
    return replace(quantity, unit="percentage point") if _OF_A_PART.search(around) else quantity


def _apart(quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Quantity]:
    """Without the numbers that are part of a product's name."""
    products = [m for m in mentions if m.what in ("product", "brand", "name", "group")]
    starts = [m.start for m in products]

    def is_inside(q: Quantity) -> bool:
        index = bisect_left(starts, q.number_start + 1) - 1
        return index >= 0 and products[index].end > q.number_start

    return [q for q in quantities if not is_inside(q)]


def _lines(text: str, quantities: list[Quantity], mentions: list[Mention], times: list[TimeExpression]) -> list[Line]:
    lines, i, j, k = [], 0, 0, 0
    for sentence in split_sentences(text):
        line = Line(sentence, [], [], [])
        while i < len(quantities) and quantities[i].number_start < sentence.end:
            if quantities[i].number_end <= sentence.end:  # else the cut of an endless sentence went through it
                line.quantities.append(quantities[i])
            i += 1
        while j < len(mentions) and mentions[j].start < sentence.end:
            line.mentions.append(mentions[j])
            j += 1
        while k < len(times) and times[k].start < sentence.end:
            line.times.append(times[k])
            k += 1
        lines.append(line)
    return lines


def _read_line(text: str, line: Line, state: State, vocabulary: Vocabulary, published: date | None) -> list[Draft]:
    """The drafts of one sentence; the state moves on whether or not it holds a number."""
    start, end = line.sentence.start, line.sentence.end
    if line.sentence.paragraph != state.paragraph:
        state.paragraph = line.sentence.paragraph
        state.money = None if line.sentence.paragraph > state.money_paragraph + 1 else state.money
    if state.volume is None and not line.quantities and line.sentence.paragraph <= 2:
        state.volume = volume_of(find_cues(text, start, end, vocabulary), vocabulary)
    line.places = find_places(text, start, end, vocabulary, state.country)
    if not line.quantities and not line.mentions and not line.times:
        _remember_place(text, line, state)
        return []
    entering = state.topic.subject
    point_back(text, line.mentions, state.topic)
    line.sources = find_sources(text, start, end, vocabulary, line.mentions, state.topic.company, state.measurer)
    for match in vocabulary.region_pattern.finditer(text, start, end):
        code = vocabulary.regions.get(match[0], (GLOBAL, False))[0]
        state.country = code if code != GLOBAL else state.country
    _note_sources(line, state)
    drafts = _read_numbers(text, line, state, vocabulary, published, entering) if line.quantities else []
    _remember(text, line, state, drafts)
    _remember_place(text, line, state)
    return drafts


def _remember_time(text: str, line: Line, state: State, drafts: Sequence[Draft], main: Sequence[Period]) -> None:
    """What the figures to come are about: the time a sentence was opened with, that of the last figure, that of the first."""
    if main:
        state.period = main[-1]
        state.lead = state.lead or main[0]
    first = min((q.start for q in line.quantities), default=line.sentence.end)
    opening = [
        t.period
        for t in line.times
        if t.period in main and t.end <= first and is_topical(text, t.start, line.sentence.start) and t.period.nature is Nature.SPAN
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


def _remember_place(text: str, line: Line, state: State) -> None:
    """The region that the rest of the paragraph is about: the one that opened a sentence, or whose market it was about."""
    first = min((q.start for q in line.quantities), default=line.sentence.end)
    for found in line.places:
        is_market = any(m.what == MARKET_NOUN and m.start <= found.start < m.end and m.start < first for m in line.mentions)
        if not found.of_rank and (is_market or is_topical(text, found.start, line.sentence.start)):
            state.local, state.local_paragraph = found.code, line.sentence.paragraph


def _note_sources(line: Line, state: State) -> None:
    if line.sources:
        state.topic.is_quoting_other = not line.sources[-1].is_company
    for source in line.sources:
        if source.is_company:
            state.speaker, state.speaker_paragraph = source.name, line.sentence.paragraph
        else:
            state.measurer = source.name


def _remember(text: str, line: Line, state: State, drafts: Sequence[Draft]) -> None:
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
    if state.goods is None and line.sentence.paragraph <= 2 and (goods := find_segments(text, start, end, "goods")):
        state.goods = goods[0][2]


def _read_numbers(text: str, line: Line, state: State, vocabulary: Vocabulary, published: date | None, entering: str | None) -> list[Draft]:
    start, end = line.sentence.start, line.sentence.end
    line.hits = find_cues(text, start, end, vocabulary)
    if state.volume is None:
        state.volume = volume_of(line.hits, vocabulary)
    pairs = listed_pairs(text, line.quantities, line.mentions, start, end)
    drafts: list[Draft] = []
    before_subject: Subject | None = None
    before_measure: Measure | None = None
    last = start
    for index, quantity in enumerate(line.quantities):
        left = last
        right = line.quantities[index + 1].start if index + 1 < len(line.quantities) else end
        left = max([left, *(m.end() for m in _CLAUSE.finditer(text, left, quantity.start))])
        has_cue = any(left <= h.start and h.end <= quantity.end for h in line.hits)
        draft = _draft(
            text, quantity, line, state, vocabulary, published, left, right, drafts, before_subject, before_measure, pairs, entering
        )
        if draft is None:
            last = left if has_cue and class_of(quantity) in ("count", "money") else quantity.number_end
            continue
        last = quantity.number_end
        before_subject, before_measure = draft.subject, draft.measure
        state.measure = draft.measure
        state.volume = draft.measure if draft.metric.unit is Unit.UNITS else state.volume
        drafts.append(draft)
    return drafts


def _draft(
    text: str,
    quantity: Quantity,
    line: Line,
    state: State,
    vocabulary: Vocabulary,
    published: date | None,
    left: int,
    right: int,
    drafts: Sequence[Draft],
    before_subject: Subject | None,
    before_measure: Measure | None,
    pairs: dict[int, Subject],
    entering: str | None,
) -> Draft | None:
    """All that is said of one number, or None where it is no figure of a declared company."""
    start, end = line.sentence.start, line.sentence.end
    kind = class_of(quantity)
    if kind == "other" or _CONSENSUS.search(text[max(start, quantity.start - 60) : quantity.start]):
        return None
    change = change_of(text, quantity.start, quantity.end, left, right, is_relative=kind in ("percent", "pp", "ratio"))
    if change.sign == 0:
        change = Change(change.role, drafts[-1].change.sign if drafts and drafts[-1].change.role == "change" else 1, change.words)
    if kind == "ratio":
        if not _multiplies(text, quantity, start):
            return None
        change = Change("change", 1, text[quantity.start : quantity.end]) if change.role != "before" else change
    found = measure(text, quantity, change, line.hits, vocabulary, left, right, start, end, before_measure, state.measure)
    subject = pairs.get(quantity.start) or subject_of(text, quantity, line.mentions, start, end, left, right, before_subject, state.topic)
    subject = subject or _topic_subject(text, quantity, state, line, entering)
    if subject is None or not subject.company:
        return None
    if kind == "percent" and change.role == "level" and found is None and quantity.value > 100:
        found, change = _beyond_hundred(text, quantity, line, vocabulary, left, change)
    if found is None or (
        found.metric.unit is Unit.PERCENT
        and found.rule in (("carried", "sentence") if change.role == "level" else ("carried", "sentence", "sibling"))
    ):
        found, change = _growth(text, quantity, line, left, change, found, vocabulary, subject, state)
    found = found or _counted_volume(text, quantity, change, line, state, vocabulary)
    if found is None:
        return None
    if kind == "percent" and change.role == "level" and found.metric.unit is not Unit.PERCENT:
        return None
    draft = Draft(quantity=quantity, metric=found.metric, measure=found, subject=subject, change=change, sentence=(start, end))
    place(text, draft, line, state, left, right)
    time_of(text, draft, line, state, drafts, left, right, published)
    voice_of(text, draft, line, state, left, right, published)
    look_ahead(draft, state, published)
    if draft.subject.company == MARKET and draft.metric.name == "market_share":
        if draft.segment not in ("segment:online", "segment:offline"):
            return draft if draft.segment != draft.metric.segment and draft.change.role == "level" else None
        draft.metric = vocabulary.metrics["channel_share"]
    return draft if _makes_sense(draft, kind) else None


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
