"""The shipped vocabulary, compiled once for the room's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.claims import Vocabulary, read_claims
from etl.model import Article, Claim
from etl.spec.authorities import read_authorities
from etl.spec.companies import read_companies
from etl.spec.metrics import read_metrics
from etl.spec.regions import read_regions

CONFIG = Path(__file__).resolve().parents[2] / "config"


def article(text: str, published: str | None = "2021-08-20", title: str = "") -> Article:
    """A text that was handed in."""
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Article(
        article_id="a",
        url="",
        canonical_url=None,
        title=title,
        text=text,
        byline=(),
        published=moment,
        published_from="manifest",
        updated=None,
        language="en",
        site_name=None,
        source="t",
        page_sha256=None,
    )


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(read_companies(CONFIG), read_metrics(CONFIG), read_regions(CONFIG), read_authorities(CONFIG))


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Callable[..., list[Claim]]:
    """The claims of a text."""

    def answer(text: str, published: str | None = "2021-08-20", title: str = "") -> list[Claim]:
        return read_claims(article(text, published, title), vocabulary)

    return answer
