"""Region and segment of a figure: named near it, else what the text is about."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from etl.claims.compose import Draft
from etl.claims.divisions import find_divisions
from etl.claims.goods import OF_MARKET, goods_made, goods_of, named_of
from etl.claims.measure_chinese import is_chinese
from etl.claims.parts import is_aside, part_of
from etl.claims.places import HOME, Place, place_of
from etl.claims.scan import Kept
from etl.claims.spans import Quantity
from etl.claims.state import Line, Placed, State
from etl.claims.whereabouts_chinese import segment_in_chinese
from etl.model import GLOBAL, MARKET, Unit

CAUSE = Kept(
    re.compile(r"\b(?:due to|because|thanks to|courtesy of|driven by|owing to|helped by|fuel+ed by|as a result of|amid)\b", re.IGNORECASE),
    *("due to", "because", "thanks", "courtesy", "driven", "owing", "helped", "fuel", "result", "amid"),
)


_FRAME = re.compile("(?:市场|方面|地区)?，")  # 在印度，…；…


def place(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> None:
    """Region and segment."""
    metric, company = draft.metric, draft.subject.company
    place = _named_place(text, draft, line, state, left, right)
    if place:
        draft.region, draft.why["region"] = place.code, f"named: {place.words}"
        state.market = place.code if company == MARKET else state.market
        state.placed = Placed(draft.sentence[0], line.sentence.paragraph, metric.name, company, place.code)
    elif company == MARKET and draft.subject.rule == "topic" and state.market:
        draft.region, draft.why["region"] = state.market, "the market spoken of"
    elif state.placed is not None and _turn(text, draft) is None and _goes_on(text, draft, line, state, state.placed):
        draft.region, draft.why["region"] = state.placed.region, "the figure's before"
        state.placed = replace(state.placed, sentence=draft.sentence[0])
    else:
        draft.region, draft.why["region"] = _carried(draft, state, line) or (GLOBAL, "default")
    segment = named_of(text, draft, line, state, right) or _segment(text, draft, line, state, left, right)
    draft.segment, draft.why["segment"] = segment


def _turn(text: str, draft: Draft) -> int | None:
    """Where a sentence turns to another part of a business: `sales in China fell 30 %, and services grew 24 %`."""
    if draft.metric.unit is not Unit.CURRENCY:
        return None
    start, end = draft.sentence
    turns = (d.start for d in find_divisions(text, start, end) if d.is_subject and d.end <= draft.quantity.start)
    return next((at for at in turns if re.search(r"[,;]\s(?:and|but|while)\s(?:the\s|its\s)?$", text[start:at])), None)


def _named_place(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> Place | None:
    """The place that the sentence names for a figure, `at home` as the country it is."""
    quantity, metric, subject = draft.quantity, draft.metric, draft.subject
    start, end = draft.sentence
    cause = CAUSE.search(text, quantity.end, end)
    places = [p for p in line.places if (cause is None or p.start < cause.start()) and not is_aside(text, p, quantity, start, end)]
    if (turn := _turn(text, draft)) is not None:
        places = [p for p in places if p.start > turn or not re.search(r"[,;]\s(?:and|but|while)\s", text[p.end : turn + 1])]
    if is_chinese(text, quantity):  # what stands behind a comma is the next clause's
        places = [p for p in places if p.end <= quantity.start or not re.search("[，。；]", text[quantity.end : p.start])]
        if metric.unit is Unit.CURRENCY or metric.name in (*_ANYWHERE, "users", "installed_base"):
            places = [p for p in places if "；" not in text[p.end : quantity.start] or _FRAME.match(text, p.end)]
    sentence = None if subject.rule in ("beside", "listed") else start
    place = _respective(text, quantity, line) or place_of(
        places, quantity.start, quantity.end, left, right, text, metric=metric.name, sentence=sentence
    )
    if place is None:
        later = (p for p in places if not p.of_rank and 0 <= p.start - quantity.end < 60 and not _NEXT.search(text, quantity.end, p.start))
        place = next(later, None)
    own = subject.mention if subject.company == MARKET else None
    if own is not None and (inside := [p for p in line.places if own.start <= p.start < own.end and not p.of_rank and p.code != GLOBAL]):
        place = inside[-1]  # "Brazil overtook Japan as the fourth largest market": the one that did
    if place and place.code == HOME:
        home = home_of(place, line, state, subject.company)
        return replace(place, code=home) if home else None
    return place


_NEXT = re.compile(r",|;|\b(?:and|as|because|after|while|amid|when|since|than|thanks)\b")
_ANYWHERE = ("employees", "hires", "patents_filed", "patents_granted")  # of the whole company unless a place is named


def home_of(place: Place, line: Line, state: State, company: str | None) -> str | None:
    """The home that `at home` speaks of: that of the company it opens the sentence of, else of the one named before it."""
    before = [m.company for m in line.mentions if m.company and m.company != MARKET and m.end <= place.start]
    after = [m.company for m in line.mentions if m.company and m.company != MARKET and m.start >= place.end]
    owner = before[-1] if before else after[0] if after else state.title_company or state.topic.company or company
    homes = state.topic.homes or {}
    return homes.get(owner or "") or homes.get(company or "")


_VOLUMES = ("shipments", "sales_units")


def _goes_on(text: str, draft: Draft, line: Line, state: State, last: Placed) -> bool:
    """Whether a figure without a place is of the one before it: `sold 8 million in India, from 5 million`; the next brand's share."""
    if last.paragraph != line.sentence.paragraph or is_chinese(text, draft.quantity):
        return False
    is_same = last.metric == draft.metric.name and last.company == draft.subject.company
    if last.sentence == line.sentence.start:
        return is_same
    if any(not p.of_rank for p in line.places) or not last.sentence < line.sentence.start or state.before != last.sentence:
        return False
    if last.metric in (*OF_MARKET, *_VOLUMES) and (draft.metric.name in OF_MARKET or (last.company == MARKET and draft.metric.name in _VOLUMES)):
        return True
    return is_same and draft.subject.rule in ("topic", "carried", "pointed", "pronoun")


def _carried(draft: Draft, state: State, line: Line) -> tuple[str, str] | None:
    """The region of what the paragraph, else the text, is about. Money and people are the whole company's, or its branch's."""
    paragraph = line.sentence.paragraph
    is_money = draft.metric.unit is Unit.CURRENCY and draft.subject.company != MARKET and draft.metric.name not in ("asp", "price")
    is_everywhere = is_money or draft.metric.name in _ANYWHERE
    if state.local and paragraph == state.local_paragraph and not is_everywhere and draft.metric.unit is not Unit.CURRENCY:
        return state.local, "the paragraph's"
    if state.region is None:
        return None
    if not is_everywhere or (is_money and state.is_country_unit):
        return state.region, "topic"
    is_foreign = (state.topic.homes or {}).get(draft.subject.company) != state.region
    currencies = {_CURRENCIES.get(q.currency or "") for q in line.quantities if q is draft.quantity or q.currency}
    if is_money and is_foreign and state.region in currencies:  # its own accounts are in its own money
        return state.region, "topic"
    if draft.metric.name == "patents_granted" and state.is_region_sure and "patent" in state.title.lower():
        return state.region, "topic"
    is_theirs = draft.metric.name in ("investment", *_ANYWHERE[:2])
    return (state.region, "topic") if state.is_region_sure and is_foreign and is_theirs else None


_CURRENCIES = {
    "INR": "IN",
    "KRW": "KR",
    "JPY": "JP",
    "CNY": "CN",
    "GBP": "GB",
    "BRL": "BR",
    "IDR": "ID",
    "RUB": "RU",
    "VND": "VN",
    "TWD": "TW",
}


_AND_NUMBER = re.compile(r"\s?(?:%|per ?cent|percent)?\s?(?:,|,? and|&)\s(?:\w+\s)?", re.IGNORECASE)
_AND_PLACE = re.compile(r"(?:,|,? and)\s(?:in\s)?(?:the\s)?")


def _respective(text: str, quantity: Quantity, line: Line) -> Place | None:
    """`in China and the US grew 56 and 88 percent respectively`: as many places in a row as numbers, by their order."""
    if "respectively" not in text[quantity.end : line.sentence.end]:
        return None
    rows: list[list[Place]] = []
    for found in sorted(line.places, key=lambda p: p.start):
        if rows and _AND_PLACE.fullmatch(text, rows[-1][-1].end, found.start):
            rows[-1].append(found)
        else:
            rows.append([found])
    index = line.quantities.index(next(q for q in line.quantities if q.start == quantity.start))
    for row in rows:
        if len(row) < 2 or row[-1].end > quantity.start:
            continue
        numbers = [q for q in line.quantities if q.start >= row[-1].end][: len(row)]
        is_row = all(_AND_NUMBER.fullmatch(text, a.end, b.start) for a, b in pairwise(numbers))
        if len(numbers) == len(row) and is_row and line.quantities[index] in numbers:
            return row[numbers.index(line.quantities[index])]
    return None


def _segment(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> tuple[str, str]:
    metric = draft.metric
    if is_chinese(text, draft.quantity):
        return segment_in_chinese(text, draft, state, draft.sentence[0], line.sentence.paragraph)
    if metric.name == "local_production_share" and (made := goods_made(text, draft.quantity, right)):
        return made, "named: its goods"
    if metric.name in ("valuation", "funding", "investment", "eps"):
        return metric.segment, "default"
    if (metric.unit is Unit.CURRENCY and metric.name != "asp") or metric.name == "margin":
        return part_of(text, draft, line, state, left, right)
    return goods_of(text, draft, line, state, left, right) if metric.segment == "smartphones" else (metric.segment, "default")
