"""Neighbours: what two quantities that stand together are: notes and coins, the ends of a range, an amount and its conversion, a number
that leaves its unit to the one before, a cell under "(RMB in millions)"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.claims.spans import Quantity
from etl.claims.units import COUNTED
from etl.model import Bound

_JOIN_RANGE = re.compile(r"[ \u00a0]?(?:-to-|-|–|—|~|～|to|till|至|到|or)[ \u00a0]?", re.IGNORECASE)
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
    r"(?:rang(?:e|es|ed|ing)|starting|priced|anywhere|anything|stretch(?:es|ed|ing)?|span(?:s|ned|ning)?|prices?|vary|varies|varying"
    r"|sizes?)[ ](?:\w+[ ]){0,3}from[ ]?[^\w\s]{0,3}$",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"[ ]?[(（\[][ ]?(?:about|around|approximately|approx\.?|roughly|or|some|nearly|over|equal to"
    r"|equivalent to|~|约|合|约合)?[ ]?$",
    re.IGNORECASE,
)
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


def join_money(text: str, found: list[Quantity]) -> list[Quantity]:
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
                (q.unit in ("CENT", "") or (q.currency == last.currency and q.start < last.end))
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
            if coins and ends and q.trap in (None, "ordinal", "score", "model", "coins"):
                tail = re.compile(r"[ ]?(?:sens?|pence|cents?|paise|[cp])(?![A-Za-z])", re.IGNORECASE).match(text, q.number_end)
                stop = max(tail.end() if tail else 0, q.end)
                out[-1] = replace(last, value=last.value + q.value / 100, end=stop, number_end=q.number_end, rounding=Decimal("0.005"))
                continue
        out.append(q)
    return out


_BY_SO_MUCH = re.compile(r"\bby\s(?:about\s|around\s|nearly\s|some\s|almost\s|over\s|roughly\s)?[$€£¥₹~]?$", re.IGNORECASE)
_WIDE = 2  # times the lower end: a range that is given as one hardly spans more


def join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
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
    elif (
        not _JOIN_RANGE.fullmatch(gap)
        or (gap.strip().lower() == "or" and low.unit == "")
        or (
            _FROM.search(opening)
            and not _RANGING.search(text[max(0, low.start - 40) : low.start])
            and gap.strip().lower() in ("to", "至", "到", "till", "up to")
        )
    ):
        return None
    if (
        low.unit
        and low.unit != high.unit
        and (high.unit or not low.currency)
        and not (low.currency and low.currency == high.currency and low.per is None)
    ):
        return None
    is_wide = high.value * _factor(text, low, high) > _WIDE * low.value
    if gap.strip().lower() == "to" and _BY_SO_MUCH.search(opening) and is_wide and high.unit != "percent":
        return None  # "fell by 16 million to 62 million"
    if low.unit and not between and re.search("to|至|到", gap) and _CHANGES.search(opening):
        return None
    if re.search(r"\.\d+%?$|\d{4}$", text[low.number_start : low.number_end]) and gap.strip() == "or" and low.unit == "":
        return None
    value, rounding = low.value, low.rounding
    factor = _factor(text, low, high)
    if low.currency and low.unit == high.unit and not _is_of_its_size(text, low, high):
        factor = Decimal(1)  # "ranging from $200 to $4 million"
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


def scale_lower_ends(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "from 24.2 to 33 billion euros": the first takes scale and unit of the second, though the two are no range."""
    out = list(found)
    for i in range(len(out) - 1):
        low, high = out[i], out[i + 1]
        if low.trap or high.trap or low.high is not None or text[low.end : high.start].strip() not in ("to", "至", "到"):
            continue
        if low.unit and not (low.currency and low.unit == high.unit and _is_of_its_size(text, low, high)):
            continue
        if not _FROM.search(text[max(0, low.start - 24) : low.start]) or not high.unit or high.unit in ("rank", "fraction", "times"):
            continue
        factor = _factor(text, low, high)
        if low.unit and factor == 1:
            continue
        out[i] = replace(
            low,
            value=low.value * factor,
            rounding=low.rounding * factor,
            unit=high.unit,
            currency=high.currency,
            elided=True,
            is_price_like=high.is_price_like,
        )
    return out


def _is_of_its_size(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether "from $10 to $15 billion" leaves a scale word out; "from $200 to $4 million" doesn't."""
    ratio = low.value * _factor(text, low, high) / high.value if high.value else Decimal(0)
    return Decimal("0.1") <= ratio <= 10


_SCALE_END = re.compile(r"(million|mn|m|billion|bn|b|trillion|tn|thousand|k|crore|cr|lakh|lac|万亿|亿|万)s?$", re.IGNORECASE)
SCALE_WORTH = {"million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "b": 10**9,
    "trillion": 10**12, "tn": 10**12, "thousand": 1000,
                "k": 1000, "crore": 10**7, "cr": 10**7, "lakh": 10**5, "lac": 10**5, "万亿": 10**12, "亿": 10**8, "万": 10**4}  # fmt: skip


def _factor(text: str, low: Quantity, high: Quantity) -> Decimal:
    """The scale that the lower end of a range takes from the upper: "10 to 12 million"."""
    mine, its = (
        _SCALE_END.search(text[low.number_start : low.number_end].rstrip("%")),
        _SCALE_END.search(text[high.number_start : high.number_end].rstrip("%")),
    )
    if mine is None and its is not None and low.value < 1000:
        return Decimal(SCALE_WORTH[its[1].lower()])
    return Decimal(1)


def fill_elided(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers without a unit take that of a neighbour in the sentence: "to 8.2 billion yuan from 5.5 billion", "10 and 9 percent"."""
    out = list(found)
    for i, q in enumerate(out):
        if q.unit or q.trap is not None or text[q.end - 1 : q.end] == "个":  # 网点2000个 counts things, not 人
            continue
        if (after := _next_unit(text, out, i)) is not None:
            out[i] = _take_unit(q, after)
        elif (measured := _measured_before(text, out, i)) is not None:
            out[i] = replace(_take_unit(q, measured), trap=measured.trap)
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
        and (after.unit in ("percent", "percentage point", "basis point") or (after.currency and gap.strip().lower() == "or"))
        and found[i].value < 1000
    ):
        return after
    return None


def _measured_before(text: str, found: list[Quantity], i: int) -> Quantity | None:
    """The measure right before that a number is compared with: "1.1 million bpd from 1.2 million", "5,000 mAh from 4,000"."""
    before = found[i - 1] if i else None
    if before is None or before.trap != "spec" or before.per or found[i].start - before.end > 24:
        return None
    return before if _FROM_TO.search(text[before.end : found[i].start]) and not _BREAK.search(text, before.end, found[i].start) else None


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
        if other.currency and _THING_BEHIND.match(text, q.end):
            continue
        if other.currency and _own_conversion(text, q, other.currency, found[i + 1 :]):
            continue
        if other.currency and _COUNTS_THINGS.search(text[max(0, q.start - 28) : q.start]):
            continue
        if other.currency and not big and q.value == q.value.to_integral_value():
            continue
        return other
    return None


def _own_conversion(text: str, q: Quantity, currency: str, behind: list[Quantity]) -> bool:
    """ "771.3 billion ($1tn)": what its bracket holds is another currency than its own."""
    after = behind[0] if behind else None
    return after is not None and after.currency == currency and _BRACKET.fullmatch(text[q.end : after.start]) is not None


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


_THING_BEHIND = re.compile(r"[\u4e00-\u9fff](?<![至到和与或的左以多余以])")  # 2800万活跃用户
_COUNTS_THINGS = re.compile(r"(?<![a-z])(?:had|has|sold|shipped|delivered)[ ](?:[a-z]+[ ]){0,2}$", re.IGNORECASE)
_FROM_TO = re.compile(r"(?:from|to|than|against|vs\.?|versus)[ ](?:about[ ]|just[ ])?$", re.IGNORECASE)


def _is_big(text: str, q: Quantity) -> bool:
    return _SCALE_END.search(text[q.number_start : q.number_end]) is not None or abs(q.value) >= 10_000


def _take_unit(q: Quantity, other: Quantity) -> Quantity:
    per, base = q.per or other.per, other.unit.partition("/")[0]
    return replace(q, unit=f"{base}/{per}" if per else base, per=per, currency=other.currency, elided=True)


_YUAN_BEFORE = re.compile(
    r"(?:营收|收入|营业额|净利润?|利润|毛利|亏损|盈利|净赚|销售额|研发(?:投入|费用|支出)|投资|融资|估值|费用)(?:约|近|达到?|为|超过?|逾|突破|高达|仅|至|增至|了|人民币)*$"
)


def fill_yuan(text: str, found: list[Quantity]) -> list[Quantity]:
    """营收722亿: an amount that leaves 元 out, where the sentence names no other currency."""
    out = list(found)
    for i, q in enumerate(out):
        if q.unit or q.trap is not None or text[q.number_end - 1 : q.number_end] != "亿" or _HAN_BEHIND.match(text, q.end):
            continue
        line = max(text.rfind("。", 0, q.start), text.rfind("\n", 0, q.start)) + 1
        if _YUAN_BEFORE.search(text[max(line, q.start - 16) : q.start]) and not _FOREIGN.search(text, line, q.end + 40):
            out[i] = replace(q, unit="CNY", currency="CNY", elided=True)
    return out


_FOREIGN = re.compile("美元|港元|韩元|卢比|欧元|日元")
_HAN_BEHIND = re.compile(r"[\u4e00-\u9fff](?<![至到和与或的左以多余，])")


def scale_tables(text: str, found: list[Quantity]) -> list[Quantity]:
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


def pair_conversions(text: str, found: list[Quantity]) -> list[Quantity]:
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
