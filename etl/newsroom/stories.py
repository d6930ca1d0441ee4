"""The newsroom's texts: which sites there are and what they published, from the TOML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from etl.spec.toml import read_toml

HERE = Path(__file__).resolve().parent


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands in a TOML file: an unknown key is refused."""


class Site(Declared, frozen=True, kw_only=True):
    """One publisher: how its pages look, how its feed is written, what clutters both."""

    key: str
    name: str
    owner: str
    tagline: str
    language: str = "en"
    charset: str = "utf-8"
    declares_charset: bool = True  # in the HTTP header; else only a <meta> in the page says it
    feed: Literal["rss", "atom", "json"]
    feed_path: str
    path: str  # of an article: {year}, {month}, {day} and {slug} are filled in
    metadata: Literal["json-ld", "opengraph", "time", "none"]
    has_amp: bool = False
    credit: str = "Photo"
    comments: tuple[tuple[str, str], ...] = ()  # (reader, words), shown under every article


class Story(Declared, frozen=True, kw_only=True):
    """One article as its writer filed it. `body` holds paragraphs, `## ` subheads, `- ` lists, `> ` quotes and `| ` tables."""

    slug: str
    title: str
    body: str
    published: datetime | None = None  # of round 1
    hours_ago: float | None = None  # of round 2: before the newsroom's `now`
    byline: str = ""
    caption: str = ""
    tags: tuple[str, ...] = ()
    canonical: str = ""  # "site/slug" of the text it repeats, where the site says so
    boilerplate: tuple[str, ...] = ()  # what this site adds below a text from elsewhere
    site: str = ""  # filled in by `read_stories`

    @property
    def round(self) -> int:
        """1: the past; 2: what appears while the newsroom is being watched."""
        return 1 if self.published else 2

    def published_at(self, now: datetime) -> datetime:
        """When it went out, aware and UTC."""
        if self.published:
            return self.published.astimezone(UTC)
        return (now - timedelta(hours=self.hours_ago or 0)).replace(microsecond=0)


class _Sites(Declared, frozen=True, kw_only=True):
    site: tuple[Site, ...]


class _Stories(Declared, frozen=True, kw_only=True):
    article: tuple[Story, ...]


def read_sites() -> tuple[Site, ...]:
    """All sites, in the file's order."""
    return read_toml(HERE / "sites.toml", _Sites).site


def read_stories(sites: tuple[Site, ...], replacing: Mapping[str, str]) -> tuple[Story, ...]:
    """All articles, site by site. `replacing` changes words in titles, bodies and captions: a figure, a name."""
    stories = []
    for site in sites:
        for story in read_toml(HERE / "articles" / f"{site.key}.toml", _Stories).article:
            changed = {field: _replaced(getattr(story, field), replacing) for field in ("title", "body", "caption")}
            stories.append(msgspec.structs.replace(story, site=site.key, **changed))
    return tuple(stories)


def _replaced(text: str, replacing: Mapping[str, str]) -> str:
    for old, new in replacing.items():
        text = text.replace(old, new)
    return text
