"""How sure a claim is, 0 to 1: by the rules that made it, as often as such claims proved right on annotated articles.

    log-odds = the base + the weight of each trait,    confidence = 1 / (1 + e^-log-odds)

A trait is something `figurewatch claims --why` shows: the rule that gave the company or the metric, what it was carried
from, whether the name stands beside the number, whether the sentence hedges.
`benchmarks/confidence.py --fit` makes the table (`weights.py`) and says how it holds on texts that it wasn't made from;
a trait that isn't in the table weighs nothing.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.claims.scan import Worded
from etl.claims.weights import BASE, WEIGHTS
from etl.model import Claim, Kind

_LEAST, _MOST = 0.02, 0.99  # no reading is beyond doubt
_AROUND = 160  # code points on each side of a number in which its words are looked for
_NEAR = 20  # code points between a number and its company
_SHORT, _LONG = 80, 200  # code points of a sentence
_RULE = re.compile(r"[:;(]")  # ends the rule's name
_HEDGE = Worded(
    re.compile(r"\b(?:if|could|may|might|would|rumou?r\w*|reportedly|likely)\b|或许|可能|据传|传闻", re.IGNORECASE),
    *("if", "could", "may", "might", "would", "rumo", "reportedly", "likely", "或许", "可能", "据传", "传闻"),
)


def weighed(text: str, claims: Sequence[Claim], sentences: Sequence[int]) -> list[Claim]:
    """The claims of one text, in its order, each with its confidence. `sentences`: where each sentence begins, rising."""
    found = traits_of(text, claims, sentences)
    return [replace(claim, confidence=confidence_of(traits)) for claim, traits in zip(claims, found, strict=True)]


def confidence_of(traits: Sequence[str]) -> float:
    """What the traits come to, in thousandths."""
    odds = BASE + sum(WEIGHTS.get(trait, 0.0) for trait in traits)
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-odds)))), 3)


@dataclass(slots=True)
class _Sentence:
    """The claims of one sentence so far: the rule that first gave each company and each metric."""

    start: int
    companies: dict[str, str] = field(default_factory=dict)
    metrics: dict[str, str] = field(default_factory=dict)
    last: str | None = None  # the company of the last claim of the sentence before


def traits_of(text: str, claims: Sequence[Claim], sentences: Sequence[int]) -> list[tuple[str, ...]]:
    """What speaks for or against each claim of one text, in its order. `sentences`: where each sentence begins, rising."""
    starts = [sentences[bisect_right(sentences, claim.span[0]) - 1] for claim in claims]
    in_sentence = Counter(starts)
    said = Counter((c.company, c.metric, c.amount, c.unit) for c in claims)
    found, sentence, last = [], _Sentence(-1), None
    for claim, start in zip(claims, starts, strict=True):
        if start != sentence.start:
            sentence = _Sentence(start, last=last)
        rules = dict(claim.rules)
        traits = [*_company(claim, _rule(rules["company"]), sentence), *_metric(claim, _rule(rules["metric"]), sentence)]
        traits += _surroundings(text, claim, start, rules["company"])
        if claim.kind is not Kind.ACTUAL:
            traits.append(f"kind: {claim.kind.value}")
        if claim.currency in ("USD", "EUR"):  # often a rival's, a market's or another firm's sum
            traits.append("in dollars or euros")
        traits.append(f"segment: {_rule(rules.get('segment', 'default'))}")
        traits.append(f"figures in the sentence: {min(in_sentence[start], 3)}")
        if said[claim.company, claim.metric, claim.amount, claim.unit] > 1:
            traits.append("said twice")
        found.append(tuple(traits))
        last = claim.company
    return found


def _rule(why: str) -> str:
    """`sibling` of `sibling: shipments; said: growth`."""
    return _RULE.split(why, maxsplit=1)[0].strip()


def _company(claim: Claim, rule: str, sentence: _Sentence) -> list[str]:
    """The rule of the company; of one that is carried along also the rule that gave it to the sentence."""
    traits = [f"company: {rule}"]
    if rule == "carried":
        traits.append(f"company carried from: {sentence.companies.get(claim.company, 'outside')}")
    else:
        sentence.companies[claim.company] = rule
    if rule in ("pointed", "topic") and sentence.last is not None:
        traits.append(f"figure before: {'same' if sentence.last == claim.company else 'another'} company")
    return traits


def _metric(claim: Claim, rule: str, sentence: _Sentence) -> list[str]:
    """The metric, its rule, and of one taken from the figure before the rule that gave it to the sentence."""
    traits = [f"metric: {claim.metric}", f"metric by: {rule}"]
    if rule in ("sibling", "carried"):
        traits.append(f"metric {rule} from: {sentence.metrics.get(claim.metric, 'outside')}")
    else:
        sentence.metrics[claim.metric] = rule
    return traits


def _surroundings(text: str, claim: Claim, start: int, company: str) -> list[str]:
    """Whether the company stands right beside the number, how long the sentence from `start` is, and whether it hedges."""
    begin, end = claim.span
    left, right = max(start, begin - _AROUND), min(start + len(claim.quote), end + _AROUND)
    words = company.partition(": ")[2].partition(" … ")[0]
    reach = _NEAR + len(words)
    traits = []
    if words and words in text[max(left, begin - reach) : min(right, end + reach)]:
        traits.append("company near")
    if _HEDGE.within(text, left, right):
        traits.append("hedged")
    size = len(claim.quote)
    return [*traits, *(["long sentence"] if size > _LONG else ["short sentence"] if size <= _SHORT else [])]
