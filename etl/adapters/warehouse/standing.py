"""What of config/ the warehouse holds, so that its views can rank authorities and show the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from etl.adapters.warehouse.rows import Row, number, plain
from etl.spec.authorities import AuthoritySpec
from etl.spec.baseline import Baseline, BaselineFigure


class Declared(Protocol):
    """The part of `spec.whole.Spec` that is kept."""

    @property
    def authorities(self) -> Sequence[AuthoritySpec]: ...
    @property
    def baseline(self) -> Baseline: ...


def authority_rows(declared: Declared) -> list[Row]:
    return [{"name": a.name, "kind": a.kind, "rank": a.rank} for a in declared.authorities]


def baseline_rows(declared: Declared) -> list[Row]:
    """A row per curated figure, in the warehouse's columns."""
    return [_figure_row(figure) for figure in declared.baseline.figures]


def _figure_row(figure: BaselineFigure) -> Row:
    period = figure.period
    return {
        "baseline_id": figure.id, "company": figure.company, "metric": figure.metric, "segment": figure.segment, "region": figure.region,
        "period": period.label, "period_start": period.first.isoformat() if period.first else None, "period_end": period.last.isoformat(),
        "basis": figure.basis.value, "kind": figure.kind.value, "unit": figure.unit.value, "currency": figure.currency, "per": figure.per,
        "bound": figure.bound.value, "authority": figure.authority, "source": figure.url, "reading": plain(figure.reading),
        "reason": " ".join(part for part in (figure.conflict, figure.chosen) if part) or None, "amount": number(figure.amount),
    }  # fmt: skip
