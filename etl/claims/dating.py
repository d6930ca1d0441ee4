"""Period, basis and comparison of a figure: named near it, else in its sentence, else what went before."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from etl.claims.carried import carried_time, months_to
from etl.claims.changes import basis_of, comes_from, has_direction, is_multi
from etl.claims.changes_chinese import leads_to
from etl.claims.classes import class_of
from etl.claims.compose import Draft
from etl.claims.dating_chinese import dated_by_row, dated_in_chinese
from etl.claims.measure_chinese import is_chinese
from etl.claims.sentences import side_clauses
from etl.claims.spans import Quantity, TimeExpression
from etl.claims.spoken import QUARTERLY, YEARLY, loosely, spoken_of
from etl.claims.state import Line, State
from etl.claims.timing import (
    as_of,
    at_a_point,
    by_months,
    compares,
    dates_an_event,
    earlier,
    is_ahead,
    is_too_short,
    is_topical,
    nearest,
    quarter_before,
    quarter_ending,
    shift_back,
    shift_years,
)
from etl.claims.voice import is_consensus
from etl.model import Basis, Kind, Nature, Period, Unit
from etl.spec.metrics import MetricSpec

_THEN = re.compile(r"\b(?:where|when|had|in which)\b", re.IGNORECASE)
_WAS = re.compile(r"^,?\s(?:(?:it|they|he|the company)\s)?(?:was|were|held|stood|counted|sold|shipped|made|took|had)\b[^,;.]{0,60}$|^\s(?:with|at)\s(?:about\s|over\s|only\s)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|following|on the back of|thanks to|on the heels of|having|encouraged by|buoyed by|given)\b", re.IGNORECASE)
def time_of(
    text: str, draft: Draft, line: Line, state: State, drafts: Sequence[Draft], left: int, right: int, published: date | None
) -> None:
    """Period, basis, and what a change is compared with."""
    quantity, metric = draft.quantity, draft.metric
    mains = _candidates(text, draft, line, published)
    near = nearest([t for t in line.times if t in mains or compares(text, t)], quantity.start, quantity.end, left, right, text)
    is_han = is_chinese(text, quantity)
    if not is_han and metric.stock and published and draft.change.role != "change" and (now_word := _NOW.match(text[quantity.end : right])):
        draft.period, draft.why["period"] = as_of(published), f"stock: {now_word[0].strip()}"
        return
    if is_han and dated_by_row(text, draft, line.quantities):
        return
    if is_han and dated_in_chinese(text, draft, line.times, near, drafts, published):
        return
    aside = [(a, b) for a, b in side_clauses(text, *draft.sentence) if not a <= quantity.start < b]
    told = [d for d in drafts if not any(a <= d.quantity.start < b for a, b in aside)]
    now = next((d for d in reversed(told) if d.change.role != "before" or (is_han and _names_its_time(d))), None)
    is_old_aim = (
        draft.change.role == "before" and _AIM_FROM.search(text[max(draft.sentence[0], quantity.start - 60) : quantity.start]) is not None
    )
    if draft.change.role == "before" and now is not None and not is_old_aim:
        if is_consensus(text, *draft.sentence, quantity.start, quantity.end):
            draft.period, draft.why["period"] = now.period, "what was expected of it"
            return
        _before(draft, now, near)
        return
    if draft.change.role == "level" and not is_han and (then := _then(text, draft, line, state, left, right, drafts)):
        draft.period, draft.why["period"] = then
        return
    is_plain = draft.change.role == "level" and not is_han and now is not None and now.why.get("period", "").startswith("then: ")
    if is_plain and now and re.fullmatch(r"(?:(?!become|now|today|this)[^,;.)]){0,40}", text[now.quantity.end : quantity.start]):
        draft.period, draft.why["period"] = now.period, now.why["period"]  # "it was fourth a year ago with 28 million"
        return
    _own_time(text, draft, line, state, now, mains, near, left, right, published)
    if is_han and draft.period is None and drafts and draft.measure.rule == "sibling" and drafts[-1].metric.stock:
        draft.period, draft.why["period"] = drafts[-1].period, drafts[-1].why.get("period", "")
    if draft.period is not None:
        draft.period = by_months(draft.period)
    elif not drafts and not is_han and (named := _named_before(draft, line)) is not None:
        draft.period, draft.why["period"] = named, "named in the sentence"
    else:
        carried_time(text, draft, state, published, line.sentence.paragraph)
    if (
        draft.change.role == "before" and not is_old_aim
    ):  # "fell from 19.8 to 15.7 per cent": the level of a year before, unless its own time is said
        _before(draft, draft, near if near and near.start >= quantity.end else None)
    if draft.period is not None and metric.stock and metric.name not in ("rank",) and draft.change.role != "change":
        draft.period = at_a_point(draft.period)
    if is_han and draft.period is not None and metric.stock and published and is_ahead(draft.period, published):
        draft.period = as_of(draft.period.last)  # 三年内: by then
    if draft.change.role == "change":
        _basis(text, draft, line, left, right, near, published)


_NOW = re.compile(r"^(?:\s[\w-]+){0,2}?\s(?:now|at present|currently|today)\b", re.IGNORECASE)


def _names_its_time(draft: Draft) -> bool:
    return draft.why.get("period", "").startswith("named: ")


_IN_PASSING = re.compile(
    r"\b(?:after|following|before|despite|unlike|until|till)\s(?:an?\s|the\s|its\s)?(?:(?:weak|strong|slow|poor|good|difficult|record)\s)?$",
    re.IGNORECASE,
)
_AT_THE_START = re.compile(r"\b(?:at|around|towards?|since|near|before) the (?:start|beginning|turn|dawn|outset) of\s$", re.IGNORECASE)  # a point, no stretch
_MOST = re.compile(r"\b(?:most|best|worst|first|\w+est)\b[^,.;]{0,30}\ssince\b[^,.;]{0,40}$", re.IGNORECASE)  # "the most since 1995": no sum
_YEARS = re.compile(r"(?:past|last)\s\w+\syears\b", re.IGNORECASE)  # how long something has grown: its basis, not its time
_AIM_FROM = re.compile(
    r"\b(?:goal|target|forecast|guidance|outlook|estimate|projection|aim)s?\b(?:\s[\w.$-]+){0,9}?\sfrom\s(?:about\s|around\s)?$",
    re.IGNORECASE,
)


def _candidates(text: str, draft: Draft, line: Line, published: date | None) -> list[TimeExpression]:
    """The times of the sentence that a figure can be about: none that is merely compared with, or that dates something else."""
    quantity, metric = draft.quantity, draft.metric
    aside = side_clauses(text, *draft.sentence)
    mains = [
        t
        for t in line.times
        if not compares(text, t)
        and t.period
        and (t.period.nature is not Nature.CUM or _cumulates(metric))
        and (t.period.nature is not Nature.ASOF or metric.stock or metric.unit is Unit.PERCENT or _cumulates(metric))
        and not dates_an_event(text, t)
        and not (t.period.nature is Nature.CUM and _MOST.search(text[max(draft.sentence[0], t.start - 90) : t.start]))
        and not _IN_PASSING.search(text[max(draft.sentence[0], t.start - 24) : t.start])
        and not ((not metric.stock or (metric.name == "rank" and re.search("[“\"]", text[quantity.end : t.start]))) and _AT_THE_START.search(text[max(draft.sentence[0], t.start - 28) : t.start]))
        and not (t.how == "event" and metric.unit is not Unit.UNITS)
        and (metric.stock or not is_too_short(t.period) or 0 <= t.start - quantity.end < 12)
        and not _of_another(text, t, quantity, line)
        and not any(a <= t.start < b and not a <= quantity.start < b for a, b in aside)
    ]
    if draft.change.role == "change":
        mains = [t for t in mains if not _lies_ahead(text, t, quantity, published) and not _YEARS.match(text, t.start)]
        mains = [t for t in mains if not (t.how == "relative" and t.period and t.period.nature is Nature.CUM)]  # "halved since last year"
    return mains


def _own_time(
    text: str,
    draft: Draft,
    line: Line,
    state: State,
    now: Draft | None,
    mains: Sequence[TimeExpression],
    near: TimeExpression | None,
    left: int,
    right: int,
    published: date | None,
) -> None:
    """The time said in the number's stretch, else that of the figure before it, else one of its sentence."""
    quantity, metric, paragraph = draft.quantity, draft.metric, line.sentence.paragraph
    start, end = draft.sentence
    if match := _FULL_YEAR.search(text[max(start, quantity.start - 50) : quantity.start]):
        draft.period, draft.why["period"] = loosely(text, start, quantity.start, state, published, paragraph, start) or (None, f"named loosely: {match[0]}")
        if draft.period:
            return
    turn = _TURNS.search(text, quantity.end, end)
    bracket = text.find(" (", quantity.end, end)
    opening, closing = start if now is None else left, min(right, quantity.end + 40, turn.start() if turn else end, bracket if bracket > 0 else end)
    if re.fullmatch(r"\s?(?:%|percent|per cent)?\s(?:to|or)\s(?:about\s|over\s)?", text[quantity.end : right]):
        closing = min(end, right + 40)  # "10 percent to 115 million in the year"
    is_said = now is not None and (YEARLY.within(text, left, quantity.start) or YEARLY.within(text, quantity.end, closing) or QUARTERLY.within(text, quantity.end, closing)) is not None
    time = near if near in mains else nearest(mains, quantity.start, quantity.end, left, right, text)
    if time is None and now is not None and not is_said and _shares_time(text, draft, now, mains, left, published):
        draft.period, draft.why["period"] = now.period, now.why["period"]
        if draft.period and draft.period.nature is Nature.ASOF and not metric.stock and not metric.name.startswith("patents_"):
            draft.period = Period.parse(draft.period.label.partition(":")[2])
    elif time is None and (loose := _in_its_year(loosely(text, opening, closing, state, published, paragraph, quantity.end), now)):
        draft.period, draft.why["period"] = loose
    elif time is None and (metric.name != "rank" or len({t.period.label for t in mains if t.period}) == 1):
        is_bound = metric.stock and metric.name != "rank"
        wide = [
            t for t in mains if not _is_across(text, quantity, t) and ";" not in text[t.end : quantity.start] and (not is_bound or t.start < right or _is_of_all(quantity, t, line))
        ]
        time = nearest(wide, quantity.start, quantity.end, start, end, text)
    if time and time.period and time.period.first and published and _SINCE_THEN.search(text, time.end, max(time.end, quantity.start)):
        draft.period, draft.why["period"] = months_to(time.period, published), f"since: {text[time.start : time.end]}"
    elif time and time.period:
        draft.period, draft.why["period"] = _the_next(text, time, state, published) or time.period, f"named: {text[time.start : time.end]}"
    if draft.period is None and (loose := loosely(text, start, turn.start() if turn else end, state, published, paragraph, quantity.end)):
        draft.period, draft.why["period"] = loose


def _in_its_year(loose: tuple[Period, str] | None, now: Draft | None) -> tuple[Period, str] | None:
    """`over the whole year`, behind a figure of a quarter: that quarter's year, where the text has named none."""
    quarter = _quarter_of([now]) if now is not None else None
    if loose is None or quarter is None or loose[0].label != str(loose[0].last.year) or now is None or not _names_its_time(now):
        return loose
    return (Period.parse(str(quarter.last.year)), loose[1]) if quarter.last.year < loose[0].last.year else loose


def _the_next(text: str, time: TimeExpression, state: State, published: date | None) -> Period | None:
    """What `the next quarter` is to a firm that tells its results: the one behind those, which may have begun; and `this quarter` to a report."""
    lead = state.lead
    if published is not None and _THIS_QUARTER.fullmatch(text, time.start, time.end) and state.is_market_report and _HAS_BEEN.search(text, time.end, min(len(text), time.end + 60)):
        return quarter_before(published)  # told in May: "this quarter, Apple lost 13 percent" of its shipments
    if published is None or lead is None or lead.nature is not Nature.SPAN or not 80 < (lead.days or 0) < 100:
        return None
    if not (state.is_results or state.is_market_report) or not _NEXT_QUARTER.search(text, time.start, time.end) or not 0 <= (published - lead.last).days < 75:
        return None
    return quarter_before(lead.last + timedelta(days=120))


_HAS_BEEN = re.compile(r"\b(?:lost|fell|grew|rose|shipped|sold|dropped|declined|gained|was|were|had|saw|held|captured|led|came|took|reached|slipped|increased|decreased)\b")
_THIS_QUARTER = re.compile(r"this quarter", re.IGNORECASE)
_NEXT_QUARTER = re.compile(r"\bnext (?:quarter|three months)\b", re.IGNORECASE)
_TURNS = re.compile(r";|,\s(?:but|while|whereas|although|though)\b", re.IGNORECASE)
_FULL_YEAR = re.compile(r"\b(?:full[- ]year|annual|yearly)\s(?:[\w-]+\s){0,3}?(?:(?:of|to|at)\s)?(?:about\s|around\s)?$", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:against|compared (?:to|with)|versus|vs\.?|than|(?:up|down) from)\b", re.IGNORECASE)


def _is_across(text: str, quantity: Quantity, time: TimeExpression) -> bool:
    """Whether the figure's sentence turns to what it is compared with before a time: `11 percent, against nine in Q2 and 14 in Q1`."""
    return time.start > quantity.end and _AGAINST.search(text, quantity.end, time.start) is not None


def _is_of_all(quantity: Quantity, time: TimeExpression, line: Line) -> bool:
    """Whether a date at the sentence's end holds for a count before another thing's: `87 outlets in 30 cities as of June 30`."""
    between = [q for q in line.quantities if quantity.end <= q.start < time.start]
    is_point = time.period is not None and time.period.nature is Nature.ASOF
    return is_point and all(q.unit and q.unit != quantity.unit and not q.elided for q in between)


def _shares_time(text: str, draft: Draft, now: Draft, mains: Sequence[TimeExpression], left: int, published: date | None) -> bool:
    """Whether a figure is about the time that the one before it named."""
    return bool(
        now.period
        and not (draft.metric.stock and now.kind is Kind.TARGET and ";" in text[now.quantity.end : draft.quantity.start])
        and not _turned_back(text, draft, now, published)
        and now.why.get("period", "").startswith("named")
        and not any(t.end <= draft.quantity.start and t.start >= left for t in mains)
    )


_BARE_BEFORE = re.compile(
    r"(?:than|from|against|compared (?:to|with)|versus|vs\.?|over|on|as|to|of|like|since|up|down|more|less)\s(?:(?:in|during|the|that|its|a|very|same|for|of)\s)*$",
    re.IGNORECASE,
)


_OPENS_BRACKET = re.compile(r"\((?:(?:it|that|which)\s)?(?:was|were|had been|against|from|vs\.?|versus|up from|down from|compared with)\s(?:about\s)?$", re.IGNORECASE)


def _quarter_of(drafts: Sequence[Draft]) -> Period | None:
    """The quarter that a figure before in the sentence is of."""
    last = next((d.period for d in reversed(drafts) if d.change.role != "before" and d.period), None)
    return last if last and last.nature is Nature.SPAN and 80 < (last.days or 0) < 100 else None


def _then(text: str, draft: Draft, line: Line, state: State, left: int, right: int, drafts: Sequence[Draft]) -> tuple[Period, str] | None:
    """The earlier time that a level is told of: `In the previous quarter Samsung had 29 percent`, `it had 32.8 percent a year before`."""
    quantity, start = draft.quantity, draft.sentence[0]
    for time in line.times:
        is_in_bracket = text.startswith("(", quantity.start - 1) or _OPENS_BRACKET.search(text, max(start, quantity.start - 30), quantity.start) is not None
        if time.period is None or not (compares(text, time) or is_in_bracket):
            continue
        if time.end <= quantity.start:
            if not compares(text, time):
                continue
            is_frame = is_topical(text, time.start, start) and all(q.start > time.end for q in line.quantities)
            gap = text[time.end : quantity.start]
            is_bare = time.start >= left and not _BARE_BEFORE.search(text[max(start, time.start - 30) : time.start])
            if is_frame or (time.start >= left and _THEN.search(gap) and not re.search(r",\s(?:and|but|while)\b", gap)) or (is_bare and (_WAS.match(gap) or (gap == " " and text.startswith(("was ", "were "), quantity.start)))) or gap in (" (", " (", "'s ", "’s "):
                return _before_that(text, time, state, line), f"then: {text[time.start : time.end]}"
        elif not time.is_comparison and (before := _in_bracket(text, quantity, time, _quarter_of(drafts) or spoken_of(state, line.sentence.paragraph))):
            return before, f"then: {text[time.start : time.end]}"
        elif time.is_comparison and not any(quantity.end <= q.start < time.start for q in line.quantities):
            is_bare = not _BARE_BEFORE.search(text[max(start, time.start - 30) : time.start])
            gap = text[quantity.end : time.start]
            is_near = len(gap) < 50 and not re.search(r"[,;]|\band\b", gap) and not has_direction(text, quantity.end, time.start)
            if (is_bare and time.end <= right and is_near) or _IN_THE_LAST.search(text[start : time.end]):
                return _before_that(text, time, state, line), f"then: {text[time.start : time.end]}"
    return None


def _in_bracket(text: str, quantity: Quantity, time: TimeExpression, base: Period | None) -> Period | None:
    """`41.3 million (41.0 million last year)`, where the text is about a quarter: that quarter of the year before."""
    words = text[quantity.end : time.start]
    if base is None or base.nature is not Nature.SPAN or not 80 < (base.days or 0) < 100 or len(words) > 20 or ")" in words:
        return None
    is_year_before = time.how == "relative" and time.period is not None and time.period.label == str(base.last.year - 1)
    return shift_years(base, -1) if is_year_before and (text.startswith("(", quantity.start - 1) or _OPENS_BRACKET.search(text, max(0, quantity.start - 30), quantity.start)) else None


_IN_THE_LAST = re.compile(r"(?<!than )\bin the (?:preceding|previous|prior) (?:year|quarter)$")


def _before_that(text: str, time: TimeExpression, state: State, line: Line) -> Period:
    """What `a year before` or `the same period of 2017` means where the text is about a quarter: that quarter, a year before."""
    assert time.period is not None
    base = spoken_of(state, line.sentence.paragraph)
    days = base.days if base and base.nature is Nature.SPAN else None
    if base is None or days is None or days > 300 or time.period.nature is not Nature.SPAN:
        return time.period
    if time.basis is Basis.QOQ and 80 < days < 100 and time.how == "relative":
        return shift_back(base) or time.period
    if (time.period.days or 0) > 300 and (time.basis is Basis.YOY or re.search(r"\bsame\b", text[time.start : time.end])):
        return shift_years(base, time.period.last.year - base.last.year) if time.how == "absolute" else shift_years(base, -1)
    return time.period


def _lies_ahead(text: str, time: TimeExpression, quantity: Quantity, published: date | None) -> bool:
    """Whether a growth that has been stands behind an aim's time: `100 million in the next twelve months after 70 % growth`."""
    is_ahead = published and time.period and time.period.last > published and time.end <= quantity.start
    return bool(is_ahead and _AFTER.search(text[time.end : quantity.start]))


def _turned_back(text: str, draft: Draft, before: Draft, published: date | None) -> bool:
    """Whether a growth stands behind the aim that it led to: the aim's time isn't its own."""
    is_aim = before.period and published and before.period.last > published and draft.change.role == "change"
    return bool(is_aim and _AFTER.search(text[before.quantity.end : draft.quantity.start]))


def look_ahead(draft: Draft, state: State, published: date | None) -> None:
    """A forecast that names no time is of the time foreseen just before."""
    is_open = draft.period is None or draft.why.get("period", "").startswith(("carried", "standing"))
    if draft.kind is Kind.ACTUAL or not is_open or not published or state.period is None or state.period.last <= published:
        return
    draft.period, draft.why["period"] = state.period, "the time foreseen before"
    draft.compared_to = earlier(draft.period, draft.basis) if draft.change.role == "change" else None


_NEXT = re.compile(r"^,?\s(?:we|it|they|he|she|the company)\s(?:\w+\s){1,3}$", re.IGNORECASE)


def _of_another(text: str, time: TimeExpression, quantity: Quantity, line: Line) -> bool:
    """Whether a time dates the earlier level of a change, and not this number: `down from 26% in the first quarter of 2021`."""
    after = bisect_left(line.quantities, time.end, key=lambda q: q.start)
    dated = line.quantities[after] if after < len(line.quantities) else quantity
    if dated is not quantity and leads_to(text, time.start, time.end, dated.start, dated.end):
        return True
    if time.start >= quantity.end and dated is not quantity and re.search(r",| [-–—] ", text[quantity.end : time.start]) and _NEXT.match(text[time.end : dated.start]):
        return True  # "we have 75 stores, in 2018 we counted 15"
    owner = next((q for q in reversed(line.quantities) if q.end <= time.start), None)
    if owner is None or owner is quantity:
        return False
    if owner.start >= quantity.end and re.search(r",\s(?:of which|of them|including|among them)\b", text[quantity.end : owner.start]):
        return True  # "6.7 million iPhones, of which 2 million in the last quarter"
    if owner.start >= quantity.end and re.fullmatch(r"\)?(?:\s\w+)?\sof\s(?:the\s)?", text[owner.end : time.start]) and (
        class_of(owner) != "percent" or (text.startswith(")", owner.end) and text[quantity.end : owner.start].strip() != "(")
    ):
        return True  # "21 million, three times the 7 million of Q3 2014"
    bracket = text.rfind("(", line.sentence.start, time.start)
    if bracket >= 0 and bracket < owner.start and ")" not in text[bracket : time.start] and not bracket < quantity.start < time.start:
        return True  # "41.3 million (41.03M last year)"
    if any(owner.end <= t.start < time.start and t.is_comparison for t in line.times):
        return False  # "to 20% from 22% a year earlier in Q1": the quarter is the number's own
    return comes_from(text, owner.start, line.sentence.start)


def _cumulates(metric: MetricSpec) -> bool:
    return metric.unit in (Unit.UNITS, Unit.COUNT) or metric.name in ("investment", "funding", "loans_disbursed")


def _before(draft: Draft, now: Draft, near: TimeExpression | None) -> None:
    """The level that a figure moved from: its own time, else the year (or quarter) before the figure's."""
    draft.basis = Basis.ABS
    if now is draft and draft.why.get("period", "").startswith("named") and near is not None and not near.is_comparison:
        return
    is_part = now.period is not None and now.period.nature is Nature.SPAN and (now.period.days or 999) < 300
    is_year = near is not None and near.how == "relative" and near.period is not None and (near.period.days or 0) > 300
    if near and near.period and now.period and near.period.label == now.period.label and now is not draft and not near.is_comparison:
        draft.period, draft.why["period"] = shift_back(now.period), "the period before"  # in August of July: "than the 13.4% of last month"
    elif near and near.period and not (is_part and is_year) and (not near.is_comparison or near.how == "absolute") and near.start >= draft.quantity.end:
        draft.period, draft.why["period"] = near.period, "named with the earlier level"
    elif now.period and now.period.nature is Nature.SPAN:
        basis = near.basis if near and near.basis else next((d for d in [now.basis] if d in (Basis.YOY, Basis.QOQ)), Basis.YOY)
        draft.period = shift_back(now.period) if basis is Basis.QOQ else shift_years(now.period, -1)
        draft.why["period"] = "the period before"
        if near and near.period and near.is_comparison and near.how == "absolute" and near.period.days == now.period.days:
            draft.period = near.period
    elif near and near.period:
        draft.period, draft.why["period"] = near.period, "named with the earlier level"
    elif now.period and now.period.nature is Nature.ASOF:
        draft.why["period"] = "an earlier point, not named"


def _named_before(draft: Draft, line: Line) -> Period | None:
    """The stretch that the sentence named with a figure that is nobody's: `Five makers shipped 240 million in Q3 2021; Samsung alone 69`."""
    first = min(q.end for q in line.quantities)
    if draft.metric.stock or first >= draft.quantity.start:
        return None
    named = [t.period for t in line.times if t.period and first <= t.start < draft.quantity.start and not t.is_comparison and t.period.nature is Nature.SPAN]
    return named[-1] if named and not is_too_short(named[-1]) else None


_SINCE_THEN = re.compile(r"\b(?:since then|ever since|and since|since that)\b", re.IGNORECASE)


def _to_quarter(draft: Draft, published: date | None) -> None:
    """Growth on the quarter is that of a quarter: the one that a longer stretch ends with, else the last that was over."""
    period = draft.period
    if period is None and published:
        draft.period, draft.why["period"] = quarter_before(published), "on the quarter: the last one over"
    elif period and period.nature is Nature.SPAN and 95 < (period.days or 0) < 190 and (quarter := quarter_ending(period)):
        draft.period, draft.why["period"] = quarter, f"{draft.why.get('period', '')}; its last quarter".lstrip("; ")


def _related(text: str, draft: Draft, line: Line, left: int, right: int) -> tuple[Basis, str] | None:
    """The basis that a named quarter shows by its place before the figure's own: `up 3 percent from Q2`, of a third quarter."""
    period = draft.period
    if period is None or period.nature is not Nature.SPAN or not 80 < (period.days or 0) < 100:
        return None
    for time in line.times:
        if time.period is None or not draft.quantity.end <= time.start < right or not compares(text, time):
            continue
        if time.period.label == (before.label if (before := shift_back(period)) else None):
            return Basis.QOQ, f"said: {text[time.start : time.end]}"
        if time.period.label == shift_years(period, -1).label:
            return Basis.YOY, f"said: {text[time.start : time.end]}"
    return None


def _basis(text: str, draft: Draft, line: Line, left: int, right: int, near: TimeExpression | None, published: date | None) -> None:
    """Against what a change is said; growth without a word for it is on the year."""
    quantity = draft.quantity
    start, end = draft.sentence
    said = basis_of(text, quantity.start, quantity.end, left, right)
    multi = is_multi(text, start, end) if class_of(quantity) == "ratio" else None
    related = _related(text, draft, line, left, right)
    after = text[quantity.end : text.index(related[1][6:], quantity.end)] if related else ""
    if related and (not said or (said[1] not in after and not ("ago" in said[1] and said[1] in text[quantity.end : right]))):
        draft.basis, draft.why["basis"] = related
    elif said:
        draft.basis, draft.why["basis"] = said[0], f"said: {said[1]}"
    elif near and near.is_comparison and near.basis:
        draft.basis, draft.why["basis"] = near.basis, f"said: {text[near.start : near.end]}"
    elif multi:
        draft.basis, draft.why["basis"] = Basis.MULTI, f"said: {multi}"
    elif whole := basis_of(text, quantity.start, quantity.end, start, end):
        draft.basis, draft.why["basis"] = whole[0], f"sentence: {whole[1]}"
    else:
        draft.basis, draft.why["basis"] = Basis.YOY, "default"
    if draft.basis is Basis.QOQ:
        _to_quarter(draft, published)
    if near and near.is_comparison and near.period and near.basis is draft.basis and draft.period and near.period.days == draft.period.days:
        draft.compared_to = near.period
    else:
        draft.compared_to = earlier(draft.period, draft.basis)
