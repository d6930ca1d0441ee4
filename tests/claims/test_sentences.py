"""Sentences: where they end, and what is too long to be one."""

from __future__ import annotations

import itertools

import pytest

from etl.claims.sentences import split_sentences


def test_an_abbreviation_ends_no_sentence() -> None:
    """Rs., Inc. and U.S. are followed by more of the sentence."""
    text = "Foo Inc. paid Rs. 300 in the U.S. market. It was enough."
    assert [text[s.start : s.end] for s in split_sentences(text)] == ["Foo Inc. paid Rs. 300 in the U.S. market.", "It was enough."]


@pytest.mark.parametrize("piece", ["word ", "some words, ", "x", "小米，", "5 million phones and ", "(a) "])
def test_what_never_ends_is_cut(piece: str) -> None:
    """No sentence has more than 1,500 characters, and together they still hold all that isn't white space."""
    text = piece * (20_000 // len(piece))
    found = split_sentences(text)
    assert all(s.end - s.start <= 1_500 for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join("".join(text[s.start : s.end] for s in found).split()) == "".join(text.split())


def test_a_cut_falls_behind_a_comma() -> None:
    """So that no number is cut in two."""
    text = "one hundred and five phones, " * 200
    assert all(text[s.end - 1] == "," for s in split_sentences(text)[:-1])


def test_a_text_of_lines_alone_ends() -> None:
    """After 20,000 sentences no more is read."""
    assert len(split_sentences("a\n" * 30_000)) == 20_000
