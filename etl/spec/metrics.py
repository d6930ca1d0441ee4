"""What can be measured of a company: config/metrics/<metric>.toml, each with its cues, plausible range and examples."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import msgspec

from etl.errors import ConfigError
from etl.model import Period, Unit
from etl.spec.toml import complain, meant, read_toml


class Plausible(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The range that an absolute amount may have; what lies outside is misread, not news."""

    min: float
    max: float


class ExpectedClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields of a claim that an example asserts; what is left out isn't looked at."""

    company: str
    amount: str
    amount_high: str | None = None
    metric: str | None = None  # the file's own metric
    unit: str | None = None
    currency: str | None = None
    alt_amount: str | None = None
    alt_currency: str | None = None
    per: str | None = None
    segment: str | None = None
    region: str | None = None
    period: str | None = None
    basis: str | None = None
    kind: str | None = None
    bound: str | None = None
    authority: str | None = None


class ExampleSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A text and every claim of this metric in it; with no claims it is a counter-example."""

    text: str
    claims: tuple[ExpectedClaim, ...]
    published: str | None = None  # ISO date; needed by relative periods
    title: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    unit: str
    plausible: Plausible
    cues: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    segment: str = "company"
    stock: bool = False
    held: bool = True
    example: tuple[ExampleSpec, ...]


class MetricSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One metric as declared."""

    name: str
    unit: Unit  # of an absolute amount; growth is in percent, pp or ratio
    plausible: Plausible
    cues: tuple[str, ...]  # names of the quantity: "market share"; shared cues go to the metric whose unit fits
    verbs: tuple[str, ...]  # what companies do to it: "shipped"
    nouns: tuple[str, ...]  # counted things that say it: "employees" in "13,000 employees"
    vague: tuple[str, ...]  # those of the nouns that say it only beside a cue or verb of the metric: "employs 50,000 people"
    context: tuple[str, ...]  # words of which the text must hold one for the metric to be read in it; none: any text
    also: tuple[Unit, ...]  # further units of an absolute amount
    segment: str  # the default one
    stock: bool  # holds at a point in time
    held: bool = True  # false: claims are kept, but make no facts, since the grain can't tell two of them apart (prices of variants)
    examples: tuple[ExampleSpec, ...]


def read_metrics(config_dir: Path) -> tuple[MetricSpec, ...]:
    """The declared metrics by name. Raises ConfigError for an unknown unit, a reversed range or an example that can't be meant."""
    folder = config_dir / "metrics"
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise ConfigError("no metric is declared", path=folder)
    metrics = tuple(_read(path) for path in paths)
    names = {m.name for m in metrics}
    for path, metric in zip(paths, metrics, strict=True):
        for index, example in enumerate(metric.examples):
            for claim in example.claims:
                if claim.metric and claim.metric not in names:
                    raise complain(path, ("example", index, "claims"), f"unknown metric '{claim.metric}'{meant(claim.metric, names)}")
    return metrics


def _read(path: Path) -> MetricSpec:
    found = read_toml(path, _File)
    if not re.fullmatch(r"[a-z][a-z_]*", path.stem):
        raise ConfigError(f"'{path.stem}' is no name for a metric", path=path)
    if found.plausible.min > found.plausible.max:
        raise complain(path, ("plausible",), "the range is reversed")
    if stray := next((word for word in found.vague if word not in found.nouns), None):
        raise complain(path, ("vague",), f"'{stray}' is none of the nouns{meant(stray, found.nouns)}")
    for index, example in enumerate(found.example):
        for claim in example.claims:
            try:
                Decimal(claim.amount)
                if claim.period:
                    Period.parse(claim.period)
            except (ArithmeticError, ValueError) as error:
                raise complain(path, ("example", index, "claims"), f"can't be meant: {error}") from error
    return MetricSpec(
        name=path.stem,
        unit=_unit(path, "unit", found.unit),
        plausible=found.plausible,
        cues=found.cues,
        verbs=found.verbs,
        nouns=found.nouns,
        vague=found.vague,
        context=found.context,
        also=tuple(_unit(path, "also", u) for u in found.also),
        segment=found.segment,
        stock=found.stock,
        held=found.held,
        examples=found.example,
    )


def _unit(path: Path, key: str, word: str) -> Unit:
    try:
        return Unit(word)
    except ValueError as error:
        raise complain(path, (key,), f"unknown unit '{word}'{meant(word, [u.value for u in Unit])}") from error
