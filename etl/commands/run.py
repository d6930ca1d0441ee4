"""`figurewatch run`: the daemon. Ends on SIGTERM or Ctrl-C, reads its configuration again on SIGHUP."""

from __future__ import annotations

import argparse
import asyncio

from etl.app import listen_to_logs, open_world
from etl.places import Places, config_dir
from etl.schedule import Daemon
from etl.spec.whole import Spec, read_spec


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("run", help="the daemon: polls, reads, loads and mails until it is stopped")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    listen_to_logs()
    spec = read_spec(config_dir(args.config))
    asyncio.run(_run(spec, Places.at(args.home)))
    return 0


async def _run(spec: Spec, places: Places) -> None:
    async with open_world(spec, places) as world:

        def reload() -> None:
            world.spec = read_spec(spec.config_dir)
            world.warehouse.declare(world.spec)

        await Daemon(world, reload).run()
        await asyncio.to_thread(world.warehouse.publish, at_once=True)
