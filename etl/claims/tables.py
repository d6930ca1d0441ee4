"""Tables that stand in the text as lines: `Vendor | 3Q14 units | share`, a row a line. What a column's header says holds for its cells.

Rows written as `header: cell` pairs need none of this: there each cell carries its header.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from etl.claims.spans import Quantity

_EDGE = re.compile(r"\s*[|\t]\s*|\s/\s|\s[–—-]\s")
_DASHED = re.compile(r"\s[–—-]\s[^\n–—-]{1,30}\s[–—-]\s[\d+~-]")
_FIGURE = re.compile(r"^[~+\-−–<>]?\s?[$€£¥₹]?\d[\d.,]*\s?(?:%|pp|bn|mn|m|million|billion|k)?\s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure's cell at [start, end) of the text, and the words of its column's header and of the first cell of its row."""

    start: int
    end: int
    header: str
    row: str


class Tables:
    """The cells of all tables of a text, found by their place."""

    def __init__(self, cells: Sequence[Cell], rows: Sequence[tuple[int, int]]) -> None:
        self._cells = cells
        self._starts = [c.start for c in cells]
        self._rows = rows
        self._row_starts = [start for start, _ in rows]

    def cell_at(self, place: int) -> Cell | None:
        """The cell with a header that holds the place, if any does."""
        index = bisect_right(self._starts, place) - 1
        return self._cells[index] if index >= 0 and place < self._cells[index].end else None

    def is_in_row(self, place: int) -> bool:
        """Whether the place lies in a table's row, with a header or without."""
        index = bisect_right(self._row_starts, place) - 1
        return index >= 0 and place < self._rows[index][1]


def find_tables(text: str) -> Tables:
    """The tables of the text: two or more lines in a row with as many cells, the first of them all words."""
    cells: list[Cell] = []
    rows: list[tuple[int, int]] = []
    header: list[str] | None = None
    start = 0
    for line in text.split("\n") if "|" in text or "\t" in text or " / " in text or _DASHED.search(text) else ():
        spans = _cells_of(line, start)
        if spans is None:
            header = header if not line.strip() else None
        else:
            words = [text[a:b] for a, b in spans]
            if not any(_FIGURE.match(w) for w in words):
                header = words
            elif any(c.isalpha() for c in words[0]):
                rows.append((start, start + len(line)))
                if header is not None and len(header) == len(words):
                    cells.extend(Cell(a, b, header[i], words[0]) for i, (a, b) in enumerate(spans) if i)
        start += len(line) + 1
    return Tables(cells, rows)


def _cells_of(line: str, start: int) -> list[tuple[int, int]] | None:
    """[start, end) of each cell of a line with two or more inner edges; None for a line that is no row."""
    edges = [m.span() for m in _EDGE.finditer(line)]
    inner = [(a, b) for a, b in edges if a > 0 and b < len(line)]
    if len(inner) < 2 or len(line) > 200:
        return None
    if not re.search(r"[|\t]", line) and (line.rstrip()[-1:] in ".!?" or max(map(len, _EDGE.split(line.strip()))) > 40):
        return None  # prose with dashes
    first = edges[0][1] if edges[0][0] == 0 else 0
    last = edges[-1][0] if edges[-1][1] == len(line) else len(line)
    bounds = [first, *(x for edge in inner for x in edge), last]
    return [(start + bounds[i], start + bounds[i + 1]) for i in range(0, len(bounds), 2)]


_PERCENT = re.compile(r"%|\bper ?cent|\bshare\b|growth|change|\byoy\b|份额|占比|同比|增长", re.IGNORECASE)
_GROWTH = re.compile(r"growth|change|\byoy\b|y[/-]y|year[- ](?:on|over)[- ]year|同比|增长|增幅", re.IGNORECASE)
_SCALES = (
    (re.compile(r"billions?\b|\bbn\b|十亿", re.IGNORECASE), 10**9),
    (re.compile(r"millions?\b|\bmn\b|\bm\b|百万", re.IGNORECASE), 10**6),
    (re.compile(r"thousands?\b|\bk\b|000s|千", re.IGNORECASE), 10**3),
    (re.compile(r"crores?\b|\bcr\b", re.IGNORECASE), 10**7),
    (re.compile(r"lakhs?\b", re.IGNORECASE), 10**5),
    (re.compile("亿"), 10**8),
    (re.compile("万"), 10**4),
)


def is_growth(cell: Cell) -> bool:
    """Whether the column tells changes."""
    return _GROWTH.search(cell.header) is not None


def in_header(text: str, quantity: Quantity, cell: Cell) -> Quantity | None:
    """The number with the unit and scale that its header gives; None where the cell holds more than the one number."""
    printed = text[cell.start : cell.end].strip()
    if quantity.unit not in ("", "percent") and not quantity.elided:
        return quantity  # it says itself what it counts
    bare = re.sub(r"[,\s%+~]", "", printed).replace("−", "-").replace("–", "-")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return quantity if quantity.unit else None
    step = Decimal(10) ** -len(bare.partition(".")[2])
    if "%" in printed or _PERCENT.search(cell.header):
        return replace(quantity, value=value, unit="percent", currency=None, rounding=step / 2, elided=True)
    scale = next((worth for pattern, worth in _SCALES if pattern.search(cell.header)), None)
    if scale is None:  # a caption may have said it
        return replace(quantity, unit="", elided=True) if not quantity.currency else quantity
    return replace(quantity, value=value * scale, unit="", rounding=step * scale / 2, elided=True)
