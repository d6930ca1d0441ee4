"""`figurewatch replay`: computes everything after the fetch again, from the kept pages, into a new warehouse; then swaps it in.

Each load is repeated with its own time, so that `recorded_at` stays what it was. Nothing is fetched and nothing is mailed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import shutil
import sys
import tempfile
from pathlib import Path

from etl.app import one_writer, open_world
from etl.commands.accounts import print_account
from etl.errors import StorageError
from etl.ledger import Ledger
from etl.pipeline import load
from etl.places import Places, config_dir
from etl.spec.whole import Spec, read_spec


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("replay", help="compute everything after the fetch again, from the kept pages")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    ledger = asyncio.run(_replay(read_spec(config_dir(args.config)), Places.at(args.home)))
    print_account(ledger)
    return 1 if ledger.has_failures else 0


async def _replay(spec: Spec, places: Places) -> Ledger:
    """Into a folder beside the private one; the old live file stays as `live.before-replay.duckdb`."""
    ledger = Ledger()
    async with open_world(spec, places) as world:
        if world.state.ready(1):
            print("pages that wait for their first load are left to the next run", file=sys.stderr)
        loads = [list(group) for _, group in itertools.groupby(world.state.ended(), key=lambda item: item.ended_at)]
        blobs = world.blobs
    try:
        with tempfile.TemporaryDirectory(prefix="replay-", dir=places.private) as folder:
            fresh = Places(Path(folder))
            async with open_world(spec, fresh) as new:
                new.blobs = blobs
                for done, items in enumerate(loads, 1):
                    await load(new, items, ledger, at=items[0].ended_at, mail=False)
                    if sys.stderr.isatty():
                        print(f"\r{done} of {len(loads)} loads", end="" if done < len(loads) else "\n", file=sys.stderr, flush=True)
            _swap(fresh, places)
    except OSError as error:
        raise StorageError(f"the replay could not be stored: {error.strerror}") from error
    async with open_world(spec, places) as world:
        await asyncio.to_thread(world.warehouse.publish, at_once=True)
    return ledger


def _swap(fresh: Places, places: Places) -> None:
    """The new live file and index take the old ones' places, under the lock."""
    with one_writer(places):
        shutil.copy2(places.live, places.live.with_name("live.before-replay.duckdb"))
        for new, old in ((fresh.live, places.live), (fresh.index, places.index)):
            for tail in ("-wal", "-shm", ".wal"):
                Path(f"{old}{tail}").unlink(missing_ok=True)
            new.replace(old)
