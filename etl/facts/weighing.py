"""One grain's evidence, weighed: which amount holds, who supports it, who contradicts it, what it has replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from etl.facts.grain import Grain, away_amount, home_amount, home_rounding, is_point, printed
from etl.likeness import agree
from etl.model import PRESS, Bound, Claim, Evidence, Standing

_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_NOW = datetime(9999, 1, 1, tzinfo=UTC)
_ECHO = timedelta(days=20)  # within it two outlets contradict each other about one statement; after it the voice has spoken again
_SHARPNESS = {Bound.EXACT: 0, Bound.APPROX: 1, Bound.RANGE: 2, Bound.GT: 3, Bound.LT: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A grain with its evidence sorted out, before the look at neighbouring grains."""

    grain: Grain
    best: Evidence
    support: tuple[Evidence, ...]  # oldest first
    against: tuple[Evidence, ...]  # said, not taken back, and not true together with the best
    replaced: Evidence | None  # what the best restates
    standing: Standing
    sources: int

    @property
    def amount(self) -> Decimal:
        return home_amount(self.best.claim)[0]

    @property
    def rounding(self) -> Decimal:
        return home_rounding(self.best.claim)

    @property
    def other_currency(self) -> tuple[Decimal | None, str | None]:
        """The amount in another currency: the best claim's own pair, else that of the oldest that gives one."""
        pairs = [away_amount(e.claim) for e in (self.best, *self.support)]
        return next((pair for pair in pairs if pair[0] is not None), (None, None))


def settle(grain: Grain, evidence: Sequence[Evidence], withdrawn: frozenset[str]) -> Weighed:
    """Weigh one grain's evidence. The order it comes in doesn't matter."""
    evidence = sorted(evidence, key=_age)
    taken_back = {e.article_id for e in evidence if e.article_id in withdrawn}
    spoken = [e for e in evidence if e.article_id not in taken_back]
    if not spoken:
        best = min(evidence, key=_sharpness)
        support = tuple(e for e in evidence if says_same(e, best))
        return Weighed(grain=grain, best=best, support=support, against=(), replaced=None, standing=Standing.RETRACTED, sources=0)
    live = _not_superseded(grain, spoken)
    best = min(live, key=lambda e: (-independent([o for o in live if says_same(o, e)]), *_sharpness(e)))
    support = tuple(e for e in live if says_same(e, best))
    against = tuple(e for e in live if not says_same(e, best))
    older = [e for e in evidence if e not in live and not says_same(e, best)]
    replaced = max(older, key=_age) if older else None
    sources = independent(support)
    standing = Standing.CORROBORATED if sources > 1 else Standing.SINGLE
    if replaced is not None and not is_point(grain):
        standing = Standing.RESTATED
    if against:
        standing = Standing.DISPUTED
    return Weighed(grain=grain, best=best, support=support, against=against, replaced=replaced, standing=standing, sources=sources)


def says_same(a: Evidence, b: Evidence) -> bool:
    """Whether two pieces of evidence of one grain can both be true."""
    return agree(printed(a.claim), printed(b.claim))


def independent(evidence: Iterable[Evidence]) -> int:
    """How many sources it comes from: pieces that share a text or an owner, directly or through others, are one."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for item in evidence:
        parent[root(f"text {item.group_id}")] = root(f"owner {item.owner}")
    return sum(root(name) == name for name in list(parent))


def _not_superseded(grain: Grain, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What still stands: a voice's earlier word falls with its later one, and with a text fall its copies."""
    fallen: set[str] = set()
    for old in evidence:
        for new in evidence:
            if _replaces(grain, new, old):
                fallen |= {e.claim.claim_id for e in evidence if e.group_id == old.group_id and says_same(e, old) and not says_same(e, new)}
    live = [e for e in evidence if e.claim.claim_id not in fallen]
    return live or [max(evidence, key=_age)]


def _replaces(grain: Grain, new: Evidence, old: Evidence) -> bool:
    if says_same(new, old) or new.article_id == old.article_id:
        return False
    if new.url == old.url:  # another version of the same page
        return (new.recorded_at or _NOW, new.published_at or _NEVER) > (old.recorded_at or _NOW, old.published_at or _NEVER)
    if new.published_at is None or old.published_at is None or new.published_at <= old.published_at:
        return False
    if new.owner == old.owner:
        return True
    gap = new.published_at - old.published_at
    if is_point(grain):
        return gap >= timedelta(days=1)  # counted again within the month
    return grain.authority != PRESS and gap > _ECHO


def _age(evidence: Evidence) -> tuple[datetime, datetime, str]:
    return evidence.published_at or _NOW, evidence.recorded_at or _NOW, evidence.claim.claim_id


def _sharpness(evidence: Evidence) -> tuple[int, Decimal, float, datetime, str]:
    claim: Claim = evidence.claim
    return _SHARPNESS[claim.bound], home_rounding(claim), -claim.confidence, evidence.published_at or _NOW, claim.claim_id
