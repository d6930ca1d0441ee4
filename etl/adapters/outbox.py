"""Mails from composed to accepted, in SQLite: their bytes, and what has happened to them.

A mail waits as `pending` until the warehouse has committed the load that made it, and is `due` from then on. A mail that was being sent
when the process died is due again: it may arrive twice, byte for byte the same and under the same Message-ID, but it is never lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl.adapters.sqlite import open_store, transaction
from etl.errors import MailError, StorageError
from etl.model import Alert
from etl.ports import Letter

_SCHEMA = """
create table if not exists letter (
    alert_id    text primary key,
    load_id     text not null,
    message_id  text not null,
    receivers   text not null,          -- JSON list
    subject     text not null,
    raw         blob not null,          -- the mail as it goes out
    status      text not null,          -- pending | due | sending | sent | refused
    attempts    integer not null default 0,
    not_before  text not null default '',
    ended_at    text,
    error       text not null default ''
);
create index if not exists letter_status on letter (status, not_before);
"""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
_COLUMNS = "alert_id, message_id, receivers, subject, raw, status, attempts, error"


class SqliteOutbox:
    """The mails, any thread at a time. One process sends; it calls `resume` first. Others may look beside it."""

    def __init__(self, path: Path | str) -> None:
        self._db = open_store(path, _SCHEMA)

    def resume(self) -> None:
        """What was being handed in when the sending process died is due again. Only the process that sends may say so."""
        with self._transaction() as db:
            db.execute("update letter set status = 'due' where status = 'sending'")

    def close(self) -> None:
        self._db.close()

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return transaction(self._db, "the outbox can't be written")

    # ------------------------------------------------------------ with the load

    def put(self, alerts: Sequence[Alert], load_id: str = "") -> None:
        """Keep mails until their load is committed; without a load they are due at once. A mail that is known stays as it is."""
        with self._transaction() as db:
            db.executemany(
                "insert or ignore into letter (alert_id, load_id, message_id, receivers, subject, raw, status) values (?,?,?,?,?,?,?)",
                [
                    (a.alert_id, load_id, a.message_id, json.dumps(a.receivers), a.subject, a.raw, "pending" if load_id else "due")
                    for a in alerts
                ],
            )

    def pending_loads(self) -> set[str]:
        """The loads whose mails wait for their commit."""
        return {row[0] for row in self._db.execute("select distinct load_id from letter where status = 'pending'")}

    def confirm(self, load_id: str) -> None:
        """The load is committed: its mails are due."""
        with self._transaction() as db:
            db.execute("update letter set status = 'due' where load_id = ? and status = 'pending'", (load_id,))

    def discard(self, load_id: str) -> None:
        """The load came to nothing: its mails are forgotten."""
        with self._transaction() as db:
            db.execute("delete from letter where load_id = ? and status = 'pending'", (load_id,))

    # ------------------------------------------------------------ with the server

    def due(self, now: datetime) -> list[Letter]:
        """What may go out now, in the order in which it was kept."""
        return self._letters("where status = 'due' and not_before <= ? order by rowid", _stamp(now))

    def all(self) -> list[Letter]:
        """Every mail there ever was, oldest first."""
        return self._letters("order by rowid")

    def mark_sending(self, alert_id: str, now: datetime) -> None:
        """It is handed to the server now; written down before the server hears of it."""
        with self._transaction() as db:
            db.execute("update letter set status = 'sending', attempts = attempts + 1 where alert_id = ?", (alert_id,))

    def mark_sent(self, alert_id: str, now: datetime) -> None:
        """The server has accepted it."""
        self._end(alert_id, "sent", "", now)

    def mark_failed(self, alert_id: str, error: Exception, now: datetime) -> None:
        """The server didn't take it: tried again after 1, 2, 4… minutes, at most 4 hours, without end; a refusal for good ends it."""
        if isinstance(error, MailError) and error.is_permanent:
            self._end(alert_id, "refused", str(error), now)
            return
        with self._transaction() as db:
            if isinstance(error, MailError) and error.receivers:  # the others have it
                db.execute("update letter set receivers = ? where alert_id = ?", (json.dumps(error.receivers), alert_id))
            (attempts,) = db.execute("select attempts from letter where alert_id = ?", (alert_id,)).fetchone() or (1,)
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 10))
            db.execute(
                "update letter set status = 'due', not_before = ?, error = ? where alert_id = ?", (_stamp(now + wait), str(error), alert_id)
            )

    def retry(self, alert_id: str) -> bool:
        """Make a refused or waiting mail due at once. Tells whether there was one."""
        with self._transaction() as db:
            found = db.execute(
                "update letter set status = 'due', not_before = '' where alert_id = ? and status in ('refused', 'due')", (alert_id,)
            )
            return found.rowcount > 0

    def _end(self, alert_id: str, status: str, error: str, now: datetime) -> None:
        with self._transaction() as db:
            db.execute("update letter set status = ?, error = ?, ended_at = ? where alert_id = ?", (status, error, _stamp(now), alert_id))

    def _letters(self, rest: str, *values: object) -> list[Letter]:
        try:
            rows = self._db.execute(f"select {_COLUMNS} from letter {rest}", values).fetchall()
        except sqlite3.Error as error:
            raise StorageError(f"the outbox can't be read: {error}") from error
        return [
            Letter(
                alert_id=row[0], message_id=row[1], receivers=tuple(json.loads(row[2])), subject=row[3], raw=bytes(row[4]),
                status=row[5], attempts=row[6], error=row[7],
            )
            for row in rows
        ]  # fmt: skip


def _stamp(moment: datetime) -> str:
    """UTC in one spelling, so that moments compare as texts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
