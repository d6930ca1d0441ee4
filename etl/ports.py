"""What the way asks of the outside. The adapters are these for real; `app` builds a `World` of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from etl.model import Alert, Article, Batch, Entry, Evidence, Fact, Page, Response, Telling

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A page on its way. `page` is there from the stage `fetched` on, without its body, which lies in the blob store."""

    item_id: int
    url: str
    entry: Entry
    stage: str  # wanted | fetched | loaded | dropped | failed
    may_mail: bool
    attempts: int
    page: dict[str, Any] | None
    ended_at: datetime | None
    load_id: str | None
    place: int | None  # in the line of pages to load; None until it has lined up; a page that comes again gets another


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail that waits: the bytes as they go out, and what has happened to it."""

    alert_id: str
    message_id: str
    receivers: tuple[str, ...]
    subject: str
    raw: bytes
    status: str  # pending | due | sending | sent | refused
    attempts: int
    error: str


class Fetch(Protocol):
    """The web, politely."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, max_bytes: int, accept: str = "*/*"
    ) -> Response: ...

    async def allowed(self, url: str) -> bool: ...


class Blobs(Protocol):
    """Raw bodies by their sha256."""

    def keep(self, body: bytes) -> str: ...

    def read(self, sha256: str) -> bytes: ...


class Work(Protocol):
    """Processes that can be ended."""

    async def run(self, function: Callable[..., T], *args: Any) -> T: ...


class Queue(Protocol):
    """What each feed said last, and the pages on their way."""

    def feed_states(self) -> dict[str, str]: ...

    def keep_poll(self, url: str, state: str, entries: Iterable[tuple[str, Entry]], now: datetime, may_mail: bool) -> list[str]: ...

    def wanted(self, now: datetime, limit: int) -> list[Item]: ...

    def line_up(self) -> None: ...

    def ready(self, limit: int) -> list[Item]: ...

    def ended(self) -> list[Item]: ...

    def unaccounted(self) -> list[tuple[int, str, str, str]]: ...

    def counts(self) -> dict[str, int]: ...

    def failing(self) -> list[tuple[str, int, str]]: ...

    def keep_fetched(self, item_id: int, page: Page) -> None: ...

    def hand_in(self, key: str, entry: Entry, page: Page) -> int: ...

    def postpone(self, item_id: int, until: datetime, reason: str) -> None: ...

    def end(self, item_id: int, stage: str, reason: str, now: datetime) -> None: ...

    def end_load(self, load_id: str, endings: Iterable[tuple[int, str, str]], now: datetime) -> None: ...


class Pending(Protocol):
    """A store whose rows hold only once the warehouse has committed the load that made them."""

    def pending_loads(self) -> Iterable[str]: ...

    def confirm(self, load_id: str) -> None: ...

    def discard(self, load_id: str) -> None: ...


class Outbox(Pending, Protocol):
    """Mails from composed to accepted."""

    def put(self, alerts: Sequence[Alert], load_id: str) -> None: ...

    def due(self, now: datetime) -> list[Letter]: ...

    def mark_sending(self, alert_id: str, now: datetime) -> None: ...

    def mark_sent(self, alert_id: str, now: datetime) -> None: ...

    def mark_failed(self, alert_id: str, error: Exception, now: datetime) -> None: ...


class Mail(Protocol):
    """A server that takes mail."""

    def send(self, letter: Letter) -> None: ...


class Warehouse(Protocol):
    """The truth."""

    def has_load(self, load_id: str) -> bool: ...

    def load(self, batch: Batch) -> Any: ...

    def recall_evidence(self, keys: Iterable[tuple[str, str]]) -> list[Evidence]: ...

    def recall_facts(self, keys: Iterable[tuple[str, str]]) -> list[Fact]: ...

    def recall_versions(self, articles: Iterable[Article]) -> list[Evidence]: ...

    def superseded(self, urls: Iterable[str]) -> set[str]: ...

    def articles(self) -> Iterable[Article]: ...

    def told(self) -> Iterable[tuple[Article, Telling | None, datetime]]: ...

    def declare(self, declared: Any) -> None: ...

    def publish(self, *, at_once: bool = False) -> Any: ...
