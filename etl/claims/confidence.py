"""How sure a claim is, 0 to 1: by the rules that made it, as often as such claims proved right on the development gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.claims.compose import Draft

_COMPANY = {"beside": 0.97, "listed": 0.95, "subject": 0.94, "behind": 0.85, "carried": 0.88, "pointed": 0.88, "topic": 0.7}
_METRIC = {"attached": 0.97, "before": 0.96, "sibling": 0.93, "sentence": 0.88, "after": 0.8, "growth": 0.85, "carried": 0.7}


def confidence_of(draft: Draft) -> float:
    """The product of what each rule is worth."""
    value = _COMPANY.get(draft.subject.rule, 0.7) * _METRIC.get(draft.measure.rule, 0.7)
    if draft.why.get("period", "").startswith("carried"):
        value *= 0.95
    if draft.period is None:
        value *= 0.92
    return round(value, 3)
