"""What the grammars of the `claims` room find in a text: quantities, expressions of time and cues of a basis, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.model import Basis, Bound, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit. Places are code points of the text, [start, end)."""

    start: int  # of the whole expression, with bound word, unit and currency
    end: int
    number_start: int  # of the number as printed: with scale word, and with a sign, currency or % that touches it
    number_end: int
    value: Decimal  # fully expanded; the lower end of a range
    high: Decimal | None  # the upper end of a range
    unit: str  # ISO 4217 code, percent, percentage point, basis point, times, rank, fraction, a singular noun, noun/month; "" for none
    currency: str | None  # ISO 4217
    per: str | None  # second, minute, day, week, month, quarter, year, share
    bound: Bound
    rounding: Decimal  # half of the last printed digit; doubled where the text says "about"
    alt: int | None  # index, in the list found, of the same amount in another currency
    is_price_like: bool  # money of the size and wording of a price tag
    trap: str | None  # why this number is no quantity (year, date, model…); None for a real one
    elided: bool  # the unit was taken from a neighbour
    lead: str  # the bound word as printed, "" for none


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that name a time, and the calendar days they mean."""

    start: int
    end: int
    period: Period | None  # None for relative words in a text without a date
    how: str  # absolute | relative | fiscal | event
    is_comparison: bool  # names the earlier point of a change: "a year earlier", "from the previous quarter"
    basis: Basis | None  # of the change that a comparison speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisCue:
    """Words that say against what a change is measured without naming a time: "year-on-year", "sequentially", 同比."""

    start: int
    end: int
    basis: Basis
