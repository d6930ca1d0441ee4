"""Quantities told in two parts: "10 1/2 miles" are 10.5, "8- or 10-inch" both inches, "from 40 to 55 km" one pair of ends."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.claims.spans import Quantity
from etl.claims.units import unit_after
from etl.model import Bound

_SLASHED = re.compile(r"(?:(?P<whole>\d{1,3})(?:[ ]{1,2}|-))?(?P<above>\d{1,2})[ ]?/[ ]?(?P<below>2|3|4|5|6|8|10|16|32|64)(?![\d/.,]*\d)")
_NOT_INSIDE = re.compile(r"[\d/.,-]$")
# Of a clock's parts each stays itself: "3 hours and 20 minutes".
_PARTS = {("foot", "inch"): 12, ("pound", "ounce"): 16}
_BETWEEN = re.compile(r"[ ]?(?:and[ ]|,[ ])?")


def join_parts(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with fractions after a stroke read, and feet and inches, pounds and ounces put together."""
    out: list[Quantity] = []
    for q in found:
        if out and q.number_start < out[-1].end:
            continue  # a figure of the fraction before
        q = _fraction(text, q) or q
        if out and (joined := _two_parts(text, out[-1], q)) is not None:
            out[-1] = joined
        else:
            out.append(q)
    return out


def _fraction(text: str, q: Quantity) -> Quantity | None:
    """The number as a fraction, where a measure stands behind it: dates and scores are printed so, too."""
    match = _SLASHED.match(text, q.number_start)
    if match is None or q.high is not None or _NOT_INSIDE.search(text[max(0, q.number_start - 1) : q.number_start]):
        return None
    above, below = int(match["above"]), int(match["below"])
    after = unit_after(text, match.end())
    if above >= below or after is None or not after.measure:
        return None
    return replace(
        q,
        end=after.place,
        number_end=match.end(),
        value=Decimal(match["whole"] or 0) + Decimal(above) / below,
        unit=after.name,
        trap="spec",
        rounding=Decimal(1) / below / 2,
        elided=False,
    )


_LISTED = re.compile(r"[-‐]?(?:,[ ]?(?:and|or)?|[ ](?:and|or|by|x|×|to))[ ]?", re.IGNORECASE)


def share_measures(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "8- or 10-inch", "20, 30 and 40 miles": the measure stands behind the last of a row of numbers."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        one, two = out[i], out[i + 1]
        if one.unit or one.trap is not None or two.trap not in ("spec", "duration") or not _LISTED.fullmatch(text[one.end : two.start]):
            continue
        out[i] = replace(one, unit=two.unit, trap=two.trap, elided=True)
    return out


_FROM = re.compile(
    r"(?<![a-z])from[ ](?:(?:about|around|nearly|almost|roughly|some|just|over|under|up[ ]to|as[ ]\w+[ ]as|an?|the)[ ]){0,2}$",
    re.IGNORECASE,
)
_TO = re.compile(r"[ ](?:up[ ]|down[ ]|all[ ]the[ ]way[ ])?to[ ](?:(?:about|around|nearly|almost|roughly|some|just|over)[ ])?")


def join_ends(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "Rose from 13.5 to 14 mm": the two ends as one pair in the order told, so that a fall has the higher one first.

    For claims the two stay two figures, each with its own time.
    """
    out: list[Quantity] = []
    for q in found:
        if out and (joined := _ends(text, out[-1], q)) is not None:
            out[-1] = joined
        else:
            out.append(q)
    return out


def _ends(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    if one.high is not None or two.high is not None or "rank" in (one.unit, two.unit):
        return None
    if not _TO.fullmatch(text[one.end : two.number_start]):
        return None
    if one.unit and two.unit and two.unit not in (one.unit, one.unit.partition("/")[0]):
        return None  # "from $75 per barrel to $45" leaves the rate out
    if not _FROM.search(text[max(0, one.number_start - 40) : one.number_start]):
        return None
    return replace(
        two, start=one.start, number_start=one.number_start, value=one.value, high=two.value, unit=one.unit or two.unit, bound=Bound.RANGE,
        rounding=max(one.rounding, two.rounding), lead=one.lead, alt=None,
    )  # fmt: skip


def _two_parts(text: str, big: Quantity, small: Quantity) -> Quantity | None:
    parts = _PARTS.get((big.unit, small.unit))
    if parts is None or big.high is not None or small.high is not None or small.lead or not 0 <= small.value < parts:
        return None
    if not _BETWEEN.fullmatch(text[big.end : small.start]) or big.value != big.value.to_integral_value():
        return None
    return replace(big, end=small.end, number_end=small.number_end, value=big.value + small.value / parts, rounding=small.rounding / parts)
