"""Whom a shift concerns, once.

Rules of config/alerts.toml pick shifts that are new and fresh; those of one article (or company, metric, figure, as the rule says) become
one mail. The same shifts make the same alert id, Message-ID and, at the same moment, the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from etl.alerts.letter import write
from etl.model import Alert, Event, Evidence, Fact, Kind, Shift, identity
from etl.spec.alerts import AlertRule, Example

__all__ = ["compose", "is_wanted"]

_SENDER = "Figurewatch <figurewatch@localhost>"
_AHEAD = timedelta(hours=12)  # a date further ahead than time zones explain is no date


def compose(
    shifts: Sequence[Shift],
    rules: Sequence[AlertRule],
    evidence_by_claim: Mapping[str, Evidence],
    now: datetime,
    facts: Sequence[Fact] = (),
    sender: str = _SENDER,
) -> list[Alert]:
    """The mails that these shifts call for. `facts` are what is held, for the chart and the other side of disputes."""
    alerts = []
    for rule in rules:
        groups: dict[str, list[Shift]] = defaultdict(list)
        for shift in shifts:
            evidence = evidence_by_claim.get(shift.fact.claim_id)
            confidence = evidence.claim.confidence if evidence else 0.0
            if wants(rule, shift, confidence, now):
                groups[_group(rule, shift, evidence)].append(shift)
        for group in sorted(groups):
            alerts.append(_alert(rule, group, groups[group], evidence_by_claim, facts, sender, now))
    return alerts


def wants(rule: AlertRule, shift: Shift, confidence: float, now: datetime) -> bool:
    """Whether the rule mails this shift now."""
    fact = shift.fact
    if not shift.may_mail or shift.published_at is None or (rule.segments and fact.segment not in rule.segments):
        return False
    age = now - shift.published_at
    return is_wanted(
        rule, company=fact.company, metric=fact.metric, event=shift.event, kind=fact.kind, confidence=confidence, age=age
    )  # fmt: skip


def is_wanted(
    rule: AlertRule, *, company: str, metric: str, event: Event, kind: Kind, confidence: float, age: timedelta, may_mail: bool = True
) -> bool:
    """The rule's own conditions, also for the examples that stand beside it."""
    return (
        may_mail
        and (not rule.companies or company in rule.companies)
        and (not rule.metrics or metric in rule.metrics)
        and event in rule.events
        and event not in (Event.CORROBORATED, Event.UNPLACED)
        and kind in rule.kinds
        and confidence >= rule.min_confidence
        and -_AHEAD <= age <= rule.window
    )


def example_fires(rule: AlertRule, example: Example) -> bool:
    """Whether the shift that an example tells in short is one that the rule mails."""
    return is_wanted(
        rule, company=example.company, metric=example.metric, event=example.event, kind=example.kind, confidence=example.confidence,
        age=timedelta(hours=example.hours_old), may_mail=example.may_mail,
    )  # fmt: skip


def _group(rule: AlertRule, shift: Shift, evidence: Evidence | None) -> str:
    fact = shift.fact
    names = {
        "article": evidence.url if evidence else fact.fact_id,
        "company": fact.company,
        "metric": f"{fact.company} {fact.metric}",
        "figure": fact.fact_id,
    }
    return names[rule.group_by]


def _alert(
    rule: AlertRule,
    group: str,
    shifts: Sequence[Shift],
    evidence_by_claim: Mapping[str, Evidence],
    facts: Sequence[Fact],
    sender: str,
    now: datetime,
) -> Alert:
    """One mail, the weightiest figure first."""
    ordered = sorted(shifts, key=lambda s: (s.fact.kind is not Kind.ACTUAL, s.fact.basis != "abs", s.fact.metric, s.shift_id))
    alert_id = identity("alert", rule.name, group, *sorted(s.shift_id for s in ordered))
    subject, message_id, raw = write(
        alert_id=alert_id, rule=rule, shifts=ordered, evidence=evidence_by_claim, facts=facts, sender=sender, now=now
    )  # fmt: skip
    return Alert(
        alert_id=alert_id, rule=rule.name, group=group, receivers=rule.to, shift_ids=tuple(s.shift_id for s in ordered),
        subject=subject, message_id=message_id, raw=raw,
    )  # fmt: skip
