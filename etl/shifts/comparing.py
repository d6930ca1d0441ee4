"""How far a fact is from its counterparts in 2017 and a year ago, or why it has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from etl.likeness import at_grain, is_full_year, is_share, years_on
from etl.model import PRESS, Basis, Bound, Comparison, Fact, Kind, Nature, Period, Standing, Unit
from etl.spec.baseline import Baseline

STOCKS = frozenset(
    {
        "stores", "employees", "users", "iot_devices", "plants", "installed_base", "countries", "sales_points", "service_centers",
        "valuation", "rank",
    }
)  # fmt: skip
Compared = tuple[tuple[Comparison, ...], tuple[tuple[str, str], ...]]
_YEAR = 2017
_AROUND = timedelta(days=46)  # a stock's date a year ago may lie so far off
_LAST = 1_000


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure to measure from: of the curated baseline or a held fact."""

    source: str  # curated | news
    id: str
    key: tuple[object, ...]
    period: Period
    kind: Kind
    amount: Decimal
    currency: str | None
    alt_amount: Decimal | None
    alt_currency: str | None
    bound: Bound
    authority: str
    is_eve: bool = False

    def amount_in(self, currency: str | None) -> Decimal | None:
        if currency == self.currency:
            return self.amount
        return self.alt_amount if currency == self.alt_currency else None


def compare(
    fact: Fact, held: Mapping[str, Fact], baseline: Baseline, ranks: Mapping[str, int], stocks: frozenset[str]
) -> Compared:
    """The comparisons, and for each that can't be made the reason."""
    if fact.period is None or fact.period.first is None:
        reason = "the figure has no period" if fact.period is None else "the figure counts from an unknown beginning"
        return (), (("2017", reason), ("year_ago", reason))
    itself = {fact.fact_id, *(d.fact_id for d in fact.disputes)}  # a disputed reading of one statement is no counterpart to the other
    like = [r for r in _references(held.values(), baseline) if r.key == _key(fact) and r.id not in itself]
    found: list[Comparison] = []
    without: list[tuple[str, str]] = []
    is_stock = fact.metric in stocks or fact.period.nature is Nature.ASOF
    for against, seek in (("2017", _in_2017), ("year_ago", _year_ago)):
        answer = seek(fact, fact.period, like, is_stock, ranks)
        if isinstance(answer, str):
            without.append((against, answer))
        else:
            found.append(_comparison(fact, against, *answer))
    return tuple(found), tuple(without)


def _in_2017(
    fact: Fact, period: Period, like: Sequence[Reference], is_stock: bool, ranks: Mapping[str, int]
) -> tuple[Reference, str] | str:
    """The counterpart in 2017: the curated one first, then a held one, then the eve."""
    assert period.first is not None
    back = _YEAR - period.first.year
    if back >= 0:
        return "the figure is of 2017 itself" if back == 0 else "the figure is older than 2017"
    target = years_on(period, back)
    usable = [r for r in like if _is_same_kind(fact, r) and r.amount_in(fact.currency) is not None]
    exact = [r for r in usable if not r.is_eve and _same_days(r.period, target)]
    if exact:
        return _best(fact, exact, ranks), ""
    if is_stock and (around := [r for r in usable if not r.is_eve and r.period.last.year == _YEAR and r.period.nature is not Nature.CUM]):
        near = min(abs(r.period.last - target.last) for r in around if r.source == _first_source(around))
        return _best(fact, [r for r in around if abs(r.period.last - target.last) == near], ranks), "nearest date in 2017"
    eve = [r for r in usable if r.is_eve and (is_stock or (is_full_year(period) and is_full_year(r.period)))]
    if eve:
        return _best(fact, eve, ranks), "eve of 2017"
    return _why_not(fact, like, target, is_stock)


def _first_source(references: Sequence[Reference]) -> str:
    return "curated" if any(r.source == "curated" for r in references) else "news"


def _why_not(fact: Fact, like: Sequence[Reference], target: Period, is_stock: bool) -> str:
    of_year = [r for r in like if r.period.last.year == _YEAR and not r.is_eve]
    if any(not _is_same_kind(fact, r) for r in of_year if is_stock or _same_days(r.period, target)):
        return f"for {target.label} only an aim or a forecast is held"
    if any(r.amount_in(fact.currency) is None for r in of_year):
        return f"2017 is held in another currency than {fact.currency}"
    if of_year:
        return f"2017 is held for {', '.join(sorted({r.period.label for r in of_year}))}, not for {target.label}"
    return f"no figure like it is held for {'2017' if is_stock else target.label}"


def _year_ago(
    fact: Fact, period: Period, like: Sequence[Reference], is_stock: bool, ranks: Mapping[str, int]
) -> tuple[Reference, str] | str:
    """The counterpart a year earlier, to the day; for a stock the nearest date around it."""
    target = years_on(period, -1)
    usable = [r for r in like if _is_same_kind(fact, r) and r.amount_in(fact.currency) is not None]
    exact = [r for r in usable if _same_days(r.period, target)]
    if exact:
        return _best(fact, exact, ranks), ""
    around = [r for r in usable if r.period.nature is Nature.ASOF and abs(r.period.last - target.last) <= _AROUND] if is_stock else []
    if around:
        near = min(abs(r.period.last - target.last) for r in around)
        return _best(fact, [r for r in around if abs(r.period.last - target.last) == near], ranks), "nearest date a year ago"
    return f"no figure like it is held for {target.label}"


def _best(fact: Fact, references: Sequence[Reference], ranks: Mapping[str, int]) -> Reference:
    """What was reached before what was aimed at, curated before news, the fact's own authority before others, then by their rank."""
    return min(
        references,
        key=lambda r: (
            r.kind is not Kind.ACTUAL, r.source != "curated", r.authority != fact.authority, ranks.get(r.authority, _LAST),
            r.authority == PRESS, r.id,
        ),
    )


def _comparison(fact: Fact, against: str, reference: Reference, note: str) -> Comparison:
    was = reference.amount_in(fact.currency)
    assert was is not None
    notes = [note] if note else []
    if reference.kind is not fact.kind:
        notes.append(f"{'an aim' if fact.kind is Kind.TARGET else 'a forecast'} against what was reached")
    elif fact.kind is not Kind.ACTUAL:
        notes.append("an aim too" if fact.kind is Kind.TARGET else "a forecast too")
    if reference.bound in (Bound.GT, Bound.LT):
        notes.append(f"the reference is {'a lower' if reference.bound is Bound.GT else 'an upper'} limit")
    if fact.unit is Unit.ORDINAL:  # places gained
        change, percent, unit = was - fact.amount, None, Unit.ORDINAL
    elif is_share(fact.unit):
        change, percent, unit = fact.amount - was, None, Unit.PP
    else:
        change, unit = fact.amount - was, fact.unit
        percent = (change / abs(was) * 100).quantize(Decimal("0.01")) if was and fact.unit is not Unit.RATIO else None
    return Comparison(
        against=against, reference=reference.source, reference_id=reference.id, reference_period=reference.period.label,
        reference_amount=was, change=change, change_pct=percent, change_unit=unit, note="; ".join(notes),
    )  # fmt: skip


def _is_same_kind(fact: Fact, reference: Reference) -> bool:
    """An actual figure is only measured from an actual one; an aim from an aim or from what was reached."""
    return reference.kind in (fact.kind, Kind.ACTUAL)


def _same_days(a: Period, b: Period) -> bool:
    return (a.nature, a.first, a.last) == (b.nature, b.first, b.last)


def _references(facts: Iterable[Fact], baseline: Baseline) -> list[Reference]:
    found = []
    for f in baseline.figures:
        period = at_grain(f.period)
        assert period is not None
        key = (f.company, f.metric, f.segment, f.region, f.basis, f.unit, f.per)
        curated = Reference(
            "curated", f.id, key, period, f.kind, f.amount, f.currency, f.alt_amount, f.alt_currency, f.bound, f.authority or PRESS, f.eve
        )
        found.append(curated)
    for fact in facts:
        if fact.period is not None and fact.standing is not Standing.RETRACTED:
            told = Reference(
                "news", fact.fact_id, _key(fact), fact.period, fact.kind, fact.amount, fact.currency, fact.alt_amount, fact.alt_currency,
                fact.bound, fact.authority,
            )  # fmt: skip
            found.append(told)
    return found


def _key(fact: Fact) -> tuple[str, str, str, str | None, Basis, Unit, str | None]:
    return fact.company, fact.metric, fact.segment, fact.region, fact.basis, fact.unit, fact.per
