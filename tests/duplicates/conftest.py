"""Articles of our own wording, and an index that lives as long as a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from etl.adapters.index import SqliteIndex
from etl.duplicates import Document

STORY = (
    "Xiaomi delivered 23.16 million handsets in the three months to June, its best quarter so far, the phone maker"
    " told employees in a letter.\n"
    "Founder Lei Jun wrote that shipments had climbed by 70 percent against the first quarter and that the lean years were over.\n"
    "The firm wants revenue of 100 billion yuan this year and plans to open 2,000 shops within three years, most"
    " of them in smaller cities.\n"
    "Analysts in Beijing credited a new supply chain and the stores that the brand has put into shopping centres since last autumn.\n"
    "India, where the Redmi Note 4 leads the charts, brought in a fifth of the volume, according to two people who have seen the figures."
)
MORE = (
    "People who know the company well describe a founder who reads complaints in the evening and answers"
    " some of them himself before he sleeps.\n"
    "Rivals had written the brand off when its queues in front of the flagship shops grew shorter and retailers began"
    " to return unsold boxes."
)  # no figure in it
OTHER = (
    "A storm tore the roof off a warehouse near Rotterdam on Sunday night and left eleven lorries under water, the port authority said.\n"
    "Nobody was hurt. Cranes stood still until noon, and ships from Antwerp had to wait at anchor while divers"
    " looked for loose containers.\n"
    "Insurers expect claims of 48 million euros, of which the harbour itself will have to carry a quarter."
)


@pytest.fixture
def index() -> Iterator[SqliteIndex]:
    """An empty index in memory."""
    made = SqliteIndex(":memory:")
    yield made
    made.close()


def make_article(
    id: str, text: str, *, url: str | None = None, source: str = "news.example", day: int = 7, canonical: str | None = None
) -> Document:
    """An article of July 2017; its address follows from its id unless given."""
    return Document(
        id=id,
        url=url or f"https://{source}/{id}",
        canonical_url=canonical,
        title=id,
        text=text,
        published=datetime(2017, 7, day, 9, tzinfo=UTC),
        source=source,
    )


@pytest.fixture
def article() -> Callable[..., Document]:
    """Makes an article."""
    return make_article
