"""warehouse/dictionary.md, made from the comments on tables and columns."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.adapters.warehouse.migrate import make_views, migrate

_HEAD = """# Dictionary

What each table and column holds, made from their comments by `figurewatch sql --dictionary > warehouse/dictionary.md`.
Analysts read the views of the first part; the second is the machine's own. Times are UTC.
`facts_as_of(t)` gives what `facts` held at a moment in the past.
"""


def dictionary(migrations: Path, views: Path) -> str:
    """The whole page, for a warehouse as the given files make it."""
    with duckdb.connect() as db:
        migrate(db, migrations)
        make_views(db, views)
        parts = [_HEAD]
        for schema, heading in (("main", "For analysts"), ("meta", "The machine's own: schema `meta`")):
            parts.append(f"\n## {heading}\n")
            parts += [_table(db, schema, name, comment) for name, comment in _tables(db, schema)]
    return "".join(parts)


def _tables(db: duckdb.DuckDBPyConnection, schema: str) -> list[tuple[str, str]]:
    return db.execute(
        """select table_name, comment from duckdb_tables() where schema_name = $1 and not internal
        union all select view_name, comment from duckdb_views() where schema_name = $1 and not internal order by 1""",
        [schema],
    ).fetchall()


def _table(db: duckdb.DuckDBPyConnection, schema: str, name: str, comment: str) -> str:
    columns = db.execute(
        "select column_name, data_type, comment from duckdb_columns() where schema_name = ? and table_name = ? order by column_index",
        [schema, name],
    ).fetchall()
    lines = [f"\n### {name}\n{comment}\n\n| column | type | holds |\n|---|---|---|\n"]
    lines += [f"| `{column}` | {kind.lower().replace('|', '/')} | {told} |\n" for column, kind, told in columns]
    return "".join(lines)
