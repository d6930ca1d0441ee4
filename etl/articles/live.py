"""Live blogs: a page of many short reports, each with its own time. The article is those entries; what stands around them is no part of it.

    <article class="liveblog-entry"><time datetime="…">14:05</time><h2>Orbit on stage</h2><p>…</p></article>
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from itertools import islice

from etl.articles.blocks import Block, Place, Walk
from etl.articles.metadata import Head, squeeze, text_of, types_of

_ENTRY = re.compile(r"(?:^|[\s_-])(?:live-?blog|live|ticker|timeline|newsticker)[_-]*(?:post|entry|entries-item|item|update|event|block|card)(?:$|[\s_-])", re.I)
FEWEST = 3  # entries, fewer are no live blog


def live_lines(walk: Walk, head: Head) -> list[str]:
    """The entries' lines in the page's order; empty where the page is no live blog."""
    declared = "liveblogposting" in types_of(head)
    if not declared and len(list(islice(walk.places[0].element.iter("time"), FEWEST))) < FEWEST:
        return []
    entries = _entries(walk.places, declared)
    if len(entries) < FEWEST:
        return _declared(head) if declared else []
    inside = [(p.number, p.end) for p in entries]
    return [b.text for b in walk.blocks if _is_report(b) and any(first <= b.place.number < end for first, end in inside)]


def _entries(places: list[Place], declared: bool) -> list[Place]:
    """The places that are entries: named so, or on a page that declares itself a live blog every article that shows its time."""
    named = [p for p in places if p.element.get("itemprop") == "liveBlogUpdate" or _ENTRY.search(f"{p.element.get('class') or ''} {p.element.get('id') or ''}")]
    if declared and len(named) < FEWEST:
        named = [p for p in places if p.tag in ("article", "section", "li") and p.prose and next(p.element.iter("time"), None) is not None]
    chosen: list[Place] = []
    for place in named:
        if place.chars and (not chosen or place.number >= chosen[-1].end):  # the outermost of nested ones
            chosen.append(place)
    if len(chosen) == 1:  # a wrapper that is named like its entries
        return _entries_within(named[1:])
    return chosen


def _entries_within(named: list[Place]) -> list[Place]:
    chosen: list[Place] = []
    for place in named:
        if place.chars and (not chosen or place.number >= chosen[-1].end):
            chosen.append(place)
    return chosen


def _is_report(block: Block) -> bool:
    """Whether the block is something that an entry reports: not its time, its buttons or what is marked as clutter."""
    if block.linked > 0.8 * len(block.text) or any(p.clutter not in (None, "byline", "sidebar") for p in _near(block.place)):
        return False
    return len(block.text) > 25 or block.tag in ("h1", "h2", "h3", "h4", "li", "table")


def _near(place: Place) -> list[Place]:
    return list(place.up())[:4]


def _declared(head: Head) -> list[str]:
    """The entries as JSON-LD holds them, for pages that a script fills."""
    updates = next((u for t in head.things if isinstance(u := t.get("liveBlogUpdate"), list)), [])
    lines = []
    for update in updates:
        if isinstance(update, dict):
            for key in ("headline", "articleBody"):
                lines += [line for part in text_of(update.get(key)).split("\n") if (line := squeeze(part))]
    return lines if len(updates) >= FEWEST else []
