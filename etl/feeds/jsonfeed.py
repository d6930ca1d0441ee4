"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/), read leniently."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from etl.errors import LayoutError
from etl.feeds.document import MOST_ENTRIES, SUMMARY_LENGTH, FeedDocument, believable, gather, plain_text, web_address
from etl.model import Entry


def read_json_feed(text: str, *, url: str, feed: str, now: datetime) -> FeedDocument:
    """The document's entries. Raises LayoutError where it is no JSON or some other JSON."""
    try:
        head = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LayoutError(f"no feed: JSON that can't be read ({error})", url=url) from error
    if not isinstance(head, dict) or not isinstance(head.get("items"), list):
        raise LayoutError("no feed: JSON without a list of items", url=url)
    version = str(head.get("version", ""))
    if "jsonfeed.org" not in version and not any(isinstance(i, dict) and ("id" in i or "url" in i) for i in head["items"]):
        raise LayoutError("no feed: JSON that names no version of JSON Feed", url=url)
    items = [item for item in head["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    entries, skipped = gather(_entry(item, head, url, feed, now) for item in items)
    hubs = [hub.get("url") for hub in _list(head.get("hubs")) if isinstance(hub, dict)]
    return FeedDocument(
        format=f"json{version.rstrip('/').rsplit('/', 1)[-1]}" if version else "json",
        title=plain_text(_string(head.get("title")), limit=300),
        entries=entries,
        skipped=skipped + len(head["items"]) - len(items),
        language=_string(head.get("language")) or None,
        site_url=web_address(_string(head.get("home_page_url")), url),
        self_url=web_address(_string(head.get("feed_url")), url),
        hub_urls=tuple(found for hub in hubs if (found := web_address(_string(hub), url))),
        next_url=web_address(_string(head.get("next_url")), url),
        moved_to=None,
        ttl_s=None,
        is_complete=head.get("expired") is True,
    )


def _entry(item: dict[str, Any], head: dict[str, Any], url: str, feed: str, now: datetime) -> Entry | None:
    guid = item.get("id")
    guid = str(guid) if isinstance(guid, (str, int)) and not isinstance(guid, bool) else ""
    named = guid if guid.lower().startswith(("http://", "https://")) else None
    address = next((a for link in (item.get("url"), named, item.get("external_url")) if (a := web_address(_string(link), url))), None)
    if address is None:
        return None
    published, updated = (believable(_moment(item.get(key)), now) for key in ("date_published", "date_modified"))
    said = _string(item.get("summary")) or _string(item.get("content_html")) or _escaped(_string(item.get("content_text")))
    return Entry(
        feed=feed,
        url=address,
        guid=guid or None,
        title=plain_text(_string(item.get("title")), limit=500).replace("\n", " "),
        summary=plain_text(said, limit=SUMMARY_LENGTH),
        author=_authors(item) or _authors(head),
        published=published or updated,
        updated=updated,
    )


def _authors(said: dict[str, Any]) -> str | None:
    people = [*_list(said.get("authors")), said.get("author")]
    names = (plain_text(_string(p.get("name")), limit=200) for p in people if isinstance(p, dict))
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _moment(value: Any) -> datetime | None:
    """RFC 3339, as the standard wants it; without an offset it counts as UTC."""
    try:
        found = datetime.fromisoformat(value.strip().replace("Z", "+00:00")) if isinstance(value, str) else None
        return found and (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
