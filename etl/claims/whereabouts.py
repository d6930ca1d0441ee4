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
from etl.claims.segments import find_segments
from etl.claims.sentences import side_clauses
from etl.claims.spans import Quantity
from etl.claims.state import Line, Placed, State
from etl.claims.whereabouts_chinese import segment_in_chinese
from etl.model import GLOBAL, MARKET, Unit

CAUSE = re.compile(
    r"\b(?:due to|because|thanks to|courtesy of|driven by|owing to|helped by|fuel+ed by|as a result of|amid)\b", re.IGNORECASE
)


def _aside(text: str, place: Place | Division, quantity: Quantity, start: int, end: int) -> bool:
    """Whether a place stands in a relative clause that the number isn't part of."""
    return any(a <= place.start < b and not a <= quantity.start < b for a, b in side_clauses(text, start, end))


_FRAME = re.compile("(?:市场|方面|地区)?，")  # 在印度，…；…


def place(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> None:
    """Region and segment."""
    quantity, metric = draft.quantity, draft.metric
    start, end = draft.sentence
    cause = CAUSE.search(text, quantity.end, end)
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
        metric=metric.name,
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
        home = home_of(place, line, state, draft.subject.company)
        place = replace(place, code=home) if home else None
    if place:
        draft.region, draft.why["region"] = place.code, f"named: {place.words}"
        state.market = place.code if draft.subject.company == MARKET else state.market
    elif draft.subject.company == MARKET and draft.subject.rule == "topic" and state.market:
        draft.region, draft.why["region"] = state.market, "the market spoken of"
    elif state.placed is not None and _goes_on(text, draft, line, state, state.placed):
        draft.region, draft.why["region"] = state.placed.region, "the figure's before"
        state.placed = replace(state.placed, sentence=start)
    elif (region := _carried(draft, state, line)) is not None:
        draft.region, draft.why["region"] = region
    else:
        draft.region, draft.why["region"] = GLOBAL, "default"
    if draft.why["region"].startswith("named"):
        state.placed = Placed(start, line.sentence.paragraph, metric.name, draft.subject.company, draft.region)
    if draft.subject.mention is not None and _is_included(text, draft.subject.mention, start, end):
        draft.subject = replace(draft.subject, segment=None)
    is_carried = draft.subject.rule in ("topic", "carried", "pointed")
    is_company_wide = metric.name in ("rd_spend", "employees", "hires", "patents_filed", "patents_granted")
    named = draft.subject.segment if draft.subject.segment != "volume" and not is_company_wide else None
    if named and metric.unit is Unit.CURRENCY and metric.name not in ("asp", "price"):
        division = division_of(text, quantity, draft.subject.mention, start, end, right)
        named = None if division or (is_carried and named.startswith("product:")) else named
    mention = draft.subject.mention
    if named and mention is not None and mention.start > quantity.end and _NEXT_REASON.search(text, quantity.end, mention.start):
        named = None  # "a 13% slump: it lacked parts for its Redmi models"
    if not named and (product := _product_behind(line, quantity)):
        draft.segment, draft.why["segment"] = product.segment or "", f"named: {text[product.start : product.end]}"
        return
    is_left = is_carried and named is not None and _is_left_behind(text, draft, named, state, right)
    if is_left or (named and named.startswith("product:") and metric.name == "production_capacity"):
        named = None  # "1 million units a month", "over 100,000 smart TVs": of no product named before
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
        is_other = _OF_THE_WHOLE.search(text, last.end, quantity.start)
        return None if is_other else last
    behind = [d for d in divisions if quantity.end <= d.start < min(right, quantity.end + 60)]
    return behind[0] if behind and _FROM_A_PART.match(text[quantity.end : behind[0].start]) else None


_OF_THE_WHOLE = re.compile(
    r";|(?<!of the )(?<!of )\b(?:total|(?<!usiness )group|overall|company-?wide|altogether|in all)\b|\b(?:company|firm)['’]s\s(?:\w+\s){0,2}?(?:revenue|sales|turnover|income)\b|\b(?:adjusted )?net (?:profit|income|loss)\b", re.IGNORECASE
)
_FROM_A_PART = re.compile(r"^\s?(?:[\w-]+\s){0,4}?(?:from|in|at|for|by)\s(?:its\s|the\s|their\s)?$", re.IGNORECASE)
_ANYWHERE = ("employees", "hires", "patents_filed", "patents_granted")  # of the whole company unless a place is named


_INCLUDED = re.compile(r"(?:\s[\w-]+){0,2}\s(?:included|inclusive)\b|,?\s(?:and\s)?[\w-]+\)\s(?:combined|together)")
_INCLUDING = re.compile(r"\bincluding\s(?:its\s|the\s)?(?:[\w-]+\s){0,2}$")


def _is_included(text: str, mention: Mention, start: int, end: int) -> bool:
    """`Smartphone shipments (Honor phones included)`, `(itel, Infinix, Tecno) combined`: a brand that the figure holds, not the one it's of."""
    in_list = _LIST_OF_BRANDS.search(text, max(start, mention.start - 60), mention.start) is not None and text.find(")", mention.end, mention.end + 40) > 0
    return in_list or _INCLUDED.match(text, mention.end, end) is not None or _INCLUDING.search(text, max(start, mention.start - 40), mention.start) is not None


_LIST_OF_BRANDS = re.compile(r"\bbrands?\s\([^)]*$")


def home_of(place: Place, line: Line, state: State, company: str | None) -> str | None:
    """The home that `at home` speaks of: that of the company it opens the sentence of, else of the one named before it."""
    before = [m.company for m in line.mentions if m.company and m.company != MARKET and m.end <= place.start]
    after = [m.company for m in line.mentions if m.company and m.company != MARKET and m.start >= place.end]
    owner = before[-1] if before else after[0] if after else state.title_company or state.topic.company or company
    homes = state.topic.homes or {}
    return homes.get(owner or "") or homes.get(company or "")


_OF_MARKET = ("market_share", "rank")
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
    if last.metric in (*_OF_MARKET, *_VOLUMES) and (draft.metric.name in _OF_MARKET or (last.company == MARKET and draft.metric.name in _VOLUMES)):
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


def _segment(
    text: str, draft: Draft, line: Line, state: State, left: int, right: int, start: int, end: int, paragraph: int
) -> tuple[str, str]:
    metric, at = draft.metric, draft.quantity.start
    if is_chinese(text, draft.quantity):
        return segment_in_chinese(text, draft, state, start, paragraph)
    if metric.unit is Unit.CURRENCY or metric.name == "margin":
        if metric.name in ("valuation", "funding", "investment", "eps"):
            return metric.segment, "default"
    if (metric.unit is Unit.CURRENCY and metric.name != "asp") or metric.name == "margin":
        division = division_of(text, draft.quantity, draft.subject.mention, start, end, right)
        if division is not None and not any(division.start <= p.start < division.end for p in line.places):  # "its India unit" is no part
            state.money, state.money_paragraph = division.segment, paragraph
            return division.segment, f"named: {text[division.start : division.end]}"
        words = [
            s
            for s in find_segments(text, start, end, "money")
            if s[0] <= draft.quantity.end + 60 and s[0] < right and not (s[0] >= draft.quantity.end and _PART_END.search(text, draft.quantity.end, s[0]))
        ]
        if words and not _OF_THE_WHOLE.search(text, words[-1][1], max(words[-1][1], at)):
            state.money, state.money_paragraph = words[-1][2], paragraph
            return words[-1][2], f"named: {text[words[-1][0] : words[-1][1]]}"
        if state.money and _SAME_PART.search(text, start, draft.quantity.end):
            return state.money, "the segment spoken of"
        if (
            state.money
            and paragraph == state.money_paragraph
            and draft.subject.rule in ("carried", "topic", "pointed")
            and metric.name not in ("net_profit", "adjusted_net_profit")  # of the company, unless a part is named
            and not re.search(r"\b(?:total|group|company|overall)\b", text[left:at])
        ):
            return state.money, "carried"
        return metric.segment, "default"
    if metric.segment != "smartphones":
        return metric.segment, "default"
    if (
        draft.subject.mention
        and draft.subject.company == MARKET
        and (own := [g for g in find_segments(text, draft.subject.mention.start, end, "goods") if g[0] < draft.subject.mention.end])
    ):
        return own[0][2], f"named: {draft.subject.words}"
    if metric.name in _OF_MARKET and (other := _other_market(text, start, draft.quantity, right)):
        return other[2], f"named: {text[other[0] : other[1]]}"
    near_right = right
    if metric.name == "rank":  # "the top seller online wants more of its sales from shops"
        comma = text.find(",", draft.quantity.end, right)
        near_right = min(right, draft.quantity.end + 60, comma if comma > 0 else right)
    channel = [s for s in find_segments(text, start, end, "channel") if s[0] < near_right and (metric.name != "rank" or s[0] >= left) and not _AS_A_WHOLE.search(text, s[1], max(s[1], at))]
    if channel and (metric.name in ("channel_share", "market_share", "rank") or draft.subject.company == MARKET):
        near = min(channel, key=lambda s: abs(s[0] - at))
        return near[2], f"named: {text[near[0] : near[1]]}"
    if hit := _goods_near(text, draft, state, left, right):
        if metric.name in _OF_MARKET:
            state.shared = (start, paragraph, hit[2])
        return hit[2], f"named: {text[hit[0] : hit[1]]}"
    if metric.name in _OF_MARKET and state.shared and state.shared[1] == paragraph and state.shared[0] in (start, state.before) and state.goods_paragraph != paragraph:
        state.shared = (start, paragraph, state.shared[2])
        return state.shared[2], "the shares before"
    is_row = line.sentence.is_heading and end - start < 80
    is_below = state.is_goods_heading and is_row and paragraph - state.goods_paragraph <= 12
    if state.local_goods and (paragraph == state.goods_paragraph or is_below):
        return state.local_goods, "the paragraph's"
    if state.goods and state.goods != "smartphones":
        return state.goods, "topic"
    return metric.segment, "default"


_PART_END = re.compile(r",\s(?:of which|with|and|but|while)\b|\band the\b|;")
_SAME_PART = re.compile(r"\b(?:(?:the|this|that) (?:segment|division|unit)\b(?!\sthat)(?! of)(?:['’]s)?|its gross margin\b|of which\b)", re.IGNORECASE)
_AS_A_WHOLE = re.compile(r"\b(?:overall|altogether|as a whole)\b", re.IGNORECASE)
_GOODS_END = re.compile(r"[,;(]|\b(?:but|while|whereas|versus|compared|although)\b")
_NO_GOODS = re.compile(
    r"\b(?:without|includ(?:es|ing|ed)|such as|on the strength of|thanks to|helped by|driven by|due to|on brisk sales of|besides|apart from|except)\s(?:[\w’'&-]+,?\s){0,5}$", re.IGNORECASE
)
OVERALL = re.compile(r"\b(?:overall|whole|entire|total|broader)\s(?:smart ?phone\s)?market\b(?! share)", re.IGNORECASE)
SAME_GOODS = re.compile(r"\b(?:the|this|that) (?:same )?(?:segment|tier|category|price band|bracket)\b(?! (?:of|for|between|above|under|below|from))", re.IGNORECASE)
_KINDS = ("5G smartphones", "premium smartphones", "ultra-premium smartphones", "mid-premium smartphones", "segment:4G phones", "segment:foldables")  # of smartphones


_NEXT_REASON = re.compile(r"[:;]|,\s(?:it|they|and|but|while|as|because)\b")


def _product_behind(line: Line, quantity: Quantity) -> Mention | None:
    """The product that a number counts right behind it: `95,000 Mi 3 phones`."""
    return next((m for m in line.mentions if m.what == "product" and m.segment and 0 <= m.start - quantity.number_end <= 2), None)


_THE_FIRM = re.compile(r"(?:the|this)\s(?:[\w-]+\s){0,2}(?:company|firm|group|corporation|giant|business)\b", re.IGNORECASE)


def _is_left_behind(text: str, draft: Draft, named: str, state: State, right: int) -> bool:
    """Whether a product or brand named before isn't what a figure is of: `the company` made it, the paragraph is another, other goods are counted."""
    if _THE_FIRM.match(draft.subject.words) or (named.startswith("product:") and _goods_behind(text, draft.quantity, right)):
        return True
    name = named.partition(":")[2].removesuffix(" series").lower()
    if not named.startswith(("product:", "segment:")) or name in state.title.lower():
        return False
    paragraph = text[max(text.rfind("\n", 0, draft.quantity.start), draft.quantity.start - 2_000, 0) : right].lower()
    return name not in paragraph and draft.metric.segment == "smartphones"


def _goods_behind(text: str, quantity: Quantity, right: int) -> str | None:
    """The goods that a number counts right behind it: `100,000 Mi TVs`."""
    return next((g[2] for g in find_segments(text, quantity.end, min(right, quantity.end + 30), "goods") if g[0] <= quantity.end + 1 and g[2] != "smartphones"), None)


_MARKET_FOR = re.compile(
    r"(?:\bmarket (?:for|in)|(?:maker|vendor|supplier|provider|seller|producer)s? of)\s(?!(?:the|its|their|this|that|which|all|it|smart|mobile|phones?|handsets?|cell|consumer)\b)(?P<goods>[a-z5][\w-]+(?:\s(?:gear|equipment|stations?|panels?|cards?|services|chips|systems|vehicles|cars|speakers|devices|software))?)\b(?!['’])"
)


def _other_market(text: str, start: int, quantity: Quantity, right: int) -> tuple[int, int, str] | None:
    """A market of other goods than devices: `10 % of the market for network equipment`, `the second-largest maker of telecom gear`."""
    found = [m for m in _MARKET_FOR.finditer(text, max(start, quantity.start - 60), min(right, quantity.end + 80)) if not _GOODS_END.search(text, quantity.end, max(quantity.end, m.start()))]
    if not found or find_segments(text, found[0].start("goods"), found[0].end("goods"), "goods"):
        return None
    return found[0].start(), found[0].end(), f"segment:{found[0]['goods']}"


def whole_of(state: State) -> str:
    """The goods of the overall market: those the text is about, for a kind of phones all phones."""
    return "smartphones" if state.goods is None or state.goods in _KINDS else state.goods


_DEVICES = re.compile(r"\+?\s(?:\w+\s){0,2}?devices\b(?=[^.;]*?(?:\bof (?:which|them)\b[^.;]*(?:phones|TVs)|\b(?:phones|TVs)\b[^.;]*\bincluded\b|\bincluding\b[^.;]*(?:phones|TVs)))")


def _goods_near(text: str, draft: Draft, state: State, left: int, right: int) -> tuple[int, int, str] | None:
    """The goods that a number's own clause names, nearest first; else the last ones before it in the sentence."""
    (start, end), quantity = draft.sentence, draft.quantity
    aside = side_clauses(text, start, end)
    whole = whole_of(state)
    if _DEVICES.match(text, quantity.number_end, end):
        return quantity.number_end, quantity.number_end, "smart devices"
    last = [] if state.last_goods is None else [(m.start(), m.end(), state.last_goods) for m in SAME_GOODS.finditer(text, start, end)]
    found = [*find_segments(text, start, end, "goods"), *last, *((m.start(), m.end(), whole) for m in OVERALL.finditer(text, start, end))]
    near = [
        g
        for g in found
        if (g[0] < right or g[0] < quantity.end + 30)
        and not (g[0] >= quantity.end and _GOODS_END.search(text, quantity.end, g[0]))
        and not any(a <= g[0] < b and not a <= quantity.start < b for a, b in aside)
        and not _NO_GOODS.search(text, max(start, g[0] - 60), g[0])
    ]
    inside = [g for g in near if g[0] >= left] or [g for g in near if g[1] <= quantity.start]
    return min(inside, key=lambda g: abs(g[0] - quantity.start)) if inside else None
