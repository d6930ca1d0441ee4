"""Operational state in SQLite: what each feed said last, and the queue of pages from announced to loaded.

DuckDB is the truth. A row here is work in flight or the memory of it; `loaded` rows name the load that took them in,
so that a stop between the two commits is found and mended at the next start.

Which of two like texts is the original hangs on which comes first, so the order has to be the same however many pages a load takes,
and after any stop: each page that came gets a place in line, and loads take them from its head.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.adapters.sqlite import open_store, transaction
from etl.model import Entry, Page
from etl.ports import Item

_SCHEMA = """
create table if not exists feed (url text primary key, state text not null);
create table if not exists item (
    item_id       integer primary key,
    url_key       text not null unique,   -- the address without what varies
    url           text not null,
    entry         text not null,          -- the announcing Entry as JSON
    stage         text not null,          -- wanted | fetched | loaded | dropped | failed
    may_mail      integer not null,
    attempts      integer not null default 0,
    not_before    text not null,
    page          text,                   -- the Page without its body, as JSON
    load_id       text,
    ended_at      text,
    reason        text not null default '',
    place         integer                 -- in the line of pages to load; null until it has lined up
);
create index if not exists item_stage on item (stage, not_before);
"""
_LINE = "create index if not exists item_place on item (place);"


class State:
    """The daemon's memory between two ticks. One process, any thread at a time."""

    def __init__(self, path: Path | str) -> None:
        self._db = open_store(path, _SCHEMA)
        with self._transaction() as db:
            if "place" not in {name for (name,) in db.execute("select name from pragma_table_info('item')")}:
                db.execute("alter table item add column place integer")  # a file of an earlier version: what waits has yet to line up
            db.execute(_LINE)

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return transaction(self._db, "the state file can't be written")

    # ------------------------------------------------------------ feeds

    def feed_states(self) -> dict[str, str]:
        """The stored state of each feed, as its own JSON."""
        return dict(self._db.execute("select url, state from feed"))

    def keep_poll(self, url: str, state: str, entries: Iterable[tuple[str, Entry]], now: datetime, may_mail: bool) -> list[str]:
        """Store a feed's new state and queue its unknown entries, in one transaction. Gives the addresses queued.

        An entry that is known and says that it was updated since is queued again.
        """
        queued = []
        with self._transaction() as db:
            db.execute("insert into feed values (?, ?) on conflict do update set state = excluded.state", (url, state))
            for key, entry in entries:
                if self._announce(db, key, entry, now, may_mail):
                    queued.append(entry.url)
        return queued

    def _announce(self, db: sqlite3.Connection, key: str, entry: Entry, now: datetime, may_mail: bool) -> bool:
        known = db.execute("select item_id, entry, stage from item where url_key = ?", (key,)).fetchone()
        if known is None:
            db.execute(
                "insert into item (url_key, url, entry, stage, may_mail, not_before) values (?, ?, ?, 'wanted', ?, ?)",
                (key, entry.url, _dump(asdict(entry)), may_mail, now.isoformat()),
            )
            return True
        before = _entry(json.loads(known[1]))
        if known[2] in ("wanted", "fetched") or entry.updated is None or (before.updated and entry.updated <= before.updated):
            return False
        if before.updated is None and before.published and entry.updated <= before.published:
            return False
        db.execute(
            "update item set entry = ?, stage = 'wanted', may_mail = ?, attempts = 0, not_before = ?, reason = '' where item_id = ?",
            (_dump(asdict(entry)), may_mail, now.isoformat(), known[0]),
        )
        return True

    # ------------------------------------------------------------ the queue

    def wanted(self, now: datetime, limit: int) -> list[Item]:
        """Pages to fetch now, the longest waiting first."""
        return self._items("stage = 'wanted' and not_before <= ? order by not_before, item_id limit ?", (now.isoformat(), limit))

    def ready(self, limit: int) -> list[Item]:
        """The first pages in line: fetched and not loaded yet."""
        return self._items("stage = 'fetched' and place is not null order by place limit ?", (limit,))

    def line_up(self) -> None:
        """Give the pages that have come since their places behind all others, by the date that their feeds announced, then by address.

        So which host was the swiftest plays no part among pages that came together.
        """
        came = sorted(self._items("stage = 'fetched' and place is null", ()), key=_by_announced_date)
        if came:
            with self._transaction() as db:
                first = _next_place(db)
                db.executemany("update item set place = ? where item_id = ?", [(first + n, item.item_id) for n, item in enumerate(came)])

    def ended(self) -> list[Item]:
        """Everything that a load has taken, in the order of the loads and of the line: what `replay` computes again."""
        return self._items("load_id is not null and page is not null order by ended_at, place, item_id", ())

    def failing(self) -> list[tuple[str, int, str]]:
        """(url, attempts, reason) of pages that were given up or wait for another try."""
        where = "stage = 'failed' or (stage = 'wanted' and attempts > 0)"
        return list(self._db.execute(f"select url, attempts, reason from item where {where}"))

    def unaccounted(self) -> list[tuple[int, str, str, str]]:
        """(item_id, url, stage, reason) of pages that ended before a load, and that no load has taken into its account yet."""
        where = "load_id is null and stage in ('dropped', 'failed') order by item_id"
        return list(self._db.execute(f"select item_id, url, stage, reason from item where {where}"))

    def counts(self) -> dict[str, int]:
        """How many items stand at each stage."""
        return dict(self._db.execute("select stage, count(*) from item group by stage"))

    def keep_fetched(self, item_id: int, page: Page) -> None:
        """The page has come, its body lies in the blob store. A page that comes again lines up again."""
        with self._transaction() as db:
            change = "update item set stage = 'fetched', page = ?, reason = '', place = null where item_id = ?"
            db.execute(change, (_dump(_meta(page)), item_id))

    def hand_in(self, key: str, entry: Entry, page: Page) -> int:
        """Queue a page that came by hand (`ingest`): never mails, and lines up in the order of handing in.

        Gives its item id; the same address again replaces the page, which then stands at the end of the line.
        """
        with self._transaction() as db:
            db.execute(
                "insert into item (url_key, url, entry, stage, may_mail, not_before, page, place) values (?, ?, ?, 'fetched', 0, ?, ?, ?)"
                " on conflict do update set entry = excluded.entry, stage = 'fetched', may_mail = 0, page = excluded.page,"
                " place = excluded.place",
                (key, entry.url, _dump(asdict(entry)), page.fetched_at.isoformat(), _dump(_meta(page)), _next_place(db)),
            )
            return int(db.execute("select item_id from item where url_key = ?", (key,)).fetchone()[0])

    def postpone(self, item_id: int, until: datetime, reason: str) -> None:
        with self._transaction() as db:
            change = "update item set attempts = attempts + 1, not_before = ?, reason = ? where item_id = ?"
            db.execute(change, (until.isoformat(), reason, item_id))

    def end(self, item_id: int, stage: str, reason: str, now: datetime) -> None:
        """Drop or give up a page before it reached a load."""
        with self._transaction() as db:
            db.execute("update item set stage = ?, reason = ?, ended_at = ? where item_id = ?", (stage, reason, now.isoformat(), item_id))

    def end_load(self, load_id: str, endings: Iterable[tuple[int, str, str]], now: datetime) -> None:
        """(item_id, stage, reason) of all that one load took, after the warehouse has committed it."""
        with self._transaction() as db:
            db.executemany(
                "update item set stage = ?, reason = ?, load_id = ?, ended_at = ? where item_id = ?",
                [(stage, reason, load_id, now.isoformat(), item_id) for item_id, stage, reason in endings],
            )

    def _items(self, where: str, values: tuple[object, ...]) -> list[Item]:
        columns = "item_id, url, entry, stage, may_mail, attempts, page, ended_at, load_id, place"
        rows = self._db.execute(f"select {columns} from item where {where}", values)
        return [
            Item(
                item_id=i, url=url, entry=_entry(json.loads(entry)), stage=stage, may_mail=bool(mail), attempts=attempts,
                page=json.loads(page) if page else None, ended_at=_time(ended), load_id=load_id, place=place,
            )
            for i, url, entry, stage, mail, attempts, page, ended, load_id, place in rows
        ]  # fmt: skip

    def close(self) -> None:
        self._db.close()



def _next_place(db: sqlite3.Connection) -> int:
    """The end of the line: behind every place that was ever given."""
    return int(db.execute("select coalesce(max(place), 0) + 1 from item").fetchone()[0])


def _by_announced_date(item: Item) -> tuple[bool, float, str]:
    published = item.entry.published
    return published is None, published.timestamp() if published else 0.0, item.url


def _meta(page: Page) -> dict[str, Any]:
    """All of the page but the bodies, which lie in the blob store."""
    meta = {name: getattr(page, name) for name in ("url", "requested_url", "status", "content_type", "sha256", "fetched_at")}
    return {**meta, "parts": [_meta(part) for part in page.parts]} if page.parts else meta


def _entry(fields: dict[str, Any]) -> Entry:
    return Entry(**{**fields, "published": _time(fields["published"]), "updated": _time(fields["updated"])})


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _dump(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, default=lambda moment: moment.isoformat())
