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

from etl.claims.around import Around
from etl.claims.classes import class_of
from etl.claims.compose import Draft, compose
from etl.claims.confidence import weighed
from etl.claims.drafting import draft_of
from etl.claims.headlines import complete
from etl.claims.measure import find_cues, without
from etl.claims.memory import (
    last_country,
    note_marks,
    note_sources,
    remember,
    remember_goods,
    remember_part,
    remember_place,
    return_to_title,
    settle_bare,
    settle_heading,
)
from etl.claims.mentions import Mention, find_mentions
from etl.claims.periods import find_periods
from etl.claims.places import find_places
from etl.claims.quantities import find_quantities
from etl.claims.scan import Kept
from etl.claims.sentences import split_sentences, unwrapped
from etl.claims.setting import beginning, volume_of
from etl.claims.spans import Quantity, TimeExpression
from etl.claims.standings import find_standings
from etl.claims.state import Line, State
from etl.claims.subject import listed_pairs, of_each, point_back
from etl.claims.tables import Tables, find_tables
from etl.claims.vocabulary import Vocabulary
from etl.claims.voice import find_sources
from etl.model import Article, Claim, Unit

_CLAUSE = Kept(re.compile(
    r";|；|。|,\s(?:while|whereas|but|and then|although|though)\b|\s(?:while|whereas)\s|,\s(?:and\s)?(?=(?:it|the company|they|[A-Z][\w]+)\s(?:has|had|is|was|sold|shipped|grew|also)\b)"
), ";", "；", "。", ",", "while", "whereas")  # fmt: skip


def read_claims(article: Article, vocabulary: Vocabulary) -> list[Claim]:
    """Every figure that the article's text states, in the order of the text. The title is context, never a source of claims."""
    published = article.published.date() if article.published else None
    printed, article = article, replace(article, text=unwrapped(article.text))
    text = article.text
    everything = find_quantities(text)
    mentions = find_mentions(text, vocabulary, published)
    tables = find_tables(text)
    quantities = sorted([*_real(text, everything, tables), *find_standings(text, everything, mentions)], key=lambda q: q.number_start)
    quantities = _apart(quantities, mentions)
    lines = _lines(text, quantities, mentions, find_periods(text, published))
    state = beginning(article, vocabulary, mentions, published, lines)
    state.tables, state.absent = tables, vocabulary.absent(text)
    drafts = [draft for line in lines for draft in _read_line(text, line, state, vocabulary, published)]
    if lines:
        complete(drafts, lines[0].sentence.end)
    composed = (compose(printed, draft, everything) for draft in drafts)
    return weighed(text, [claim for claim in composed if claim is not None], [line.sentence.start for line in lines])


def _real(text: str, found: Sequence[Quantity], tables: Tables) -> list[Quantity]:
    """The numbers that can be figures: no traps, and of a bracketed pair of currencies only the first. In a table's cell none is a model."""
    partners = {q.alt for i, q in enumerate(found) if q.alt is not None and q.alt > i}
    is_model = (q.trap == "model" and tables.cell_at(q.number_start) is not None for q in found)
    return [
        _in_points(text, replace(q, trap=None) if in_cell else q)
        for i, (q, in_cell) in enumerate(zip(found, is_model, strict=True))
        if i not in partners and (q.trap is None or in_cell)
    ]


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
        state.topic.is_quoting_other = False
        return_to_title(state)
        state.money = None if line.sentence.paragraph > state.money_paragraph + 1 else state.money
    if state.volume is None and not line.quantities and line.sentence.paragraph <= 2:
        state.volume = volume_of(find_cues(text, start, end, vocabulary), vocabulary)
    line.places = find_places(text, start, end, vocabulary, state.country, state.region or state.country)
    firms = [(m.start, m.end) for m in line.mentions if m.what == "name"]
    line.places = [p for p in line.places if not any(a == p.start and p.end < b for a, b in firms)]  # "China Mobile"
    note_marks(line, state)
    country = last_country(text, line, state.country, vocabulary)
    if not line.quantities and not line.mentions and not line.times:
        remember_place(text, line, state)
        remember_goods(text, line, state)
        remember_part(text, line, state)
        state.country, state.before = country, start
        return []
    settle_bare(text, line, state, vocabulary)
    settle_heading(text, line, state)
    entering = state.topic.subject
    point_back(text, line.mentions, state.topic)
    state.companies.update(m.company for m in line.mentions if m.company)
    line.sources = find_sources(text, start, end, vocabulary, line.mentions, state.topic.company, state.measurer)
    state.country = country
    note_sources(line, state)
    drafts = _read_numbers(text, line, state, vocabulary, published, entering) if line.quantities else []
    remember(text, line, state, drafts)
    state.before = start
    return drafts


def _read_numbers(text: str, line: Line, state: State, vocabulary: Vocabulary, published: date | None, entering: str | None) -> list[Draft]:
    start, end = line.sentence.start, line.sentence.end
    line.hits = without(find_cues(text, start, end, vocabulary), state.absent)
    if state.volume is None:
        state.volume = volume_of(line.hits, vocabulary)
    pairs = listed_pairs(text, line.quantities, line.mentions, start, end)
    pairs |= {q.start: owners[-1] for q in line.quantities if (owners := of_each(text, q, line.mentions, start))}
    drafts: list[Draft] = []
    last = start
    for index, quantity in enumerate(line.quantities):
        right = line.quantities[index + 1].start if index + 1 < len(line.quantities) else end
        left = max([last, *(m.end() for m in _CLAUSE.all(text, last, quantity.start))])
        for owner in of_each(text, quantity, line.mentions, start)[:-1]:
            here = Around(text, quantity, line, left, right, drafts, pairs | {quantity.start: owner}, entering, published)
            if (draft := draft_of(here, state, vocabulary)) is not None:
                drafts.append(draft)
        draft = draft_of(Around(text, quantity, line, left, right, drafts, pairs, entering, published), state, vocabulary)
        if draft is None:
            has_cue = any(left <= h.start and h.end <= quantity.end for h in line.hits)
            last = left if has_cue and class_of(quantity) in ("count", "money") else quantity.number_end
            continue
        last = quantity.number_end
        if draft.measure.rule != "implied":
            state.measure, state.measure_paragraph = draft.measure, line.sentence.paragraph
        state.volume = draft.measure if draft.metric.unit is Unit.UNITS else state.volume
        drafts.append(draft)
    return drafts
