"""Region and segment of a figure: named near it, else what the text is about."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from etl.claims.compose import Draft
from etl.claims.divisions import Division, find_divisions
from etl.claims.measure_chinese import is_chinese
from etl.claims.mentions import COREF, PRONOUN, Mention
from etl.claims.places import HOME, Place, place_of
from etl.claims.scan import Kept
from etl.claims.segments import find_segments
from etl.claims.sentences import side_clauses
from etl.claims.spans import Quantity
from etl.claims.state import Line, State
from etl.claims.whereabouts_chinese import segment_in_chinese
from etl.model import GLOBAL, MARKET, Unit

CAUSE = re.compile(
    r"\b(?:due to|because|thanks to|courtesy of|driven by|owing to|helped by|fuel+ed by|as a result of|amid)\b", re.IGNORECASE
)
_CAUSES = Kept(CAUSE)


def _aside(text: str, place: Place | Division, quantity: Quantity, start: int, end: int) -> bool:
    """Whether a place stands in a relative clause that the number isn't part of."""
    return any(a <= place.start < b and not a <= quantity.start < b for a, b in side_clauses(text, start, end))


_FRAME = re.compile("(?:市场|方面|地区)?，")  # 在印度，…；…


def place(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> None:
    """Region and segment."""
    quantity, metric = draft.quantity, draft.metric
    start, end = draft.sentence
    cause = next((m for m in _CAUSES.all(text, start, end) if m.start() >= quantity.end), None) if line.places else None
    places = [p for p in line.places if (cause is None or p.start < cause.start()) and not _aside(text, p, quantity, start, end)]
    if is_chinese(text, quantity):  # what stands behind a comma is the next clause's
        places = [p for p in places if p.end <= quantity.start or not re.search("[，。；]", text[quantity.end : p.start])]
        if metric.unit is Unit.CURRENCY or metric.name in (*_ANYWHERE, "users", "installed_base"):
            places = [p for p in places if "；" not in text[p.end : quantity.start] or _FRAME.match(text, p.end)]
    place = _respective(text, quantity, line) or place_of(
        places,
        quantity.start,
        quantity.end,
        left,
        right,
        text,
        is_rank=metric.name == "rank",
        sentence=None if draft.subject.rule in ("beside", "listed") else start,
    )
    if place is None:
        later = [
            p
            for p in places
            if not p.of_rank
            and p.start >= quantity.end
            and p.start - quantity.end < 60
            and not re.search(r",|;|\b(?:and|as|because|after|while|amid|when|since|than|thanks)\b", text[quantity.end : p.start])
        ]
        place = later[0] if later else None
    own = draft.subject.mention if draft.subject.company == MARKET else None
    if own is not None and (inside := [p for p in line.places if own.start <= p.start < own.end and not p.of_rank and p.code != GLOBAL]):
        place = inside[-1]  # "India has surpassed the US to become the second largest market"
    if place and place.code == HOME:
        home = (state.topic.homes or {}).get(draft.subject.company)
        place = replace(place, code=home) if home else None
    if place:
        draft.region, draft.why["region"] = place.code, f"named: {place.words}"
        state.market = place.code if draft.subject.company == MARKET else state.market
    elif draft.subject.company == MARKET and draft.subject.rule == "topic" and state.market:
        draft.region, draft.why["region"] = state.market, "the market spoken of"
    elif (region := _carried(draft, state, line.sentence.paragraph)) is not None:
        draft.region, draft.why["region"] = region
    else:
        draft.region, draft.why["region"] = GLOBAL, "default"
    is_carried = draft.subject.rule in ("topic", "carried", "pointed")
    is_company_wide = metric.name in ("rd_spend", "employees", "hires", "patents_filed", "patents_granted")
    named = draft.subject.segment if draft.subject.segment != "volume" and not is_company_wide else None
    if named and metric.unit is Unit.CURRENCY and metric.name not in ("asp", "price"):
        division = division_of(text, quantity, draft.subject.mention, start, end, right)
        named = None if division or (is_carried and named.startswith("product:")) else named
    if named:
        draft.segment, draft.why["segment"] = named, f"named: {draft.subject.words}"
        return
    draft.segment, draft.why["segment"] = _segment(text, draft, line, state, left, right, start, end, line.sentence.paragraph)


def division_of(text: str, quantity: Quantity, mention: Mention | None, start: int, end: int, right: int) -> Division | None:
    """The part of the business that a number is of: the last one before it, unless the company is named after that; else one close behind."""
    divisions = find_divisions(text, start, end)
    if not divisions:
        return None
    before = [d for d in divisions if d.end <= quantity.start and not _aside(text, d, quantity, start, end)]
    if before and (mention is None or mention.start < before[-1].end or mention.start >= quantity.end or mention.what in (PRONOUN, COREF)):
        last = before[-1]
        is_other = re.search(
            r";|\b(?:total|group|overall|company-?wide|altogether|in all)\b", text[last.end : quantity.start], re.IGNORECASE
        )
        return None if is_other else last
    behind = [d for d in divisions if quantity.end <= d.start < min(right, quantity.end + 60)]
    return behind[0] if behind and _FROM_A_PART.match(text[quantity.end : behind[0].start]) else None


_FROM_A_PART = re.compile(r"^\s?(?:[\w-]+\s){0,4}?(?:from|in|at|for|by)\s(?:its\s|the\s|their\s)?$", re.IGNORECASE)
_ANYWHERE = ("employees", "hires", "patents_filed", "patents_granted")  # of the whole company unless a place is named


def _carried(draft: Draft, state: State, paragraph: int) -> tuple[str, str] | None:
    """The region of what the paragraph, else the text, is about. Money and people are the whole company's, or its branch's."""
    is_money = draft.metric.unit is Unit.CURRENCY and draft.subject.company != MARKET
    is_everywhere = is_money or draft.metric.name in _ANYWHERE
    if state.local and paragraph == state.local_paragraph and not is_everywhere:
        return state.local, "the paragraph's"
    if state.region is None:
        return None
    if not is_everywhere or (is_money and state.is_country_unit):
        return state.region, "topic"
    is_foreign = (state.topic.homes or {}).get(draft.subject.company) != state.region
    is_theirs = _CURRENCIES.get(draft.quantity.currency or "") == state.region or draft.metric.name in ("investment", *_ANYWHERE[:2])
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


def _segment(
    text: str, draft: Draft, line: Line, state: State, left: int, right: int, start: int, end: int, paragraph: int
) -> tuple[str, str]:
    metric, at = draft.metric, draft.quantity.start
    if is_chinese(text, draft.quantity):
        return segment_in_chinese(text, draft, state, start, paragraph)
    if metric.unit is Unit.CURRENCY or metric.name == "margin":
        if metric.name in ("asp", "valuation", "funding", "investment", "eps"):
            return metric.segment, "default"
        division = division_of(text, draft.quantity, draft.subject.mention, start, end, right)
        if division is not None and not any(division.start <= p.start < division.end for p in line.places):  # "its India unit" is no part
            state.money, state.money_paragraph = division.segment, paragraph
            return division.segment, f"named: {text[division.start : division.end]}"
        words = [s for s in find_segments(text, start, end, "money") if s[0] <= draft.quantity.end + 60 and s[0] < right]
        if words:
            state.money, state.money_paragraph = words[-1][2], paragraph
            return words[-1][2], f"named: {text[words[-1][0] : words[-1][1]]}"
        if (
            state.money
            and paragraph == state.money_paragraph
            and draft.subject.rule in ("carried", "topic", "pointed")
            and not re.search(r"\b(?:total|group|company)\b", text[left:at])
        ):
            return state.money, "carried"
        return metric.segment, "default"
    if metric.segment != "smartphones":
        return metric.segment, "default"
    if (
        draft.subject.mention
        and draft.subject.company == MARKET
        and (own := find_segments(text, draft.subject.mention.start, draft.subject.mention.end, "goods"))
    ):
        return own[0][2], f"named: {draft.subject.words}"
    near_right = right
    if metric.name == "rank":  # "the top seller online wants more of its sales from shops"
        comma = text.find(",", draft.quantity.end, right)
        near_right = min(right, draft.quantity.end + 60, comma if comma > 0 else right)
    channel = [s for s in find_segments(text, start, end, "channel") if s[0] < near_right and (metric.name != "rank" or s[0] >= left)]
    if channel and (metric.name in ("channel_share", "market_share", "rank") or draft.subject.company == MARKET):
        near = min(channel, key=lambda s: abs(s[0] - at))
        return near[2], f"named: {text[near[0] : near[1]]}"
    near_goods = [s for s in find_segments(text, start, end, "goods") if s[0] < right or s[0] < draft.quantity.end + 30]
    inside = [s for s in near_goods if s[0] >= left] or [s for s in near_goods if s[1] <= at]
    if inside:
        hit = min(inside, key=lambda s: abs(s[0] - at))
        return hit[2], f"named: {text[hit[0] : hit[1]]}"
    is_row = line.sentence.is_heading and end - start < 80
    is_below = state.is_goods_heading and is_row and paragraph - state.goods_paragraph <= 12
    if state.local_goods and (paragraph == state.goods_paragraph or is_below):
        return state.local_goods, "the paragraph's"
    if state.goods and state.goods != "smartphones":
        return state.goods, "topic"
    return metric.segment, "default"
