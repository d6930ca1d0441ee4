"""What sort of thing a number can measure, by its unit and the word behind it."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.spans import Quantity


def class_of(quantity: Quantity) -> str:
    """money, percent, pp, ratio, rank, count: what the number's unit can measure; `other` for what no metric takes."""
    unit = quantity.unit.partition("/")[0]
    if quantity.currency:
        return "money"
    return _CLASSES.get(unit, "count")


_CLASSES = {"percent": "percent", "percentage point": "pp", "basis point": "pp", "times": "ratio", "rank": "rank", "fraction": "other"}


_FUNCTION = frozenset(
    """a about above according across after again against ago all along also although amid among an and annually any are around as at back be because been before being below between but by
    came can combined compare compares compared could did do down due during each earlier either ended ending even every expected for from globally grew had has have he he's her here higher his however i if in including
    increase increased into is it its itself just last late later less like lower may meaning might month months more most much nearly new next no nor not now of off on once one only or our out over
    overall per plus quarter quarterly reached representing respectively rose said same saw says she shipped showing since so sold some still such than thanks that the their them then there these they
    this those though through throughout till times to today together too total under until up upon versus via vs was we were what when where whereas which while who will with within without worldwide
    would year yearly years yesterday yet you your million billion trillion lakh crore mn bn percent annual yoy qoq y-o-y q-o-q decline growth drop fall rise gain""".split()
) - {"who", "new"}
_NEXT_WORD = re.compile(r"[ ](?:[A-Z][\w&]*[ ])?(?:other |new |more |additional |different )?([a-z][a-z-]+)\b")


def counts_another_thing(text: str, quantity: Quantity) -> bool:
    """Whether a count without a known noun has one of its own right behind: `25,000 skills`, `50 cities`."""
    if quantity.unit or quantity.currency:
        return False
    match = _NEXT_WORD.match(text, quantity.number_end)
    return match is not None and match[1] not in _FUNCTION and not match[1].endswith(("ly", "ed", "ing"))
