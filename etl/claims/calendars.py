"""Arithmetic of periods: quarters, halves, fiscal years, and the shortest label for a stretch of days."""

from __future__ import annotations

import calendar
import re
from datetime import date

from etl.model import Nature, Period

MONTHS = (
    {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
    | {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
    | {"sept": 9}
)
# The first month of the fiscal year of those whose year isn't the calendar's, and the words that tell of them.
_FISCAL = (
    (10, re.compile(r"\b(?:Apple|iPhones?|iPad|Cupertino|Tim Cook|Qualcomm)\b|苹果|库克|高通")),
    (7, re.compile(r"\b(?:Microsoft|Xbox)\b|微软")),
    (4, re.compile(r"\b(?:Indian?|Rs\.?|crores?|lakhs?|INR|Lenovo|Alibaba|Sony|Japan(?:ese)?|SoftBank|Bharti|Flipkart|MCA|RoC)\b|₹"
                   r"|印度|卢比|联想|阿里巴巴|索尼|软银|日本")),
)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from the given one. Months beyond 12 (or below 1) run into other years."""
    first, last = year * 12 + month - 1, year * 12 + month - 2 + count
    return date(first // 12, first % 12 + 1, 1), month_end(last // 12, last % 12 + 1)


def quarter(year: int, number: int) -> tuple[date, date]:
    """A calendar quarter; numbers beyond 1 to 4 run into other years."""
    return months(year, 3 * number - 2, 3)


def quarter_of(day: date) -> int:
    """The calendar quarter that the day lies in."""
    return (day.month + 2) // 3


def add_months(day: date, count: int) -> date:
    """The same day so many months later, or the month's last."""
    first, _ = months(day.year, day.month + count, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def years_before(days: tuple[date, date], count: int) -> tuple[date, date]:
    """The same stretch so many years before."""
    first, last = days
    ends_month = last == month_end(last.year, last.month)
    back = add_months(last, -12 * count)
    return add_months(first, -12 * count), month_end(back.year, back.month) if ends_month else back


def label_of(first: date, last: date) -> str:
    """The shortest label for the days from first to last: 2017, 2017-H1, 2017-Q2, 2017-06, 2017-06-18 or A/B."""
    whole = first.day == 1 and last == month_end(last.year, last.month)
    if first == last and not whole:
        return first.isoformat()
    if whole and first.year == last.year:
        span = last.month - first.month + 1
        if span == 12:
            return f"{first.year:04d}"
        if span == 6 and first.month in (1, 7):
            return f"{first.year:04d}-H{1 if first.month == 1 else 2}"
        if span == 3 and first.month % 3 == 1:
            return f"{first.year:04d}-Q{quarter_of(first)}"
        if span == 1:
            return f"{first:%Y-%m}"
    return f"{first:%Y-%m}/{last:%Y-%m}" if whole else f"{first.isoformat()}/{last.isoformat()}"


def span_of(days: tuple[date, date], nature: Nature = Nature.SPAN) -> Period:
    """The days as a period with its shortest label."""
    first, last = days
    label = label_of(first, last)
    if nature is Nature.CUM and "/" not in label:
        label = f"{label}/{label}"
    return Period(nature=nature, first=first, last=last, label=label if nature is Nature.SPAN else f"{nature.value}:{label}")


def fiscal_start(text: str, start: int, end: int) -> int:
    """The first month of the fiscal year that the words around `start` speak of; 1 where it is the calendar's."""
    for reach in (90, 400):
        window = text[max(0, start - reach) : end + reach]
        seen = [(max(m.start() for m in marks), month) for month, cue in _FISCAL if (marks := list(cue.finditer(window)))]
        if seen:
            return max(seen)[1]
    return 1


def fiscal_year(label_year: int, first_month: int) -> tuple[date, date]:
    """The fiscal year that is named after the calendar year in which it ends."""
    return months(label_year - (first_month > 1), first_month, 12)


def fiscal_quarter(label_year: int, number: int, first_month: int) -> tuple[date, date]:
    """A quarter of that fiscal year."""
    return months(label_year - (first_month > 1), first_month + 3 * (number - 1), 3)
