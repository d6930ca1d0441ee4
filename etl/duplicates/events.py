"""Links reports of one event: rare figures and names that two texts of one week share. A link never drops anything."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import xxhash

from etl.duplicates.index import Index
from etl.duplicates.reading import Mask, Reading
from etl.duplicates.shingles import short_key, short_keys
from etl.duplicates.vocabulary import IS_PERCENT

WEEK_S = 7 * 86_400
STRENGTH = 3.6  # the score from which two texts are held to tell of one event
STRENGTH_OF_FEW = 5.0
MANY = 6
FEW_FIGURES, FEW_NAMES = 3000, 200  # a young index holds fewer texts, but a figure of three digits is rare all the same
MOST = 48  # figures and names that are kept of one text


@dataclass(frozen=True, slots=True)
class Features:
    """The figures and names that tell a text's event, as the index keeps them: figures first."""

    keys: tuple[int, ...]
    figures: int  # so many of the keys are figures


def features(reading: Reading, live: Mask) -> Features:
    """The figures (three digits of each) and names of a text's own sentences, each once."""
    is_share = np.append(reading.flags[1:] & IS_PERCENT, 0).tolist()
    figures: dict[int, None] = {}
    for place, value in reading.values.items():
        if isinstance(value, str) or not live[place] or not _is_telling(value, bool(is_share[place])):
            continue
        text = f"#{value:.3g}{'%' if is_share[place] else ''}"
        figures[short_key(xxhash.xxh3_64_intdigest(text.encode()))] = None
    names = dict.fromkeys(short_keys(reading.hashes[reading.names[live[reading.names]]]))
    keys = (*figures, *names)[:MOST]
    return Features(keys, min(len(figures), MOST))


def _is_telling(value: float, is_share: bool) -> bool:
    """Whether a number can tell an event: not a year, not a day, not nought."""
    if is_share:
        return value != 0
    return not (1950 <= value <= 2035 or (value <= 31 and value == int(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The known text that most likely tells of the same event."""

    number: int
    score: float
    figures: int  # how many figures they share
    names: int

    @property
    def holds(self) -> bool:
        """Whether the score is enough; it must be higher where neither many figures nor many names are shared, nor some of both."""
        enough = max(self.figures, self.names) >= MANY or (self.figures >= 2 and self.names >= 3)
        return self.score >= (STRENGTH if enough else STRENGTH_OF_FEW)


def find_link(own: Features, when: int, index: Index) -> Link | None:
    """The best link to a text of the same week, whatever its score. None if nothing is shared."""
    count, _ = index.latest()
    held = index.with_features(own.keys)
    weights = np.array([_weight(place < own.figures, int(size), count) for place, size in enumerate(held.sizes)])
    near = np.abs(when - held.moments) <= WEEK_S
    numbers, features_of = held.numbers[near], np.repeat(np.arange(len(own.keys)), held.sizes)[near]
    if not len(numbers):
        return None
    first = int(numbers.min())
    scores = np.bincount(numbers - first, weights[features_of])
    best = len(scores) - 1 - int(scores[::-1].argmax())  # of equal ones the newest
    shared = features_of[numbers == first + best]
    figures = int(np.count_nonzero(shared < own.figures))
    return Link(
        number=first + best, score=float(scores[best]) / math.sqrt(20 + len(own.keys)), figures=figures, names=len(shared) - figures
    )


def _weight(is_figure: bool, holders: int, count: int) -> float:
    """What sharing a figure or a name counts for: the rarer, the more; names less."""
    rarity = math.log((max(count, FEW_FIGURES if is_figure else FEW_NAMES) + 20) / (1 + holders))
    return rarity if is_figure else min(0.5 * rarity, 2.5)
