"""Made-up articles, claims and facts, so that each test says only what matters to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from etl.ledger import Ending
from etl.model import (
    Alert,
    Article,
    Basis,
    Batch,
    Bound,
    Claim,
    Comparison,
    Dispute,
    Event,
    Evidence,
    Fact,
    Kind,
    Period,
    Shift,
    Standing,
    Telling,
    Unit,
    Verdict,
    identity,
)

DAY = datetime(2017, 7, 7, 8, 30, tzinfo=UTC)
TEXT = "A quarter to remember.\nXiaomi shipped 23.16 million phones between April and June 2017."


def article(number: int = 0, text: str = TEXT) -> Article:
    url = f"https://press.example/{number}"
    return Article(
        article_id=identity(url, text), url=url, canonical_url=None, title="Xiaomi’s quarter", text=text, byline=("Ada Li",),
        published=DAY + timedelta(days=number), published_from="meta", updated=None, language="en", site_name=None,
        source="press.example", page_sha256=None,
    )  # fmt: skip


def telling(of: Article, verdict: Verdict = Verdict.ORIGINAL, group: str | None = None) -> Telling:
    return Telling(
        article_id=of.article_id, verdict=verdict, of=None, coverage=0.0, reason="figures", group_id=group or of.article_id
    )  # fmt: skip


def claim(of: Article, **changes: Any) -> Claim:
    start = of.text.index("23.16 million")
    made = Claim(
        claim_id="", article_id=of.article_id, company="Xiaomi", metric="shipments", segment="smartphones", region="GLOBAL",
        period=Period.parse("2017-Q2"), amount=Decimal(23160000), amount_high=None, unit=Unit.UNITS, currency=None, alt_amount=None,
        alt_currency=None, per=None, rounding=Decimal(5000), bound=Bound.EXACT, basis=Basis.ABS, compared_to=None, kind=Kind.ACTUAL,
        authority="IDC", printed="23.16 million", quote=of.text.splitlines()[1], span=(start, start + 13), confidence=0.93,
        rules=(("metric", "cue: shipped"),),
    )  # fmt: skip
    made = replace(made, **changes)
    return replace(made, claim_id=identity("claim", made.article_id, made.span, made.company, made.metric, made.basis, made.amount))


def evidence(of: Article, **changes: Any) -> Evidence:
    return Evidence(
        claim=claim(of, **changes), article_id=of.article_id, url=of.url, title=of.title, source=of.source, owner="Press Group",
        group_id=of.article_id, published_at=of.published, may_mail=False,
    )  # fmt: skip


def fact(of: Claim, **changes: Any) -> Fact:
    authority = changes.get("authority", of.authority)
    grain = (of.company, of.metric, of.segment, of.region, of.period and of.period.label, of.basis, of.kind, of.unit, authority)
    made = Fact(
        fact_id=identity("fact", *grain), vintage_id="", company=of.company, metric=of.metric, segment=of.segment, region=of.region,
        period=of.period, basis=of.basis, compared_to=of.compared_to, kind=of.kind, unit=of.unit, currency=of.currency, per=of.per,
        authority=of.authority or "press", amount=of.amount, amount_high=of.amount_high, alt_amount=of.alt_amount,
        alt_currency=of.alt_currency, rounding=of.rounding, bound=of.bound, standing=Standing.SINGLE, claim_id=of.claim_id,
        claim_ids=(of.claim_id,), sources=1, disputes=(), restates=None, first_said_at=DAY, last_said_at=DAY,
    )  # fmt: skip
    made = replace(made, **changes)
    return replace(made, vintage_id=identity(made.fact_id, made.amount, made.standing, made.claim_ids))


def shift(of: Fact, event: Event = Event.NEW) -> Shift:
    other = Comparison(
        against="2017", reference="curated", reference_id="q1", reference_period="2017-Q1", reference_amount=Decimal(13000000),
        change=of.amount - 13000000, change_pct=Decimal("78.1538"), change_unit=Unit.UNITS, note="",
    )  # fmt: skip
    return Shift(
        shift_id=identity(of.vintage_id, event), fact=of, event=event, known=None, comparisons=(other,),
        without=(("year_ago", "nothing is held about 2016-Q2"),), may_mail=False, published_at=DAY,
    )  # fmt: skip


def batch(number: int = 0, *, change: Callable[[Fact], Fact] = lambda made: made) -> Batch:
    """One article with one claim, its fact, the shift and the mail about it."""
    read = article(number)
    said = evidence(read)
    held = change(fact(said.claim))
    moved = shift(held)
    mail = Alert(
        alert_id=identity("alert", moved.shift_id), rule="xiaomi", group="shipments", receivers=("desk@example.org",),
        shift_ids=(moved.shift_id,), subject="Xiaomi: 23.16 million", message_id="<a@example.org>", raw=b"",
    )  # fmt: skip
    ending = Ending(room="articles", item=read.url, outcome="kept", reason="", detail="")
    return Batch(
        load_id=identity("load", number, held.vintage_id), recorded_at=DAY + timedelta(days=number, hours=1), articles=(read,),
        tellings=(telling(read),), evidence=(said,), facts=(held,), shifts=(moved,), alerts=(mail,), endings=(ending,),
    )  # fmt: skip


def dispute(over: str, other: Fact, detail: str) -> Dispute:
    return Dispute(over=over, claim_id=other.claim_id, fact_id=other.fact_id, detail=detail)
