"""`figurewatch periods`: texts with their day of publication in, their expressions of time as calendar days out. A filter."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from etl.commands.filters import Row, moment, run_filter


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("periods", help="filter: the expressions of time of each text, as calendar days", description=__doc__)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read standard input to its end. Returns 1 if any line was bad."""
    return run_filter(answer, ("doc_id", "text"))


def answer(row: Row) -> Iterator[Row]:
    """The expressions of time of one text; those that need a day of publication and have none are left out."""
    from etl.claims.periods import find_periods

    published = moment(row.get("published"))
    for found in find_periods(row["text"], published.date() if published else None):
        if found.period is not None:
            first = found.period.first.isoformat() if found.period.first else None
            yield {
                "doc_id": row["doc_id"],
                "start": found.start,
                "end": found.end,
                "period": found.period.label,
                "first": first,
                "last": found.period.last.isoformat(),
            }
