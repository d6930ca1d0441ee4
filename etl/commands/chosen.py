"""The filters that `figures`, `shifts` and `why` share: `--company Xiaomi --metric shipments --period 2017`."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from etl.adapters.warehouse.reader import Snapshot
from etl.spec.toml import meant

FILTERS = {
    "company": "lower(company) = lower(?)",
    "metric": "metric = ?",
    "segment": "lower(segment) = lower(?)",
    "region": "upper(region) = upper(?)",
    "period": "starts_with(period, ?)",
    "basis": "basis = ?",
    "kind": "kind = ?",
    "unit": "unit = ?",
    "authority": "lower(authority) = lower(?)",
    "standing": "standing = ?",
}


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options; each narrows the answer."""
    told = {"period": "a label or its beginning: 2017, 2017-Q2, asof:2017", "region": "GLOBAL, IN, EU …", "standing": "disputed, single …"}
    for name in FILTERS:
        parser.add_argument(f"--{name}", metavar="NAME", help=told.get(name))
    parser.add_argument("--limit", type=_count, metavar="N", help="at most so many")
    parser.add_argument("--json", action="store_true", help="all columns, exact amounts, as JSON")


def where(args: argparse.Namespace, **more: str) -> tuple[str, list[Any]]:
    """The condition and its values."""
    pairs = [(sql, getattr(args, name)) for name, sql in {**FILTERS, **more}.items() if getattr(args, name, None) is not None]
    return " and ".join(sql for sql, _ in pairs) or "true", [value for _, value in pairs]


def say_what_is_unknown(snapshot: Snapshot, args: argparse.Namespace) -> None:
    """Where nothing was found, name on standard error the words that nothing held bears: a misspelt metric isn't an absent figure."""
    for name in ("company", "metric", "segment", "region", "authority"):
        word = getattr(args, name)
        if word is None or snapshot.rows(f"select 1 from figures where {FILTERS[name]} limit 1", [word]):
            continue
        held = [row["held"] for row in snapshot.rows(f"select distinct {name} as held from figures where {name} is not null")]
        print(f"figurewatch: nothing is held under --{name} '{word}'{meant(word, held)}", file=sys.stderr)


def limit(args: argparse.Namespace) -> str:
    return f" limit {args.limit}" if args.limit is not None else ""


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 0 up")
    return int(text)
