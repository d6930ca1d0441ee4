"""Kind and authority of a figure: whose word it is, and whether it has come to pass."""

from __future__ import annotations

import re
from datetime import date

from etl.claims.compose import Draft
from etl.claims.kind_chinese import kind_in_chinese
from etl.claims.measure_chinese import is_chinese
from etl.claims.mentions import COREF, MARKET_NOUN, PRONOUN
from etl.claims.state import Line, State
from etl.claims.timing import is_ahead
from etl.claims.voice import find_analysts, has_been, is_aim, is_consensus, kind_of, speaks
from etl.model import MARKET, Basis, Kind, Nature, Unit
from etl.spec.metrics import MetricSpec

VOLUMES = ("shipments", "sales_units", "market_share", "rank", "asp", "profit_share", "installed_base", "channel_share")


def voice_of(text: str, draft: Draft, line: Line, state: State, left: int, right: int, published: date | None) -> None:
    """Kind and authority."""
    _authority(text, draft, line, state)
    company, period = draft.subject.company, draft.period
    analysts = find_analysts(text, *draft.sentence)
    if analysts and draft.authority is None and analysts[0].name:
        draft.authority, draft.why["authority"] = analysts[0].name, f"named: {analysts[0].words}"
    others = bool(analysts) or any(not s.is_company for s in line.sources)
    by_other = others or (draft.authority is not None and draft.authority not in (company, state.speaker))
    is_future = bool(
        not draft.why.get("period", "").startswith(("stock", "standing"))
        and period
        and published
        and period.last > published
        and (period.first is None or period.first > published or period.nature is not Nature.CUM)
    )
    is_own_change = draft.change.role == "change" and draft.basis is not Basis.ABS and draft.change.words != "by"
    kind, words = (
        _kind_in_chinese(text, draft, line, by_other=by_other)
        if is_chinese(text, draft.quantity)
        else kind_of(
            text,
            draft.quantity.start,
            left if is_own_change else draft.sentence[0],
            right,
            is_company=_is_company(company),
            by_other=by_other,
            is_future=is_future,
            end=draft.quantity.end,
            sentence=draft.sentence,
        )
    )
    is_english_aim = is_aim(words) and not is_chinese(text, draft.quantity)
    if kind is Kind.FORECAST and is_english_aim and _is_company(company) and not _has_other(text, draft, line):
        kind = Kind.TARGET  # "its head repeated a goal of 25 percent; a bank expects 18": whoever else is quoted beside
    if is_consensus(text, *draft.sentence, draft.quantity.start, draft.quantity.end):
        kind, words = Kind.FORECAST, "what was expected"
        draft.authority = analysts[0].name or None if analysts else None
        draft.why["authority"] = "the market's view"
    is_done = has_been(text, *draft.sentence, draft.quantity.start)
    kind, words = _corrected(text, kind, words, draft, published, by_other=by_other and not is_done)
    if (
        draft.change.role == "before"
        and (kind is not Kind.TARGET or (period is not None and published is not None and period.last < published))
        and words != "what was expected"
        and (period is None or published is None or (period.first or period.last) <= published)
    ):
        kind, words = Kind.ACTUAL, ""
    is_now = draft.metric.stock and draft.why.get("period", "").endswith((" now", " present", " today", "currently"))
    if draft.change.role == "before" and is_now:
        kind, words = Kind.ACTUAL, ""  # "to 5,000 from 1,200 at present"
    draft.kind = kind
    if words:
        draft.why["kind"] = f"said: {words}"
    if kind is Kind.TARGET and draft.authority is None:
        draft.authority, draft.why["authority"] = company, "its own aim"


def _has_other(text: str, draft: Draft, line: Line) -> bool:
    """Whether a measurer or an analyst is named in the figure's own part of the sentence, between semicolons."""
    left = max(draft.sentence[0], text.rfind(";", draft.sentence[0], draft.quantity.start) + 1)
    right = text.find(";", draft.quantity.end, draft.sentence[1])
    right = draft.sentence[1] if right < 0 else right
    return bool(find_analysts(text, left, right)) or any(not s.is_company and left <= s.start < right for s in line.sources)


def _kind_in_chinese(text: str, draft: Draft, line: Line, *, by_other: bool) -> tuple[Kind, str]:
    start, end = max(draft.sentence[0], draft.quantity.start - 600), min(draft.sentence[1], draft.quantity.end + 200)
    near = [m for m in line.mentions if start < m.end < draft.quantity.start]
    names = tuple(m.end - start for m in near if m.what not in (COREF, PRONOUN, MARKET_NOUN) and not m.is_blocked)
    return kind_in_chinese(
        text[start:end],
        draft.quantity.start - start,
        draft.quantity.end - start,
        names,
        is_company=_is_company(draft.subject.company),
        is_own=any(s.is_company for s in line.sources),
        by_other=by_other,
        is_before=draft.change.role == "before",
        is_stock=draft.metric.stock and draft.change.role == "level",
    )


def _authority(text: str, draft: Draft, line: Line, state: State) -> None:
    """The nearest source that the sentence names, else the one that was speaking."""
    company, metric, at = draft.subject.company, draft.metric, draft.quantity.start
    is_volume = metric.name in VOLUMES
    others = [s for s in line.sources if not s.is_company]
    own = [s for s in line.sources if s.is_company]
    reach = 3 if metric.unit is Unit.CURRENCY else 1  # paragraphs that a speaker's word carries
    if others and (is_volume or not own):
        source = min(others, key=lambda s: abs(s.start - at))
        draft.authority, draft.why["authority"] = source.name, f"named: {source.words}"
    elif own:
        source = min(own, key=lambda s: abs(s.start - at))
        draft.authority, draft.why["authority"] = source.name, f"said: {source.words}"
    elif is_volume and state.measurer and (state.speaker_paragraph != line.sentence.paragraph or is_measured(metric)):
        draft.authority, draft.why["authority"] = state.measurer, "named before"
    elif _is_company(company) and (word := speaks(text, *draft.sentence, at)) and any(m.company == company for m in line.mentions):
        draft.authority, draft.why["authority"] = company, f"its own word: {word}"
    elif state.speaker and state.speaker == company and line.sentence.paragraph - state.speaker_paragraph <= reach:
        draft.authority, draft.why["authority"] = state.speaker, "said before"
    elif state.is_release and company == state.title_company and not (is_volume and state.measurer):
        draft.authority, draft.why["authority"] = company, "its results"


_AIM_OR_FORECAST = re.compile(
    r"expect|project|predict|estimate|looks? for|looked for|pencil|forecast|goal|target|aim|guidance|promised|planned|目标|预期",
    re.IGNORECASE,
)


def _corrected(text: str, kind: Kind, words: str, draft: Draft, published: date | None, *, by_other: bool) -> tuple[Kind, str]:
    """The kind that the period allows: what is over is fact, what is to come isn't."""
    period = draft.period
    if draft.basis is Basis.SINCE and re.search(r"estimate|forecast|prediction|outlook", draft.why.get("basis", "")):
        return Kind.FORECAST, draft.why["basis"]
    if period is None or published is None:
        return kind, words
    is_span = period.nature is Nature.SPAN
    if kind is not Kind.ACTUAL:
        is_over = is_span and period.last < published and not _AIM_OR_FORECAST.search(words)
        return (Kind.ACTUAL, words) if is_over else (kind, words)
    is_named = draft.why.get("period", "").startswith("named")
    if by_other and draft.metric.name in VOLUMES and is_span and is_named and period.last > published and (period.days or 0) > 80:
        return Kind.FORECAST, "an estimate of a period that hadn't ended"
    is_plan = is_chinese(text, draft.quantity) and is_ahead(period, published)  # 未来五年
    begins_now = "/" in period.label and (period.first == published or is_plan)  # "the next twelve months"
    if period.nature is not Nature.CUM and period.first and (period.first > published or begins_now):
        is_own = _is_company(draft.subject.company) and not by_other
        return (Kind.TARGET if is_own else Kind.FORECAST), "a period yet to come"
    return kind, words


def _is_company(name: str) -> bool:
    return name != MARKET and not name.startswith(("GROUP:", "OS:"))


def is_measured(metric: MetricSpec) -> bool:
    """Whether research firms, not companies, are the usual source."""
    return metric.name in ("market_share", "rank", "profit_share")
