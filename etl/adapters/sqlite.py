"""What the SQLite stores share: how a file is opened, and a transaction whose faults are storage errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import StorageError


def open_store(path: Path | str, schema: str) -> sqlite3.Connection:
    """The file, made if need be; a commit is on disk before it is acknowledged. Any thread may use it, one at a time.

    Raises StorageError.
    """
    try:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        db.executescript("pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=5000;" + schema)
    except sqlite3.Error as error:
        raise StorageError(f"can't open {path}: {error}") from error
    return db


@contextmanager
def transaction(db: sqlite3.Connection, store: str) -> Iterator[sqlite3.Connection]:
    """All of it or nothing. Raises StorageError, naming the store, where the file fails."""
    try:
        db.execute("begin immediate")
        try:
            yield db
        except BaseException:
            db.execute("rollback")
            raise
        db.execute("commit")
    except sqlite3.Error as error:
        raise StorageError(f"{store}: {error}") from error
