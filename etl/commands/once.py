"""`figurewatch once`: everything due, from the feeds to the mailboxes, one time."""

from __future__ import annotations

import argparse
import asyncio

from etl.app import open_world
from etl.commands.accounts import print_account
from etl.commands.progress import progress
from etl.ledger import Ledger
from etl.pipeline import look, run_once
from etl.places import Places, config_dir
from etl.spec.whole import Spec, read_spec


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("once", help="poll what is due, read it, load it, mail what is new; then end")
    parser.add_argument("--dry-run", action="store_true", help="poll and read, but store and send nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    spec = read_spec(config_dir(args.config))
    ledger = asyncio.run(_dry(spec) if args.dry_run else _once(spec, Places.at(args.home)))
    print_account(ledger)
    return 1 if ledger.has_failures else 0


async def _once(spec: Spec, places: Places) -> Ledger:
    async with open_world(spec, places) as world:
        async with progress(world):
            ledger = await run_once(world)
        await asyncio.to_thread(world.warehouse.publish, at_once=True)
        return ledger


async def _dry(spec: Spec) -> Ledger:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="figurewatch-") as folder:
        async with open_world(spec, Places(Path(folder))) as world, progress(world):
            return await look(world)
