"""The time of a figure that names none: what was spoken of before, the day it was told, or all since a launch."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from datetime import date

from etl.claims.compose import Draft
from etl.claims.dating_chinese import is_so_far_in_chinese
from etl.claims.measure_chinese import is_chinese
from etl.claims.scan import Kept
from etl.claims.spoken import spoken_of
from etl.claims.state import State
from etl.claims.timing import as_of
from etl.claims.unsaid import OF_THESE
from etl.model import MARKET, Nature, Period, Unit

_SO_FAR = Kept(re.compile(r"\b(?:so far|to date|until now|till date|since (?:its |the )?(?:launch|release|debut|founding|beginning)|since (?:it|they) (?:was |were )?(?:founded|launched|started|began|set up))\b", re.IGNORECASE))
_IN_MINUTES = re.compile(
    r"[^.;,]{0,40}?\b(?:in|within|over) (?:(?:just|only|under|about|less than|the first)\s)*\S+ (?:minutes?|seconds?|hours?|days?)\b",
    re.IGNORECASE,
)
_IS_NOW = re.compile(r"\b(?:now\sis|is\snow|now\sstands\sat)\s(?:about\s|over\s|around\s|nearly\s|almost\s)?$", re.IGNORECASE)
_HAD_LONG = re.compile(r"\bhad (?:been |held |led |topped |headed |ruled |dominated |long ).{0,80}?\bfor (?:(?:the|more|over|nearly|almost|about|at|least|last|past|previous|than|some|a) )*(?:[\w-]+ )?(?:years?|quarters?|months?|decade|decades)\b", re.IGNORECASE)
_OTHER_TIME = re.compile(r"\b(?:last|next) (?:year|month|quarter|festive)|\b(?:since|so far|to date|ever|lifetime|in all)\b|\b(?:quarter|annual)", re.IGNORECASE)
_HAS_SOLD = re.compile(
    r"\b(?:has|have)\s(?:already\s|now\s|also\s|just\s|together\s)*(?:sold|shipped|hit|crossed|surpassed|reached|passed|been sold|been shipped|gone past|topped|moved|exceeded)\b|\bsales (?:cross|hit|top|surpass|pass|reach)(?:ed|es)?\b", re.IGNORECASE
)


def carried_time(text: str, draft: Draft, state: State, published: date | None, paragraph: int) -> None:
    """Give the draft the time that the text speaks of where its sentence names none; a stock is told as of the day of publication."""
    metric = draft.metric
    if metric.stock and state.counted is not None and OF_THESE.match(text, draft.sentence[0]):
        draft.period, draft.why["period"] = state.counted, "that of what was counted before"
        return
    if metric.stock and metric.name not in ("rank",) and draft.change.role != "change":
        lead = state.lead if state.is_results and state.is_lead_sure else None
        is_told = lead is not None and published is not None and lead.last < published and 80 < (lead.days or 0) < 100
        if lead and published and is_told and metric.name in ("users", "iot_devices") and (published - lead.last).days < 100:
            draft.period, draft.why["period"] = as_of(lead.last), "stock: at the quarter's end"
        elif published:
            draft.period, draft.why["period"] = as_of(published), "stock: at publication"
        return
    if metric.name.startswith("patents_") and draft.change.role == "level" and published:
        draft.period, draft.why["period"] = as_of(published), "stock: at publication"
        return
    if metric.name in ("rank", "market_share") and _HAD_LONG.search(text, *draft.sentence):
        return  # what was so before the time that the text tells of
    if metric.stock and metric.name == "rank" and state.lead is None and published:
        draft.period, draft.why["period"] = as_of(published), "standing: at publication"
        return
    if published and _is_sum_so_far(text, draft):
        draft.period, draft.why["period"] = Period.parse(f"cum:/{published.isoformat()}"), "so far: to publication"
        return
    if state.sale is not None and metric.name in ("sales_units", "revenue") and draft.subject.company != MARKET and _OTHER_TIME.search(text, *draft.sentence) is None:
        draft.period, draft.why["period"] = state.sale, "the sale's"
        return
    if published and (sum_of := _since_launch(text, draft, state, published)) is not None:
        draft.period, draft.why["period"] = sum_of, "since it was launched"
        return
    if draft.segment.startswith("product:") and metric.unit is Unit.UNITS and not draft.quantity.per and draft.change.role != "change":
        return  # a product's sales "in three months" are about no period that the text named before
    if metric.unit is Unit.UNITS and _IN_MINUTES.match(text[draft.quantity.end : draft.quantity.end + 80]):
        return
    if metric.name == "market_share" and published and _IS_NOW.search(text[draft.sentence[0] : draft.quantity.start]):
        draft.period, draft.why["period"] = as_of(published), "standing: now"
        return
    carried = spoken_of(state, paragraph)
    has_begun = carried and published and (carried.first or carried.last) <= published
    is_whole = carried and "/" not in carried.label and not is_chinese(text, draft.quantity)  # a year that runs
    if carried and published and carried.last > published and not (has_begun and is_whole):
        carried = state.lead if state.lead and state.lead.last <= published else None
    if metric.name in ("production",) and draft.quantity.per and published:
        draft.period, draft.why["period"] = Period.parse(f"{published.year}-{published.month:02d}"), "rate: at publication"
    elif carried and metric.name in ("market_share", "rank") and published and carried.last > published:
        draft.period, draft.why["period"] = as_of(published), "standing: at publication"
    elif carried and carried.nature is not Nature.CUM and metric.name not in ("valuation", "price", "investment", "funding"):
        draft.period, draft.why["period"] = carried, "carried"
    elif metric.name in ("rank", "market_share") and published:
        draft.period, draft.why["period"] = as_of(published), "standing: at publication"


def _is_sum_so_far(text: str, draft: Draft) -> bool:
    """Whether an amount has come together until now: `has sold over 5 million so far`."""
    if draft.metric.unit is not Unit.UNITS or draft.change.role != "level" or draft.quantity.per or draft.subject.company == MARKET:
        return False
    if re.search(r"\b(?:plan|goal|target|forecast)\b", text[draft.sentence[0] : draft.quantity.start], re.IGNORECASE):
        return False
    return _SO_FAR.search(text, *draft.sentence) is not None or is_so_far_in_chinese(text, *draft.sentence)


def _since_launch(text: str, draft: Draft, state: State, published: date) -> Period | None:
    """What a product `has sold`, where the text told when it came out: the sum since then."""
    is_sum = draft.metric.unit is Unit.UNITS and draft.change.role == "level" and not draft.quantity.per and draft.segment.startswith("product:")
    if not is_sum or state.launched is None or state.launched.last > published or _HAS_SOLD.search(text, *draft.sentence) is None:
        return None
    return months_to(state.launched, published)


def months_to(since: Period, published: date) -> Period:
    """All that came together from the beginning of a period to the month of publication."""
    first = since.first or since.last
    return Period.parse(f"cum:{first.year}-{first.month:02d}/{published.year}-{published.month:02d}")
