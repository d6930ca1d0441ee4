"""Words to rows and back. A row is a dict that JSON can carry; DuckDB casts it to the columns' own types."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from etl.model import (
    AMOUNT_LIMIT,
    Alert,
    Article,
    Basis,
    Bound,
    Claim,
    Dispute,
    Evidence,
    Fact,
    Kind,
    Nature,
    Period,
    Shift,
    Standing,
    Telling,
    Unit,
    Verdict,
    identity,
)  # fmt: skip

Row = dict[str, Any]
_PLACES = Decimal(1).scaleb(-10)  # amounts are decimal(38, 10)
_BROKEN = re.compile("[\x00\ud800-\udfff]")


def fits(amount: Decimal | None) -> bool:
    """Whether the warehouse has room for the amount: fewer than 28 digits before the point."""
    return amount is None or (amount.is_finite() and abs(amount) < AMOUNT_LIMIT)


def plain(text: str) -> str:
    """The text with what no database keeps (NUL, lone surrogates) replaced one for one, so that spans still hold."""
    return _BROKEN.sub("�", text)


def article_row(article: Article) -> Row:
    return {
        "article_id": article.article_id, "url": plain(article.url),
        "canonical_url": article.canonical_url and plain(article.canonical_url),
        "title": plain(article.title), "byline": [plain(name) for name in article.byline], "language": article.language,
        "site_name": article.site_name and plain(article.site_name), "source": plain(article.source),
        "text_sha256": hashlib.sha256(plain(article.text).encode()).hexdigest(), "page_sha256": article.page_sha256,
        "published_at": moment(article.published), "published_from": article.published_from, "updated_at": moment(article.updated),
    }  # fmt: skip


def telling_row(telling: Telling) -> Row:
    told = (telling.verdict.value, telling.of, telling.group_id, telling.reason, f"{telling.coverage:.6f}")
    return {
        "article_id": telling.article_id, "telling_id": identity(telling.article_id, *told), "verdict": telling.verdict.value,
        "of_article_id": telling.of, "group_id": telling.group_id, "reason": plain(telling.reason), "coverage": telling.coverage,
    }  # fmt: skip


def claim_row(evidence: Evidence) -> Row:
    claim = evidence.claim
    return {
        "claim_id": claim.claim_id, "article_id": evidence.article_id, "group_id": evidence.group_id, **_grain(claim),
        "authority": claim.authority, "bound": claim.bound.value, "printed": plain(claim.printed), "quote": plain(claim.quote),
        "span_start": claim.span[0], "span_end": claim.span[1],
        "rules": [{"field": field, "rule": plain(rule)} for field, rule in claim.rules],
        "url": plain(evidence.url), "title": plain(evidence.title), "source": plain(evidence.source), "owner": plain(evidence.owner),
        "may_mail": evidence.may_mail, **_measures(claim), "confidence": claim.confidence, "published_at": moment(evidence.published_at),
    }  # fmt: skip


def fact_row(fact: Fact) -> Row:
    return {
        "fact_id": fact.fact_id, "vintage_id": fact.vintage_id, "claim_id": fact.claim_id, "claim_ids": list(fact.claim_ids),
        **_grain(fact),
        "authority": fact.authority, "bound": fact.bound.value, "standing": fact.standing.value,
        "disputes": [{"over": d.over, "claim_id": d.claim_id, "fact_id": d.fact_id, "detail": plain(d.detail)} for d in fact.disputes],
        **_measures(fact), "restates": number(fact.restates), "sources": fact.sources,
        "first_said_at": moment(fact.first_said_at), "last_said_at": moment(fact.last_said_at),
    }  # fmt: skip


def shift_row(shift: Shift) -> Row:
    return {
        "shift_id": shift.shift_id, "fact_id": shift.fact.fact_id, "vintage_id": shift.fact.vintage_id, "event": shift.event.value,
        "may_mail": shift.may_mail, "without_counterpart": [{"against": a, "reason": plain(why)} for a, why in shift.without],
        "known_amount": number(shift.known), "published_at": moment(shift.published_at),
        "comparisons": [
            {
                "against": c.against, "reference": c.reference, "reference_id": c.reference_id, "reference_period": c.reference_period,
                "reference_amount": number(c.reference_amount), "change": number(c.change), "change_pct": number(c.change_pct),
                "change_unit": c.change_unit.value, "note": plain(c.note),
            }
            for c in shift.comparisons
        ],
    }  # fmt: skip


def alert_row(alert: Alert) -> Row:
    return {
        "alert_id": alert.alert_id, "shift_ids": list(alert.shift_ids), "rule": alert.rule, "alert_group": plain(alert.group),
        "receivers": list(alert.receivers), "subject": plain(alert.subject), "message_id": alert.message_id,
    }  # fmt: skip


def _grain(said: Claim | Fact) -> Row:
    return {
        "company": plain(said.company), "metric": said.metric, "segment": plain(said.segment), "region": said.region,
        **_days("period", said.period), "basis": said.basis.value, **_days("compared_to", said.compared_to),
        "kind": said.kind.value, "unit": said.unit.value, "currency": said.currency, "per": said.per,
    }  # fmt: skip


def _measures(said: Claim | Fact) -> Row:
    return {
        "amount": number(said.amount), "amount_high": number(said.amount_high), "alt_amount": number(said.alt_amount),
        "alt_currency": said.alt_currency, "rounding": number(said.rounding),
    }  # fmt: skip


def _days(name: str, period: Period | None) -> Row:
    if period is None:
        return {name: None, f"{name}_nature": None, f"{name}_start": None, f"{name}_end": None}
    first = period.first.isoformat() if period.first else None
    return {name: period.label, f"{name}_nature": period.nature.value, f"{name}_start": first, f"{name}_end": period.last.isoformat()}


def number(amount: Decimal | None) -> str | None:
    """The amount in plain digits, at ten places. Raises ValueError where there is no room for it."""
    if amount is None:
        return None
    if not fits(amount):
        raise ValueError(f"no room for an amount of {amount:.3E}")
    return f"{amount.quantize(_PLACES, rounding=ROUND_HALF_EVEN) if amount.as_tuple().exponent else amount:f}"


def moment(at: datetime | None) -> str | None:
    """The time in UTC without a zone, as the columns hold it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ") if at else None


# ---------------------------------------------------------------- and back


def article_of(row: Row) -> tuple[Article, Telling | None, datetime]:
    """The article as it was read, its verdict if there is one, and when it was learnt."""
    article = Article(
        article_id=row["article_id"], url=row["url"], canonical_url=row["canonical_url"], title=row["title"], text=row["text"],
        byline=tuple(row["byline"]), published=_utc(row["published_at"]), published_from=row["published_from"],
        updated=_utc(row["updated_at"]), language=row["language"], site_name=row["site_name"], source=row["source"],
        page_sha256=row["page_sha256"],
    )  # fmt: skip
    telling = row["verdict"] and Telling(
        article_id=row["article_id"], verdict=Verdict(row["verdict"]), of=row["of_article_id"], coverage=row["coverage"],
        reason=row["reason"], group_id=row["group_id"],
    )  # fmt: skip
    return article, telling, row["recorded_at"].replace(tzinfo=UTC)


def evidence_of(row: Row) -> Evidence:
    """The claim as it was handed in, with the time at which it was recorded."""
    claim = Claim(
        claim_id=row["claim_id"], article_id=row["article_id"], **_grain_of(row), **_measures_of(row), authority=row["authority"],
        printed=row["printed"], quote=row["quote"], span=(row["span_start"], row["span_end"]), confidence=row["confidence"],
        rules=tuple((rule["field"], rule["rule"]) for rule in row["rules"]),
    )  # fmt: skip
    return Evidence(
        claim=claim, article_id=row["article_id"], url=row["url"], title=row["title"], source=row["source"], owner=row["owner"],
        group_id=row["group_id"], published_at=_utc(row["published_at"]), may_mail=row["may_mail"], recorded_at=_utc(row["recorded_at"]),
    )  # fmt: skip


def fact_of(row: Row) -> Fact:
    return Fact(
        fact_id=row["fact_id"], vintage_id=row["vintage_id"], **_grain_of(row), **_measures_of(row), authority=row["authority"],
        standing=Standing(row["standing"]), claim_id=row["claim_id"], claim_ids=tuple(row["claim_ids"]), sources=row["sources"],
        disputes=tuple(Dispute(**dispute) for dispute in row["disputes"]), restates=_amount(row["restates"]),
        first_said_at=_utc(row["first_said_at"]), last_said_at=_utc(row["last_said_at"]),
    )  # fmt: skip


def _grain_of(row: Row) -> Row:
    same = {name: row[name] for name in ("company", "metric", "segment", "region", "currency", "per")}
    return {
        **same, "period": _period(row, "period"), "compared_to": _period(row, "compared_to"),
        "basis": Basis(row["basis"]), "kind": Kind(row["kind"]), "unit": Unit(row["unit"]),
    }  # fmt: skip


def _measures_of(row: Row) -> Row:
    return {
        "amount": _amount(row["amount"]), "amount_high": _amount(row["amount_high"]), "alt_amount": _amount(row["alt_amount"]),
        "alt_currency": row["alt_currency"], "rounding": _amount(row["rounding"]), "bound": Bound(row["bound"]),
    }  # fmt: skip


def _period(row: Row, name: str) -> Period | None:
    if row[name] is None:
        return None
    first: date | None = row[f"{name}_start"]
    return Period(nature=Nature(row[f"{name}_nature"]), first=first, last=row[f"{name}_end"], label=row[name])


def _amount(amount: Decimal | None) -> Decimal | None:
    """Without the column's trailing zeros, so that the same amount always has the same digits."""
    if amount is None:
        return None
    return amount.to_integral_value() if amount == amount.to_integral_value() else amount.normalize()


def _utc(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at else None
