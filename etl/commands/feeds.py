"""`figurewatch feeds`: try one feed without storing anything, or list the declared ones and how they are doing."""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from etl.adapters.http import Web
from etl.adapters.state import State
from etl.adapters.workers import Workers
from etl.errors import EtlError, UsageError
from etl.feeds import FeedDocument, FeedState, next_poll, pace_complaint, read_feed
from etl.places import Places, config_dir
from etl.spec.feeds import FeedSpec, read_feeds
from etl.spec.settings import Settings, read_settings

GOOD = frozenset(("ok", "not_modified", "moved"))


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("feeds", help="try a feed, or list the declared ones")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    poll = actions.add_parser("poll", help="poll one feed and store nothing; a line per poll")
    poll.add_argument("url", metavar="URL")
    poll.add_argument("--times", type=int, default=1, metavar="N", help="polls in a row, each knowing the one before (default 1)")
    poll.add_argument("--json", action="store_true", help="a JSON object a line")
    poll.add_argument("--allow-private", action="store_true", help="also addresses of private networks; a loopback URL needs no leave")
    poll.set_defaults(run=run_poll)
    listing = actions.add_parser("list", help="the declared feeds: state, pace, when they are due")
    listing.add_argument("--json", action="store_true", help="a JSON object a line")
    listing.set_defaults(run=run_list)


def run_poll(args: argparse.Namespace) -> int:
    """Exit status 0 if every poll went well, 1 if one did not, 2 for an address that is none."""
    folder = config_dir(args.config)
    if args.times < 1:
        raise UsageError("--times takes a number from 1 up")
    spec = _spec(args.url, folder)
    settings = read_settings(folder)
    return asyncio.run(_poll(Trial(spec, settings, args.times, args.json, args.allow_private)))


@dataclass(frozen=True, slots=True)
class Trial:
    """What is asked for on the command line."""

    spec: FeedSpec
    settings: Settings
    times: int
    as_json: bool
    allow_private: bool


async def _poll(trial: Trial) -> int:
    fetch = msgspec.structs.replace(trial.settings.fetch, allow_private=trial.allow_private or trial.settings.fetch.allow_private)
    work = trial.settings.workers
    state, status = FeedState.new(trial.spec.url), 0
    workers = Workers(count=1, deadline_s=work.deadline_s, memory_mb=work.memory_mb, prepare=_ready, prepared=())
    with workers:
        async with Web(fetch, now=_now, loopback=_is_loopback(trial.spec.url)) as web:
            for _ in range(trial.times):
                start = time.monotonic()
                state, document = await _once(web, workers, state, trial.spec, fetch.max_feed_bytes)
                line = _line(trial.spec.url, state, document, time.monotonic() - start)
                print(json.dumps(line, ensure_ascii=False) if trial.as_json else _words(line), flush=True)
                status = status if state.outcome in GOOD else 1
                if state.gone:
                    break
    return status


async def _once(web: Web, workers: Workers, state: FeedState, spec: FeedSpec, most: int) -> tuple[FeedState, FeedDocument | None]:
    """One poll: the state after it, and the document if there was one."""
    document = None
    try:
        answer = await web.fetch(state.address, etag=state.etag, last_modified=state.last_modified, max_bytes=most, accept="feed")
        if answer.status != 304:
            read = partial(read_feed, url=answer.url, content_type=answer.content_type, now=_now(), feed=spec.url)
            document = await workers.run(read, answer.body)
    except EtlError as error:
        return next_poll(state, error, None, spec, _now()), None
    return next_poll(state, answer, document, spec, _now()), document


def _line(url: str, state: FeedState, document: FeedDocument | None, elapsed: float) -> dict[str, Any]:
    wait = (state.next_poll_at - state.last_polled_at).total_seconds() if state.next_poll_at and state.last_polled_at else None
    return {
        "url": url,
        "outcome": state.outcome,
        "entries": len(document.entries) if document else 0,
        "stored_url": state.address,
        "next_poll_in_s": None if wait is None else round(wait, 1),
        "elapsed_s": round(elapsed, 3),
        "error": state.error or None,
    }


def _words(line: dict[str, Any]) -> str:
    wait = "never again" if line["next_poll_in_s"] is None else f"next in {_span(line['next_poll_in_s'])}"
    moved = f", now at {line['stored_url']}" if line["stored_url"] != line["url"] else ""
    error = f": {line['error']}" if line["error"] else ""
    return f"{line['outcome']:<12} {line['entries']:>4} entries in {line['elapsed_s']:.2f} s, {wait}{moved}{error}"


def _span(seconds: float) -> str:
    for size, name in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.1f} {name}"
    return f"{seconds:.1f} s"


def _spec(url: str, folder: Path) -> FeedSpec:
    """The declared feed with this address, or one made for the trial. Raises UsageError."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or (parts.port or 1) < 1:
            raise ValueError
    except ValueError as error:
        raise UsageError(f"'{url}' is no http or https address") from error
    declared = next((feed for feed in read_feeds(folder) if feed.url == url), None)
    return declared or FeedSpec(url=url, name=parts.hostname, publisher=parts.hostname, owner=parts.hostname)


def _is_loopback(url: str) -> bool:
    """Who types this machine's own address means it; no redirect or name from outside gets the same leave."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ready() -> None:
    """A worker that reads feeds needs no preparation."""


def _now() -> datetime:
    return datetime.now(UTC)


# ------------------------------------------------------------------ list


def run_list(args: argparse.Namespace) -> int:
    """Exit status 1 if a feed is gone or failing, else 0."""
    feeds = read_feeds(config_dir(args.config))
    path = Places.at(args.home).state
    stored: dict[str, str] = {}
    if path.exists():
        memory = State(path)
        stored = memory.feed_states()
        memory.close()
    rows = [_row(feed, FeedState.from_json(stored[feed.url]) if feed.url in stored else FeedState.new(feed.url)) for feed in feeds]
    for row in rows:
        if args.json:
            print(json.dumps(row, ensure_ascii=False))
        else:
            pace = "" if row["entries_a_week"] is None else f"{row['entries_a_week']:.0f} a week"
            print(f"{row['name']:<24} {row['outcome'] or 'not polled':<13} {pace:<12} {row['next_poll_at'] or '-':<26} {row['note']}")
    unverified = sum(not feed.verified for feed in feeds)
    if not args.json:
        print(f"{len(feeds)} feeds, {unverified} not verified yet")
    return 1 if any(row["outcome"] in ("gone", "blocked", "error", "backoff") for row in rows) else 0


def _row(feed: FeedSpec, state: FeedState) -> dict[str, Any]:
    notes = [state.error, pace_complaint(state, feed) or "", f"moved to {state.address}" if state.address != feed.url else ""]
    return {
        "name": feed.name,
        "url": feed.url,
        "owner": feed.owner,
        "verified": feed.verified,
        "outcome": state.outcome,
        "failures": state.failures,
        "entries_a_week": state.entries_a_week,
        "next_poll_at": state.next_poll_at.isoformat(timespec="seconds") if state.next_poll_at else None,
        "note": "; ".join(note for note in notes if note),
    }
