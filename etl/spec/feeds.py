"""Which feeds are read: config/feeds.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from etl.spec.settings import Declared, Seconds
from etl.spec.toml import complain, read_toml

MINUTE, HOUR = 60.0, 3600.0


class Expected(Declared, frozen=True):
    """How many entries a week a feed is known to bring; outside of it something has changed, and `feeds list` says so."""

    min: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    max: Annotated[float, msgspec.Meta(gt=0)] = 2000.0


class FeedSpec(Declared, frozen=True):
    """One feed. How often it is polled follows its own pace, between the two limits."""

    url: str
    name: str
    publisher: str
    owner: str  # the owner group: two publishers of one owner are one independent source
    language: str = "en"  # ISO 639-1
    min_every_s: Seconds = 15 * MINUTE
    max_every_s: Seconds = 6 * HOUR
    entries_a_week: Expected = Expected()
    verified: bool = False  # true once a poll has succeeded


class _Feeds(Declared, frozen=True):
    feed: tuple[FeedSpec, ...] = ()


def read_feeds(config_dir: Path) -> tuple[FeedSpec, ...]:
    """config/feeds.toml, in its order. Raises ConfigError."""
    path = config_dir / "feeds.toml"
    feeds = read_toml(path, _Feeds).feed
    seen: set[str] = set()
    for number, feed in enumerate(feeds):
        if fault := _fault(feed, seen):
            key, message = fault
            raise complain(path, ("feed", number, key), message)
        seen.add(feed.url)
    return feeds


def _fault(feed: FeedSpec, seen: set[str]) -> tuple[str, str] | None:
    """The key that can't be meant, and why."""
    try:
        parts = urlsplit(feed.url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_web = False
    if not is_web:
        return "url", f"'{feed.url}' is no http or https address"
    if feed.url in seen:
        return "url", f"'{feed.url}' is declared twice"
    for key in ("name", "publisher", "owner"):
        if not getattr(feed, key).strip():
            return key, f"'{key}' is empty"
    if len(feed.language) != 2 or not feed.language.islower():
        return "language", f"'{feed.language}' is no ISO 639-1 code such as 'en'"
    if feed.min_every_s > feed.max_every_s:
        return "min_every_s", f"min_every_s ({feed.min_every_s:g}) is above max_every_s ({feed.max_every_s:g})"
    if feed.entries_a_week.min > feed.entries_a_week.max:
        return "entries_a_week", "min is above max"
    return None
