"""Pages that mean harm, read where the daemon reads them: in a worker with a deadline and a memory limit. Each ends in a named reason."""

# ruff: noqa: E501 (lines of input stay whole)

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterator

import pytest

from etl.adapters.workers import Workers
from etl.model import Article, Dropped, DropReason, Page
from etl.places import config_dir
from etl.reading import clean_page, prepare
from tests.articles.test_cleaning import PROSE
from tests.articles.test_golden import NOW

DEADLINE_S = 30.0  # as in production; no page here may come near it
MEMORY_MB = 1500
SENTENCES = "".join(f"<p>{p}</p>" for p in PROSE).encode()

HOSTILE: dict[str, tuple[bytes, DropReason | None]] = {
    "100 MB of nested tags": (b"<html><body>" + b"<div><b>" * 12_500_000, DropReason.TOO_LARGE),
    "11 MB of nested tags": (b"<html><body>" + b"<div>" * 2_200_000 + b"x", DropReason.TOO_LARGE),
    "tags nested 100,000 deep": (b"<html><body>" + b"<div>" * 100_000 + SENTENCES, DropReason.TOO_DEEP),
    "tags nested 250 deep": (b"<html><body>" + b"<div>" * 240 + SENTENCES, None),
    "inline tags that never close": (b"<html><body>" + b"<b><i><a href=x>" * 60_000 + SENTENCES, DropReason.TOO_DEEP),
    "a million attributes": (b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(1_000_000)) + b">x</p>", DropReason.BROKEN),
    "a million attributes in a thousand tags": (
        b"<html><body>" + b"".join(b"<p " + b" ".join(b"a%d=1" % i for i in range(1000)) + b">x</p>" for _ in range(1000)), DropReason.BROKEN,
    ),
    "null bytes": (b"<html><body>" + b"\x00" * 5_000_000 + SENTENCES, None),
    "nothing but null bytes": (b"\x00" * 5_000_000, DropReason.NOT_HTML),
    "halves of surrogate pairs": (b"<html><body>" + b"\xed\xa0\x80&#xD800;&#55357;" * 100_000 + SENTENCES, None),
    "a script that never closes": (b"<html><body><script>var a = '" + b"x y;" * 2_000_000, DropReason.NO_TEXT),
    "a comment that never closes": (b"<html><body><!-- " + b"- " * 4_000_000, DropReason.NO_TEXT),
    "a table in a table in a table": (b"<html><body>" + b"<table><tr><th>a</th><th>b</th></tr><tr><td>" * 60 + SENTENCES, None),
    "200,000 links": (b"<html><body>" + b"<li><a href='/x/2'>next</a></li>" * 200_000 + SENTENCES, None),
    "200,000 line breaks": (b"<html><body><p>" + b"x<br>" * 200_000 + b"</p>" + SENTENCES, None),
    "a word of 10 MB": (b"<html><body><p>" + b"x" * 10_000_000 + b"</p>", None),
    "a JSON-LD nested 100,000 deep": (
        b'<html><head><script type="application/ld+json">' + b'{"@graph":[' * 30_000 + b"</script></head><body>" + SENTENCES, None,
    ),
    "200,000 titles": (b"<html><body>" + SENTENCES + b"<h1>Orbit ships more phones</h1>" * 100_000, None),
    "bylines without end": (b"<html><body>" + b"<div class='author'>" * 200 + b"<span class='byline'>By A B</span>" * 100_000, None),
}  # fmt: skip


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(count=1, deadline_s=DEADLINE_S, memory_mb=MEMORY_MB, prepare=prepare, prepared=(config_dir(),)) as pool:
        yield pool


def hostile(body: bytes) -> Page:
    url = "https://news.example/story"
    sha = hashlib.sha256(body).hexdigest()
    return Page(url=url, requested_url=url, status=200, content_type="text/html", body=body, sha256=sha, fetched_at=NOW)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_a_named_reason(workers: Workers, name: str) -> None:
    """It is dropped by its name, or read, and never passes the deadline or the memory of its process."""
    body, reason = HOSTILE[name]
    begun = time.monotonic()
    found = asyncio.run(workers.run(clean_page, hostile(body), None, NOW, frozenset()))
    assert time.monotonic() - begun < DEADLINE_S
    if reason is None:
        assert isinstance(found, Article | Dropped)
        if SENTENCES in body and isinstance(found, Article):
            assert PROSE[0] in found.text, name
    else:
        assert isinstance(found, Dropped), found.text[:200]
        assert found.reason is reason
