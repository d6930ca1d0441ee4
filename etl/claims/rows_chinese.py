"""Rows with strokes, as Chinese brokers write them: 2025-2027年营收为4899/6603/8233亿元, 营收/归母净利687/55亿元.

The numbers of a row share the unit printed behind the last; its years, or its metrics, are taken by their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from etl.claims.scan import CJK
from etl.claims.spans import Quantity

_SCALE = re.compile("万亿|亿|万")
_WORTH = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_YEARS = re.compile(r"(?:20)?(?P<one>[12]\d)年?E?\s?[-–—~至到]\s?(?:20)?(?P<two>[12]\d)(?:年|E)")
_LISTED = re.compile(r"(?:20)?[12]\d(?:年|E)?(?:\s?[/、]\s?(?:20)?[12]\d(?:年|E)?)+")


def fill_rows(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the numbers before a stroke the unit and scale of the one that ends their row."""
    if "/" not in text or not CJK.search(text):
        return found
    out = list(found)
    last: Quantity | None = None  # the one that ends the row
    for i in range(len(out) - 2, -1, -1):
        one, two = out[i], out[i + 1]
        if text[one.end : two.start] != "/" or one.unit or one.trap not in (None, "date", "model", "score"):
            last = None
            continue
        last = last or two
        if last.unit and last.trap is None and last.high is None and CJK.search(text, last.number_end - 1, last.end):
            scale = _SCALE.search(text, last.number_start, last.number_end)
            factor = Decimal(_WORTH[scale[0]]) if scale else Decimal(1)
            value, rounding = one.value * factor, one.rounding * factor
            out[i] = replace(one, value=value, rounding=rounding, unit=last.unit, currency=last.currency, trap=None, elided=True)
    return out


def row_of(text: str, quantity: Quantity, quantities: Sequence[Quantity]) -> tuple[int, int]:
    """The place of a number in its row, from 0, and how long the row is; (0, 1) for a number that stands alone."""
    at = next((i for i, q in enumerate(quantities) if q.start == quantity.start), 0)
    first = last = at
    while first > 0 and text[quantities[first - 1].end : quantities[first].start] == "/":
        first -= 1
    while last + 1 < len(quantities) and text[quantities[last].end : quantities[last + 1].start] == "/":
        last += 1
    return at - first, last - first + 1


def year_in_row(text: str, start: int, first: int, index: int, size: int) -> int | None:
    """The year of the row's number, by the years that stand before it in its sentence: 2025-2027年, 25/26年."""
    head = text[start:first]
    for match in reversed(list(_LISTED.finditer(head))):
        years = [2000 + int(y[-2:]) for y in re.findall(r"\d{2,4}", match[0])]
        if len(years) == size:
            return years[index]
    for match in reversed(list(_YEARS.finditer(head))):
        if int(match["two"]) - int(match["one"]) + 1 == size:
            return 2000 + int(match["one"]) + index
    return None
