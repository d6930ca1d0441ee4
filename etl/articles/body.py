"""The article's text: each block is weighed by trained trees; where they are in doubt over a page, trafilatura reads it instead.

Doubt is measured by how far the chances lie from an even one, over what would be read. The trees are sure of nine pages in ten, and right
on those more often than the library; on the others the library is the better reader.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import deepcopy

import lxml.html
import numpy as np
from lxml import etree
from numpy.typing import NDArray
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from etl.articles.blocks import Block, Place, Walk, rows_of
from etl.articles.classifier import trained
from etl.articles.features import Matrix, features_of
from etl.articles.lines import tidy
from etl.articles.metadata import Head, linked_body
from etl.articles.tree import is_huge

Heard = Callable[[str, str], None]  # (rule, the words that were dropped)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
SURE = 0.35  # the mean distance from an even chance below which the library is asked; 0.5 is certainty
EVEN = 0.5
AMID = 0.25  # the mean chance of its rows from which a table between paragraphs is kept
HARDLY = 0.02
FEW = 250  # characters: less than any article


def read_body(root: lxml.html.HtmlElement, walk: Walk, title: str, head: Head, heard: Heard | None = None) -> list[str]:
    """The article's lines, a paragraph or a table row each. `walk` went over the tree, which stays as it is."""
    blocks = walk.blocks
    chances = tables_whole(blocks, weighed(walk, title, head))
    lines = [block.text for block, chance in zip(blocks, chances, strict=True) if chance > EVEN]
    sure = certainty(blocks, chances)
    if (sure < SURE or size(lines) < FEW) and (theirs := _second(root, lines)):
        if heard:
            heard("second opinion", f"the block classifier is in doubt ({sure:.2f} of .50): trafilatura's reading is taken")
        return theirs
    if heard:
        _explain(blocks, chances, heard)
    return lines


def weighed(walk: Walk, title: str, head: Head) -> NDArray[np.float64]:
    """The chance of each block, 0 to 1, to be read. Short blocks of nothing but links aren't weighed: next to none ever is article."""
    features = described(walk, title, head)
    asked = np.array([len(b.text) > 80 or b.linked < 0.95 * len(b.text) for b in walk.blocks], dtype=bool)
    chances = np.full(len(walk.blocks), HARDLY)
    if asked.any():
        chances[asked] = trained().likely(features[asked])
    return chances


def _second(root: lxml.html.HtmlElement, lines: list[str]) -> list[str]:
    """The library's reading: the precise one; where that is a remnant and ours is too, the plain one; empty where ours is the better."""
    if size(theirs := engine(root, precise=True)) >= max(size(lines) / 3, FEW):
        return theirs
    return theirs if size(lines) < FEW and size(theirs := engine(root)) > size(lines) / 3 else []


def tables_whole(blocks: list[Block], chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chances with a table's rows kept or dropped together. Amid the article it needs less of a chance: figures stand in tables."""
    rows: dict[Place, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.place.tag == "table":
            rows.setdefault(block.place, []).append(number)
    if not rows:
        return chances
    chances, read = chances.copy(), np.flatnonzero(chances > EVEN)
    for numbers in rows.values():
        amid = len(read) > 0 and read[0] < numbers[0] and numbers[-1] < read[-1]
        mean = float(chances[numbers].mean())
        chances[numbers] = max(mean, EVEN + 0.01) if amid and mean > AMID else mean
    return chances


def described(walk: Walk, title: str, head: Head) -> Matrix:
    """What the classifier reads of the blocks."""
    return features_of(walk, title, " ".join(linked_body(head)), head.first("og:description", "description") or "")


def certainty(blocks: list[Block], chances: NDArray[np.float64]) -> float:
    """How far the chances lie from an even one, 0 to .5: the mean over the characters, those that would hardly be read counting little."""
    if not blocks:
        return 0.0
    weights = np.array([len(b.text) for b in blocks]) * np.maximum(chances, 0.05)
    return float(np.average(np.abs(chances - EVEN), weights=weights))


def engine(root: lxml.html.HtmlElement, *, precise: bool = False) -> list[str]:
    """What trafilatura reads in its fast mode, line by line; nothing of a page too large to copy."""
    if is_huge(root):
        return []
    options = Extractor(output_format="python", fast=True, precision=precise, comments=False, tables=True, formatting=False)
    whole = deepcopy(root)  # the library takes the tree apart
    _lay_out_tables(whole)
    found = bare_extraction(whole, options=options)
    if found is None or isinstance(found, dict) or not found.text:
        return []
    return [line for part in found.text.split("\n") if (line := tidy(part.strip("|").lstrip("-").strip()))]


def _lay_out_tables(root: lxml.html.HtmlElement) -> None:
    """Put a paragraph per row of `header: cell` pairs in the place of each table of values."""
    for table in list(root.iter("table")):
        parent = table.getparent()
        if parent is None or not (rows := rows_of(table)):
            continue
        holder = etree.Element("div")
        for row in rows:
            etree.SubElement(holder, "p").text = row
        holder.tail = table.tail
        parent.replace(table, holder)


def _explain(blocks: list[Block], chances: NDArray[np.float64], heard: Heard) -> None:
    """Tell each block that goes, by the mark of the nearest place around it, or by its chance where nothing is marked."""
    for block, chance in zip(blocks, chances, strict=True):
        if chance <= EVEN:
            mark = next((place.clutter for place in block.place.up() if place.clutter), None)
            heard(mark or f"classifier: {chance:.2f}", block.text)


def size(lines: list[str]) -> int:
    """How many characters the lines hold."""
    return sum(map(len, lines))
