"""Disputes within a grain and between neighbouring ones, and the facts that come of it.

Two texts may carry the same number into different grains: 70 % against the quarter before in one, against the year before in another;
100 million phones as the aim for 2017 in one, for 2018 in another. One of the readings is wrong, and both are shown with their claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from etl.facts.grain import printed
from etl.facts.weighing import Weighed
from etl.likeness import Printed, agree, digits, overlap
from etl.model import PRESS, Basis, Bound, Dispute, Fact, Kind, Nature, Standing, Unit, identity

FAMILY = {"sales_units": "shipments"}  # the press says "sales" of both: one statement may carry either name
_CHANGES = (Basis.YOY, Basis.QOQ, Basis.MULTI, Basis.SINCE)
_SAME_NEWS = timedelta(days=60)
_AGAINST = {
    Basis.YOY: "the year before", Basis.QOQ: "the quarter before", Basis.MULTI: "several years before", Basis.SINCE: "an earlier date",
}  # fmt: skip


def across(held: Sequence[Weighed]) -> list[Fact]:
    """The facts, with the disputes of each, also those with its neighbours."""
    neighbours: dict[tuple[object, ...], list[Weighed]] = defaultdict(list)
    for item in held:
        g = item.grain
        neighbours[(g.company, FAMILY.get(g.metric, g.metric), g.segment, g.region, g.kind, g.unit, g.currency, g.per)].append(item)
    found: dict[str, list[Dispute]] = defaultdict(list)
    for group in neighbours.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if over := _clash(one, other):
                    detail = _detail(over, *sorted((one, other), key=lambda w: w.grain.fact_id))
                    found[one.grain.fact_id].append(_dispute(over, other, detail))
                    found[other.grain.fact_id].append(_dispute(over, one, detail))
    return [fact_of(item, found[item.grain.fact_id]) for item in held]


def _dispute(over: str, other: Weighed, detail: str) -> Dispute:
    return Dispute(over=over, claim_id=other.best.claim.claim_id, fact_id=other.grain.fact_id, detail=detail)


def _clash(one: Weighed, other: Weighed) -> str | None:
    """Over what two neighbouring facts contradict each other: basis, period, or nothing."""
    a, b = one.grain, other.grain
    if Standing.RETRACTED in (one.standing, other.standing) or a.period is None or b.period is None:
        return None
    if a.authority != b.authority and PRESS not in (a.authority, b.authority):
        return None
    if not agree(_point(one), _point(other)) or not _are_apart(one, other):
        return None
    if a.period == b.period:
        return "basis" if a.basis != b.basis and a.basis in _CHANGES and b.basis in _CHANGES else None
    if a.basis != b.basis or not (a.period.nature is b.period.nature is Nature.SPAN):
        return None
    return "period" if _is_same_news(one, other) and _could_be_mixed_up(one, other) else None


def _could_be_mixed_up(one: Weighed, other: Weighed) -> bool:
    """Whether one number for both periods is a slip and no coincidence: an aim for this year or the next, or the same exact figure."""
    a, b = one.grain.period, other.grain.period
    assert a and b
    if one.grain.kind is not Kind.ACTUAL:
        return (a.days or 0) // 28 == (b.days or 0) // 28 and abs((a.last - b.last).days) <= 366
    return max(digits(one.amount), digits(other.amount)) >= 3 and overlap(a, b) > 0


def _point(item: Weighed) -> Printed:
    """The number itself: whether "over" stood before it doesn't tell two readings of one statement apart."""
    said = printed(item.best.claim)
    return Printed(said.amount, said.amount_high, said.rounding, Bound.RANGE if said.amount_high is not None else Bound.EXACT)


def _are_apart(one: Weighed, other: Weighed) -> bool:
    """Whether different owners' texts say it: a text that gives both figures means both."""
    if {e.group_id for e in one.support} & {e.group_id for e in other.support}:
        return False
    return len({e.owner for e in (*one.support, *other.support)}) > 1


def _is_same_news(one: Weighed, other: Weighed) -> bool:
    gaps = (
        abs(a.published_at - b.published_at) for a in one.support for b in other.support if a.published_at and b.published_at
    )  # fmt: skip
    return min(gaps, default=_SAME_NEWS * 2) <= _SAME_NEWS


def _detail(over: str, one: Weighed, other: Weighed) -> str:
    amounts = [_number(w.amount, w.grain.unit) for w in (one, other)]
    number = amounts[0] if amounts[0] == amounts[1] else f"One figure ({amounts[0]} or, rounded otherwise, {amounts[1]})"
    a, b = one.grain, other.grain
    if over == "basis":
        return f"{number} is said against {_AGAINST[a.basis]} and against {_AGAINST[b.basis]}"
    assert a.period and b.period
    return f"{number} is said of {a.period.label} and of {b.period.label}"


def _number(amount: Decimal, unit: Unit) -> str:
    return f"{amount.normalize():,f}" + {Unit.PERCENT: " %", Unit.PP: " pp"}.get(unit, "")


def fact_of(item: Weighed, neighbours: Sequence[Dispute]) -> Fact:
    """The fact of a weighed grain; its vintage is named by all that is held about it."""
    grain, best = item.grain, item.best.claim
    within = [
        Dispute(
            over="amount", claim_id=e.claim.claim_id, fact_id=grain.fact_id,
            detail=f"{_number(item.amount, grain.unit)} and {_number(printed(e.claim).amount, grain.unit)} are said of the same",
        )
        for e in item.against
    ]  # fmt: skip
    disputes = tuple(sorted((*within, *neighbours), key=lambda d: (d.over, d.fact_id, d.claim_id)))
    standing = Standing.DISPUTED if disputes else item.standing
    restates = printed(item.replaced.claim).amount if item.replaced and item.standing is not Standing.RETRACTED else None
    alt_amount, alt_currency = item.other_currency
    dates = sorted(e.published_at for e in item.support if e.published_at)
    claim_ids = tuple(e.claim.claim_id for e in item.support)
    said = printed(best)
    fact_id = grain.fact_id
    vintage_id = identity(
        "vintage", fact_id, _plain(item.amount), _plain(said.amount_high), _plain(alt_amount), alt_currency, _plain(item.rounding),
        said.bound, standing, best.claim_id, ",".join(claim_ids), item.sources, _plain(restates), *(dates[:1] + dates[-1:]),
        *(f"{d.over} {d.claim_id} {d.fact_id} {d.detail}" for d in disputes),
    )  # fmt: skip
    return Fact(
        fact_id=fact_id, vintage_id=vintage_id, company=grain.company, metric=grain.metric, segment=grain.segment,
        region=grain.region, period=grain.period, basis=grain.basis, compared_to=grain.compared_to, kind=grain.kind, unit=grain.unit,
        currency=grain.currency, per=grain.per, authority=grain.authority, amount=item.amount, amount_high=said.amount_high,
        alt_amount=alt_amount, alt_currency=alt_currency, rounding=item.rounding, bound=said.bound, standing=standing,
        claim_id=best.claim_id, claim_ids=claim_ids, sources=item.sources, disputes=disputes, restates=restates,
        first_said_at=dates[0] if dates else None, last_said_at=dates[-1] if dates else None,
    )  # fmt: skip


def _plain(amount: Decimal | None) -> str | None:
    """One spelling for one amount, so that 100 and 1E+2 and 100.00 name the same vintage."""
    return None if amount is None else f"{amount.normalize():f}"
