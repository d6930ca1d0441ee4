"""The words met so far, each as a number: what can be known of a word by itself is found out once, not at every meeting."""

from __future__ import annotations

import re
from enum import IntFlag
from threading import Lock

import numpy as np
import xxhash
from numpy.typing import NDArray

from etl.duplicates.boilerplate import CUES

MASK = "#"  # stands for every number
PERCENT = "%"
ROOM = 200_000  # words that one vocabulary holds before a new one is begun
NO_NAMES = frozenset(
    "the this that monday tuesday wednesday thursday friday saturday sunday its his her they and but for with from new said reuters bloomberg"
    " january february march april may june july august september october november december mrs inc corp ltd plc".split()
)  # words with a capital that tell nothing about whom a text is


class Flag(IntFlag):
    """What is known of a word by itself."""

    CAPITAL = 1  # written with a capital
    NAME = 2  # long enough for a name, and none of those that tell nothing
    CUE = 4  # stands in a site's own lines
    CHARACTER = 8  # one Chinese or Japanese character
    PERCENT = 16


class Vocabulary(dict[str, int]):
    """The number of each word as printed. Words of `special` get a negative one, ~number: what they mean depends on their neighbours.

    A vocabulary only grows; `tokens.read` begins a new one when it is full. Texts that were read keep hashes, no numbers.
    """

    def __init__(self, special: frozenset[str], context: frozenset[str]) -> None:
        super().__init__()
        self._special, self._told, self._lock, self._count = special, special | context, Lock(), 0
        self.hashes: NDArray[np.uint64] = np.zeros(ROOM, np.uint64)
        self.flags: NDArray[np.uint8] = np.zeros(ROOM, np.uint8)
        self.words: dict[int, str] = {}  # lower-cased, of the special ones and of those of `context`

    @property
    def room(self) -> int:
        """How many more words it can take."""
        return ROOM - self._count

    def __missing__(self, printed: str) -> int:
        with self._lock:
            found = self.get(printed)
            return self._learn(printed) if found is None else found

    def _learn(self, printed: str) -> int:
        word = printed.lower()
        special = word[0].isdigit() or word in self._special
        told = special or word in self._told
        flags = Flag.CAPITAL if word != printed else Flag(0)
        if "'" in word or "’" in word:
            word = re.sub(r"['’]s$", "", word).replace("’", "'")
        elif len(word) == 1 and word > "\u3000":
            flags |= Flag.CHARACTER
        if len(word) > 2 and word not in NO_NAMES:
            flags |= Flag.NAME
        if word in CUES:
            flags |= Flag.CUE
        if word == PERCENT:
            flags |= Flag.PERCENT
        number = self._count
        self.hashes[number] = xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))
        self.flags[number] = flags
        if told:
            self.words[number] = word
        self._count += 1
        self[printed] = ~number if special else number
        return self[printed]
