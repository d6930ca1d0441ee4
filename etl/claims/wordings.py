"""Quantities that are worded: ranks ("No. 2", "second largest"), multiples ("doubled", "threefold") and fractions ("a third of")."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from etl.claims.scan import has_chinese, lower, words_of
from etl.claims.spans import Quantity
from etl.claims.units import unit_after
from etl.model import Bound

_ORDINALS = {w: n for n, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh",
    "eighth", "ninth", "tenth"], 1)}
_CARDINALS = {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)}
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_MULTIPLES = {
    "double": "2",
    "triple": "3",
    "treble": "3",
    "quadruple": "4",
    "quintuple": "5",
    "halve": "0.5",
    "halv": "0.5",
    "doubl": "2",
    "tripl": "3",
    "trebl": "3",
    "quadrupl": "4",
    "quintupl": "5",
}
_VAGUE = {"tens": Decimal(10), "hundreds": Decimal(100), "dozens": Decimal(12), "thousands": Decimal(1000),
    "millions": Decimal(10**6), "billions": Decimal(10**9),
          "lakhs": Decimal(10**5), "crores": Decimal(10**7)}  # fmt: skip
_ORD, _CARD = "|".join(_ORDINALS), "|".join(_CARDINALS)
_LEAD = (
    r"(?P<lead>almost|nearly|about|around|over|more[ ]than"
    r"|approximately|roughly|just[ ]over|less[ ]than|at[ ]least|some|close[ ]to|up[ ]to)?[ ]?"
)
_SUPER = r"(?:-|[ ]{1,4})(?:largest|biggest|most|best|highest|top|leading|place|spot|position|rank(?:ed|ing)?|ranked|slot|fastest|lowest)"
_THING = "plant|factory|store|shop|outlet|showroom|warehouse"
_NOT_BEFORE_A_THING = r"and|or|in|of|the|to|for|most|\w+est|quarter|half|year|month|week|time|phase|stage|wave|generation|party|hand"
_NOT_A_THING = "managers?|owners?|staff|sales|chain|workers?|visits?|openings?|closures?|fronts?|shelves|capacity|location"
WORDING = re.compile(
    rf"""(?<![A-Za-z0-9])(?=[a-z0-9\#’'])(?:
      (?:no\.[ ]?|no[ ]?(?=\d)|(?:(?<=\bis[ ])|(?<=\bwas[ ])|(?<=\bits[ ])|(?<=\bas[ ])|(?<=world's[ ])|(?<![a-z]s[ ]))number[ ]|(?:rank|ranking|position):[ ]?|ranked[ ](?:at[ ])?(?:number[ ]|no\.?[ ]|\#)?|\#)(?P<rank>\d{{1,3}}
          (?!\d|[.,]\d|%)|{_CARD})(?:st|nd|rd|th)?(?![A-Za-z%])
    | (?P<nth>\d{{1,3}})(?:st|nd|rd|th){_SUPER}(?![A-Za-z])
    | (?P<nth_word>{_ORD}){_SUPER}(?![A-Za-z])
    | (?:rank(?:s|ed|ing)?|com(?:es?|ing)|came|plac(?:es?|ed|ing)|finish(?:es|ed|ing)?|position(?:s|ed|ing)|at|in|to|is|was|stands?|stood)
        (?:[ ](?:in|at))?[ ](?:the[ ])?
        (?P<nth_plain>\d{{1,3}})(?:st|nd|rd|th)(?=[ ](?:in|among|after|behind|place|position|globally|worldwide|overall|on|rank|spot|by
        |for|with)(?![a-z])|[.,;]|$)
    | rank(?:s|ed|ing)?[ ](?:(?:the|it|them|him|xiaomi|samsung|apple|huawei|the[ ]company|the[ ]brand)[ ]|(?:at|in)[ ](?:the[ ])?)?(?P<nth_ranked>{_ORD})(?![A-Za-z]|[ ](?:time|quarter|half|year|month|week))
    | (?:drop(?:s|ped|ping)?|fell|falls|falling|fallen|slip(?:s|ped|ping)?|slid|slides|sank|rose|rises|risen|rising|climb(?:s|ed|ing)?|mov(?:es|ed|ing)
        |jump(?:s|ed|ing)?|push(?:es|ed)|leap(?:s|t|ed)?|vault(?:s|ed)|relegat(?:es|ed)|demot(?:es|ed)|bump(?:s|ed)|knock(?:s|ed)|shot|up|down|back)
        [ ](?:it[ ]|back[ ]|up[ ]|down[ ]|one[ ](?:place|spot|position)[ ]|from[ ](?:{_ORD})[ ])?(?:to|into)[ ](?:the[ ])?(?:a[ ]distant[ ])?(?P<nth_moved>{_ORD}|\d{{1,2}}(?:st|nd|rd|th))
        (?=[ ](?:in|among|after|behind|globally|worldwide|overall|with|on|at|by|and|as|place|spot|position|rank)(?![a-z])|[,;:]|\.(?!\d)|$)
    | (?:stands?|stood|sits?|sat|remain(?:s|ed)|stay(?:s|ed)|hold(?:s|ing)?|held|is|was|finish(?:es|ed)|end(?:s|ed))[ ](?:in[ ])?(?:now[ ]|only[ ]|still[ ]|a[ ](?:close|distant|comfortable|strong|solid)[ ])?(?P<nth_stands>{_ORD})
        (?=[ ](?:with[ ]|at[ ]\d|on[ ]\d|place|in[ ]the[ ](?:list|ranking|rankings|market|table|country|region|world)|globally|worldwide)|[,;:][ ](?:with|at)[ ])
    | (?:com(?:es?|ing)|came|plac(?:es?|ed|ing)|finish(?:es|ed|ing)?|position(?:s|ed|ing))(?:[ ](?:in|at))?[ ](?P<nth_placed>{_ORD})
        (?=[ ](?:in|among|after|behind|globally|worldwide|overall|with|only[ ]to|to(?![ ](?:none|last)))(?![a-z])|[,;]|\.(?!\d)|$)
    | (?:is|was|to|at)[ ](?P<nth_behind>{_ORD})(?=[ ](?:behind|after|worldwide|globally|overall|only[ ]to)(?![a-z]))
    | (?:its|their|our|his|her|an?|['’]s|open(?:s|ed|ing)?|inaugurat(?:es|ed|ing)|launch(?:es|ed|ing))[ ](?:the[ ]|its[ ])?
        (?P<nth_thing>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{{1,3}}(?:,\d{{3}})?(?:nd|rd|th|st))
        [ ](?:(?!(?:{_NOT_BEFORE_A_THING})[ ])[A-Za-z][\w’'-]*[ ]){{0,3}}?(?P<thing>{_THING})(?![A-Za-z-]|[ ](?:{_NOT_A_THING})(?![a-z]))
    | top[ -](?P<top>\d{{1,2}}|{_CARD})(?![A-Za-z0-9])
    | {_LEAD}(?:
        (?P<multiple>doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|es|ing|e(?=[ ](?:the|its|their|that|what|last|his|our|to|from|in|on|by|year|sales|shipments|revenue|profit|production|output|over|within|this|next)(?![a-z])|[.,;]|$))(?![A-Za-z0-9-])
      | (?P<folds>{_CARD}|\d+(?:\.\d+)?)[ -]?folds?(?![A-Za-z])
      | (?P<twice>twice|thrice)(?=[ ](?:as|the|that|its|more|what|larger|bigger|in))
      | (?P<above>an?|one|two|three|four|five|six|seven|nine|ten)[ -](?P<below>third|quarter|fourth|fifth|sixth|seventh
          |eighth|ninth|tenth)s?
        (?=[ ](?:of|to|from|in|share|are|were|is|was|more|less)(?![a-z])|[.,;)])
      | (?P<half>half)(?=[ ](?:of|the|its|that|their|are|is|were|was|a[ ]share|all|as|this|his|her|our|people|those
          |these|[a-z]+s)(?![a-z])|[.,;])
      )
    )
    | (?<![A-Za-z0-9-])(?=[thdmblc])(?P<vague>tens|hundreds|dozens|thousands|millions|billions|lakhs|crores)(?:[ ]of[ ]
        (?P<vaguer>thousands|millions|billions|lakhs|crores))?(?=[ ]of[ ](?:[a-z]|[A-Z][a-z])|[ ]more[ ])
    """,
    re.VERBOSE,  # of the text in lower case: twice as quick as without regard to case
)
_HALF_BEFORE = re.compile(r"(?:first|second|third|latter|other|1st|2nd|and[ ]a|a|last|next|this|primary|opening)[ -]$", re.IGNORECASE)
_LEADS = {"almost": Bound.APPROX, "nearly": Bound.APPROX, "about": Bound.APPROX, "around": Bound.APPROX,
    "approximately": Bound.APPROX, "roughly": Bound.APPROX,
          "some": Bound.APPROX, "close to": Bound.APPROX, "over": Bound.GT, "more than": Bound.GT,
          "just over": Bound.GT, "at least": Bound.GT,
          "less than": Bound.LT, "up to": Bound.LT}  # fmt: skip
_EVENT_AFTER = re.compile(
    r"[ -](?:11|12|eleven|twelve|digit|\d{1,2}(?!\d))|[ -](?:camera|lens|rear|check|tap|click|sided?"
    r"|standards?|whammy)|[ -](?-i:A)(?![A-Za-z])|[ ]as[ ](?!much|many|a[ ]share|of)[a-z]",
    re.IGNORECASE,
)
_RATING_BEFORE = re.compile(r"(?<![A-Za-z])(?:Rank|Rating|Zacks)[ ]$")  # "Zacks Rank #2 (Buy)"
_RATING_AFTER = re.compile(r"[ ](?-i:Rank|Rated|Ranked)(?![a-z])|[ ]?\((?:Strong[ ])?(?:Buy|Hold|Sell)\)")


# The words that WORDING can begin with, beside a number.
_BEGINS = frozenset([
    *_ORDINALS, *_CARDINALS, *(f"{c}fold{s}" for c in _CARDINALS for s in ("", "s")), *_VAGUE, "no", "number", "rank", "ranks", "ranked",
    "ranking", "come", "comes", "coming", "came", "place", "places", "placed", "placing", "finish", "finishes", "finished", "finishing",
    "position", "positions", "positioned", "positioning", "at", "in", "to", "is", "was", "stand", "stands", "stood", "its", "their", "our",
    "his", "her", "a", "an", "open", "opens", "opened", "opening", "inaugurates", "inaugurated", "inaugurating", "launch", "launches",
    "launched", "launching", "top", "almost", "nearly", "about", "around", "over", "more", "approximately", "roughly", "just", "less",
    "some", "close", "up", "twice", "thrice", "half",
    *(w for verb in ("drop", "fall", "slip", "slid", "climb", "mov", "jump", "push", "leap", "vault", "relegat", "demot", "bump", "knock", "ris",
                     "remain", "stay", "hold", "sit", "end") for w in (verb, f"{verb}s", f"{verb}es", f"{verb}ed", f"{verb}ing")),
    "dropped", "dropping", "fell", "fallen", "slipped", "slipping", "slides", "sank", "rose", "risen", "leapt", "shot", "down", "back", "held",
    "sat",
    *(f"{stem}{e}" for stem in ("doubl", "tripl", "trebl", "quadrupl", "quintupl", "halv") for e in ("e", "ed", "es", "ing")),
])  # fmt: skip
_PART = re.compile(r"[a-z0-9]+")  # of a run that isn't plain
_SIGN = re.compile(r"[#'’]")
_MOST = 300_000  # words of one text


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What WORDING.finditer gives for the text in lower case."""
    low = lower(text)
    if has_chinese(low):
        yield from WORDING.finditer(low)
        return
    end = 0
    for place in islice(_beginnings(text, low), _MOST):
        if place >= end and (match := WORDING.match(low, place)):
            end = match.end()
            yield match


def _beginnings(text: str, low: str) -> list[int]:
    """Where a wording can begin: each different word is looked at once."""
    has_fold = "fold" in low  # bare digits are worded in "5-fold" alone
    found = [match.start() for match in _SIGN.finditer(low)]
    for word, starts in words_of(text).items():
        if not word.isascii() or "_" in word:
            parts = [match.start() for match in _PART.finditer(word)]
            found += [start + part for start in starts for part in parts]
        elif word in _BEGINS or (word[0] < "a" and (has_fold or not word.isdigit())) or (word[:2] == "no" and word[2:3].isdigit()):
            found += starts
    found.sort()
    return found


def find_wordings(text: str) -> list[Quantity]:
    """The worded quantities of the text, in their order."""
    found: list[Quantity] = []
    for match in _matches(text):
        if (reading := _reading(text, match)) is not None:
            value, unit = reading
            lead = text[match.start("lead") : match.end("lead")] if match["lead"] else ""
            bound = _LEADS.get(lead.lower(), Bound.EXACT)
            start = match.start() + len(lead)
            start += len(text[start : match.end()]) - len(text[start : match.end()].lstrip())
            end = match.end()
            if match["nth_thing"]:
                start, end = match.start("nth_thing"), match.end("nth_thing")
            if unit == "vague":
                found.append(_vague(text, match, value))
                continue
            step = Decimal("0.05") if unit in ("times", "fraction") else Decimal(0)
            found.append(
                Quantity(
                    start=start if match["nth_thing"] else match.start(),
                    end=match.end(),
                    number_start=start,
                    number_end=end,
                    value=value,
                    high=None,
                    unit=unit,
                    currency=None,
                    per=None,
                    bound=bound,
                    rounding=step * (2 if bound is Bound.APPROX else 1),
                    alt=None,
                    is_price_like=False,
                    trap=None,
                    elided=False,
                    lead=lead,
                )
            )
    return found


def _vague(text: str, match: re.Match[str], value: Decimal) -> Quantity:
    """ "thousands of stores": somewhere within the power of ten, and marked so that no claim is made of it."""
    after = unit_after(text, match.end() + 3 if text.startswith(" of", match.end()) else match.end())
    return Quantity(
        start=match.start(), end=after.place if after else match.end(), number_start=match.start(),
            number_end=match.end(), value=value, high=value * 10,
        unit=after.name if after else "", currency=after.name if after and after.currency else None, per=None,
            bound=Bound.RANGE, rounding=value, alt=None,
        is_price_like=False, trap="vague", elided=False, lead="",
    )  # fmt: skip


def _reading(text: str, match: re.Match[str]) -> tuple[Decimal, str] | None:
    for name in ("rank", "nth", "nth_word", "nth_plain", "nth_ranked", "nth_placed", "nth_moved", "nth_stands", "nth_behind", "top"):
        if match[name]:
            if name == "rank" and (_RATING_BEFORE.search(text[max(0, match.start() - 12) : match.start()]) or _RATING_AFTER.match(text, match.end())):
                return None
            number = _count(match[name])
            if name == "nth_placed" and number == 1 and text.startswith(" to ", match.end()):
                return None  # "came first to India"
            return (number, "rank") if 0 < number <= 200 else None
    if match["nth_thing"]:
        number = _count(match["nth_thing"].replace(",", ""))
        return (number, match["thing"].lower()) if number > 1 else None
    if match["multiple"]:
        if _EVENT_AFTER.match(text, match.end()):
            return None
        return Decimal(_MULTIPLES[match["multiple"].lower()]), "times"
    if match["folds"]:
        return _count(match["folds"]), "times"
    if match["twice"]:
        return Decimal(2 if match["twice"].lower() == "twice" else 3), "times"
    if match["below"]:
        above = match["above"].lower()
        if above in ("a", "an", "one") and match["below"].lower() == "quarter" and text[match.end():match.end() + 3] != " of":
            return None
        return Decimal(1 if above in ("a", "an") else _CARDINALS[above]) / _PARTS[match["below"].lower()], "fraction"
    if match["half"]:
        return None if _HALF_BEFORE.search(text[max(0, match.start() - 10) : match.start("half")]) else (Decimal("0.5"), "fraction")
    if match["vague"]:
        return _VAGUE[match["vague"].lower()] * _VAGUE.get((match["vaguer"] or "").lower(), Decimal(1)), "vague"
    return Decimal(2), "times"


def _count(word: str) -> Decimal:
    low = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word.lower())
    return Decimal(_CARDINALS.get(low) or _ORDINALS.get(low) or low)
