"""Names that config/ doesn't declare, where a clause is about them: `Kestrel holds on to fourth place with 4.1 percent`.

A figure of such a company is nobody's; without this it would go to the company spoken of before.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections import Counter
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
    rf"{_OPENING}(?P<name>{_NAME}){_FORM}(?=(?:['’]s)?(?:,\s[^,.;]{{2,60}},)?\s(?:alone\s)?{_VERB}\b|\s(?:with|at|on)\s(?:a |an |about |around |just )?[\d.]|\s?\((?:\d|~)|:\s?[\d.]+\s?(?:%|million|m\b|bn|billion))"
)
_COMMON = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "it", "its", "he", "she", "they", "we", "you", "i", "our", "their", "his", "her", "my", "your", "there", "here", "what", "which", "who", "when", "where", "why", "how", "while", "as", "at", "by", "for", "from", "in", "on", "of", "to", "with", "after", "before", "since", "during", "until", "till", "through", "throughout", "over", "under", "above", "below", "between", "among", "amid", "amongst", "into", "onto", "about", "around", "across", "within", "without", "against", "despite", "although", "though", "because", "if", "unless", "whether", "so", "but", "and", "or", "nor", "yet", "not", "no", "also", "just", "only", "even", "still", "then", "thus", "hence", "therefore", "however", "meanwhile", "moreover", "furthermore", "besides", "instead", "indeed", "overall", "total", "global", "worldwide", "world", "international", "domestic", "local", "overseas", "online", "offline", "net", "gross", "operating", "adjusted", "quarterly", "annual", "monthly", "yearly", "average", "sales", "shipments", "shipment", "sale", "revenue", "revenues", "profit", "profits", "income", "earnings", "margin", "margins", "growth", "demand", "supply", "share", "shares", "volume", "volumes", "units", "unit", "exports", "imports", "production", "output", "market", "markets", "industry", "smartphone", "smartphones", "phone", "phones", "handset", "handsets", "tablet", "tablets", "wearable", "wearables", "device", "devices", "smartwatch", "smartwatches", "tv", "tvs", "pc", "pcs", "car", "cars", "vehicle", "vehicles", "ev", "evs", "company", "companies", "firm", "firms", "maker", "makers", "vendor", "vendors", "brand", "brands", "manufacturer", "manufacturers", "supplier", "suppliers", "group", "giant", "rival", "rivals", "player", "players", "startup", "business", "unit", "division", "turnover", "headcount", "delivery", "deliveries", "ceo", "cfo", "coo", "cto", "president", "chairman", "chairwoman", "chief", "director", "founder", "co-founder", "spokesman", "spokesperson", "mr", "ms", "dr", "professor", "businesses", "networks", "network", "division", "group", "operations", "workforce", "investment", "investments", "spending", "capacity", "stock", "stocks", "street", "wall", "reuters", "segment", "category", "analyst", "analysts", "researcher", "researchers", "investor", "investors", "consumer", "consumers", "customer", "customers", "user", "users", "people", "employees", "staff", "workers", "management", "executives", "first", "second", "third", "fourth", "fifth", "sixth", "last", "next", "previous", "early", "late", "mid", "recent", "recently", "now", "today", "yesterday", "tomorrow", "this", "year", "month", "week", "quarter", "half", "day", "days", "years", "months", "both", "all", "each", "every", "some", "any", "many", "most", "more", "less", "few", "several", "other", "others", "another", "such", "same", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "none", "half", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "q1", "q2", "q3", "q4", "h1", "h2", "fy", "yes", "no", "new", "old", "top", "number", "data", "figures", "results", "report", "reports", "research", "study", "survey", "according", "photo", "image", "r&d", "asp", "ipo", "ebitda", "ai", "gdp", "eps", "arpu", "gmv", "capex", "oled", "lcd", "5g", "4g", "lte", "source", "sources", "update", "read", "more", "see", "also", "editor", "chinese", "indian", "american", "european", "korean", "japanese", "south", "north", "east", "west", "western", "eastern", "southern", "northern", "premium", "budget", "flagship", "entry", "low", "high", "mid-range", "android", "ios"]
)


_OWN_PART = re.compile(r",\s(?:its|their|his|the company['’]s|the firm['’]s)\s")  # "BBM, its messaging service": no other company
_CAPITALS = re.compile(_NAME)
_PROPER = re.compile(r"(?<![\w’'-])[a-z][a-z’'-]*,?\s(?P<name>[A-Z][\w&’-]*)")  # a capital in mid-sentence
_KIND_OF_FIRM = re.compile(
    r"\b(?:platform|firm|lender|start-?up|unicorn|aggregator|marketplace|retailer|e-tailer|insurer|carmaker|automaker|chipmaker|phonemaker|company|giant|operator|carrier|broker|developer|"
    r"app|rival|competitor|challenger|newcomer|maker|manufacturer|vendor|supplier|conglomerate|bank|investor|parent|subsidiary|affiliate|owner)\s$"
)
_AS_OBJECT = re.compile(r"\b(?:according to|to|by|from|with|of|for|than|at|in|like|as|and|on)\s(?:[\w'’-]+\s){1,4}$")  # "data from the tracker firm Apptopia"
_HAS_SO_MUCH = re.compile(r"\s\(?~?[+−-]?\d[\d,.]*\s?(?:%|per ?cent|million\b|mn\b|crore\b|lakh\b)|\s\d{1,3},\d{3}\b")  # "Samsung 19% and Gionex 9%"
_IN_A_ROW = re.compile(r"(?:,|;|\band|\bwith|['’]s|\bby|&|\bwhile)\s$")
_OWN_FIGURE = re.compile(
    r"['’]s\s(?:[a-z-]+\s){0,3}?(?:revenues?|turnover|sales|losses|loss|profits?|income|earnings|valuation|market (?:cap|value|share)|share|shipments|deliveries|users|customers|subscribers|"
    r"employees|staff|workforce|headcount|stores|outlets|patents|funding|investments?|spending|assets|loans?|production|output|capacity|margins?)\b"
)
_SPEECH = (
    r"said|says|told|tells|adds|added|notes|noted|tweets|tweeted|explains|explained|wrote|writes|believes?|believed|thinks?|thought|estimates?|estimated|predicts?|predicted|expects?|expected|forecasts?|reveals|"
    r"revealed|announce[sd]|state[sd]|claims|claimed|share[sd]|confirms|confirmed|mentions|mentioned|points|pointed|argue[sd]|suggests|suggested|comments|commented|remarks|remarked|declare[sd]|quote[sd]|joins|"
    r"joined|plans?|planned|hopes?|hoped|wants?|wanted|aims?|aimed|intends?|sees|calls|called|asks?|asked|insists|insisted|cautions|cautioned|warns|warned|agree[sd]|acknowledge[sd]|admits|admitted|boasts|boasted|"
    r"recalls|recalled|describe[sd]|discloses|disclosed|founded|co-founded|resigned|heads|headed|shows?|showed"
)
_ROLE = r"(?:an?\s|the\s|its\s|senior\s|executive\s|associate\s|global\s|principal\s|research\s|vice\s|co-)*(?:chief|CEO|CFO|COO|CTO|head|director|analyst|president|chairman|chairwoman|founder|manager|managing|partner|minister|professor|spokes\w+)\b"
_PERSON = re.compile(rf"(?:{_NAME})(?=,\swho\b|,\s{_ROLE}|\s\((?:{_ROLE})|(?:,\s[^,.;\n]{{2,60}},)?\s(?:(?:has|had|have|also|later|further|recently|now|then)\s)*(?:{_SPEECH})\b)")
_SPEAKS = re.compile(rf"(?:,\s[^,.;\n]{{2,60}},)?\s(?:(?:has|had|have|also|later|further|recently|now|then)\s)*(?:{_SPEECH})\b")
_SAID_BY = re.compile(rf"\b(?:said|says|[Mm]r\.?|[Mm]s\.?|[Dd]r\.?|founder|analyst|director|president|chairman|CEO|executive|co-founder|manager)\s(?P<name>{_NAME})")
_OPENS = re.compile(r"(?:^|[.;:!?(“\"\n]\s?|,\s|\b(?:and|while|but|whereas)\s)$")
_DOES = re.compile(
    r"(?:,\s[^,.;\n]{2,60},)?\s(?:(?:also|now|still|reportedly|recently|currently|already|just|later|then|has|had|have|is|was|were|are|will|would|could|may|might|can|should|must|did|does)\s)*"
    rf"(?!(?:{_SPEECH}|is|was|are|were|has|had|have|this|its)\b)(?:[a-z]{{2,}}ed|raises|gets|brings|buys|makes|employs|operates|runs|sells|owns|serves|offers|counts|competes|caters|provides|expands|opens|launches|enters|closes|picks|secures|bags|invests|spends|pays|uses|"
    r"keeps|gives|lends|works|needs|boasts|faces|got|bought|spent|kept|paid|won|cut|put|set|went|gave|began|became|built|hit|beat|let|left|lent|met|ran|sought|"
    r"raise|raising|receive|invest|bring|get|be|looking|planning|close|open|list)\b"
)


class _Names:
    """What the capitalised names of a text are known to be; looked into only where a name is in doubt."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._proper: frozenset[str] | None = None
        self._people: frozenset[str] | None = None

    def is_proper(self, name: str) -> bool:
        """Whether a name is more than a sentence's first word: of several words, with a capital inside or in mid-sentence, or said again."""
        if " " in name or any(c.isupper() for c in name[1:]):
            return True
        if self._proper is None:
            small = frozenset(runs_of(self._text)[1])
            again = Counter(run for run in runs_of(self._text)[1] if "A" <= run[0] <= "Z" and not run.endswith("s"))
            found = {m["name"] for m in _PROPER.finditer(self._text)} | {run for run, times in again.items() if times > 1}
            self._proper = frozenset(name for name in found if name.lower() not in small)
        return name in self._proper

    def is_person(self, name: str) -> bool:
        """Whether the text has the name speak, or gives it an office: an executive's, an analyst's."""
        if self._people is None:
            starts, runs = runs_of(self._text)
            spoken = (m[0] for start, run in zip(starts, runs, strict=True) if "A" <= run[0] <= "Z" and (m := _PERSON.match(self._text, start)))
            named = (m["name"] for m in _SAID_BY.finditer(self._text))
            self._people = frozenset(word for name in (*spoken, *named) for word in (name, name.split()[-1]))
        return name in self._people


def find_strangers(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each name of one to four capitalised words that a clause is about, or that owns a figure, or that is called a firm."""
    names = _Names(text)
    end = 0
    for start, run in zip(*runs_of(text), strict=True):
        if start < end or not "A" <= run[0] <= "Z" or run.lower() in _COMMON:
            continue
        if (stop := _end_of_name(text, start, names)) is not None:
            end = stop
            yield start, stop


def _end_of_name(text: str, start: int, names: _Names) -> int | None:
    """Where the name of somebody undeclared ends that begins here, or None where it is no such name."""
    if match := _STRANGER.match(text, start):
        return match.end("name") if _is_name(match["name"]) and not _OWN_PART.match(text, match.end("name")) else None
    match = _CAPITALS.match(text, start)
    if match is None:
        return None
    stop = match.end() - 2 if match[0].endswith(("'s", "’s")) else match.end()
    name = text[start:stop]
    if not _is_name(name) or "'s " in name or "’s " in name or _OWN_PART.match(text, stop):
        return None  # "Japan's Canon": the second name is the firm's
    if _OWN_FIGURE.match(text, stop):
        return stop
    if _KIND_OF_FIRM.search(text, max(0, start - 16), start):
        return None if _AS_OBJECT.search(text, max(0, start - 60), start) or _SPEAKS.match(text, stop) else stop
    if _HAS_SO_MUCH.match(text, stop) and _IN_A_ROW.search(text, max(0, start - 12), start) and not any(c.isdigit() for c in name):
        return None if names.is_person(name) else stop
    if any(c.isdigit() for c in name):
        return None  # "the P20 Pro pushed its share": a product
    is_clause = _OPENS.search(text, max(0, start - 8), start) is not None and _DOES.match(text, stop) is not None
    return stop if is_clause and names.is_proper(name) and not names.is_person(name) else None


def _is_name(name: str) -> bool:
    words = [(word[:-2] if word.endswith(("'s", "’s")) else word).lower() for word in name.split()]
    if len(words) == 1 and len(name) > 4 and name.endswith("ed"):
        return False  # "Based on", "Compared with"
    return words[0] not in _COMMON and words[-1] not in _COMMON and not words[0].endswith(("ing", "ly"))
