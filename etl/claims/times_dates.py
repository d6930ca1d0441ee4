"""Days, months and years: "July 8", "May 2015", "2017-18", "FY18", "between 2014 and 2016"."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from datetime import date

from etl.claims.calendars import MONTHS, fiscal_quarter, fiscal_start, fiscal_year, month_end, months
from etl.claims.timewords import MON, MONTH_NEEDS, ORDINAL, YEAR, Reading, Scene, full_year, rule, year_of
from etl.model import Nature

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"


@rule(
    *MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?P<month>{MON})[ ]{_DAY}(?![\d%]|[.,]\d|[ ](?:million|billion"
    rf"|percent))(?:,?[ ](?P<year>{YEAR}))?",
)
def _month_day(scene: Scene) -> Reading | None:
    return _day(scene)


@rule(*MONTH_NEEDS, pattern=rf"(?<![\w.,]){_DAY}[ -](?:of[ ])?(?P<month>{MON})(?![A-Za-z])(?:,?[ ]?-?(?P<year>{YEAR}))?")
def _day_month(scene: Scene) -> Reading | None:
    return _day(scene)


_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?[ ]?[AaPp]\.?[Mm]\.?[ ](?:of|on)[ ])?"
_NTH = r"(?:st|nd|rd|th)?"


@rule(
    *MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?P<one>{MON})[ ](?P<d1>\d{{1,2}}){_NTH}(?:[ ]?[-–—][ ]?|[ ](?:to|through|till|until|and)[ ]){_CLOCK}(?:(?P<month>{MON})[ ])?(?P<d2>\d{{1,2}}){_NTH}"
    rf"(?![\d%]|[.,]\d|[ ](?:million|billion|percent|per[ ]cent))(?:,?[ ](?P<year>{YEAR}))?",
)
def _days_of_month(scene: Scene) -> Reading | None:
    return _day_to_day(scene)


@rule(
    *MONTH_NEEDS,
    pattern=rf"(?<![\w.,$€£₹])(?P<d1>\d{{1,2}}){_NTH}(?:[ ](?:of[ ])?(?P<one>{MON}))?(?:[ ]?[-–—][ ]?|[ ](?:to|through|till|until|and)[ ]){_CLOCK}(?P<d2>\d{{1,2}}){_NTH}"
    rf"[ ](?:of[ ])?(?P<month>{MON})(?![A-Za-z])(?:,?[ ](?P<year>{YEAR}))?",
)
def _days_to_month(scene: Scene) -> Reading | None:
    return _day_to_day(scene)


def _day_to_day(scene: Scene) -> Reading | None:
    """`between 9 and 11 October`, `from June 1 to June 18`: the days of a sale, the latest that have begun."""
    m = scene.match
    if " and " in m.group() and not re.search(r"between[ ](?:the[ ])?(?:\d{1,2}(?:[:.]\d\d)?[ ]?[AaPp]\.?[Mm]\.?[ ](?:of|on)[ ])?$", scene.before(30), re.IGNORECASE):
        return None
    names = [name for name in (m["one"], m["month"]) if name]
    if any(name[0].islower() for name in names) or (scene.published is None and not m["year"]):
        return None
    one, two = (MONTHS[name.lower().rstrip(".")] for name in (names[0], names[-1]))
    year = int(m["year"]) if m["year"] else scene.published.year if scene.published else 0
    if not m["year"] and scene.published and date(year, one, 1) > scene.published and not scene.is_future():
        year -= 1
    first, last = date(year - (two < one), one, int(m["d1"])), date(year, two, int(m["d2"]))
    return Reading(days=(first, last), how="absolute" if m["year"] else "relative") if first < last else None


@rule(re.compile(r"(?:19|20)\d\d[-/]\d"), pattern=r"(?<![\w./-])(?P<y>(?:19|20)\d\d)[-/](?P<m>0?[1-9]|1[0-2])[-/](?P<d>0?[1-9]|[12]\d|3[01])(?![\w-])")
def _iso(scene: Scene) -> Reading | None:
    only = date(int(scene.match["y"]), int(scene.match["m"]), int(scene.match["d"]))
    return Reading(days=(only, only), how="absolute")


def _day(scene: Scene) -> Reading | None:
    month, number = MONTHS[scene.match["month"].lower().rstrip(".")], int(scene.match["day"])
    if scene.match["month"][0].islower() and scene.match["month"].lower() in ("may", "march", "mar"):
        return None
    if scene.match["year"]:
        only = date(int(scene.match["year"]), month, number)
        return Reading(days=(only, only))
    if scene.published is None:
        return Reading(days=None, how="relative")
    only = date(scene.published.year, month, min(number, month_end(scene.published.year, month).day))
    ahead = (only - scene.published).days
    past_only = re.search(r"(?:as of|as at|ended|end(?:ing)?|until|since|at)[ ](?:the[ ])?$", scene.before(12), re.IGNORECASE)
    if ahead > (0 if past_only else 45) and not (scene.is_future() and not past_only):
        only = date(scene.published.year - 1, month, min(number, month_end(scene.published.year - 1, month).day))
    elif ahead < -320:
        only = only.replace(year=only.year + 1)
    return Reading(days=(only, only), how="relative")


@rule(
    *MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?:(?:early|late"
    rf"|mid)[ -])?(?P<month>{MON})(?:,?[ ](?:of[ ])?(?:(?P<year>{YEAR})|['’](?P<short>\d\d)(?!\d)"
    rf"|(?P<rel>(?:this|last|next|the[ ](?:same|previous))[ ]year)))(?![A-Za-z])",
)
def _month_year(scene: Scene) -> Reading | None:
    month = MONTHS[scene.match["month"].lower().rstrip(".")]
    if scene.match["short"]:
        return Reading(days=months(full_year(scene.match["short"]), month, 1))
    year, said, compares = year_of(scene)
    return Reading(
        days=months(year, month, 1) if said and year is not None else None,
        how="absolute" if scene.match["year"] else "relative",
        is_comparison=compares,
    )


@rule(
    *MONTH_NEEDS,
    pattern=rf"(?<![A-Za-z])(?P<rel>(?:in|since|until|by|of|from|during|this|last|for|through|early|late|mid"
    rf"|the[ ]month[ ]of|than|end[ ]of|as[ ]of|in[ ]early|to)[ -])(?P<month>{MON})(?![A-Za-z]|[ ]\d|-\d|['’])",
)
def _bare_month(scene: Scene) -> Reading | None:
    word = scene.match["month"].rstrip(".")
    if not word[0].isupper() or scene.published is None:
        return None if not word[0].isupper() else Reading(days=None, how="relative")
    month, year = MONTHS[word.lower()], scene.published.year
    if month > scene.published.month and not (scene.is_future() or scene.match["rel"].strip().lower() in ("by", "this", "until")):
        year -= 1
    lead = scene.match["rel"].strip().lower()
    if "last" in lead and month >= scene.published.month:
        year = scene.published.year - 1
    if lead == "since":
        first, _ = months(year, month, 1)
        return Reading(days=(first, month_end(scene.published.year, scene.published.month)), how="relative", nature=Nature.CUM)
    if lead in ("end of", "as of"):
        return Reading(days=months(year, month, 1), how="relative", nature=Nature.ASOF)
    return Reading(days=months(year, month, 1), how="relative")


@rule(
    re.compile(r"20[0-4]\d[-–/]\d\d"),
    pattern=r"(?<![\w.,$€£₹-])(?:FY[ ]?|fiscal[ ](?:year[ ])?"
    r"|financial[ ]year[ ])?(?P<one>20[0-4]\d)[-–/](?P<two>\d\d)(?![\d%]|[.,-]\d|[ ]?(?:million|billion|percent|per))",
)
def _split_year(scene: Scene) -> Reading | None:
    one, two = int(scene.match["one"]), int(scene.match["two"])
    if (one + 1) % 100 == two:
        return Reading(days=months(one, 4, 12), how="fiscal")
    if (one % 100) < two and not re.search("fy|fiscal|financial", scene.match.group(), re.IGNORECASE):
        return Reading(days=(date(one, 1, 1), date(2000 + two, 12, 31)))
    return None


@rule(
    "fy",
    "fiscal",
    "financial",
    pattern=r"(?<![\w.,])(?:FY[ ]?['’]?(?P<short>\d\d(?!\d)|20\d\d)|(?:fiscal"
    r"|financial)[ ](?:year[ ])?(?P<year>20[0-4]\d))(?![\w%]"
    r"|[-–/]\d)(?:[ ](?:(?P<ord>first|second|third|fourth)[- ]quarter))?",
)
def _fiscal_year(scene: Scene) -> Reading | None:
    year = full_year(scene.match["short"] or scene.match["year"])
    first_month = fiscal_start(scene.text, scene.match.start(), scene.match.end())
    if scene.match["ord"]:
        return Reading(days=fiscal_quarter(year, ORDINAL[scene.match["ord"].lower()], first_month), how="fiscal")
    return Reading(days=fiscal_year(year, first_month), how="fiscal")


@rule(re.compile(r"(?:19|20)\d\d[ ]?[-–tau]"), pattern=rf"(?<![\w.,$€£₹-])(?P<one>{YEAR})(?:[ ]?(?:-|–|to|through|and|until)[ ]?)(?P<two>{YEAR})(?![\w-])")
def _year_to_year(scene: Scene) -> Reading | None:
    one, two = int(scene.match["one"]), int(scene.match["two"])
    joins = re.search(r"(?:between|from)[ ](?:fiscal[ ])?$", scene.before(16), re.IGNORECASE) is not None
    if one >= two or (not joins and re.search(r"[a-z]", scene.match.group(), re.IGNORECASE)):
        return None
    return Reading(days=(date(one, 1, 1), date(two, 12, 31)))
