"""A feed document as a value, and the small readings that all formats share: addresses, dates, plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from etl.model import Entry

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no news on the web before; what is older is a clock at zero or a slip
AHEAD = timedelta(days=1)  # a clock that is off by a time zone is believed, one that is off by more isn't
SUMMARY_LENGTH = 4000
MOST_ENTRIES = 2000  # a document with more is an archive; its newest come first

_BLOCKS = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
     "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip
_SILENT = frozenset(("script", "style", "template", "noscript"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#a-zA-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """What one feed document says."""

    format: str  # rss20, rss10, atom10, cdf, json1.1 …
    title: str
    entries: tuple[Entry, ...]  # in the order of the document, each address once
    skipped: int  # entries without an address on the web, or with one that came before
    language: str | None
    site_url: str | None
    self_url: str | None  # what the feed says its own address is
    hub_urls: tuple[str, ...]  # WebSub hubs
    next_url: str | None  # the next page of an archive
    moved_to: str | None  # where the feed says that it has moved
    ttl_s: float | None  # how long it asks to be left alone
    is_complete: bool = False  # says that nothing will follow


def web_address(link: str | None, base: str) -> str | None:
    """The link as an absolute http(s) address, None where it is none."""
    if not link or not (link := link.strip()):
        return None
    try:
        found = urljoin(base, re.sub(r"[\t\r\n]", "", link))
        parts = urlsplit(found)
        if parts.scheme not in ("http", "https") or not parts.hostname or (parts.port or 1) < 1:
            return None
    except ValueError:
        return None
    return found.replace(" ", "%20")


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """The moment, or None where it can't be true."""
    return moment if moment and EARLIEST <= moment <= now + AHEAD else None


def gather(found: Iterable[Entry | None]) -> tuple[tuple[Entry, ...], int]:
    """Each address once, and how many were left out. Two entries with the same address are one story: the first is the newer."""
    entries: dict[str, Entry] = {}
    skipped = 0
    for entry in found:
        if entry is None or entry.url in entries:
            skipped += 1
        else:
            entries[entry.url] = entry
    return tuple(entries.values()), skipped


def plain_text(markup: str | None, *, limit: int | None = None) -> str:
    """What a reader would see of a title or summary: no tags, entities resolved (twice where twice escaped), a line a block."""
    text = _CONTROLS.sub("", markup or "")
    for _ in range(2):
        if not _MARKUP.search(text):
            break
        text = _strip(text) if "<" in text else html.unescape(text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    text = "\n".join(line for line in lines if line)
    return text if limit is None or len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _strip(markup: str) -> str:
    try:
        root = lxml_html.fragment_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", markup), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return html.unescape(re.sub(r"<[^<>]*>", " ", markup))
    pieces: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_tag = isinstance(node.tag, str)
        if event == "start":
            silent += is_tag and node.tag in _SILENT
            if is_tag and node.tag in _BLOCKS:
                pieces.append("\n")
            if not silent:
                pieces.append(node.text or "")
            continue
        silent -= event == "end" and is_tag and node.tag in _SILENT
        if event == "end" and is_tag and node.tag in _BLOCKS:
            pieces.append("\n")
        if not silent and node is not root:
            pieces.append(node.tail or "")
    return "".join(pieces)
