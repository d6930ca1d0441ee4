"""config/baseline/2017.toml: where everything is measured from. Curated from five articles of 2016 and 2017; news never overwrites it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec

from etl.model import Basis, Bound, Kind, Period, Unit
from etl.spec.toml import complain, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineFigure:
    """One figure with where it was read and, where texts conflict, why this reading was chosen."""

    id: str
    company: str
    metric: str
    segment: str
    region: str
    period: Period
    basis: Basis
    kind: Kind
    amount: Decimal
    unit: Unit
    bound: Bound
    currency: str | None
    alt_amount: Decimal | None
    alt_currency: str | None
    per: str | None
    authority: str | None  # None: the writer's own voice
    doc: str  # the seed article
    url: str
    published: date
    reading: str  # what the text says, in our words
    conflict: str  # what other texts say, "" where none differs
    chosen: str  # why this reading holds, "" where none differs
    eve: bool  # a figure of 2016: compared with full years only, and labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The curated figures, in the order of the file."""

    figures: tuple[BaselineFigure, ...] = ()


class _Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    url: str
    published: date
    date_from: str


class _Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    source: str
    company: str
    metric: str
    segment: str
    region: str
    period: str
    amount: str
    unit: Unit
    reading: str
    basis: Basis = Basis.ABS
    kind: Kind = Kind.ACTUAL
    bound: Bound = Bound.EXACT
    currency: str | None = None
    alt: str | None = None  # "USD 14700000000"
    per: str | None = None
    authority: str | None = None
    conflict: str = ""
    chosen: str = ""
    eve: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    source: dict[str, _Source]
    figure: tuple[_Figure, ...] = ()


def read_baseline(config_dir: Path) -> Baseline:
    """The baseline of 2017. Raises ConfigError with the place of the first thing that can't be meant."""
    path = config_dir / "baseline" / "2017.toml"
    file = read_toml(path, _File)
    seen: set[str] = set()
    figures = []
    for number, said in enumerate(file.figure):
        if said.id in seen:
            raise complain(path, ("figure", number, "id"), f"a second figure called '{said.id}'")
        seen.add(said.id)
        figures.append(_figure(path, number, said, file.source))
    return Baseline(figures=tuple(figures))


def _figure(path: Path, number: int, said: _Figure, sources: dict[str, _Source]) -> BaselineFigure:
    def wrong(key: str, message: str) -> Exception:
        return complain(path, ("figure", number, key), message)

    if said.source not in sources:
        raise wrong("source", f"unknown source '{said.source}'; known: {', '.join(sorted(sources))}")
    try:
        period = Period.parse(said.period)
    except ValueError as error:
        raise wrong("period", str(error)) from error
    if said.eve != (period.last.year == 2016) or period.last.year not in (2016, 2017, 2018):
        raise wrong("period", "only figures of 2016 are the eve of 2017, and they must say so; 2018 holds aims set in 2017")
    if bool(said.conflict) != bool(said.chosen):
        raise wrong("conflict", "a conflict needs the reason for the choice, and a choice needs its conflict")
    if (said.unit is Unit.CURRENCY) != (said.currency is not None):
        raise wrong("unit", "an amount of money needs its currency, and only it does")
    alt_currency, _, alt_amount = (said.alt or "").partition(" ")
    source = sources[said.source]
    return BaselineFigure(
        id=said.id, company=said.company, metric=said.metric, segment=said.segment, region=said.region, period=period, basis=said.basis,
        kind=said.kind, amount=_amount(said.amount, wrong, "amount"), unit=said.unit, bound=said.bound, currency=said.currency,
        alt_amount=_amount(alt_amount, wrong, "alt") if said.alt else None, alt_currency=alt_currency or None, per=said.per,
        authority=said.authority, doc=said.source, url=source.url, published=source.published, reading=said.reading,
        conflict=said.conflict, chosen=said.chosen, eve=said.eve,
    )  # fmt: skip


def _amount(text: str, wrong: object, key: str) -> Decimal:
    try:
        return Decimal(text.replace("_", ""))
    except InvalidOperation as error:
        assert callable(wrong)
        raise wrong(key, f"'{text}' is no number") from error
