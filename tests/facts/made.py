"""Claims and evidence made by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from etl.model import Basis, Bound, Claim, Evidence, Kind, Period, Unit, identity

DAY0 = datetime(2017, 7, 7, 9, tzinfo=UTC)


def claim(amount: str, *, rounding: str = "0", article: str = "a1", period: str | None = "2017-Q2", **changes: object) -> Claim:
    """A claim about Xiaomi's phones in the second quarter of 2017, unless said otherwise."""
    said: dict[str, object] = {
        "article_id": article, "company": "Xiaomi", "metric": "shipments", "segment": "smartphones", "region": "GLOBAL",
        "period": Period.parse(period) if period else None, "amount": Decimal(amount), "amount_high": None, "unit": Unit.UNITS,
        "currency": None, "alt_amount": None, "alt_currency": None, "per": None, "rounding": Decimal(rounding), "bound": Bound.EXACT,
        "basis": Basis.ABS, "compared_to": None, "kind": Kind.ACTUAL, "authority": "Xiaomi", "printed": amount,
        "quote": f"The maker counted {amount} of them.", "span": (18, 18 + len(amount)), "confidence": 0.9,
    }  # fmt: skip
    said.update(changes)
    return Claim(claim_id=identity(article, *map(str, said.values())), **said)  # type: ignore[arg-type]


def evidence(made: Claim, *, owner: str = "", group: str = "", days: float = 0, may_mail: bool = True, **changes: object) -> Evidence:
    """The claim in an article of its own owner and group, unless said otherwise, `days` after 7 July 2017."""
    said: dict[str, object] = {
        "claim": made, "article_id": made.article_id, "url": f"https://{made.article_id}.example/news", "title": "A quarter's count",
        "source": f"{made.article_id}.example", "owner": owner or made.article_id, "group_id": group or made.article_id,
        "published_at": DAY0 + timedelta(days=days), "may_mail": may_mail,
    }  # fmt: skip
    said.update(changes)
    return Evidence(**said)  # type: ignore[arg-type]


def said(amount: str, article: str = "a1", *, owner: str = "", group: str = "", days: float = 0, **changes: object) -> Evidence:
    """Evidence in one call."""
    return evidence(claim(amount, article=article, **changes), owner=owner, group=group, days=days)  # type: ignore[arg-type]
