"""What is new, and how far it is from 2017 and from a year ago.

Each new vintage of a fact makes one shift. Newness ignores authority: a figure that agrees with what is held already, whoever said it,
is evidence and no news. Comparisons set like beside like: same metric, segment, region, basis and unit, and the same part of the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from etl.model import Event, Evidence, Fact, Shift, identity
from etl.shifts.comparing import STOCKS, Compared, compare
from etl.shifts.newness import tell
from etl.spec.baseline import Baseline

__all__ = ["STOCKS", "notice"]

_SILENT = (Event.CORROBORATED, Event.UNPLACED)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_LAST = 1_000  # the rank of an authority that none is declared for


def notice(
    facts: Sequence[Fact],
    held: Sequence[Fact],
    baseline: Baseline,
    new_claim_ids: frozenset[str],
    evidence_by_claim: Mapping[str, Evidence],
    ranks: Mapping[str, int] | None = None,
    stocks: frozenset[str] = STOCKS,
) -> list[Shift]:
    """One shift per fact whose vintage isn't among `held`, the most trusted authority first. The order of the facts doesn't matter.

    `ranks` orders authorities, 1 first; `stocks` are the metrics counted at a point in time.
    """
    order = ranks or {}
    before = {fact.fact_id: fact for fact in held}
    known = {fact.fact_id: fact for fact in held}
    now = {**before, **{fact.fact_id: fact for fact in facts}}
    shifts = []
    for fact in sorted(facts, key=lambda f: (order.get(f.authority, _LAST), f.first_said_at or _NEVER, f.fact_id)):
        old = before.get(fact.fact_id)
        if old is not None and old.vintage_id == fact.vintage_id:
            continue
        event, was = tell(fact, old, tuple(known.values()), stocks)
        known[fact.fact_id] = fact
        newest = _newest(fact, new_claim_ids, evidence_by_claim)
        shifts.append(_shift(fact, event, was, newest, compare(fact, now, baseline, order, stocks)))
    return shifts


def _shift(fact: Fact, event: Event, was: Decimal | None, newest: Evidence | None, compared: Compared) -> Shift:
    comparisons, without = compared
    return Shift(
        shift_id=identity("shift", fact.vintage_id, event), fact=fact, event=event, known=was, comparisons=comparisons, without=without,
        may_mail=newest is not None and newest.may_mail and event not in _SILENT,
        published_at=newest.published_at if newest else fact.last_said_at,
    )  # fmt: skip


def _newest(fact: Fact, new_claim_ids: frozenset[str], evidence_by_claim: Mapping[str, Evidence]) -> Evidence | None:
    """The newest of this load's evidence about the fact itself, for or against it."""
    about = {*fact.claim_ids, *(d.claim_id for d in fact.disputes if d.fact_id == fact.fact_id)}
    fresh = [evidence_by_claim[c] for c in about if c in new_claim_ids and c in evidence_by_claim]
    return max(fresh, key=lambda e: (e.published_at or _NEVER, e.may_mail, e.claim.claim_id), default=None)
