"""From the bytes of a feed document to its entries."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from etl.errors import LayoutError
from etl.feeds.document import MOST_ENTRIES, SUMMARY_LENGTH, FeedDocument, believable, gather, plain_text, web_address
from etl.feeds.encoding import as_utf8_xml, decode
from etl.feeds.jsonfeed import read_json_feed
from etl.model import Entry

_MAILBOX = re.compile(r"<?[\w.+-]+@[\w.-]+>?")
_PERIODS = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}


def read_feed(body: bytes, *, url: str, content_type: str, now: datetime, feed: str | None = None) -> FeedDocument:
    """The document's entries. `url` is where it was fetched, `feed` the declared address that its entries are filed under (else `url`).

    Raises LayoutError, saying what came instead, where the document is no feed. Opens no file and no connection.
    """
    text = decode(body, content_type)
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise LayoutError("the document is empty", url=url)
    if start[0] in "{[":
        return read_json_feed(start, url=url, feed=feed or url, now=now)
    if "<" not in start[:4096]:
        raise LayoutError(f"no feed: plain text that begins {start[:40]!r}", url=url)
    parsed = _parse(as_utf8_xml(text), url)
    if not parsed.get("version") and not _looks_like_feed(start):
        raise LayoutError(f"no feed: {_what_came(start)}", url=url)
    if parsed.get("bozo") and not parsed.entries and "<entry" not in start and "<item" not in start and not _is_closed(start):
        raise LayoutError(f"the feed breaks off or is not well-formed: {parsed.get('bozo_exception')}", url=url)
    return _document(parsed, url=url, feed=feed or url, now=now)


def _parse(body: bytes, url: str) -> Any:
    """What feedparser makes of it. Raises LayoutError also where the parser itself stumbles: that too is the document's doing."""
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(io.BytesIO(body), response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:
        raise LayoutError(f"the feed can't be parsed: {error!r}", url=url) from error


def _looks_like_feed(start: str) -> bool:
    """Some name no version that the parser knows: `<rss>` alone, or an Atom root without its namespace."""
    return re.search(r"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", start[:2048], re.I) is not None and "<html" not in start[:2048].lower()


def _is_closed(start: str) -> bool:
    return re.search(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*$", start[-200:], re.I) is not None


def _what_came(start: str) -> str:
    head = start[:4096].lower()
    if "<!doctype html" in head or "<html" in head or "<head" in head or "<body" in head:
        title = re.search(r"<title[^>]*>([^<]{1,200})", start[:20_000], re.I)
        return "an HTML page" + (f" titled {plain_text(title[1], limit=80)!r}" if title else "")
    root = re.search(r"<([A-Za-z][\w:.-]*)", start[:4096])
    return f"XML with the root <{root[1]}>" if root else "neither XML nor JSON"


def _document(parsed: Any, *, url: str, feed: str, now: datetime) -> FeedDocument:
    head = parsed.feed
    entries, skipped = gather(_entry(item, url, feed, now) for item in parsed.entries[:MOST_ENTRIES])
    links = [link for link in head.get("links", ()) if link.get("href")]

    def linked(rel: str) -> list[str]:
        return [found for link in links if link.get("rel") == rel and (found := web_address(link["href"], url))]

    return FeedDocument(
        format=parsed.get("version") or "unknown",
        title=plain_text(head.get("title"), limit=300),
        entries=entries,
        skipped=skipped + max(0, len(parsed.entries) - MOST_ENTRIES),
        language=head.get("language") or None,
        site_url=web_address(head.get("link"), url),
        self_url=next(iter(linked("self")), None),
        hub_urls=tuple(linked("hub")),
        next_url=next(iter(linked("next")), None),
        moved_to=web_address(head.get("itunes_new-feed-url") or head.get("newlocation"), url),
        ttl_s=_ttl(head),
        is_complete=str(head.get("itunes_complete", "")).lower() == "yes" or "fh_complete" in head,
    )


def _entry(item: Any, url: str, feed: str, now: datetime) -> Entry | None:
    address = _address(item, url)
    if address is None:
        return None
    published = believable(_moment(item, "published_parsed"), now)
    updated = believable(_moment(item, "updated_parsed"), now)
    contents = [c.get("value") for c in item.get("content", ()) if c.get("value")]
    return Entry(
        feed=feed,
        url=address,
        guid=_raw(item, "id") or None,
        title=plain_text(_text_of(item, "title"), limit=500).replace("\n", " "),
        summary=plain_text(_text_of(item, "summary") or next(iter(contents), ""), limit=SUMMARY_LENGTH),
        author=_author(item),
        published=published or updated or believable(_moment(item, "created_parsed"), now),
        updated=updated,
    )


def _address(item: Any, base: str) -> str | None:
    """The entry's page: what FeedBurner redirects to, else its link, an alternate, or an id that is an address."""
    alternates = [link.get("href") for link in item.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    for link in (_raw(item, "feedburner_origlink"), _raw(item, "link"), *alternates):
        if found := web_address(link, base):
            return found
    guid = _raw(item, "id")
    return web_address(guid, base) if guid and re.match(r"https?://", guid, re.I) else None


def _raw(item: Any, key: str) -> Any:
    """The value under this very key: the parser's own look-up would answer for a missing date with another one, and warn."""
    return dict.get(item, key)


def _text_of(item: Any, key: str) -> str:
    value = _raw(item, key) or ""
    detail = _raw(item, f"{key}_detail") or {}
    if detail.get("type") == "text/plain" and "<" in value and "&" not in value:
        return value.replace("<", "&lt;")  # what an Atom text says is tagged is meant as written
    return str(value)


def _moment(item: Any, key: str) -> datetime | None:
    parsed: struct_time | None = _raw(item, key)
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except ValueError:
        return None


def _author(item: Any) -> str | None:
    people = [person.get("name") for person in item.get("authors", ()) if person.get("name")]
    said = str(_raw(item, "author") or "")
    if "@" not in said or len(people) > 1:  # "desk@site.example (A. Name)" is taken apart here: the parser cuts it in the wrong place
        said = ", ".join(dict.fromkeys(people)) or said
    name = plain_text(_MAILBOX.sub(" ", said), limit=200).replace("\n", ", ").strip()
    inner = re.fullmatch(r"\(([^()]*)\)", name)
    return (inner[1] if inner else name).strip() or None


def _ttl(head: Any) -> float | None:
    """RSS's minutes, or the syndication module's period over frequency, whichever is longer."""
    asked = []
    if (ttl := str(head.get("ttl", "")).strip()).isascii() and ttl.isdigit() and len(ttl) < 9:
        asked.append(float(ttl) * 60)
    period = _PERIODS.get(str(head.get("sy_updateperiod", "")).strip().lower())
    if period:
        often = str(head.get("sy_updatefrequency", "1")).strip()
        asked.append(period / max(1, int(often) if often.isascii() and often.isdigit() and len(often) < 6 else 1))
    return max(asked) if asked and max(asked) > 0 else None
