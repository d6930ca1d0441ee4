"""All of config/ as one value, checked against itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.model import GLOBAL, MARKET
from etl.spec.alerts import AlertRule, read_alerts
from etl.spec.authorities import AuthoritySpec, read_authorities
from etl.spec.baseline import Baseline, read_baseline
from etl.spec.companies import CompanySpec, read_companies
from etl.spec.feeds import FeedSpec, read_feeds
from etl.spec.metrics import MetricSpec, read_metrics
from etl.spec.regions import RegionSpec, read_regions
from etl.spec.settings import Settings, read_settings
from etl.spec.sites import SiteSpec, read_sites
from etl.spec.toml import complain, meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """All that is declared, as read from one folder."""

    config_dir: Path
    settings: Settings
    feeds: tuple[FeedSpec, ...]
    sites: tuple[SiteSpec, ...]
    companies: tuple[CompanySpec, ...]
    metrics: tuple[MetricSpec, ...]
    regions: tuple[RegionSpec, ...]
    authorities: tuple[AuthoritySpec, ...]
    baseline: Baseline
    alerts: tuple[AlertRule, ...]


def read_spec(config_dir: Path) -> Spec:
    """Everything in the folder. Raises ConfigError at the first thing that can't be meant."""
    spec = Spec(
        config_dir=config_dir,
        settings=read_settings(config_dir),
        feeds=read_feeds(config_dir),
        sites=read_sites(config_dir),
        companies=read_companies(config_dir),
        metrics=read_metrics(config_dir),
        regions=read_regions(config_dir),
        authorities=read_authorities(config_dir),
        baseline=read_baseline(config_dir),
        alerts=read_alerts(config_dir),
    )
    check_names(spec)
    return spec


_ONE = {"companies": "company", "metrics": "metric"}


def check_names(spec: Spec) -> None:
    """Raises ConfigError where a baseline figure or an alert rule names a company, metric or region that isn't declared."""
    known = {
        "company": {MARKET, *(c.name for c in spec.companies)},
        "metric": {m.name for m in spec.metrics},
        "region": {GLOBAL, *(r.code for r in spec.regions)},
    }
    for number, figure in enumerate(spec.baseline.figures):
        for field, names in known.items():
            _must_know(spec.config_dir / "baseline" / "2017.toml", ("figure", number, field), (getattr(figure, field),), names)
    for number, rule in enumerate(spec.alerts):
        for field, names in (("companies", known["company"]), ("metrics", known["metric"])):
            _must_know(spec.config_dir / "alerts.toml", ("alert", number, field), getattr(rule, field), names)


def _must_know(path: Path, steps: tuple[str | int, ...], said: Iterable[str], names: set[str]) -> None:
    for name in said:
        if name not in names and not name.startswith(("GROUP:", "OS:")):
            raise complain(path, steps, f"unknown {_ONE.get(str(steps[-1]), steps[-1])} '{name}'{meant(name, names)}")
