"""Links reports of one event: rare figures and names that two texts of one week share. A link never drops anything."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import xxhash

from etl.duplicates.index import Index
from etl.duplicates.shingles import short_key
from etl.duplicates.tokens import NO_NAMES, Reading

WEEK_S = 7 * 86_400
STRENGTH = 3.6  # the score from which two texts are held to tell of one event
STRENGTH_OF_FEW = 5.0
MANY = 6
FEW_FIGURES, FEW_NAMES = 3000, 200  # a young index holds fewer texts, but a figure of three digits is rare all the same
MOST = 48  # figures and names that are kept of one text


@dataclass(frozen=True, slots=True)
class Feature:
    """A figure or a name, as the index keeps it."""

    key: int
    is_figure: bool


def features(reading: Reading, live: list[bool]) -> list[Feature]:
    """The figures (three digits of each) and names of a text's own sentences, each once, figures first."""
    figures: dict[int, Feature] = {}
    names: dict[int, Feature] = {}
    for place, value in reading.values.items():
        if isinstance(value, str) or not live[place] or not _is_telling(reading, place, value):
            continue
        unit = "%" if reading.words[place + 1 : place + 2] == ("%",) else ""
        key = _key(f"#{value:.3g}{unit}")
        figures[key] = Feature(key, True)
    for place in sorted(reading.capitals):
        word = reading.words[place]
        if live[place] and len(word) > 2 and word not in NO_NAMES:
            key = _key(word)
            names[key] = Feature(key, False)
    return [*figures.values(), *names.values()][:MOST]


def _is_telling(reading: Reading, place: int, value: float) -> bool:
    """Whether a number can tell an event: not a year, not a day, not nought."""
    if reading.words[place + 1 : place + 2] == ("%",):
        return value != 0
    return not (1950 <= value <= 2035 or (value <= 31 and value == int(value)))


def _key(text: str) -> int:
    return short_key(xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass")))


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


def find_link(own: list[Feature], when: int, index: Index) -> Link | None:
    """The best link to a text of the same week, whatever its score. None if nothing is shared."""
    count, _ = index.latest()
    figures: Counter[int] = Counter()
    names: Counter[int] = Counter()
    weights: dict[int, float] = {}
    for feature, held in zip(own, index.with_features([feature.key for feature in own]), strict=True):
        rarity = math.log((max(count, FEW_FIGURES if feature.is_figure else FEW_NAMES) + 20) / (1 + len(held)))
        weight = rarity if feature.is_figure else min(0.5 * rarity, 2.5)
        for number, published in held:
            if abs(when - published) <= WEEK_S:
                weights[number] = weights.get(number, 0.0) + weight
                (figures if feature.is_figure else names)[number] += 1
    best = max(weights, key=lambda number: (weights[number], number), default=None)
    if best is None:
        return None
    return Link(number=best, score=weights[best] / math.sqrt(20 + len(own)), figures=figures[best], names=names[best])
