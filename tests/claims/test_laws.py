"""Laws that hold for any text."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.claims import Vocabulary, read_claims
from etl.model import Claim
from tests.claims.conftest import article

WORDS = st.sampled_from(
    ["Xiaomi", "Samsung", "Apple's", "(21%)", "23.16", "million", "smartphones,", "shipped", "sold", "revenue", "of", "$14.7", "billion", "(100", "yuan)", "grew", "5%", "YoY", ".", "in", "Q2", "2017", "while", "from", "12%", "to", "19%", "market", "share", "India", "the", "company", "it", ",", "respectively", "Vivo", "and", "Oppo", "小米", "出货量", "5290万台", "同比增长", "\n", ";", "“said”", "aims", "doubled", "No.", "2", "Redmi", "Note", "8"]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(TEXTS)
def test_every_span_reads_back_what_was_printed(vocabulary: Vocabulary, text: str) -> None:
    """text[start:end] is the number as printed, the quote stands in the text and holds it, ids are unique per claim."""
    claims = read_claims(article(text), vocabulary)
    for claim in claims:
        assert text[claim.span[0] : claim.span[1]] == claim.printed != ""
        assert claim.printed in claim.quote and claim.quote in text
        assert 0 <= claim.confidence <= 1 and claim.rounding >= 0
    assert len({c.claim_id for c in claims}) == len(claims)


def test_the_same_text_gives_the_same_claims(read: Callable[..., list[Claim]]) -> None:
    """Reading holds no state between articles."""
    text = "Xiaomi shipped 42.4 million smartphones in Q2 2025. It had a 15% share."
    assert read(text) == read(text)
