"""The days of a sale or festival that a text is about: what it tells as sold was sold on those."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from etl.claims.state import Line
from etl.claims.timing import label_days
from etl.model import Nature, Period

_SALE = re.compile(
    r"\b(?:festive|festivals?|Diwali|Dussehra|(?:flash|first|festive|online|two-day|week-long|month-long|big|annual|\d+-day) sales?|sale(?= (?:period|event|season|began|started|ran|opened|ended))|shopping (?:day|festival|event|season)|Singles['’]? Day|Double 11|11\.11|Black Friday|Prime Day)\b",
    re.IGNORECASE,
)
_LONG = re.compile(r"\b(?:(?P<unit>week|\d{1,2}-day)-long|(?P<days>\d{1,2})-day)\b")
_ENDS = re.compile(r"\b(?:ended|ends|ending|closed|closes|till|until|through|over on|concluded|concludes)\b")
_BEGINS = re.compile(r"\b(?:began|begins|started|starts|starting|opened|opens|kicked off|from|next)\b")
_SINGLES = re.compile(r"\bSingles['’]? Day|\bDouble 11\b|\b11\.11\b")
_LONGEST = 62  # days
_FRESH = 21  # days after its last one that a sale is still told of


def sale_of(text: str, lines: Sequence[Line], published: date | None) -> Period | None:
    """The stretch between the days that the beginning of the text names for a sale, else the one day; None where it tells of none."""
    head = " ".join(text[line.sentence.start : line.sentence.end] for line in lines[:3])
    if published is None or _SALE.search(head) is None:
        return None
    single: Period | None = None
    for index, line in enumerate(lines[:15]):
        around = lines[max(0, index - 1) : index + 2]
        if not any(_SALE.search(text, near.sentence.start, near.sentence.end) for near in around):
            continue
        spans = [t.period for t in line.times if t.period and t.period.nature is Nature.SPAN and t.period.first and not t.is_comparison]
        if (stretch := next((p for p in spans if p.label.count("-") == 4 and 2 <= (p.days or 0) <= _LONGEST and _is_fresh(p, published)), None)) is not None:
            return stretch
        told = [t.period for t in line.times if t.period in spans and any(c.isdigit() for c in text[t.start : t.end])]
        days = sorted({p.last for p in told if p and p.first == p.last and _is_fresh(p, published)})
        if len(days) == 2 and 1 <= (days[1] - days[0]).days <= _LONGEST:
            return label_days(Nature.SPAN, days[0], days[1])
        if len(days) == 1 and days[0] <= published:
            words = text[line.sentence.start : line.sentence.end]
            if (long := _LONG.search(words)) and _ENDS.search(words):
                return label_days(Nature.SPAN, days[0] - timedelta(days=_days_of(long) - 1), days[0])
            if single is None and not _ENDS.search(words) and not _BEGINS.search(words):
                single = label_days(Nature.SPAN, days[0], days[0])
    if single is None and _SINGLES.search(head) and date(published.year, 11, 11) <= published:
        single = label_days(Nature.SPAN, date(published.year, 11, 11), date(published.year, 11, 11))
    return single


def _days_of(long: re.Match[str]) -> int:
    return 7 if long["unit"] == "week" else int((long["days"] or long["unit"]).partition("-")[0])


def _is_fresh(period: Period, published: date) -> bool:
    return -3 <= (published - period.last).days <= _FRESH + _LONGEST // 2
