"""Which goods a count, share or rank is of: those its own clause names, else those that the text goes on about."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.compose import Draft
from etl.claims.measure_chinese import is_chinese
from etl.claims.mentions import Mention
from etl.claims.parts import division_of
from etl.claims.scan import Kept
from etl.claims.segments import find_segments
from etl.claims.sentences import side_clauses
from etl.claims.spans import Quantity
from etl.claims.state import Line, State
from etl.model import MARKET, Unit

OF_MARKET = ("market_share", "rank")
_AS_A_WHOLE = re.compile(r"\b(?:overall|altogether|as a whole)\b", re.IGNORECASE)
_GOODS_END = re.compile(r"[,;(]|\b(?:but|while|whereas|versus|compared|although)\b")
_NO_GOODS = re.compile(
    r"\b(?:without|includ(?:es|ing|ed)|such as|on the strength of|thanks to|helped by|driven by|due to|on brisk sales of|besides|apart from|except)\s(?:[\w’'&-]+,?\s){0,5}$", re.IGNORECASE
)
OVERALL = Kept(re.compile(r"\b(?:overall|whole|entire|total|broader)\s(?:smart ?phone\s)?market\b(?! share)", re.IGNORECASE),
    "overall", "whole", "entire", "total", "broader")  # fmt: skip
SAME_GOODS = Kept(re.compile(r"\b(?:the|this|that) (?:same )?(?:segment|tier|category|price band|bracket)\b(?! (?:of|for|between|above|under|below|from))", re.IGNORECASE),
    "segment", "tier", "category", "price band", "bracket")  # fmt: skip
_KINDS = ("5G smartphones", "premium smartphones", "ultra-premium smartphones", "mid-premium smartphones", "segment:4G phones", "segment:foldables")  # of smartphones


def goods_of(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> tuple[str, str]:
    """The segment of a figure about devices, and what gave it."""
    metric, quantity, (start, end) = draft.metric, draft.quantity, draft.sentence
    paragraph, mention = line.sentence.paragraph, draft.subject.mention
    if (
        mention
        and draft.subject.company == MARKET
        and (own := [g for g in find_segments(text, mention.start, end, "goods") if g[0] < mention.end])
    ):
        return own[0][2], f"named: {draft.subject.words}"
    if metric.name in OF_MARKET and (other := _other_market(text, start, quantity, right)):
        return other[2], f"named: {text[other[0] : other[1]]}"
    if channel := _channel(text, draft, left, right):
        return channel[2], f"named: {text[channel[0] : channel[1]]}"
    if hit := _goods_near(text, draft, state, left, right):
        if metric.name in OF_MARKET:
            state.shared = (start, paragraph, hit[2])
        return hit[2], f"named: {text[hit[0] : hit[1]]}"
    if (
        metric.name in OF_MARKET
        and state.shared
        and state.shared[1] == paragraph != state.goods_paragraph
        and state.shared[0] in (start, state.before)
    ):
        state.shared = (start, paragraph, state.shared[2])
        return state.shared[2], "the shares before"
    is_row = line.sentence.is_heading and end - start < 80
    is_below = state.is_goods_heading and is_row and paragraph - state.goods_paragraph <= 12
    if state.local_goods and (paragraph == state.goods_paragraph or is_below):
        return state.local_goods, "the paragraph's"
    if state.goods and state.goods != "smartphones":
        return state.goods, "topic"
    return metric.segment, "default"


def _channel(text: str, draft: Draft, left: int, right: int) -> tuple[int, int, str] | None:
    """The way of selling that a share, rank or market figure is of, nearest first."""
    metric, quantity, (start, end) = draft.metric, draft.quantity, draft.sentence
    if metric.name not in ("channel_share", *OF_MARKET) and draft.subject.company != MARKET:
        return None
    near_right = right
    if metric.name == "rank":  # "the top seller online wants more of its sales from shops"
        comma = text.find(",", quantity.end, right)
        near_right = min(right, quantity.end + 60, comma if comma > 0 else right)
    found = [
        s
        for s in find_segments(text, start, end, "channel")
        if s[0] < near_right
        and (metric.name != "rank" or s[0] >= left)
        and not _AS_A_WHOLE.search(text, s[1], max(s[1], quantity.start))
    ]
    return min(found, key=lambda s: abs(s[0] - quantity.start)) if found else None


def named_of(text: str, draft: Draft, line: Line, state: State, right: int) -> tuple[str, str] | None:
    """The product, brand or goods that the subject itself names, where the figure is of it."""
    metric, quantity, subject = draft.metric, draft.quantity, draft.subject
    mention, (start, end) = subject.mention, draft.sentence
    if metric.name in ("rd_spend", "employees", "hires", "patents_filed", "patents_granted"):
        return None  # of the whole company
    is_carried = subject.rule in ("topic", "carried", "pointed")
    named = subject.segment if subject.segment != "volume" else None
    if named and metric.unit is Unit.CURRENCY and metric.name not in ("asp", "price"):
        division = division_of(text, quantity, mention, start, end, right)
        named = None if division or (is_carried and named.startswith("product:")) else named
    if named and mention is not None and _is_included(text, mention, quantity.start, start, end):
        named = None
    if named and mention is not None and mention.start > quantity.end and _NEXT_REASON.search(text, quantity.end, mention.start):
        named = None  # "a 13% slump: it lacked parts for its Redmi models"
    if metric.unit is Unit.UNITS and named and named.startswith(("segment:", "product:")) and mention is not None and mention.what in ("brand", "product") and mention.end <= quantity.start and (goods := _goods_behind(text, quantity, right)) is not None:
        return goods, f"named: {text[quantity.number_start : quantity.end]}"  # "1.8 million Redmis and 560,000 TVs"
    if not named and not is_chinese(text, quantity) and (product := _product_behind(line, quantity)):
        return product.segment or "", f"named: {text[product.start : product.end]}"
    is_left = is_carried and named is not None and _is_left_behind(text, draft, named, state, right)
    if is_left or (named and named.startswith("product:") and metric.name == "production_capacity"):
        return None  # "1 million units a month", "over 100,000 smart TVs": of no product named before
    return (named, f"named: {subject.words}") if named else None


_NEXT_REASON = re.compile(r"[:;]|,\s(?:it|they|and|but|while|as|because)\b")
_INCLUDED = re.compile(r"(?:\s[\w-]+){0,2}\s(?:included|inclusive)\b|,?\s(?:and\s)?[\w-]+\)\s(?:combined|together)")
_OWNS_BRANDS = re.compile(r",\s(?:which|whose|(?:the\s)?(?:owner|maker|parent|company behind)\s(?:of\s)?)\b[^.;]*$")
_INCLUDING = re.compile(r"\bincluding\s(?:its\s|the\s)?(?:[\w-]+\s){0,2}$")


def _is_included(text: str, mention: Mention, number: int, start: int, end: int) -> bool:
    """`Smartphone shipments (Honor phones included)`, `(itel, Infinix, Tecno) combined`: a brand that the figure holds, not the one it's of."""
    opened = text.rfind("(", start, mention.start)
    closed = text.find(")", mention.end, min(end, mention.end + 60))
    in_list = opened > text.rfind(")", start, mention.start) and 0 < closed < number and "," in text[opened:closed]
    in_clause = _OWNS_BRANDS.search(text, start, mention.start) is not None and "," in text[mention.end : number]
    return (
        in_list or in_clause or _INCLUDED.match(text, mention.end, end) is not None or _INCLUDING.search(text, max(start, mention.start - 40), mention.start) is not None
    )


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


_MARKET_FOR = Kept(re.compile(
    r"(?:\bmarkets? for|\b(?:maker|vendor|supplier|provider|seller|producer)s? of)\s(?P<goods>(?:[a-z5][\w-]*\s){0,2}?(?:gear|equipment|base stations?|panels?|displays?|graphics cards|chips|processors|modems|routers?|servers?|semiconductors|sensors|batteries|memory|vehicles|cars|headphones|appliances|printers|monitors|drones|cameras|software))\b"
), "market for", "markets for", "r of", "rs of")  # fmt: skip


def _other_market(text: str, start: int, quantity: Quantity, right: int) -> tuple[int, int, str] | None:
    """A market of other goods than devices: `10 % of the market for network equipment`, `the second-largest maker of telecom gear`."""
    found = [m for m in _MARKET_FOR.all(text, max(start, quantity.start - 60), min(right, quantity.end + 80)) if not _GOODS_END.search(text, quantity.end, max(quantity.end, m.start()))]
    if not found or find_segments(text, found[0].start("goods"), found[0].end("goods"), "goods"):
        return None
    return found[0].start(), found[0].end(), f"segment:{found[0]['goods']}"


_OF_A_MAKER = re.compile(r"\s(?:maker|manufacturer|giant|vendor|brand|company|firm|major)\s(?=[A-Z])")  # "handset maker Xiaomi": what it's known for


def goods_made(text: str, quantity: Quantity, right: int) -> str | None:
    """The goods that a share of local production is of: `85 per cent of its TVs are made here`."""
    found = [g for g in find_segments(text, quantity.end, min(right, quantity.end + 40), "goods") if _OF_ITS.fullmatch(text, quantity.end, g[0])]
    return found[0][2] if found and found[0][2] != "smartphones" else None


_OF_ITS = re.compile(r"\s?(?:per ?cent|%)?\sof\s(?:its|the|their|all|all its|all the)\s")


def whole_of(state: State) -> str:
    """The goods of the overall market: those the text is about, for a kind of phones all phones."""
    return "smartphones" if state.goods is None or state.goods in _KINDS else state.goods


_DEVICES = re.compile(r"\+?\s(?:\w+\s){0,2}?devices\b(?=[^.;]*?(?:\bof (?:which|them)\b[^.;]*(?:phones|TVs)|\b(?:phones|TVs)\b[^.;]*\bincluded\b|\bincluding\b[^.;]*(?:phones|TVs))|(?=[^;\n]{0,200}\.\s(?:Of (?:these|them|those)|[^.;\n]{0,40}\bof (?:them|these|those))\b[^.;\n]*(?:phones|TVs)))")


def _goods_near(text: str, draft: Draft, state: State, left: int, right: int) -> tuple[int, int, str] | None:
    """The goods that a number's own clause names, nearest first; else the last ones before it in the sentence."""
    (start, end), quantity = draft.sentence, draft.quantity
    aside = side_clauses(text, start, end)
    whole = whole_of(state)
    if _DEVICES.match(text, quantity.number_end, end):
        return quantity.number_end, quantity.number_end, "smart devices"
    named = [g for g in find_segments(text, start, end, "goods") if not _OF_A_MAKER.match(text, g[1])]
    last: list[tuple[int, int, str]] = []
    for match in SAME_GOODS.all(text, start, end):
        goods = next((g[2] for g in reversed(named) if g[1] <= match.start()), state.last_goods)
        last += [(match.start(), match.end(), goods)] if goods else []
    found = [*named, *last, *((m.start(), m.end(), whole) for m in OVERALL.all(text, start, end))]
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
