"""What is known of each block of a page, as numbers: a row a block, a column a fact. What the block classifier reads.

A block tells of itself (length, links, full stop), of where it stands (in an aside, in a place marked as a promo, beside how much prose)
and of what stands around it. Nothing here is about words of a subject or about a site.
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import log1p

import numpy as np
from numpy.typing import NDArray

from etl.articles.blocks import Block, Place
from etl.articles.lines import COMMENTS_BEGIN, HEADING_RELATED, ends_sentence, is_bio, line_rule
from etl.articles.titles import fold

Matrix = NDArray[np.float32]

_TAG_NUMBER = {tag: n for n, tags in enumerate(("", "p", "h1", "h2", "h3", "h4 h5 h6", "li", "td th", "table tr", "div article section body main", "blockquote", "figcaption caption", "span em strong b i a", "dd dt", "pre code")) for tag in tags.split()}
_AROUND = ("aside", "footer", "header", "form", "figure", "ul", "ol", "td", "blockquote", "article", "main", "section", "table")
_AROUND_BIT = {tag: 1 << n for n, tag in enumerate(_AROUND)}
_KINDS = ("caption", "comments", "related", "promo", "newsletter", "author", "tags", "share", "consent", "navigation", "sidebar", "rating", "byline", "hidden")
_KIND_NUMBER = {kind: n for n, kind in enumerate(_KINDS)}
_LINE = {"line: label": 1, "line: related": 2, "line: byline": 3, "line: no words": 4, "line: promo": 5}
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\bago\b", re.I)
_YOU = re.compile(r"\b(?:you|your|we|our|us|click|here|sign|log|subscribe|follow|share|read)\b", re.I)
_FAR = 12  # steps up the tree beyond which distance says nothing more
LONG = 80  # characters from which a block that isn't links counts as prose


class _Around:
    """What a place passes on to the blocks in it."""

    __slots__ = ("clutters", "kinds", "least", "near_clutter", "near_story", "story_share", "tags", "titled", "titled_share")

    def __init__(self, place: Place, up: _Around | None, prose: int, title: int) -> None:
        share = place.prose / prose
        self.tags: int = (up.tags if up else 0) | _AROUND_BIT.get(place.tag, 0)
        self.kinds: list[float] = up.kinds if up else [1.0] * len(_KINDS)
        self.least: float = up.least if up else 1.0  # the smallest share of the page's prose in a place that is marked as clutter
        self.clutters: int = up.clutters if up else 0
        self.near_clutter: int = up.near_clutter + 1 if up else _FAR
        if place.clutter:
            number = _KIND_NUMBER[place.clutter]
            self.kinds = [*self.kinds]
            self.kinds[number] = min(self.kinds[number], share)
            self.least, self.clutters, self.near_clutter = min(self.least, share), self.clutters + 1, 0
        self.near_story: int = up.near_story + 1 if up else _FAR
        self.story_share: float = up.story_share if up else 0.0
        if place.story and up:
            self.near_story, self.story_share = 0, share
        if place.first <= title < place.last or not up:
            self.titled, self.titled_share = 0, share  # steps up to the smallest place that holds the headline too, and its share of prose
        else:
            self.titled, self.titled_share = up.titled + 1, up.titled_share


def _around(place: Place, prose: int, title: int) -> _Around:
    found = place.around
    if not isinstance(found, _Around):
        found = place.around = _Around(place, _around(place.parent, prose, title) if place.parent else None, prose, title)
    return found


def features_of(blocks: list[Block], title: str, known: str = "", description: str = "") -> Matrix:
    """A row for each block, shape (blocks, columns). `known` is the text and `description` the summary that the page declares in its head."""
    if not blocks:
        return np.zeros((0, 0), dtype=np.float32)
    likeness = _likeness(blocks, title)
    at = _headline(blocks, likeness)
    own = np.array([_own(block, like) for block, like in zip(blocks, likeness, strict=True)], dtype=np.float32)
    return np.hstack([own, _standing(blocks, at), _run(blocks, own, at), _declared(blocks, known, description)]).astype(np.float32, copy=False)


def _likeness(blocks: list[Block], title: str) -> list[float]:
    """The share of words that each short block has in common with the headline."""
    words = set(fold(title).split())
    if not words:
        return [0.0] * len(blocks)
    shares, most = [], 3 * len(title) + 30
    for block in blocks:
        theirs = set(fold(block.text).split()) if len(block.text) < most else words
        shares.append(len(words & theirs) / len(words | theirs) if theirs is not words else 0.0)
    return shares


def _headline(blocks: list[Block], likeness: list[float]) -> int:
    """The number of the block that is the headline: the likest, an h1 before others; 0 where none is like it."""
    best = max(range(len(blocks)), key=lambda n: likeness[n] + (0.3 if blocks[n].tag == "h1" else 0.0))
    return best if likeness[best] > 0.4 or blocks[best].tag == "h1" else 0


def _declared(blocks: list[Block], known: str, description: str) -> Matrix:
    """Whether the text that JSON-LD declares holds the block (-1: none is declared), and whether the summary does."""
    if not known and not description:
        return np.tile(np.array([[-1.0, 0.0]], dtype=np.float32), (len(blocks), 1))
    rows = [(float(b.text[:50] in known) if known else -1.0, float(len(b.text) > 30 and b.text[:50] in description)) for b in blocks]
    return np.array(rows, dtype=np.float32)


@lru_cache(maxsize=4096)
def _own_of_text(text: str) -> tuple[float, ...]:
    size, words = len(text), text.split()
    rule = line_rule(text)
    return (
        _LINE.get(rule or "", 0), is_bio(text), COMMENTS_BEGIN.match(text) is not None, HEADING_RELATED.match(text) is not None,
        size < 200 and _DATE.search(text) is not None, len(_YOU.findall(text)) / len(words) if size < 500 else 0.0, "©" in text or "|" in text,
        sum(map(str.isdigit, text)) / size if size < 400 else 0.02, sum(w[0].isupper() for w in words) / len(words),
    )  # fmt: skip


_NO_LINE = (0.0,) * 9


def _own(block: Block, likeness: float) -> tuple[float, ...]:
    text, linked = block.text, block.linked
    size = len(text)
    count = text.count(" ") + 1
    last = text[-1]
    return (
        log1p(size), linked / size, ends_sentence(text), _TAG_NUMBER.get(block.tag, 0), likeness, log1p(count), size / count, text.count(",") * 100 / size,
        last == ":", text[0].islower(), "?" in text, "“" in text or '"' in text, block.links, min(block.bold / size, 1.0),
        *(_own_of_text(text) if linked < 0.95 * size else _NO_LINE),
    )  # fmt: skip


_SIZE, _LINKS, _STOP, _TAG, _LIKE, _RULE = 0, 1, 2, 3, 4, 14  # columns of `_own`


def _standing(blocks: list[Block], title: int) -> Matrix:
    """Where each block stands: the tags and marks around it and how much of the page's prose they hold."""
    top = blocks[0].place
    while top.parent:
        top = top.parent
    prose, best = max(top.prose, 1), best_place(blocks)
    rows: list[tuple[float, ...]] = []
    tags: list[int] = []
    number: dict[int, int] = {}  # of each place that holds a block: its row
    index = []
    kin: Counter[tuple[str, ...]] = Counter()
    kin_prose: Counter[tuple[str, ...]] = Counter()
    keys = []
    for block in blocks:
        place = block.place
        if (row := number.get(id(place))) is None:
            row = number[id(place)] = len(rows)
            around = _around(place, prose, title)
            tags.append(around.tags)
            rows.append(_place_row(place, around, best, top, prose))
            parent = place.parent
            keys.append((place.tag, place.element.get("class") or "", (parent.element.get("class") or parent.tag) if parent else ""))
        index.append(row)
        kin[keys[row]] += 1
        if len(block.text) >= LONG and block.linked < 0.4 * len(block.text):
            kin_prose[keys[row]] += len(block.text)
    bits = (np.array(tags)[:, None] >> np.arange(len(_AROUND))) & 1
    alike = np.array([(log1p(kin[key]), kin_prose[key] / prose) for key in keys])
    place_rows = np.hstack([np.array(rows, dtype=np.float32), bits, alike])
    at = np.arange(len(blocks))
    through = np.column_stack([(at - best.first) / max(best.last - best.first, 1), (at >= best.first) & (at < best.last)])
    return np.hstack([place_rows[index], through]).astype(np.float32)


def _place_row(place: Place, around: _Around, best: Place, top: Place, prose: int) -> tuple[float, ...]:
    inside, each = 0.0, place
    for up in range(_FAR):
        if each is best:
            inside = 1 / (1 + up)
            break
        if each.parent is None:
            break
        each = each.parent
    parent = place.parent or place
    grand = parent.parent or parent
    great = grand.parent or grand
    whole = max(top.chars, 1)
    sizes: list[float] = []
    for p in (place, parent, grand, great):
        sizes += (p.prose / prose, p.prose_direct / prose, p.linked / max(p.chars, 1), log1p(p.chars), log1p(p.children), p.chars / whole)
    return (
        *around.kinds, around.least, around.clutters, min(around.near_clutter, _FAR), min(around.near_story, _FAR), around.story_share,
        min(around.titled, _FAR), around.titled_share, place.depth, inside, *sizes,
    )  # fmt: skip


def best_place(blocks: list[Block]) -> Place:
    """The place where most prose stands together: a paragraph counts in full for the place it stands in, less for those around."""
    scores: dict[Place, float] = {}
    for block in blocks:
        size = len(block.text)
        if size < 60 or block.linked > 0.4 * size:
            continue
        share = size * (0.3 if block.place.clutter else 1.0)
        each: Place | None = block.place.parent or block.place
        for _ in range(4):
            if each is None:
                break
            scores[each] = scores.get(each, 0.0) + share
            share *= 0.75
            each = each.parent
    if scores:
        return max(scores, key=lambda each: scores[each])
    place = blocks[0].place
    while place.parent:
        place = place.parent
    return place


def _run(blocks: list[Block], own: Matrix, title: int) -> Matrix:
    """What stands before and behind each block, and how far through the page's prose it is."""
    count = len(blocks)
    size = np.array([len(b.text) for b in blocks], dtype=np.float32)
    linked = np.array([b.linked for b in blocks], dtype=np.float32)
    prose = np.where((size >= LONG) & (linked < 0.4 * size), size, 0)
    total = max(float(prose.sum()), 1.0)
    done = np.cumsum(prose)
    at = np.arange(count)
    columns = [at / count, (done - prose) / total, (total - done) / total, np.log1p(at), np.log1p(count - 1 - at), np.clip(at - title, -50, 200)]
    for step in (1, 2, 3):
        for values in (own[:, _SIZE], own[:, _LINKS], own[:, _STOP], (prose > 0).astype(np.float32)):
            columns += [_moved(values, step), _moved(values, -step)]
    for values in (own[:, _TAG], own[:, _RULE]):
        columns += [_moved(values, 1), _moved(values, -1)]
    for span in (3, 8):
        around = np.maximum(_window(size, span), 1)
        columns += [_window(prose, span) / total, _window(linked, span) / around, _window(own[:, _STOP] * size, span) / around]
    parents = np.array([id(b.place.parent) for b in blocks])
    same = (parents[1:] == parents[:-1]).astype(np.float32)
    columns += [np.concatenate([[0.0], same]), np.concatenate([same, [0.0]])]
    texts = Counter(b.text for b in blocks)
    columns.append(np.array([texts[b.text] for b in blocks], dtype=np.float32))
    first_headings = np.cumsum([b.tag == "h1" for b in blocks])
    columns.append(first_headings - first_headings[title])
    whole = max(float(size.sum()), 1.0)
    columns += [np.full(count, v) for v in (np.log1p(count), np.log1p(total), total / whole, float(linked.sum()) / whole)]
    return np.column_stack(columns).astype(np.float32)


def _moved(values: Matrix, step: int) -> Matrix:
    """The values of the blocks `step` further on, 0 past the page's ends."""
    found = np.zeros(len(values), dtype=np.float32)
    if step > 0:
        found[:-step] = values[step:]
    else:
        found[-step:] = values[:step]
    return found


def _window(values: Matrix, span: int) -> Matrix:
    """The sum over the `span` blocks before and behind each, itself included."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    return np.asarray(sums[np.minimum(at + span + 1, len(values))] - sums[np.maximum(at - span, 0)], dtype=np.float32)
