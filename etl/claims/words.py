"""A metric's spelling found in a text, and the metric that a number measures."""

from __future__ import annotations

from dataclasses import dataclass

from etl.claims.vocabulary import Cue
from etl.spec.metrics import MetricSpec


@dataclass(frozen=True, slots=True)
class CueHit:
    """A metric's spelling at [start, end) of the text."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Measure:
    """The metric of a number and the rule that chose it: attached, before, verb, sibling, after, carried, noun."""

    metric: MetricSpec
    rule: str
    words: str
