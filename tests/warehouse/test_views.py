"""Each view has a TOML file: rows of the machine's tables that are given, and the rows that are expected of the view."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.adapters.warehouse.migrate import make_views, migrate
from etl.commands.tables import plain
from etl.places import sql_dir

CASES = sorted(Path(__file__).parent.glob("*.toml"))


def test_each_view_of_the_analysts_has_a_case() -> None:
    """A view without given and expected rows isn't finished."""
    assert {path.stem for path in CASES} == {path.stem for path in sql_dir("views").glob("*.sql")}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_view(path: Path) -> None:
    """The view gives just the expected rows for those given."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    with duckdb.connect() as db:
        migrate(db, sql_dir("migrations"))
        make_views(db, sql_dir("views"))
        for table, rows in case["given"].items():
            for row in rows:
                _insert(db, table, row)
        found = db.execute(case["ask"])
        names = [column[0] for column in found.description or ()]
        answer = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert json.loads(json.dumps(answer, default=plain)) == case["expected"]


def _insert(db: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    """The row, with a harmless value in each column that may not be null and isn't given."""
    columns = db.execute(
        "select column_name, data_type, is_nullable from duckdb_columns() where schema_name = 'meta' and table_name = ?"
        " order by column_index",
        [table],
    ).fetchall()
    unknown = set(row) - {name for name, _, _ in columns}
    assert not unknown, f"{table} has no column {unknown}"
    full = {name: row.get(name, None if nullable else _harmless(kind)) for name, kind, nullable in columns}
    db.execute(f"insert into meta.{table} values ({', '.join('?' * len(full))})", list(full.values()))


def _harmless(kind: str) -> Any:
    if kind.endswith("[]"):
        return []
    return {"VARCHAR": "", "TIMESTAMP": "2017-07-07", "BOOLEAN": False, "DATE": "2017-07-07"}.get(kind, 0)
