"""English: what is read from texts of our own, every field of it. A case is a few lines in golden/english/*.txt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from etl.model import Bound, Claim
from tests.claims.goldens import GOLDEN, cases, plain

Read = Callable[..., list[Claim]]
_SIGNS = {Bound.EXACT: "", Bound.APPROX: "~", Bound.GT: ">", Bound.LT: "<", Bound.RANGE: ""}
_TITLE = re.compile(r"\[(?P<title>[^\]]*)\]\s(?P<text>.*)")


def told(claim: Claim) -> str:
    """A claim as the golden files write it; README.md beside them says how."""
    high = f"..{plain(claim.amount_high)}" if claim.amount_high is not None else ""
    second = f" = {plain(claim.alt_amount)} {claim.alt_currency}" if claim.alt_amount is not None else ""
    rate = f" a {claim.per}" if claim.per else ""
    amount = f"{_SIGNS[claim.bound]}{plain(claim.amount)}{high} {claim.currency or claim.unit.value}{second}{rate}"
    period = claim.period.label if claim.period else "-"
    basis = f"{claim.basis.value} {claim.compared_to.label}" if claim.compared_to else claim.basis.value
    whose = (claim.printed, claim.company, claim.metric, claim.segment, amount)
    return " | ".join(map(str, (*whose, period, claim.region, basis, claim.kind.value, claim.authority or "-")))


def texts() -> Iterator[tuple[str, str, str, list[str]]]:
    """Day, title, text and figures of each case."""
    for path in sorted((GOLDEN / "english").glob("*.txt")):
        for day, words, figures in cases(path):
            match = _TITLE.fullmatch(words)
            title, text = (match["title"], match["text"]) if match else ("", words)
            yield day, title, text.replace("\\n", "\n"), figures


@pytest.mark.parametrize(("day", "title", "text", "figures"), [pytest.param(*case, id=case[2][:40]) for case in texts()])
def test_every_figure_of_the_text_and_no_other(read: Read, day: str, title: str, text: str, figures: list[str]) -> None:
    """All that belongs to each figure is as written down, and nothing else is claimed."""
    assert [told(claim) for claim in read(text, day, title)] == figures
