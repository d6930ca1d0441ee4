"""What is known of each block of a page, as numbers: a row a block, a column a fact. What the block classifier reads.

A block tells of itself (length, links, full stop), of where it stands (in an aside, in a place marked as a promo, beside how much prose)
and of what stands around it. Nothing here is about words of a subject or about a site.
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from collections import Counter
from math import log1p

import numpy as np
from numpy.typing import NDArray

from etl.articles.blocks import LONG, Block, Place, Walk
from etl.articles.lines import COMMENTS_BEGIN, HEADING_RELATED, ends_sentence, is_bio, line_rule

Matrix = NDArray[np.float32]

_TAG_NUMBER = {tag: n for n, tags in enumerate(("", "p", "h1", "h2", "h3", "h4 h5 h6", "li", "td th", "table tr", "div article section body main", "blockquote", "figcaption caption", "span em strong b i a", "dd dt", "pre code")) for tag in tags.split()}
_AROUND = ("aside", "footer", "header", "form", "figure", "ul", "ol", "td", "blockquote", "article", "main", "section", "table")
_AROUND_COLUMN = {tag: n for n, tag in enumerate(_AROUND)}
_KINDS = ("caption", "comments", "related", "promo", "newsletter", "author", "tags", "share", "consent", "navigation", "sidebar", "rating", "byline", "hidden")
_KIND_NUMBER = {kind: n for n, kind in enumerate(_KINDS)}
_LINE = {"line: label": 1, "line: related": 2, "line: byline": 3, "line: no words": 4, "line: promo": 5}
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\bago\b", re.I)
_YOU = frozenset(("you", "your", "we", "our", "us", "click", "here", "sign", "log", "subscribe", "follow", "share", "read"))
_FAR = 12  # steps up the tree beyond which distance says nothing more


def features_of(walk: Walk, title: str, known: str = "", description: str = "") -> Matrix:
    """A row for each block, shape (blocks, columns). `known` is the text and `description` the summary that the page declares in its head."""
    blocks = walk.blocks
    if not blocks:
        return np.zeros((0, 0), dtype=np.float32)
    likeness = _likeness(blocks, title)
    at = _headline(blocks, likeness)
    own = np.array([_own(block, like) for block, like in zip(blocks, likeness, strict=True)], dtype=np.float32)
    return np.hstack([own, _standing(walk, at), _run(blocks, own, at), _declared(blocks, known, description)]).astype(np.float32, copy=False)


def _likeness(blocks: list[Block], title: str) -> list[float]:
    """The share of words that each short block has in common with the headline."""
    words = set(title.lower().split())
    least, most = len(title) / 4, 3 * len(title) + 30
    shares = []
    for block in blocks:
        share = 0.0
        if words and least < len(block.text) < most:
            theirs = set(block.text.lower().split())
            share = len(words & theirs) / len(words | theirs)
        shares.append(share)
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


def _own_of_text(text: str, size: int, words: list[str]) -> tuple[float, ...]:
    short = size <= 200
    return (
        _LINE.get(line_rule(text) or "", 0) if short else 0, 40 < size < 300 and is_bio(text), size < 80 and COMMENTS_BEGIN.match(text) is not None,
        size < 80 and HEADING_RELATED.match(text) is not None, size < 200 and _DATE.search(text) is not None, sum(w in _YOU for w in text.lower().split(" ")) / len(words) if short else 0.0,
        "©" in text or "|" in text, sum(map(text.count, "0123456789")) / size if short else 0.02, sum(w[0].isupper() for w in words) / len(words) if short else 0.1,
    )  # fmt: skip


_NO_LINE = (0.0,) * 9


def _own(block: Block, likeness: float) -> tuple[float, ...]:
    text, linked = block.text, block.linked
    size = len(text)
    words = text.split(" ")
    count = len(words)
    return (
        log1p(size), linked / size, ends_sentence(text), _TAG_NUMBER.get(block.tag, 0), likeness, log1p(count), size / count, text.count(",") * 100 / size,
        text[-1] == ":", text[0].islower(), "?" in text, "“" in text or '"' in text, block.links, min(block.bold / size, 1.0),
        *(_own_of_text(text, size, words) if linked < 0.95 * size else _NO_LINE),
    )  # fmt: skip


_SIZE, _LINKS, _STOP, _TAG, _RULE = 0, 1, 2, 3, 14  # columns of `_own`
_COLUMNS_OF_MARKS = 23 + len(_AROUND)  # where those of `_marked` begin


def _standing(walk: Walk, title: int) -> Matrix:
    """Where each block stands: the tags and marks around it and how much of the page's prose they hold."""
    places, blocks = walk.places, walk.blocks
    sums = np.array([(p.prose, p.direct, p.linked, p.chars, p.children, p.depth, p.parent.number if p.parent else 0) for p in places], dtype=np.float32)
    prose = max(places[0].prose, 1)
    held, best = np.array([b.place.number for b in blocks]), best_place(blocks)
    at = np.arange(len(blocks))
    columns = [_tags(places)[held], _marked(places, sums[:, 0] / prose, sums[:, 5])[held], _titled(places, sums[:, 0] / prose, title)[held]]
    columns.append(_inside(best, sums[:, 5], held))
    parent, size = sums[:, 6].astype(np.int32), _sizes(sums, prose)
    where = held
    for _ in range(4):
        columns.append(size[where])
        where = parent[where]
    columns += [_alike(blocks, prose), np.column_stack([(at - best.first) / max(best.last - best.first, 1), (at >= best.first) & (at < best.last), sums[held, 5]])]
    return np.hstack(columns).astype(np.float32)


def _tags(places: list[Place]) -> Matrix:
    """For each place whether it is an aside, a footer, … or stands in one."""
    found = np.zeros((len(places), len(_AROUND)), dtype=np.float32)
    for place in places:
        if (column := _AROUND_COLUMN.get(place.tag)) is not None:
            found[place.number : place.end, column] = 1
    return found


def _marked(places: list[Place], share: NDArray[np.floating], depth: Matrix) -> Matrix:
    """For each place the share of the page's prose in the smallest place of each kind of clutter around it; how near clutter and the story's place are."""
    count = len(places)
    kinds = np.ones((count, len(_KINDS)), dtype=np.float32)
    clutters, near, story, story_share = np.zeros(count), np.full(count, -_FAR), np.full(count, -_FAR), np.zeros(count)
    for place in places:
        inside = slice(place.number, place.end)
        if place.clutter:
            kinds[inside, _KIND_NUMBER[place.clutter]] = share[place.number]  # the smallest one comes last
            clutters[inside] += 1
            near[inside] = place.depth
        if place.story and place.parent:
            story[inside], story_share[inside] = place.depth, share[place.number]
    return np.column_stack([kinds, kinds.min(axis=1), clutters, np.minimum(depth - near, _FAR), np.minimum(depth - story, _FAR), story_share])


def unmarked(features: Matrix) -> Matrix:
    """The same rows as if no mark had said anything: for training, so that the trees don't rest on sites' habits of naming."""
    found, at = features.copy(), _COLUMNS_OF_MARKS
    kinds = len(_KINDS)
    found[:, at : at + kinds + 1] = 1
    found[:, at + kinds + 1] = 0
    found[:, at + kinds + 2 : at + kinds + 4] = _FAR
    found[:, at + kinds + 4] = 0
    return found


def _titled(places: list[Place], share: NDArray[np.floating], title: int) -> Matrix:
    """For each place how many steps up the headline is in it too, and the share of the page's prose there."""
    base, held = np.zeros(len(places)), np.zeros(len(places))
    for place in places:
        if place.first <= title < place.last or not place.parent:
            base[place.number : place.end], held[place.number : place.end] = place.depth, share[place.number]
    depth = np.array([p.depth for p in places])
    return np.column_stack([np.minimum(depth - base, _FAR), held])


def _inside(best: Place, depth: Matrix, held: NDArray[np.int_]) -> Matrix:
    """For each block how near above it the place is where most prose stands: 1 in it, 1/2 one step below, 0 outside."""
    within = (held >= best.number) & (held < best.end)
    return np.where(within, 1 / (1 + np.maximum(depth[held] - best.depth, 0)), 0)[:, None]


def _sizes(sums: Matrix, prose: int) -> Matrix:
    """For each place its share of the prose, how much of it is links, and how large it is."""
    chars = np.maximum(sums[:, 3], 1)
    return np.column_stack([sums[:, 0] / prose, sums[:, 1] / prose, sums[:, 2] / chars, np.log1p(sums[:, 3]), np.log1p(sums[:, 4]), sums[:, 3] / chars[0]])


def _alike(blocks: list[Block], prose: int) -> Matrix:
    """For each block how many stand in places of the same tag and class, and how much of the page's prose they are."""
    keys: dict[int, tuple[str, ...]] = {}
    count: Counter[tuple[str, ...]] = Counter()
    sums: Counter[tuple[str, ...]] = Counter()
    for block in blocks:
        place = block.place
        if (key := keys.get(place.number)) is None:
            parent = place.parent
            key = keys[place.number] = (place.tag, place.element.get("class") or "", (parent.element.get("class") or parent.tag) if parent else "")
        count[key] += 1
        if len(block.text) >= LONG and block.linked < 0.4 * len(block.text):
            sums[key] += len(block.text)
    found = {key: (log1p(n), sums[key] / prose) for key, n in count.items()}
    return np.array([found[keys[b.place.number]] for b in blocks], dtype=np.float32)


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
