"""The words met so far, each as a number: what can be known of a word by itself is found out once, not at every meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from threading import Lock

import numpy as np
import xxhash
from numpy.typing import NDArray

from etl.duplicates.boilerplate import CUES

MASK = "#"  # stands for every number
PERCENT = "%"
ROOM = 400_000  # words and chunks that one vocabulary holds before a new one is begun
LONGEST_CHUNK = 24  # characters; longer ones are hardly met again
NO_NAMES = frozenset([
    "the", "this", "that", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "its", "his", "her",
    "they", "and", "but", "for", "with", "from", "new", "said", "reuters", "bloomberg", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december", "mrs", "inc", "corp", "ltd", "plc",
])  # fmt: skip  # words with a capital that tell nothing about whom a text is

# what is known of a word by itself
IS_CAPITAL = np.uint8(1)  # written with a capital
IS_NAME = np.uint8(2)  # long enough for a name, and none of those that tell nothing
IS_CUE = np.uint8(4)  # stands in a site's own lines
IS_CHARACTER = np.uint8(8)  # one Chinese or Japanese character
IS_PERCENT = np.uint8(16)

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
CHARACTER = re.compile(f"[{_CJK}]")
_TOKEN = re.compile(rf"[^\W\d_{_CJK}]+(?:['’][a-zA-Z]+)?(?:\d+[a-zA-Z]*)?|\d+-\d+/\d+|\d[\d,]*(?:\.\d+)?|%|[{_CJK}]")


class Vocabulary(dict[str, tuple[int, ...]]):
    """The numbers of the words in each chunk of text between two spaces: "($5.2bn)," holds 5.2 and bn.

    A word that is a number, or one of `special`, has a negative one, ~number: what it means depends on its neighbours. A vocabulary
    only grows; `tokens.read` begins a new one when it is full. Texts that were read keep hashes, no numbers.
    """

    def __init__(self, special: Iterable[str], context: Iterable[str]) -> None:
        super().__init__()
        self._special, self._lock = frozenset(special), Lock()
        self._told = self._special | frozenset(context)
        self._numbers: dict[str, int] = {}  # of words as printed
        self.hashes: NDArray[np.uint64] = np.zeros(ROOM, np.uint64)
        self.flags: NDArray[np.uint8] = np.zeros(ROOM, np.uint8)
        self.words: dict[int, str] = {}  # lower-cased, of the special ones and of those of `context`
        self.amounts: dict[int, float] = {}  # of those that are a number

    @property
    def room(self) -> int:
        """How many more words or chunks it can take."""
        return ROOM - max(len(self), len(self._numbers))

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        with self._lock:
            numbers = tuple(self._number(printed) for printed in _TOKEN.findall(chunk))
            if len(chunk) <= LONGEST_CHUNK and not (chunk > "\u3000" or CHARACTER.search(chunk)):
                self[chunk] = numbers
            return numbers

    def word(self, printed: str) -> int:
        """The number of one word."""
        with self._lock:
            return self._number(printed)

    def _number(self, printed: str) -> int:
        number = self._numbers.get(printed)
        return self._learn(printed) if number is None else number

    def _learn(self, printed: str) -> int:
        number, word = len(self._numbers), printed.lower()
        is_figure, flags = word[0].isdigit(), IS_CAPITAL * (word != printed)
        special = is_figure or word in self._special
        if "'" in word or "’" in word:
            word = re.sub(r"['’]s$", "", word).replace("’", "'")
        for flag, holds in (
            (IS_CHARACTER, len(word) == 1 and word > "\u3000"),
            (IS_NAME, len(word) > 2 and word not in NO_NAMES),
            (IS_CUE, word in CUES),
            (IS_PERCENT, word == PERCENT),
        ):
            flags |= flag * holds
        self.hashes[number] = xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))
        self.flags[number] = flags
        if word in self._told:
            self.words[number] = word
        if is_figure:
            value = _value(word)
            special = value is not None
            if value is not None:
                self.amounts[number] = value
        self._numbers[printed] = ~number if special else number
        return self._numbers[printed]


def _value(word: str) -> float | None:
    """The value of a number in digits; None for 1-2/0 and for digits of another script."""
    try:
        whole, _, fraction = word.replace(",", "").partition("-")
        over, _, under = fraction.partition("/")  # 5-1/4, as bonds are priced
        return float(whole) + (float(over) / float(under) if fraction else 0.0)
    except (ValueError, ZeroDivisionError):
        return None
