"""`figurewatch shifts`: how far each fact is from 2017 and from a year ago."""

from __future__ import annotations

import argparse
import sys

from etl.adapters.warehouse.reader import open_snapshot
from etl.commands.chosen import add_filters, limit, say_what_is_unknown, where
from etl.commands.tables import amount, print_rows, scaled, signed
from etl.places import Places

_COLUMNS = (
    "company", "metric", "segment", "region", "period", "basis", "kind", "figure", "against", "was", "change", "percent", "reference",
    "note", "authority", "fact",
)  # fmt: skip

_ALONE = ("company", "metric", "segment", "region", "period", "basis", "kind", "figure", "against", "reason", "authority", "fact")


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("shifts", help="how far the figures have moved since 2017 and in a year")
    add_filters(parser)
    parser.add_argument("--against", choices=("2017", "year_ago"), help="only one of the two comparisons")
    parser.add_argument("--unmatched", action="store_true", help="the figures that can't be compared instead, and why")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.unmatched:
        return _unmatched(args)
    condition, values = where(args, against="against = ?")
    order = "company, metric, segment, region, period_end, period_start, basis, unit, currency, fact_id, against"
    with open_snapshot(Places.at(args.home)) as snapshot:
        names, found = snapshot.ask(f"select * from shifts where {condition} order by {order}{limit(args)}", values)
        if not found:
            say_what_is_unknown(snapshot, args)
        _, ((alone,),) = snapshot.ask(f"select count(distinct fact_id) from unmatched where {condition}", values)
    if alone:
        print(f"{alone} figures have no counterpart for one comparison or both: `shifts --unmatched` says why", file=sys.stderr)
    if args.json:
        print_rows(names, found, "json")
        return 0
    rows = []
    for row in (dict(zip(names, each, strict=True)) for each in found):
        unit = {"pp": " pp", "percent": " %", "ordinal": " places"}.get(row["change_unit"], "")
        shown = row | {
            "figure": amount(row), "was": f"{scaled(row['reference_amount'])} ({row['reference_period']})", "fact": row["fact_id"][:10],
            "change": signed(row["change"]) + unit, "percent": signed(row["change_pct"]) + (" %" if row["change_pct"] is not None else ""),
        }  # fmt: skip
        rows.append([shown[name] for name in _COLUMNS])
    print_rows(_COLUMNS, rows)
    return 0


def _unmatched(args: argparse.Namespace) -> int:
    """What can't be compared, and why."""
    condition, values = where(args, against="against = ?")
    order = "company, metric, segment, region, period_end, period_start, basis, unit, currency, fact_id, against"
    with open_snapshot(Places.at(args.home)) as snapshot:
        names, found = snapshot.ask(f"select * from unmatched where {condition} order by {order}{limit(args)}", values)
    if args.json:
        print_rows(names, found, "json")
        return 0
    shown = [row | {"figure": amount(row), "fact": row["fact_id"][:10]} for row in (dict(zip(names, each, strict=True)) for each in found)]
    print_rows(_ALONE, [[row[name] for name in _ALONE] for row in shown])
    return 0
