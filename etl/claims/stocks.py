"""Percentages that tell how a share's price moved: of no metric here, and easily taken for growth."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.around import Around
from etl.claims.classes import class_of
from etl.claims.scan import Worded

_OF_SHARES = re.compile(
    r"\bshares\s[-+]?$|\$(?-i:[A-Z]{1,5})\s(?:is|was|are)\s(?:up|down)\s$|"
    r"\b(?:(?<!market )(?:the |its |their )?shares(?: (?:in|of) (?-i:[A-Z])[\w’']*(?: (?-i:[A-Z])\w+)*)?(?:,[^,]{0,120},)?|stocks?|(?:share|stock) prices?|(?-i:ADRs?)|(?:benchmark|index|KOSPI|Kospi|Nasdaq|Dow|Hang Seng(?: index)?|S&P 500)(?: (?-i:[A-Z])\w+)?|market cap(?:itali[sz]ation)?)\s"
    r"(?:(?:price|that|which|also|then|later|have|has|had|were|was|are|is|in|on|the|Hong Kong|New York|Seoul|Wednesday|Thursday|Friday|Monday|Tuesday)\s){0,4}"
    r"(?:up|down|rose|rise|fell|fall|gain(?:ed)?|lost|lose|jump(?:ed)?|drop(?:ped)?|slid|slipped|surged?|tumbled?|plunged?|climbed|clos(?:ed?|ing)|end(?:ed)?|traded|trading|dipped|soared|slumped|shed|opened|advanced|declined)\b[^;]{0,60}$",
    re.IGNORECASE,
)

_OF_SHARES_SOON = Worded(_OF_SHARES, "shares", "$", "stock", "share price", "adr", "benchmark", "index", "kospi", "nasdaq", "dow", "hang seng",
    "s&p", "market cap")  # fmt: skip


_THEY = re.compile(r"(?:They|It|The stock|The shares)\s(?:have|has|had|is|are|were|was|rose|fell|lost|gained|dropped)\b")
_SHARES_MOVED = re.compile(r"\b(?:shares|stock)\b[^.]{0,120}?\b(?:up|down|rose|fell|gained|lost|ended|closed|lower|higher|jumped|dropped|slid|surged|traded)\b[^.]*(?:\.\d[^.]*)*\.\s*$", re.IGNORECASE)


def is_of_shares(here: Around) -> bool:
    """Whether a percentage tells how a share's price moved: `Its shares ended 1.2 % lower`."""
    if class_of(here.quantity) != "percent":
        return False
    if _THEY.match(here.text, here.start, here.start + 30):
        previous = here.text[max(0, here.start - 220) : here.start].rpartition("\n")[2]
        if _SHARES_MOVED.search(previous):
            return True  # "They have gained 52 % this year"
    return _OF_SHARES_SOON.within(here.text, max(here.start, here.quantity.start - 200), here.quantity.start) is not None


_MARKETS_MOVED = re.compile(  # in its paragraph, "Sony rose 2.2 %" is the share's price
    r"\b(?:clos(?:ed|es|ing)|end(?:ed|s|ing)) [\d.]+ ?(?:%|per ?cent|percent) (?:lower|higher|up|down)\b|\$[\d.,]+ (?:a|per) share level|\b(?:stock|share|market) rally\b|\b(?:stock|shares)\b[^.;]{0,140}?\b(?:ended|closed|finished|settled)\s(?:on\s)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|the day|the week|the session|trading)\b|\bto (?:close|end|finish|trade) at\b|\b(?:closed|trad(?:ed|es|ing)|opened|ended) (?:at|up|down|lower|higher|flat)\b|\byear-to-date\b|\b(?:in|of) (?:early|late|pre-?market|after-hours|extended|morning|afternoon|Monday['’]s|intraday) trad(?:e|ing)\b"
    r"|\b(?:Hang Seng|Kospi|KOSPI|Nasdaq|S&P 500|Dow Jones|Sensex|Nikkei|Nifty)\b|\b(?:shares|stock)\s(?:of|in)\s[A-Z][^.;]{0,60}?\s(?:fell|rose|slid|slipped|dropped|lost|gained|added|jumped|climbed|tumbled|surged|were)\b"
    r"|(?<!market )\b(?:its|their|the|whose|[A-Z]\w+['’]s)\s(?:shares|stock|share price|stock price)\s(?:also |has |have |had |price )?(?:fell|fallen|rose|risen|slid|slipped|dropped|lost|gained|added|jumped|climbed|tumbled|surged|closed|ended|is|are|was|were)\b"
)


def is_among_shares(here: Around) -> bool:
    """Whether the number's paragraph up to its sentence's end tells of shares that moved: `Sony rose 2.2 %` is then no growth of sales."""
    return _MARKETS_MOVED.search(here.text, here.text.rfind("\n", 0, here.start) + 1, here.end) is not None
