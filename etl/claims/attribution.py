"""Kind and authority of a figure: whose word it is, and whether it has come to pass."""

from __future__ import annotations

import re
from datetime import date

from etl.claims.compose import Draft
from etl.claims.state import Line, State
from etl.claims.voice import kind_of, speaks
from etl.model import MARKET, Basis, Kind, Nature, Unit
from etl.spec.metrics import MetricSpec


def voice_of(text: str, draft: Draft, line: Line, state: State, left: int, right: int, published: date | None) -> None:
    """Kind and authority."""
    start, end = draft.sentence
    quantity, metric, company = draft.quantity, draft.metric, draft.subject.company
    is_company = company != MARKET and not company.startswith(("GROUP:", "OS:"))
    volume = metric.name in ("shipments", "sales_units", "market_share", "rank", "asp", "profit_share", "installed_base", "channel_share")
    others = [s for s in line.sources if not s.is_company]
    own = [s for s in line.sources if s.is_company]
    if others and (volume or not own):
        source = min(others, key=lambda s: abs(s.start - quantity.start))
        draft.authority, draft.why["authority"] = source.name, f"named: {source.words}"
    elif own:
        source = min(own, key=lambda s: abs(s.start - quantity.start))
        draft.authority, draft.why["authority"] = source.name, f"said: {source.words}"
    elif volume and state.measurer and not (state.speaker_paragraph == line.sentence.paragraph and not is_measured(metric)):
        draft.authority, draft.why["authority"] = state.measurer, "named before"
    elif is_company and (word := speaks(text, start, end)) and any(m.company == company for m in line.mentions):
        draft.authority, draft.why["authority"] = company, f"its own word: {word}"
    elif (
        state.speaker
        and state.speaker == company
        and line.sentence.paragraph - state.speaker_paragraph <= (3 if metric.unit is Unit.CURRENCY else 1)
    ):
        draft.authority, draft.why["authority"] = state.speaker, "said before"
    period = draft.period
    is_future = bool(
        period
        and published
        and period.last > published
        and (period.first is None or period.first > published or period.nature is not Nature.CUM)
    )
    by_other = bool(others) or (draft.authority is not None and draft.authority != company and draft.authority != state.speaker)
    kind, words = kind_of(
        text,
        quantity.start,
        left if draft.change.role == "change" and draft.basis is not Basis.ABS and draft.change.words != "by" else start,
        right,
        is_company=is_company,
        by_other=by_other,
        is_future=is_future,
        end=quantity.end,
    )
    if (
        kind is not Kind.ACTUAL
        and period
        and published
        and period.last < published
        and period.nature is Nature.SPAN
        and not re.search(r"expect|forecast|goal|target|aim", words, re.IGNORECASE)
    ):
        kind = Kind.ACTUAL
    draft.kind = kind
    if (
        kind is Kind.ACTUAL
        and by_other
        and volume
        and period
        and published
        and period.nature is Nature.SPAN
        and period.last > published
        and (period.days or 0) > 80
        and draft.why.get("period", "").startswith("named")
    ):
        kind, words = Kind.FORECAST, "an estimate of a period that hadn't ended"
        draft.kind = kind
    if draft.basis is Basis.SINCE and re.search(r"estimate|forecast|prediction|outlook", draft.why.get("basis", "")):
        kind, words = Kind.FORECAST, draft.why["basis"]
        draft.kind = kind
    begins_later = bool(period and published and period.nature is not Nature.CUM and period.first and period.first > published)
    if kind is Kind.ACTUAL and begins_later:
        kind, words = (Kind.TARGET if is_company and not by_other else Kind.FORECAST), "a period yet to come"
        draft.kind = kind
    if words:
        draft.why["kind"] = f"said: {words}"
    if kind is Kind.TARGET and draft.authority is None:
        draft.authority, draft.why["authority"] = company, "its own aim"


def is_measured(metric: MetricSpec) -> bool:
    """Whether research firms, not companies, are the usual source."""
    return metric.name in ("market_share", "rank", "profit_share")
