"""Reads a text as the words and number values that two copies of it share, however they are set.

Words are lower-cased and hashed; every number stands as one mask and its value apart ("23.16 mln", "23,160,000" and
"twenty-three point one six
million" differ in spelling only), and so do months, quarters and halves of a year. Chinese is read character by character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

import numpy as np

from etl.duplicates.boilerplate import without_dateline
from etl.duplicates.reading import Reading, Value
from etl.duplicates.vocabulary import CHARACTER, IS_CHARACTER, MASK, PERCENT, Vocabulary

LONGEST = 60_000  # characters of a text that are compared; what follows is hardly an article any more

_END = re.compile(r"[.!?]\s+(?=[\"“‘']?[A-Z])")
_CLOSING = frozenset("abcdefghijklmnopqrstuvwxyz0123456789%”\"'’)")  # what stands before it at the end of a sentence
_CHINESE_END = re.compile(r"(?<=[。！？])")
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
_SPECIAL = frozenset(
    {*_COUNTS, *_SCALES, *_PERCENT, *_PARTS, *_ORDINALS, *_CURRENCY_WORDS, *_DIGITS, "cent", "point", "quarter", "half"}
)  # what these mean depends on their neighbours
_BEFORE_MAY = frozenset(["in", "of", "since", "by", "late", "early"])
_CONTEXT = _BEFORE_MAY | {"per"}  # ordinary words, but for what may follow them


@lru_cache(maxsize=1024)
def read(text: str) -> Reading:
    """The text's words and values. A dateline ("TAIPEI, Jul 3 (AFP) -") is left out, since each carrier sets its own."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).replace("\u200b", "")
    chinese = not text.isascii() and CHARACTER.search(text) is not None
    words = _words()
    lexer = _Lexer(words)
    sentences: list[tuple[int, str]] = []
    counts: list[int] = []
    for paragraph, line in enumerate(line for line in text.split("\n") if line.strip()):
        body = without_dateline(line) if paragraph < 2 else line
        for sentence in _sentences(body, chinese):
            before = len(lexer.numbers)
            lexer.read(_chinese_numbers(sentence) if chinese else sentence)
            count = len(lexer.numbers) - before
            if count > 0:
                counts.append(count)
                sentences.append((paragraph, sentence))
    numbers = np.array(lexer.numbers, np.intp)
    flags = words.flags[numbers]
    return Reading(
        hashes=words.hashes[numbers],
        flags=flags,
        values=lexer.rounded(),
        sentences=tuple(sentences),
        sentence_of=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        is_chinese=int(np.count_nonzero(flags & IS_CHARACTER)) * 3 > len(numbers),
    )


_current = [Vocabulary(_SPECIAL, _CONTEXT)]


def _words() -> Vocabulary:
    """The vocabulary in use, a new one if this one has no room for another long text. Who still reads with the old one keeps it."""
    words = _current[0]
    if words.room < LONGEST:
        words = _current[0] = Vocabulary(_SPECIAL, _CONTEXT)
    return words


def _sentences(line: str, chinese: bool) -> list[str]:
    """The line cut after each sentence. The end of one is looked for first, since that is quick, and then what stands before it."""
    found, start = [], 0
    for match in _END.finditer(line):
        end = match.start() + 1
        if match.start() and line[match.start() - 1] in _CLOSING:
            found.append(line[start:end])
            start = match.end()
    found.append(line[start:])
    return [part for sentence in found for part in _CHINESE_END.split(sentence)] if chinese else found


class _Lexer:
    """Appends one sentence after the other. Numbers are built up while words that belong to them follow."""

    def __init__(self, words: Vocabulary) -> None:
        self.numbers: list[int] = []  # of the words, in the vocabulary
        self.values: dict[int, Value] = {}
        self._words, self._mask, self._percent = words, words.word(MASK), ~words.word(PERCENT)
        self._tens = False  # the last number is "twenty", which "three" may follow
        self._decimals = 0  # digits said after "point"

    def read(self, sentence: str) -> None:
        """Take in one sentence."""
        words, taken = self._words, 0
        self._tens, self._decimals = False, 0
        found = list(chain.from_iterable(map(words.__getitem__, sentence.split())))
        for place in [place for place, number in enumerate(found) if number < 0]:
            if place > taken:
                self.numbers += found[taken:place]
                self._tens, self._decimals = False, 0
            taken, number = place + 1, ~found[place]
            value = words.amounts.get(number)
            if value is not None:
                self._tens, self._decimals = False, 0
                self._number(value)
            elif not self._special(words.words[number]):
                self.numbers.append(number)
                self._tens, self._decimals = False, 0
        self.numbers += found[taken:]

    def rounded(self) -> dict[int, Value]:
        """The values to the digits that are compared."""
        return {place: float(f"{value:.6g}") if isinstance(value, float) else value for place, value in self.values.items()}

    def _number(self, value: Value) -> None:
        self.values[len(self.numbers)] = value
        self.numbers.append(self._mask)

    def _last(self) -> float | None:
        """The number just read, if the last token is one."""
        value = self.values.get(len(self.numbers) - 1)
        return value if isinstance(value, float) else None

    def _last_word(self) -> str | None:
        """The word just read, if it's one of those that the next may belong to."""
        return self._words.words.get(self.numbers[-1]) if self.numbers else None

    def _special(self, word: str) -> bool:
        """Take in a word that may belong to a number or a part of the year. False if it's an ordinary word here."""
        place, last = len(self.numbers) - 1, self._last()
        if word in _CURRENCY_WORDS:
            return True
        if last is not None and self._decimals and word in _DIGITS:
            self.values[place] = last + _DIGITS[word] / 10**self._decimals
            self._decimals += 1
            return True
        if word == "point":
            self._decimals = 1 if last is not None else 0
            return last is not None and last < 1000 and last == int(last)
        if word in _PERCENT or (word == "cent" and self._last_word() == "per"):
            if word == "cent":
                self.numbers.pop()
            self.numbers.append(self._percent)
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
        before = self._last_word()
        if word in _PARTS and (word != "may" or self._last() is not None or before in _BEFORE_MAY):
            self._number(_PARTS[word])
            return True
        if word in ("quarter", "half") and before in _ORDINALS:
            self.numbers.pop()
            self._number(f"~{word[0]}{_ORDINALS[before]}")
            self.numbers.append(~self._words.word(word))
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
