"""When a feed is polled next, and where. A state is a value: it is stored as JSON between two polls.

A feed is asked about as often as it brings something: twice between two of its entries, less often while it is silent,
never more often than it asks for (ttl, max-age, Retry-After), within the limits of its declaration. After failures the
wait doubles up to a day, and it never gives up; only 410 Gone ends a feed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from etl.errors import EtlError, FetchError, LayoutError
from etl.feeds.document import FeedDocument
from etl.model import Response
from etl.spec.feeds import FeedSpec

CONFIRMATIONS = 3  # polls in a row that must see the same permanent redirect: a slip of an hour moves no feed
WEEK, DAY, HOUR = 604_800.0, 86_400.0, 3_600.0
LONGEST_WAIT = 7 * DAY  # what a Retry-After may ask for at most
FORGET_AFTER = timedelta(days=7)  # after so long with nothing but 304 the document is asked for as a whole
WINDOW = timedelta(days=28)  # entries of which the pace is taken
_BLOCKED = frozenset(("private", "scheme", "robots", "status_401", "status_403", "status_451"))
_BUSY = frozenset(("status_429", "status_503"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between two polls."""

    url: str  # as declared: the feed's name
    address: str  # where it is polled: as declared, until a permanent move is confirmed
    etag: str | None = None
    last_modified: str | None = None
    next_poll_at: datetime | None = None  # None: now, or never again if gone
    first_polled_at: datetime | None = None  # the first time a document could be read
    last_polled_at: datetime | None = None
    last_read_at: datetime | None = None  # the last time a whole document could be read
    outcome: str = ""  # ok | not_modified | moved | gone | backoff | blocked | error
    error: str = ""
    failures: int = 0  # in a row
    polls: int = 0
    moved_to: str | None = None  # a move that waits for confirmation
    confirmations: int = 0
    gone: bool = False
    entries_a_week: float | None = None  # its pace, None while unknown
    newest_at: datetime | None = None
    asked_s: float = 0.0  # how long the feed itself asks to be left alone
    is_complete: bool = False

    @classmethod
    def new(cls, url: str) -> Self:
        """A feed that was never polled."""
        return cls(url=url, address=url)

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=lambda moment: moment.isoformat(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The stored state. Fields that this version doesn't know are left out, missing ones take their default."""
        stored: dict[str, Any] = json.loads(text)
        known = {name: value for name, value in stored.items() if name in cls.__dataclass_fields__}
        for name in ("next_poll_at", "first_polled_at", "last_polled_at", "last_read_at", "newest_at"):
            if known.get(name):
                known[name] = datetime.fromisoformat(known[name])
        return cls(**known)


def due(specs: Iterable[FeedSpec], states: Mapping[str, FeedState], now: datetime) -> list[FeedSpec]:
    """The feeds whose time has come, the longest waiting first; new ones before all."""
    waiting = []
    for spec in specs:
        state = states.get(spec.url)
        if state is None or (not state.gone and (state.next_poll_at is None or state.next_poll_at <= now)):
            waiting.append((state.next_poll_at.timestamp() if state and state.next_poll_at else 0.0, spec))
    return [spec for _, spec in sorted(waiting, key=lambda pair: pair[0])]


def next_poll(state: FeedState, outcome: Response | EtlError, document: FeedDocument | None, spec: FeedSpec, now: datetime) -> FeedState:
    """The state after a poll that gave a response (with its document, or 304) or failed with an error."""
    state = replace(state, polls=state.polls + 1, last_polled_at=now)
    if isinstance(outcome, EtlError):
        return _after_failure(state, outcome, spec, now)
    if outcome.status != 304 and document is None:
        return _after_failure(state, LayoutError(f"status {outcome.status} without a document", url=outcome.url), spec, now)
    state = _follow(replace(state, failures=0, error="", outcome="not_modified"), outcome, document)
    if document is not None:
        state = _learn(state, outcome, document, now)
    elif state.last_read_at is None or now - state.last_read_at >= FORGET_AFTER:
        state = replace(state, etag=None, last_modified=None)  # a server that answers 304 for ever must prove it
    wait = _spread(_wait(state, spec, now), state, 0.1, most=max(spec.max_every_s, state.asked_s))
    return replace(state, next_poll_at=now + timedelta(seconds=wait))


def pace_complaint(state: FeedState, spec: FeedSpec) -> str | None:
    """How the feed's pace has left the declared range, None where it is as expected or unknown."""
    pace, expected = state.entries_a_week, spec.entries_a_week
    if pace is None or expected.min <= pace <= expected.max:
        return None
    return f"{pace:.1f} entries a week, expected {expected.min:g} to {expected.max:g}"


# ------------------------------------------------------------------ after a failure


def _after_failure(state: FeedState, error: EtlError, spec: FeedSpec, now: datetime) -> FeedState:
    reason = error.reason if isinstance(error, FetchError) else ""
    if reason == "status_410":
        return replace(state, outcome="gone", error=str(error), gone=True, next_poll_at=None, failures=state.failures + 1)
    word = "backoff" if reason in _BUSY else "blocked" if reason in _BLOCKED else "error"
    failures = state.failures + 1
    state = replace(state, outcome=word, error=str(error), failures=failures, moved_to=None, confirmations=0)
    if failures % 8 == 0 and state.address != state.url:  # a move that led nowhere: try the declared address again
        state = replace(state, address=state.url, etag=None, last_modified=None)
    start = spec.min_every_s * (4 if word == "blocked" else 1)
    wait = _spread(min(start * 2.0 ** min(failures - 1, 20), max(DAY, spec.max_every_s)), state, 0.2)
    asked = error.retry_after_s if isinstance(error, FetchError) else None
    if asked is not None:
        wait = max(wait, min(asked, LONGEST_WAIT))
    return replace(state, next_poll_at=now + timedelta(seconds=wait))


# ------------------------------------------------------------------ after a response


def _follow(state: FeedState, response: Response, document: FeedDocument | None) -> FeedState:
    """Count a permanent redirect, or what the feed itself says of its move, and follow when it is confirmed."""
    target = response.permanent_url or (document.moved_to if document else None)
    if target is None and response.status == 304 and state.moved_to and response.url == state.address:
        return state  # a 304 carries no document in which the feed could repeat that it moves
    if target is None or target == state.address or _is_downgrade(state.address, target):
        return replace(state, moved_to=None, confirmations=0)
    seen = state.confirmations + 1 if target == state.moved_to else 1
    if seen < CONFIRMATIONS:
        return replace(state, moved_to=target, confirmations=seen)
    return replace(state, address=target, moved_to=None, confirmations=0, outcome="moved")


def _is_downgrade(old: str, new: str) -> bool:
    return old.startswith("https:") and new.startswith("http:")


def _learn(state: FeedState, response: Response, document: FeedDocument, now: datetime) -> FeedState:
    dates = sorted(e.published for e in document.entries if e.published)
    return replace(
        state,
        outcome="moved" if state.outcome == "moved" else "ok",
        etag=response.headers.get("etag"),
        last_modified=response.headers.get("last-modified"),
        first_polled_at=state.first_polled_at or now,
        last_read_at=now,
        entries_a_week=_pace(dates, now),
        newest_at=min(dates[-1], now) if dates else None,
        asked_s=min(max(document.ttl_s or 0.0, _max_age(response.headers)), DAY),
        is_complete=document.is_complete,
    )


def _pace(dates: list[datetime], now: datetime) -> float | None:
    """Entries a week over the last four weeks, or over what the document covers if that is less."""
    if not dates:
        return None
    recent = [d for d in dates if now - d <= WINDOW]
    covers_all = len(recent) < len(dates)
    span = WINDOW if covers_all or not recent else now - recent[0]
    return len(recent) * WEEK / max(span.total_seconds(), HOUR)


def _max_age(headers: Mapping[str, str]) -> float:
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return 0.0
    found = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", control)
    age = re.fullmatch(r"\d{1,9}", headers.get("age", "").strip())
    return max(0.0, float(found[1]) - (float(age[0]) if age else 0.0)) if found else 0.0


def _wait(state: FeedState, spec: FeedSpec, now: datetime) -> float:
    """Seconds until the next look: half the time between two entries, or a tenth of the feed's silence, if that is longer."""
    if state.is_complete:
        return max(spec.max_every_s, state.asked_s)
    if state.entries_a_week is None:
        own = HOUR
    else:
        own = WEEK / state.entries_a_week / 2 if state.entries_a_week > 0 else spec.max_every_s
        silence = (now - state.newest_at).total_seconds() if state.newest_at else 0.0
        own = max(own, silence / 10)
    return min(max(own, state.asked_s, spec.min_every_s), spec.max_every_s)


def _spread(wait: float, state: FeedState, share: float, most: float | None = None) -> float:
    """The wait, longer by up to `share`: a hash of the feed and its polls, so that feeds don't march in step and a replay agrees."""
    number = int.from_bytes(hashlib.sha256(f"{state.url} {state.polls}".encode()).digest()[:4], "big") / 2**32
    longer = wait * (1 + share * number)
    return longer if most is None else min(longer, max(most, wait))
