"""Quantities: every number of a text with its unit, currency, bound and rounding, and the numbers that only look like one marked as traps.

    "It sold nearly 9 million phones for $14.7 billion (100 billion yuan)."
        → 9000000 phone (approx) · 14700000000 USD = 100000000000 CNY

Numbers are read first, then their units; then neighbours are joined (ranges, conversions in brackets, units left out).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.claims.numbers import Number, find_numbers, has_number
from etl.claims.spans import Quantity
from etl.claims.traps import trap_of
from etl.claims.units import COUNTED, DURATIONS, Unit, rate_after, unit_after, unit_before
from etl.claims.wordings import find_wordings
from etl.model import Bound

_LEADS: tuple[tuple[Bound, str], ...] = (
    (Bound.GT, r"over|more[ ]than|greater[ ]than|at[ ]least|above|exceed(?:ed|s|ing)?|upwards?[ ]of|no[ ](?:less|fewer)[ ]than"
               r"|not[ ]less[ ]than|in[ ]excess[ ]of|beyond|surpass(?:ed|es|ing)?"
     r"|topp(?:ed|ing)|tops|crossed|crossing|a[ ]minimum[ ]of|minimum|as[ ](?:many|much)[ ]as[ ]or[ ]more[ ]than|better[ ]than"
     r"|more[ ]then|>=?|≥|超过|超|逾|突破|高于|至少|不低于"),
    (Bound.LT, r"under|up[ ]to|less[ ]than|fewer[ ]than|below|at[ ]most|no[ ]more[ ]than|not[ ]more[ ]than|as[ ](?:many|much"
               r"|little|few|low|high)[ ]as|maximum[ ]of|a[ ]maximum[ ]of|short[ ]of|just[ ]under|<=?|≤"
     r"|不到|不足|低于|最多|少于"),
    (Bound.APPROX, r"about|around|almost|nearly|approximately|approx\.?|roughly|some|circa|close[ ]to|near|an?[ ]estimated"
                   r"|estimated|or[ ]so|in[ ]the[ ](?:region|neighbou?rhood|vicinity)[ ]of|somewhere[ ]around"
     r"|an[ ]average[ ]of[ ]about|just[ ]shy[ ]of|shy[ ]of|~|≈|c\.|ca\.|约|大约|近|接近|将近|大概"),
)  # fmt: skip
_LEAD = re.compile(
    r"(?:(?<![A-Za-z])|(?<=^))(?:"
    + "|".join(f"(?P<{bound.value}>{words})" for bound, words in _LEADS)
    + r")[ \u00a0]?(?:an?[ ]|the[ ]|just[ ]|well[ ]|only[ ])?$",
    re.IGNORECASE,
)
_TRAIL_GT = re.compile(r"\+|[ ](?:or|and)[ ](?:more|above|higher|over)(?![a-z])|[ ]?(?:plus)(?![a-z])|以上|多|余", re.IGNORECASE)
_TRAIL_APPROX = re.compile(r"[ ]or[ ]so(?![a-z])|左右|上下", re.IGNORECASE)
_MINUS = re.compile(r"(?:^|(?<=[\s(\[:|]))(?:[-−–]|minus[ -]|negative[ ])$|(?:^|(?<=\n))[-−][ ]$", re.IGNORECASE)
_SIGNS = frozenset("-−– ")
_JOIN_RANGE = re.compile(r"[ \u00a0]?(?:-|–|—|~|～|to|till|至|到|or)[ \u00a0]?", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|介于|anywhere[ ]between)[ ](?:about[ ]|around[ ])?[^\d]{0,4}$", re.IGNORECASE)
_FROM = re.compile(r"(?<![a-z])(?:from|从|由)[ ]?(?:about[ ]|around[ ]|nearly[ ]|over[ ]|just[ ]|up[ ]to[ ])?[^\w\s]{0,3}$", re.IGNORECASE)
_CHANGES = re.compile(
    r"(?<![a-z])(?:by|up|down|rose|risen|fell|fallen|grew|grown|gain(?:s|ed)?|jump(?:s|ed)?|climb(?:s|ed)?|increas(?:e|es|ed"
    r"|ing)|dropp?(?:s|ed)?|declin(?:e|es|ed)|lost|slid|slipped"
    r"|surged|soared|plunged|added|shed|advanced|lifted|higher|lower|growth[ ]of|increase[ ]of|rise[ ]of|增长|下降)[ ]?(?:about"
    r"|around|over|nearly|almost|more[ ]than|an?|some)?[ ]?$",
    re.IGNORECASE,
)
_RANGING = re.compile(
    r"(?:rang(?:e|es|ed|ing)|starting|priced|prices?|vary|varies|varying"
    r"|sizes?)[ ](?:\w+[ ]){0,3}from[ ]?[^\w\s]{0,3}$",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"[ ]?[(（\[][ ]?(?:about|around|approximately|approx\.?|roughly|or|some|nearly|over|equal to"
    r"|equivalent to|~|约|合|约合)?[ ]?$",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:pric(?:e|ed|es|ing)|cost(?:s|ing)?|starts?[ ]at|starting[ ](?:at|from)|sells?[ ]for|retail(?:s|ing)?"
    r"|tag|售价|定价|起售价|MSRP|for[ ]just|below|under|above)(?:[ ][\w’']+){0,3}[ ]?$",
    re.IGNORECASE,
)
_MM = re.compile(r"[ ](?:tall|long|wide|high|deep|away|thick|below|above|from|is|x)(?![a-z])")
_ELIDES = re.compile(
    r"(?:[’']s|had|has|sold|shipped|delivered|from|to|than|against|another|vs\.?|versus|with|at|of|by|reach(?:ed|ing)?|hit(?:ting)?|exceed(?:ed|ing)?|expected"
    r"|over|and|or|granted|while|,|;|\(|于|到|至|为|达)[ ]?"
    r"(?:about|around|some|nearly|almost|over|just|roughly|approximately|an?|the|more[ ]than)?[ ]?$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.!?。！？][\s”’\"]|\n|[。！？]")
_TABLE = re.compile(
    r"\((?P<currency>RMB|CNY|US\$|USD|INR|Rs\.?|HK\$|KRW|EUR|€|\$|₹|人民币)?[ ]?(?:in[ ])?(?P<scale>thousands?"
    r"|millions?|billions?|crores?|lakhs?|百万元|亿元|万元|千元)(?:[ ]of[ ][\w ]+)?[^)\d]{0,24}\)",
    re.IGNORECASE,
)
_TABLE_SCALE = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "crore": 10**7,
    "lakh": 10**5,
    "百万元": 10**6,
    "亿元": 10**8,
    "万元": 10**4,
    "千元": 10**3,
}
_TABLE_CODE = {"rmb": "CNY", "cny": "CNY", "us$": "USD", "usd": "USD", "inr": "INR", "rs": "INR", "rs.": "INR",
    "hk$": "HKD", "krw": "KRW", "eur": "EUR",
               "€": "EUR", "$": "USD", "₹": "INR", "人民币": "CNY"}  # fmt: skip
_TWO = Decimal(2)


def find_quantities(text: str) -> list[Quantity]:
    """All numbers of the text with their units, in their order; `trap` marks those that are no quantity."""
    if not has_number(text):
        return []
    found = [_read(text, number) for number in find_numbers(text)]
    found = _with_wordings(found, find_wordings(text))
    found = _join_money(text, found)
    found = _scale_lower_ends(text, _join_ranges(text, found))
    found = _fill_elided(text, found)
    found = _scale_tables(text, found)
    return _pair_conversions(text, found)


def _read(text: str, number: Number) -> Quantity:
    before, after = unit_before(text, number.start), unit_after(text, number.end + text.startswith("+", number.end))
    shorter = _metres(text, number, before)
    if shorter is not number:
        number, after = shorter, unit_after(text, shorter.end)
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


_OF_PRODUCT = re.compile(r"[ ]of[ ](?:the[ ])?(?:[A-Z0-9][\w+-]*[ ]?){1,4}(?=[ ]?(?:per|every|each|a)[ ])")


def _rate(text: str, last: int, unit: Unit | None) -> tuple[str, int] | None:
    """The rate behind a unit ("units of the Mi 5 per month") or, where the unit is left out, behind the number."""
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
    worth = Decimal(_SCALE_WORTH[match[1].lower()])
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
    """Real quantities that never are a figure of a company: durations, measures of devices, "thousands"."""
    if unit is not None and unit.measure:
        return "duration" if unit.name in DURATIONS else "spec"
    return None


def _metres(text: str, number: Number, before: Unit | None) -> Number:
    """ "1.8m tall" are metres, "1.2m phones" millions."""
    if (
        (number.suffix == "mm"
        and before is None)
        or (number.suffix == "m"
        and before is None
        and (_MM.match(text, number.end) or (not text[: number.start].strip() and not text[number.end :].strip())))
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


def _bound(text: str, first: int, last: int, number: Number) -> tuple[Bound, str, int, int]:
    window = text[max(0, first - 32) : first]
    if _may_lead(window) and (match := _LEAD.search(window)):
        place = first - len(window) + match.start()
        return Bound(str(match.lastgroup)), match.group().strip(), place, last
    for at in (number.end, last):
        if match := _TRAIL_GT.match(text, at):
            return Bound.GT, match.group().strip(), first, max(last, match.end())
        if match := _TRAIL_APPROX.match(text, at):
            return Bound.APPROX, match.group().strip(), first, max(last, match.end())
    if (number.is_vague and not number.is_words) or (number.is_vague and text[number.start : number.end][-1:] > "\u2e7f"):
        return Bound.GT, "多", first, last
    return Bound.EXACT, "", first, last


_LAST_WORDS = frozenset(
    ["over", "than", "least", "above", "exceed", "exceeds", "exceeded", "exceeding", "of", "beyond", "surpass",
    "surpassed", "surpasses", "surpassing", "topped", "topping", "tops", "crossed", "crossing", "minimum", "under",
    "to", "below", "most", "as", "about", "around", "almost", "nearly", "approximately", "approx", "approx.",
    "roughly", "some", "circa", "near", "estimated", "so", "c.", "ca.", "a", "an", "the", "just", "well", "only"]
)


def _may_lead(window: str) -> bool:
    """A cheap first look: whether the last word before a number can end a bound."""
    last = window.rstrip(" \u00a0").rpartition(" ")[2].lstrip("(").lower()
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


def _join_money(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "20 rupees 43", "$20 and 43c": notes and coins are one amount."""
    out: list[Quantity] = []
    for q in found:
        last = out[-1] if out else None
        gap = text[last.end : q.number_start] if last else ""
        if (
            last
            and last.currency
            and last.high is None
            and gap.strip().lower() in ("", "and")
            and last.value == last.value.to_integral_value()
            and last.end <= q.number_start
        ):
            coins = (
                q.unit in ("CENT", "")
                and not q.elided
                and 0 < q.value < 100
                and q.value == q.value.to_integral_value()
                and last.value < 1000
            )
            ends = q.unit == "CENT" or re.match(
                r"[ ]?(?:sens?|pence|cents?|paise|c|p)?(?:[.,;]"
                r"|$)",
                text[q.number_end : q.number_end + 8].strip(" ") or ".",
                re.IGNORECASE,
            )
            if coins and ends and q.trap in (None, "ordinal", "score"):
                tail = re.compile(r"[ ]?(?:sens?|pence|cents?|paise|[cp])(?![A-Za-z])", re.IGNORECASE).match(text, q.number_end)
                stop = max(tail.end() if tail else 0, q.end)
                out[-1] = replace(last, value=last.value + q.value / 100, end=stop, number_end=q.number_end, rounding=Decimal("0.005"))
                continue
        out.append(q)
    return out


def _join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    out: list[Quantity] = []
    for q in found:
        if out and (joined := _range(text, out[-1], q)) is not None:
            out[-1] = joined
        else:
            out.append(q)
    return out


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The two as one range, where the words between and before them say so."""
    if low.high is not None or high.high is not None or "rank" in (low.unit, high.unit) or "fraction" in (low.unit, high.unit):
        return None
    soft = (None, "duration", "spec", "score")
    if low.trap not in soft or high.trap not in soft:
        return None
    begin = high.start if high.lead == "" or high.start <= high.number_start else high.number_start
    gap = text[low.end : begin]
    opening = text[max(0, low.start - 24) : low.start]
    between = _BETWEEN.search(opening) is not None
    if gap == "" and text[high.number_start - 1 : high.number_start] in "-–":
        gap = "-"
    if high.value < 0 and gap in ("", " "):
        high, gap = replace(high, value=-high.value), "-"
    if between and gap.strip().lower() in ("and", "to", "-", "–"):
        pass
    elif not _JOIN_RANGE.fullmatch(gap) or (gap.strip().lower() == "or" and low.unit == "") or (
        _FROM.search(opening)
        and not _RANGING.search(text[max(0, low.start - 40) : low.start])
        and gap.strip().lower() in ("to", "至", "到", "till")
    ):
        return None
    if (
        low.unit
        and low.unit != high.unit
        and (high.unit or not low.currency)
        and not (low.currency and low.currency == high.currency and low.per is None)
    ):
        return None
    if low.unit and not between and re.search("to|至|到", gap) and _CHANGES.search(opening):
        return None
    if re.search(r"\.\d+%?$|\d{4}$", text[low.number_start : low.number_end]) and gap.strip() == "or" and low.unit == "":
        return None
    value, rounding = low.value, low.rounding
    factor = _factor(text, low, high)
    if low.unit == "" or low.unit == high.unit:
        value, rounding = value * factor, rounding * factor
    if value >= high.value or (low.value <= 0 and low.unit == high.unit == ""):
        return None
    trap = high.trap if high.trap != "score" else None
    return replace(
        high, start=low.start, number_start=low.number_start, value=value, high=high.value, rounding=max(rounding,
            high.rounding), bound=Bound.RANGE,
        unit=high.unit or low.unit, currency=high.currency or low.currency, per=high.per or low.per, lead=low.lead, trap=trap,
        is_price_like=high.is_price_like or low.is_price_like,
    )  # fmt: skip


def _scale_lower_ends(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "from 24.2 to 33 billion euros": the first takes scale and unit of the second, though the two are no range."""
    out = list(found)
    for i in range(len(out) - 1):
        low, high = out[i], out[i + 1]
        if low.trap or high.trap or low.unit or low.high is not None or text[low.end : high.start].strip() not in ("to", "至", "到"):
            continue
        if not _FROM.search(text[max(0, low.start - 24) : low.start]) or not high.unit or high.unit in ("rank", "fraction", "times"):
            continue
        factor = _factor(text, low, high)
        out[i] = replace(low, value=low.value * factor, rounding=low.rounding * factor, unit=high.unit,
            currency=high.currency, elided=True)
    return out


_SCALE_END = re.compile(r"(million|mn|m|billion|bn|b|trillion|tn|thousand|k|crore|cr|lakh|lac|万亿|亿|万)s?$", re.IGNORECASE)
_SCALE_WORTH = {"million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "b": 10**9,
    "trillion": 10**12, "tn": 10**12, "thousand": 1000,
                "k": 1000, "crore": 10**7, "cr": 10**7, "lakh": 10**5, "lac": 10**5, "万亿": 10**12, "亿": 10**8, "万": 10**4}  # fmt: skip


def _factor(text: str, low: Quantity, high: Quantity) -> Decimal:
    """The scale that the lower end of a range takes from the upper: "10 to 12 million"."""
    mine, its = (
        _SCALE_END.search(text[low.number_start : low.number_end].rstrip("%")),
        _SCALE_END.search(text[high.number_start : high.number_end].rstrip("%")),
    )
    if mine is None and its is not None and low.value < 1000:
        return Decimal(_SCALE_WORTH[its[1].lower()])
    return Decimal(1)


def _fill_elided(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers without a unit take that of a neighbour in the sentence: "to 6.1 billion yuan from 3.97 billion", "10 and 9 percent"."""
    out = list(found)
    for i, q in enumerate(out):
        if q.unit or q.trap is not None:
            continue
        if (after := _next_unit(text, out, i)) is not None:
            out[i] = _take_unit(q, after)
        elif noun := _subject(text, next((o.end for o in reversed(out[max(0, i - 6) : i]) if not o.unit.startswith("perc")), 0), q):
            out[i] = replace(q, unit=noun, elided=True)
        elif (before := _earlier_unit(text, out, i)) is not None:
            out[i] = _take_unit(q, before)
    return out


_LIST_GAP = re.compile(r"[ ]?(?:,|and|or|to|、|和|与|/|,[ ]?and)[ ]?", re.IGNORECASE)


def _next_unit(text: str, found: list[Quantity], i: int) -> Quantity | None:
    if i + 1 >= len(found):
        return None
    after = found[i + 1]
    gap = text[found[i].end : after.start]
    if (
        after.unit
        and after.trap is None
        and _LIST_GAP.fullmatch(gap)
        and after.unit in ("percent", "percentage point", "basis point")
        and found[i].value < 1000
    ):
        return after
    return None


def _earlier_unit(text: str, found: list[Quantity], i: int) -> Quantity | None:
    q = found[i]
    if not _ELIDES.search(text[max(0, q.start - 28) : q.start]) and not q.lead:
        return None
    big = _is_big(text, q)
    for j in range(i - 1, max(-1, i - 5), -1):
        other = found[j]
        if _BREAK.search(text, other.end, q.start) or q.start - other.end > 160:
            return None
        if other.trap is not None or not other.unit or other.unit in ("rank", "fraction", "times", "CENT"):
            continue
        if other.unit in ("percent", "percentage point"):
            if not big and q.value <= 100 and _FROM_TO.search(text[max(0, q.start - 20) : q.start]) and q.start - other.end < 40:
                return other
            continue
        if other.currency and _COUNTS_THINGS.search(text[max(0, q.start - 28) : q.start]):
            continue
        if other.currency and not big and q.value == q.value.to_integral_value():
            continue
        return other
    return None


_SUBJECT = re.compile(r"(?<![A-Za-z])(?:([A-Za-z]+)[ ]base(?![A-Za-z]|[ ]station)|(base[ ]station)s|([A-Za-z]{3,})s(?![A-Za-z]))")
_REACHES = re.compile(
    r"(?<![a-z])(?:to|at|reach(?:ed|es|ing)?|was|were|is|are|exceed(?:ed|s|ing)?|hit|total(?:l?ed|s|ling)?|of|stood[ ]at|达"
    r"|为)[ ](?:a[ ](?:total|record)[ ](?:of[ ])?|only[ ]|just[ ]|about[ ])?$",
    re.IGNORECASE,
)


def _subject(text: str, since: int, q: Quantity) -> str | None:
    """The counted noun of the clause before: "its customer base stood at 440 million", "employees numbered 13,000"."""
    if not (_is_big(text, q) or q.value >= 1000) or not (_REACHES.search(text[max(0, q.start - 30) : q.start]) or q.lead):
        return None
    clause = text[max(since, q.start - 90) : q.start]
    breaks = [m.end() for m in _BREAK.finditer(clause)]
    nouns = [
        m
        for m in _SUBJECT.finditer(clause, breaks[-1] if breaks else 0)
        if m[1] or m[2] or (m[3].lower() in COUNTED and m[3].lower() not in ("share", "shipment", "point"))
    ]
    if not nouns:
        return None
    last = nouns[-1]
    return (last[1] or last[2] or last[3]).lower()


_COUNTS_THINGS = re.compile(r"(?<![a-z])(?:had|has|sold|shipped|delivered)[ ](?:[a-z]+[ ]){0,2}$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?:from|to|than|against|vs\.?|versus)[ ](?:about[ ]|just[ ])?$", re.IGNORECASE)


def _is_big(text: str, q: Quantity) -> bool:
    return _SCALE_END.search(text[q.number_start : q.number_end]) is not None or abs(q.value) >= 10_000


def _take_unit(q: Quantity, other: Quantity) -> Quantity:
    per, base = q.per or other.per, other.unit.partition("/")[0]
    return replace(q, unit=f"{base}/{per}" if per else base, per=per, currency=other.currency, elided=True)


def _scale_tables(text: str, found: list[Quantity]) -> list[Quantity]:
    """Cells below or beside "(RMB in millions)" are that many yuan."""
    headers = list(_TABLE.finditer(text))
    if not headers:
        return found
    out, at = [], -1
    for q in found:
        while at + 1 < len(headers) and headers[at + 1].end() <= q.start:
            at += 1
        if at >= 0 and q.trap is None and not q.unit and not _is_scaled(text, q) and "\n\n" not in text[headers[at].end() : q.start]:
            head = headers[at]
            worth = Decimal(_TABLE_SCALE[head["scale"].lower().rstrip("s")])
            code = _TABLE_CODE.get((head["currency"] or "").lower()) or ("CNY" if head["scale"].endswith("元") else None)
            q = replace(q, value=q.value * worth, rounding=_printed_step(text, q) * worth / 2, unit=code or "", currency=code, elided=True)
        out.append(q)
    return out


def _is_scaled(text: str, q: Quantity) -> bool:
    return _SCALE_END.search(text[q.number_start : q.number_end]) is not None


def _printed_step(text: str, q: Quantity) -> Decimal:
    _, _, fraction = text[q.number_start : q.number_end].partition(".")
    return Decimal(10) ** -len(fraction) if fraction.isdigit() else Decimal(1)


def _pair_conversions(text: str, found: list[Quantity]) -> list[Quantity]:
    """Mark the amount in brackets as the second reading of the amount before it."""
    out = list(found)
    for i in range(1, len(out)):
        one, two = out[i - 1], out[i]
        if not two.currency or two.trap or one.trap or two.currency == one.currency:
            continue
        gap = text[one.end : two.start]
        slash = re.fullmatch(r"[ ]?(?:/|or|,?[ ]or[ ](?:about|around)?)[ ]?", gap) is not None
        if not _BRACKET.fullmatch(gap) and not (slash and one.currency):
            continue
        if one.currency is None and (one.unit or two.bound is Bound.RANGE):
            continue
        out[i] = replace(two, alt=i - 1)
        if one.currency:
            out[i - 1] = replace(one, alt=i)
    return out
