"""One mail: what it tells of each figure, as text, as HTML, and as the bytes that go out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from etl.alerts import wording
from etl.alerts.page import render
from etl.likeness import years_on
from etl.model import Evidence, Fact, Shift, Standing, Unit
from etl.spec.alerts import AlertRule

_UNFOLDED = SMTP.clone(max_line_length=200)  # a folded subject reaches some readers with a stray space
_BARS = 8  # the chart shows so many at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the mail says of one figure."""

    event: str
    about: str
    figure: str
    was: tuple[tuple[str, str, str], ...]  # (against, how far it moved, the reference in words)
    bars: tuple[tuple[str, str, int, bool], ...]  # (label, amount in words, per cent of the longest, whether it is the figure)
    quote: tuple[str, str, str]  # before, the number, after
    said: str  # who says it, where, when
    title: str
    url: str
    others: tuple[str, ...]  # who else says so
    disputes: tuple[tuple[str, str], ...]  # (over what, the other side's quote)
    why: str  # the command that shows the whole way


def write(
    *, alert_id: str, rule: AlertRule, shifts: Sequence[Shift], evidence: Mapping[str, Evidence], facts: Sequence[Fact], sender: str,
    now: datetime,
) -> tuple[str, str, bytes]:  # fmt: skip
    """Subject, Message-ID and bytes of the mail. Raises nothing: what isn't known is left out."""
    told = [tell(shift, evidence, facts) for shift in shifts]
    subject = _subject(told)
    name, address = parseaddr(sender)
    message_id = f"<{alert_id}@{address.rpartition('@')[2] or 'localhost'}>"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = str(Address(display_name=name, addr_spec=address))
    mail["To"] = ", ".join(rule.to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now.replace(microsecond=0))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Figurewatch-Rule"] = rule.name
    mail.set_content(as_text(told, rule.name), cte="quoted-printable")
    mail.add_alternative(render(told, subject, rule.name), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"figurewatch-{alert_id}")
    return subject, message_id, mail.as_bytes(policy=_UNFOLDED)


def _subject(told: Sequence[Told]) -> str:
    """The first figure, and how many follow. One line, whatever stands in a name."""
    more = f" and {len(told) - 1} more" if len(told) > 1 else ""
    first = told[0]
    against, change, then = first.was[0] if first.was else ("", "", "")
    moved = f" ({change} on {against.lower()})" if change else f", was {then}" if then else ""
    return " ".join(f"{first.event}: {first.about}: {first.figure}{moved}{more}".split())


def tell(shift: Shift, evidence: Mapping[str, Evidence], facts: Sequence[Fact]) -> Told:
    """What is said of one shift."""
    fact = shift.fact
    best = evidence.get(fact.claim_id)
    others = {
        f"{e.source}, {_day(e.published_at)}"
        for e in (evidence.get(c) for c in fact.claim_ids)
        if e and best and (e.owner, e.group_id) != (best.owner, best.group_id)
    }  # fmt: skip
    disputes = []
    for dispute in fact.disputes:
        other = evidence.get(dispute.claim_id)
        disputes.append((dispute.detail, f"“{other.claim.quote}” ({other.source}, {_day(other.published_at)})" if other else ""))
    return Told(
        event=wording.EVENTS[shift.event], about=wording.about(fact), figure=wording.figure(fact), was=_was(shift),
        bars=_bars(shift, facts), quote=_marked(best), said=_said(fact, best), title=best.title if best else "",
        url=best.url if best and best.url.startswith(("http://", "https://")) else "", others=tuple(sorted(others)),
        disputes=tuple(disputes), why=f"figurewatch why {fact.fact_id}",
    )  # fmt: skip


def _was(shift: Shift) -> tuple[tuple[str, str, str], ...]:
    fact, rows = shift.fact, []
    for c in sorted(shift.comparisons, key=lambda c: c.against, reverse=True):  # a year ago, then 2017
        unit = Unit.PERCENT if fact.unit is Unit.PP else fact.unit
        note = f", {c.note}" if c.note else ""
        rows.append((wording.AGAINST[c.against], wording.moved(c), f"{wording.amount(c.reference_amount, unit, fact.currency)} in "
                     f"{c.reference_period.replace('asof:', '')}{note}"))  # fmt: skip
    if shift.known is not None:
        before = wording.amount(shift.known, fact.unit, fact.currency)
        rows.append(("Held before", "", before))
    return tuple(rows)


def _bars(shift: Shift, facts: Sequence[Fact]) -> tuple[tuple[str, str, int, bool], ...]:
    """The same part of each year, oldest first: the references, what is held, and the figure itself."""
    fact = shift.fact
    if fact.period is None or fact.unit is Unit.ORDINAL:
        return ()
    values: dict[str, Decimal] = {}
    same = ("company", "metric", "segment", "region", "basis", "kind", "unit", "currency", "per", "authority")
    for other in facts:
        if other.period and other.period.first and all(getattr(other, n) == getattr(fact, n) for n in same):
            years = fact.period.last.year - other.period.last.year
            if other.standing is not Standing.RETRACTED and years_on(other.period, years) == fact.period:
                values[other.period.label] = other.amount
    for c in shift.comparisons:
        values[c.reference_period] = c.reference_amount
    values[fact.period.label] = fact.amount
    if len(values) < 2:
        return ()
    longest = max(abs(v) for v in values.values()) or Decimal(1)
    rows = sorted((label.replace("asof:", ""), value) for label, value in values.items())[-_BARS:]
    own = fact.period.label.replace("asof:", "")
    return tuple(
        (label, wording.amount(v, fact.unit, fact.currency), max(1, int(abs(v) / longest * 100)), label == own) for label, v in rows
    )


def _marked(evidence: Evidence | None) -> tuple[str, str, str]:
    """The sentence in three parts, the number in the middle."""
    if evidence is None:
        return "", "", ""
    claim = evidence.claim
    whole = re.search(rf"(?<![\d.,]){re.escape(claim.printed)}(?!\d)", claim.quote)  # "3.1 million" isn't in "13.1 million"
    if whole is None:
        return claim.quote, "", ""
    return claim.quote[: whole.start()], whole[0], claim.quote[whole.end() :]


def _said(fact: Fact, evidence: Evidence | None) -> str:
    voice = "the writer" if fact.authority == "press" else fact.authority
    return f"{voice}, in {evidence.source}, {_day(evidence.published_at)}" if evidence else voice


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else "no date"


def as_text(told: Sequence[Told], rule: str) -> str:
    """The mail for readers without HTML, in the same order."""
    lines: list[str] = []
    for t in told:
        lines += [f"{t.event}: {t.about}", "", f"    {t.figure}", ""]
        lines += [f"  {against}: {' '.join(p for p in (moved and moved + ',', then) if p)}" for against, moved, then in t.was]
        lines += [f"  {label:<12} {'#' * max(1, size * 30 // 100):<31}{said}" for label, said, size, _ in t.bars]
        lines += ["", f"  “{t.quote[0]}[{t.quote[1]}]{t.quote[2]}”", f"  {t.said}", f"  {t.url}"]
        lines += [f"  Also: {other}" for other in t.others]
        for detail, quote in t.disputes:
            lines += [f"  In dispute: {detail}", f"    {quote}"]
        lines += ["", f"  More: {t.why}", "", "-" * 60, ""]
    return "\n".join([*lines, f"Sent by the rule {rule} of config/alerts.toml.", ""])
