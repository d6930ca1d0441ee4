"""Expressions of time and the calendar days they mean, against the day of publication.

    "in the second quarter" (7 July 2017) → 2017-Q2        "the quarter ended March 31" → 2017-Q1        "2017-18" → 2017-04/2018-03
    "a year earlier" after "Q2 2017" → 2016-Q2, a comparison        "as of September" → asof:2016-09        去年同期, 第二季度

Each rule is a pattern and a reading of its match; of two expressions that overlap the longer stands. A quarter without a year is
the latest that has begun. Relative words need the day of publication: without it their period is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from etl.claims import times_chinese, times_dates, times_quarters, times_relative, times_spanish
from etl.claims.calendars import month_end, span_of, years_before
from etl.claims.scan import Cells
from etl.claims.spans import BasisCue, TimeExpression
from etl.claims.timewords import MOST, RULES, Days, Reader, Reading, Scene
from etl.model import Basis, Nature

__all__ = ["find_bases", "find_periods"]

_DECLARED = (times_quarters, times_dates, times_relative, times_chinese, times_spanish)  # importing them declares their rules
_LOOK = re.compile(
    r"\d|mestre|year|quarter|month|week|half|today|yesterday|tomorrow|fiscal|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|[年季月期天日]",
    re.IGNORECASE,
)
_HAN_YEAR = re.compile(r"[一二][九零〇○][零〇○一二三四五六七八九]{2}(?=年)")  # 二零二一年, sign by sign
_HAN_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_COMPARES = re.compile(
    r"(?<![a-z])(?:from|than|against|compared?[ ](?:with|to)|comparing|versus|vs\.?|over|on|relative[ ]to|up[ ]on|较|比"
    r"|相比)[ ](?:that[ ]of[ ]|those[ ](?:of|in)[ ]|(?:the[ ])?(?:[\w$]+(?:\.\d+)?%?[ ]){0,4}?(?:in|during|for|of)[ ])?"
    r"(?:the[ ])?$|(?:较|比)$",
    re.IGNORECASE,
)


def find_periods(text: str, published: date | None) -> list[TimeExpression]:
    """The expressions of time in their order, none overlapping another."""
    if not _LOOK.search(text):
        return []
    text = _HAN_YEAR.sub(lambda m: m[0].translate(_HAN_DIGITS), text) if "年" in text else text
    cells = Cells(text)
    matches = [(m, reader) for needs, pattern, reader in RULES for m in islice(cells.finditer(needs, pattern, text), MOST)]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    found: list[TimeExpression] = []
    anchor: Days | None = None
    anchor_end = 0
    for match, reader in _longest(matches):
        if anchor is not None and "\n" in text[anchor_end : match.start()]:
            anchor = None
        try:
            reading = reader(Scene(text=text, published=published, match=match, anchor=anchor))
        except (ValueError, OverflowError):
            continue
        if reading is None:
            continue
        expression = _expression(text, match, _against(text, match, reading, anchor), published)
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


def _longest(matches: list[tuple[re.Match[str], Reader]]) -> Iterator[tuple[re.Match[str], Reader]]:
    """Of matches that overlap the longer one; sorted by start, so that one step back suffices."""
    kept: list[tuple[re.Match[str], Reader]] = []
    for match, reader in matches:
        if kept and match.start() < kept[-1][0].end():
            last = kept[-1][0]
            if match.end() - match.start() <= last.end() - last.start():
                continue
            kept.pop()
        kept.append((match, reader))
    return iter(kept)


_AGAINST = re.compile(
    r"(?<![a-z])(?:than|against|compared[ ](?:with|to)|comparing[ ](?:with|to)|versus|vs\.?|relative[ ]to|(?:up|down)[ ](?:from|on|over)"
    r"|(?:increase|rise|growth|jump|gain|surge|drop|decline|decrease|fall|slump|higher|lower|more|less|better)[ ](?:from|on|over|than)"
    r"|(?:%|percent|per[ ]cent)[ ](?:on|over|from|above|below|up[ ]on|down[ ]on))[ ]"
    r"(?:that[ ]of[ ]|those[ ](?:of|in)[ ]|(?:the[ ])?(?:[\w$]+(?:\.\d+)?%?[ ]){0,4}?(?:in|during|for|of)[ ])?(?:the[ ])?$",
    re.IGNORECASE,
)
_A_YEAR_SAID = re.compile(r"(?:19|20)\d\d|year|Q[1-4][ /’'-]?\d|\d[ ]?Q[ ]?['’]?\d\d", re.IGNORECASE)


def _against(text: str, match: re.Match[str], reading: Reading, anchor: Days | None) -> Reading:
    """ "70 % more than in the first quarter": a time that a figure is compared with, by its place before the figure's own."""
    if reading.is_comparison or reading.basis or reading.days is None or reading.nature is not Nature.SPAN:
        return reading
    if not _AGAINST.search(text[max(0, match.start() - 60) : match.start()]):
        return reading
    days, is_quarter = reading.days, 80 < (reading.days[1] - reading.days[0]).days < 100
    said = _A_YEAR_SAID.search(match.group()) is not None
    if anchor is None or anchor[0].day != 1:
        basis = Basis.QOQ if is_quarter and not said else None
    else:
        while not said and is_quarter and days[0] >= anchor[0]:
            days = years_before(days, 1)
        as_long = abs((anchor[1] - anchor[0]).days - (days[1] - days[0]).days) < 35  # "March to June" is said of a quarter too
        follows = as_long and days[0] < anchor[0] and abs((anchor[0] - days[1]).days) < 32
        basis = Basis.YOY if days == years_before(anchor, 1) else Basis.QOQ if follows and is_quarter else None
    return replace(reading, days=days, is_comparison=True, basis=basis) if basis else reading


_SINCE = re.compile(
    r"(?<![a-z])since\s(?:(?:its|the|their|early|late|mid)\b(?:\s[a-z’']+){0,2}\s)?$|(?:自|自从)$"
    r"|(?<![a-z])since\s(?:(?:it|they|he|she|we)|(?:the|its|their)\s(?:\w+\s){0,2}\w+)\s(?:was\s|were\s|had\s|been\s|first\s)*"
    r"(?:launched|founded|set\sup|started|began|came\sout|entered|debuted|opened|arrived|went\son\ssale|established|released|introduced)\b[^.,;]{0,30}$",
    re.IGNORECASE,
)


def _expression(text: str, match: re.Match[str], reading: Reading, published: date | None) -> TimeExpression:
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
        elif published and reading.days[0] <= published and _SINCE.search(head):
            first, last = reading.days[0], max(published, reading.days[0])
            last = last if reading.days[0] == reading.days[1] else month_end(last.year, last.month)
            return TimeExpression(
                start=match.start(), end=match.end(), period=span_of((first, last), Nature.CUM), how=reading.how,
                is_comparison=False, basis=None,
            )  # fmt: skip
    if reading.days:
        period = span_of(reading.days, nature)
    return TimeExpression(start=match.start(), end=match.end(), period=period, how=reading.how, is_comparison=compares, basis=basis)
