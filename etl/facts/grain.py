"""What one fact is about, read off a claim alone, so that a claim's place never depends on what else is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.likeness import Printed, at_grain, earlier
from etl.model import PRESS, Basis, Bound, Claim, Kind, Nature, Period, Unit, identity

_CONVERTED_TO = ("USD", "EUR", "GBP")  # where an amount stands in two currencies, these are the ones it was converted to


@dataclass(frozen=True, slots=True)
class Grain:
    """What a fact is about. The period has one label for the same days; a point in time counts by its month."""

    company: str
    metric: str
    segment: str
    region: str | None
    period: Period | None
    basis: Basis
    compared_to: Period | None
    kind: Kind
    unit: Unit
    currency: str | None
    per: str | None
    authority: str

    @property
    def fact_id(self) -> str:
        return identity(
            "fact", self.company, self.metric, self.segment, self.region, *_days(self.period), self.basis, *_days(self.compared_to),
            self.kind, self.unit, self.currency, self.per, self.authority,
        )  # fmt: skip


def grain_of(claim: Claim) -> Grain:
    """The grain that a claim speaks about."""
    period = at_grain(claim.period)
    compared = at_grain(claim.compared_to) or at_grain(earlier(period, claim.basis))
    return Grain(
        company=claim.company, metric=claim.metric, segment=claim.segment, region=claim.region, period=period, basis=claim.basis,
        compared_to=compared, kind=claim.kind, unit=claim.unit, currency=home_amount(claim)[1], per=claim.per,
        authority=claim.authority or PRESS,
    )  # fmt: skip


def home_amount(claim: Claim) -> tuple[Decimal, str | None]:
    """The amount in the currency it was counted in: "$14.7 billion (100 billion yuan)" is 100 billion yuan."""
    return _swapped(claim) if _is_converted(claim) else (claim.amount, claim.currency)


def away_amount(claim: Claim) -> tuple[Decimal | None, str | None]:
    """The same amount in the other currency, where the claim gives it in two."""
    return (claim.amount, claim.currency) if _is_converted(claim) else (claim.alt_amount, claim.alt_currency)


def home_rounding(claim: Claim) -> Decimal:
    """The rounding in the home currency. A bracket is a conversion: it is as exact as the amount it stands beside."""
    amount, _ = home_amount(claim)
    return abs(amount * claim.rounding / claim.amount) if _is_converted(claim) and claim.amount else claim.rounding


def printed(claim: Claim) -> Printed:
    """What the claim pins down in its home currency."""
    high = None if _is_converted(claim) else claim.amount_high
    bound = Bound.EXACT if claim.bound is Bound.RANGE and high is None else claim.bound
    return Printed(home_amount(claim)[0], high, home_rounding(claim), bound, claim.unit is Unit.ORDINAL)


def _swapped(claim: Claim) -> tuple[Decimal, str | None]:
    assert claim.alt_amount is not None
    return claim.alt_amount, claim.alt_currency


def _is_converted(claim: Claim) -> bool:
    """Whether the bracket holds the home currency: the one that is less used for converting, by name between two equals."""
    if claim.alt_amount is None or claim.alt_currency is None or claim.currency is None:
        return False
    return _rank(claim.alt_currency) < _rank(claim.currency)


def _rank(currency: str) -> tuple[int, str]:
    return (len(_CONVERTED_TO) - _CONVERTED_TO.index(currency) if currency in _CONVERTED_TO else 0), currency


def _days(period: Period | None) -> tuple[object, ...]:
    return (None,) if period is None else (period.nature, period.first, period.last)


def is_point(grain: Grain) -> bool:
    """Whether it is a figure at a point in time, which may well have moved a day later."""
    return grain.period is not None and grain.period.nature is Nature.ASOF
