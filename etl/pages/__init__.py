"""What did the site send, byte for byte? `keep_page` takes a response as a page, or says why it is none.

What a page holds is decided later, from the stored bytes; here only what can never become an article is refused:
other media, empty bodies, bodies too large to be text, and a redirect from an article to the front page.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from urllib.parse import urlsplit

from etl.model import Dropped, DropReason, Page, Response

MOST_BYTES = 20_000_000
_HTML = frozenset(("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", ""))
_MAYBE = frozenset(("text/plain", "application/octet-stream", "application/xml", "text/xml", "binary/octet-stream", "unknown/unknown"))
_TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|title|meta|div|p|h1)[\s>/]", re.I)
_OTHER = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"PK\x03\x04", "ZIP"), (b"\x1f\x8b", "gzip"),
    (b"RIFF", "RIFF"), (b"\x00\x00\x00\x18ftyp", "MP4"), (b"\x00\x00\x00\x20ftyp", "MP4"), (b"ID3", "MP3"), (b"OggS", "Ogg"),
)  # fmt: skip
_PROLOGUE = rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?[^>]*>\s*)*"
_FEED = re.compile(_PROLOGUE + rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)[\s>]", re.I | re.S)


def keep_page(url: str, response: Response, now: datetime) -> Page | Dropped:
    """The page that was announced at `url`, as `response` brought it; `now` stands in where the response bears no time."""
    body = response.body
    if response.status in (204, 205, 304) or not body.strip(b"\x00 \t\r\n\f\v"):
        return Dropped(reason=DropReason.EMPTY, detail=f"status {response.status}, {len(body)} bytes")
    if len(body) > MOST_BYTES:
        return Dropped(reason=DropReason.TOO_LARGE, detail=f"{len(body)} bytes")
    if why := _not_html(body, response.content_type):
        return Dropped(reason=DropReason.NOT_HTML, detail=why)
    if _leads_home(url, response.url):
        return Dropped(reason=DropReason.GONE, detail=f"redirected to the front page {response.url}")
    return Page(
        url=response.url,
        requested_url=url,
        status=response.status,
        content_type=response.content_type,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=response.fetched_at or now,
    )


def _not_html(body: bytes, content_type: str) -> str:
    """What it is instead, "" for HTML. What the bytes say goes before what the header says."""
    for magic, name in _OTHER:
        if body.startswith(magic):
            return f"{name} sent as {content_type or 'nothing'}"
    kind = content_type.partition(";")[0].strip().lower()
    head = _ascii(body[:8192])
    if _FEED.match(head):
        return "a feed or sitemap"
    if kind in _HTML:
        return ""
    if kind in _MAYBE:
        return "" if _TAGS.search(head) else f"{kind} without a tag of HTML"
    return kind


def _ascii(head: bytes) -> bytes:
    """UTF-16 made readable for a look at its tags."""
    return head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<") else head


def _leads_home(asked: str, came: str) -> bool:
    """A site that answers for a removed article with its front page."""
    before, after = urlsplit(asked), urlsplit(came)
    return len(before.path.strip("/")) > 0 and not after.path.strip("/") and not after.query and not after.fragment
