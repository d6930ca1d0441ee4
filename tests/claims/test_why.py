"""`why`: each field of a claim has the rule that gave it, and the words that it came from stand in the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.model import Basis, Claim, Kind
from tests.claims.test_english import texts

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(("day", "title", "text"), [pytest.param(*case[:3], id=case[2][:40]) for case in texts() if case[3]])
def test_no_field_is_without_its_rule(read: Read, day: str, title: str, text: str) -> None:
    """What a claim says is explained, and what it doesn't say isn't."""
    for claim in read(text, day, title):
        said = {"amount", "company", "metric", "segment", "region"}
        said |= {"period"} if claim.period else set()
        said |= {"basis"} if claim.basis is not Basis.ABS else set()
        said |= {"authority"} if claim.authority else set()
        said |= {"kind"} if claim.kind is not Kind.ACTUAL else set()
        rules = dict(claim.rules)
        assert said <= rules.keys()
        assert all(rules.values())


@pytest.mark.parametrize(("day", "title", "text"), [pytest.param(*case[:3], id=case[2][:40]) for case in texts() if case[3]])
def test_the_words_are_the_text_s_own(read: Read, day: str, title: str, text: str) -> None:
    """Number, company and metric are shown by words that the reader can look up in the text or its title."""
    for claim in read(text, day, title):
        rules = dict(claim.rules)
        assert claim.printed in rules["amount"]
        for field in ("amount", "company", "metric"):
            rule, _, words = rules[field].partition(": ")
            assert rule
            assert all(part in text or part in title for part in words.split(" … "))


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("Huawei shipped 37 million phones in its home market in Q2 2019.", "region", "home"),
        ("Xiaomi opened 40 stores in Bengaluru in 2019.", "region", "Bengaluru"),
        ("Xiaomi edged past Samsung, whose share fell to 12% in Q2 2019.", "company", "Samsung"),
        ("Xiaomi aims to ship 150 million smartphones in 2019.", "kind", "aims"),
        ("Xiaomi shipped 11 million phones in India in Q2 2019, Canalys said.", "authority", "Canalys"),
        ("Redmi sold 4 million phones in Q2 2019.", "segment", "Redmi"),
        ("Apple's revenue in the June quarter of 2019 was $53.8 billion.", "period", "June quarter of 2019"),
        ("Vivo's shipments fell 7% year on year in Q2 2019.", "basis", "year on year"),
    ],
)
def test_the_word_that_decided_is_named(read: Read, text: str, field: str, words: str) -> None:
    """The rule of a field quotes the words that a reader would point at."""
    (claim,) = read(text, "2019-08-01")
    assert words in dict(claim.rules)[field]
