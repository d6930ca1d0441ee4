"""The time of a Chinese figure where its own clause settles it: as it is now, what it moved from, a sum so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from etl.claims.changes_chinese import leads_to
from etl.claims.compose import Draft
from etl.claims.measure_chinese import clause_start
from etl.claims.rows_chinese import row_of, year_in_row
from etl.claims.scan import Kept
from etl.claims.spans import Quantity, TimeExpression
from etl.claims.timing import as_of, at_a_point
from etl.model import Period

_NOW = re.compile(r"目前|现有|如今|现已|眼下|已(?=有|拥有|达|开|经|在|超|覆盖|突破)")
_SO_FAR = Kept(re.compile(r"累计|截至目前|截至今日|至今|迄今|到目前为止|(?:全球|总)销量已"))


def is_so_far_in_chinese(text: str, start: int, end: int) -> bool:
    """Whether the sentence at [start, end) sums up until now."""
    return _SO_FAR.search(text, start, end) is not None


def dated_by_row(text: str, draft: Draft, quantities: Sequence[Quantity]) -> bool:
    """Set the year of a number in a row with strokes (2025-2027年营收4899/6603/8233亿元), if its years stand before it."""
    if "/" not in text[draft.quantity.start - 1 : draft.quantity.end + 1]:
        return False
    index, size = row_of(text, draft.quantity, quantities)
    if size < 2 or draft.change.role != "level":
        return False
    first = next(i for i, q in enumerate(quantities) if q.start == draft.quantity.start) - index
    year = year_in_row(text, draft.sentence[0], quantities[first].start, index, size)
    if year is None:
        return False
    draft.period, draft.why["period"] = Period.parse(str(year)), "named: the row's years"
    return True


def dated_in_chinese(
    text: str,
    draft: Draft,
    times: Sequence[TimeExpression],
    near: TimeExpression | None,
    drafts: Sequence[Draft],
    published: date | None,
) -> bool:
    """Set the period of a stock as it is now (目前约有1000家) or of the level that something moved from (由8.6万降到7.2万).

    False where the figure is neither, so that it is dated as others are.
    """
    quantity = draft.quantity
    opening = clause_start(text, quantity, draft.sentence[0])
    clause = text[opening : quantity.start]
    has_time = any(opening <= t.start < quantity.start for t in times)
    if draft.metric.stock and draft.change.role == "level" and not has_time and published and drafts and _NOW.search(clause):
        draft.period, draft.why["period"] = as_of(published), "as it is now"
        return True
    if draft.change.role == "before" and "目标" in clause and near and near.period and not near.is_comparison:
        draft.period, draft.why["period"] = near.period, f"named: {text[near.start : near.end]}"  # the aim that was, for the same time
        return True
    if draft.change.role != "before" or "目标" in clause or (near and near.is_comparison and drafts):
        return False
    dated = (t for t in times if t.period and not t.is_comparison)
    own = next((t for t in dated if quantity.start - 40 < t.start and leads_to(text, t.start, t.end, quantity.start, quantity.end)), None)
    if own is not None:
        period = at_a_point(own.period) if own.period and draft.metric.stock else own.period
        draft.period, draft.why["period"] = period, f"its own: {text[own.start : own.end]}"
    elif near and near.is_comparison and any(t.period and not t.is_comparison and t.end <= near.start for t in times):
        draft.period, draft.why["period"] = near.period, "the period before"
    else:
        draft.why["period"] = "an earlier point, not named"
    return True
