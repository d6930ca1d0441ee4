"""Quantities: every number of a text with its unit, currency, bound and rounding, and the numbers that only look like one marked as traps.

    "It sold nearly 9 million phones for $2.2 billion (15 billion yuan)."
        → 9000000 phone (approx) · 2200000000 USD = 15000000000 CNY

Numbers are read first, then their units; then neighbours are joined (ranges, conversions in brackets, units left out).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.claims.continental import in_english
from etl.claims.measures import DURATIONS
from etl.claims.neighbours import (
    SCALE_WORTH,
    fill_elided,
    fill_yuan,
    join_money,
    join_ranges,
    pair_conversions,
    scale_lower_ends,
    scale_tables,
)
from etl.claims.numbers import Number, find_numbers, has_number
from etl.claims.percents import mark_percents
from etl.claims.rows_chinese import fill_rows
from etl.claims.spans import Quantity
from etl.claims.traps import trap_of
from etl.claims.units import COUNTED, Unit, rate_after, unit_after, unit_before
from etl.claims.wordings import find_wordings
from etl.claims.wordings_chinese import find_chinese_wordings
from etl.model import Bound

_LEADS: tuple[tuple[Bound, str], ...] = (
    (Bound.GT, r"over|more[ ]than|greater[ ]than|at[ ]least|above|exceed(?:ed|s|ing)?|upwards?[ ]of|no[ ](?:less|fewer)[ ]than"
               r"|not[ ]less[ ]than|in[ ]excess[ ]of|beyond|surpass(?:ed|es|ing)?"
     r"|topp(?:ed|ing)|tops|crossed|crossing|a[ ]minimum[ ]of|minimum|as[ ](?:many|much)[ ]as[ ]or[ ]more[ ]than|better[ ]than"
     r"|more[ ]then|>=?|≥|超过|超|逾|突破|高于|至少|不低于"),
    (Bound.LT, r"under|up[ ]to|less[ ]than|fewer[ ]than|below|at[ ]most|no[ ]more[ ]than|not[ ]more[ ]than|as[ ](?:many|much"
               r"|little|few|low|high)[ ]as|maximum[ ]of|a[ ]maximum[ ]of|short[ ]of|just[ ]under|sub-|<=?|≤"
     r"|不到|不足|低于|最多|少于"),
    (Bound.APPROX, r"about|around|almost|nearly|approximately|approx\.?|roughly|some|circa|close[ ]to|near|an?[ ]estimated"
                   r"|estimated|or[ ]so|in[ ]the[ ](?:region|neighbou?rhood|vicinity)[ ]of|somewhere[ ]around"
     r"|an[ ]average[ ]of[ ]about|just[ ]shy[ ]of|shy[ ]of|~|≈|c\.|ca\.|约|大约|近|接近|将近|大概"),
)  # fmt: skip
_LEAD = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(f"(?P<{bound.value}>{words})" for bound, words in _LEADS)
    + r")[ \u00a0]?(?:an?[ ]|the[ ]|just[ ]|well[ ]|only[ ])?$",
    re.IGNORECASE,
)
_TRAIL_GT = re.compile(r"\+|[ ](?:or|and)[ ](?:more|above|higher|over)(?![a-z])|[ ]?(?:plus)(?![a-z])|以上|多|余", re.IGNORECASE)
_TRAIL_APPROX = re.compile(r"[ ]or[ ]so(?![a-z])|左右|上下", re.IGNORECASE)
_MINUS = re.compile(
    r"(?:^|(?<=[\s(\[:|（：比为率达])|(?<=[oO][yYqQ]))(?:[-−–]|minus[ -]|negative[ ])$|(?:^|(?<=\n))[-−][ ]$", re.IGNORECASE
)
_SIGNS = frozenset("-−– ")
_PRICE = re.compile(
    r"(?:pric(?:e|ed|es|ing)|cost(?:s|ing)?|starts?[ ]at|starting[ ](?:at|from)|sells?[ ]for|retail(?:s|ing)?"
    r"|tag|售价|定价|起售价|MSRP|for[ ]just|below|under|above)(?:[ ][\w’']+){0,3}[ ]?$",
    re.IGNORECASE,
)
_MM = re.compile(r"[ ](?:tall|long|wide|high|deep|away|thick|below|above|from|is|x)(?![a-z])")
_TWO = Decimal(2)


def find_quantities(text: str) -> list[Quantity]:
    """All numbers of the text with their units, in their order; `trap` marks those that are no quantity."""
    if not has_number(text):
        return []
    text = in_english(text)
    found = [_read(text, number) for number in find_numbers(text)]
    found = _with_wordings(_with_wordings(found, find_wordings(text)), find_chinese_wordings(text))
    found = join_money(text, found)
    found = scale_lower_ends(text, join_ranges(text, found))
    found = fill_elided(text, fill_yuan(text, fill_rows(text, found)))
    found = scale_tables(text, found)
    return mark_percents(text, pair_conversions(text, _without_rows(text, found)))


def _without_rows(text: str, found: list[Quantity]) -> list[Quantity]:
    """A row of three bare numbers or more ("Africa 45 50 41") belongs to a table whose heads are elsewhere: no quantities."""
    out: list[Quantity] = []
    row = 0  # how many of the last ones stand in a row
    for index, q in enumerate(found):
        is_bare = q.trap in (None, "year", "model", "elided") and not q.lead and q.high is None and (not q.unit or q.elided)
        goes_on = row > 0 and is_bare and text[found[index - 1].number_end : q.number_start] == " "
        row = row + 1 if goes_on else int(is_bare)
        out.append(q)
        if row == 3:
            out[-3:] = [replace(x, trap=x.trap or "table_row") for x in out[-3:]]
        elif row > 3:
            out[-1] = replace(q, trap=q.trap or "table_row")
    return out


_RESULT = re.compile(
    r"(?<![A-Za-z])(?:loss(?:es)?|profit|income|earnings|result|EBITDA?|cash[ ]flow)(?:[ /]?\(loss\))?"
    r"(?:[ ](?:for|before|after|from|attributable|per)(?:[ ][A-Za-z]+){1,5})?(?:[ ](?:of|was|came[ ]to))?[ ]?:?"
    r"(?:(?:\t|[ ]{2,}+|[ ]*+\|[ ]*+)[^\s|]{0,20}){0,6}[ ]?(?:US\$|HK\$|[$€£¥₹]|RMB|Rs\.?|[A-Z]{3})?[ ]?\($",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\)(?:[ ](?P<scale>million|billion|trillion|crore|lakh)(?![A-Za-z]))?", re.IGNORECASE)


def _ledger(text: str, number: Number) -> Number:
    """ "Net loss (1.2) billion": a result in an accountant's brackets is below zero."""
    if text[number.start - 1 : number.start] != "(" or not number.digits or (closed := _CLOSED.match(text, number.end)) is None:
        return number
    if number.digits.isdigit() and (len(number.digits) < 3 or len(number.digits) == 4) and not closed["scale"]:
        return number  # a footnote or a year
    line = max(text.rfind("\n", 0, number.start) + 1, number.start - 120)
    if not _RESULT.search(text[line : number.start]):
        return number
    worth = Decimal(SCALE_WORTH[closed["scale"].lower()]) if closed["scale"] and number.scale == 1 else Decimal(1)
    return replace(
        number,
        start=number.start - 1,
        end=closed.end(),
        value=-number.value * worth,
        rounding=number.rounding * worth,
        scale=number.scale * worth,
    )


def _read(text: str, number: Number) -> Quantity:
    number = _ledger(text, number)
    behind = number.end + (3 if text.startswith(" de ", number.end) else text.startswith("+", number.end))
    if behind == number.end and (loose := _OR_SO.match(text, number.end)):
        behind = loose.end()
    before, after = unit_before(text, number.start), unit_after(text, behind)
    shorter = _metres(text, number, before)
    if shorter is not number:
        is_metre = number.suffix == "m"
        number, after = shorter, unit_after(text, shorter.end)
        if is_metre:
            after = Unit(name="metre", place=shorter.end + 1, measure=True, glued=True)
    if before is not None and after is not None and after.currency and after.name != before.name and not after.glued:
        after = None
    if before is not None and after is not None and not (after.currency and after.name == before.name):
        after = None
    if after is not None and after.currency and before is None:
        number, after = _late_scale(text, number, after)
    trap = trap_of(text, number, before, after)
    if trap is not None:
        after = None if trap in ("year", "date", "time", "model", "version", "ordinal", "score", "name", "event") else after
    unit = before or after
    first = before.place if before else number.start
    last = after.place if after else number.end
    value = number.value
    if text[first - 1 : first] in _SIGNS and (minus := _MINUS.search(text, max(0, first - 10), first)):
        if before is None or text[minus.start()] != "–":
            value, first = -value, minus.start()
    elif before and text[number.start - 1 : number.start] in ("-", "−"):
        value = -value
    if value < 0 and trap is None and unit is not None and _is_thing(unit):
        trap = "name"  # "COVID -19 tests"
    number_start = (
        before.place
        if before and (before.glued or before.place == number.start - 1)
        else (first if first < number.start and before is None else number.start)
    )
    number_end = after.place if after and after.glued else number.end
    per = None
    if trap is None and (rate := _rate(text, last, unit)) is not None:
        per, last = rate
    bound, lead, first, last = _bound(text, first, last, number)
    rounding = number.rounding * (_TWO if bound is Bound.APPROX else 1)
    money = unit.name if unit and unit.currency and unit.name != "CENT" else None
    return Quantity(
        start=first, end=last, number_start=number_start, number_end=number_end, value=value, high=None, unit=_rated(unit, per),
        currency=money, per=per, bound=bound, rounding=rounding, alt=None, is_price_like=_price_like(text, first, number, money, per),
        trap=trap or _soft_trap(unit, number), elided=False, lead=lead,
    )  # fmt: skip


def _is_thing(unit: Unit) -> bool:
    """Whether the unit is a counted noun, of which there can't be fewer than none."""
    return not (unit.currency or unit.measure) and unit.name not in ("percent", "percentage point", "basis point", "point", "times", "")


_OR_SO = re.compile(r"(?:[ ]or[ ](?:so|more|fewer|thereabouts)|[ -](?:plus|odd))(?=[ ][A-Za-z])", re.IGNORECASE)  # "1,000 or so people"
_OF_PRODUCT = re.compile(r"[ ]of[ ](?:the[ ])?(?:[A-Z0-9][\w+-]*[ ]?){1,4}(?=[ ]?(?:per|every|each|a)[ ])")


def _rate(text: str, last: int, unit: Unit | None) -> tuple[str, int] | None:
    """The rate behind a unit ("units of the Mi 9 a month") or, where the unit is left out, behind the number."""
    if (rate := rate_after(text, last)) is not None:
        return rate if unit is not None or text.startswith((" per ", "/"), last) else None
    product = _OF_PRODUCT.match(text, last, last + 60) if unit is not None else None
    return rate_after(text, product.end() - text[: product.end()].endswith(" ")) if product else None


_LATE_SCALE = re.compile(r"[ ](million|billion|trillion|crore|lakh)(?![A-Za-z])", re.IGNORECASE)


def _late_scale(text: str, number: Number, unit: Unit) -> tuple[Number, Unit]:
    """ "75 USD million": the scale word stands behind the currency."""
    match = _LATE_SCALE.match(text, unit.place)
    if match is None or number.scale > 1:
        return number, unit
    worth = Decimal(SCALE_WORTH[match[1].lower()])
    _, _, fraction = number.digits.partition(".")
    step = Decimal(10) ** -len(fraction) * worth
    return (
        replace(number, end=match.end(), value=number.value * worth, rounding=step / 2, scale=worth, mantissa=number.value),
        replace(unit, place=match.end(), glued=False),
    )


def _rated(unit: Unit | None, per: str | None) -> str:
    name = unit.name if unit else ""
    if not per or not name:
        return name
    return f"{name} per hour" if per == "hour" and unit is not None and unit.measure else f"{name}/{per}"


def _soft_trap(unit: Unit | None, number: Number) -> str | None:
    """Real quantities that never are a figure of a company: durations, measures of devices, coins, readers of the page."""
    if unit is not None and unit.measure:
        return "duration" if unit.name in DURATIONS else "spec"
    if unit is not None and unit.compound and unit.name not in COUNTED:
        return "spec"
    if unit is not None and unit.name in ("CENT", "sen"):
        return "coins"
    if unit is not None and unit.name.rpartition(" ")[2] in ("reader", "pageview", "follower"):
        return "audience"
    return None


def _metres(text: str, number: Number, before: Unit | None) -> Number:
    """ "1.8m tall" are metres, "1.2m phones" millions."""
    if (number.suffix == "mm" and before is None) or (
        number.suffix == "m"
        and before is None
        and (_MM.match(text, number.end) or (not text[: number.start].strip() and not text[number.end :].strip()))
    ):
        return replace(
            number,
            end=number.end - len(number.suffix),
            value=number.mantissa,
            rounding=number.rounding / number.scale,
            scale=Decimal(1),
            suffix="",
        )
    return number


_AMOUNT_OF_CHANGE = re.compile(r"(?:%|percent|per[ ]cent|points?|times|fold|[ ]as)[ ]$", re.IGNORECASE)


def _compares(before: str, lead: str) -> bool:
    """Whether the words are no bound but what a change is measured against: "75% fewer than the 190 million"."""
    low = lead.lower()
    if low.startswith(("above", "below", "over", "under")) and before.lower().endswith(("% ", "cent ")):
        return True  # "67 per cent above the 68 billion of 2016"
    return "than" in low and (low.endswith("than the ") or _AMOUNT_OF_CHANGE.search(before) is not None)


def _bound(text: str, first: int, last: int, number: Number) -> tuple[Bound, str, int, int]:
    window = text[max(0, first - 32) : first]
    if _may_lead(window) and (match := _LEAD.search(window)) and not _compares(window[: match.start()], match[0]):
        place = first - len(window) + match.start()
        return Bound(str(match.lastgroup)), match.group().strip(), place, last
    for at in (number.end, last):
        if match := _TRAIL_GT.match(text, at):
            return Bound.GT, match.group().strip(), first, max(last, match.end())
        if text.startswith(("以下", "以内"), at):
            return Bound.LT, text[at : at + 2], first, max(last, at + 2)
        if match := _TRAIL_APPROX.match(text, at):
            return Bound.APPROX, match.group().strip(), first, max(last, match.end())
    if (number.is_vague and not number.is_words) or (number.is_vague and text[number.start : number.end][-1:] > "\u2e7f"):
        return Bound.GT, "多", first, last
    return Bound.EXACT, "", first, last


_LAST_WORDS = frozenset(
    ["over", "than", "least", "above", "exceed", "exceeds", "exceeded", "exceeding", "of", "beyond", "surpass", "surpassed",
    "surpasses", "surpassing", "topped", "topping", "tops", "crossed", "crossing", "minimum", "under", "sub-", "to", "below",
    "most", "as", "about", "around", "almost", "nearly", "approximately", "approx", "approx.", "roughly", "some", "circa",
    "near", "estimated", "so", "c.", "ca."]
)  # fmt: skip
_FILLERS = frozenset(["a", "an", "the", "just", "well", "only"])  # between a bound and its number
_ENDINGS = (*_LAST_WORDS, *"~≈<>≥≤=")


def _may_lead(window: str) -> bool:
    """A cheap first look: whether the last word before a number can end a bound."""
    words = window.rstrip(" \u00a0").lower()
    head, _, last = words.rpartition(" ")
    if last in _FILLERS:
        return head.endswith(_ENDINGS) or head[-1:] > "\u2e7f"
    last = last.lstrip("(")
    if last == "to":
        return words.endswith(("up to", "close to"))
    return last in _LAST_WORDS or last[-1:] in "~≈<>≥≤=" or last[-1:] > "\u2e7f"


def _price_like(text: str, first: int, number: Number, money: str | None, per: str | None) -> bool:
    if money is None or number.scale > 1000 or per is not None:
        return False
    return (number.scale == 1 and number.value < 200_000) or _PRICE.search(text[max(0, first - 40) : first]) is not None


def _with_wordings(found: list[Quantity], wordings: list[Quantity]) -> list[Quantity]:
    """Wordings ("No. 2", "doubled", "a third of") win over the bare numbers that they hold."""
    if not wordings:
        return found
    merged: list[Quantity] = []
    at = 0
    for wording in wordings:
        while at < len(found) and found[at].number_end <= wording.start:
            merged.append(found[at])
            at += 1
        if at < len(found) and found[at].number_start < wording.start:
            continue
        while at < len(found) and found[at].number_start < wording.end:
            at += 1
        merged.append(wording)
    return merged + found[at:]
