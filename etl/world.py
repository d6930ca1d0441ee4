"""The outside as one value: what a step of the pipeline is handed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from etl.duplicates import Index
from etl.errors import StorageError
from etl.model import Page
from etl.ports import Blobs, Fetch, Item, Mail, Outbox, Pending, Queue, Warehouse, Work
from etl.spec.whole import Spec


class PendingIndex(Index, Pending, Protocol):
    """The duplicates' index, whose rows hold once their load is committed."""

    def begin(self, load_id: str) -> None: ...

    def forget_before(self, moment: datetime) -> int: ...


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class World:
    """Every port, the declarations and the clock. `loading` is held by the one load that may run."""

    spec: Spec
    web: Fetch
    blobs: Blobs
    workers: Work
    state: Queue
    index: PendingIndex
    warehouse: Warehouse
    outbox: Outbox
    mail: Mail
    heartbeat: Path
    now: Callable[[], datetime] = utc_now
    loading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def page(self, item: Item) -> Page:
        """The fetched page of a queued item, with its body from the blob store."""
        assert item.page is not None, "only fetched items have a page"
        return self._page(item.page)

    def _page(self, meta: dict[str, Any]) -> Page:
        fetched = datetime.fromisoformat(meta["fetched_at"])
        parts = tuple(self._page(part) for part in meta.get("parts", ()))
        return Page(**{**meta, "fetched_at": fetched, "parts": parts}, body=self.blobs.read(meta["sha256"]))

    def owner_of(self, feed_url: str, source: str) -> str:
        """The owner group of the publisher: of the feed where it is declared, of a declared feed of the same site, else the source."""
        for feed in self.spec.feeds:
            if feed.url == feed_url or _site(urlsplit(feed.url).hostname or "") == _site(source):
                return feed.owner
        return source

    def beat(self, now: datetime) -> None:
        """Leave a sign of life for `healthcheck`. Raises StorageError."""
        try:
            later = self.heartbeat.with_suffix(".new")
            later.write_text(json.dumps({"at": now.isoformat(), **self.state.counts()}))
            later.replace(self.heartbeat)
        except OSError as error:
            raise StorageError(f"can't write {self.heartbeat}: {error.strerror}") from error


def _site(host: str) -> str:
    return host.removeprefix("www.").removeprefix("feeds.")
