"""Reads a text as the words and number values that two copies of it share, however they are set.

Words are lower-cased and hashed; every number stands as one mask and its value apart ("23.16 mln", "23,160,000" and
"twenty-three point one six
million" differ in spelling only), and so do months, quarters and halves of a year. Chinese is read character by character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import xxhash
from numpy.typing import NDArray

from etl.duplicates.boilerplate import without_dateline
from etl.duplicates.shingles import grams

Hashes = NDArray[np.uint64]
Value = float | str  # a number to six digits, or "~q1", "~jun", "~h1" for a part of a year

LONGEST = 60_000  # characters of a text that are compared; what follows is hardly an article any more

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"\d+-\d+/\d+|\d[\d,]*(?:\.\d+)?|%|[{_CJK}]|[^\W\d_{_CJK}]+(?:['’][a-zA-Z]+)?(?:\d+[a-zA-Z]*)?")
_SENTENCE = re.compile(r"(?<=[a-z0-9%”\"'’)][.!?])\s+(?=[\"“‘']?[A-Z])|(?<=[。！？])")
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_DIGITS: dict[str, float] = {word: float(n) for n, word in enumerate(_ONES[:10])}
_COUNTS: dict[str, float] = {word: float(n) for n, word in enumerate(_ONES)}
_COUNTS |= {word: 10.0 * n for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
del _COUNTS["zero"], _COUNTS["one"]  # "no one", "one of the": words rather than figures
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "billions": 1e9,
    "bln": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "亿": 1e8,
    "億": 1e8,
}
_PERCENT = {"percent", "pct", "%", "％"}
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_PARTS = {month: f"~{month[:3]}" for month in _MONTHS} | {f"q{n}": f"~q{n}" for n in range(1, 5)} | {f"h{n}": f"~h{n}" for n in (1, 2)}
_PARTS |= {short: f"~{short[:3]}" for short in ["jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_CHINESE_PART = re.compile(r"第?([一二三四])季度?|([上下])半年")
_CHINESE_NUMBER = re.compile(
    r"百分之([〇零一二两三四五六七八九十百]+)|([〇零一二两三四五六七八九十百千]+)(?=[万亿萬億])|([二三四五六七八九]?十[一二三四五六七八九]?)(?=[月日年个家倍])"
)
_CHINESE_DIGIT = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CURRENCY_WORDS = {"us", "usd", "rs", "rmb"}  # "$5", "US$5", "USD 5": spellings that copies change
NO_NAMES = frozenset(
    [
        "the",
        "this",
        "that",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "its",
        "his",
        "her",
        "they",
        "and",
        "but",
        "for",
        "with",
        "from",
        "new",
        "said",
        "reuters",
        "bloomberg",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "mrs",
        "inc",
        "corp",
        "ltd",
        "plc",
    ]
)  # words with a capital that tell nothing about whom a text is
_SPECIAL = (
    set(_COUNTS)
    | set(_SCALES)
    | _PERCENT
    | set(_PARTS)
    | set(_ORDINALS)
    | _CURRENCY_WORDS
    | set(_DIGITS)
    | {"cent", "point", "quarter", "half"}
)


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as read: one entry a token. `values` holds the number or the part of the year at a token's place."""

    hashes: Hashes
    values: dict[int, Value]
    capitals: frozenset[int]  # places of words written with a capital, not at a sentence's start
    openers: frozenset[int]  # places of those at a sentence's start
    words: tuple[str, ...]  # lower-cased; a number is "#"
    sentences: tuple[tuple[int, str], ...]  # (paragraph, words as printed)
    sentence_of: NDArray[np.int32]  # the sentence that each token stands in
    is_chinese: bool

    @cached_property
    def short(self) -> Hashes:
        """Hashes of the runs by which coverage is measured: 3 words, 5 Chinese characters."""
        return grams(self.hashes, self.run)

    @cached_property
    def long(self) -> Hashes:
        """Hashes of the runs by which a text is found: 5 words, 8 Chinese characters."""
        return grams(self.hashes, 8 if self.is_chinese else 5)

    @cached_property
    def short_set(self) -> Hashes:
        return np.unique(self.short)

    @cached_property
    def vocabulary(self) -> Hashes:
        return np.unique(self.hashes)

    @property
    def run(self) -> int:
        return 5 if self.is_chinese else 3

    @cached_property
    def keys(self) -> list[int]:
        """The token hashes as plain integers, for look-ups one by one."""
        keys: list[int] = self.hashes.tolist()
        return keys

    @cached_property
    def digest(self) -> int:
        """One number for the words and values in their order: equal digests are equal texts, whatever their case, spacing and
        number spelling."""
        values = ",".join(f"{at}:{value}" for at, value in self.values.items())
        return xxhash.xxh3_64_intdigest(self.hashes.tobytes() + values.encode())


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """The text's words and values. A dateline ("TAIPEI, Jul 3 (AFP) -") is left out, since each carrier sets its own."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).replace("\u200b", "")
    lexer = _Lexer()
    sentences: list[tuple[int, str]] = []
    sentence_of: list[int] = []
    for paragraph, line in enumerate(line for line in text.split("\n") if line.strip()):
        body = without_dateline(line) if paragraph < 2 else line
        for sentence in _SENTENCE.split(body):
            before = len(lexer.words)
            lexer.read(sentence)
            count = len(lexer.words) - before
            if count > 0:
                sentence_of.extend([len(sentences)] * count)
                sentences.append((paragraph, sentence))
    lexer.close()
    return Reading(
        hashes=np.array(lexer.hashes, np.uint64),
        values=lexer.values,
        capitals=frozenset(lexer.capitals),
        openers=frozenset(lexer.openers),
        words=tuple(lexer.words),
        sentences=tuple(sentences),
        sentence_of=np.array(sentence_of, np.int32),
        is_chinese=lexer.chinese * 3 > len(lexer.words),
    )


def hash_of(word: str) -> int:
    """The hash of a word, remembered for as long as there is room."""
    found = _hashes.get(word)
    if found is None:
        if len(_hashes) > 300_000:
            _hashes.clear()
        found = _hashes[word] = xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))
    return found


_hashes: dict[str, int] = {}
MASK = "#"


def _six_digits(value: float) -> float:
    return float(f"{value:.6g}")


class _Lexer:
    """Appends one sentence after the other. Numbers are built up while words that belong to them follow."""

    def __init__(self) -> None:
        self.hashes: list[int] = []
        self.words: list[str] = []
        self.values: dict[int, Value] = {}
        self.capitals: list[int] = []
        self.openers: list[int] = []
        self.chinese = 0
        self._tens = False  # the last number is "twenty", which "three" may follow
        self._decimals = 0  # digits said after "point"

    def read(self, sentence: str) -> None:
        """Take in one sentence."""
        if not sentence.isascii():
            sentence = _chinese_numbers(sentence)
        start, words, special, known = len(self.words), self.words, _SPECIAL, _hashes
        self._tens, self._decimals = False, 0
        for printed in _TOKEN.findall(sentence):
            word = printed.lower()
            if word[0].isdigit():
                self._digits(word)
            elif word in special and self._special(word.replace("’", "'")):
                continue
            else:
                self._tens, self._decimals = False, 0
                if word != printed:
                    (self.capitals if len(words) > start else self.openers).append(len(words))
                found = known.get(word)
                if found is None or "'" in word or "’" in word or word > "\u3000":
                    self._word(word)
                else:
                    words.append(word)
                    self.hashes.append(found)

    def close(self) -> None:
        """Round what was read to the digits that are compared."""
        for place, value in self.values.items():
            if isinstance(value, float):
                self.values[place] = _six_digits(value)

    def _word(self, word: str) -> None:
        if "'" in word or "’" in word:
            word = re.sub(r"['’]s$", "", word).replace("’", "'")
        elif len(word) == 1 and word > "\u3000":
            self.chinese += 1
        self.words.append(word)
        self.hashes.append(hash_of(word))

    def _number(self, value: Value) -> None:
        self.values[len(self.words)] = value
        self.words.append(MASK)
        self.hashes.append(hash_of(MASK))

    def _digits(self, word: str) -> None:
        self._tens, self._decimals = False, 0
        try:
            whole, _, fraction = word.replace(",", "").partition("-")
            over, _, under = fraction.partition("/")  # 5-1/4, as bonds are priced
            self._number(float(whole) + (float(over) / float(under) if fraction else 0.0))
        except (ValueError, ZeroDivisionError):
            self._word(word)  # 1-2/0, or digits of another script

    def _last(self) -> float | None:
        """The number just read, if the last token is one."""
        value = self.values.get(len(self.words) - 1)
        return value if isinstance(value, float) else None

    def _special(self, word: str) -> bool:
        """Take in a word that may belong to a number or a part of the year. False if it's an ordinary word here."""
        place, last = len(self.words) - 1, self._last()
        if word in _CURRENCY_WORDS:
            return True
        if last is not None and self._decimals and word in _DIGITS:
            self.values[place] = last + _DIGITS[word] / 10**self._decimals
            self._decimals += 1
            return True
        if word == "point":
            self._decimals = 1 if last is not None else 0
            return last is not None and last < 1000 and place in self.values and self._tens_or_small(last)
        if word in _PERCENT or (word == "cent" and self.words and self.words[-1] == "per"):
            if word == "cent":
                self.words.pop()
                self.hashes.pop()
            self.words.append("%")
            self.hashes.append(hash_of("%"))
            return True
        if word in _SCALES:
            return self._scale(word, place, last)
        if word in _COUNTS:
            if self._tens and last is not None and _COUNTS[word] < 10:
                self.values[place], self._tens = last + _COUNTS[word], False
            else:
                self._number(_COUNTS[word])
                self._tens = _COUNTS[word] >= 20
            return True
        return self._part(word)

    @staticmethod
    def _tens_or_small(last: float) -> bool:
        return last == int(last)

    def _scale(self, word: str, place: int, last: float | None) -> bool:
        if last is not None:
            self.values[place] = last * _SCALES[word]
            return True
        if word == "hundred":  # "a hundred million"
            self._number(100.0)
            return True
        return False

    def _part(self, word: str) -> bool:
        """Months, quarters and halves: "June", "Q2", "second quarter", "first half"."""
        if word in _PARTS and (
            word != "may" or self._last() is not None or (self.words and self.words[-1] in ("in", "of", "since", "by", "late", "early"))
        ):
            self._number(_PARTS[word])
            return True
        if word in ("quarter", "half") and self.words and self.words[-1] in _ORDINALS:
            ordinal = _ORDINALS[self.words[-1]]
            self.words.pop()
            self.hashes.pop()
            self._number(f"~{word[0]}{ordinal}")
            self._word(word)
            return True
        return False


def _chinese_numbers(sentence: str) -> str:
    """第二季度 as q2, 三千万 as 3000万, so that they are read like the rest."""

    def part(match: re.Match[str]) -> str:
        quarter, half = match.groups()
        return f" q{_CHINESE_DIGIT[quarter]} 季 " if quarter else f" h{1 if half == '上' else 2} 半 "

    def number(match: re.Match[str]) -> str:
        percent, scaled, small = match.groups()
        return f"{_chinese_value(percent or scaled or small)}{'%' if percent else ''}"

    return _CHINESE_NUMBER.sub(number, _CHINESE_PART.sub(part, sentence))


def _chinese_value(printed: str) -> int:
    total, digit = 0, 0
    for char in printed:
        if char in _CHINESE_DIGIT:
            digit = _CHINESE_DIGIT[char]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return total + digit
