"""The article's text: trafilatura in fast mode over a pruned tree, with a second opinion where its answer looks like a failure.

Signs of failure are measured against the page's own paragraphs: the prose (paragraphs of words that aren't links) that stands together in one
place of the page. Where the engine holds much less of it than there is, a reading of that place alone is taken instead.
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import logging
from collections.abc import Callable

import lxml.html
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from etl.articles.lines import ends_sentence, tidy
from etl.articles.prune import Heard, prune, strip

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dt", "dd", "div", "section", "article", "main", "body", "ul", "ol", "table", "tr", "figure", "header", "center", "details", "summary", "dl"}


def read_body(root: lxml.html.HtmlElement, again: Callable[[], lxml.html.HtmlElement], heard: Heard | None = None) -> list[str]:
    """The article's lines, a paragraph or a table row each. The tree is used up; `again` gives another one of the same page."""
    body = root.find("body")
    if body is None:
        return []
    strip(body, heard)
    prune(body, heard)
    tables(body)
    lines, why = choose(engine(root), prose(body))
    if why and heard:
        heard("second opinion", why)
    if size(lines) < 200:
        whole = again()
        strip(whole.body)
        spare = max(prose(whole.body), engine(again()), key=size)
        if size(spare) > max(2 * size(lines), 200):
            if heard:
                heard("second opinion", "nearly nothing is left of the pruned page; its paragraphs are read as they came")
            lines = spare
    return lines


def choose(first: list[str], second: list[str]) -> tuple[list[str], str]:
    """The better of the engine's lines and the page's own prose, and why where it isn't simply the engine's."""
    if size(second) < 300:
        return first, ""
    if size(first) < 250 and size(second) > 2 * size(first):
        return second, f"the engine kept {size(first)} characters, the page's own paragraphs hold {size(second)}"
    held, theirs = _shared(first, second), _shared(second, first)
    if held < 0.3 and theirs < 0.3:
        return (second, "the engine read another part of the page") if size(second) > 0.6 * size(first) else (first, "")
    if held > 0.9:
        whole = _between(first, second)
        if size(whole) > 1.25 * size(first):
            return whole, f"the engine left out {size(whole) - size(first)} characters between the paragraphs that it kept"
    if theirs > 0.9 and size(second) > 0.6 * size(first) and (tail := _teasers(first, second)):
        return first[:-tail], f"{tail} teasers follow the article"
    return first, ""


def _shared(lines: list[str], others: list[str]) -> float:
    """The share of the lines' characters that stand in the others too."""
    known = "\n".join(others)
    return sum(len(line) for line in lines if line[:60] in known) / max(size(lines), 1)


def _between(first: list[str], second: list[str]) -> list[str]:
    """The second reading from the first to the last line that both have."""
    known = "\n".join(first)
    both = [n for n, line in enumerate(second) if len(line) > 25 and line[:60] in known]
    return second[both[0] : both[-1] + 1] if both else []


def _teasers(first: list[str], second: list[str]) -> int:
    """How many lines at the end stand outside the article's place and don't end as sentences do; 0 for fewer than three."""
    known, count = "\n".join(second), 0
    while count < len(first) and first[-1 - count][:60] not in known:
        count += 1
    open_ended = sum(1 for line in first[len(first) - count :] if not ends_sentence(line))
    return count if count >= 3 and open_ended > 0.6 * count else 0


def engine(root: lxml.html.HtmlElement) -> list[str]:
    """What trafilatura reads, line by line."""
    options = Extractor(output_format="python", fast=True, comments=False, tables=True, formatting=False)
    found = bare_extraction(root, options=options)
    if found is None or isinstance(found, dict) or not found.text:
        return []
    return [line for part in found.text.split("\n") if (line := tidy(part.strip("|").lstrip("-").strip()))]


def tables(body: lxml.html.HtmlElement) -> None:
    """Rewrite each table of values as a paragraph per row of `header: cell` pairs: figures lose their meaning without the header."""
    for table in list(body.iter("table")):
        rows = [[c for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
        rows = [row for row in rows if row]
        if len(rows) < 2 or next(table.iterdescendants("table"), None) is not None or len(rows[0]) < 2 or len(table.text_content()) > 20000:
            continue
        heads = [tidy(c.text_content()) for c in rows[0]]
        if not (all(c.tag == "th" for c in rows[0]) or table.find("thead") is not None) or max(map(len, heads)) > 60:
            continue
        paragraphs = []
        for row in rows[1:]:
            cells = [tidy(c.text_content()) for c in row]
            pairs = [f"{h}: {c}" if h else c for h, c in zip(heads, cells, strict=False) if c]
            paragraph = etree.Element("p")
            paragraph.text = "; ".join(pairs)
            if pairs:
                paragraphs.append(paragraph)
        holder = etree.Element("div")
        holder.extend(paragraphs)
        holder.tail = table.tail
        parent = table.getparent()
        if parent is not None and paragraphs:
            parent.replace(table, holder)


def prose(body: lxml.html.HtmlElement) -> list[str]:
    """The lines of the place in the page where most prose stands together: paragraphs score for their parents, links count against them."""
    scores: dict[lxml.html.HtmlElement, float] = {}
    for p in body.iter("p", "pre", "blockquote"):
        text = p.text_content()
        if len(text) < 40 or linked(p, len(text)) > 0.5:
            continue
        weight = len(text) / 100 + text.count(",") + 1
        share = 1.0
        for ancestor in list(p.iterancestors())[:4]:
            if ancestor.tag == "html":
                break
            scores[ancestor] = scores.get(ancestor, 0.0) + weight * share
            share *= 0.75
    if not scores:
        return []
    best = max(scores, key=lambda e: scores[e])
    return lines_of(best)


def linked(element: lxml.html.HtmlElement, length: int) -> float:
    """The share of an element's characters that are links."""
    return sum(len(a.text_content()) for a in element.iter("a")) / max(length, 1)


def lines_of(element: lxml.html.HtmlElement) -> list[str]:
    """The element's blocks in reading order, a line each; lists of links left out."""
    lines: list[str] = []
    words: list[str] = []

    def flush() -> None:
        if line := tidy(" ".join("".join(words).split())):
            lines.append(line)
        words.clear()

    def walk(node: lxml.html.HtmlElement) -> None:
        block = node.tag in _BLOCKS
        if block:
            text = node.text_content()
            if node.tag in ("li", "ul", "ol") and linked(node, len(text)) > 0.8:
                words.append(node.tail or "")
                return
            flush()
        words.append("\n" if node.tag == "br" else node.text or "")
        for child in node:
            if isinstance(child.tag, str):
                walk(child)
            else:
                words.append(child.tail or "")
        if block:
            flush()
        if node is not element:
            words.append(node.tail or "")

    walk(element)
    flush()
    return lines


def size(lines: list[str]) -> int:
    """How many characters the lines hold."""
    return sum(map(len, lines))

