"""Names that config/ doesn't declare, where a clause is about them: `Kestrel holds on to fourth place with 4.1 percent`.

A figure of such a company is nobody's; without this it would go to the company spoken of before.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.claims.scan import runs_of

_NAME = r"(?-i:[A-Z])[\w&’'-]*[A-Za-z0-9](?:\s(?-i:[A-Z])[\w&’'-]*){0,3}"
_OPENING = r"(?:^|(?<=[.;:(“\"\n]\s)|(?<=\n)|(?<=,\s)|(?<=\b(?-i:and)\s)|(?<=\b(?-i:while)\s)|(?<=\b(?-i:but)\s)|(?<=\b(?-i:by)\s)|(?<=\b(?-i:with)\s))"
_VERB = (
    r"(?:holds?|held|had|has|have|shipped|ships|sold|sells|grew|grows|fell|rose|dropped|declined|took|takes|captured|commands|accounted|accounts|came|comes|ranked|ranks|led|leads|"
    r"posted|reported|recorded|registered|saw|follows|followed|finished|placed|rounded|was|is|were|grabbed|claimed|controls|lost|gained|jumped|climbed|slipped|remained|stood|stands|"
    r"managed|made|moved|generated|earned|delivered|employs|offers?|boasts?|attracts?|serves|operates?|owns?|opened|opens|increased|decreased|slid|shrank|surged|tumbled|plunged|soared|also)"
)
_FORM = r"(?:\s(?:and\s)?(?:Corp|Inc|Ltd|Co|LLC|Plc|PLC)\.?|(?<=Corp)\.|(?<=Inc)\.|(?<=Ltd)\.|(?<=Co)\.)?(?:\s(?:<[A-Z.]+>|\([A-Z.:\s]+\)))?"  # of a firm, and its ticker
_STRANGER = re.compile(
    rf"{_OPENING}(?P<name>{_NAME}){_FORM}(?=(?:['’]s)?(?:,\s[^,.;]{{2,60}},)?\s{_VERB}\b|\s(?:with|at|on)\s(?:a |an |about |around |just )?[\d.]|\s?\((?:\d|~)|:\s?[\d.]+\s?(?:%|million|m\b|bn|billion))"
)
_COMMON = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "it", "its", "he", "she", "they", "we", "you", "i", "our", "their", "his", "her", "my", "your", "there", "here", "what", "which", "who", "when", "where", "why", "how", "while", "as", "at", "by", "for", "from", "in", "on", "of", "to", "with", "after", "before", "since", "during", "until", "till", "through", "throughout", "over", "under", "above", "below", "between", "among", "amid", "amongst", "into", "onto", "about", "around", "across", "within", "without", "against", "despite", "although", "though", "because", "if", "unless", "whether", "so", "but", "and", "or", "nor", "yet", "not", "no", "also", "just", "only", "even", "still", "then", "thus", "hence", "therefore", "however", "meanwhile", "moreover", "furthermore", "besides", "instead", "indeed", "overall", "total", "global", "worldwide", "world", "international", "domestic", "local", "overseas", "online", "offline", "net", "gross", "operating", "adjusted", "quarterly", "annual", "monthly", "yearly", "average", "sales", "shipments", "shipment", "sale", "revenue", "revenues", "profit", "profits", "income", "earnings", "margin", "margins", "growth", "demand", "supply", "share", "shares", "volume", "volumes", "units", "unit", "exports", "imports", "production", "output", "market", "markets", "industry", "smartphone", "smartphones", "phone", "phones", "handset", "handsets", "tablet", "tablets", "wearable", "wearables", "device", "devices", "smartwatch", "smartwatches", "tv", "tvs", "pc", "pcs", "car", "cars", "vehicle", "vehicles", "ev", "evs", "company", "companies", "firm", "firms", "maker", "makers", "vendor", "vendors", "brand", "brands", "manufacturer", "manufacturers", "supplier", "suppliers", "group", "giant", "rival", "rivals", "player", "players", "startup", "business", "unit", "division", "turnover", "headcount", "delivery", "deliveries", "ceo", "cfo", "coo", "cto", "president", "chairman", "chairwoman", "chief", "director", "founder", "co-founder", "spokesman", "spokesperson", "mr", "ms", "dr", "professor", "businesses", "networks", "network", "division", "group", "operations", "workforce", "investment", "investments", "spending", "capacity", "stock", "stocks", "street", "wall", "reuters", "segment", "category", "analyst", "analysts", "researcher", "researchers", "investor", "investors", "consumer", "consumers", "customer", "customers", "user", "users", "people", "employees", "staff", "workers", "management", "executives", "first", "second", "third", "fourth", "fifth", "sixth", "last", "next", "previous", "early", "late", "mid", "recent", "recently", "now", "today", "yesterday", "tomorrow", "this", "year", "month", "week", "quarter", "half", "day", "days", "years", "months", "both", "all", "each", "every", "some", "any", "many", "most", "more", "less", "few", "several", "other", "others", "another", "such", "same", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "none", "half", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "q1", "q2", "q3", "q4", "h1", "h2", "fy", "yes", "no", "new", "old", "top", "number", "data", "figures", "results", "report", "reports", "research", "study", "survey", "according", "photo", "image", "source", "sources", "update", "read", "more", "see", "also", "editor", "chinese", "indian", "american", "european", "korean", "japanese", "south", "north", "east", "west", "western", "eastern", "southern", "northern", "premium", "budget", "flagship", "entry", "low", "high", "mid-range", "android", "ios"]
)


_OWN_PART = re.compile(r",\s(?:its|their|his|the company['’]s|the firm['’]s)\s")  # "BBM, its messaging service": no other company


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What _STRANGER.finditer gives: tried only where a run begins with a capital."""
    starts, runs = runs_of(text)
    end = 0
    for start, run in zip(starts, runs, strict=True):
        if start >= end and "A" <= run[0] <= "Z" and (match := _STRANGER.match(text, start)):
            end = match.end()
            yield match


def find_strangers(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each name of one to four capitalised words that opens a clause with a verb, a figure or a bracket behind it."""
    for match in _matches(text):
        words = [re.sub(r"['’]s$", "", word).lower() for word in match["name"].split()]
        if _OWN_PART.match(text, match.end("name")):
            continue
        if words[0] in _COMMON or words[-1] in _COMMON or words[0].endswith(("ing", "ly")):
            continue
        yield match.span("name")
