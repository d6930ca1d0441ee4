"""Each example of config/metrics is read as it says, and each counter-example gives no claim of its metric."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from etl.model import Claim
from etl.spec.metrics import ExampleSpec, ExpectedClaim, MetricSpec, read_metrics
from tests.claims.conftest import CONFIG

CASES = [pytest.param(m, e, id=f"{m.name}-{n}") for m in read_metrics(CONFIG) for n, e in enumerate(m.examples)]


def agrees(claim: Claim, want: ExpectedClaim, metric: str) -> bool:
    plain = {
        "company": claim.company,
        "metric": claim.metric,
        "unit": claim.unit.value,
        "currency": claim.currency,
        "per": claim.per,
        "alt_currency": claim.alt_currency,
        "segment": claim.segment,
        "region": claim.region,
        "basis": claim.basis.value,
        "period": claim.period.label if claim.period else None,
        "kind": claim.kind.value,
        "bound": claim.bound.value,
        "authority": claim.authority,
    }
    said = {name: getattr(want, name) for name in plain if name != "metric" and getattr(want, name) is not None}
    numbers = {"amount": claim.amount, "amount_high": claim.amount_high, "alt_amount": claim.alt_amount}
    return (
        claim.metric == (want.metric or metric)
        and all(plain[name] == value for name, value in said.items())
        and all(numbers[name] == Decimal(value) for name in numbers if (value := getattr(want, name)) is not None)
    )


@pytest.mark.parametrize(("metric", "example"), CASES)
def test_example_is_read_as_declared(metric: MetricSpec, example: ExampleSpec, read: Callable[..., list[Claim]]) -> None:
    """The claims of an example are found; a metric's examples hold all of its claims, a counter-example none."""
    claims = read(example.text, example.published, example.title)
    for want in example.claims:
        assert any(agrees(c, want, metric.name) for c in claims), (want, claims)
    assert sum(c.metric == metric.name for c in claims) == sum((w.metric or metric.name) == metric.name for w in example.claims), claims
