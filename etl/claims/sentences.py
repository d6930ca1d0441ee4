"""Sentences with their places in the text: a paragraph a line, a sentence ends where a reader takes breath.

A bullet or a heading is a sentence of its own. Abbreviations (Rs., Inc., U.S., No.) end none. What goes on for more than 1,500
characters is no sentence (news has none above 1,100) and is cut at a comma, else at a blank; after 20,000 sentences no more is read.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[^a-z\s])|(?<=[a-z]{3})\.(?=[A-Z][a-z]+,?\s)|(?<=\w)\s?\[\d{1,2}\](?=\s+[A-Z–-])|[。！？]+[”’」』）]*|(?:\s•\s)|\s\*\s{2,}")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Rs|Inc|Ltd|Corp|Co|No|Mr|Mrs|Ms|Dr|vs|St|approx|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Prof|Gen|Sen|Jr|Sr|Fig)"
    r"|\b[A-Z]\.[A-Z]|\b[A-Z])\.$"
)
_LONGEST = 1_500  # characters
_MOST = 20_000  # sentences


_FIRM = re.compile(r"\b(?:Inc|Ltd|Corp|Co)\.$")
_STARTS = re.compile(
    r"\s+(?:The|In|For|It|This|But|And|Its|According|On|At|He|She|Meanwhile|However|By|As|Of|That|They|These|While|With)\s"
)


_WRAPPED = re.compile(r"(?:(?<=[a-z,])\n(?!(?:vivo|realme|itel|iqoo|imoo)\b)(?=[a-z]{2,}(?![A-Za-z]))|(?<=\d)\n(?=(?:percent|per cent|million|billion|trillion|units|crore|lakh|yuan|won|euros|dollars)\b))")
_COLUMNS = 38  # characters: a shorter line was ended on purpose


def unwrapped(text: str) -> str:
    """The text, place for place, with a blank where a line was only broken to fit a page: `slumped 45` / `percent from a year ago`."""
    if "\n" not in text:
        return text
    return _WRAPPED.sub(lambda m: " " if m.start() - (text.rfind("\n", 0, m.start()) + 1) >= _COLUMNS else "\n", text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """[start, end) in the text, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int
    is_heading: bool  # the first line of the text, or a line without a full stop


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of the text in order; together they hold all that isn't white space, of a text with up to 20,000."""
    found: list[Sentence] = []
    start = 0
    for paragraph, line in enumerate(text.split("\n")):
        end = start + len(line)
        if len(found) >= _MOST:
            return found[:_MOST]
        if line.strip():
            _split_line(text, start, end, paragraph, found)
        start = end + 1
    return found


def _split_line(text: str, start: int, end: int, paragraph: int, found: list[Sentence]) -> None:
    begin = start
    whole = True
    for match in _END.finditer(text, start, end):
        if _ABBREVIATION.search(text, max(begin, match.end() - 12), match.end()) and not (
            _FIRM.search(text, max(begin, match.end() - 12), match.end()) and _STARTS.match(text, match.end())
        ):
            continue
        whole = False
        _add(text, begin, match.end(), paragraph, False, found)
        begin = match.end()
    is_heading = whole and text[begin:end].rstrip()[-1:] not in '.!?。！？…”"'
    _add(text, begin, end, paragraph, is_heading, found)


def _add(text: str, start: int, end: int, paragraph: int, is_heading: bool, found: list[Sentence]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = _cut(text, start)
        found.append(Sentence(start, cut, paragraph, is_heading))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append(Sentence(start, end, paragraph, is_heading))


def _cut(text: str, start: int) -> int:
    """Where to cut what is too long: behind a comma or bracket that a blank follows, else before a blank, else anywhere."""
    end = start + _LONGEST
    for sign in (", ", "; ", ") ", "，", "；"):
        if (at := text.rfind(sign, start + _LONGEST // 2, end)) >= 0:
            return at + 1
    blank = text.rfind(" ", start + _LONGEST // 2, end)
    return blank if blank > 0 else end


_RELATIVE = re.compile(r",\s(?:which|who|whose|where)\s[^,;.]*", re.IGNORECASE)

_APPOSED = re.compile(  # "Vivo, first in the second quarter of 2024, slid to second"
    r"(?<=\w),\s(?:(?:then|once|still|only|just|which had been|formerly|the)\s)?(?:first|second|third|fourth|fifth|number (?:one|two|three|four|five)|No\.? ?\d|(?:market )?leader|top)\s(?:in|during|for|a|until|as of)\s[^,;.]*"
)


@lru_cache(maxsize=16)
def side_clauses(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The relative clauses between two commas: what they name is no part of what the sentence tells."""
    found = [*_RELATIVE.finditer(text, start, end), *_APPOSED.finditer(text, start, end)]
    return tuple(m.span() for m in found if text[m.end() : m.end() + 1] == ",")
