"""Looking through a text quickly: a pattern is tried only where one of its words stands.

A pattern of many words is slow to search for, since it's tried at each character; that the text has none of its words near is
quick to see. What is found is the same as by the pattern's own `finditer`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

CJK = re.compile(r"[\u4e00-\u9fff]")
_RUN = re.compile(r"\w+")
_LATIN_RUN = re.compile(r"[^\W\u3400-\u9fff]+")
_CELL = 48  # characters


def opening(heads: Iterable[str]) -> str:
    """A look ahead, to be put before alternatives that all begin with one of the heads (in lower case): most places then fail at once."""
    groups: dict[str, set[str]] = {}
    for head in heads:
        groups.setdefault(head[0], set()).add(head[1:])
    tails = [_either(a) + (f"(?:{'|'.join(map(_either, sorted(rest)))})" if all(rest) else "") for a, rest in groups.items()]
    return f"(?=(?-i:{'|'.join(tails)}))"


def any_of(words: str) -> str:
    """The alternatives ("rose|gr[eo]w"), behind a look at their first letters. Raises ValueError where one begins with none."""
    return f"{look_for(words)}(?:{words})"


def look_for(words: str) -> str:
    """A look ahead at the first letters of the alternatives; within these, brackets hold none. Raises ValueError as `any_of` does."""
    heads = [_PLAIN.match(word) for word in re.split(r"\|(?![^(]*\))", words)]
    if None in heads:
        raise ValueError(f"an alternative begins with no letter: {words}")
    return opening(sorted({head[1][:3] for head in heads if head}))


_PLAIN = re.compile(r"(?:\(\?<!.*?\))*([a-z\u4e00-\u9fff]+)(?![?*{])")  # the letters that a word certainly begins with


def _either(letters: str) -> str:
    return "".join(f"[{re.escape(c)}{c.upper() if c != c.upper() else ''}]" for c in letters)


@lru_cache(maxsize=8)
def runs_of(text: str) -> tuple[list[int], list[str]]:
    """Where each run of letters and digits begins, and the runs."""
    found = list(_RUN.finditer(text))
    return [m.start() for m in found], [m.group() for m in found]


@lru_cache(maxsize=8)
def _latin_runs_of(text: str) -> tuple[list[int], list[str]]:
    """The same of the runs that Chinese signs end."""
    found = list(_LATIN_RUN.finditer(text))
    return [m.start() for m in found], [m.group() for m in found]


@lru_cache(maxsize=8)
def _index(text: str, *, is_mixed: bool) -> dict[str, list[int]]:
    """Where each run of the text begins, by the run."""
    places: dict[str, list[int]] = {}
    for start, run in zip(*(_latin_runs_of(text) if is_mixed else runs_of(text)), strict=True):
        places.setdefault(run, []).append(start)
    return places


@lru_cache(maxsize=8)
def _folded(text: str, *, is_mixed: bool) -> dict[str, list[int]]:
    """The same in lower case."""
    places: dict[str, list[int]] = {}
    for run, starts in _index(text, is_mixed=is_mixed).items():
        places.setdefault(run.lower(), []).extend(starts)
    return places


@lru_cache(maxsize=8)
def lower(text: str) -> str:
    """The text in lower case, place for place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[0] for c in text)  # İ alone grows


@lru_cache(maxsize=8)
def has_chinese(text: str) -> bool:
    return not text.isascii() and CJK.search(text) is not None


def words_of(text: str) -> dict[str, list[int]]:
    """Where each word of the text begins, by the word in lower case, in no order."""
    return _folded(text, is_mixed=False)


class Spellings:
    """A pattern whose matches begin where a run begins that is one of `first` (or, with `prefix`, begins with one of these two letters).

    Its Chinese alternatives, if it has any, begin anywhere with one of `signs`.
    """

    def __init__(self, pattern: re.Pattern[str], words: Iterable[str], *, signs: str = "", prefix: bool = False) -> None:
        self.pattern = pattern
        self.fold = bool(pattern.flags & re.IGNORECASE)
        self.prefix = prefix
        self.signs = re.compile(f"[{re.escape(signs)}]", re.IGNORECASE if self.fold else 0) if signs else None
        runs = (word[:2] if prefix else run[0] for word in words if (run := _RUN.match(word)))
        self.first = frozenset(run.lower() if self.fold else run for run in runs)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The pattern's matches in text[start:end], none overlapping another."""
        end = len(text) if end is None else end
        places = _places(self, text)
        match = self.pattern.match
        for at in range(bisect_left(places, start), len(places)):
            place = places[at]
            if place >= end:
                return
            if place >= start and (found := match(text, place, end)):
                yield found
                start = found.end()


@lru_cache(maxsize=32)
def _places(words: Spellings, text: str) -> list[int]:
    is_mixed = words.signs is not None and has_chinese(text)  # a run ends where Chinese begins
    first = words.first
    if words.prefix:
        index = _index(text, is_mixed=is_mixed)
        found = [at for run, starts in index.items() if len(run) > 1 and run[:2] in first for at in starts]
        found += [at for run, starts in index.items() if len(run) == 1 for at in starts if text[at : at + 2] in first]
    else:
        index = _folded(text, is_mixed=is_mixed) if words.fold else _index(text, is_mixed=is_mixed)
        found = [place for word in index.keys() & first for place in index[word]]
    if words.signs is not None and is_mixed:
        found.extend(m.start() for m in words.signs.finditer(text))
    found.sort()
    return found


class Headed:
    """A pattern of many alternatives, tried only where a word begins with one of `heads` (in lower case).

    A head is two or three letters, or all of a shorter word, or a Chinese sign.
    """

    def __init__(self, pattern: re.Pattern[str], heads: Iterable[str]) -> None:
        self.pattern = pattern
        self.heads = frozenset(heads)
        self.signs = re.compile(f"[{signs}]" if (signs := "".join(head for head in self.heads if CJK.match(head))) else "(?!)")

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """The pattern's matches in text[start:end], none overlapping another."""
        places = _headed(self, text)
        match = self.pattern.match
        for at in range(bisect_left(places, start), bisect_left(places, end)):
            if places[at] >= start and (found := match(text, places[at], end)):
                yield found
                start = found.end()


_BEGINNING = re.compile(r"[a-z]+|[0-9](?=[a-z])(?<![a-z].)", re.IGNORECASE)  # in what isn't of Latin letters alone


@lru_cache(maxsize=4)
def _beginnings(text: str) -> dict[str, list[int]]:
    """Where Latin words begin, by their first three letters in lower case."""
    places: dict[str, list[int]] = {}
    for word, starts in words_of(text).items():
        if word.isascii() and word.isalpha():
            places.setdefault(word[:3], []).extend(starts)
            continue
        for match in _BEGINNING.finditer(word):
            at = match.start()
            places.setdefault(word[at : at + 3], []).extend([start + at for start in starts])
    return places


@lru_cache(maxsize=16)
def _headed(words: Headed, text: str) -> list[int]:
    heads = words.heads
    found = [at for letters, places in _beginnings(text).items() if letters in heads or letters[:2] in heads for at in places]
    if has_chinese(text):
        found += [match.start() for match in words.signs.finditer(text)]
    return sorted(found)


@lru_cache(maxsize=8)
def _different(text: str) -> str:
    """The text's words in lower case, each once: shorter to look through than the text."""
    return "\n".join(words_of(text))


class _Needing:
    """A pattern each of whose matches holds one of `needs` (in lower case). Those that the whole text lacks are looked for once."""

    def __init__(self, pattern: re.Pattern[str], *needs: str) -> None:
        self.pattern = pattern
        self.needs = needs
        self.there: tuple[str, str, list[str]] = ("", "", [])  # the last text, the same in lower case, the needs that it holds

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Whether one of the needs stands in text[start:end]."""
        last, low, there = self.there
        if last is not text:
            low, words = lower(text), _different(text)
            there = [need for need in self.needs if need in (words if need.isalpha() else low)]
            self.there = (text, low, there)
        for need in there:  # noqa: SIM110 (a loop is quicker, and this is asked some thousand times a text)
            if low.find(need, start, end) >= 0:
                return True
        return False


class Worded(_Needing):
    """A pattern that is tried only on words that hold one of `needs` (in lower case): each of its matches does."""

    def search(self, words: str) -> re.Match[str] | None:
        """The pattern's first match."""
        return self.within(words, 0, len(words))

    def within(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The pattern's first match in the stretch text[start:end], as if nothing stood around it."""
        return self.pattern.search(text[start:end]) if self.may_match(text, start, end) else None

    def opens(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The pattern's match at the beginning of the stretch."""
        return self.pattern.match(text[start:end]) if self.may_match(text, start, end) else None

    def last(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The pattern's last match in the stretch."""
        return next(reversed(list(self.pattern.finditer(text[start:end]))), None) if self.may_match(text, start, end) else None


class Kept(_Needing):
    """A pattern that is looked for in the same stretch again, for each of the stretch's numbers: the last answer is kept.

    With `needs` (in lower case, one is held by each match) a stretch without them isn't looked through.
    """

    def __init__(self, pattern: re.Pattern[str], *needs: str) -> None:
        super().__init__(pattern, *needs)
        self.last: tuple[str, int, int, list[re.Match[str]]] = ("", 0, 0, [])

    def all(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """The matches in text[start:end]."""
        last = self.last
        if last[1] == start and last[2] == end and last[0] is text:
            return last[3]
        found = list(self.pattern.finditer(text, start, end)) if not self.needs or self.may_match(text, start, end) else []
        self.last = (text, start, end, found)
        return found

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match in text[start:end]."""
        found = self.all(text, start, end)
        return found[0] if found else None


class Tail:
    """A pattern that ends where a stretch does, tried only where a run begins: there begin all its alternatives but the Chinese ones.

    Each of these begins with one of `heads`: three letters in lower case, or two where that's the whole word.
    """

    def __init__(self, pattern: re.Pattern[str], heads: str) -> None:
        self.pattern = pattern
        self.heads = frozenset(heads.split())

    def ends(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] ends in a match."""
        if has_chinese(text):
            return self.pattern.search(text[start:end]) is not None
        starts, _ = runs_of(text)
        match = self.pattern.match
        at = bisect_left(starts, end) - 1
        while at >= 0 and (place := starts[at]) >= start:
            if text[place : min(place + 3, end)].rstrip().lower() in self.heads and match(text, place, end):
                return True
            at -= 1
        return False


class Cells:
    """Where the words of many patterns stand in a text, in cells of 48 characters. `reach`: cells looked through on either side of one."""

    def __init__(self, text: str, *, reach: int = 2) -> None:
        self.low = lower(text)
        self.reach = reach
        self.found: dict[str | re.Pattern[str], list[int]] = {}

    def of(self, need: str | re.Pattern[str]) -> list[int]:
        """The cells in which the word (in lower case) begins."""
        if need not in self.found:
            self.found[need] = [*self._look(need)]
        return self.found[need]

    def _look(self, need: str | re.Pattern[str]) -> Iterator[int]:
        at = 0
        while True:
            if isinstance(need, str):
                at = self.low.find(need, at)
            else:
                match = need.search(self.low, at)
                at = match.start() if match else -1
            if at < 0:
                return
            yield at // _CELL
            at = (at // _CELL + 1) * _CELL

    def windows(self, needs: Sequence[str | re.Pattern[str]]) -> list[tuple[int, int]]:
        """The stretches [start, end) round the words, in order, none touching another."""
        cells = self.of(needs[0]) if len(needs) == 1 else sorted({cell for need in needs for cell in self.of(need)})
        found: list[tuple[int, int]] = []
        for cell in cells:
            start, end = max(0, cell - self.reach) * _CELL, (cell + self.reach + 1) * _CELL
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return found

    def finditer(self, needs: Sequence[str | re.Pattern[str]], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        """The pattern's matches; each must hold one of the words and reach no further from it than the cells do: 96 characters for 2."""
        for start, end in self.windows(needs):
            yield from pattern.finditer(text, start, end)
