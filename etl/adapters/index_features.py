"""Which of the latest texts hold a figure or a name: in memory, since it is asked for with every article; made from the index's rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from etl.duplicates import Holders

TAIL = 1024  # texts that are kept apart until they are sorted in

Numbers = NDArray[np.int64]


class LatestFeatures:
    """(feature, text) pairs, those of the bulk sorted by feature and text, those of the last few texts in lists."""

    def __init__(self, rows: Iterable[tuple[int, int, bytes]]) -> None:
        """From (number, published in Unix seconds, features as 32-bit integers), in the order of the numbers."""
        held = [(n, at, np.frombuffer(blob, np.int32)) for n, at, blob in rows]
        self._first, self._at = (held[0][0] if held else 0), array("q")
        self._tail: dict[int, list[int]] = {}
        self._in_tail = 0
        for n, at, _ in held:
            self._date(n, at)
        keys = np.concatenate([blob for _, _, blob in held]) if held else np.zeros(0, np.int32)
        numbers = np.repeat(np.array([n for n, _, _ in held], np.int64), [len(blob) for _, _, blob in held])
        order = np.argsort(keys, kind="stable")
        self._keys, self._numbers = keys[order], numbers[order]

    def add(self, n: int, at: int, features: Sequence[int], beyond: int) -> None:
        """Take in one more text, the newest; what holds a number of `beyond` or less may be forgotten."""
        if not len(self._at):
            self._first = n
        self._date(n, at)
        for key in dict.fromkeys(features):
            self._tail.setdefault(key, []).append(n)
        self._in_tail += 1
        if self._in_tail >= TAIL:
            self._sort_in(beyond)

    def holders(self, features: Sequence[int], beyond: int, most: int) -> Holders:
        """For each feature the newest texts that hold it, up to `most` and later than number `beyond`."""
        asked = np.array(features, np.int32)
        begins, ends = np.searchsorted(self._keys, asked, "left").tolist(), np.searchsorted(self._keys, asked, "right").tolist()
        found: list[Numbers] = []
        for key, begin, end in zip(features, begins, ends, strict=True):
            numbers = self._numbers[max(begin, end - most) : end]
            later = self._tail.get(key)
            found.append(np.concatenate([numbers, np.array(later, np.int64)])[-most:] if later else numbers)
        numbers = np.concatenate(found) if found else np.zeros(0, np.int64)
        owner = np.repeat(np.arange(len(found)), [len(one) for one in found])
        keep = numbers > beyond
        numbers = numbers[keep]
        moments = np.frombuffer(self._at, np.int64)[numbers - self._first] if len(numbers) else numbers
        return Holders(sizes=np.bincount(owner[keep], minlength=len(found)), numbers=numbers, moments=moments)

    def _date(self, n: int, at: int) -> None:
        """Remember when a text was published; numbers between are copies."""
        self._at.extend([0] * (n - self._first - len(self._at)))
        self._at.append(at)

    def _sort_in(self, beyond: int) -> None:
        """Make the texts of the tail part of the bulk, and let go of those that are too old."""
        old = self._numbers > beyond
        keys = np.concatenate([self._keys[old], *(np.full(len(numbers), key, np.int32) for key, numbers in self._tail.items())])
        numbers = np.concatenate([self._numbers[old], *(np.array(one, np.int64) for one in self._tail.values())])
        order = np.argsort(keys, kind="stable")  # the tail's numbers stand behind the bulk's, each list in order
        self._keys, self._numbers = keys[order], numbers[order]
        self._tail.clear()
        self._in_tail = 0
        gone = max(0, min(beyond + 1 - self._first, len(self._at) - 1))
        del self._at[:gone]
        self._first += gone
