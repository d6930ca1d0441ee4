"""Numbers as printed: digits, words, both, and Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.claims.numbers import find_numbers
from etl.claims.quantities import find_quantities

PRINTED = [
    ("4,512", "4512", "0.5"),
    ("12,34,000", "1234000", "500"),
    ("3,00,000", "300000", "50000"),
    ("41.07 million", "41070000", "5000"),
    ("200 million", "200000000", "500000"),
    ("forty-one point two million", "41200000", "50000"),
    ("five hundred and seventeen", "517", "0.5"),
    ("three and a half million", "3500000", "50000"),
    ("half a billion", "500000000", "50000000"),
    ("a hundred thousand", "100000", "50000"),
    ("6.4bn", "6400000000", "50000000"),
    ("800k", "800000", "500"),
    ("2.1 lakh", "210000", "5000"),
    ("1.5 lakh crore", "1500000000000", "50000000000"),
    ("320亿", "32000000000", "50000000"),
    ("四千五百万", "45000000", "500000"),
    ("1 234 567", "1234567", "0.5"),
    ("7½", "7.5", "0.05"),
]


@pytest.mark.parametrize(("printed", "value", "rounding"), PRINTED)
def test_a_printed_number_has_its_value_and_rounding(printed: str, value: str, rounding: str) -> None:
    """Each spelling gives the whole value, and half of the last printed digit as its rounding."""
    (number,) = find_numbers(printed)
    assert number.value == Decimal(value)
    if "½" not in printed:
        assert number.rounding == Decimal(rounding)
    assert (number.start, number.end) == (0, len(printed))


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_printed_number_reads_back_as_itself(value: int) -> None:
    """Plain and with commas, a number is read as what was written."""
    for printed in (str(value), f"{value:,}"):
        (number,) = find_numbers(f"{printed} phones")
        assert number.value == value


@given(st.text(alphabet="0123456789.,%$-() abhimnorstudeyx万亿年第前三\n", max_size=120))
def test_any_text_ends_and_every_span_lies_in_it(text: str) -> None:
    """Whatever stands in a text, places are within it, in order, and hold something."""
    found = find_quantities(text)
    for quantity in found:
        assert 0 <= quantity.start <= quantity.number_start < quantity.number_end <= len(text)
        assert quantity.end <= len(text)
    starts = [quantity.number_start for quantity in found]
    assert starts == sorted(starts)


@pytest.mark.parametrize("piece", ["7", "(", "(8)", "one hundred and ", "6 million ", "9% to ", "三千万", "$ 4 ", "- "])
def test_long_trouble_ends(piece: str) -> None:
    """A text of one piece repeated is read to an end, and what is found in it lies in it."""
    text = piece * (60_000 // len(piece))
    assert all(0 <= q.start < q.end <= len(text) for q in find_quantities(text))
