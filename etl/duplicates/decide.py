"""Turns a comparison into a verdict. Likeness of words alone never makes a copy: the numbers must agree."""

from __future__ import annotations

from dataclasses import dataclass

from etl.duplicates.compare import Comparison
from etl.model import Verdict

COPY = 0.62  # share of words that a copy has in common with its original
COPY_AT_ADDRESS = 0.45  # the same where the address is the same
RELATED = 0.15  # below it two texts have nothing to do with each other
SAME_TEXT = 0.35  # from here on a changed number is a revision rather than a common phrase
MANY = 0.34  # share of numbers that differ from which it's a template filled in anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict on a text against one known text. `rank` says which of several decisions holds."""

    verdict: Verdict
    reason: str
    rank: float


def decide(found: Comparison, at_address: str | None) -> Decision:
    """The verdict for a comparison; `at_address` is "url" or "canonical" if the two share one."""
    likeness = found.coverage - 0.05 * min(found.changed, 5)
    wanted = COPY_AT_ADDRESS if at_address else COPY
    same_text = found.coverage >= SAME_TEXT
    if found.renamed >= 2 and same_text:
        return Decision(verdict=Verdict.TEMPLATE, reason="names", rank=likeness)
    if found.changed and same_text:
        many = found.changed > max(2.5, MANY * max(1, found.numbers))
        return Decision(verdict=Verdict.TEMPLATE if many else Verdict.REVISION, reason="numbers", rank=likeness)
    if found.coverage >= wanted and not found.new:
        return Decision(verdict=Verdict.COPY, reason=at_address or "coverage", rank=1 + likeness)
    if found.coverage >= 0.45 or (found.coverage >= RELATED and found.reverse >= 0.6):
        return Decision(verdict=Verdict.EXPANDED, reason="new figures" if found.new else "new text", rank=likeness)
    return Decision(verdict=Verdict.ORIGINAL, reason="new", rank=likeness)
