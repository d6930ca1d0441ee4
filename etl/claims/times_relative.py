"""Times told from another: "last year", "a year earlier", "the same period", "end of this year", "the next 12 months"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.claims.calendars import MONTHS, add_months, fiscal_start, fiscal_year, month_end, months, quarter, quarter_of, years_before
from etl.claims.timewords import COUNT, MON, YEAR, Days, Reading, Scene, count_of, rule
from etl.model import Basis, Nature


@rule(
    "end",
    "late",
    pattern=rf"(?<![A-Za-z])(?:the[ ]end[ ]of|end[ -]of|end[- ]|year[- ]end[ ]"
    rf"|late[ ])[ ]?(?:the[ ])?(?:(?:calendar"
    rf"|fiscal)[ ])?(?:(?P<month>{MON})[ ,]{{0,2}})?(?:(?P<year>{YEAR})|(?P<rel>this[ ]year"
    rf"|last[ ]year|next[ ]year|the[ ](?:current[ ])?year|year|this[ ]month|(?:the"
    rf"|this)[ ]quarter))(?![\w])|(?<![A-Za-z])year[- ]end(?![A-Za-z])",
)
def _end_of(scene: Scene) -> Reading | None:
    m = scene.match
    rel = (m["rel"] or "").lower()
    if m["year"]:
        last = month_end(int(m["year"]), MONTHS[m["month"].lower().rstrip(".")] if m["month"] else 12)
        return (
            Reading(days=(last, last), nature=Nature.ASOF)
            if not m.group().lower().startswith("late")
            else Reading(days=months(int(m["year"]), 12, 1))
        )
    if scene.published is None:
        return Reading(days=None, how="relative")
    if "quarter" in rel:
        last = _end_of_quarter(scene, scene.published)
    elif "month" in rel:
        last = month_end(scene.published.year, scene.published.month)
    else:
        year = scene.published.year + (1 if "next" in rel else -1 if "last" in rel else 0)
        is_held = _HELD.match(scene.text, m.end()) or _HELD_BEFORE.search(scene.before(60))
        is_past = "this" not in rel and scene.published.month < 7 and is_held and not scene.is_future()
        year -= 1 if rel and not m["month"] and "next" not in rel and "last" not in rel and is_past else 0
        last = month_end(year, MONTHS[m["month"].lower().rstrip(".")] if m["month"] else 12)
    return Reading(days=(last, last), how="relative", nature=Nature.ASOF)


_HELD_BEFORE = re.compile(r"\b(?:held|had|stood|were|was|employed|counted|numbered|owned|operated)\b[^.;,]{0,50}$")
_HELD = re.compile(r"[ ,][^.;]{0,40}?\b(?:held|had|stood|were|was|employed|counted|numbered|owned|operated|reached)\b")


def _end_of_quarter(scene: Scene, published: date) -> date:
    """The end of the quarter spoken of; without one the last that is over, unless the sentence looks ahead."""
    if scene.anchor and 80 < (scene.anchor[1] - scene.anchor[0]).days < 100:
        return scene.anchor[1]
    days = quarter(published.year, quarter_of(published) - (0 if scene.is_future() or "this" in scene.match.group().lower() else 1))
    return days[1]


@rule(
    "same",
    "corresponding",
    "comparable",
    "similar",
    re.compile(r"year[- ](?:ago|earlier)|pr(?:ior|evious)[- ]year"),
    pattern=r"(?<![A-Za-z])(?:the[ ])?(?:same|corresponding|comparable|similar|year[- ]ago|year[- ]earlier|prior[- ]year"
    r"|previous[- ]year)[ ](?:three-month[ ]|reporting[ ]|fiscal[ ])?(?P<what>period|quarter|time|months?|half)(?![A-Za-z])"
    rf"(?:,?[ ](?:(?:of|in|from|during)[ ])?(?:the[ ])?(?:(?P<year>{YEAR})|(?P<rel>last[ ]year|(?:previous|prior"
    rf"|preceding)[ ](?:fiscal[ ])?year|year[ ](?:ago|earlier|before|prior)|a[ ]year[ ](?:ago|earlier|before|prior)"
    rf"|one[ ]year[ ](?:ago|earlier))))?",
)
def _same_period(scene: Scene) -> Reading | None:
    m = scene.match
    own = re.match(r"(?:the[ ])?(?:year|prior|previous)", m.group(), re.IGNORECASE) is not None
    if not (own or m["year"] or m["rel"]):
        return None
    if m["year"]:
        days = _moved(scene.anchor, int(m["year"])) or (date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31))
        return Reading(days=days, how="relative", is_comparison=True, basis=Basis.YOY)
    if scene.anchor and (scene.anchor[1] - scene.anchor[0]).days < 370:
        return Reading(days=years_before(scene.anchor, 1), how="relative", is_comparison=True, basis=Basis.YOY)
    if scene.published is None:
        return Reading(days=None, how="relative", is_comparison=True, basis=Basis.YOY)
    year, what = scene.published.year - 1, m["what"].lower()
    if what == "quarter":  # that of the last one over, which is what is told of
        return Reading(days=quarter(year, quarter_of(scene.published) - 1), how="relative", is_comparison=True, basis=Basis.YOY)
    return Reading(
        days=months(year, scene.published.month, 1) if what == "month" else months(year, 1, 12),
        how="relative",
        is_comparison=True,
        basis=Basis.YOY,
    )


def _moved(days: Days | None, year: int) -> Days | None:
    """The same part of another year, where the days lie within one year."""
    return years_before(days, days[0].year - year) if days and days[0].year == days[1].year else None


@rule(
    re.compile(r"year[ -](?:ago|earlier|before|prior|previously|back)|year['’]s[ ](?:same[ ])?(?:quarter|period)"),
    pattern=r"(?<![A-Za-z])(?:an?|one|the)[ ]year[ ](?:ago|earlier|before|prior|previously"
    r"|back)(?![A-Za-z])(?:[ ](?P<what>quarter|period))?|(?<![A-Za-z])(?:the[ ])?year-(?:ago"
    r"|earlier)(?![A-Za-z-])|(?:the[ ])?(?:previous|prior|preceding|last)[ ]year['’]s[ ](?:same[ ])?(?:quarter|period)(?![A-Za-z])",
)
def _year_ago(scene: Scene) -> Reading | None:
    if scene.anchor and (scene.anchor[1] - scene.anchor[0]).days < 370:
        return Reading(days=years_before(scene.anchor, 1), how="relative", is_comparison=True, basis=Basis.YOY)
    if scene.published is None:
        return Reading(days=None, how="relative", is_comparison=True, basis=Basis.YOY)
    return Reading(days=months(scene.published.year - 1, 1, 12), how="relative", is_comparison=True, basis=Basis.YOY)


@rule("years", pattern=rf"(?<![A-Za-z0-9])(?P<count>{COUNT})[ ]years[ ](?:ago|before|earlier)(?![A-Za-z])")
def _years_ago(scene: Scene) -> Reading | None:
    if scene.published is None:
        return Reading(days=None, how="relative")
    count, is_earlier = count_of(scene.match["count"]), not scene.match.group().lower().endswith("ago")
    if is_earlier and scene.anchor is None:
        return None
    if scene.anchor and (scene.anchor[1] - scene.anchor[0]).days < 370:
        return Reading(days=years_before(scene.anchor, count), how="relative", is_comparison=is_earlier)
    return Reading(days=months(scene.published.year - count, 1, 12), how="relative")


@rule("quarters", pattern=rf"(?<![A-Za-z0-9])(?P<count>{COUNT})[ ]quarters[ ](?:ago|before|earlier)(?![A-Za-z])")
def _quarters_ago(scene: Scene) -> Reading | None:
    """So many quarters before the one spoken of, else before the last whole one."""
    if scene.published is None:
        return Reading(days=None, how="relative")
    is_told = scene.anchor and 80 < (scene.anchor[1] - scene.anchor[0]).days < 100
    first = scene.anchor[0] if scene.anchor and is_told else quarter(scene.published.year, quarter_of(scene.published) - 1)[0]
    return Reading(days=months(first.year, first.month - 3 * count_of(scene.match["count"]), 3), how="absolute", is_comparison=True)


@rule("twelve", "12", pattern=r"(?<![A-Za-z0-9])(?:twelve|12)[ ]months[ ](?:ago|before|earlier|previously)(?![A-Za-z])")
def _twelve_months_ago(scene: Scene) -> Reading | None:
    return _year_ago(scene)


@rule("three months", pattern=r"(?<![A-Za-z])(?:the[ ])?three[ ]months[ ](?:before|earlier|prior|ago|previously)(?![A-Za-z])")
def _three_months_before(scene: Scene) -> Reading | None:
    return _quarter_ago(scene)


@rule(
    re.compile(r"quarter (?:ago|earlier|before|prior|previously)"),
    pattern=r"(?<![A-Za-z])(?:a|one|the)[ ]quarter[ ](?:ago|earlier|before|prior|previously)(?![A-Za-z])",
)
def _quarter_ago(scene: Scene) -> Reading | None:
    if scene.published is None:
        return Reading(days=None, how="relative", is_comparison=True, basis=Basis.QOQ)
    first = scene.published
    if scene.anchor and 80 < (scene.anchor[1] - scene.anchor[0]).days < 100:
        first = scene.anchor[0]
    else:  # the figure is of the last whole quarter, so that the one before is meant
        first = quarter(first.year, quarter_of(first) - 1)[0]
    return Reading(days=months(first.year, first.month - 3, 3), how="relative", is_comparison=True, basis=Basis.QOQ)


@rule(
    re.compile(r"(?:last|pr[ie]|th[ai][st]|current|next|coming|following|past|same)[a-z]*[ ](?:f|calendar|year|quarter|month|week)"),
    pattern=r"(?<![A-Za-z])(?P<which>last|previous|prior|preceding|this|current|next"
    r"|coming|the[ ]following|past|same|that|present)[ ](?P<what>fiscal[ ]year"
    r"|financial[ ]year|calendar[ ]year|year|quarter|month|week)(?![A-Za-z-]"
    r"|['’]s[ ](?:[a-z]+[ ])?(?:quarter))",
)
def _relative(scene: Scene) -> Reading | None:
    which, what = scene.match["which"].lower(), scene.match["what"].lower()
    if which == "past" and what != "year":
        return None
    if which in ("same", "that"):  # "in the same year": the one last spoken of
        if scene.anchor is None or what != "year" or scene.anchor[0].year != scene.anchor[1].year:
            return None
        return Reading(days=months(scene.anchor[0].year, 1, 12), how="relative")
    if scene.published is None:
        return Reading(days=None, how="relative", basis=_relative_basis(which, what))
    step = 0 if which in ("this", "current", "present") else 1 if which in ("next", "coming", "the following") else -1
    if what == "quarter":
        return Reading(days=_near_quarter(scene, which, step), how="relative", basis=_relative_basis(which, what))
    if what == "month":
        return Reading(days=months(scene.published.year, scene.published.month + step, 1), how="relative")
    if what == "week":
        monday = scene.published - timedelta(days=scene.published.weekday()) + timedelta(weeks=step)
        return Reading(days=(monday, monday + timedelta(days=6)), how="relative")
    year = scene.published.year + step
    if which in ("previous", "prior", "preceding", "the following") and scene.anchor:
        days = scene.anchor
        if (days[1] - days[0]).days > 300:
            return Reading(days=years_before(days, -step), how="relative", is_comparison=step < 0, basis=_relative_basis(which, what))
        year = days[0].year + step
    if what in ("fiscal year", "financial year"):
        first_month = fiscal_start(scene.text, scene.match.start(), scene.match.end())
        now = scene.published.year + (scene.published.month >= first_month > 1)
        return Reading(days=fiscal_year(now + step, first_month), how="fiscal", basis=_relative_basis(which, what))
    return Reading(days=months(year, 1, 12), how="relative", basis=_relative_basis(which, what))


def _relative_basis(which: str, what: str) -> Basis | None:
    if which not in ("last", "previous", "prior", "preceding", "past"):
        return None
    return Basis.QOQ if what == "quarter" else Basis.YOY if "year" in what else None


def _near_quarter(scene: Scene, which: str, step: int) -> Days | None:
    assert scene.published is not None
    if (
        which in ("previous", "prior", "preceding", "the following")
        and scene.anchor
        and 80 < (scene.anchor[1] - scene.anchor[0]).days < 100
    ):
        first = scene.anchor[0]
        return months(first.year, first.month + 3 * step, 3)
    return quarter(scene.published.year, quarter_of(scene.published) + step)


@rule(
    "past ",
    "last ",
    "next ",
    "coming ",
    "previous ",
    "following ",
    "twelve ",
    pattern=rf"(?<![A-Za-z])(?:(?P<which>past|last|next"
    rf"|coming|previous|following)[ ](?P<count>{COUNT}|few)|(?P<two>twelve[ ]months[ ]from[ ]now))[ ]?(?P<what>months|years"
    rf"|quarters|weeks|days)?(?![A-Za-z])",
)
def _stretch(scene: Scene) -> Reading | None:
    m = scene.match
    if m["two"]:
        return Reading(days=(scene.published, add_months(scene.published, 12)) if scene.published else None, how="relative")
    if not m["what"] or m["count"].lower() == "few":
        return None
    if scene.published is None:
        return Reading(days=None, how="relative")
    count, what, ahead = count_of(m["count"]), m["what"].lower(), m["which"].lower() in ("next", "coming", "following")
    if what in ("weeks", "days"):
        other = scene.published + timedelta(days=count * (7 if what == "weeks" else 1) * (1 if ahead else -1))
    else:
        size = {"months": 1, "years": 12, "quarters": 3}[what] * count
        other = add_months(scene.published, size if ahead else -size)
    return Reading(days=(scene.published, other) if ahead else (other, scene.published), how="relative")


_AIMED = re.compile(
    r"\b(?:goals?|targets?|aims?|aimed|plans?|planned|wants?|hopes?|vow(?:s|ed)|pledge[sd]?|promise[sd]?|will|would|expects?|intends?|ambition)\b(?!.*\b(?:first|lowest|highest|best|worst|low|high|time|decline|fall|rise|growth)\s(?:\w+\s)?$)",
    re.IGNORECASE,
)


@rule(
    re.compile(r" year(?<=[\dorexnt] year)(?<!the year)"),  # behind a number
    pattern=rf"(?<![A-Za-z])(?:in|within)[ ](?:the[ ]next[ ])?(?P<count>{COUNT})[ ]years?(?:['’][ ]time)?"
    r"(?![A-Za-z-]|[ ](?:ago|earlier|before))",
)
def _in_years(scene: Scene) -> Reading | None:
    """`a goal of 30 percent within three years`: the year by which an aim is to be reached."""
    at = scene.match.start()
    start = max(scene.text.rfind(". ", 0, at), scene.text.rfind("\n", 0, at), at - 160, 0)
    if scene.published is None or not _AIMED.search(scene.text[start : scene.match.start()]):
        return None
    year = scene.published.year
    if scene.anchor and str(scene.anchor[0].year) in scene.text[start : scene.match.start()]:
        year = scene.anchor[0].year  # "In 2018 he set the goal of … within five years"
    return Reading(days=months(year + count_of(scene.match["count"]), 1, 12), how="relative")


@rule(
    "year later",
    "year after",
    pattern=r"(?<![A-Za-z])(?:a[ ]year[ ](?:later|after[ ]that)"
    r"|the[ ]year[ ]after(?:wards)?(?![ ](?:the|its|it|they|a)[ ]))(?![A-Za-z-])",
)
def _year_later(scene: Scene) -> Reading | None:
    """The same stretch of the year after the one spoken of."""
    if scene.anchor is None or (scene.anchor[1] - scene.anchor[0]).days > 370:
        return None
    days = years_before(scene.anchor, -1)
    return None if scene.published and days[0] > scene.published else Reading(days=days, how="absolute")


@rule("today", "yesterday", "tomorrow", pattern=r"(?<![A-Za-z])(?P<word>today|yesterday|tomorrow)(?![A-Za-z])")
def _near_day(scene: Scene) -> Reading | None:
    if scene.published is None:
        return Reading(days=None, how="relative")
    only = scene.published + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[scene.match["word"].lower()])
    return Reading(days=(only, only), how="event")


@rule(
    re.compile(r"(?:19[89]|20[0-4])\d"),
    pattern=rf"(?<![\w.,$€£₹#-])(?:(?<=mid-)|(?<=end-))?(?P<year>{YEAR})(?![\w-]|[ ]?(?:mAh|units|phones"
    rf"|smartphones|devices|stores|people|patents|employees|million|billion|crore|lakh|yuan|dollars"
    rf"|rupees|percent|per[ ]cent|mm|x[ ]\d))(?!年)",
)
def _plain_year(scene: Scene) -> Reading | None:
    if re.search(r"(?:RMB|CNY|Rs\.?|INR|USD|EUR|NT|HK|over|than|nearly|about|some|around|least|approximately)[ ]$", scene.before(14)):
        return None
    year = int(scene.match["year"])
    return Reading(days=(date(year, 1, 1), date(year, 12, 31)))
