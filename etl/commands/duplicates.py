"""`figurewatch duplicates`: articles in, verdicts out; a room alone."""

from __future__ import annotations

import argparse
from typing import Any

from etl.adapters.index import SqliteIndex
from etl.commands.filters import Row, moment, run_filter
from etl.duplicates import Document, tell_apart


def register(commands: Any) -> None:
    """Add the command to the grammar."""
    parser = commands.add_parser("duplicates", help="filter: articles in, original / copy / revision / … out, in the order of arrival")
    parser.add_argument("--index", metavar="FILE", default=":memory:", help="an index that outlives the run (else in memory)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Tell each line apart from those before it."""
    index = SqliteIndex(args.index)
    try:
        return run_filter(lambda row: [tell(row, index)], needs=("doc_id", "text"))
    finally:
        index.close()


def tell(row: Row, index: SqliteIndex) -> Row:
    """The line that answers one article."""
    told = tell_apart(
        Document(
            id=row["doc_id"],
            url=_string(row, "url"),
            canonical_url=row.get("canonical_url"),
            title=_string(row, "title"),
            text=row["text"],
            published=moment(row.get("published")),
            source=_string(row, "source"),
        ),
        index,
    )
    return {"doc_id": told.article_id, "verdict": told.verdict.value, "of": told.of, "coverage": told.coverage, "reason": told.reason}


def _string(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"'{key}' is no string")
    return value
