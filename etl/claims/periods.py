"""Expressions of time and the calendar days they mean, against the day of publication.

    "in the second quarter" (7 July 2017) → 2017-Q2        "the quarter ended March 31" → 2017-Q1        "2017-18" → 2017-04/2018-03
    "a year earlier" after "Q2 2017" → 2016-Q2, a comparison        "as of September" → asof:2016-09        去年同期, 第二季度

Each rule is a pattern and a reading of its match; of two expressions that overlap the longer stands. A quarter without a year is
the latest that has begun. Relative words need the day of publication: without it their period is None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from etl.claims.calendars import (
    MONTHS,
    add_months,
    fiscal_quarter,
    fiscal_start,
    fiscal_year,
    month_end,
    months,
    quarter,
    quarter_of,
    span_of,
    years_before,
)  # fmt: skip
from etl.claims.spans import BasisCue, TimeExpression
from etl.model import Basis, Nature

Days = tuple[date, date]

_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19[89]\d|20[0-4]\d)(?![\d,]?\d|[.]\d|[ ]?%)"
_ORD = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|final|last)"
_OF_YEAR = (
    rf"(?:[ ,]{{1,2}}(?:of|in|for)?[ ]?(?:the[ ])?(?:calendar[ ](?:year[ ])?|fiscal[ ](?:year[ ])?|FY[ ]?"
    rf"|year[ ])?'?(?P<year>{_YEAR})|[ ](?:of|in)?[ ]?(?P<rel>(?:this|last|next|the[ ](?:previous|current|same|prior|preceding)"
    r"|a)[ ](?:fiscal[ ])?year(?:[ ](?:ago|earlier|before))?)|[ ](?:of|in)[ ](?:the[ ])?(?:fiscal[ ])?year(?![- ](?:ended|to)))"
)
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_COUNTS = {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve"], 1)}
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "last": 4}
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_LOOK = re.compile(
    r"\d|year|quarter|month|week|half|today|yesterday|tomorrow|fiscal|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|[年季月期天日]",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"(?:from|than|against|compared?[ ](?:with|to)|comparing|versus|vs\.?|over|on|relative[ ]to|up[ ]on|较|比"
    r"|相比)[ ](?:that[ ]of[ ]|those[ ](?:of|in)[ ]|(?:the[ ])?(?:[\w.%$]+[ ]){0,4}?(?:in|during|for|of)[ ])?(?:the[ ])?$|(?:较|比)$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|expects?|forecasts?|guid(?:ance|es|ed)|outlook|plans?|aims?|next|coming|upcoming|predicts?"
    r"|projects?|to[ ](?:launch|reach|hit))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What a reading may look at beside its own words."""

    text: str
    published: date | None
    match: re.Match[str]
    anchor: Days | None  # the latest period named before, in the same paragraph

    def before(self, reach: int = 40) -> str:
        return self.text[max(0, self.match.start() - reach) : self.match.start()]

    def is_future(self) -> bool:
        start = max(self.text.rfind(". ", 0, self.match.start()), self.text.rfind("\n", 0, self.match.start()),
            self.match.start() - 160, 0)
        return _FUTURE.search(self.text, start, self.match.start()) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    days: Days | None
    how: str = "absolute"
    nature: Nature = Nature.SPAN
    is_comparison: bool = False
    basis: Basis | None = None


_Reader = Callable[[_Scene], _Reading | None]
_RULES: list[tuple[tuple[str, ...], re.Pattern[str], _Reader]] = []
_MONTH_NEEDS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOST = 5_000  # expressions by one rule in one text: what holds more is no article


def _rule(*needs: str, pattern: str) -> Callable[[_Reader], _Reader]:
    """A rule that is tried only on texts that hold one of `needs`, in lower case."""
    compiled = re.compile(pattern, re.IGNORECASE | re.VERBOSE)

    def add(reader: _Reader) -> _Reader:
        _RULES.append((needs, compiled, reader))
        return reader

    return add


def find_periods(text: str, published: date | None) -> list[TimeExpression]:
    """The expressions of time in their order, none overlapping another."""
    if not _LOOK.search(text):
        return []
    low = text.lower()
    matches = [
        (m, reader)
        for needs, pattern, reader in _RULES
        if any(need in low for need in needs)
        for m in islice(pattern.finditer(text), _MOST)
    ]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    found: list[TimeExpression] = []
    anchor: Days | None = None
    anchor_end = 0
    for match, reader in _longest(matches):
        if anchor is not None and "\n" in text[anchor_end : match.start()]:
            anchor = None
        try:
            reading = reader(_Scene(text=text, published=published, match=match, anchor=anchor))
        except (ValueError, OverflowError):
            continue
        if reading is None:
            continue
        expression = _expression(text, match, reading, published)
        found.append(expression)
        if reading.days and not expression.is_comparison and reading.nature is Nature.SPAN and reading.how != "event":
            anchor, anchor_end = reading.days, match.end()
    return found


def find_bases(text: str) -> list[BasisCue]:
    """The words that say against what a change is measured, without a time of their own."""
    return [BasisCue(start=m.start(), end=m.end(), basis=Basis(str(m.lastgroup))) for m in _BASES.finditer(text)]


_BASES = re.compile(
    r"""(?P<yoy>(?<![A-Za-z])(?:year|yr)[ -](?:on|over|by|to)[ -](?:year|yr)(?![A-Za-z])(?![ ]date)|
        (?<![A-Za-z])y[-/]?o?[-/]?y(?![A-Za-z])|(?<![A-Za-z])(?:on[ ]an[ ]annual[ ]basis|annually)(?![A-Za-z])
              |(?<![A-Za-z])annual(?:ized)?[ ](?:growth|increase|rise|decline|drop|fall|decrease)(?![ ]rate[ ]of[ ]\d)|同比|按年)
      |(?P<qoq>(?<![A-Za-z])(?:quarter|qtr)[ -](?:on|over|by|to)[ -](?:quarter|qtr)(?![A-Za-z])|(?<![A-Za-z])q[-/]?o?[-/]?q
          (?![A-Za-z])|(?<![A-Za-z])sequential(?:ly)?(?![A-Za-z])|环比|按季)
      |(?P<multi>(?<![A-Za-z])(?:CAGR|compound[ ]annual[ ]growth(?:[ ]rate)?)(?![A-Za-z])|复合年增长率|年均复合)""",
    re.IGNORECASE | re.VERBOSE,
)


def _longest(matches: list[tuple[re.Match[str], _Reader]]) -> Iterator[tuple[re.Match[str], _Reader]]:
    """Of matches that overlap the longer one; sorted by start, so that one step back suffices."""
    kept: list[tuple[re.Match[str], _Reader]] = []
    for match, reader in matches:
        if kept and match.start() < kept[-1][0].end():
            last = kept[-1][0]
            if match.end() - match.start() <= last.end() - last.start():
                continue
            kept.pop()
        kept.append((match, reader))
    return iter(kept)


def _expression(text: str, match: re.Match[str], reading: _Reading, published: date | None) -> TimeExpression:
    period = None
    compares, basis, nature = reading.is_comparison, reading.basis, reading.nature
    head = text[max(0, match.start() - 60) : match.start()]
    if not compares and reading.how == "relative" and _COMPARES.search(head) and reading.basis is not None:
        compares = True
    if not compares:
        basis = None
    if reading.days and nature is Nature.SPAN and not compares:
        if re.search(r"(?:as of|as at|at the end of|by the end of|截至|截止)\s?(?:the\s)?$", head, re.IGNORECASE):
            nature = Nature.ASOF
        elif (
            published
            and re.search(
                r"(?<![a-z])(?:since|自"
                r"|自从)\s?(?:[a-z’']+\s){0,3}$",
                head,
                re.IGNORECASE,
            )
            and re.search(
                r"since\s(?:(?:its|the"
                r"|their|early|late|mid)\b.*)?$|自从?$",
                head,
                re.IGNORECASE,
            )
            and reading.days[0] <= published
        ):
            first, last = reading.days[0], max(published, reading.days[0])
            return TimeExpression(
                start=match.start(), end=match.end(), period=span_of((first, month_end(last.year, last.month)),
                    Nature.CUM), how=reading.how,
                is_comparison=False, basis=None,
            )  # fmt: skip
    if reading.days:
        period = span_of(reading.days, nature)
    return TimeExpression(start=match.start(), end=match.end(), period=period, how=reading.how, is_comparison=compares, basis=basis)


# ---------------------------------------------------------------- readings


def _year_of(scene: _Scene, default: int | None = None) -> tuple[int | None, bool, bool]:
    """The year that the words after a quarter or month give: (year, is it said, is it a comparison)."""
    groups = scene.match.groupdict()
    if groups.get("year"):
        return _full(groups["year"]), True, False
    rel = (groups.get("rel") or "").lower()
    if not rel or scene.published is None:
        return default, False, False
    now = scene.anchor[0].year if scene.anchor and ("before" in rel or "earlier" in rel) else scene.published.year
    if "next" in rel:
        return scene.published.year + 1, True, False
    if "this" in rel or "current" in rel or "same" in rel:
        return scene.published.year, True, False
    return now - 1, True, "ago" in rel or "earlier" in rel or "before" in rel


def _full(printed: str) -> int:
    year = int(printed.strip("'’"))
    return year if year > 99 else 2000 + year


def _count(word: str) -> int:
    return _COUNTS.get(word.lower()) or int(word)


def _begun(days: Callable[[int], Days], scene: _Scene) -> Days | None:
    """The latest that has begun by the day of publication; with words of the future the next that hasn't ended."""
    if scene.published is None:
        return None
    year = scene.published.year
    if scene.is_future():
        return next(d for d in map(days, (year - 1, year, year + 1, year + 2)) if d[1] >= scene.published)
    return next(d for d in map(days, (year + 1, year, year - 1, year - 2)) if d[0] <= scene.published)


def _quarter(scene: _Scene, number: int) -> _Reading | None:
    words = scene.match.group().lower()
    fiscal = "fiscal" in words or "fy" in words or "fq" in words or re.search(r"fiscal[ ]$", scene.before(8), re.IGNORECASE) is not None
    year, said, compares = _year_of(scene)
    how = "fiscal" if fiscal else "absolute" if said and scene.match.groupdict().get("year") else "relative"
    basis = Basis.YOY if compares else None
    first_month = fiscal_start(scene.text, scene.match.start(), scene.match.end()) if fiscal else 1
    if said and year is not None:
        return _Reading(days=fiscal_quarter(year, number, first_month), how=how, is_comparison=compares, basis=basis)
    return _Reading(days=_begun(lambda y: fiscal_quarter(y, number, first_month), scene), how=how, basis=basis)


@_rule(
    "quarter",
    pattern=rf"(?<![A-Za-z0-9])(?:(?:fiscal|calendar)[ ])?(?P<ord>{_ORD})[ -](?:(?:fiscal"
    rf"|calendar)[ ])?quarter(?![A-Za-z])(?:\s\(\w{{2,4}}\))?{_OF_YEAR}?",
)
def _ordinal_quarter(scene: _Scene) -> _Reading | None:
    if (
        scene.match["ord"].lower() == "last"
        and not scene.match.groupdict().get("year")
        and not scene.match["rel"]
        and " of the year" not in scene.match.group()
    ):
        return _last_quarter(scene)
    return _quarter(scene, _ORDINAL[scene.match["ord"].lower()])


@_rule(
    "quarter",
    pattern=rf"(?<![A-Za-z0-9])(?P<year>{_YEAR}|(?:the[ ])?(?P<rel>this|last"
    rf"|the[ ]previous)[ ]year)(?:['’]s)?[ ](?:(?:fiscal|calendar)[ ])?(?P<ord>{_ORD})[ -]quarter(?![A-Za-z])",
)
def _year_quarter(scene: _Scene) -> _Reading | None:
    if scene.match["rel"]:
        return None if scene.published is None else _Reading(
            days=quarter(scene.published.year - (scene.match["rel"].lower() != "this"),
                _ORDINAL[scene.match["ord"].lower()]), how="relative", basis=Basis.YOY
        )  # fmt: skip
    return _quarter(scene, _ORDINAL[scene.match["ord"].lower()])


@_rule(
    "q",
    pattern=r"(?<![A-Za-z0-9])(?:(?:fiscal[ ])?F?Q(?P<a>[1-4])(?:FY|[ /,’'-]{0,2}(?:of[ ])?(?:FY|CY"
    r"|fiscal[ ])?[ ]?['’]?)(?P<year>20[0-4]\d|\d\d)(?![\d%.,]\d|\d|%|[ ]?(?:percent|million|billion))"
    r"|(?P<b>[1-4])Q[ ]?(?:FY)?[ '’]?(?P<year2>20[0-4]\d|\d\d)(?!\d)|(?P<year3>20[0-4]\d)[ -/]?[ ]?Q(?P<c>[1-4])"
    r"|FY[ ]?['’]?(?P<year4>20\d\d|\d\d)[ -]?Q(?P<d>[1-4])|CQ(?P<e>[1-4]))(?![A-Za-z0-9])",
)
def _short_quarter(scene: _Scene) -> _Reading | None:
    m = scene.match
    number = int(m["a"] or m["b"] or m["c"] or m["d"] or m["e"])
    printed = m["year"] or m["year2"] or m["year3"] or m["year4"]
    if not printed:
        return _quarter(scene, number)
    fiscal = "fy" in m.group().lower() or "fiscal" in m.group().lower() or "FQ" in m.group()
    first_month = fiscal_start(scene.text, m.start(), m.end()) if fiscal else 1
    return _Reading(days=fiscal_quarter(_full(printed), number, first_month), how="fiscal" if fiscal else "absolute")


@_rule(
    "q",
    pattern=rf"(?<![A-Za-z0-9])(?:fiscal[ ])?F?Q(?P<a>[1-4])(?![A-Za-z0-9]){_OF_YEAR}?"
    rf"|(?<![A-Za-z0-9.,])(?P<b>[1-4])Q(?![A-Za-z0-9])"
    rf"{_OF_YEAR.replace('<year>', '<year_b>').replace('<rel>', '<rel_b>')}?",
)
def _bare_quarter(scene: _Scene) -> _Reading | None:
    return _quarter(scene, int(scene.match["a"] or scene.match["b"]))


@_rule(
    "half",
    "h1",
    "h2",
    "1h",
    "2h",
    pattern=rf"(?<![A-Za-z0-9])(?P<ord>first|second|1st|2nd"
    rf"|latter)[ -]half(?![A-Za-z-]){_OF_YEAR}?|(?<![A-Za-z0-9])(?:H(?P<a>[12])"
    rf"|(?P<b>[12])H)(?:[ '’/-]{{0,2}}(?:of[ ])?(?:FY|CY)?[ '’]?(?P<year2>20[0-4]\d"
    rf"|\d\d)(?![\d%]))?(?![A-Za-z0-9])",
)
def _half(scene: _Scene) -> _Reading | None:
    m = scene.match
    number = int(m["a"] or m["b"]) if m["a"] or m["b"] else 1 if m["ord"].lower() in ("first", "1st") else 2
    if m["year2"]:
        return _Reading(days=months(_full(m["year2"]), 6 * number - 5, 6))
    if (
        m["ord"]
        and not (m["year"] or m["rel"])
        and "year" not in m.group()
        and not re.search(r"(?:the|this|its|’s|'s|in)[ ]$", scene.before(8), re.IGNORECASE)
    ):
        return None
    year, said, compares = _year_of(scene)
    if said and year is not None:
        return _Reading(
            days=months(year, 6 * number - 5, 6),
            how="absolute" if m["year"] else "relative",
            is_comparison=compares,
            basis=Basis.YOY if compares else None,
        )
    return _Reading(days=_begun(lambda y: months(y, 6 * number - 5, 6), scene), how="relative")


@_rule(
    "months",
    "quarters",
    pattern=rf"(?<![A-Za-z0-9])(?P<ord>first|last|final"
    rf"|primary)[ ](?P<count>{_COUNT})[ ](?P<what>months|quarters){_OF_YEAR}",
)
def _months_of_year(scene: _Scene) -> _Reading | None:
    count = _count(scene.match["count"]) * (3 if scene.match["what"].lower() == "quarters" else 1)
    if not 1 <= count <= 12 or scene.match["ord"].lower() == "primary":
        return None
    year, said, compares = _year_of(scene)
    start = 1 if scene.match["ord"].lower() == "first" else 13 - count
    if said and year is not None:
        return _Reading(
            days=months(year, start, count),
            how="absolute" if scene.match["year"] else "relative",
            is_comparison=compares,
            basis=Basis.YOY if compares else None,
        )
    return _Reading(days=_begun(lambda y: months(y, start, count), scene), how="relative")


@_rule(
    "ended",
    "ending",
    "ends ",
    " to ",
    "through",
    "until",
    pattern=rf"(?<![A-Za-z0-9])(?:(?P<count>{_COUNT})[ -]months?(?:[ ]period)?|(?P<what>fiscal[ ]year|financial[ ]year|year"
    rf"|(?:fiscal[ ])?quarter|half[- ]year|six-month[ ]period))[ ,](?:that[ ])?(?:period[ ])?"
    rf"(?:ended|ending|ends|to|through|until)[ ](?:in[ ]|on[ ])?(?:the[ ]end[ ]of[ ]|end-)?(?:(?P<day_a>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[ ](?:of[ ])?)?(?P<month>{_MON})(?![A-Za-z])(?:[ ](?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?(?!\d))?(?:,?[ ](?:of[ ])?(?P<year>{_YEAR})|[ ](?:of[ ])?(?P<rel>(?:this|last)[ ]year))?",
)
def _ended(scene: _Scene) -> _Reading | None:
    m = scene.match
    what = (m["what"] or "").lower()
    count = _count(m["count"]) if m["count"] else 3 if "quarter" in what else 6 if "half" in what or "six" in what else 12
    if what and " to " in m.group().lower() and "quarter" not in what and "year" not in what:
        return None
    month = MONTHS[m["month"].lower().rstrip(".")]
    year, said, _ = _year_of(scene)
    if not said or year is None:
        if scene.published is None:
            return _Reading(days=None, how="relative")
        year = scene.published.year - (
            month_end(scene.published.year, month) > scene.published and not (scene.is_future() or scene.published.month == month)
        )
    return _Reading(days=months(year, month - count + 1, count), how="fiscal")


@_rule(
    *_MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?:between[ ])?(?P<one>{_MON})(?:[ ]?(?:-|–|to|through|and|till"
    rf"|until)[ ]?)(?P<two>{_MON})(?![A-Za-z])(?:[ ](?:this[ ])?(?:quarter"
    rf"|period))?(?:,?[ ](?:of[ ])?(?:(?P<year>{_YEAR})(?:[ ]quarter)?|(?P<rel>(?:this|last|the[ ]previous)[ ]year)))?",
)
def _month_to_month(scene: _Scene) -> _Reading | None:
    m = scene.match
    one, two = MONTHS[m["one"].lower().rstrip(".")], MONTHS[m["two"].lower().rstrip(".")]
    count = (two - one) % 12 + 1
    if "may" in (m["one"].lower(), m["two"].lower()) and not m.group().replace("between ", "")[:1].isupper():
        return None
    year, said, compares = _year_of(scene)
    if said and year is not None:
        return _Reading(days=months(year - (two < one), one, count), how="absolute" if m["year"] else "relative", is_comparison=compares)
    return _Reading(days=_begun(lambda y: months(y, one, count), scene), how="relative")


@_rule(" quarter", "-quarter", pattern=rf"(?<![A-Za-z])(?P<month>{_MON})(?:[ ](?P<year_a>{_YEAR}))?[ -]quarter(?![A-Za-z]){_OF_YEAR}?")
def _month_quarter(scene: _Scene) -> _Reading | None:
    month = MONTHS[scene.match["month"].lower().rstrip(".")]
    if scene.match["year_a"]:
        return _Reading(days=months(int(scene.match["year_a"]), month - 2, 3))
    year, said, compares = _year_of(scene)
    if said and year is not None:
        return _Reading(
            days=months(year, month - 2, 3),
            how="absolute" if scene.match["year"] else "relative",
            is_comparison=compares,
            basis=Basis.YOY if compares else None,
        )
    return _Reading(days=_begun(lambda y: months(y, month - 2, 3), scene), how="relative")


_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"


@_rule(
    *_MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?P<month>{_MON})[ ]{_DAY}(?![\d%]|[.,]\d|[ ](?:million|billion"
    rf"|percent))(?:,?[ ](?P<year>{_YEAR}))?",
)
def _month_day(scene: _Scene) -> _Reading | None:
    return _day(scene)


@_rule(*_MONTH_NEEDS, pattern=rf"(?<![\w.,]){_DAY}[ -](?:of[ ])?(?P<month>{_MON})(?![A-Za-z])(?:,?[ ]?-?(?P<year>{_YEAR}))?")
def _day_month(scene: _Scene) -> _Reading | None:
    return _day(scene)


@_rule("19", "20", pattern=r"(?<![\w./-])(?P<y>(?:19|20)\d\d)[-/](?P<m>0?[1-9]|1[0-2])[-/](?P<d>0?[1-9]|[12]\d|3[01])(?![\w-])")
def _iso(scene: _Scene) -> _Reading | None:
    only = date(int(scene.match["y"]), int(scene.match["m"]), int(scene.match["d"]))
    return _Reading(days=(only, only), how="absolute")


def _day(scene: _Scene) -> _Reading | None:
    month, number = MONTHS[scene.match["month"].lower().rstrip(".")], int(scene.match["day"])
    if scene.match["month"][0].islower() and scene.match["month"].lower() in ("may", "march", "mar"):
        return None
    if scene.match["year"]:
        only = date(int(scene.match["year"]), month, number)
        return _Reading(days=(only, only))
    if scene.published is None:
        return _Reading(days=None, how="relative")
    only = date(scene.published.year, month, min(number, month_end(scene.published.year, month).day))
    ahead = (only - scene.published).days
    past_only = re.search(r"(?:as of|as at|ended|end(?:ing)?|until|since|at)[ ](?:the[ ])?$", scene.before(12), re.IGNORECASE)
    if ahead > (0 if past_only else 45) and not (scene.is_future() and not past_only):
        only = date(scene.published.year - 1, month, min(number, month_end(scene.published.year - 1, month).day))
    elif ahead < -320:
        only = only.replace(year=only.year + 1)
    return _Reading(days=(only, only), how="relative")


@_rule(
    *_MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?:(?:early|late"
    rf"|mid)[ -])?(?P<month>{_MON})(?:,?[ ](?:of[ ])?(?:(?P<year>{_YEAR})|['’](?P<short>\d\d)(?!\d)"
    rf"|(?P<rel>(?:this|last|next|the[ ](?:same|previous))[ ]year)))(?![A-Za-z])",
)
def _month_year(scene: _Scene) -> _Reading | None:
    month = MONTHS[scene.match["month"].lower().rstrip(".")]
    if scene.match["short"]:
        return _Reading(days=months(_full(scene.match["short"]), month, 1))
    year, said, compares = _year_of(scene)
    return _Reading(
        days=months(year, month, 1) if said and year is not None else None,
        how="absolute" if scene.match["year"] else "relative",
        is_comparison=compares,
    )


@_rule(
    *_MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?P<rel>(?:in|since|until|by|of|from|during|this|last|for|through|early|late|mid"
    rf"|the[ ]month[ ]of|than|end[ ]of|as[ ]of|in[ ]early|to)[ -])(?P<month>{_MON})(?![A-Za-z]|[ ]\d|-\d|['’])",
)
def _bare_month(scene: _Scene) -> _Reading | None:
    word = scene.match["month"].rstrip(".")
    if not word[0].isupper() or scene.published is None:
        return None if not word[0].isupper() else _Reading(days=None, how="relative")
    month, year = MONTHS[word.lower()], scene.published.year
    if month > scene.published.month and not (scene.is_future() or scene.match["rel"].strip().lower() in ("by", "this", "until")):
        year -= 1
    lead = scene.match["rel"].strip().lower()
    if "last" in lead and month >= scene.published.month:
        year = scene.published.year - 1
    if lead == "since":
        first, _ = months(year, month, 1)
        return _Reading(days=(first, month_end(scene.published.year, scene.published.month)), how="relative", nature=Nature.CUM)
    if lead in ("end of", "as of"):
        return _Reading(days=months(year, month, 1), how="relative", nature=Nature.ASOF)
    return _Reading(days=months(year, month, 1), how="relative")


@_rule(
    "20",
    pattern=r"(?<![\w.,$€£₹-])(?:FY[ ]?|fiscal[ ](?:year[ ])?"
    r"|financial[ ]year[ ])?(?P<one>20[0-4]\d)[-–/](?P<two>\d\d)(?![\d%]|[.,-]\d|[ ]?(?:million|billion|percent|per))",
)
def _split_year(scene: _Scene) -> _Reading | None:
    one, two = int(scene.match["one"]), int(scene.match["two"])
    if (one + 1) % 100 == two:
        return _Reading(days=months(one, 4, 12), how="fiscal")
    if (one % 100) < two and not re.search("fy|fiscal|financial", scene.match.group(), re.IGNORECASE):
        return _Reading(days=(date(one, 1, 1), date(2000 + two, 12, 31)))
    return None


@_rule(
    "fy",
    "fiscal",
    "financial",
    pattern=r"(?<![\w.,])(?:FY[ ]?['’]?(?P<short>\d\d(?!\d)|20\d\d)|(?:fiscal"
    r"|financial)[ ](?:year[ ])?(?P<year>20[0-4]\d))(?![\w%]"
    r"|[-–/]\d)(?:[ ](?:(?P<ord>first|second|third|fourth)[- ]quarter))?",
)
def _fiscal_year(scene: _Scene) -> _Reading | None:
    year = _full(scene.match["short"] or scene.match["year"])
    first_month = fiscal_start(scene.text, scene.match.start(), scene.match.end())
    if scene.match["ord"]:
        return _Reading(days=fiscal_quarter(year, _ORDINAL[scene.match["ord"].lower()], first_month), how="fiscal")
    return _Reading(days=fiscal_year(year, first_month), how="fiscal")


@_rule("19", "20", pattern=rf"(?<![\w.,$€£₹-])(?P<one>{_YEAR})(?:[ ]?(?:-|–|to|through|and|until)[ ]?)(?P<two>{_YEAR})(?![\w-])")
def _year_to_year(scene: _Scene) -> _Reading | None:
    one, two = int(scene.match["one"]), int(scene.match["two"])
    joins = re.search(r"(?:between|from)[ ](?:fiscal[ ])?$", scene.before(16), re.IGNORECASE) is not None
    if one >= two or (not joins and re.search(r"[a-z]", scene.match.group(), re.IGNORECASE)):
        return None
    return _Reading(days=(date(one, 1, 1), date(two, 12, 31)))


@_rule(
    "end",
    "late",
    pattern=rf"(?<![A-Za-z])(?:the[ ]end[ ]of|end[ -]of|end[- ]|year[- ]end[ ]"
    rf"|late[ ])[ ]?(?:the[ ])?(?:(?:calendar"
    rf"|fiscal)[ ])?(?:(?P<month>{_MON})[ ,]{{0,2}})?(?:(?P<year>{_YEAR})|(?P<rel>this[ ]year"
    rf"|last[ ]year|next[ ]year|the[ ](?:current[ ])?year|year|this[ ]month|(?:the"
    rf"|this)[ ]quarter))(?![\w])|(?<![A-Za-z])year[- ]end(?![A-Za-z])",
)
def _end_of(scene: _Scene) -> _Reading | None:
    m = scene.match
    rel = (m["rel"] or "").lower()
    if m["year"]:
        last = month_end(int(m["year"]), MONTHS[m["month"].lower().rstrip(".")] if m["month"] else 12)
        return (
            _Reading(days=(last, last), nature=Nature.ASOF)
            if not m.group().lower().startswith("late")
            else _Reading(days=months(int(m["year"]), 12, 1))
        )
    if scene.published is None:
        return _Reading(days=None, how="relative")
    if "month" in rel or "quarter" in rel:
        last = month_end(scene.published.year, scene.published.month if "month" in rel else 3 * quarter_of(scene.published))
    else:
        year = scene.published.year + (1 if "next" in rel else -1 if "last" in rel else 0)
        last = month_end(year, MONTHS[m["month"].lower().rstrip(".")] if m["month"] else 12)
    return _Reading(days=(last, last), how="relative", nature=Nature.ASOF)


@_rule(
    "same",
    "corresponding",
    "comparable",
    "similar",
    "year",
    pattern=r"(?<![A-Za-z])(?:the[ ])?(?:same|corresponding|comparable|similar|year[- ]ago|year[- ]earlier|prior[- ]year"
    r"|previous[- ]year)[ ](?:three-month[ ]|reporting[ ]|fiscal[ ])?(?P<what>period|quarter|time|months?|half)(?![A-Za-z])"
    rf"(?:,?[ ](?:(?:of|in|from|during)[ ])?(?:the[ ])?(?:(?P<year>{_YEAR})|(?P<rel>last[ ]year|(?:previous|prior"
    rf"|preceding)[ ](?:fiscal[ ])?year|year[ ](?:ago|earlier|before|prior)|a[ ]year[ ](?:ago|earlier|before|prior)"
    rf"|one[ ]year[ ](?:ago|earlier))))?",
)
def _same_period(scene: _Scene) -> _Reading | None:
    m = scene.match
    own = re.match(r"(?:the[ ])?(?:year|prior|previous)", m.group(), re.IGNORECASE) is not None
    if not (own or m["year"] or m["rel"]):
        return None
    if m["year"]:
        days = _moved(scene.anchor, int(m["year"])) or (date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31))
        return _Reading(days=days, how="relative", is_comparison=True, basis=Basis.YOY)
    if scene.anchor and (scene.anchor[1] - scene.anchor[0]).days < 370:
        return _Reading(days=years_before(scene.anchor, 1), how="relative", is_comparison=True, basis=Basis.YOY)
    if scene.published is None:
        return _Reading(days=None, how="relative", is_comparison=True, basis=Basis.YOY)
    year, what = scene.published.year - 1, m["what"].lower()
    if what == "quarter":
        return _Reading(days=quarter(year, quarter_of(scene.published)), how="relative", is_comparison=True, basis=Basis.YOY)
    return _Reading(
        days=months(year, scene.published.month, 1) if what == "month" else months(year, 1, 12),
        how="relative",
        is_comparison=True,
        basis=Basis.YOY,
    )


def _moved(days: Days | None, year: int) -> Days | None:
    """The same part of another year, where the days lie within one year."""
    return years_before(days, days[0].year - year) if days and days[0].year == days[1].year else None


@_rule(
    "year",
    pattern=r"(?<![A-Za-z])(?:an?|one|the)[ ]year[ ](?:ago|earlier|before|prior|previously"
    r"|back)(?![A-Za-z])(?:[ ](?P<what>quarter|period))?|(?<![A-Za-z])(?:the[ ])?year-(?:ago"
    r"|earlier)(?![A-Za-z-])|the[ ]previous[ ]year['’]s[ ]quarter",
)
def _year_ago(scene: _Scene) -> _Reading | None:
    if scene.anchor and (scene.anchor[1] - scene.anchor[0]).days < 370:
        return _Reading(days=years_before(scene.anchor, 1), how="relative", is_comparison=True, basis=Basis.YOY)
    if scene.published is None:
        return _Reading(days=None, how="relative", is_comparison=True, basis=Basis.YOY)
    return _Reading(days=months(scene.published.year - 1, 1, 12), how="relative", is_comparison=True, basis=Basis.YOY)


@_rule(
    "year",
    "quarter",
    "month",
    "week",
    pattern=r"(?<![A-Za-z])(?P<which>last|previous|prior|preceding|this|current|next"
    r"|coming|the[ ]following|past|same|present)[ ](?P<what>fiscal[ ]year"
    r"|financial[ ]year|calendar[ ]year|year|quarter|month|week)(?![A-Za-z-]"
    r"|['’]s[ ](?:[a-z]+[ ])?(?:quarter))",
)
def _relative(scene: _Scene) -> _Reading | None:
    which, what = scene.match["which"].lower(), scene.match["what"].lower()
    if which == "same" or (which == "past" and what != "year"):
        return None
    if scene.published is None:
        return _Reading(days=None, how="relative", basis=_relative_basis(which, what))
    step = 0 if which in ("this", "current", "present") else 1 if which in ("next", "coming", "the following") else -1
    if what == "quarter":
        return _Reading(days=_near_quarter(scene, which, step), how="relative", basis=_relative_basis(which, what))
    if what == "month":
        return _Reading(days=months(scene.published.year, scene.published.month + step, 1), how="relative")
    if what == "week":
        monday = scene.published - timedelta(days=scene.published.weekday()) + timedelta(weeks=step)
        return _Reading(days=(monday, monday + timedelta(days=6)), how="relative")
    year = scene.published.year + step
    if which in ("previous", "prior", "preceding", "the following") and scene.anchor:
        days = scene.anchor
        if (days[1] - days[0]).days > 300:
            return _Reading(days=years_before(days, -step), how="relative", is_comparison=step < 0, basis=_relative_basis(which, what))
        year = days[0].year + step
    if what in ("fiscal year", "financial year"):
        first_month = fiscal_start(scene.text, scene.match.start(), scene.match.end())
        now = scene.published.year + (scene.published.month >= first_month > 1)
        return _Reading(days=fiscal_year(now + step, first_month), how="fiscal", basis=_relative_basis(which, what))
    return _Reading(days=months(year, 1, 12), how="relative", basis=_relative_basis(which, what))


def _relative_basis(which: str, what: str) -> Basis | None:
    if which not in ("last", "previous", "prior", "preceding", "past"):
        return None
    return Basis.QOQ if what == "quarter" else Basis.YOY if "year" in what else None


def _near_quarter(scene: _Scene, which: str, step: int) -> Days | None:
    assert scene.published is not None
    if (
        which in ("previous", "prior", "preceding", "the following")
        and scene.anchor
        and 80 < (scene.anchor[1] - scene.anchor[0]).days < 100
    ):
        first = scene.anchor[0]
        return months(first.year, first.month + 3 * step, 3)
    return quarter(scene.published.year, quarter_of(scene.published) + step)


def _last_quarter(scene: _Scene) -> _Reading | None:
    if scene.published is None:
        return _Reading(days=None, how="relative", basis=Basis.QOQ)
    return _Reading(days=quarter(scene.published.year, quarter_of(scene.published) - 1), how="relative", basis=Basis.QOQ)


@_rule(
    "past",
    "last",
    "next",
    "coming",
    "previous",
    "following",
    "twelve",
    pattern=rf"(?<![A-Za-z])(?:(?P<which>past|last|next"
    rf"|coming|previous|following)[ ](?P<count>{_COUNT}|few)|(?P<two>twelve[ ]months[ ]from[ ]now))[ ]?(?P<what>months|years"
    rf"|quarters|weeks|days)?(?![A-Za-z])",
)
def _stretch(scene: _Scene) -> _Reading | None:
    m = scene.match
    if m["two"]:
        return _Reading(days=(scene.published, add_months(scene.published, 12)) if scene.published else None, how="relative")
    if not m["what"] or m["count"].lower() == "few":
        return None
    if scene.published is None:
        return _Reading(days=None, how="relative")
    count, what, ahead = _count(m["count"]), m["what"].lower(), m["which"].lower() in ("next", "coming", "following")
    if what in ("weeks", "days"):
        other = scene.published + timedelta(days=count * (7 if what == "weeks" else 1) * (1 if ahead else -1))
    else:
        size = {"months": 1, "years": 12, "quarters": 3}[what] * count
        other = add_months(scene.published, size if ahead else -size)
    return _Reading(days=(scene.published, other) if ahead else (other, scene.published), how="relative")


@_rule("day", "tomorrow", pattern=r"(?<![A-Za-z])(?P<word>today|yesterday|tomorrow)(?![A-Za-z])")
def _near_day(scene: _Scene) -> _Reading | None:
    if scene.published is None:
        return _Reading(days=None, how="relative")
    only = scene.published + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[scene.match["word"].lower()])
    return _Reading(days=(only, only), how="event")


@_rule(
    "19",
    "20",
    pattern=rf"(?<![\w.,$€£₹#-])(?:(?<=mid-)|(?<=end-))?(?P<year>{_YEAR})(?![\w-]|[ ]?(?:mAh|units|phones"
    rf"|smartphones|devices|stores|people|patents|employees|million|billion|crore|lakh|yuan|dollars"
    rf"|rupees|percent|per[ ]cent|mm|x[ ]\d))(?!年)",
)
def _plain_year(scene: _Scene) -> _Reading | None:
    if re.search(r"(?:RMB|CNY|Rs\.?|INR|USD|EUR|NT|HK|over|than|nearly|about|some|around|least|approximately)[ ]$", scene.before(14)):
        return None
    year = int(scene.match["year"])
    return _Reading(days=(date(year, 1, 1), date(year, 12, 31)))


# ---------------------------------------------------------------- Chinese


_HAN_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<rel>今年|去年|前年|明年|本年|上年))"


def _han_year(scene: _Scene) -> int | None:
    if scene.match["year"]:
        return int(scene.match["year"])
    if not scene.match["rel"] or scene.published is None:
        return None
    return scene.published.year + {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}[scene.match["rel"]]


@_rule(
    "季",
    "半年",
    "q",
    pattern=rf"{_HAN_YEAR}?(?:第?(?P<q>[一二三四1-4])季度?(?!军|末)|Q(?P<q2>[1-4])(?=[\u4e00-\u9fff]|$)|(?P<half>上半年"
    rf"|下半年)|前(?P<three>[二两三])个?季度|第?首季)",
)
def _han_quarter(scene: _Scene) -> _Reading | None:
    m = scene.match
    if m["half"]:
        shape: Callable[[int], Days] = lambda y: months(y, 1 if m["half"] == "上半年" else 7, 6)  # noqa: E731
    elif m["three"]:
        shape = lambda y: months(y, 1, 9 if m["three"] == "三" else 6)  # noqa: E731
    else:
        number = _HAN[m["q"] or m["q2"] or "首"]
        shape = lambda y: quarter(y, number)  # noqa: E731
    year = _han_year(scene)
    how = "absolute" if m["year"] else "relative"
    return _Reading(days=shape(year) if year else _begun(shape, scene), how=how)


@_rule(
    "年",
    "月",
    pattern=rf"{_HAN_YEAR}(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号])?)?(?P<end>[年月]?底"
    rf"|末)?(?!同期)|(?<!\d)(?P<month2>1[0-2]|0?[1-9])月(?P<day2>[12]\d|3[01]|0?[1-9])[日号]",
)
def _han_date(scene: _Scene) -> _Reading | None:
    m = scene.match
    month, number = m["month"] or m["month2"], m["day"] or m["day2"]
    year = _han_year(scene)
    how = "absolute" if m["year"] else "relative"
    if year is None and scene.published:
        year = scene.published.year - (int(month or 1) > scene.published.month)
    if year is None:
        return _Reading(days=None, how="relative")
    if number:
        only = date(year, int(month), int(number))
        return _Reading(days=(only, only), how=how)
    if m["end"]:
        last = month_end(year, int(month or 12))
        return _Reading(days=(last, last), how=how, nature=Nature.ASOF)
    days = months(year, int(month), 1) if month else months(year, 1, 12)
    return _Reading(days=days, how=how, basis=Basis.YOY if m["rel"] in ("去年", "上年") else None)


@_rule(
    "年",
    "季",
    "月",
    pattern=r"(?:去年|上年|上一年)(?:的)?(?:同期|同一时期)|(?P<before>上一?个?季度|上季)|(?P<now>本季度?)|(?P<month>上个?月)|(?P<this>本月"
    r"|这个月)|(?P<end>年底)",
)
def _han_relative(scene: _Scene) -> _Reading | None:
    m, published = scene.match, scene.published
    if published is None:
        return _Reading(days=None, how="relative", is_comparison="同" in m.group(), basis=Basis.YOY if "同" in m.group() else None)
    if m["before"] or m["now"]:
        return _Reading(
            days=quarter(published.year, quarter_of(published) - bool(m["before"])),
            how="relative",
            basis=Basis.QOQ if m["before"] else None,
        )
    if m["month"] or m["this"]:
        return _Reading(days=months(published.year, published.month - bool(m["month"]), 1), how="relative")
    if m["end"]:
        last = date(published.year, 12, 31)
        return _Reading(days=(last, last), how="relative", nature=Nature.ASOF)
    days = years_before(scene.anchor, 1) if scene.anchor else months(published.year - 1, 1, 12)
    return _Reading(days=days, how="relative", is_comparison=True, basis=Basis.YOY)
