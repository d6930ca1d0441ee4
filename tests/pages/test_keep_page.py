"""Responses in, pages or reasons out."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime

import pytest

from etl.model import Dropped, DropReason, Page, Response
from etl.pages import MOST_BYTES, keep_page

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ASKED = "https://a.example/news/1"
HTML = b"<!doctype html><title>x</title><p>Words."


def answer(body: bytes = HTML, kind: str | None = "text/html; charset=utf-8", url: str = ASKED, status: int = 200) -> Response:
    headers = {} if kind is None else {"content-type": kind}
    return Response(
        url=url, requested_url=ASKED, status=status, headers=headers, body=body, permanent_url=None, fetched_at=NOW, elapsed_s=0.1
    )


def reason(response: Response) -> DropReason | None:
    found = keep_page(ASKED, response, NOW)
    return found.reason if isinstance(found, Dropped) else None


def test_a_page_is_kept_byte_for_byte() -> None:
    """Where it came from, what was sent, and its name."""
    found = keep_page(ASKED, answer(url="https://a.example/news/1/"), NOW)
    assert found == Page(
        url="https://a.example/news/1/", requested_url=ASKED, status=200, content_type="text/html; charset=utf-8", body=HTML,
        sha256=hashlib.sha256(HTML).hexdigest(), fetched_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (HTML, None),
        (HTML, "application/xhtml+xml"),
        (HTML, "TEXT/HTML"),
        (HTML, "text/plain"),
        (HTML, "application/octet-stream"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "application/xml"),
        (HTML.decode().encode("utf-16"), "text/html"),
        (b"Words without a tag", "text/html"),
    ],
)
def test_what_counts_as_html(body: bytes, kind: str | None) -> None:
    """What a browser would show as a page, whatever the header says."""
    assert reason(answer(body, kind)) is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 ...", "text/html"),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (gzip.compress(HTML, mtime=0), "text/html"),
        (b'{"a": 1}', "application/json"),
        (b"just words", "text/plain"),
        (b"<?xml version='1.0'?><!-- c --><rss version='2.0'></rss>", "text/html"),
        (b"<urlset></urlset>", "application/xml"),
        (b"body { }", "text/css"),
    ],
)
def test_what_is_no_html(body: bytes, kind: str | None) -> None:
    """Other media are dropped by what their bytes say, then by their header."""
    assert reason(answer(body, kind)) is DropReason.NOT_HTML


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\x00\x00"])
def test_an_empty_body(body: bytes) -> None:
    """Nothing, or nothing but blanks, is EMPTY; so is a 204."""
    assert reason(answer(body)) is DropReason.EMPTY
    assert reason(answer(status=204)) is DropReason.EMPTY


def test_a_body_too_large_to_be_text() -> None:
    """Beyond the limit a page is dropped, not read."""
    assert reason(answer(HTML + b" " * MOST_BYTES)) is DropReason.TOO_LARGE


@pytest.mark.parametrize(
    ("url", "is_gone"),
    [
        ("https://a.example/", True),
        ("https://www.a.example", True),
        ("https://a.example/?p=1", False),
        ("https://a.example/news/1-new-title", False),
    ],
)
def test_a_redirect_to_the_front_page(url: str, is_gone: bool) -> None:
    """A site that answers for a removed article with its front page has no article: GONE."""
    assert (reason(answer(url=url)) is DropReason.GONE) is is_gone
