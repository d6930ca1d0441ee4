"""Text that was handed in without mark-up: the same clutter, known by its lines and by what stands around them.

See also:                                   a heading of related links …
Phone maker opens its hundredth shop        … its teasers: short lines without a full stop,
4 weeks ago                                 … often twice, with an age
Jane Doe                                    a name …
A columnist who left banking in 2009 …      … before an author's note
"""

from __future__ import annotations

import re

from etl.articles.lines import COMMENTS_BEGIN, HEADING_RELATED, Heard, ends_sentence, is_bio, is_name, is_teaser, line_rule, tidy

_HANDLE = re.compile(r"^\s*[•·*]\s+\S{2,30}\s*$")
_VOICE = re.compile(r"\b(?:I|my|me|imo|imho)\b")
_PROPER = re.compile(r"^(?:[A-Z][\w.&'’-]*|[a-z]+[A-Z]\w*)(?:\s+[A-Z][\w.&'’-]*){0,3}$")
_SITE = re.compile(r"^[\w-]+\.(?:com|net|org|in|cn|de|io|co|co\.uk|tech|info)$", re.I)


def clean_text(text: str, heard: Heard | None = None) -> str:
    """The text without its clutter, a paragraph a line; every other line stays as it is."""
    raw = [line for line in text.replace("\r\n", "\n").split("\n") if tidy(line)]
    lines = [tidy(line) for line in raw]
    gone = {**dict(_marked(lines)), **dict(_thread(raw))}
    if heard:
        for number, rule in sorted(gone.items()):
            heard(rule, lines[number])
    return "\n".join(line for number, line in enumerate(lines) if number not in gone)


def _marked(lines: list[str]) -> list[tuple[int, str]]:
    """The numbers of clutter lines with the rule that found each."""
    found: list[tuple[int, str]] = []
    prose = [n for n, line in enumerate(lines) if len(line) > 100 and ends_sentence(line)]
    begin, end = (prose[0], prose[-1]) if prose else (0, len(lines))
    related = False
    for number, line in enumerate(lines):
        related = HEADING_RELATED.match(line) is not None or (related and is_teaser(line))
        if related:
            found.append((number, "text: related"))
        elif rule := line_rule(line):
            found.append((number, rule))
        elif _SITE.match(line):
            found.append((number, "text: logo"))
        elif (number >= end and is_bio(line)) or (number > begin and number == len(lines) - 1 and is_bio(line)):
            found.append((number, "tail: author"))
        elif begin < number and _caption(lines, number):
            found.append((number, "text: caption"))
    return found + _names(lines, {n for n, _ in found})


def _names(lines: list[str], gone: set[int]) -> list[tuple[int, str]]:
    """Bare names right before an author's note."""
    found = []
    for number in range(len(lines) - 1, 0, -1):
        if number in gone and is_bio(lines[number]):
            before = number - 1
            while before > 0 and is_name(lines[before]):
                found.append((before, "tail: author"))
                before -= 1
    return found


def _caption(lines: list[str], number: int) -> bool:
    """A picture's label between two paragraphs: two to four words, all lower case or all names, no verb that ends as a sentence does."""
    line = lines[number]
    if ends_sentence(line) or not 2 <= len(line.split()) <= 4 or len(line) > 40 or number + 1 >= len(lines):
        return False
    if not (len(lines[number - 1]) > 100 and len(lines[number + 1]) > 80):
        return False
    if re.fullmatch(r"[a-z][a-z '’-]*", line):
        return True
    return bool(_PROPER.match(line) and re.search(r"[a-z][A-Z]", line))


def _thread(lines: list[str]) -> list[tuple[int, str]]:
    """Everything from the first comment on: after a `Comments` line, or a bulleted handle that an indented text follows."""
    for number, line in enumerate(lines):
        if number < 3:
            continue
        handle = _HANDLE.match(line) and number + 1 < len(lines) and lines[number + 1][:1] in " \t"
        voiced = handle and any(_VOICE.search(each) or each[:1] in " \t" for each in lines[number + 1 : number + 6])
        if voiced or (COMMENTS_BEGIN.match(tidy(line)) and number > len(lines) // 3):
            return [(n, "text: comments") for n in range(number, len(lines))]
    return []
