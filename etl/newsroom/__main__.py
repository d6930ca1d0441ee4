"""`python -m etl.newsroom`: serve the sample newsroom until Ctrl-C, to look at it or to point a daemon at it."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from etl.newsroom.server import Newsroom
from etl.newsroom.stories import Story


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m etl.newsroom", description="Serve the sample newsroom on loopback until Ctrl-C.")
    parser.add_argument("--round", type=int, choices=(1, 2), default=2, help="1: the past; 2: with the news (default)")
    parser.add_argument("--tick", type=float, metavar="SECONDS", help="publish one more article every so many seconds")
    parser.add_argument("--feeds", type=Path, metavar="FILE", help="write the feeds as a feeds.toml")
    args = parser.parse_args()
    with Newsroom() as newsroom:
        newsroom.publish_round(args.round)
        if args.feeds:
            args.feeds.write_text(feeds_toml(newsroom), encoding="utf-8")
        for site in newsroom.sites:
            print(f"{site.name:<18} {newsroom.base(site.key)}/   feed {newsroom.base(site.key)}{site.feed_path}", flush=True)
        try:
            keep_open(newsroom, args.tick)
        except KeyboardInterrupt:
            print("closed")


def keep_open(newsroom: Newsroom, tick_s: float | None) -> None:
    """Wait, and where a tick is given, publish an article at each."""
    number = 0
    while True:
        time.sleep(tick_s or 3600)
        if tick_s:
            number += 1
            print(newsroom.publish(another(number, datetime.now(UTC))), flush=True)


def another(number: int, at: datetime) -> Story:
    """A made-up piece of news whose figure counts upwards."""
    return Story(
        site="dispatch", slug=f"mi-home-count-{number}", published=at, byline="Ticker",
        title=f"Xiaomi opens its store number {18_000 + number:,}",
        body=(
            f"Xiaomi now operates {18_000 + number:,} Mi Home stores in China, the company said.\n\n"
            "This line of news is made up and comes from the sample newsroom, which counts upwards as long as it is asked to. "
            "It gives a daemon something to read."
        ),
    )  # fmt: skip


def feeds_toml(newsroom: Newsroom) -> str:
    """The feeds as config/feeds.toml declares them."""
    keys = ("url", "name", "publisher", "owner", "language", "min_every_s", "max_every_s")
    blocks = []
    for feed in newsroom.feeds():
        lines = [f"{key} = {_toml(getattr(feed, key))}" for key in keys]
        blocks.append("\n".join(["[[feed]]", *lines, "entries_a_week = { min = 0, max = 500 }"]))
    return "\n\n".join(blocks) + "\n"


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    main()
