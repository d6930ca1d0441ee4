"""Lays one text over another: how many of its words stand there, and whether the numbers and names in the same places are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.duplicates.tokens import NO_NAMES, Hashes, Reading, Value

Live = NDArray[np.bool_]
Place = tuple[int, ...]  # hashes of the words before or after a number

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


def compare(new: Reading, live: Live, known: Reading) -> Comparison:
    """The comparison of `new`, of which only the `live` words count, with `known`."""
    covered = _covered(new, known.short_set)
    whole = int(live.sum())
    coverage = float((covered & live).sum()) / whole if whole else 0.0
    if coverage < 0.05:  # nothing to align
        return Comparison(coverage=coverage, reverse=0.0, changed=0, new=0, same=0, numbers=len(new.values), subjects=0.0, renamed=0)
    back = _covered(known, new.short_set)
    reverse = float(back.sum()) / len(back) if len(back) else 0.0
    changed, added, same = _numbers(new, live, covered, known)
    subjects = _subjects(new, live, known)
    renamed = _renamed(new, live, covered, known)
    return Comparison(
        coverage=coverage,
        reverse=reverse,
        changed=changed,
        new=added,
        same=same,
        numbers=len(new.values),
        subjects=subjects,
        renamed=renamed,
    )


def _covered(text: Reading, runs: Hashes) -> Live:
    """For each token whether it stands in a run that is one of `runs` (sorted)."""
    covered = np.zeros(len(text.hashes), bool)
    own = text.short
    if not len(own) or not len(runs):
        return covered
    at = np.searchsorted(runs, own)
    at[at == len(runs)] = 0
    hit = runs[at] == own
    for shift in range(text.run):
        covered[shift : shift + len(hit)] |= hit
    return covered


def _before(text: Reading, place: int) -> Place:
    return tuple(text.keys[max(0, place - (3 if text.is_chinese else 2)) : place])


def _after(text: Reading, place: int) -> Place:
    return tuple(text.keys[place + 1 : place + (4 if text.is_chinese else 3)])


def _numbers(new: Reading, live: Live, covered: Live, known: Reading) -> tuple[int, int, int]:
    """(changed, new, same): each number of the new text, set against those of the known one between the same words."""
    left: defaultdict[Place, set[Value]] = defaultdict(set)
    right: defaultdict[Place, set[Value]] = defaultdict(set)
    for place, value in known.values.items():
        left[_before(known, place)].add(value)
        right[_after(known, place)].add(value)
    everywhere = set(known.values.values())
    told = _told(new, covered)
    changed = added = same = 0
    for place, value in new.values.items():
        is_told = told[new.sentence_of[place]] >= 0.5
        if not live[place] and not is_told:
            continue
        before, after = _before(new, place), _after(new, place)
        left_known, right_known = before in left, after in right
        if value in left.get(before, ()) or value in right.get(after, ()):
            same += 1
        elif left_known and right_known and (len(before) > 1 or len(after) > 1):
            changed += 1
        elif isinstance(value, str) or value in everywhere:
            continue
        elif (left_known or right_known) and is_told:
            changed += 1
        elif live[place] and not _is_small(value):
            added += 1
    return changed, added, same


def _told(new: Reading, covered: Live) -> NDArray[np.float64]:
    """For each sentence the share of its words that the known text has in the same runs."""
    count = len(new.sentences)
    words = np.bincount(new.sentence_of, minlength=count)
    return np.bincount(new.sentence_of, weights=covered, minlength=count) / np.maximum(1, words)


def _is_small(value: float) -> bool:
    """Years and the first counts: they come with any added sentence and state no figure."""
    return value == int(value) and (value <= 2 or 1950 <= value <= 2035)


def _subjects(new: Reading, live: Live, known: Reading) -> float:
    """The share of the new text's names that the known one has too."""
    names = {new.words[at] for at in new.capitals if live[at] and len(new.words[at]) > 2} - NO_NAMES
    shared = len(names & set(known.words))
    return shared / len(names) if shared >= FEWEST_NAMES else 0.0


def _renamed(new: Reading, live: Live, covered: Live, known: Reading) -> int:
    """How often a name of the known text was replaced by one that it doesn't have, between the same words."""
    candidates = [at for at in new.capitals | new.openers if live[at] and not covered[at]]
    vocabulary = set(known.words) if candidates else set()
    candidates = [at for at in candidates if new.words[at] not in vocabulary]
    if len(candidates) < 2:
        return 0
    own = set(new.words)
    gone = [at for at in known.capitals | known.openers if known.words[at] not in own]
    left: defaultdict[Place, set[str]] = defaultdict(set)
    right: defaultdict[Place, set[str]] = defaultdict(set)
    for at in gone:
        left[_before(known, at)[-1:]].add(known.words[at])
        right[_after(known, at)[:1]].add(known.words[at])
    swaps: Counter[tuple[str, str]] = Counter()
    for at in candidates:
        for old in left.get(_before(new, at)[-1:], set()) & right.get(_after(new, at)[:1], set()):
            swaps[old, new.words[at]] += 1
    return max(swaps.values(), default=0)
