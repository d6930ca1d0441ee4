"""`figurewatch replay`: computes everything after the fetch again, from the kept pages, into a new warehouse; then swaps it in.

Each load is repeated with its own time, so that `recorded_at` stays what it was, and its articles in the order in which they were
told apart, so that what was the original is it again. Nothing is fetched and nothing is mailed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import math
import shutil
import sys
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from etl.adapters.state import State
from etl.app import one_writer, open_world
from etl.commands.accounts import print_account
from etl.errors import StorageError
from etl.ledger import Ledger
from etl.pipeline import load
from etl.places import Places, config_dir
from etl.ports import Item
from etl.spec.whole import Spec, read_spec
from etl.world import World


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
        if world.state.counts().get("fetched"):
            print("pages that wait for their first load are left to the next run", file=sys.stderr)
        taken = world.state.ended()
        _refuse_to_forget(world, taken)
        loads = _loads(world, taken)
        blobs = world.blobs
    try:
        with tempfile.TemporaryDirectory(prefix="replay-", dir=places.private) as folder:
            fresh = Places(Path(folder))
            async with open_world(spec, fresh) as new:
                new.blobs = blobs
                for done, (at, items) in enumerate(loads, 1):
                    await load(new, items, ledger, at=at, mail=False)
                    if sys.stderr.isatty():
                        print(f"\r{done} of {len(loads)} loads", end="" if done < len(loads) else "\n", file=sys.stderr, flush=True)
            _swap(fresh, places, taken)
    except OSError as error:
        raise StorageError(f"the replay could not be stored: {error.strerror}") from error
    async with open_world(spec, places) as world:
        await asyncio.to_thread(world.warehouse.publish, at_once=True)
    return ledger


def _loads(world: World, taken: list[Item]) -> list[tuple[datetime, list[Item]]]:
    """What is to be repeated, load by load, each with its time.

    A page that gave an article comes when that article was first told apart, at its place there, also where it was handed in again
    since, or its page came again with other bytes and the same text. The others come with the load that took them, at its end.
    """
    told: dict[tuple[str, str | None], tuple[datetime, float]] = {}
    latest: dict[str, tuple[datetime, float]] = {}
    for number, (article, _, learnt) in enumerate(world.warehouse.told()):
        latest[article.url] = told.setdefault((article.url, article.page_sha256), (learnt, number))

    def turn(item: Item) -> tuple[datetime, float]:
        assert item.page is not None and item.ended_at is not None, "only what a load has taken is repeated"
        url = item.page["url"]
        return told.get((url, item.page["sha256"])) or latest.get(url) or (item.ended_at, math.inf)

    turns = sorted((*turn(item), number) for number, item in enumerate(taken))
    return [(at, [taken[number] for *_, number in group]) for at, group in itertools.groupby(turns, key=lambda each: each[0])]


def _refuse_to_forget(world: World, taken: list[Item]) -> None:
    """Raises StorageError where the warehouse holds articles that the queue knows nothing of: a replay would lose them."""
    known = {item.url for item in taken} | {item.page[key] for item in taken if item.page for key in ("url", "requested_url")}
    lost = sorted({article.url for article in world.warehouse.articles()} - known)
    if lost:
        raise StorageError(
            f"{len(lost)} articles of the warehouse are unknown to private/state.sqlite (the first is {lost[0]}): "
            "a replay would lose them; nothing was changed"
        )


def _swap(fresh: Places, places: Places, taken: list[Item]) -> None:
    """The new live file and index take the old ones' places, under the lock, unless something was loaded meanwhile."""
    with one_writer(places):
        with closing(State(places.state)) as state:
            if [(i.item_id, i.ended_at) for i in state.ended()] != [(i.item_id, i.ended_at) for i in taken]:
                raise StorageError("another run has loaded something during the replay; nothing was changed, replay again")
        shutil.copy2(places.live, places.live.with_name("live.before-replay.duckdb"))
        for new, old in ((fresh.live, places.live), (fresh.index, places.index)):
            for tail in ("-wal", "-shm", ".wal"):
                Path(f"{old}{tail}").unlink(missing_ok=True)
            new.replace(old)
