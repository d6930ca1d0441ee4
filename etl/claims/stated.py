"""The quantities of a text as a reader would state them: what `figurewatch quantities` prints.

Claims need little of a number's unit: its head noun, and nothing at all of "one area" or "$9 per kilogram". Whoever asks for quantities wants them
in full, so this room takes the reading for claims and completes it:

    "It sold 460 Kia and Hyundai vehicles in one province, for $9 per kilogram." → 460 kia hyundai vehicle · 1 province · 9 USD/kilogram
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from etl.claims.measures import MEASURE
from etl.claims.mixed import join_ends, join_parts, share_measures
from etl.claims.phrases import noun_phrase
from etl.claims.quantities import find_quantities
from etl.claims.spans import Quantity
from etl.claims.units import singular

# What is a quantity, though no figure of a company.
SHOWN = frozenset({
    None, "duration", "spec", "vague", "coins", "audience", "market_move", "valuation", "stake", "coupon", "levy", "benchmark",
    "survey", "economy",
})  # fmt: skip
# What a maker of phones counts goes by its bare name, whatever stands before it ("5G smartphones", "Mi Home stores", "monthly active users").
_BY_HEAD = frozenset(
    ["phone", "smartphone", "handset", "cellphone", "unit", "device", "store", "outlet", "shop", "employee", "user", "customer", "subscriber",
    "patent", "contract", "share", "shipment"]
)  # fmt: skip
_NO_NOUNS = frozenset({"times", "fraction", "rank", "percent", "percentage point", "basis point"})


def stated_quantities(text: str) -> list[Quantity]:
    """The quantities of the text, in their order, with their units in full."""
    out: list[Quantity] = []
    full: dict[str, str] = {}  # the phrase that a head noun stood in last, for numbers that leave it out
    for q in share_measures(text, join_parts(text, find_quantities(text))):
        if q.trap == "idiom" and (one := _one(text, q)) is not None:
            out.append(one)
        elif q.trap in SHOWN:
            out.append(_aged(text, _rated(text, _in_full(text, q, full))))
    return join_ends(text, _of_so_many(text, out))


_OF_MANY = re.compile(r"[ ]of[ ](?:(?:the|its|his|her|their|our|those|these|[A-Z][a-z]+[’']s)[ ])?")


def _of_so_many(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "Seven of the nine justices": seven justices."""
    out = list(found)
    for i, (some, many) in enumerate(pairwise(found)):
        if not some.unit and many.unit and not many.currency and many.trap is None and _OF_MANY.fullmatch(text[some.end : many.start]):
            out[i] = replace(some, unit=many.unit, elided=True)
    return out


_OF_MINE = re.compile(r"[ ]of[ ](?:(?:my|your|his|her|its|our|their|those|these)|[A-Z][A-Za-z]+[’']s)(?=[ ])")
_OF_SOME = re.compile(r"[ ]of[ ](?:the|my|your|his|her|its|our|their|those|these|[A-Z][A-Za-z]+[’']s)(?=[ ])")
_BEST = re.compile(r"[ ](?:very[ ])?(?:most|least|[a-z]{3,}est|best|worst|top|leading|main|few|many)(?![a-z])")
_NO_ONE = re.compile(
    r"(?<![A-Za-z])(?:no|any|the|this|that|every|each|some|another|which|as|day|square|number|same|and|new|good|better|big|other|right|wrong|last|first|next)[ ]$",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"[ ](?:day|another|thing|by|such|who|which|that|can|could|may|might|must|will|would|more|time|or|to|of|in|out|on)(?![a-z])"
)


_ABSTRACT = frozenset(
    ["reason", "thing", "factor", "example", "way", "sign", "indication", "possibility", "cause", "case", "aspect", "caveat", "issue", "step",
    "problem", "challenge", "concern", "question", "answer", "option", "exception", "moment", "point", "side", "sense", "word", "theory", "explanation"]
)  # fmt: skip


def _one(text: str, q: Quantity) -> Quantity | None:
    """ "You have one solution", "one of my local stores": one thing counted; not "one of the best", "no one", "one day"."""
    if (
        q.value != 1
        or text[q.number_start - 1 : q.number_start] == "-"
        or _NO_ONE.search(text[max(0, q.number_start - 12) : q.number_start])
    ):
        return None
    at = q.number_end
    if of := _OF_MINE.match(text, at):
        if _BEST.match(text, of.end()):
            return None
        at = of.end()
    elif _NO_THING.match(text, at):
        return None
    phrase = noun_phrase(text, at, one=at == q.number_end)
    if phrase is None or phrase[0].rpartition(" ")[2] in _ABSTRACT:
        return None
    return replace(q, unit=phrase[0], end=phrase[1], trap=None)


_AFTER_STROKE = re.compile(r"(?:[-‐]|\d [-–] )$")


_CREW = re.compile(r"(?<![a-z])(?:crew|team|staff|squad|audience|panel|jury|class|choir|party)[ ]of[ ](?:about[ ]|around[ ]|some[ ])?$")


def _in_full(text: str, q: Quantity, full: dict[str, str]) -> Quantity:
    """The quantity with its counted noun as it is printed, with the words before it."""
    head = q.unit.partition("/")[0]
    is_counted = (
        head and not q.currency and q.trap in (None, "vague", "audience") and head not in _NO_NOUNS and head not in MEASURE.values()
    )
    if head and (not is_counted or head in _BY_HEAD):
        return q
    if q.elided and _CREW.search(text[max(0, q.start - 24) : q.start]):
        return replace(q, unit="person")  # "20,000 containers and a crew of 25"
    if q.elided:
        return replace(q, unit=full[head] + q.unit[len(head) :]) if head in full else q
    if not head and q.trap is not None and q.trap != "vague":
        return q
    at = q.number_end
    if not head and (q.value == 0 or _AFTER_STROKE.search(text[max(0, q.number_start - 4) : q.number_start])):
        return q  # "a one-for-five bonus issue", "a 20 - 13 victory"
    if text.startswith(" of ", at):
        at += 3 if q.trap == "vague" else 0
        if of := _OF_SOME.match(text, at):
            at = of.end()
    phrase = noun_phrase(text, at, few=abs(q.value) < 100 and q.high is None)
    if phrase is None or (head and not phrase[0].endswith(head)):
        return q
    noun = phrase[0]
    if (last := noun.rpartition(" ")[2]) in _BY_HEAD:
        noun = last
    full[head or noun] = noun
    return replace(q, unit=noun + q.unit[len(head) :], end=max(q.end, phrase[1]))


_PER = re.compile(
    r"(?:[ ]?U\.?S\.?)?[ ]?(?:per[ ](?:(?:full|common|ordinary|diluted|basic|metric|fine|troy)[ ])?|/)([A-Za-z]{2,14})(?![A-Za-z])(?!/)"
)
_SHORT = {
    "mmbtu": "mega british thermal unit",
    "btu": "british thermal unit",
    "boe": "barrel of oil equivalent",
    "shr": "share",
    "bu": "bushel",
}


_AREA = re.compile(r"[ ](?:per|a)[ ](?:square|sq\.?)[ ](foot|ft|inch|metre|meter|m|kilometre|kilometer|km|mile|yard)(?![a-z])")
_CUBIC = re.compile(r"[ ](?:per|a)[ ](?:cubic|cu\.?)[ ](foot|ft|inch|metre|meter|m|yard|centimetre|centimeter)(?![a-z])")


def _rated(text: str, q: Quantity) -> Quantity:
    """The rate that the reader for claims leaves out: "$2.24 per mmBTU", "3 deaths per player"."""
    if not q.unit or "/" in q.unit or " per " in q.unit or q.unit in ("times", "rank", "fraction"):
        return q
    for kind, pattern in (("square", _AREA), ("cubic", _CUBIC)):
        if space := pattern.match(text, q.end):
            return replace(q, unit=f"{q.unit}/{kind} {'metre' if space[1] == 'm' else MEASURE[space[1]]}", end=space.end())
    if (rate := _PER.match(text, q.end)) is None:
        return q
    word = rate[1].lower()
    if word in ("cent", "se", "capita", "diem"):
        return q
    return replace(q, unit=f"{q.unit}/{_SHORT.get(word) or MEASURE.get(word) or singular(word)}", end=rate.end())


_AGE_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:life[ ]expectancy|(?:average|median|mean|retirement|minimum|pension)[ ]age|aged|ages|(?:the|an)[ ]age[ ]of)(?![a-z])[^.,;\d]{0,40}$",
    re.IGNORECASE,
)


def _aged(text: str, q: Quantity) -> Quantity:
    """A bare number that tells an age: "aged 25 to 54", "life expectancy is around 73"."""
    if q.unit or q.trap is not None or not 0 < (q.high or q.value) < 120 or not _AGE_BEFORE.search(text[max(0, q.start - 70) : q.start]):
        return q
    return replace(q, unit="year")
