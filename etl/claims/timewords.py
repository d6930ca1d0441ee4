"""What the rules of time share: their words, the scene that a rule looks at, what it gives, and how it is declared."""



from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from etl.model import Basis, Nature

Days = tuple[date, date]

MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEAR = r"(?:19[89]\d|20[0-4]\d)(?![\d,]?\d|[.]\d|[ ]?%)"
ORD = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|final|last|initial|opening|primary)"
OF_YEAR = (
    rf"(?:[ ,]{{1,2}}(?:of|in|for)?[ ]?(?:the[ ])?(?:calendar[ ](?:year[ ])?|fiscal[ ](?:year[ ])?|FY[ ]?"
    rf"|year[ ])?'?(?P<year>{YEAR})|[ ](?:of|in)?[ ]?(?P<rel>(?:this|last|next|the[ ](?:previous|current|same|prior|preceding)"
    r"|a)[ ](?:fiscal[ ])?year(?:[ ](?:ago|earlier|before))?)|[ ](?:of|in)[ ](?:the[ ])?(?:fiscal[ ])?year(?![- ](?:ended|to)))"
)
COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
COUNTS = {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve"], 1)}
ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "last": 4,
    "initial": 1, "opening": 1, "primary": 1}
HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1}
_FUTURE = re.compile(
    r"\b(?:will|expects?|forecasts?|guid(?:ance|es|ed)|outlook|plans?|aims?|next|coming|upcoming|predicts?"
    r"|projects?|to[ ](?:launch|reach|hit))\b",
    re.IGNORECASE,
)


_PAST = re.compile(  # "will cut its ambitions: its profit fell in the first quarter"
    r"\b(?:after|fell|rose|grew|dropped|declined|shipped|sold|reported|posted|was|were|had|jumped|climbed|slid|slipped|surged|lost|earned|gained|reached|stood|recorded)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a reading may look at beside its own words."""

    text: str
    published: date | None
    match: re.Match[str]
    anchor: Days | None  # the latest period named before, in the same paragraph

    def before(self, reach: int = 40) -> str:
        return self.text[max(0, self.match.start() - reach) : self.match.start()]

    def is_future(self) -> bool:
        start = max(self.text.rfind(". ", 0, self.match.start()), self.text.rfind("\n", 0, self.match.start()),
            self.match.start() - 160, 0)
        last = next(reversed(list(_FUTURE.finditer(self.text, start, self.match.start()))), None)
        return last is not None and _PAST.search(self.text, last.end(), self.match.start()) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    days: Days | None
    how: str = "absolute"
    nature: Nature = Nature.SPAN
    is_comparison: bool = False
    basis: Basis | None = None


Reader = Callable[[Scene], Reading | None]
Need = str | re.Pattern[str]  # a word that stands in every match of a rule, in lower case
RULES: list[tuple[tuple[Need, ...], re.Pattern[str], Reader]] = []
QUARTER_NEEDS = ("q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q")
MONTH_NEEDS = (re.compile(
    r"[jfmasond](?<![a-z].)(?:(?<=j)(?:an(?:uary)?|une?|uly?)|(?<=f)eb(?:ruary)?|(?<=m)a(?:r(?:ch)?|y)|(?<=a)(?:pr(?:il)?|ug(?:ust)?)"
    r"|(?<=s)ept?(?:ember)?|(?<=o)ct(?:ober)?|(?<=n)ov(?:ember)?|(?<=d)ec(?:ember)?)(?![a-z])"
),)  # MON, written so that it's quick to look for
MOST = 3_000  # expressions by one rule in one text: what holds more is no article


def rule(*needs: Need, pattern: str) -> Callable[[Reader], Reader]:
    """A rule that is tried only round its `needs`: each match holds one of them, and nothing of it lies 96 characters away from that."""
    compiled = re.compile(pattern, re.IGNORECASE | re.VERBOSE)

    def add(reader: Reader) -> Reader:
        RULES.append((needs, compiled, reader))
        return reader

    return add


def year_of(scene: Scene, default: int | None = None) -> tuple[int | None, bool, bool]:
    """The year that the words after a quarter or month give: (year, is it said, is it a comparison)."""
    groups = scene.match.groupdict()
    if groups.get("year"):
        return full_year(groups["year"]), True, False
    rel = (groups.get("rel") or "").lower()
    if not rel or scene.published is None:
        return default, False, False
    now = scene.anchor[0].year if scene.anchor and ("before" in rel or "earlier" in rel) else scene.published.year
    if "next" in rel:
        return scene.published.year + 1, True, False
    if "this" in rel or "current" in rel or "same" in rel:
        return scene.published.year, True, False
    return now - 1, True, "ago" in rel or "earlier" in rel or "before" in rel


def full_year(printed: str) -> int:
    year = int(printed.strip("'’"))
    return year if year > 99 else 2000 + year


def count_of(word: str) -> int:
    return COUNTS.get(word.lower()) or int(word)


def begun(days: Callable[[int], Days], scene: Scene) -> Days | None:
    """The latest that has begun by the day of publication; with words of the future the next that hasn't ended."""
    if scene.published is None:
        return None
    year = scene.published.year
    if scene.is_future():
        hardly_over = scene.published - timedelta(days=25)  # "expects a loss for the first half", told in July
        return next(d for d in map(days, (year - 1, year, year + 1, year + 2)) if d[1] >= hardly_over)
    return next(d for d in map(days, (year + 1, year, year - 1, year - 2)) if d[0] <= scene.published)
