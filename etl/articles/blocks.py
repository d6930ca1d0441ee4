"""The page as a run of blocks: paragraphs, headings, items and table rows in reading order, each with the places of the page that it stands in.

    <div class="story"><p>Orbit shipped <a>9.2 million</a> phones.</p><div class="promo">…</div></div>

    Block("Orbit shipped 9.2 million phones.", tag p, 11 of 33 characters linked) in Place(p) in Place(div, …) in Place(div.story) in Place(body)

One walk over the tree gathers everything; nothing is copied, moved or taken out of it.
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

from collections.abc import Iterator

import lxml.html

from etl.articles.lines import tidy
from etl.articles.marks import told_by

SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "button", "select", "dialog", "input", "textarea", "audio", "video", "map", "menu", "nav", "head", "title", "math"})  # fmt: skip
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dt", "dd", "div", "section", "article", "main", "body", "ul", "ol", "table", "tr", "figure", "figcaption", "header", "footer", "nav", "aside", "form", "center", "details", "summary", "dl", "hr", "address", "fieldset", "tbody", "thead", "tfoot", "caption"})  # fmt: skip
MAX_BLOCKS = 10_000  # of a page with more the first ones are read
LONG = 80  # characters from which a block that isn't links counts as prose
MAX_CELL = 60  # characters of a column's header; longer ones are a layout's


class Place:
    """An element that holds blocks, with what the blocks below it add up to once the walk is done.

    `number` counts the places in the order of their beginning, so that those inside one are `number` to `end`; `first` to `last` are its blocks.
    """

    __slots__ = ("chars", "children", "clutter", "depth", "direct", "element", "end", "first", "last", "linked", "number", "parent", "prose", "story", "tag")

    def __init__(self, element: lxml.html.HtmlElement, tag: str, parent: Place | None, number: int, first: int) -> None:
        self.element, self.tag, self.parent, self.number, self.end, self.first, self.last = element, tag, parent, number, number + 1, first, first
        self.depth: int = parent.depth + 1 if parent else 0
        self.chars = self.linked = self.prose = self.direct = self.children = 0
        self.clutter, self.story = told_by(element)
        if tag == "figcaption":
            self.clutter = "caption"

    def up(self) -> Iterator[Place]:
        """This place and those around it, from the inside."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent


class Block:
    """A line of the page as it is shown."""

    __slots__ = ("bold", "linked", "links", "place", "tag", "text")

    def __init__(self, text: str, place: Place, linked: int, links: int, bold: int) -> None:
        self.text, self.place, self.tag, self.linked, self.links, self.bold = text, place, place.tag, linked, links, bold


class Walk:
    """One pass over a page: its blocks and its places, each in the order in which they begin."""

    def __init__(self, body: lxml.html.HtmlElement) -> None:
        self.blocks: list[Block] = []
        self.places: list[Place] = []
        self._words: list[str] = []
        self._linked = self._links = self._bold = self._in_link = self._in_bold = 0
        top = self._enter(body, "body", None)
        self._inside(body, top)
        self._flush(top)
        top.end = len(self.places)
        _add_up(self.places)

    def _enter(self, node: lxml.html.HtmlElement, tag: str, parent: Place | None) -> Place:
        place = Place(node, tag, parent, len(self.places), len(self.blocks))
        self.places.append(place)
        if parent:
            parent.children += 1
        return place

    def _inside(self, node: lxml.html.HtmlElement, place: Place) -> None:
        if node.text:
            self._say(node.text)
        for child in node:
            tag = child.tag
            if isinstance(tag, str) and tag not in SILENT and len(self.blocks) < MAX_BLOCKS:
                self._visit(child, tag, place)
            if child.tail:
                self._say(child.tail)

    def _visit(self, node: lxml.html.HtmlElement, tag: str, place: Place) -> None:
        if tag in BLOCKS:
            self._flush(place)
            if tag == "hr":
                return
            inner = self._enter(node, tag, place)
            if tag == "table" and (rows := rows_of(node)):
                for row in rows:
                    self._words.append(row)
                    self._flush(inner)
            else:
                self._inside(node, inner)
                self._flush(inner)
            inner.end = len(self.places)
        elif tag == "br":
            self._line_break(node, place)
        elif tag == "a":
            self._in_link += 1
            self._links += 1
            self._inside(node, place)
            self._in_link -= 1
        elif tag in ("b", "strong"):
            self._in_bold += 1
            self._inside(node, place)
            self._in_bold -= 1
        elif len(node) and (node.get("class") or node.get("id")):
            inner = self._enter(node, tag, place)
            self._inside(node, inner)
            if inner.clutter:  # `<span class="caption">` ends a line as a block does
                self._flush(inner)
            inner.end = len(self.places)
        else:
            self._inside(node, place)

    def _line_break(self, node: lxml.html.HtmlElement, place: Place) -> None:
        """Two in a row part paragraphs; one is a space."""
        before = node.getprevious()
        if before is not None and before.tag == "br" and not (before.tail or "").strip():
            self._flush(place)
        else:
            self._words.append("\n")

    def _say(self, text: str) -> None:
        self._words.append(text)
        if self._in_link or self._in_bold:
            size = len(text.strip())
            self._linked += size if self._in_link else 0
            self._bold += size if self._in_bold else 0

    def _flush(self, place: Place) -> None:
        """End the line: what was said since the last one is a block of this place."""
        if not self._words:
            return
        line = " ".join("".join(self._words).split())
        if line and not line.isascii():
            line = tidy(line)
        if line:
            self.blocks.append(Block(line, place, min(self._linked, len(line)), self._links, min(self._bold, len(line))))
            size, linked = len(line), min(self._linked, len(line))
            place.chars += size
            place.linked += linked
            if size >= LONG and linked < 0.4 * size:
                place.prose += size - linked
            place.last = len(self.blocks)
        self._words.clear()
        self._linked = self._links = self._bold = 0


def _add_up(places: list[Place]) -> None:
    """Count what stands in a place in those around it too; `direct` is the prose in it and in those right below it."""
    for place in places:
        place.direct += place.prose
        if place.parent:
            place.parent.direct += place.prose
    for place in reversed(places):
        if around := place.parent:
            around.chars += place.chars
            around.linked += place.linked
            around.prose += place.prose
            around.last = max(around.last, place.last)


def rows_of(table: lxml.html.HtmlElement) -> list[str]:
    """A table of values as a line per row of `header: cell` pairs; empty where the table is no such thing. Figures lose their meaning without the header."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    rows = [cells for row in table.iter("tr") if (cells := [c for c in row if c.tag in ("td", "th")])]
    if len(rows) < 2 or len(rows[0]) < 2:
        return []
    if not (all(c.tag == "th" for c in rows[0]) or table.find("thead") is not None):
        return []
    heads = [_cell(c) for c in rows[0]]
    if max(map(len, heads)) > MAX_CELL:
        return []
    found = []
    for row in rows[1:]:
        pairs = [f"{h}: {c}" if h else c for h, c in zip(heads, map(_cell, row), strict=False) if c]
        if pairs:
            found.append("; ".join(pairs))
    return found


def _cell(cell: lxml.html.HtmlElement) -> str:
    return tidy(" ".join(" ".join(cell.itertext()).split()))
