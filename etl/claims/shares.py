"""Percentages that are shares of a market though no word says so: beside a name, behind a rank, behind a number of units."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.around import Around
from etl.claims.changes import Change, has_direction
from etl.claims.state import State
from etl.claims.subject import Subject
from etl.claims.vocabulary import Vocabulary
from etl.claims.words import Measure
from etl.model import Unit

_LISTS = re.compile(r"\b(?:top|first|leading) (?:two|three|four|five|six|ten|\d+)\b|\bmarket\b|\bshare|\bvendors?\b|\bbrands?\b|\bfollow(?:s|ed)?\b|份额", re.IGNORECASE)


def listed(
    here: Around, kind: str, change: Change, subject: Subject, state: State, vocabulary: Vocabulary
) -> tuple[Measure | None, Change]:
    """`Apple with 20.4 %, Samsung 19.9 %`, `Vivo (9 %)`: a name and its percentage, in a text about a market."""
    text, quantity = here.text, here.quantity
    if kind != "percent" or change.role == "change":
        return None, change
    line = text.rfind("\n", 0, quantity.start) + 1
    is_row = _ROW.match(text[line : quantity.start]) is not None
    is_told = state.is_market_report and subject.rule in ("subject", "pointed", "carried", "topic", "heading") and _HAS.search(text[here.left : quantity.start])
    if subject.rule not in ("beside", "listed") and not is_row and not is_told:
        return None, change
    if is_told and _OF_WHAT.match(text[quantity.number_end : here.end]):
        return None, change
    if _FASTEST.search(text, here.start, here.end) and text[quantity.number_start - 1 : quantity.number_start] == "(":
        volume = state.volume or Measure(vocabulary.metrics["shipments"], "growth", "fastest-growing")
        return volume, Change("change", 1, "fastest-growing")
    if quantity.value > 100 or not (state.is_market_report or _LISTS.search(text, here.start, here.end)):
        return None, change
    if not is_row and (word := has_direction(text, here.left, quantity.start)) and word.end() > quantity.start - 30:
        return None, change
    return Measure(vocabulary.metrics["market_share"], "listed", text[quantity.start : quantity.end]), change


_HAS = re.compile(r"(?:^|\b(?:has|had|have|having|with|at|on|holds?|held|took|takes)|,|\band)\s?(?:a\s|an\s|only\s|about\s|around\s|nearly\s|just\s|over\s|almost\s|some\s)*$", re.IGNORECASE)
_OF_WHAT = re.compile(r"^\s?(?:%|per ?cent|percent)?\s(?:of|more|less|higher|lower|fewer|year|growth|increase|decline|drop|discount|off|battery|faster|stake|interest|owned)\b", re.IGNORECASE)
_FASTEST = re.compile(r"\b(?:fastest|quickest)[- ](?:growing|growth)|\bgrew (?:the )?(?:fastest|most)\b|highest growth", re.IGNORECASE)
_ROW = re.compile(r"^[\s*•\-–\d.)#]*[\w&’'. ]{2,30}\s?[:(–—-]\s*(?:[^;\n]{0,60}[,;/|(]\s*)?$")


_QUALIFIED = r"(?:a\s|an\s|its\s|only\s|just\s|about\s|around\s|nearly\s|almost\s|over\s|more than\s|some\s|roughly\s|exactly\s|close to\s)*"
_BEHIND_RANK = re.compile(rf"[^.;:]{{0,50}}?(?:\b(?:with|at|on|holding|having|taking|commanding|grabbing)|\()\s?{_QUALIFIED}$", re.IGNORECASE)
_BEHIND_UNITS = re.compile(
    rf"\s?(?:units?|phones|smartphones|handsets|devices|tablets|of them|of these)?(?:\sin\s(?:the\s)?[A-Z]\w+)?,?\s(?:or|i\.e\.,?|good for|equal to|equivalent to|representing|which is|which means|which meant|that is|for)\s{_QUALIFIED}$"
)
_OF_ALL = re.compile(r"^\s?(?:%|per ?cent|percent)?(?:\s?\)|[,.;:]|$|\s(?:of (?:the|all|total|shipments)|in|there|after|behind|followed|and|while|share|but|although|though|as|ahead|from|against)\b)")


def implied(here: Around, kind: str, change: Change, found: Measure | None, vocabulary: Vocabulary) -> Measure | None:
    """`retained the top slot with 27.1 %`, `12.2 million units, or 18 %`: the share that a rank or a number of units goes with."""
    if kind != "percent" or change.role == "change" or here.quantity.value > 100 or not here.drafts:
        return None
    if found is not None and not (found.rule in ("carried", "sentence", "sibling") or found.metric.name == "rank"):
        return None
    last = here.drafts[-1]
    gap = here.text[last.quantity.number_end : here.quantity.start]
    if not _OF_ALL.match(here.text[here.quantity.number_end : here.end]):
        return None
    if last.metric.name == "rank":
        goes_on = _BEHIND_RANK.fullmatch(here.text[last.quantity.end : here.quantity.start])
    elif last.metric.unit is Unit.UNITS and last.change.role != "change":
        goes_on = _BEHIND_UNITS.fullmatch(gap)
    else:
        goes_on = None
    return Measure(vocabulary.metrics["market_share"], "implied", gap.strip() or "rank") if goes_on else None
