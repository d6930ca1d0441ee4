"""Where each item of a run ended up: kept, dropped with a reason, or failed with an error. The sums are checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from etl.model import Dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How one item of one room ended."""

    room: str
    item: str  # url or id
    outcome: str  # kept | dropped | failed
    reason: str  # a DropReason, an error's reason, or ""
    detail: str


@dataclass(slots=True)
class Ledger:
    """The account of one run. `taken == kept + dropped + failed` holds in every room."""

    taken: Counter[str] = field(default_factory=Counter)
    endings: list[Ending] = field(default_factory=list)

    def keep(self, room: str, item: str, detail: str = "") -> None:
        self._end(room, item, "kept", "", detail)

    def drop(self, room: str, item: str, dropped: Dropped) -> None:
        self._end(room, item, "dropped", dropped.reason.value, dropped.detail)

    def fail(self, room: str, item: str, error: Exception) -> None:
        reason = getattr(error, "reason", None) or type(error).__name__
        self._end(room, item, "failed", str(reason), str(error))

    def _end(self, room: str, item: str, outcome: str, reason: str, detail: str) -> None:
        self.taken[room] += 1
        self.endings.append(Ending(room=room, item=item, outcome=outcome, reason=reason, detail=detail))

    def merge(self, other: Ledger) -> None:
        self.taken.update(other.taken)
        self.endings.extend(other.endings)

    def count(self, room: str, outcome: str) -> int:
        return sum(e.room == room and e.outcome == outcome for e in self.endings)

    def reasons(self, room: str, outcome: str) -> Counter[str]:
        """How often each reason was given for an outcome."""
        return Counter(e.reason for e in self.endings if e.room == room and e.outcome == outcome)

    @property
    def has_failures(self) -> bool:
        return any(e.outcome == "failed" for e in self.endings)
