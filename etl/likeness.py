"""When two figures say the same, and which stretch of another year a period answers to. Pure; `facts`, `shifts` and `baseline` share it.

A printed number stands for an interval: 23.1 million is anything that rounds to it, or that a writer in a hurry cuts off to it
(23.16 million often becomes "23.1 million"). Two figures agree when their intervals meet.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etl.model import Basis, Bound, Nature, Period, Unit

_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount as far as its wording pins it down."""

    amount: Decimal
    amount_high: Decimal | None = None
    rounding: Decimal = Decimal(0)
    bound: Bound = Bound.EXACT
    is_rank: bool = False

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest amount it can stand for. More than a fall of 10 % is a greater fall."""
        if self.bound in (Bound.GT, Bound.LT):
            beyond = (self.bound is Bound.GT) == (self.amount >= 0)
            step = Decimal(1) if self.is_rank else -self.rounding  # "below third" is fourth or worse; "over 100 million" may be 100 million
            return (self.amount + step, _ENDLESS) if beyond else (-_ENDLESS, self.amount - step)
        low, high = sorted((self.amount, self.amount if self.amount_high is None else self.amount_high))
        return low - self.rounding, high + self.rounding


def agree(a: Printed, b: Printed) -> bool:
    """True when both can be true: they differ by less than their roundings, or one is the other cut off to fewer digits."""
    (low_a, high_a), (low_b, high_b) = a.ends, b.ends
    if a.amount == b.amount and a.amount_high == b.amount_high and a.bound == b.bound:
        return True
    if _ENDLESS in (abs(low_a), abs(high_a), abs(low_b), abs(high_b)) or a.rounding == b.rounding == 0:
        return low_a <= high_b and low_b <= high_a
    if low_a < high_b and low_b < high_a:  # two neighbours of the same digits, 14 % and 15 %, only touch
        return True
    return _cuts_to(a, b) or _cuts_to(b, a)


def _cuts_to(fine: Printed, coarse: Printed) -> bool:
    """Whether cutting digits off the finer number gives the coarser: 23.16 → 23.1."""
    if fine.rounding >= coarse.rounding or fine.bound is Bound.RANGE or coarse.bound is Bound.RANGE:
        return False
    if (fine.amount < 0) != (coarse.amount < 0):
        return False
    return abs(coarse.amount) <= abs(fine.amount) < abs(coarse.amount) + 2 * coarse.rounding


def digits(amount: Decimal) -> int:
    """How many digits carry it: 100,000,000 has one, 23,160,000 has four."""
    return len("".join(map(str, amount.normalize().as_tuple().digits)))


def is_share(unit: Unit) -> bool:
    """Percents and percentage points: a move of theirs is told in percentage points."""
    return unit in (Unit.PERCENT, Unit.PP)


# ---------------------------------------------------------------- periods


def spelled(nature: Nature, first: date | None, last: date) -> Period:
    """The period with its one label: 1 April to 30 June 2017 is 2017-Q2, however it was written."""
    prefix = "" if nature is Nature.SPAN else f"{nature.value}:"
    return Period(nature=nature, first=first, last=last, label=prefix + _label(first, last))


def _label(first: date | None, last: date) -> str:
    ends_month = last.day == calendar.monthrange(last.year, last.month)[1]
    if first is None:
        return f"/{_month(last) if ends_month else last.isoformat()}"
    if first == last:
        return last.isoformat()
    if first.day != 1 or not ends_month:
        return f"{first.isoformat()}/{last.isoformat()}"
    if first.year == last.year:
        months = (first.month, last.month)
        if months == (1, 12):
            return f"{first.year}"
        if months in ((1, 6), (7, 12)):
            return f"{first.year}-H{1 if months[0] == 1 else 2}"
        if months[1] - months[0] == 2 and months[1] % 3 == 0:
            return f"{first.year}-Q{months[1] // 3}"
        if months[0] == months[1]:
            return _month(first)
    return f"{_month(first)}/{_month(last)}"


def _month(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def at_grain(period: Period | None) -> Period | None:
    """The period as facts count it: one label for the same days, and a point in time at its month."""
    if period is None:
        return None
    if period.nature is Nature.ASOF and (period.first is None or (period.last - period.first).days < 31):
        first = period.last.replace(day=1)
        return spelled(Nature.ASOF, first, _month_end(first))
    return spelled(period.nature, period.first, period.last)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def years_on(period: Period, years: int) -> Period:
    """The same part of the year, `years` later or earlier: Q3 2025 eight years back is Q3 2017."""
    return spelled(period.nature, None if period.first is None else _moved(period.first, years), _moved(period.last, years))


def _moved(day: date, years: int) -> date:
    if (day.month, day.day) in ((2, 28), (2, 29)):  # the end of February stays the end of February
        return _month_end(date(day.year + years, 2, 1)) if day == _month_end(day) else date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def earlier(period: Period | None, basis: Basis) -> Period | None:
    """The period that a change of `period` is measured from, where the basis settles it."""
    if period is None or period.first is None:
        return None
    if basis is Basis.YOY:
        return years_on(period, -1)
    if basis is Basis.QOQ and _label(period.first, period.last)[4:6] == "-Q":
        last = period.first - timedelta(days=1)
        return spelled(Nature.SPAN, date(last.year, last.month - 2, 1), last)
    return None


def contains(outer: Period, inner: Period) -> bool:
    """Whether every day of `inner` lies in `outer`."""
    if outer.last < inner.last:
        return False
    return outer.first is None or (inner.first is not None and outer.first <= inner.first)


def overlap(a: Period, b: Period) -> float:
    """The share of their joint days that two periods have in common, 0 to 1."""
    if a.first is None or b.first is None:
        return 1.0 if (a.first, a.last) == (b.first, b.last) else 0.0
    shared = (min(a.last, b.last) - max(a.first, b.first)).days + 1
    joint = (max(a.last, b.last) - min(a.first, b.first)).days + 1
    return max(shared, 0) / joint


def is_full_year(period: Period) -> bool:
    """Whether it is a calendar year, from January to December."""
    return period.nature is Nature.SPAN and period.first == date(period.last.year, 1, 1) and period.last == date(period.last.year, 12, 31)
