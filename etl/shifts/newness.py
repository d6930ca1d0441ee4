"""Whether a fact's new vintage is news, and what was held before it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.likeness import Printed, agree, contains, overlap
from etl.model import PRESS, Event, Fact, Nature, Period, Standing, Unit

_ALIKE = 0.7  # two spans that share so much of their days are one span, loosely worded


def tell(fact: Fact, old: Fact | None, held: Sequence[Fact], stocks: frozenset[str]) -> tuple[Event, Decimal | None]:
    """The event, and the amount held before where the event is about another one."""
    if fact.standing is Standing.RETRACTED:
        return Event.RETRACTED, old.amount if old else None
    if fact.period is None:
        return Event.UNPLACED, None
    if old is not None:
        return _grown(fact, old)
    others = [f for f in held if f.fact_id != fact.fact_id and f.standing is not Standing.RETRACTED and _is_comparable(fact, f)]
    against = {d.fact_id for d in fact.disputes}
    disputed = [f for f in others if f.fact_id in against] or [f for f in held if f.fact_id in against]
    if disputed:
        return Event.DISPUTED, _in_currency(disputed[0], fact)
    if fact.metric in stocks:
        return _stock(fact, others)
    near = [f for f in others if f.period is None or _may_be(f.period, fact.period)]
    if any(_agrees(fact, f) for f in near):
        return Event.CORROBORATED, None
    same = [f for f in near if f.period is not None and _is_alike(f.period, fact.period)]
    for other in same:
        if PRESS in (fact.authority, other.authority) or fact.authority == other.authority:
            return Event.DISPUTED, _in_currency(other, fact)
    if fact.disputes:
        return Event.DISPUTED, None
    if fact.standing is Standing.RESTATED:
        return Event.RESTATED, fact.restates
    return Event.NEW, _in_currency(same[0], fact) if same else None


def _grown(fact: Fact, old: Fact) -> tuple[Event, Decimal | None]:
    """What a further vintage of a known fact is."""
    if {(d.over, d.claim_id) for d in fact.disputes} - {(d.over, d.claim_id) for d in old.disputes}:
        return Event.DISPUTED, old.amount
    if not agree(_printed(fact), _printed(old)):
        return Event.RESTATED, old.amount
    return Event.CORROBORATED, None


def _stock(fact: Fact, others: Sequence[Fact]) -> tuple[Event, Decimal | None]:
    """A stock is news when it has moved from the last value held before it, or at its own date."""
    assert fact.period is not None
    placed = [f for f in others if f.period is not None and f.period.last <= fact.period.last]
    if not placed:
        return (Event.CORROBORATED if any(f.period is None and _agrees(fact, f) for f in others) else Event.NEW), None
    last = max(f.period.last for f in placed if f.period)
    newest = [f for f in placed if f.period and f.period.last == last]
    if any(_agrees(fact, f) for f in newest):
        return Event.CORROBORATED, None
    return Event.NEW, _in_currency(max(newest, key=lambda f: f.fact_id), fact)


def _is_comparable(fact: Fact, other: Fact) -> bool:
    same = ("company", "metric", "segment", "region", "basis", "kind", "unit", "per")
    return all(getattr(fact, name) == getattr(other, name) for name in same)


def _may_be(other: Period, own: Period) -> bool:
    """Whether a held period equals, contains or can't be told from the fact's own."""
    if (other.nature is Nature.CUM) != (own.nature is Nature.CUM):
        return False
    return contains(other, own) or _is_alike(other, own)


def _is_alike(a: Period, b: Period) -> bool:
    return overlap(a, b) >= _ALIKE


def _agrees(fact: Fact, other: Fact) -> bool:
    """Whether both can be true, in the currency that they share, if they share one."""
    if fact.unit is not Unit.CURRENCY or fact.currency == other.currency:
        return agree(_printed(fact), _printed(other))
    ours, theirs = _amounts(fact), _amounts(other)
    return any(agree(ours[code], theirs[code]) for code in ours.keys() & theirs.keys())


def _amounts(fact: Fact) -> dict[str | None, Printed]:
    """The amount in each currency that it is given in. A conversion is as exact as what it was made from."""
    found = {fact.currency: _printed(fact)}
    if fact.alt_amount is not None and fact.amount:
        found[fact.alt_currency] = Printed(fact.alt_amount, None, abs(fact.rounding / fact.amount * fact.alt_amount), fact.bound)
    return found


def _in_currency(held: Fact, fact: Fact) -> Decimal | None:
    """A held amount in the fact's currency, None where it isn't given in it."""
    if held.unit is not fact.unit:
        return None
    known = _amounts(held).get(fact.currency)
    return known.amount if known else None


def _printed(fact: Fact) -> Printed:
    return Printed(fact.amount, fact.amount_high, fact.rounding, fact.bound, fact.unit is Unit.ORDINAL)
