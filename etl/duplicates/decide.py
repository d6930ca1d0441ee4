"""Turns a comparison into a verdict. Likeness of words alone never makes a copy: the numbers must agree."""

from __future__ import annotations

from dataclasses import dataclass

from etl.duplicates.compare import RELATED, SAME_TEXT, Comparison
from etl.model import Verdict

COPY = 0.62  # share of words that a copy has in common with its original
COPY_OF_ANOTHER = 0.75  # the same where each names an agency, and not the same one
COPY_AT_ADDRESS = 0.45  # the same where the address is the same
SAME_SUBJECT = 0.75  # share of names that two texts about the same subject have in common
SAME_WORDS = 0.9  # from here on they needn't have any
SAME_STORY, SAME_FORM = 0.6, 0.97  # so alike, beside its names, a text is a version of the known one: with few numbers changed, with many
CONTAINS = 0.6  # share of the known text that a longer version has
MANY = 0.34  # share of numbers that differ from which it's a template filled in anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict on a text against one known text. `rank` says which of several decisions holds."""

    verdict: Verdict
    reason: str
    rank: float
    same_subject: bool  # the known text is about the same companies and people; a form filled in anew isn't


def decide(found: Comparison, at_address: str | None, *, shares_agency: bool | None) -> Decision:
    """The verdict for a comparison; `at_address` is "url" or "canonical" if the two share one.

    `shares_agency` tells whether both name one agency as theirs; None where one of them names none.
    """
    likeness = found.coverage - 0.05 * min(found.changed, 5)
    wanted = COPY_AT_ADDRESS if at_address else COPY_OF_ANOTHER if shares_agency is False else COPY
    sign = at_address or ("credit" if shares_agency else "coverage")
    same_text = found.coverage >= SAME_TEXT
    many = found.changed > max(2.5, MANY * max(1, found.numbers))
    subject = found.coverage >= (SAME_FORM if many else SAME_STORY) and found.subjects >= SAME_SUBJECT
    subject = subject or (found.coverage >= SAME_WORDS and not many)
    contains = found.coverage >= RELATED and found.reverse >= CONTAINS  # a longer version of the known text
    if found.renamed >= 2 and same_text:
        return Decision(verdict=Verdict.TEMPLATE, reason="names", rank=likeness, same_subject=subject)
    if found.changed and same_text:
        return Decision(verdict=Verdict.TEMPLATE if many else Verdict.REVISION, reason="numbers", rank=likeness, same_subject=subject)
    if found.coverage >= wanted and not found.new:
        return Decision(verdict=Verdict.COPY, reason=sign, rank=1 + likeness, same_subject=True)
    if found.coverage >= 0.45 or contains:
        subject = subject or (contains and same_text)
        return Decision(verdict=Verdict.EXPANDED, reason="new figures" if found.new else "new text", rank=likeness, same_subject=subject)
    return Decision(verdict=Verdict.ORIGINAL, reason="new", rank=likeness - 1, same_subject=subject)
