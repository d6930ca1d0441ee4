"""What the room asks of its index, and what it hands over to be remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from etl.model import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as this room sees it."""

    id: str
    url: str
    canonical_url: str | None = None
    title: str
    text: str  # a paragraph a line
    published: datetime | None
    source: str  # the host, or whoever carries it
    learnt: datetime | None = None  # when it was read; None: as soon as it was published


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A text that was kept before, or a copy's that is fuller than its original's."""

    number: int  # its place in the order of arrival
    article_id: str  # of the article that was kept
    group_id: str
    text: str | None  # None once its age has passed the retention
    links: tuple[int, ...]  # keys of its addresses
    credits: frozenset[str]  # agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A verdict with what later articles are compared with. A copy brings text and shingles only where it's fuller than its original."""

    telling: Telling
    published: datetime | None
    learnt: datetime | None
    source: str
    length: int  # characters
    words: int | None  # digest of words and values, signed 64 bits; None for a text too short to be told
    links: tuple[int, ...]  # keys of url and canonical url, signed 64 bits
    credits: tuple[str, ...]  # agencies
    text: str | None
    shingles: tuple[int, ...]  # signed 32 bits, as are the next two
    sentences: tuple[int, ...]  # of this host
    features: tuple[int, ...]  # rare figures and names


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Which texts hold each of some features, one feature's after the other's."""

    sizes: NDArray[np.int64]  # how many hold the first feature, the second…
    numbers: NDArray[np.int64]  # of the texts, in the order of arrival for each feature
    moments: NDArray[np.int64]  # when each was published, Unix seconds


class Index(Protocol):
    """The memory of this room. Numbers name kept texts in the order of arrival."""

    def told(self, article_id: str) -> Telling | None:
        """The verdict stored for an article, None for a new one."""

    def by_link(self, links: Sequence[int]) -> list[int]:
        """Kept texts at one of these addresses, or whose copy is; newest first."""

    def by_words(self, digest: int) -> int | None:
        """The kept text with this digest, or whose copy has it."""

    def recurring(self, sentences: Sequence[int]) -> set[int]:
        """Those of the sentences that stand in three or more groups already."""

    def with_shingles(self, shingles: Sequence[int]) -> list[list[int]]:
        """For each shingle, the newest texts that hold it, up to a limit."""

    def known(self, number: int) -> Known:
        """The text of that number."""

    def with_features(self, features: Sequence[int]) -> Holders:
        """For each figure or name, the newest of the latest texts that hold it, up to a limit."""

    def latest(self) -> tuple[int, int]:
        """How many texts can be linked to, and when the last one was published (Unix seconds; 0 if there is none)."""

    def add(self, record: Record) -> None:
        """Remember a verdict."""
