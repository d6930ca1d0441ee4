"""A heading says a figure in short; the text below says it in full: the heading's claim takes what only the text tells."""

from __future__ import annotations

from collections.abc import Sequence

from etl.claims.compose import Draft
from etl.model import Kind

_WEAK = ("default", "topic", "carried", "standing", "stock", "")


def complete(drafts: Sequence[Draft], end: int) -> None:
    """Give each figure before `end` (the first sentence's) the period, region, segment, kind and authority of its fuller mention."""
    for draft in drafts:
        if draft.sentence[1] > end:
            return
        twin = next((d for d in drafts if d.sentence[0] >= end and _is_same(draft, d)), None)
        if twin is not None:
            _take(draft, twin)


def _is_same(a: Draft, b: Draft) -> bool:
    return (
        a.subject.company == b.subject.company
        and a.metric.name == b.metric.name
        and a.quantity.value == b.quantity.value
        and a.quantity.currency == b.quantity.currency
        and a.change.role == b.change.role
        and a.change.sign == b.change.sign
    )


def _take(draft: Draft, twin: Draft) -> None:
    for name in ("period", "region", "segment"):
        if _is_weak(draft, name) and not _is_weak(twin, name):
            setattr(draft, name, getattr(twin, name))
            draft.why[name] = f"{twin.why[name]} (said again below)"
            if name == "period":
                draft.compared_to = twin.compared_to
    if draft.authority is None and twin.authority is not None:
        draft.authority, draft.why["authority"] = twin.authority, f"{twin.why.get('authority', '')} (said again below)"
    if draft.kind is Kind.ACTUAL and twin.kind is not Kind.ACTUAL:
        draft.kind, draft.why["kind"] = twin.kind, f"{twin.why.get('kind', '')} (said again below)"


def _is_weak(draft: Draft, name: str) -> bool:
    why = draft.why.get(name, "")
    return getattr(draft, name) is None or why.partition(":")[0] in _WEAK
