"""Runs of words as hashes, and the sample of them that the index keeps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

RATES = ((60, 4), (160, 8))  # up to that word one run in so many is kept: trimmed copies and teasers take theirs from a text's beginning
FURTHER_ON = 16

_SPREAD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def grams(hashes: Hashes, size: int) -> Hashes:
    """The hash of each run of `size` tokens: entry i is the run that starts at token i."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    with np.errstate(over="ignore"):
        mixed = np.zeros(count, np.uint64)
        for shift in range(size):
            mixed = mixed * _SPREAD + hashes[shift : shift + count]
        mixed ^= mixed >> np.uint64(31)
        mixed *= _MIX
        mixed ^= mixed >> np.uint64(29)
    return mixed


def combine(columns: Sequence[Hashes]) -> Hashes:
    """One hash for each row of hashes, in this order."""
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed = mixed * _SPREAD + column
    return mixed


def is_among(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """For each hash whether it is one of `known`, which is sorted."""
    if not len(known):
        return np.zeros(len(hashes), bool)
    at = np.searchsorted(known, hashes)
    at[at == len(known)] = 0
    found: NDArray[np.bool_] = known[at] == hashes
    return found


def distinct(hashes: Hashes) -> Hashes:
    """Each once, sorted."""
    ordered = np.sort(hashes)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def sample(runs: Hashes, *, keep: bool) -> list[int]:
    """Which runs stand for the text, as signed 32-bit numbers.

    With `keep` those to be stored; without it those to ask for, more from further on.
    """
    at = np.arange(len(runs))
    chosen = runs % np.uint64(FURTHER_ON if keep else RATES[-1][1]) == 0
    for words, rate in RATES:
        chosen |= (at < words) & (runs % np.uint64(rate) == 0)
    return short_keys(distinct(runs[chosen]))


def short_keys(hashes: Hashes) -> list[int]:
    """The upper halves as signed 32-bit numbers: four bytes each in the index, and a chance meeting is only one vote of many."""
    keys: list[int] = (hashes >> np.uint64(32)).astype(np.uint32).view(np.int32).tolist()
    return keys


def short_key(number: int) -> int:
    """The same for one hash."""
    upper = number >> 32
    return upper - (1 << 32) if upper >= 1 << 31 else upper


def signed(number: int) -> int:
    """An unsigned 64-bit hash as the signed number that SQLite keeps."""
    return number - (1 << 64) if number >= 1 << 63 else number
