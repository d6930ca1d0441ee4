"""What a worker process does: it holds the configuration and reads one document at a time. Every function here is picklable."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from etl.articles import Sites, clean
from etl.claims import Vocabulary, read_claims
from etl.feeds import FeedDocument, read_feed
from etl.model import Article, Claim, Dropped, Entry, Page
from etl.spec.whole import read_spec

_sites: Sites
_vocabulary: Vocabulary


def prepare(config_dir: Path) -> None:
    """Read the configuration once, when the worker starts."""
    global _sites, _vocabulary
    spec = read_spec(config_dir)
    _sites = Sites.of(spec.sites)
    _vocabulary = Vocabulary.of(spec.companies, spec.metrics, spec.regions, spec.authorities)


def parse_feed(body: bytes, url: str, content_type: str, now: datetime, feed: str) -> FeedDocument:
    """The entries of the declared `feed`, as fetched at `url`. Raises LayoutError where the document is no feed."""
    return read_feed(body, url=url, content_type=content_type, now=now, feed=feed)


def clean_page(page: Page, entry: Entry | None, now: datetime, recurring: frozenset[str]) -> Article | Dropped:
    """What a reader would read of the page, or why there is nothing to read."""
    return clean(page, _sites, entry=entry, now=now, recurring=recurring)


def claims_of(article: Article) -> list[Claim]:
    """Every figure that the article states."""
    return read_claims(article, _vocabulary)
