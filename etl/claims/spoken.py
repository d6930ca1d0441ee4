"""Which time a text means where a figure names none, or no more than `in the quarter` and `for the year`."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from datetime import date

from etl.claims.scan import Worded
from etl.claims.state import State
from etl.model import Nature, Period

YEARLY = Worded(
    re.compile(
        r"\b(?:full[- ]year|for the (?:full |whole |entire )?year|(?:in|over|across|during) the (?:full|whole|entire) year\b|(?:in|over) the year(?= as a whole|[.,;]|$)|annual (?:revenue|sales|profit|shipments|turnover))\b",
        re.IGNORECASE,
    ),
    *("full-year", "full year", "the year", "whole year", "entire year", "annual"),
)
QUARTERLY = Worded(
    re.compile(
        r"\bquarterly\b|\btrimestral(?:es)?\b|\b(?:for|in|during) the (?:whole |full |entire )?quarter\b|\bthe quarter['’]s\b|en el trimestre",
        re.IGNORECASE,
    ),
    *("quarterly", "the quarter", "whole quarter", "full quarter", "entire quarter", "trimestr"),
)


def spoken_of(state: State, paragraph: int) -> Period | None:
    """The time that a figure without one is about: the paragraph's last, else what opened it or the one before, else the text's."""
    if state.told is not None and paragraph == state.told_paragraph:
        return state.told
    is_past = state.frame is not None and state.lead is not None and state.lead.first is not None and state.frame.last < state.lead.first
    if state.frame is not None and paragraph - state.frame_paragraph <= (0 if is_past else 1):
        return state.frame
    return state.lead or state.period


def _quarter_told(state: State, paragraph: int) -> Period | None:
    """The quarter that `in the quarter` means: the paragraph's, else the text's, else the last one named."""
    for period in (state.told if state.told_paragraph == paragraph else None, state.lead if state.is_lead_sure else None):
        if period and period.nature is Nature.SPAN and 85 <= (period.days or 0) <= 95:
            return period
    month = state.told if state.quarter is None and state.told_paragraph == paragraph else None
    if month and month.nature is Nature.SPAN and 27 < (month.days or 0) < 32:
        return Period.parse(f"{month.last.year}-Q{(month.last.month + 2) // 3}")
    return state.quarter


def _year_told(state: State, paragraph: int) -> Period | None:
    """The year that `in the year` means: the paragraph's, else the text's, else the last one named."""
    lead = state.lead if state.is_lead_sure or state.is_lead_title else None
    for period in (state.told if state.told_paragraph == paragraph else None, lead):
        if period and period.nature is Nature.SPAN and (period.days or 0) >= 365 and "/" not in period.label:
            return period
    if state.year and lead and lead.nature is Nature.SPAN and (lead.days or 999) < 100 and state.year.last.year < lead.last.year:
        return Period.parse(str(lead.last.year))
    return state.year


def loosely(text: str, start: int, end: int, state: State, published: date | None, paragraph: int, at: int) -> tuple[Period, str] | None:
    """`for the year`, `quarterly` in text[start:end]: the year or quarter that the text is about; of both the first behind the number that ends at `at`."""
    behind, other = YEARLY.within(text, at, end), QUARTERLY.within(text, at, end)
    match = behind or YEARLY.within(text, start, end)
    if match and not (other and (behind is None or other.start() < behind.start())):
        if published and re.search(r"\b(?:goal|target|aim|plan|expect|forecast|guidance|outlook)", text[start : match.start() + (at if behind else start)], re.IGNORECASE):
            return Period.parse(str(published.year)), f"named loosely: {match[0]}"
        if told := _year_told(state, paragraph):
            return told, f"named loosely: {match[0]}"
        year = min(state.quarter.last.year, published.year) if state.quarter and published else published.year if published else None
        return (Period.parse(str(year)), f"named loosely: {match[0]}") if year else None
    match = QUARTERLY.within(text, start, end)
    told = _quarter_told(state, paragraph) if match else None
    return (told, f"named loosely: {match[0]}") if match and told else None
