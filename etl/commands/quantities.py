"""`figurewatch quantities`: texts in, their numbers with units out. A filter of JSON Lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from etl.commands.filters import Row, run_filter


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("quantities", help="filter: the numbers of each text, with unit and bound", description=__doc__)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read standard input to its end. Returns 1 if any line was bad."""
    return run_filter(answer, ("doc_id", "text"))


def answer(row: Row) -> Iterator[Row]:
    """The quantities of one text."""
    from etl.claims.stated import stated_quantities

    for found in stated_quantities(row["text"]):
        yield {
            "doc_id": row["doc_id"],
            "start": found.start,
            "end": found.end,
            "value": found.value if found.high is None else [found.value, found.high],
            "unit": found.unit,
            "bound": found.bound,
        }
