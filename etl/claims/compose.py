"""A claim from all that was read about one number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from etl.claims.changes import Change
from etl.claims.classes import class_of
from etl.claims.scan import CJK
from etl.claims.spans import Quantity
from etl.claims.subject import Subject
from etl.claims.words import Measure
from etl.model import GLOBAL, Article, Basis, Bound, Claim, Kind, Period, Unit, identity
from etl.spec.metrics import MetricSpec

_NEGATIVE = re.compile(r"\bnegative (?:of )?$", re.IGNORECASE)  # "a negative Rs 1,935.7 crore"
_LOSS = re.compile(r"\bloss(?:es)?\b|\blos(?:t|es|ing)\b|\bin the red\b|亏损", re.IGNORECASE)
_RESULT = re.compile(rf"{_LOSS.pattern}|\b(?:profits?|income|earn(?:ed|s|ings?)|gain)\b|利润|净利|盈利", re.IGNORECASE)
_RATE = re.compile(
    r"[^,.;\d]{0,20}(?:\bof (?:the )?[^,.;]{2,24})?\b(?:per|every|each)\s(second|minute|day|month|quarter|year)\b", re.IGNORECASE
)
_PER = frozenset(("second", "minute", "day", "month", "quarter", "year"))


@dataclass(slots=True)
class Draft:
    """A claim in the making. `why` holds, for each field, the rule and the words that gave it."""

    quantity: Quantity
    metric: MetricSpec
    measure: Measure
    subject: Subject
    change: Change
    sentence: tuple[int, int]
    segment: str = ""
    region: str | None = GLOBAL
    period: Period | None = None
    basis: Basis = Basis.ABS
    compared_to: Period | None = None
    kind: Kind = Kind.ACTUAL
    authority: str | None = None
    why: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=256)
def exact(bound: float) -> Decimal:
    """A declared bound as it is written."""
    return Decimal(str(bound))


def compose(article: Article, draft: Draft, quantities: Sequence[Quantity]) -> Claim | None:
    """The claim, not weighed yet, or None for an amount that its metric can't have."""
    quantity, metric = draft.quantity, draft.metric
    unit, scale = _unit(quantity, draft)
    sign = _sign(article.text, draft)
    amount = quantity.value * scale
    high = quantity.high * scale if quantity.high is not None else None
    amount = -abs(amount) if sign < 0 else amount
    high = -abs(high) if sign < 0 and high is not None else high
    if (
        unit is Unit.PERCENT
        and draft.basis is Basis.ABS
        and not exact(metric.plausible.min) <= amount <= exact(metric.plausible.max)
    ):
        return None
    partner = quantities[quantity.alt] if quantity.alt is not None else None
    span = (quantity.number_start, quantity.number_end)
    start, end = draft.sentence
    rate = _RATE.match(article.text, quantity.number_end, end)
    per = quantity.per if quantity.per in _PER else rate[1] if rate and unit in (Unit.UNITS, Unit.COUNT, Unit.CURRENCY) else None
    rules = _rules(article.text, draft)
    return Claim(
        claim_id=_name(article, draft, unit),
        article_id=article.article_id,
        company=draft.subject.company,
        metric=metric.name,
        segment=draft.segment or metric.segment,
        region=draft.region,
        period=draft.period,
        amount=amount,
        amount_high=high,
        unit=unit,
        currency=quantity.currency if unit is Unit.CURRENCY else None,
        alt_amount=partner.value if partner and partner.currency else None,
        alt_currency=partner.currency if partner else None,
        per=per,
        rounding=quantity.rounding * abs(scale),
        bound=quantity.bound if high is None else Bound.RANGE,
        basis=draft.basis,
        compared_to=draft.compared_to,
        kind=draft.kind,
        authority=draft.authority,
        printed=article.text[span[0] : span[1]],
        quote=article.text[start:end],
        span=span,
        confidence=0.0,  # weighed when all claims of the text are there
        rules=rules,
    )


def _name(article: Article, draft: Draft, unit: Unit) -> str:
    """The claim's id: its article, its place, and what it is about."""
    quantity, period = draft.quantity, draft.period.label if draft.period else None
    about = (draft.subject.company, draft.metric.name, draft.segment, draft.region, period, unit.value, quantity.currency)
    place = (quantity.number_start, quantity.number_end)
    return identity(article.article_id, *place, *about, draft.basis.value, draft.kind.value, draft.authority)


def _unit(quantity: Quantity, draft: Draft) -> tuple[Unit, Decimal]:
    kind = class_of(quantity)
    if kind == "money":
        return Unit.CURRENCY, Decimal(1)
    if kind == "pp":
        return Unit.PP, Decimal("0.01") if quantity.unit == "basis point" else Decimal(1)
    fixed = {"percent": Unit.PERCENT, "ratio": Unit.RATIO, "rank": Unit.ORDINAL}
    return fixed.get(kind, draft.metric.unit if draft.metric.unit in (Unit.UNITS, Unit.COUNT) else Unit.UNITS), Decimal(1)


def _sign(text: str, draft: Draft) -> int:
    """-1 for a fall or a loss."""
    if draft.quantity.value < 0:
        return -1
    if draft.change.role == "change" and class_of(draft.quantity) != "ratio":
        return draft.change.sign
    if draft.metric.name in ("net_profit", "operating_profit", "adjusted_net_profit") and class_of(draft.quantity) == "money":
        if CJK.search(text, max(0, draft.quantity.start - 4), draft.quantity.end + 2):
            return -1 if "亏" in draft.measure.words and draft.measure.rule != "sibling" else 1
        before = text[max(draft.sentence[0], draft.quantity.start - 60) : draft.quantity.start]
        if _NEGATIVE.search(before):
            return -1
        is_named = draft.measure.rule != "sibling" or text.startswith((" profit", " loss"), draft.quantity.end)
        if is_named and (attached := _RESULT.match(text, draft.quantity.end + 1)):
            return -1 if _LOSS.match(attached[0]) else 1  # "compared with a JPY 8.8 billion profit"
        last = next(reversed(list(_RESULT.finditer(before))), None) or _RESULT.search(
            text[draft.quantity.end : min(draft.sentence[1], draft.quantity.end + 25)]
        )
        words = last[0] if last else draft.measure.words if draft.measure.rule in ("sibling", "carried") else ""
        return -1 if _LOSS.match(words) else 1
    return 1


def _rules(text: str, draft: Draft) -> tuple[tuple[str, str], ...]:
    found = {
        "amount": f"number: {text[draft.quantity.start : draft.quantity.end]}",
        "company": f"{draft.subject.rule}: {draft.subject.words}".rstrip(": "),
        "metric": f"{draft.measure.rule}: {draft.measure.words}".rstrip(": "),
    }
    if draft.change.role != "level":
        found["basis"] = f"{draft.change.role}: {draft.change.words}"
    for name, why in draft.why.items():
        found[name] = f"{found[name]}; {why}" if name in found else why
    return tuple(found.items())
