"""config/alerts.toml: which shifts are mailed, grouped by what, to whom."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from etl.model import Event, Kind
from etl.spec.settings import is_address
from etl.spec.toml import complain, meant, read_toml

_WINDOW = re.compile(r"(\d+)\s*([hd])")
_MAILED = (Event.NEW, Event.RESTATED, Event.DISPUTED, Event.RETRACTED)


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A shift in short, as a rule sees it. What isn't given is what the rule asks for."""

    company: str = "Xiaomi"
    metric: str = "shipments"
    event: Event = Event.NEW
    kind: Kind = Kind.ACTUAL
    confidence: float = 1.0
    hours_old: float = 1.0
    may_mail: bool = True


class AlertRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule. Empty `companies`, `metrics` and `segments` mean all."""

    name: str
    to: tuple[str, ...]
    companies: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    events: tuple[Event, ...] = (Event.NEW, Event.RESTATED, Event.DISPUTED)
    kinds: tuple[Kind, ...] = (Kind.ACTUAL, Kind.TARGET, Kind.FORECAST)
    min_confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    fresh: str = "48h"
    group_by: Literal["article", "company", "metric", "figure"] = "article"
    fires: Example
    silent: Example

    @property
    def window(self) -> timedelta:
        """How old a publication may be."""
        match = _WINDOW.fullmatch(self.fresh)
        if not match:
            raise ValueError(f"'{self.fresh}' is no span of time: write hours or days, \"48h\" or \"2d\"")
        return timedelta(hours=int(match[1])) if match[2] == "h" else timedelta(days=int(match[1]))


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    alert: tuple[AlertRule, ...] = ()


def read_alerts(config_dir: Path) -> tuple[AlertRule, ...]:
    """The rules in the order of the file. Raises ConfigError."""
    path = config_dir / "alerts.toml"
    rules = read_toml(path, _File).alert
    names: set[str] = set()
    for number, rule in enumerate(rules):
        _check(path, number, rule, names)
        names.add(rule.name)
    return rules


def _check(path: Path, number: int, rule: AlertRule, names: set[str]) -> None:
    if rule.name in names:
        raise complain(path, ("alert", number, "name"), f"a second rule called '{rule.name}'")
    if not rule.to:
        raise complain(path, ("alert", number, "to"), "nobody gets this mail: name at least one receiver")
    for address in rule.to:
        if not is_address(address):
            raise complain(path, ("alert", number, "to"), f"'{address}' is no mail address")
    for event in rule.events:
        if event not in _MAILED:
            names_of = [e.value for e in _MAILED]
            raise complain(path, ("alert", number, "events"), f"'{event.value}' never mails{meant(event.value, names_of)}")
    try:
        rule.window  # noqa: B018
    except ValueError as error:
        raise complain(path, ("alert", number, "fresh"), str(error)) from error
