"""Which part of a business a sum of money is of: the division named in its sentence, else the one spoken of."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.compose import Draft
from etl.claims.divisions import Division, find_divisions
from etl.claims.mentions import COREF, PRONOUN, Mention
from etl.claims.places import Place
from etl.claims.segments import find_segments
from etl.claims.sentences import side_clauses
from etl.claims.spans import Quantity
from etl.claims.state import Line, State


def is_aside(text: str, place: Place | Division, quantity: Quantity, start: int, end: int) -> bool:
    """Whether a place or part stands in a relative clause that the number isn't part of."""
    return any(a <= place.start < b and not a <= quantity.start < b for a, b in side_clauses(text, start, end))


def division_of(text: str, quantity: Quantity, mention: Mention | None, start: int, end: int, right: int) -> Division | None:
    """The part of the business that a number is of: the last one before it, unless the company is named after that; else one close behind."""
    divisions = find_divisions(text, start, end)
    if not divisions:
        return None
    before = [d for d in divisions if d.end <= quantity.start and not is_aside(text, d, quantity, start, end)]
    if before and (mention is None or mention.start < before[-1].end or mention.start >= quantity.end or mention.what in (PRONOUN, COREF)):
        last = before[-1]
        is_other = _OF_THE_WHOLE.search(text, last.end, quantity.start)
        return None if is_other else last
    behind = [d for d in divisions if quantity.end <= d.start < min(right, quantity.end + 60)]
    return behind[0] if behind and _FROM_A_PART.match(text[quantity.end : behind[0].start]) else None


_OF_THE_WHOLE = re.compile(
    r";|(?<!of the )(?<!of )\b(?:total|(?<!usiness )group|overall|company-?wide|altogether|in all)\b|\b(?:company|firm)['’]s\s(?:\w+\s){0,2}?(?:revenue|sales|turnover|income)\b|\b(?:adjusted )?net (?:profit|income|loss)\b", re.IGNORECASE
)
_FROM_A_PART = re.compile(r"^\s?(?:[\w-]+\s){0,4}?(?:from|in|at|for|by)\s(?:its\s|the\s|their\s)?$", re.IGNORECASE)


_PART_END = re.compile(r",\s(?:of which|with|and|but|while)\b|\band the\b|;")
_SAME_PART = re.compile(r"\b(?:(?:the|this|that) (?:segment|division|unit)\b(?!\sthat)(?! of)(?:['’]s)?|its gross margin\b|of which\b)", re.IGNORECASE)


def part_of(text: str, draft: Draft, line: Line, state: State, left: int, right: int) -> tuple[str, str]:
    """The segment of a sum or margin, and what gave it. The state keeps it for the sums that follow."""
    metric, quantity, (start, end) = draft.metric, draft.quantity, draft.sentence
    paragraph = line.sentence.paragraph
    division = division_of(text, quantity, draft.subject.mention, start, end, right)
    if division is not None and not any(division.start <= p.start < division.end for p in line.places):  # "its India unit" is no part
        state.money, state.money_paragraph = division.segment, paragraph
        return division.segment, f"named: {text[division.start : division.end]}"
    words = [
        s
        for s in find_segments(text, start, end, "money")
        if s[0] <= quantity.end + 60 and s[0] < right and not (s[0] >= quantity.end and _PART_END.search(text, quantity.end, s[0]))
    ]
    if words and not _OF_THE_WHOLE.search(text, words[-1][1], max(words[-1][1], quantity.start)):
        state.money, state.money_paragraph = words[-1][2], paragraph
        return words[-1][2], f"named: {text[words[-1][0] : words[-1][1]]}"
    if state.money and _SAME_PART.search(text, start, quantity.end):
        return state.money, "the segment spoken of"
    if (
        state.money
        and paragraph == state.money_paragraph
        and draft.subject.rule in ("carried", "topic", "pointed")
        and metric.name not in ("net_profit", "adjusted_net_profit")  # of the company, unless a part is named
        and not re.search(r"\b(?:total|group|company|overall)\b", text[left : quantity.start])
    ):
        return state.money, "carried"
    return metric.segment, "default"
