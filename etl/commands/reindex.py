"""`figurewatch reindex`: makes the duplicates' index anew from the warehouse; every verdict stays what it was."""

from __future__ import annotations

import argparse

from etl.adapters.warehouse import DuckWarehouse
from etl.app import one_writer, remember_again
from etl.places import Places


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("reindex", help="make the duplicates' index anew from the warehouse; the verdicts stay")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    places = Places.at(args.home)
    with one_writer(places), DuckWarehouse.at(places) as warehouse:
        count = remember_again(warehouse, places)
        warehouse.publish(at_once=True)
    print(f"the duplicates' index holds {count} articles of the warehouse")
    return 0
