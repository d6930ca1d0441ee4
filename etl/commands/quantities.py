"""`figurewatch quantities`: texts in, their numbers with units out. A filter of JSON Lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from etl.commands.filters import Row, run_filter

# What is a quantity, though no figure of a company.
SHOWN = frozenset({
    None, "duration", "spec", "vague", "coins", "audience", "market_move", "valuation", "stake", "coupon", "levy", "benchmark",
    "survey", "economy",
})  # fmt: skip


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("quantities", help="filter: the numbers of each text, with unit and bound", description=__doc__)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read standard input to its end. Returns 1 if any line was bad."""
    return run_filter(answer, ("doc_id", "text"))


def answer(row: Row) -> Iterator[Row]:
    """The quantities of one text."""
    from etl.claims.quantities import find_quantities

    for found in find_quantities(row["text"]):
        if found.trap in SHOWN:
            value: object = found.value if found.high is None else [found.value, found.high]
            yield {
                "doc_id": row["doc_id"],
                "start": found.start,
                "end": found.end,
                "value": value,
                "unit": found.unit,
                "bound": found.bound,
            }
