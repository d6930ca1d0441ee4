"""`figurewatch healthcheck`: whether the daemon ticked lately. For compose files, timers and monitors."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from etl.places import Places
from etl.world import utc_now


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("healthcheck", help="exit status 0 if the daemon ticked lately, else 1")
    parser.add_argument("--within", type=float, default=60.0, metavar="SECONDS", help="how long ago its last tick may be (default 60)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    beat = Places.at(args.home).heartbeat
    try:
        told = json.loads(beat.read_text())
        age = (utc_now() - datetime.fromisoformat(told.pop("at"))).total_seconds()
    except FileNotFoundError:
        print("no daemon has run here yet")
        return 1
    except (OSError, ValueError, KeyError) as error:
        print(f"the sign of life can't be read: {error}")
        return 1
    queue = ", ".join(f"{count} {stage}" for stage, count in sorted(told.items())) or "nothing queued yet"
    print(f"last tick {age:.0f} s ago; {queue}")
    return 0 if age <= args.within else 1
