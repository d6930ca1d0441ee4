"""Lays one text over another: how many of its words stand there, and whether the numbers and names in the same places are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.duplicates.reading import Mask, Places, Reading
from etl.duplicates.shingles import distinct, is_among

RELATED = 0.15  # coverage below which two texts have nothing to do with each other
SAME_TEXT = 0.35  # coverage from which on a changed number is a revision rather than a common phrase
FEWEST_NAMES = 3  # shared by two texts about the same subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A new text against a known one."""

    coverage: float  # share of the new text's words in runs that the known one has
    reverse: float  # share of the known text's words in runs that the new one has
    changed: int  # numbers in the same place with another value
    new: int  # figures in places of their own that the known text doesn't have
    same: int  # numbers in the same place with the same value
    numbers: int  # all numbers of the new text
    subjects: float  # share of the new text's names that the known one has too; 0 where hardly any is shared
    renamed: int  # places where a name was swapped for another one, time and again


def compare(new: Reading, live: Mask, known: Reading) -> Comparison:
    """The comparison of `new`, of which only the `live` words count, with `known`."""
    covered = new.covered(known.short_sorted)
    whole = int(np.count_nonzero(live))
    coverage = int(np.count_nonzero(covered & live)) / whole if whole else 0.0
    if coverage < RELATED:  # nothing to align
        return Comparison(coverage=coverage, reverse=0.0, changed=0, new=0, same=0, numbers=len(new.values), subjects=0.0, renamed=0)
    back = known.covered(new.short_sorted)
    changed, added, same = _numbers(new, live, covered, known)
    return Comparison(
        coverage=coverage,
        reverse=int(np.count_nonzero(back)) / len(back) if len(back) else 0.0,
        changed=changed,
        new=added,
        same=same,
        numbers=len(new.values),
        subjects=_subjects(new, live, known),
        renamed=_renamed(new, live, covered, known) if coverage >= SAME_TEXT else 0,
    )


def _numbers(new: Reading, live: Mask, covered: Mask, known: Reading) -> tuple[int, int, int]:
    """(changed, new, same): each number of the new text, set against those of the known one between the same words."""
    if not new.values:
        return 0, 0, 0
    left, right = known.beside
    places = np.fromiter(new.values, np.intp, len(new.values))
    told = (_told(new, covered) >= 0.5)[new.sentence_of[places]].tolist()
    changed = added = same = 0
    for (value, before, after, beside), is_told, is_live in zip(new.settings, told, live[places].tolist(), strict=True):
        if not is_live and not is_told:
            continue
        on_left, on_right = left.get(before), right.get(after)
        if (on_left and value in on_left) or (on_right and value in on_right):
            same += 1
        elif on_left and on_right and beside:
            changed += 1
        elif isinstance(value, str) or value in known.amounts:
            continue
        elif (on_left or on_right) and is_told:
            changed += 1
        elif is_live and not _is_small(value):
            added += 1
    return changed, added, same


def _told(new: Reading, covered: Mask) -> NDArray[np.float64]:
    """For each sentence the share of its words that the known text has in the same runs."""
    return np.add.reduceat(covered, new.starts[:-1], dtype=np.intp) / np.diff(new.starts)


def _is_small(value: float) -> bool:
    """Years and the first counts: they come with any added sentence and state no figure."""
    return value == int(value) and (value <= 2 or 1950 <= value <= 2035)


def _subjects(new: Reading, live: Mask, known: Reading) -> float:
    """The share of the new text's names that the known one has too."""
    names = distinct(new.hashes[new.names[live[new.names]]])
    shared = int(np.count_nonzero(is_among(names, known.vocabulary)))
    return shared / len(names) if shared >= FEWEST_NAMES else 0.0


def _renamed(new: Reading, live: Mask, covered: Mask, known: Reading) -> int:
    """How often a name of the known text was replaced by one that it doesn't have, between the same words."""
    places = new.capitals[live[new.capitals] & ~covered[new.capitals]]
    places = places[~is_among(new.hashes[places], known.vocabulary)]
    if len(places) < 2:
        return 0
    gone = known.capitals[~is_among(known.hashes[known.capitals], new.vocabulary)]
    left: defaultdict[int, set[int]] = defaultdict(set)
    right: defaultdict[int, set[int]] = defaultdict(set)
    for word, before, after in _between(known, gone):
        left[before].add(word)
        right[after].add(word)
    swaps: Counter[tuple[int, int]] = Counter()
    for word, before, after in _between(new, places):
        for old in left.get(before, set()) & right.get(after, set()):
            swaps[old, word] += 1
    return max(swaps.values(), default=0)


def _between(text: Reading, places: Places) -> list[tuple[int, int, int]]:
    """(word, the one before it, the one after it) at each place; 0 beyond the text's ends."""
    padded = np.concatenate([np.zeros(1, np.uint64), text.hashes, np.zeros(1, np.uint64)])
    return list(zip(padded[places + 1].tolist(), padded[places].tolist(), padded[places + 2].tolist(), strict=True))
