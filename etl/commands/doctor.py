"""`figurewatch doctor`: what deserves a look: feeds that fail or were never verified, site rules without a match, pages, mails, audits."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from etl.adapters.blobs import Blobs
from etl.adapters.outbox import SqliteOutbox
from etl.adapters.state import State
from etl.adapters.warehouse.reader import open_snapshot
from etl.articles import host_of, silent_rules
from etl.feeds import FeedState, pace_complaint
from etl.model import Page
from etl.places import Places, config_dir
from etl.spec.whole import Spec, read_spec

LAST_PAGES = 10  # of a site, on which one of its rules must still match
FEWEST_PAGES = 3  # fewer say nothing


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("doctor", help="what deserves a look: feeds, pages, mails, the warehouse's own audits")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit status 1 if something is wrong; feeds that were never verified are told, but are no fault."""
    spec, places = read_spec(config_dir(args.config)), Places.at(args.home)
    unverified = [feed.name for feed in spec.feeds if not feed.verified]
    if unverified:
        print(f"note: {len(unverified)} of {len(spec.feeds)} feeds were never verified by a poll")
    faults = list(_faults(spec, places))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} to look at" if faults else "all well")
    return 1 if faults else 0


def _faults(spec: Spec, places: Places) -> Iterator[str]:
    if places.state.exists():
        yield from _of_feeds_and_pages(spec, places)
        yield from _of_site_rules(spec, places)
    if places.outbox.exists():
        outbox = SqliteOutbox(places.outbox)
        for letter in outbox.all():
            if letter.error:
                yield f"mail {letter.alert_id[:8]} {letter.status} after {letter.attempts} tries: {letter.error}"
        outbox.close()
    if places.published.exists():
        yield from _of_audits(places)
    else:
        yield f"nothing is published at {places.published} yet"


def _of_feeds_and_pages(spec: Spec, places: Places) -> Iterator[str]:
    state = State(places.state)
    polls = {url: FeedState.from_json(text) for url, text in state.feed_states().items()}
    for feed in spec.feeds:
        poll = polls.get(feed.url)
        if poll is None:
            continue
        if poll.error:
            yield f"feed {feed.name}: {poll.outcome}, {poll.failures} times in a row: {poll.error}"
        elif complaint := pace_complaint(poll, feed):
            yield f"feed {feed.name}: {complaint}"
    for url, attempts, reason in state.failing():
        yield f"page {url}: {reason} after {attempts} tries"
    state.close()


def _of_site_rules(spec: Spec, places: Places) -> Iterator[str]:
    """Selectors of the layouts that stand now which match nothing on the last pages of their site."""
    standing = [site for site in spec.sites if site.until is None]
    if not standing:
        return
    state, blobs = State(places.state), Blobs(places.pages)
    metas = [item.page for item in reversed(state.ended()) if item.page]
    state.close()
    for site in standing:
        own = [meta for meta in metas if f".{host_of(meta['url'])}".endswith(f".{site.domain}") and meta["sha256"] in blobs][:LAST_PAGES]
        if len(own) < FEWEST_PAGES:
            continue
        for rule in silent_rules(site, [_page(meta, blobs) for meta in own]):
            yield f"site rule {site.domain}: '{rule}' matches nothing on the last {len(own)} pages: has the layout changed? docs/sites.md"


def _page(meta: dict[str, Any], blobs: Blobs) -> Page:
    fetched = datetime.fromisoformat(meta["fetched_at"])
    return Page(**{**meta, "fetched_at": fetched, "parts": ()}, body=blobs.read(meta["sha256"]))


def _of_audits(places: Places) -> Iterator[str]:
    with open_snapshot(places) as snapshot:
        for audit in snapshot.rows("select view_name from duckdb_views() where schema_name = 'meta' and view_name like 'audit_%'"):
            name = audit["view_name"]
            count = snapshot.rows(f'select count(*) as rows from meta."{name}"')[0]["rows"]
            if count:
                yield f"warehouse: {count} rows in meta.{name}, which must be empty"
