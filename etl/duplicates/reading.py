"""A text as it is compared: its words as hashes, its numbers apart, and what stands beside each number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xxhash
from numpy.typing import NDArray

from etl.duplicates.shingles import Hashes, combine, grams, is_among
from etl.duplicates.vocabulary import IS_CAPITAL, IS_NAME

Value = float | str  # a number to six digits, or "~q1", "~jun", "~h1" for a part of a year
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
Setting = tuple[Value, int, int, bool]  # a number, hashes of the words before and after it, whether more than one stands on a side


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as read: one entry a token. `values` holds the number or the part of the year at a token's place."""

    hashes: Hashes
    flags: NDArray[np.uint8]
    values: dict[int, Value]
    sentences: tuple[tuple[int, str], ...]  # (paragraph, words as printed)
    sentence_of: NDArray[np.int32]  # the sentence that each token stands in
    is_chinese: bool

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def run(self) -> int:
        """Tokens in a run by which coverage is measured: 3 words, 5 Chinese characters."""
        return 5 if self.is_chinese else 3

    @cached_property
    def short(self) -> Hashes:
        """Hashes of these runs."""
        return grams(self.hashes, self.run)

    @cached_property
    def long(self) -> Hashes:
        """Hashes of the runs by which a text is found: 5 words, 8 Chinese characters."""
        return grams(self.hashes, 8 if self.is_chinese else 5)

    @cached_property
    def short_sorted(self) -> Hashes:
        return np.sort(self.short)

    @cached_property
    def vocabulary(self) -> Hashes:
        """Its words, sorted."""
        return np.sort(self.hashes)

    @cached_property
    def starts(self) -> Places:
        """Where each sentence begins, and where the last one ends."""
        return np.searchsorted(self.sentence_of, np.arange(len(self.sentences) + 1))

    @cached_property
    def capitals(self) -> Places:
        """Places of words written with a capital."""
        return np.flatnonzero(self.flags & IS_CAPITAL)

    @cached_property
    def names(self) -> Places:
        """Places of capitals inside a sentence that can be names."""
        both = IS_CAPITAL | IS_NAME
        named = (self.flags & both) == both
        named[self.starts[:-1]] = False
        return np.flatnonzero(named)

    @cached_property
    def settings(self) -> list[Setting]:
        """Each number between its words: two before and two after, three Chinese characters."""
        width, count = (3 if self.is_chinese else 2), len(self)
        places = np.fromiter(self.values, np.intp, len(self.values))
        padded = np.concatenate([np.zeros(width, np.uint64), self.hashes, np.zeros(width, np.uint64)])
        before = combine([padded[places + shift] for shift in range(width)]).tolist()
        after = combine([padded[places + width + 1 + shift] for shift in range(width)]).tolist()
        told = (np.maximum(places, count - 1 - places) > 1).tolist()
        return list(zip(self.values.values(), before, after, told, strict=True))

    @cached_property
    def beside(self) -> tuple[dict[int, set[Value]], dict[int, set[Value]]]:
        """The values that stand after each setting's words, and those that stand before them."""
        left: defaultdict[int, set[Value]] = defaultdict(set)
        right: defaultdict[int, set[Value]] = defaultdict(set)
        for value, before, after, _ in self.settings:
            left[before].add(value)
            right[after].add(value)
        return dict(left), dict(right)

    @cached_property
    def amounts(self) -> frozenset[Value]:
        """Every value of the text."""
        return frozenset(self.values.values())

    @cached_property
    def digest(self) -> int:
        """One number for words and values in their order: equal for texts that differ in case, spacing and the spelling of numbers only."""
        values = ",".join(f"{at}:{value}" for at, value in self.values.items())
        return xxhash.xxh3_64_intdigest(self.hashes.tobytes() + values.encode())

    def covered(self, runs: Hashes) -> Mask:
        """For each token whether it stands in a run that is one of `runs` (sorted)."""
        found = np.zeros(len(self.hashes), bool)
        hit = is_among(self.short, runs)
        for shift in range(self.run):
            found[shift : shift + len(hit)] |= hit
        return found
