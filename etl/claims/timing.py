"""Which period a number is about, among the expressions of time around it, and the period that it is compared with."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from etl.claims.scan import Worded
from etl.claims.spans import TimeExpression
from etl.model import Basis, Nature, Period


def shift_years(period: Period, years: int) -> Period:
    """The same part of another year: 2017-Q2 → 2016-Q2."""
    first = _in_year(period.first, years) if period.first else None
    return label_days(period.nature, first, _in_year(period.last, years))


def shift_back(period: Period) -> Period | None:
    """The stretch of equal length just before; None for what has no beginning."""
    if period.first is None or period.nature is not Nature.SPAN:
        return None
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if period.first.day != 1 or months > 12:
        return None
    return label_days(period.nature, _plus_months(period.first, -months), _month_end(_plus_months(period.first, -1)))


def earlier(period: Period | None, basis: Basis) -> Period | None:
    """What a yoy or qoq change of this period is compared with."""
    if period is None or period.nature is not Nature.SPAN:
        return None
    if basis is Basis.YOY:
        return shift_years(period, -1)
    return shift_back(period) if basis is Basis.QOQ else None


def quarter_before(day: date) -> Period:
    """The last quarter that was over on a day."""
    quarter = (day.month - 1) // 3
    return Period.parse(f"{day.year}-Q{quarter}" if quarter else f"{day.year - 1}-Q4")


def quarter_ending(period: Period) -> Period | None:
    """The quarter that ends with the period, if one does."""
    if period.last != _month_end(period.last) or period.last.month % 3:
        return None
    return Period.parse(f"{period.last.year}-Q{period.last.month // 3}")


def label_days(nature: Nature, first: date | None, last: date) -> Period:
    """A period by its days, with the shortest label of the grammar."""
    label = _label(first, last)
    return Period(nature=nature, first=first, last=last, label=label if nature is Nature.SPAN else f"{nature.value}:{label}")


def _label(first: date | None, last: date) -> str:
    if first is None:
        return f"/{last.isoformat()}"
    if first == last:
        return first.isoformat()
    whole = first.day == 1 and last == _month_end(last)
    if whole and first.year == last.year:
        a, b = first.month, last.month
        if (a, b) == (1, 12):
            return f"{first.year}"
        if b - a == 5 and a in (1, 7):
            return f"{first.year}-H{1 if a == 1 else 2}"
        if b - a == 2 and a % 3 == 1:
            return f"{first.year}-Q{(a + 2) // 3}"
        if a == b:
            return f"{first.year}-{a:02d}"
    if whole:
        return f"{first.year}-{first.month:02d}/{last.year}-{last.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def as_of(day: date) -> Period:
    """A point in time at the month of the day."""
    return Period.parse(f"asof:{day.year}-{day.month:02d}")


def at_a_point(period: Period) -> Period:
    """A stock's reading of a period: `by 2019` is asof:2019; what is cumulative stays."""
    if period.nature is not Nature.SPAN or "/" in period.label:
        return period
    return Period.parse(f"asof:{period.label}")


_COMPARED = Worded(re.compile(
    r"(?:compared (?:to|with)|comparado con|frente al?|respecto al?|si se mira a|versus|\bvs\.?|\bas (?:in|during)|same as|(?:up|down|higher|lower) on|than|(?:(?<=%)|(?<=cent)|(?<=growth)|(?<=increase)|(?<=rise)|(?<=up)|(?<=gain)|(?<=jump)|(?<=more))\sover|from|against|(?<=\bbit )above|(?<=%\s)(?:above|below|on)|(?<=cent\s)(?:above|below|on)|(?:decline|drop|fall|increase|rise|growth|gain|jump|surge|decrease|improvement|advance) on|times|(?:improving|beating|topping|surpassing|exceeding)(?: on)?)\s+(?:the |that |those |this |time |in |during |of |los |el )*$",
    re.IGNORECASE,
), "compar", "frente", "respecto", "si se mira", "versus", "vs", "as in", "as during", "same as", "on", "than", "over", "from", "against", "above", "below", "times", "improving",
    "beating", "topping", "surpassing", "exceeding")  # fmt: skip
_COMPARED_CHINESE = re.compile(r"(?:较|比|相比(?:于)?|相较(?:于)?|与|跟|同|低于|高于|不及|对比)\s?$")
_STRETCH = re.compile(r"\b(?:to|through|until|till)\b", re.IGNORECASE)  # "from April to June" is one time
_NOT_STRAIGHT = re.compile(r",|;|\band\b|\bwhile\b|，|；")


def compares(text: str, time: TimeExpression) -> bool:
    """Whether a time is the earlier point of a change: `compared to 2018`, `as many as in Q3 2020`."""
    return time.is_comparison or _is_compared(text, time.start, time.end)


@lru_cache(maxsize=64)
def _is_compared(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    if _COMPARED_CHINESE.search(before):
        return True
    match = _COMPARED.within(text, max(0, start - 24), start)
    is_stretch = match is not None and match[0].lower().startswith("from") and _STRETCH.search(text[start:end])
    return match is not None and not is_stretch


_OPENS = re.compile(r"^\W*(?:(?:and|but|while|meanwhile|however|overall|then|also|still|yet)\W+)?(?:(?:in|for|during|over|through|as of|at|by|on|across|within)\s)?(?:the\s)?(?:\w+\s){0,1}$", re.IGNORECASE)


_ATTRIBUTED = re.compile(r"(?:As per|According to|Per|By)\s(?:[\w&’'-]+\s?){1,6},\s")  # "As per Canalys, in Q2 …"


def is_topical(text: str, at: int, start: int) -> bool:
    """Whether what stands at `at` opens its sentence, so that what follows is about it: `In the second quarter, …`."""
    if source := _ATTRIBUTED.match(text, start, at):
        start = source.end()
    return at - start <= 40 and _OPENS.match(text[start:at]) is not None


def is_too_short(period: Period) -> bool:
    """A day or a week: when something was said, seldom what a figure is about."""
    is_week = period.days == 7 and period.first is not None and period.first.weekday() == 0
    return period.nature is Nature.SPAN and (period.first == period.last or is_week)


_EVENT = Worded(re.compile(
    r"\b(?:founded|established|created|born|launched|debuted|introduced|entered|started|began|acquired|bought|listed|joined|inception|opened (?:its|a|an|the)|set up|arrived|went public|since)\b[^,.;\d]{0,30}$|\bsince\s(?:I|we|he|she|it|they|the|its)\b[^,.;\d]{0,60}$",
    re.IGNORECASE,
), "founded", "established", "created", "born", "launched", "debuted", "introduced", "entered", "started", "began", "acquired", "bought", "listed",
    "joined", "inception", "opened", "set up", "arrived", "went public", "since")  # fmt: skip


_SAID = re.compile(  # "the company had promised in November": when it was said
    r"\b(?:said|announced|warned|promised|reported|predicted|pledged|revealed|disclosed|forecast|stated|declared|vowed|told \w+)\s(?:(?:back|earlier|late|early|in|on)\s)*$", re.IGNORECASE
)


def dates_an_event(text: str, time: TimeExpression) -> bool:
    """Whether a time says when a firm was founded, a product came out or something was said: no later figure is about it."""
    if time.period and time.period.nature is Nature.CUM:
        return False  # "since it was launched in May it has sold …"
    if time.period and (time.period.days or 99) <= 31 and _SAID.search(text[max(0, time.start - 30) : time.start]):
        return True
    if text.startswith("Earlier ", max(0, time.start - 8)):
        return True  # "Earlier this month it put the loss at …": when it said so
    return _is_after_event(text, time.start)


@lru_cache(maxsize=64)
def _is_after_event(text: str, at: int) -> bool:
    return _EVENT.within(text, max(0, at - 72), at) is not None


def is_ahead(period: Period, published: date) -> bool:
    """Whether whole years from the month of publication are meant: 未来五年, 三年内."""
    begins_now = period.first is not None and (period.first.year, period.first.month, period.first.day) == (published.year, published.month, 1)
    return begins_now and period.nature is Nature.SPAN and (period.last - published).days > 330


def is_spoken_of(period: Period, published: date | None) -> bool:
    """Whether a period can be what a whole text is about: a month to a year, and not to come."""
    return (
        period.nature is Nature.SPAN
        and 27 <= (period.days or 0) <= 366
        and (published is None or (period.first or period.last) <= published)
    )


def by_months(period: Period) -> Period:
    """A long stretch between two days, told in whole months: `the past four years` hardly means a day."""
    if period.nature is Nature.SPAN and period.first and period.label.count("-") == 4 and (period.last - period.first).days > 60:
        return label_days(period.nature, period.first.replace(day=1), _month_end(period.last))
    return period


def nearest(times: Sequence[TimeExpression], start: int, end: int, left: int, right: int, text: str) -> TimeExpression | None:
    """The time that belongs to a number at [start, end): what follows straight on in its stretch [left, right), else what stands before."""
    after = [t for t in times if t.start >= end and t.end <= right]
    before = [t for t in times if t.end <= start and t.start >= left]
    if after and not before:
        return None if "，" in text[end : after[0].start] or _of_the_next(text, end, after[0]) else after[0]
    if after and not _NOT_STRAIGHT.search(text[end : after[0].start]) and after[0].start - end <= max(30, start - before[-1].end):
        return after[0]
    return before[-1] if before else None


_NEW_CLAUSE = re.compile(r"[;:]|[,–—]\s(?:(?:and|but|while|whereas)\s)?(?:(?:in|during|for|over|by)\s)?(?:the\s)?$")
_GOES_ON = re.compile(r",?\s(?:it|they|he|she|this|that|the\s\w+|its|their|[A-Z]\w+(?:['’]s)?)\s(?!\d)")


def _of_the_next(text: str, end: int, time: TimeExpression) -> bool:
    """Whether a time behind a number opens the clause that follows: `24.6 percent; in Q3 2020 it had amounted to 37.6`."""
    gap = _NEW_CLAUSE.search(text, end, time.start)
    return gap is not None and (";" in gap[0] or _GOES_ON.match(text, time.end) is not None)


def _in_year(day: date, years: int) -> date:
    year = max(1, day.year + years)
    last = calendar.monthrange(year, day.month)[1]
    is_end = day == _month_end(day)
    return date(year, day.month, last if is_end else min(day.day, last))


def _plus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(day: date) -> date:
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
