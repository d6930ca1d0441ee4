"""Quarters, halves and stretches of months: "the second quarter of 2018", "3Q19", "the quarter ended March 31", "January to April"."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.calendars import MONTHS, fiscal_quarter, fiscal_start, month_end, months, quarter, quarter_of
from etl.claims.timewords import (
    COUNT,
    MON,
    MONTH_NEEDS,
    OF_YEAR,
    ORD,
    ORDINAL,
    QUARTER_NEEDS,
    YEAR,
    Days,
    Reading,
    Scene,
    begun,
    count_of,
    full_year,
    rule,
    year_of,
)
from etl.model import Basis


def _quarter(scene: Scene, number: int) -> Reading | None:
    words = scene.match.group().lower()
    fiscal = "fiscal" in words or "fy" in words or "fq" in words or re.search(r"fiscal[ ]$", scene.before(8), re.IGNORECASE) is not None
    year, said, compares = year_of(scene)
    how = "fiscal" if fiscal else "absolute" if said and scene.match.groupdict().get("year") else "relative"
    basis = Basis.YOY if compares else None
    first_month = fiscal_start(scene.text, scene.match.start(), scene.match.end()) if fiscal else 1
    if said and year is not None:
        return Reading(days=fiscal_quarter(year, number, first_month), how=how, is_comparison=compares, basis=basis)
    days = begun(lambda y: fiscal_quarter(y, number, first_month), scene)
    return Reading(days=_over(scene, days, number), how=how, basis=basis)


def _over(scene: Scene, days: Days | None, number: int) -> Days | None:
    """A quarter that has hardly begun can't be told of: it is the company's own fiscal one, if that is just over, else the year before's."""
    published = scene.published
    if days is None or published is None or days[1] < published or scene.is_future() or (published - days[0]).days > 45:
        return days
    first_month = fiscal_start(scene.text, scene.match.start(), scene.match.end())
    own = begun(lambda y: fiscal_quarter(y, number, first_month), scene) if first_month > 1 else None
    return own if own and 0 <= (published - own[1]).days < 60 else days


_IN_A_ROW = re.compile(  # a count of quarters, no date: "the second quarter of recovery"
    r"[ ](?:in[ ]a[ ]row|running|straight|in[ ]succession|of[ ](?:[\w-]+[ ]){0,2}?(?:growth|recovery|decline|declines|contraction|losses|gains))\b", re.IGNORECASE
)


@rule(
    "quarter",
    pattern=rf"(?<![A-Za-z0-9])(?:(?:fiscal|calendar)[ ])?(?P<ord>{ORD})[ -](?:(?:fiscal"
    rf"|calendar)[ ])?quarter(?![A-Za-z])(?:\s\(\w{{2,4}}\))?{OF_YEAR}?",
)
def _ordinal_quarter(scene: Scene) -> Reading | None:
    if _IN_A_ROW.match(scene.text, scene.match.end()):
        return None
    if (
        scene.match["ord"].lower() == "last"
        and not scene.match.groupdict().get("year")
        and not scene.match["rel"]
        and " of the year" not in scene.match.group()
    ):
        return _last_quarter(scene)
    return _quarter(scene, ORDINAL[scene.match["ord"].lower()])


@rule(
    "quarter",
    pattern=rf"(?<![A-Za-z0-9])(?P<year>{YEAR}|(?:the[ ])?(?P<rel>this|last"
    rf"|the[ ]previous)[ ]year)(?:['’]s)?[ ](?:(?:fiscal|calendar)[ ])?(?P<ord>{ORD})[ -]quarter(?![A-Za-z])",
)
def _year_quarter(scene: Scene) -> Reading | None:
    if scene.match["rel"]:
        return None if scene.published is None else Reading(
            days=quarter(scene.published.year - (scene.match["rel"].lower() != "this"),
                ORDINAL[scene.match["ord"].lower()]), how="relative", basis=Basis.YOY
        )  # fmt: skip
    return _quarter(scene, ORDINAL[scene.match["ord"].lower()])


@rule(
    *QUARTER_NEEDS,
    pattern=r"(?<![A-Za-z0-9])(?:(?:fiscal[ ])?F?Q(?P<a>[1-4])(?:FY|[ /,’'-]{0,2}(?:of[ ])?(?:FY|CY"
    r"|fiscal[ ])?[ ]?['’]?)(?P<year>20[0-4]\d|\d\d)(?![\d%.,]\d|\d|%|[ ]?(?:percent|million|billion))"
    r"|(?P<b>[1-4])Q[ ]?(?:FY)?[ '’]?(?P<year2>20[0-4]\d|\d\d)(?!\d)|(?P<year3>20[0-4]\d)[ -/]?[ ]?Q(?P<c>[1-4])"
    r"|FY[ ]?['’]?(?P<year4>20\d\d|\d\d)[ -]?Q(?P<d>[1-4])|CQ(?P<e>[1-4]))(?![A-Za-z0-9])",
)
def _short_quarter(scene: Scene) -> Reading | None:
    m = scene.match
    number = int(m["a"] or m["b"] or m["c"] or m["d"] or m["e"])
    printed = m["year"] or m["year2"] or m["year3"] or m["year4"]
    if not printed:
        return _quarter(scene, number)
    fiscal = "fy" in m.group().lower() or "fiscal" in m.group().lower() or "FQ" in m.group()
    first_month = fiscal_start(scene.text, m.start(), m.end()) if fiscal else 1
    days = fiscal_quarter(full_year(printed), number, first_month)
    if not fiscal and scene.published and days[0] <= scene.published < days[1]:
        days = _over(scene, days, number) or days  # "Apple Q3 2018", in August 2018
    return Reading(days=days, how="fiscal" if fiscal else "absolute")


@rule(
    *QUARTER_NEEDS,
    pattern=rf"(?<![A-Za-z0-9])(?:fiscal[ ])?F?Q(?P<a>[1-4])(?![A-Za-z0-9]){OF_YEAR}?"
    rf"|(?<![A-Za-z0-9.,])(?P<b>[1-4])Q(?![A-Za-z0-9])"
    rf"{OF_YEAR.replace('<year>', '<year_b>').replace('<rel>', '<rel_b>')}?",
)
def _bare_quarter(scene: Scene) -> Reading | None:
    return _quarter(scene, int(scene.match["a"] or scene.match["b"]))


@rule(
    "half",
    "h1",
    "h2",
    "1h",
    "2h",
    pattern=rf"(?<![A-Za-z0-9])(?P<ord>first|second|1st|2nd|initial|opening|primary"
    rf"|latter|(?:final|last)(?=[ -]half[ ]of[ ](?:20|the[ ]year)))[ -]half(?![A-Za-z-]){OF_YEAR}?|(?<![A-Za-z0-9])(?:H(?P<a>[12])"
    rf"|(?P<b>[12])H)(?:[ '’/-]{{0,2}}(?:of[ ])?(?:FY|CY)?[ '’]?(?P<year2>20[0-4]\d"
    rf"|\d\d)(?![\d%]))?(?![A-Za-z0-9])",
)
def _half(scene: Scene) -> Reading | None:
    m = scene.match
    number = int(m["a"] or m["b"]) if m["a"] or m["b"] else 2 if m["ord"].lower() in ("second", "2nd", "latter", "final", "last") else 1
    if m["year2"]:
        return Reading(days=months(full_year(m["year2"]), 6 * number - 5, 6))
    if (
        m["ord"]
        and not (m["year"] or m["rel"])
        and "year" not in m.group()
        and not re.search(r"(?:the|this|its|’s|'s|in)[ ]$", scene.before(8), re.IGNORECASE)
    ):
        return None
    year, said, compares = year_of(scene)
    if said and year is not None:
        return Reading(
            days=months(year, 6 * number - 5, 6),
            how="absolute" if m["year"] else "relative",
            is_comparison=compares,
            basis=Basis.YOY if compares else None,
        )
    return Reading(days=begun(lambda y: months(y, 6 * number - 5, 6), scene), how="relative")


@rule(
    "months",
    "quarters",
    pattern=rf"(?<![A-Za-z0-9])(?P<ord>first|last|final"
    rf"|primary|initial|opening)[ ](?P<count>{COUNT})[ ](?P<what>months|quarters){OF_YEAR}",
)
def _months_of_year(scene: Scene) -> Reading | None:
    count = count_of(scene.match["count"]) * (3 if scene.match["what"].lower() == "quarters" else 1)
    if not 1 <= count <= 12:
        return None
    year, said, compares = year_of(scene)
    start = 13 - count if scene.match["ord"].lower() in ("last", "final") else 1
    if said and year is not None:
        return Reading(
            days=months(year, start, count),
            how="absolute" if scene.match["year"] else "relative",
            is_comparison=compares,
            basis=Basis.YOY if compares else None,
        )
    return Reading(days=begun(lambda y: months(y, start, count), scene), how="relative")


@rule(
    re.compile(r"(?:months?|period|year|quarter)[ ,](?:that[ ])?(?:period[ ])?(?:end|to[ ]|through|until)"),
    pattern=rf"(?<![A-Za-z0-9])(?:(?P<count>{COUNT})[ -]months?(?:[ ]period)?|(?P<what>fiscal[ ]year|financial[ ]year|year"
    rf"|(?:fiscal[ ])?quarter|half[- ]year|six-month[ ]period))[ ,](?:that[ ])?(?:period[ ])?"
    rf"(?:ended|ending|ends|to|through|until)[ ](?:in[ ]|on[ ])?(?:the[ ]end[ ]of[ ]|end-)?(?:(?P<day_a>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[ ](?:of[ ])?)?(?P<month>{MON})(?![A-Za-z])(?:[ ](?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?(?!\d))?(?:,?[ ](?:of[ ])?(?P<year>{YEAR})|[ ](?:of[ ])?(?P<rel>(?:this|last)[ ]year))?",
)
def _ended(scene: Scene) -> Reading | None:
    m = scene.match
    what = (m["what"] or "").lower()
    count = count_of(m["count"]) if m["count"] else 3 if "quarter" in what else 6 if "half" in what or "six" in what else 12
    if what and " to " in m.group().lower() and "quarter" not in what and "year" not in what:
        return None
    month = MONTHS[m["month"].lower().rstrip(".")]
    year, said, _ = year_of(scene)
    if not said or year is None:
        if scene.published is None:
            return Reading(days=None, how="relative")
        year = scene.published.year - (
            month_end(scene.published.year, month) > scene.published and not (scene.is_future() or scene.published.month == month)
        )
    return Reading(days=months(year, month - count + 1, count), how="fiscal")


@rule(
    *MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?:between[ ])?(?P<one>{MON})(?![A-Za-z])(?:[ ]?(?:-|–|to|through|and|till"
    rf"|until)[ ]?)(?P<two>{MON})(?![A-Za-z])(?:[ ](?:this[ ])?(?:quarter"
    rf"|period))?(?:,?[ ](?:of[ ])?(?:(?P<year>{YEAR})(?:[ ]quarter)?|(?P<rel>(?:this|last|the[ ]previous)[ ]year)))?",
)
def _month_to_month(scene: Scene) -> Reading | None:
    m = scene.match
    one, two = MONTHS[m["one"].lower().rstrip(".")], MONTHS[m["two"].lower().rstrip(".")]
    count = (two - one) % 12 + 1
    if "may" in (m["one"].lower(), m["two"].lower()) and not m.group().replace("between ", "")[:1].isupper():
        return None
    year, said, compares = year_of(scene)
    if said and year is not None:
        return Reading(days=months(year - (two < one), one, count), how="absolute" if m["year"] else "relative", is_comparison=compares)
    return Reading(days=begun(lambda y: months(y, one, count), scene), how="relative")


@rule(re.compile(r"in the (?:first|second|third|fourth)(?! quarter)"), pattern=r"(?<![A-Za-z])in[ ]the[ ](?P<ord>first|second|third|fourth)(?=[.,;]|[ ](?:and|but|from|to)[ ]|$)")
def _elided_quarter(scene: Scene) -> Reading | None:
    """`31.7% in the third quarter and 29.3% in the fourth`."""
    if scene.anchor is None or not 80 < (scene.anchor[1] - scene.anchor[0]).days < 100 or scene.anchor[0].month % 3 != 1:
        return None
    return Reading(days=quarter(scene.anchor[0].year, ORDINAL[scene.match["ord"].lower()]))


@rule("holiday", "christmas", "year-end", pattern=rf"(?<![A-Za-z])(?:holiday|Christmas|year-end)[ -](?:shopping[ -]|season[ -])?quarter(?![A-Za-z]){OF_YEAR}?")
def _holiday_quarter(scene: Scene) -> Reading | None:
    return _quarter(scene, 4)


@rule(*MONTH_NEEDS, pattern=rf"(?<![A-Za-z])(?P<month>{MON})(?:[ ](?P<year_a>{YEAR}))?[ -]quarter(?![A-Za-z]){OF_YEAR}?")
def _month_quarter(scene: Scene) -> Reading | None:
    month = MONTHS[scene.match["month"].lower().rstrip(".")]
    if scene.match["year_a"]:
        return Reading(days=months(int(scene.match["year_a"]), month - 2, 3))
    year, said, compares = year_of(scene)
    if said and year is not None:
        return Reading(
            days=months(year, month - 2, 3),
            how="absolute" if scene.match["year"] else "relative",
            is_comparison=compares,
            basis=Basis.YOY if compares else None,
        )
    return Reading(days=begun(lambda y: months(y, month - 2, 3), scene), how="relative")


def _last_quarter(scene: Scene) -> Reading | None:
    if scene.published is None:
        return Reading(days=None, how="relative", basis=Basis.QOQ)
    return Reading(days=quarter(scene.published.year, quarter_of(scene.published) - 1), how="relative", basis=Basis.QOQ)
