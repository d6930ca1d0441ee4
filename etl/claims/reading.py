"""Read an article's figures: sentence by sentence, number by number, each with what its own clause says of it.

    number → trap? → stretch between its neighbours → level or change → metric → company → period, region, segment → kind, authority

What a clause leaves out comes from the clause before, then from what the text is about. A number that gets no metric
or no declared company is not claimed: precision before recall.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from etl.claims.attribution import voice_of
from etl.claims.changes import Change, change_of, has_direction
from etl.claims.compose import Draft, compose
from etl.claims.dating import look_ahead, time_of
from etl.claims.headlines import complete
from etl.claims.measure import CueHit, Measure, class_of, find_cues, measure
from etl.claims.measure_chinese import is_chinese, speaks_of_another
from etl.claims.mentions import MARKET_NOUN, Mention, find_mentions
from etl.claims.periods import find_periods
from etl.claims.places import find_places
from etl.claims.quantities import find_quantities
from etl.claims.segments import find_segments
from etl.claims.sentences import split_sentences
from etl.claims.spans import Quantity, TimeExpression
from etl.claims.standings import find_standings
from etl.claims.state import Line, State
from etl.claims.subject import Subject, Topic, listed_pairs, owner_behind, point_back, subject_of
from etl.claims.timing import compares, dates_an_event, is_spoken_of, is_too_short
from etl.claims.vocabulary import Vocabulary
from etl.claims.voice import find_sources
from etl.claims.whereabouts import CAUSE, place
from etl.model import GLOBAL, MARKET, Article, Claim, Nature, Unit

_CLAUSE = re.compile(
    r";|；|。|,\s(?:while|whereas|but|and then|although|though)\b|\s(?:while|whereas)\s|,\s(?:and\s)?(?=(?:it|the company|they|[A-Z][\w]+)\s(?:has|had|is|was|sold|shipped|grew|also)\b)"
)
_CONSENSUS = re.compile(
    r"\b(?:analysts?|market|wall street|consensus|street)['’]?s?['’]? (?:\w+ )?(?:estimates?|expectations?|forecasts?|consensus)(?: of| for)? (?:\w+ ){0,3}$",
    re.IGNORECASE,
)

_HEADLINE = 2_000  # characters: what a title or first line holds beyond them is no headline


def read_claims(article: Article, vocabulary: Vocabulary) -> list[Claim]:
    """Every figure that the article's text states, in the order of the text. The title is context, never a source of claims."""
    published = article.published.date() if article.published else None
    text = article.text
    everything = find_quantities(text)
    quantities = sorted([*_real(text, everything), *find_standings(text, everything)], key=lambda q: q.number_start)
    mentions = find_mentions(text, vocabulary, published)
    quantities = _apart(quantities, mentions)
    lines = _lines(text, quantities, mentions, find_periods(text, published))
    state = _beginning(article, vocabulary, mentions, published, lines)
    drafts = [draft for line in lines for draft in _read_line(text, line, state, vocabulary, published)]
    if lines:
        complete(drafts, lines[0].sentence.end)
    composed = (compose(article, draft, everything) for draft in drafts)
    return [claim for claim in composed if claim is not None]


def _real(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The numbers that can be figures: no traps, and of a bracketed pair of currencies only the first."""
    partners = {q.alt for i, q in enumerate(found) if q.alt is not None and q.alt > i}
    return [q for i, q in enumerate(found) if i not in partners and q.trap is None]


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


def _beginning(
    article: Article, vocabulary: Vocabulary, mentions: Sequence[Mention], published: date | None, lines: Sequence[Line]
) -> State:
    """What the title and the first line say the text is about."""
    named = [m.company for m in mentions if m.company and m.what in ("name", "brand", "product", "device")]
    main = Counter(named).most_common(1)[0][0] if named else None
    homes = {c.name: c.home for c in vocabulary.companies.values() if c.home}
    state = State(topic=Topic(main=main, homes=homes))
    first = article.text[: min(lines[0].sentence.end, _HEADLINE)] if lines else ""
    head = article.title[:_HEADLINE] if article.title else first
    for words in dict.fromkeys((article.title, first)):
        countries = [p.code for p in find_places(words, 0, len(words), vocabulary) if p.code != GLOBAL]
        if countries and state.region is None and (len(set(countries)) == 1 or re.search(r"[Mm]arket", words)):
            state.region = countries[0]
    title = find_mentions(head, vocabulary, published)
    title_hits = find_cues(head, 0, len(head), vocabulary)
    point_back(head, title, state.topic)
    state.volume = _volume_of(title_hits, vocabulary)
    spoken = _opening_words(head, lines) if not article.title else len(head)
    state.goods = next((s for _, _, s in find_segments(head, 0, spoken, "goods")), None)
    sources = find_sources(head, 0, len(head), vocabulary, title, None)
    times = [t.period for t in find_periods(article.title, published) if t.period and not t.is_comparison and not is_too_short(t.period)]
    state.period = state.lead = next((p for p in times if is_spoken_of(p, published)), None)
    state.measurer = next((s.name for s in sources if not s.is_company), None)
    if state.region:
        is_about = re.search(r"market|share|shipments|Q[1-4]|quarter|sales|市场|份额|出货|销量|销售|卖|售出|季度", head)
        again = 2 if is_about else sum(p.code == state.region for p in find_places(article.text, 0, len(article.text), vocabulary))
        state.region = state.region if again >= 2 else None
    if state.region and not any(h.cues for h in title_hits) and not any(m.what == MARKET_NOUN for m in title) and len(head) < 200:
        state.region = (
            state.region if re.search(r"market|sales|share|shipments|shipped|sold|growth|maker|市场|份额|出货|销量|销售|卖|售出|业务", head + first, re.IGNORECASE) else None
        )
    return state


def _opening_words(head: str, lines: Sequence[Line]) -> int:
    """How much of the first line tells what the text is about: in Chinese what stands before its first figure."""
    first = lines[0].quantities[0] if lines and lines[0].quantities else None
    return first.start if first is not None and is_chinese(head, first) else len(head)


def _volume_of(hits: Sequence[CueHit], vocabulary: Vocabulary) -> Measure | None:
    """Shipments, where the words say that these are counted."""
    hit = next((h for h in hits if any(c.metric == "shipments" and c.role == "cue" for c in h.cues)), None)
    return Measure(vocabulary.metrics["shipments"], "carried", hit.words) if hit else None


def _read_line(text: str, line: Line, state: State, vocabulary: Vocabulary, published: date | None) -> list[Draft]:
    """The drafts of one sentence; the state moves on whether or not it holds a number."""
    start, end = line.sentence.start, line.sentence.end
    if line.sentence.paragraph != state.paragraph:
        state.paragraph = line.sentence.paragraph
        state.money = None if line.sentence.paragraph > state.money_paragraph + 1 else state.money
    if state.volume is None and not line.quantities and line.sentence.paragraph <= 2:
        state.volume = _volume_of(find_cues(text, start, end, vocabulary), vocabulary)
    if not line.quantities and not line.mentions and not line.times:
        return []
    entering = state.topic.subject
    point_back(text, line.mentions, state.topic)
    line.sources = find_sources(text, start, end, vocabulary, line.mentions, state.topic.company, state.measurer)
    for match in vocabulary.region_pattern.finditer(text, start, end):
        code = vocabulary.regions.get(match[0], (GLOBAL, False))[0]
        state.country = code if len(code) == 2 else state.country
    line.places = find_places(text, start, end, vocabulary, state.country)
    _note_sources(line, state)
    drafts = _read_numbers(text, line, state, vocabulary, published, entering) if line.quantities else []
    _remember(text, line, state, drafts)
    return drafts


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
        if t.period and not compares(text, t) and not is_too_short(t.period) and t.period.label not in past and not dates_an_event(text, t)
    ]
    if main:
        state.period, state.period_paragraph = main[-1], line.sentence.paragraph
        state.lead = state.lead or main[0]
    for period in main:
        if period.nature is Nature.SPAN and period.days:
            state.quarter = period if 85 <= period.days <= 95 else state.quarter
            state.year = period if period.days >= 365 and "/" not in period.label else state.year
    start, end = line.sentence.start, line.sentence.end
    if line.quantities and is_chinese(text, line.quantities[0]):
        end = line.quantities[0].start
    if state.goods is None and line.sentence.paragraph <= 2 and (goods := find_segments(text, start, end, "goods")):
        state.goods = goods[0][2]


def _read_numbers(text: str, line: Line, state: State, vocabulary: Vocabulary, published: date | None, entering: str | None) -> list[Draft]:
    start, end = line.sentence.start, line.sentence.end
    line.hits = find_cues(text, start, end, vocabulary)
    if state.volume is None:
        state.volume = _volume_of(line.hits, vocabulary)
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
    if change.role == "delta":
        return None
    if change.sign == 0:
        change = Change(change.role, drafts[-1].change.sign if drafts and drafts[-1].change.role == "change" else 1, change.words)
    if kind == "ratio":
        if not _multiplies(text, quantity, start):
            return None
        change = Change("change", 1, text[quantity.start : quantity.end]) if change.role != "before" else change
    found = measure(text, quantity, change, line.hits, vocabulary, left, right, start, end, before_measure, state.measure)
    if found is None and is_chinese(text, quantity) and speaks_of_another(text, quantity, start, vocabulary):
        return None
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
    found = found or _counted_volume(text, quantity, change, state)
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
    if is_chinese(text, quantity) and (owner := owner_behind(text, quantity.end, named)) is not None:
        return Subject(owner.company or "", owner.segment, "behind", text[owner.start : owner.end], owner)
    if is_chinese(text, quantity) and entering is not None:  # a name behind a comma opens another clause
        named = [m for m in named if m.start < quantity.end or "，" not in text[quantity.end : m.start]]
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


_DEVICES = frozenset(("unit", "smartphone", "phone", "handset", "smart phone", "device", "tablet", "wearable", "smartwatch", "台", "部"))


def _counted_volume(text: str, quantity: Quantity, change: Change, state: State) -> Measure | None:
    """`- Samsung: 80.4 million units` in a text about shipments: a count of devices without a metric's word is of what the text counts."""
    if state.volume is None or class_of(quantity) != "count" or change.role == "change" or quantity.value < 100_000:
        return None
    noun = quantity.unit.partition("/")[0]
    line = text.rfind("\n", 0, quantity.start) + 1
    is_item = not noun and re.fullmatch(r"[\s*•\-–\d.]*[\w&’' ]{2,30}\s?[:(–—-]\s*", text[line : quantity.start]) is not None
    return Measure(state.volume.metric, "carried", state.volume.words) if is_item or noun in _DEVICES else None


def _makes_sense(draft: Draft, kind: str) -> bool:
    metric, value = draft.metric, draft.quantity.value
    if draft.change.role == "change" or kind == "ratio":
        return abs(value) < Decimal(100000)
    return Decimal(str(metric.plausible.min)) <= abs(value) <= Decimal(str(metric.plausible.max))
