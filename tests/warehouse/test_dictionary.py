"""Every table and column is explained, and the page is current."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.adapters.warehouse.dictionary import dictionary
from etl.adapters.warehouse.migrate import in_order, make_views, migrate
from etl.places import sql_dir


def test_every_table_and_column_has_a_comment() -> None:
    """No table, view or column of the warehouse is without a comment."""
    with duckdb.connect() as db:
        migrate(db, sql_dir("migrations"))
        make_views(db, sql_dir("views"))
        silent = db.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null"
            " union all select table_name, '' from duckdb_tables() where comment is null"
            " union all select view_name, '' from duckdb_views() where not internal and comment is null"
        ).fetchall()
        views = {row[0] for row in db.execute("select view_name from duckdb_views() where not internal").fetchall()}
        keys = db.execute("select * from duckdb_constraints() where constraint_type not in ('NOT NULL')").fetchall()
        assert silent == [] and keys == [] and db.execute("select * from duckdb_sequences()").fetchall() == []
    assert views >= {"articles", "claims", "facts", "figures", "shifts", "baseline", "provenance", "coverage"}


def test_the_dictionary_is_current() -> None:
    """warehouse/dictionary.md is what `figurewatch sql --dictionary` prints."""
    page = Path(__file__).parents[2] / "warehouse" / "dictionary.md"
    assert page.read_text(encoding="utf-8") == dictionary(sql_dir("migrations"), sql_dir("views"))


def test_views_are_made_in_the_order_of_their_needs() -> None:
    """A view comes after those that it reads from; names in comments don't count."""
    assert in_order({"a": "select 1 from b", "b": "-- from a\nselect 2 from c join main.d", "c": "", "d": ""}) == ["c", "d", "b", "a"]
