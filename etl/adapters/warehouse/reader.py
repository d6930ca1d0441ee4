"""Reading what was published. Never the live file: that belongs to the daemon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from etl.adapters.warehouse.faults import storage_faults
from etl.errors import UsageError
from etl.places import Places

_REFUSED = (duckdb.ProgrammingError, duckdb.DataError, duckdb.NotSupportedError, duckdb.IOException, duckdb.PermissionException)


class Snapshot:
    """One published state of the warehouse, read-only."""

    def __init__(self, db: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.db, self.path = db, path

    def ask(self, query: str, values: Sequence[Any] | dict[str, Any] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The column names and the rows that answer a query. Raises UsageError where the query can't be meant."""
        try:
            result = self.db.execute(query, values or None)
            return [column[0] for column in result.description or ()], result.fetchall() if result.description else []
        except _REFUSED as error:
            raise UsageError(str(error)) from error

    def rows(self, query: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
        names, found = self.ask(query, values)
        return [dict(zip(names, row, strict=True)) for row in found]


@contextmanager
def open_snapshot(places: Places, *, writes_files: bool = False) -> Iterator[Snapshot]:
    """The newest published state; its queries reach no other file unless `writes_files`. Raises UsageError where nothing is published."""
    with storage_faults(f"can't read {places.published}"):
        db, path = _open(places)
        if not writes_files:
            db.execute("set enable_external_access = false")
    try:
        yield Snapshot(db, path)
    finally:
        db.close()


def _open(places: Places) -> tuple[duckdb.DuckDBPyConnection, Path]:
    for attempt in (1, 2, 3):
        if not places.published.exists():
            break
        path = places.published.resolve()
        try:
            return duckdb.connect(path, read_only=True), path
        except duckdb.IOException:  # removed between the look at the link and the opening: a newer one is there
            if attempt == 3 or path.exists():
                raise
    what_now = "run `figurewatch once` or `figurewatch ingest` first, or name another folder with --home"
    raise UsageError(f"nothing is published in {places.home} yet; {what_now}")
