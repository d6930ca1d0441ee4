"""What is held, on whose authority.

All evidence about one grain (company, metric, segment, region, period, basis, kind, unit, currency, rate and authority) makes one
fact. Claims that say the same within their roundings support it together, and the most exact of them is shown: 23.1 and 23.16 million
in one quarter are one fact of 23.16 million. Copies of one text count once, and so do the outlets of one owner. An amount that can't
be true beside it makes the fact disputed; a later amount of the same voice restates it; a text that was corrected takes its word back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from etl.facts.disputes import FAMILY, across
from etl.facts.grain import Grain, grain_of
from etl.facts.weighing import settle
from etl.model import Evidence, Fact

__all__ = ["kin", "reconcile"]


def reconcile(evidence: Sequence[Evidence], withdrawn: Iterable[str] = ()) -> list[Fact]:
    """The facts that all this evidence makes, whatever its order; `withdrawn` names articles that a later version has replaced.

    Takes all evidence there is about the companies and metrics concerned, old and new: a fact never loses its grain by what is added.
    """
    gone = frozenset(withdrawn)
    by_grain: dict[Grain, dict[str, Evidence]] = defaultdict(dict)
    for item in evidence:
        by_grain[grain_of(item.claim)][item.claim.claim_id] = item
    held = [settle(grain, tuple(items.values()), gone) for grain, items in by_grain.items()]
    return sorted(across(held), key=lambda fact: fact.fact_id)


def kin(keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """These companies and metrics, and the metrics that the same statement may be told under: what `reconcile` must see together."""
    wanted = set(keys)
    for company, metric in tuple(wanted):
        head = FAMILY.get(metric, metric)
        wanted |= {(company, name) for name in (head, *(m for m, of in FAMILY.items() if of == head))}
    return wanted
