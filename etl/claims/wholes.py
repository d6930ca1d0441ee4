"""Figures of a whole market, and of several companies together: nobody's alone."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.classes import class_of
from etl.claims.scan import Worded
from etl.claims.spans import Quantity
from etl.claims.state import Line
from etl.model import MARKET

_SHIPPED = re.compile(
    r"^\s?(?:of\s)?(?:[\w-]+\s){0,3}?(?:were|was|had been|have been|got)\s(?:shipped|sold|delivered|dispatched)\b(?!\sby\b)", re.IGNORECASE
)
_TOGETHER = Worded(re.compile(
    r"\b(?:(?:put|taken) together|between (?:them|the two|the three)|collectively|(?:the|this) (?:duo|trio|pair)|(?:the|just|only|these|no more than|as few as) (?:two|three|four|five|six) (?:companies|brands|firms|makers|vendors|manufacturers|rivals|giants)|all (?:three|four|five))\b",
    re.IGNORECASE,
), "together", "between", "collectively", "duo", "trio", "pair", "the two", "the three", "the four", "the five",
    "the six", "all three", "all four", "all five")  # fmt: skip
_COMBINED = Worded(re.compile(r"\b(?:their|the|a) combined\b", re.IGNORECASE), "combined")

OF_MANY = re.compile(
    r"\b(?:total|in all|altogether|combined|(?:domestic|local|chinese|indian|other|top|leading|all)(?: \w+)? (?:brands|vendors|makers|players)|operators|industry|(?:5G|4G|feature|smart) ?phones)\b", re.IGNORECASE
)


def is_shipped(text: str, quantity: Quantity, line: Line) -> bool:
    """`24.7 million devices were shipped`, by nobody named: the whole market's."""
    if class_of(quantity) != "count" or any(m.company and m.end <= quantity.start for m in line.mentions):
        return False
    behind = text[quantity.number_end : min(line.sentence.end, quantity.number_end + 60)]
    return _SHIPPED.match(behind) is not None and "those" not in behind


def is_together(text: str, quantity: Quantity, line: Line, left: int) -> bool:
    """`The two brands grew their combined revenue by 67 %`: whether the sentence adds up what several companies have."""
    start, end = line.sentence.start, line.sentence.end
    close = (max(start, left - 60), quantity.start)
    behind = min(end, quantity.end + 25)
    semicolon = text.find(";", quantity.end, behind)
    if _TOGETHER.within(text, *close) is not None or _TOGETHER.within(text, quantity.end, semicolon if semicolon >= 0 else behind) is not None:
        return True
    named = {m.company for m in line.mentions if m.company and m.company != MARKET and m.end <= quantity.start}
    return _COMBINED.within(text, *close) is not None and len(named) > 1
