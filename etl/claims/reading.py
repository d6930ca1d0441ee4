"""Read an article's figures: sentence by sentence, number by number, each with what its own clause says of it.

    number → trap? → stretch between its neighbours → level or change → metric → company → period, region, segment → kind, authority

What a clause leaves out comes from the clause before, then from what the text is about. A number that gets no metric
or no declared company is not claimed: precision before recall.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from etl.claims.changes import Change, basis_of, change_of, has_direction, is_multi
from etl.claims.compose import Draft, compose
from etl.claims.measure import CueHit, Measure, class_of, find_cues, measure
from etl.claims.mentions import COREF, MARKET_NOUN, PRONOUN, Mention, find_mentions
from etl.claims.periods import find_periods
from etl.claims.places import Place, find_places, place_of
from etl.claims.quantities import find_quantities
from etl.claims.segments import find_segments
from etl.claims.sentences import Sentence, split_sentences
from etl.claims.spans import Quantity, TimeExpression
from etl.claims.subject import Subject, Topic, listed_pairs, point_back, subject_of
from etl.claims.timing import as_of, at_a_point, by_months, compares, earlier, is_too_short, nearest, shift_back, shift_years
from etl.claims.vocabulary import Vocabulary
from etl.claims.voice import Source, find_sources, kind_of, speaks
from etl.model import GLOBAL, MARKET, Article, Basis, Claim, Kind, Nature, Period, Unit
from etl.spec.metrics import MetricSpec

_CLAUSE = re.compile(r";|；|。|,\s(?:while|whereas|but|and then|although|though)\b|\s(?:while|whereas)\s|,\s(?:and\s)?(?=(?:it|the company|they|[A-Z][\w]+)\s(?:has|had|is|was|sold|shipped|grew|also)\b)")
_CAUSE = re.compile(r"\b(?:due to|because|thanks to|courtesy of|driven by|owing to|helped by|fuel+ed by|as a result of|amid)\b", re.IGNORECASE)
_MONTHLY = re.compile(r"\s(?:monthly|daily|weekly|yearly)\s(?:active|users)", re.IGNORECASE)


@dataclass(slots=True)
class State:
    """What the reader remembers from one sentence to the next."""

    topic: Topic
    region: str | None = None  # what the text as a whole is about
    period: Period | None = None  # the last one named
    lead: Period | None = None  # the first one named
    measure: Measure | None = None
    goods: str | None = None
    money: str | None = None
    money_paragraph: int = -9
    quarter: Period | None = None  # the last quarter named
    year: Period | None = None  # the last year named
    measurer: str | None = None  # the research firm named last
    speaker: str | None = None  # the company that spoke last
    speaker_paragraph: int = -9
    paragraph: int = -9
    period_paragraph: int = -9
    country: str | None = None
    subject: Subject | None = None


@dataclass(slots=True)
class Line:
    """One sentence with all that was found in it."""

    sentence: Sentence
    quantities: list[Quantity]
    mentions: list[Mention]
    times: list[TimeExpression]
    hits: list[CueHit] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def read_claims(article: Article, vocabulary: Vocabulary) -> list[Claim]:
    """Every figure that the article's text states, in the order of the text. The title is context, never a source of claims."""
    published = article.published.date() if article.published else None
    text = article.text
    everything = find_quantities(text)
    quantities = _real(text, everything)
    mentions = find_mentions(text, vocabulary, published)
    quantities = _apart(quantities, mentions)
    lines = _lines(text, quantities, mentions, find_periods(text, published))
    state = _beginning(article, vocabulary, mentions, published, lines)
    claims: list[Claim] = []
    for line in lines:
        for draft in _read_line(text, line, state, vocabulary, published):
            claim = compose(article, draft, everything)
            if claim is not None:
                claims.append(claim)
    return claims


def _real(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The numbers that can be figures: no traps, and of a bracketed pair of currencies only the first."""
    partners = {q.alt for i, q in enumerate(found) if q.alt is not None and q.alt > i}
    return [q for i, q in enumerate(found) if i not in partners and (q.trap is None or (q.trap == "duration" and _MONTHLY.match(text, q.number_end)))]


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


def _beginning(article: Article, vocabulary: Vocabulary, mentions: Sequence[Mention], published: date | None, lines: Sequence[Line]) -> State:
    """What the title and the first line say the text is about."""
    named = [m.company for m in mentions if m.company and m.what in ("name", "brand", "product", "device")]
    main = Counter(named).most_common(1)[0][0] if named else None
    homes = {c.name: c.home for c in vocabulary.companies.values() if c.home}
    state = State(topic=Topic(main=main, homes=homes))
    first = article.text[: lines[0].sentence.end] if lines else ""
    head = article.title if article.title else first
    for words in dict.fromkeys((article.title, first)):
        countries = [p.code for p in find_places(words, 0, len(words), vocabulary) if p.code != GLOBAL]
        if countries and state.region is None and (len(set(countries)) == 1 or re.search(r"[Mm]arket", words)):
            state.region = countries[0]
    title = find_mentions(head, vocabulary, published)
    title_hits = find_cues(head, 0, len(head), vocabulary)
    point_back(head, title, state.topic)
    state.goods = next((s for _, _, s in find_segments(head, 0, len(head), "goods")), None)
    sources = find_sources(head, 0, len(head), vocabulary, title, None)
    state.measurer = next((s.name for s in sources if not s.is_company), None)
    if state.region:
        again = sum(p.code == state.region for p in find_places(article.text, 0, len(article.text), vocabulary))
        state.region = state.region if again >= 2 else None
    if state.region and not any(h.cues for h in title_hits) and not any(m.what == MARKET_NOUN for m in title) and len(head) < 200:
        state.region = state.region if re.search(r"market|sales|share|shipments|sold|growth|maker", head + first, re.IGNORECASE) else None
    return state


def _read_line(text: str, line: Line, state: State, vocabulary: Vocabulary, published: date | None) -> list[Draft]:
    """The drafts of one sentence; the state moves on whether or not it holds a number."""
    start, end = line.sentence.start, line.sentence.end
    if line.sentence.paragraph != state.paragraph:
        state.paragraph = line.sentence.paragraph
        state.money = None if line.sentence.paragraph > state.money_paragraph + 1 else state.money
    if not line.quantities and not line.mentions and not line.times:
        return []
    entering = state.topic.subject
    point_back(text, line.mentions, state.topic)
    line.sources = find_sources(text, start, end, vocabulary, line.mentions, state.topic.company)
    for match in vocabulary.region_pattern.finditer(text, start, end):
        code = vocabulary.regions.get(match[0], (GLOBAL, False))[0]
        state.country = code if len(code) == 2 else state.country
    line.places = find_places(text, start, end, vocabulary, state.country)
    _note_sources(line, state)
    drafts = _read_numbers(text, line, state, vocabulary, published, entering) if line.quantities else []
    _remember(text, line, state, drafts)
    return drafts


def _note_sources(line: Line, state: State) -> None:
    for source in line.sources:
        if source.is_company:
            state.speaker, state.speaker_paragraph = source.name, line.sentence.paragraph
        else:
            state.measurer = source.name


def _remember(text: str, line: Line, state: State, drafts: Sequence[Draft]) -> None:
    past = {d.period.label for d in drafts if d.period and d.change.role == "before"}
    main = [t.period for t in line.times if t.period and not compares(text, t) and not is_too_short(t.period) and t.period.label not in past]
    if main:
        state.period, state.period_paragraph = main[-1], line.sentence.paragraph
        state.lead = state.lead or main[0]
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
        draft = _draft(text, quantity, line, state, vocabulary, published, left, right, drafts, before_subject, before_measure, pairs, entering)
        if draft is None:
            last = left if has_cue and class_of(quantity) in ("count", "money") else quantity.number_end
            continue
        last = quantity.number_end
        before_subject, before_measure = draft.subject, draft.measure
        state.measure = draft.measure
        drafts.append(draft)
    return drafts


def _draft(
    text: str, quantity: Quantity, line: Line, state: State, vocabulary: Vocabulary, published: date | None, left: int, right: int,
    drafts: Sequence[Draft], before_subject: Subject | None, before_measure: Measure | None, pairs: dict[int, Subject], entering: str | None,
) -> Draft | None:
    """All that is said of one number, or None where it is no figure of a declared company."""
    start, end = line.sentence.start, line.sentence.end
    kind = class_of(quantity)
    if kind == "other":
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
    subject = subject or _topic_subject(state, line, entering)
    if subject is None or not subject.company:
        return None
    if kind == "percent" and change.role == "level" and found is None and quantity.value > 100:
        found, change = _beyond_hundred(text, quantity, line, vocabulary, left, change)
    if found is None or (found.metric.unit is Unit.PERCENT and change.role == "level" and found.rule in ("carried", "sentence")):
        found, change = _growth(text, quantity, line, change, found, vocabulary, subject, state)
    if found is None:
        return None
    if kind == "percent" and change.role == "level" and found.metric.unit is not Unit.PERCENT:
        return None
    draft = Draft(quantity=quantity, metric=found.metric, measure=found, subject=subject, change=change, sentence=(start, end))
    _place(text, draft, line, state, left, right)
    _time(text, draft, line, state, drafts, left, right, published)
    _voice(text, draft, line, state, left, right, published)
    if draft.subject.company == MARKET and draft.metric.name == "market_share":
        if draft.segment not in ("segment:online", "segment:offline"):
            return draft if draft.segment != draft.metric.segment and draft.change.role == "level" else None
        draft.metric = vocabulary.metrics["channel_share"]
    return draft if _makes_sense(draft, kind) else None


def _beyond_hundred(text: str, quantity: Quantity, line: Line, vocabulary: Vocabulary, left: int, change: Change) -> tuple[Measure | None, Change]:
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
    if not text[quantity.number_start : quantity.number_start + 1].isdigit():
        return True
    return has_direction(text, max(start, quantity.start - 60), quantity.start) is not None and not re.match(r"\s?(?:zoom|faster|optical)", text[quantity.end : quantity.end + 10])


def _topic_subject(state: State, line: Line, entering: str | None) -> Subject | None:
    """For a sentence that names nobody: what the one before was about."""
    if any(m.company and not m.is_blocked and m.what in ("name", "brand", "product") for m in line.mentions):
        return None
    subject = state.topic.subject if entering is None else entering
    if subject is None:
        return None
    segment = state.topic.segment if subject == state.topic.company else None
    if subject != MARKET and subject != state.topic.main:
        return None
    return Subject(subject, segment, "topic", "")


def _growth(
    text: str, quantity: Quantity, line: Line, change: Change, found: Measure | None, vocabulary: Vocabulary, subject: Subject, state: State,
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
    if any(c.role == "cue" for h in line.hits for c in h.cues if h.end <= quantity.start and c.metric not in ("market_share", "rank", "channel_share")):
        return found, change
    if state.measure and state.measure.metric.unit is Unit.UNITS:
        return Measure(state.measure.metric, "carried", state.measure.words), change
    if state.measurer or subject.company == MARKET:
        return Measure(vocabulary.metrics["shipments"], "growth", change.words), change
    return (found if found and found.rule not in ("carried", "sentence") else None), change


def _place(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> None:
    """Region and segment."""
    quantity, metric = draft.quantity, draft.metric
    start, end = draft.sentence
    cause = _CAUSE.search(text, quantity.end, end)
    places = [p for p in line.places if cause is None or p.start < cause.start()]
    place = place_of(places, quantity.start, quantity.end, left, right, is_rank=metric.name == "rank")
    if place is None:
        later = [p for p in places if not p.of_rank and p.start >= quantity.end and p.start - quantity.end < 60]
        place = later[0] if later else None
    is_money = metric.unit is Unit.CURRENCY
    if place:
        draft.region, draft.why["region"] = place.code, f"named: {place.words}"
    elif state.region and (not is_money or draft.subject.company == MARKET) and metric.name not in ("employees", "hires", "patents_filed", "patents_granted"):
        draft.region, draft.why["region"] = state.region, "topic"
    else:
        draft.region, draft.why["region"] = GLOBAL, "default"
    if draft.subject.segment and draft.subject.segment != "volume":
        draft.segment, draft.why["segment"] = draft.subject.segment, f"named: {draft.subject.words}"
        return
    draft.segment, draft.why["segment"] = _segment(text, draft, state, left, right, start, end, line.sentence.paragraph)


def _segment(text: str, draft: Draft, state: State, left: int, right: int, start: int, end: int, paragraph: int) -> tuple[str, str]:
    metric, at = draft.metric, draft.quantity.start
    if metric.unit is Unit.CURRENCY:
        if metric.name == "asp":
            return metric.segment, "default"
        words = [s for s in find_segments(text, start, end, "money") if s[0] <= draft.quantity.end + 60 and s[0] < right]
        if words:
            state.money, state.money_paragraph = words[-1][2], paragraph
            return words[-1][2], f"named: {text[words[-1][0]:words[-1][1]]}"
        if state.money and paragraph == state.money_paragraph and draft.subject.rule in ("carried", "topic", "pointed") and not re.search(r"\b(?:total|group|company)\b", text[left:at]):
            return state.money, "carried"
        return metric.segment, "default"
    if metric.segment != "smartphones":
        return metric.segment, "default"
    if draft.subject.mention and draft.subject.company == MARKET and (own := find_segments(text, draft.subject.mention.start, draft.subject.mention.end, "goods")):
        return own[0][2], f"named: {draft.subject.words}"
    near_right = right
    if metric.name == "rank":  # "the largest brand in the online space, aims to expand its offline share"
        comma = text.find(",", draft.quantity.end, right)
        near_right = min(right, draft.quantity.end + 60, comma if comma > 0 else right)
    channel = [s for s in find_segments(text, start, end, "channel") if s[0] < near_right and (metric.name != "rank" or s[0] >= left)]
    if channel and (metric.name in ("channel_share", "market_share", "rank") or draft.subject.company == MARKET):
        near = min(channel, key=lambda s: abs(s[0] - at))
        return near[2], f"named: {text[near[0]:near[1]]}"
    near_goods = [s for s in find_segments(text, start, end, "goods") if s[0] < right or s[0] < draft.quantity.end + 30]
    inside = [s for s in near_goods if s[0] >= left] or [s for s in near_goods if s[1] <= at]
    if inside:
        hit = min(inside, key=lambda s: abs(s[0] - at))
        return hit[2], f"named: {text[hit[0]:hit[1]]}"
    if state.goods and state.goods != "smartphones":
        return state.goods, "topic"
    return metric.segment, "default"


def _time(text: str, draft: Draft, line: Line, state: State, drafts: Sequence[Draft], left: int, right: int, published: date | None) -> None:
    """Period, basis, and what a change is compared with."""
    quantity, metric = draft.quantity, draft.metric
    start, end = draft.sentence
    mains = [t for t in line.times if not compares(text, t) and t.period and (t.period.nature is not Nature.CUM or _cumulates(metric)) and (metric.stock or not is_too_short(t.period) or 0 <= t.start - quantity.end < 12)]
    near = nearest([t for t in line.times if t in mains or compares(text, t)], quantity.start, quantity.end, left, right, text)
    if draft.change.role == "before" and drafts:
        _before(draft, drafts[-1], near)
        return
    if near and near.period and draft.change.role == "level" and near.end <= quantity.start and compares(text, near) and _THEN.search(text[near.end : quantity.start]):
        draft.period, draft.why["period"] = near.period, f"then: {text[near.start:near.end]}"
        return
    time = near if near in mains else nearest(mains, quantity.start, quantity.end, left, right, text)
    if time is None and drafts and drafts[-1].period and drafts[-1].why.get("period", "").startswith("named") and not any(t.end <= quantity.start and t.start >= left for t in mains):
        source = next((d for d in reversed(drafts) if d.change.role != "before"), drafts[-1])
        draft.period, draft.why["period"] = source.period, source.why["period"]
        if draft.period and draft.period.nature is Nature.ASOF and not metric.stock:
            draft.period = Period.parse(draft.period.label.partition(":")[2])
    elif time is None and (loose := _loosely(text[start if not drafts else left : min(right, quantity.end + 40)], state, published)):
        draft.period, draft.why["period"] = loose
    elif time is None and metric.name != "rank":
        time = nearest(mains, quantity.start, quantity.end, start, right if metric.stock else end, text)
    if time and time.period:
        draft.period, draft.why["period"] = time.period, f"named: {text[time.start:time.end]}"
    if draft.period is None and (loose := _loosely(text[start:end], state, published)):
        draft.period, draft.why["period"] = loose
    if draft.period is not None:
        draft.period = by_months(draft.period)
    else:
        _carried_time(draft, state, published, line.sentence.paragraph)
    if draft.period is not None and metric.stock and metric.name not in ("rank",) and draft.change.role != "change":
        draft.period = at_a_point(draft.period)
    if draft.change.role == "change":
        _basis(text, draft, line, left, right, near)


_THEN = re.compile(r"\b(?:where|when|had|in which)\b", re.IGNORECASE)
_YEARLY = re.compile(r"\b(?:full[- ]year|for the (?:full |whole |entire )?year|annual (?:revenue|sales|profit|shipments|turnover))\b", re.IGNORECASE)
_QUARTERLY = re.compile(r"\bquarterly\b|\b(?:for|in|during) the quarter\b|\bthe quarter['’]s\b|en el trimestre", re.IGNORECASE)


def _loosely(words: str, state: State, published: date | None) -> tuple[Period, str] | None:
    """`for the year`, `quarterly`: the year or quarter that the text is about."""
    if match := _YEARLY.search(words):
        if published and re.search(r"\b(?:goal|target|aim|plan|expect)", words[: match.start()], re.IGNORECASE):
            return Period.parse(str(published.year)), f"named loosely: {match[0]}"
        if state.year:
            return state.year, f"named loosely: {match[0]}"
        year = min(state.quarter.last.year, published.year) if state.quarter and published else published.year if published else None
        return (Period.parse(str(year)), f"named loosely: {match[0]}") if year else None
    match = _QUARTERLY.search(words)
    return (state.quarter, f"named loosely: {match[0]}") if match and state.quarter else None


def _cumulates(metric: MetricSpec) -> bool:
    return metric.unit in (Unit.UNITS, Unit.COUNT) or metric.name in ("investment", "funding", "loans_disbursed")


def _before(draft: Draft, now: Draft, near: TimeExpression | None) -> None:
    """The level that a figure moved from: its own time, else the year (or quarter) before the figure's."""
    draft.basis = Basis.ABS
    if near and near.period and (not near.is_comparison or near.how == "absolute") and near.start >= draft.quantity.end:
        draft.period, draft.why["period"] = near.period, "named with the earlier level"
    elif now.period and now.period.nature is Nature.SPAN:
        basis = near.basis if near and near.basis else next((d for d in [now.basis] if d in (Basis.YOY, Basis.QOQ)), Basis.YOY)
        draft.period = shift_back(now.period) if basis is Basis.QOQ else shift_years(now.period, -1)
        draft.why["period"] = "the period before"
        if near and near.period and near.is_comparison and near.period.days == now.period.days:
            draft.period = near.period
    elif near and near.period:
        draft.period, draft.why["period"] = near.period, "named with the earlier level"
    elif now.period and now.period.nature is Nature.ASOF:
        draft.why["period"] = "an earlier point, not named"


def _carried_time(draft: Draft, state: State, published: date | None, paragraph: int) -> None:
    metric = draft.metric
    if metric.stock and metric.name not in ("rank",) and draft.change.role != "change":
        if published:
            draft.period, draft.why["period"] = as_of(published), "stock: at publication"
        return
    if metric.stock and metric.name == "rank" and state.lead is None and published:
        draft.period, draft.why["period"] = as_of(published), "standing: at publication"
        return
    carried = state.period if paragraph - state.period_paragraph <= 1 else (state.lead or state.period)
    if carried and published and ((carried.first or carried.last) > published or ("/" in carried.label and carried.last > published)):
        carried = state.lead if state.lead and state.lead.last <= published else None
    if metric.name in ("production",) and draft.quantity.per and published:
        draft.period, draft.why["period"] = Period.parse(f"{published.year}-{published.month:02d}"), "rate: at publication"
    elif carried and carried.nature is not Nature.CUM and metric.name not in ("valuation", "price"):
        draft.period, draft.why["period"] = carried, "carried"
    elif metric.name in ("rank", "market_share") and published:
        draft.period, draft.why["period"] = as_of(published), "standing: at publication"


def _basis(text: str, draft: Draft, line: Line, left: int, right: int, near: TimeExpression | None) -> None:
    """Against what a change is said; growth without a word for it is on the year."""
    quantity = draft.quantity
    start, end = draft.sentence
    said = basis_of(text, quantity.start, quantity.end, left, right)
    multi = is_multi(text, start, end) if class_of(quantity) == "ratio" else None
    if said:
        draft.basis, draft.why["basis"] = said[0], f"said: {said[1]}"
    elif near and near.is_comparison and near.basis:
        draft.basis, draft.why["basis"] = near.basis, f"said: {text[near.start:near.end]}"
    elif multi:
        draft.basis, draft.why["basis"] = Basis.MULTI, f"said: {multi}"
    elif whole := basis_of(text, quantity.start, quantity.end, start, end):
        draft.basis, draft.why["basis"] = whole[0], f"sentence: {whole[1]}"
    else:
        draft.basis, draft.why["basis"] = Basis.YOY, "default"
    if near and near.is_comparison and near.period and near.basis is draft.basis and draft.period and near.period.days == draft.period.days:
        draft.compared_to = near.period
    else:
        draft.compared_to = earlier(draft.period, draft.basis)


def _voice(text: str, draft: Draft, line: Line, state: State, left: int, right: int, published: date | None) -> None:
    """Kind and authority."""
    start, end = draft.sentence
    quantity, metric, company = draft.quantity, draft.metric, draft.subject.company
    is_company = company != MARKET and not company.startswith(("GROUP:", "OS:"))
    volume = metric.name in ("shipments", "sales_units", "market_share", "rank", "asp", "profit_share", "installed_base", "channel_share")
    others = [s for s in line.sources if not s.is_company]
    own = [s for s in line.sources if s.is_company]
    if others and (volume or not own):
        source = min(others, key=lambda s: abs(s.start - quantity.start))
        draft.authority, draft.why["authority"] = source.name, f"named: {source.words}"
    elif own:
        source = min(own, key=lambda s: abs(s.start - quantity.start))
        draft.authority, draft.why["authority"] = source.name, f"said: {source.words}"
    elif volume and state.measurer and not (state.speaker_paragraph == line.sentence.paragraph and not is_measured(metric)):
        draft.authority, draft.why["authority"] = state.measurer, "named before"
    elif is_company and (word := speaks(text, start, end)) and any(m.company == company for m in line.mentions):
        draft.authority, draft.why["authority"] = company, f"its own word: {word}"
    elif state.speaker and state.speaker == company and line.sentence.paragraph - state.speaker_paragraph <= (3 if metric.unit is Unit.CURRENCY else 1):
        draft.authority, draft.why["authority"] = state.speaker, "said before"
    period = draft.period
    is_future = bool(period and published and period.last > published and (period.first is None or period.first > published or period.nature is not Nature.CUM))
    by_other = bool(others) or (draft.authority is not None and draft.authority != company and draft.authority != state.speaker)
    kind, words = kind_of(text, quantity.start, left if draft.change.role == "change" and draft.basis is not Basis.ABS and draft.change.words != "by" else start, right, is_company=is_company, by_other=by_other, is_future=is_future, end=quantity.end)
    if kind is not Kind.ACTUAL and period and published and period.last < published and period.nature is Nature.SPAN and not re.search(r"expect|forecast|goal|target|aim", words, re.IGNORECASE):
        kind = Kind.ACTUAL
    draft.kind = kind
    if kind is Kind.ACTUAL and by_other and volume and period and published and period.nature is Nature.SPAN and period.last > published and (period.days or 0) > 80:
        kind, words = Kind.FORECAST, "an estimate of a period that hadn't ended"
        draft.kind = kind
    begins_later = bool(period and published and period.nature is not Nature.CUM and period.first and period.first > published)
    if kind is Kind.ACTUAL and begins_later:
        kind, words = (Kind.TARGET if is_company and not by_other else Kind.FORECAST), "a period yet to come"
        draft.kind = kind
    if words:
        draft.why["kind"] = f"said: {words}"
    if kind is Kind.TARGET and draft.authority is None:
        draft.authority, draft.why["authority"] = company, "its own aim"


def is_measured(metric: MetricSpec) -> bool:
    """Whether research firms, not companies, are the usual source."""
    return metric.name in ("market_share", "rank", "profit_share")


def _makes_sense(draft: Draft, kind: str) -> bool:
    metric, value = draft.metric, draft.quantity.value
    if draft.change.role == "change" or kind == "ratio":
        return abs(value) < Decimal(100000)
    return Decimal(str(metric.plausible.min)) <= abs(value) <= Decimal(str(metric.plausible.max))
