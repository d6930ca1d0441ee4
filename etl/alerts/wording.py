"""Figures in words: amounts, changes, what a fact is about."""

from __future__ import annotations

from decimal import Decimal

from etl.model import Basis, Bound, Comparison, Event, Fact, Kind, Unit

_SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_BOUNDS = {Bound.GT: "more than ", Bound.LT: "less than ", Bound.APPROX: "about ", Bound.EXACT: "", Bound.RANGE: ""}
_BASES = {
    Basis.YOY: "against the year before", Basis.QOQ: "against the quarter before", Basis.MULTI: "over several years",
    Basis.SINCE: "since an earlier date", Basis.ABS: "",
}  # fmt: skip
EVENTS = {
    Event.NEW: "New figure", Event.RESTATED: "Restated", Event.DISPUTED: "In dispute", Event.RETRACTED: "Taken back",
    Event.CORROBORATED: "Confirmed", Event.UNPLACED: "Without a period",
}  # fmt: skip
_SPELLED = {"iot_devices": "IoT devices", "ev_deliveries": "EV deliveries", "rd_spend": "R&D spending", "asp": "mean price", "eps": "EPS"}
AGAINST = {"2017": "2017", "year_ago": "A year ago"}


def number(amount: Decimal) -> str:
    """23160000 → 23.16 million; 123 → 123."""
    size = abs(amount)
    for scale, word in _SCALES:
        if size >= scale:
            return f"{_short(amount / scale)} {word}"
    return _short(amount)


def _short(amount: Decimal) -> str:
    rounded = round(amount, 2).normalize()
    return f"{rounded:,f}".replace("-", "−")


def amount(value: Decimal, unit: Unit, currency: str | None) -> str:
    """The amount with its unit."""
    if unit is Unit.PERCENT:
        return f"{_short(value)} %"
    if unit is Unit.PP:
        return f"{_short(value)} pp"
    if unit is Unit.ORDINAL:
        return f"No. {_short(value)}"
    if unit is Unit.RATIO:
        return f"{_short(value)} times"
    return f"{currency} {number(value)}" if currency else number(value)


def figure(fact: Fact) -> str:
    """The fact's amount as a reader wants it, with its other currency beside it."""
    low = amount(fact.amount, fact.unit, fact.currency)
    text = f"{low} to {amount(fact.amount_high, fact.unit, fact.currency)}" if fact.amount_high is not None else _BOUNDS[fact.bound] + low
    if fact.basis is not Basis.ABS and fact.unit in (Unit.PERCENT, Unit.PP) and fact.amount > 0:
        text = text.replace(low, f"+{low}", 1)
    if fact.per:
        text += f" per {fact.per}"
    if fact.alt_amount is not None:
        text += f" ({amount(fact.alt_amount, fact.unit, fact.alt_currency)})"
    return text


def about(fact: Fact) -> str:
    """Whose figure it is, of what, where, when."""
    of = "" if fact.segment in ("company", "smartphones") else f" · {fact.segment.partition(':')[2] or fact.segment}"
    where = {"GLOBAL": "worldwide", None: "region not said"}.get(fact.region, fact.region or "")
    metric = _SPELLED.get(fact.metric, fact.metric.replace("_", " "))
    parts = [f"{fact.company} {metric}{of}", where, when(fact)]
    kinds = {Kind.TARGET: "an aim", Kind.FORECAST: "a forecast"}
    return ", ".join(p for p in (*parts, _BASES[fact.basis], kinds.get(fact.kind, "")) if p)


def when(fact: Fact) -> str:
    """The period's label, said in words where it is a point in time or a sum."""
    if fact.period is None:
        return "period not said"
    nature, _, rest = fact.period.label.rpartition(":")
    return {"asof": f"as of {rest}", "cum": f"in all, {rest}"}.get(nature, rest)


def moved(comparison: Comparison) -> str:
    """How far it has moved: +12.3 %, −2 pp, up 3 places."""
    change, unit = comparison.change, comparison.change_unit
    if not change:
        return "no change"
    sign = "+" if change > 0 else "−"
    if unit is Unit.ORDINAL:
        places = "place" if abs(change) == 1 else "places"
        return f"{'up' if change > 0 else 'down'} {_short(abs(change))} {places}"
    if unit is Unit.PP:
        return f"{sign}{_short(abs(change))} pp"
    if comparison.change_pct is None:
        return f"{sign}{number(abs(change))}"
    return f"{sign}{round(abs(comparison.change_pct), 1).normalize():,f} %"
