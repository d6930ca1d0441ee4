"""Brings a warehouse up to date: numbered migrations, once each, then every view anew."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path

import duckdb

from etl.errors import StorageError, WarehouseNewer

_LEDGER = """
create schema if not exists meta;
create table if not exists meta.migrations (migration bigint not null, name varchar not null, sha256 varchar not null);
comment on table meta.migrations is 'What has been done to this warehouse. Grain: one row per migration.';
comment on column meta.migrations.migration is 'Its number.';
comment on column meta.migrations.name is 'Its file.';
comment on column meta.migrations.sha256 is 'Of its text, hex: a migration is never edited once it was applied.';
"""


def migrate(db: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Apply what is missing, one transaction each; gives the names applied.

    Raises WarehouseNewer where the warehouse knows a migration that the folder lacks, StorageError where one was edited since.
    """
    known = _known(folder)
    done = _done(db)
    if beyond := sorted(set(done) - set(known)):
        raise WarehouseNewer(f"the warehouse was written by a later version (it has migration {done[beyond[-1]][0]}); update figurewatch")
    if not done:
        in_transaction(db, _LEDGER)
    applied = []
    for number, path in sorted(known.items()):
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        if number in done:
            if done[number][1] != digest:
                raise StorageError(f"migration {path.name} was edited after it had been applied; put it back and write a new one")
            continue
        with_record = text + f"\ninsert into meta.migrations values ({number}, '{path.name}', '{digest}');"
        in_transaction(db, with_record)
        applied.append(path.name)
    return applied


def make_views(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Drop every view and macro of ours and make them from the folder, in the order in which they need one another."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql"))}
    gone = "select schema_name, view_name from duckdb_views() where not internal and database_name = current_database()"
    drops = [f'drop view if exists "{schema}"."{name}";' for schema, name in db.execute(gone).fetchall()]
    in_transaction(db, "\n".join((*drops, *(texts[name] for name in in_order(texts)))))


def in_order(texts: dict[str, str]) -> list[str]:
    """The names so that each comes after those which its text reads from."""
    needs = {name: {other for other in texts if other != name and _reads(text, other)} for name, text in texts.items()}
    ordered: list[str] = []
    while needs:
        ready = sorted(name for name, before in needs.items() if before <= set(ordered))
        if not ready:
            raise ValueError(f"views that need one another in a circle: {', '.join(sorted(needs))}")
        ordered += ready
        needs = {name: before for name, before in needs.items() if name not in ready}
    return ordered


def in_transaction(db: duckdb.DuckDBPyConnection, sql: str) -> None:
    """All of these statements or none."""
    db.execute("begin")
    try:
        db.execute(sql)
        db.execute("commit")
    except BaseException:
        roll_back(db)
        raise


def roll_back(db: duckdb.DuckDBPyConnection) -> None:
    """Undo what the transaction did, if there still is one: a fault may have ended it, and the first error is the one to tell."""
    with suppress(duckdb.Error):
        db.execute("rollback")


def _reads(text: str, name: str) -> bool:
    plain = re.sub(r"--.*", "", text)
    return re.search(rf"\b(?:from|join)\s+(?:main\.)?{re.escape(name)}\b", plain) is not None


def _done(db: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, str]]:
    """Name and digest of each migration that was applied; looking changes nothing in a warehouse that may be too new."""
    ledger = "select count(*) from duckdb_tables() where schema_name = 'meta' and table_name = 'migrations'"
    if db.execute(ledger).fetchone() == (0,):
        return {}
    rows = db.execute("select migration, name, sha256 from meta.migrations").fetchall()
    return {number: (name, digest) for number, name, digest in rows}


def _known(folder: Path) -> dict[int, Path]:
    known: dict[int, Path] = {}
    for path in sorted(folder.glob("*.sql")):
        number = int(path.name[:4])
        if number in known:
            raise ValueError(f"two migrations have the number {number}: {known[number].name}, {path.name}")
        known[number] = path
    return known
