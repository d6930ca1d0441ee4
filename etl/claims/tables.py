"""Tables that stand in the text as lines: `Vendor | 3Q14 units | share`, a row a line. What a column's header says holds for its cells.

Rows written as `header: cell` pairs need none of this: there each cell carries its header.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
    caption: str = ""  # a line above the header
    headers: tuple[str, ...] = ()  # of all columns
    is_part: bool = False  # the percentages of its column add up to a whole


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
    """The tables of the text: lines of as many cells, below a header of words alone, which may itself run over several lines."""
    cells: list[Cell] = []
    rows: list[tuple[int, int]] = []
    head = _Head()
    start = 0
    lines = text.split("\n")
    if "|" in text or "\t" in text or " / " in text or _DASHED.search(text):
        for line in lines:
            spans = _cells_of(line, start)
            words = [text[a:b] for a, b in spans] if spans else _pieces(line)
            if not words:
                head = head if not line.strip() else _Head()
            elif not any(_FIGURE.match(w) for w in words):
                head.add(words)
            elif spans and any(c.isalpha() for c in words[0]):
                rows.append((start, start + len(line)))
                if (header := head.over(len(words))) is not None:
                    cells.extend(Cell(a, b, header[i], words[0], head.caption, tuple(header)) for i, (a, b) in enumerate(spans) if i)
            start += len(line) + 1
    for row in _spaced(lines):
        rows.append(row[0])
        cells.extend(row[1])
    cells.sort(key=lambda c: c.start)
    return Tables(_with_parts(text, cells), sorted(rows))


class _Head:
    """The words of the lines above a table's rows: a caption, and the headers of its columns."""

    def __init__(self) -> None:
        self.caption = ""
        self._lines: list[list[str]] = []

    def add(self, words: list[str]) -> None:
        full = [w for w in words if w.strip()]
        if len(full) == 1 and len(words) > 1 and not self._lines:
            self.caption = full[0]
        else:
            self._lines.append(words)

    def over(self, size: int) -> list[str] | None:
        """The headers of as many columns: one line's, or those of short lines one after another."""
        if self._lines and len(self._lines[-1]) == size:
            return self._lines[-1]
        joined = [w for line in self._lines for w in line if w.strip()]
        return joined if len(joined) == size else None


def _pieces(line: str) -> list[str]:
    """The cells of a line that ends in an edge, a part of a header: `Brand | Q3 2021 |`."""
    return [w.strip() for w in line.split("|") if w.strip()] if line.rstrip().endswith("|") and len(line) < 80 else []


_TIME = r"(?:[1-4]Q\s?['’]?\d{2,4}|Q[1-4][-\s'’]*\d{2,4}|(?:1st|2nd|3rd|4th|First|Second|Third|Fourth) Quarter (?:of )?\d{4}|[12]H\s?\d{2,4}|H[12]\s?\d{2,4}|FY\s?\d{2,4}|20\d\d)"
_COLUMN = re.compile(
    rf"(?:{_TIME}(?:\s?[/–-]\s?{_TIME})?\s)?(?:(?:Unit|Shipments?(?=\s(?:Volumes?|Share|Growth|Market))|Sales(?=\s(?:Volumes?|Share|Growth))|Market|YoY|Y/Y|Annual|Year[- ](?:over|on)[- ]Year)\s)*(?:Shipments?|Volumes?|Units|Sales|Share|Growth|Change)(?:\s?\([^)]*\)|\s%)*(?:\s(?:from|vs\.?|over|in)\s{_TIME})?|{_TIME}",
    re.IGNORECASE,
)
_SPACED_HEAD = re.compile(r"^(?:OEM|Vendor|Brand|Company|Manufacturer|Maker|Rank|Supplier|Player|Country|Region)s?\b", re.IGNORECASE)
_SPACED_ROW = re.compile(r"^(?:\d{1,2}\.?\s)?[A-Z][\w&.'’+ -]{0,30}?[*#]?(?:\s\([^)]*\))?(?P<cells>(?:\s+[-+−–]?\d[\d,.]*%?){2,})\s*$")


def _spaced(lines: Sequence[str]) -> Iterator[tuple[tuple[int, int], list[Cell]]]:
    """Rows whose cells only blanks part, `Apple 8.9 -13% 24.6%`, below a header that tells as many columns."""
    start, header, caption, above = 0, None, "", ""
    for line in lines:
        if _SPACED_HEAD.match(line):
            columns = [m[0] for m in _COLUMN.finditer(line)] if len(line) < 240 else []
            header, caption = (columns, above) if len(columns) > 1 else (None, "")
        elif header is not None and (row := _SPACED_ROW.match(line)) is not None:
            at = start + row.start("cells")
            found = [m.span() for m in re.finditer(r"\S+", row["cells"])]
            if len(found) == len(header):
                name = line[: row.start("cells")]
                yield (start, start + len(line)), [Cell(at + a, at + b, header[i], name, caption, tuple(header)) for i, (a, b) in enumerate(found)]
        elif line.strip():
            header = None
        above = line if line.strip() else above
        start += len(line) + 1


_WHOLE = (Decimal(94), Decimal(104))  # what the parts of a market add up to, with what their rounding loses


def _with_parts(text: str, cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those marked whose column is of percentages that add up to the whole: shares, whatever its header says."""
    columns: dict[str, list[Decimal]] = {}
    for cell in cells:
        printed = text[cell.start : cell.end].strip()
        if printed.endswith("%") and (value := _plain(printed)) is not None and value >= 0 and not cell.row.lower().startswith("total"):
            columns.setdefault(cell.header, []).append(value)
    whole = {header for header, values in columns.items() if len(values) > 2 and _WHOLE[0] <= sum(values) <= _WHOLE[1]}
    return [replace(c, is_part=True) if c.header in whole else c for c in cells]


def _plain(printed: str) -> Decimal | None:
    try:
        return Decimal(printed.rstrip("%").strip())
    except InvalidOperation:
        return None


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
    scale = next((worth for words in (cell.header, cell.caption) for pattern, worth in _SCALES if pattern.search(words)), None)
    if scale is None:  # a caption may have said it
        return replace(quantity, unit="", elided=True) if not quantity.currency else quantity
    return replace(quantity, value=value * scale, unit="", rounding=step * scale / 2, elided=True)
