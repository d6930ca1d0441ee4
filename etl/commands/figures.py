"""`figurewatch figures`: one figure per company, metric and period, the preferred authority's, with the range over all."""

from __future__ import annotations

import argparse

from etl.adapters.warehouse.reader import open_snapshot
from etl.commands.chosen import add_filters, limit, say_what_is_unknown, where
from etl.commands.tables import amount, print_rows, scaled
from etl.places import Places

_COLUMNS = (
    "company", "metric", "segment", "region", "period", "basis", "kind", "figure", "range", "authority", "sources", "standing", "fact",
)  # fmt: skip


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("figures", help="the figures that are held")
    add_filters(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    condition, values = where(args)
    order = "company, metric, segment, region, period_end, period_start, basis, kind, unit, currency, fact_id"
    with open_snapshot(Places.at(args.home)) as snapshot:
        names, found = snapshot.ask(f"select * from figures where {condition} order by {order}{limit(args)}", values)
        if not found:
            say_what_is_unknown(snapshot, args)
    if args.json:
        print_rows(names, found, "json")
        return 0
    rows = []
    for row in (dict(zip(names, each, strict=True)) for each in found):
        is_one = row["lowest"] == row["highest"] or len(row["authorities"]) < 2
        spread = "" if is_one else f"{scaled(row['lowest'])} – {scaled(row['highest'])}"
        other = "" if row["alt_amount"] is None else f" ({row['alt_currency']} {scaled(row['alt_amount'])})"
        shown = row | {"figure": amount(row) + other, "range": spread, "fact": row["fact_id"][:10]}
        shown["standing"] = "disputed" if row["has_dispute"] else row["standing"]
        rows.append([shown[name] for name in _COLUMNS])
    print_rows(_COLUMNS, rows)
    return 0
