"""Money that changes hands, and so is nobody's revenue: prices paid, sums put in, spent, fined or set aside."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

_FOR = re.compile(
    r"\b(?:bought|buy(?:s|ing)?|acquir(?:e[sd]?|ing)|purchas(?:e[sd]?|ing)|sell(?:s|ing)?|sold|handed|snapped up|took over|auctioned|leas(?:ed|ing)|licens(?:ed|ing)|fetched|went)\b[^.;]{0,90}?\bfor\s(?:about\s|around\s|some\s|nearly\s|almost\s|over\s|more than\s|just\s|only\s|a\s|an\s|reported\s|record\s)*$",
    re.IGNORECASE,
)
_PUT = re.compile(
    r"\b(?:put(?:s|ting)?|plac(?:e[sd]?|ing)|deposit(?:s|ed|ing)?|lock(?:s|ed)? up|set(?:s|ting)? aside|earmark(?:s|ed)?|pledg(?:e[sd]?|ing)|spend(?:s|ing)?|spent|pa(?:y|ys|id|ying)|fined|owes?|owed|borrow(?:s|ed|ing)?|lent|donat(?:e[sd]?|ing))\s(?:(?:back|up|in|out|off|a|an|the|fine|penalty|of|about|around|some|nearly|almost|over|more than|up to|at least|another|further|record|to)\s)*$",
    re.IGNORECASE,
)
_INTO = re.compile(r"^[^.;,]{0,20}?\s(?:in|into)\s(?:an?\s)?(?:escrow|deposit|trust|bonds?|cash)\b|^\s(?:fine|penalty|settlement|lawsuit|damages|deal|loan|bond|acquisition|takeover|donation|bail)\b", re.IGNORECASE)
_OF_SHARES = re.compile(  # "sold 500,000 shares for …", "share sales worth …": what is sold is no product
    r"\b(?:share|stake|stock|asset|bond|property|land|insider) sales?\b|\b(?:sold|sells?|selling|sales? of|offload\w*|divest\w*|unload\w*|disposed? of)\s(?:[^\s,.;]+\s){0,7}?(?:shares?|stakes?|holdings?|stock|bonds?|notes|stock options)\b",
    re.IGNORECASE,
)


_ROUND = re.compile(r"\b(?:Series [A-H]\b|IPO\b|(?:goes|go|went|going) public|initial public offering|(?:funding|financing|fundraising) round|flotation|share sale|(?:its|a|the) (?:stock market )?(?:listing|float)\b)")  # what a round brings in is no revenue


def is_payment(text: str, start: int, number: tuple[int, int]) -> bool:
    """Whether the money printed at `number` in the sentence from `start` on is paid, not earned."""
    before = text[max(start, number[0] - 130) : number[0]]
    if _ROUND.search(text, start, min(len(text), number[1] + 60)) is not None:
        return True
    return _PUT.search(before) is not None or _FOR.search(before) is not None or _OF_SHARES.search(before) is not None or _INTO.match(text[number[1] : number[1] + 50]) is not None
