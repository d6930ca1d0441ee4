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
from etl.articles.marks import HIDDEN_STYLE, ROLES, marks_of, rule_of, story_of

SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "button", "select", "dialog", "input", "textarea", "audio", "video", "map", "menu", "nav", "head", "title", "math"})  # fmt: skip
BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dt", "dd", "div", "section", "article", "main", "body", "ul", "ol", "table", "tr", "figure", "figcaption", "header", "footer", "nav", "aside", "form", "center", "details", "summary", "dl", "hr", "address", "fieldset", "tbody", "thead", "tfoot", "caption"})  # fmt: skip
MAX_BLOCKS = 20_000
MAX_CELL = 60  # characters of a column's header; longer ones are a layout's


class Place:
    """An element that holds blocks, with what the blocks below it add up to once the walk is done."""

    __slots__ = ("around", "chars", "children", "clutter", "depth", "element", "first", "last", "linked", "parent", "prose", "prose_direct", "role", "story", "tag")

    def __init__(self, element: lxml.html.HtmlElement, parent: Place | None, first: int) -> None:
        self.element, self.parent, self.first, self.last = element, parent, first, first
        self.tag: str = element.tag
        self.depth: int = parent.depth + 1 if parent else 0
        self.chars = self.linked = self.prose = self.prose_direct = self.children = 0
        self.around: object = None  # what features.py knows of it
        marks = marks_of(element)
        self.clutter = rule_of(marks) if marks else None  # the kind of clutter that its marks speak of, or None
        self.story = story_of(marks) if marks else False  # whether they speak of the article's text
        if self.tag == "figcaption":
            self.clutter = "caption"
        elif element.get("role") in ROLES:
            self.clutter = "navigation"
        style = element.get("style")
        if element.get("hidden") is not None or (style and HIDDEN_STYLE.search(style)):
            self.clutter = "hidden"

    def up(self) -> Iterator[Place]:
        """This place and those around it, from the inside."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent


class Block:
    """A line of the page as it is shown."""

    __slots__ = ("bold", "linked", "links", "place", "tag", "text")

    def __init__(self, text: str, place: Place, tag: str, linked: int, links: int, bold: int) -> None:
        self.text, self.place, self.tag, self.linked, self.links, self.bold = text, place, tag, linked, links, bold


class _Walk:
    """Gathers words until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.linked = self.links = self.bold = 0
        self.link_depth = self.bold_depth = 0

    def say(self, text: str | None) -> None:
        if text:
            self.words.append(text)
            if self.link_depth:
                self.linked += len(text.strip())
            if self.bold_depth:
                self.bold += len(text.strip())

    def flush(self, place: Place) -> None:
        if not self.words:
            return
        if line := tidy(" ".join("".join(self.words).split())):
            tag = place.tag
            self.blocks.append(Block(line, place, tag, min(self.linked, len(line)), self.links, self.bold))
            _add(place, len(line), min(self.linked, len(line)), len(self.blocks))
        self.words.clear()
        self.linked = self.links = self.bold = 0

    def visit(self, node: lxml.html.HtmlElement, place: Place) -> None:
        tag = node.tag
        if tag in SILENT:
            return
        if tag == "br":
            self.line_break(node, place)
            return
        if tag == "table" and (rows := rows_of(node)):
            self.table(node, rows, place)
            return
        block = tag in BLOCKS
        marked = not block and tag != "a" and len(node) > 0 and (node.get("class") or node.get("id"))
        if block:
            self.flush(place)
            if tag == "hr":
                return
        if block or marked:
            inner = Place(node, place, len(self.blocks))
            place.children += 1
        else:
            inner = place
        link, bold = tag == "a", tag in ("b", "strong")
        self.link_depth += link
        self.links += link
        self.bold_depth += bold
        self.say(node.text)
        for child in node:
            if isinstance(child.tag, str):
                self.visit(child, inner)
            if child.tail:
                self.say(child.tail)
        self.link_depth -= link
        self.bold_depth -= bold
        if block or (marked and inner.clutter):
            self.flush(inner)

    def line_break(self, node: lxml.html.HtmlElement, place: Place) -> None:
        """Two in a row part paragraphs; one is a space."""
        before = node.getprevious()
        if before is not None and before.tag == "br" and not (before.tail or "").strip():
            self.flush(place)
        else:
            self.say("\n")

    def table(self, node: lxml.html.HtmlElement, rows: list[str], place: Place) -> None:
        """A line a row, each cell behind its column's header."""
        self.flush(place)
        inner = Place(node, place, len(self.blocks))
        for row in rows:
            self.words.append(row)
            self.flush(inner)


def blocks_of(body: lxml.html.HtmlElement) -> list[Block]:
    """The page's blocks in reading order; of a page with more than `MAX_BLOCKS` the first ones."""
    walk = _Walk()
    top = Place(body, None, 0)
    walk.say(body.text)
    for child in body:
        if isinstance(child.tag, str):
            walk.visit(child, top)
        walk.say(child.tail)
        if len(walk.blocks) > MAX_BLOCKS:
            break
    walk.flush(top)
    return walk.blocks[:MAX_BLOCKS]


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


def _add(place: Place, chars: int, linked: int, end: int) -> None:
    """Count a block in every place around it. Prose is what is long and no link."""
    prose = chars - linked if chars >= 80 and linked < 0.4 * chars else 0
    level = 0
    for around in place.up():
        around.chars += chars
        around.linked += linked
        around.prose += prose
        around.last = end
        if level < 2:
            around.prose_direct += prose
        level += 1
