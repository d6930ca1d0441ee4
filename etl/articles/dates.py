"""When an article appeared and was last changed, and where that stands. A date that can't be true is refused, and the next source is asked.

    json-ld   {"datePublished": "2017-07-07T09:30:00+08:00"}
    meta      <meta property="article:published_time" content="…">
    time      <time datetime="…"> beside the headline
    htmldate  whatever else looks like a date (the library), a day without a time
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import lxml.html
from htmldate import find_date
from htmldate.settings import MIN_DATE

from etl.articles.metadata import Head

_PUBLISHED = ("article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
              "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "publish-date", "publishdate", "publish_date", "published_date", "pubdate", "date",
              "article.published", "published_time_telegram", "cxenseparse:recs:publishtime", "displaydate", "originalpublicationdate", "citation_publication_date",
              "citation_date", "date.release", "article_date_original", "ptime", "bt:pubdate", "weibo:article:create_at")  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dc.date.modified", "dcterms.modified", "article.updated", "lastmod", "revised")
_MARKED = re.compile(r"publish|posted|entry-date|pubdate|created|article[-_]?date|byline|post-?date|timestamp|meta", re.I)
_CHANGED = re.compile(r"updat|modif|edited|revis", re.I)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?", re.I)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?$")
_EARLIEST = datetime(MIN_DATE.year, 1, 1, tzinfo=UTC)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_published(root: lxml.html.HtmlElement, head: Head, url: str, now: datetime) -> tuple[datetime | None, str | None]:
    """The time of publication in the site's zone and where it stands; a time without a zone counts as UTC."""
    for source, values in (("json-ld", _linked(head, "datePublished", "dateCreated", "uploadDate")), ("meta", _meta(head, _PUBLISHED)), ("time", _times(root))):
        for value in values:
            found = moment_of(value)
            if found and plausible(found, now):
                return _zoned(found, head, root), source
    return _guess(root, url, now)


def _zoned(found: datetime, head: Head, root: lxml.html.HtmlElement) -> datetime:
    """The same moment in the site's own zone, where another of the page's dates names it: JSON-LD often says Z and the meta tag +08:00."""
    if found.utcoffset():
        return found
    for value in (*_meta(head, _PUBLISHED), *_linked(head, "datePublished", "dateModified"), *_meta(head, _UPDATED), *_times(root)):
        other = moment_of(value)
        if other and other.utcoffset() and abs(other - found) < timedelta(days=400):
            return found.astimezone(other.tzinfo)
    return found


def read_updated(head: Head, published: datetime | None, now: datetime) -> datetime | None:
    """The time of the last change; None where none is declared or where it lies before the publication."""
    for value in (*_linked(head, "dateModified"), *_meta(head, _UPDATED)):
        found = moment_of(value)
        if found and plausible(found, now) and (published is None or found >= published):
            return found
    return None


def plausible(found: datetime, now: datetime) -> bool:
    """Not before the web's first newspapers, not in the future; a day's grace for zones."""
    return _EARLIEST <= found <= now + timedelta(days=1)


def moment_of(value: Any) -> datetime | None:
    """A date or time in ISO 8601, its compact form, a mail's form or as a number of seconds; None for anything else."""
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if not text or len(text) > 60:
        return None
    try:
        if match := _ISO.search(text) or _COMPACT.match(text):
            return _built(match)
        if re.fullmatch(r"\d{10}(?:\d{3})?", text):
            return datetime.fromtimestamp(int(text[:10]), tz=UTC)
        if re.search(r"\d{4}", text) and ":" in text:
            found = parsedate_to_datetime(text)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return None


def _built(match: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second, zone = match.groups()
    found = datetime(int(year), int(month), int(day), int(hour or 0) % 24, int(minute or 0), int(second or 0), tzinfo=UTC)
    if zone and zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return found.replace(tzinfo=timezone(away if zone[0] == "+" else -away))
    return found


def _linked(head: Head, *keys: str) -> list[Any]:
    return [value for key in keys for thing in head.things if (value := thing.get(key))]


def _meta(head: Head, names: tuple[str, ...]) -> list[str]:
    return [value for name in names for value in head.metas.get(name, ())]


def _times(root: lxml.html.HtmlElement) -> Iterator[str]:
    """The values of <time> and of itemprop=datePublished: marked ones first, then the first of the page's main part."""
    plain: list[str] = []
    for element in root.xpath(".//time[@datetime] | .//*[@itemprop='datePublished']"):
        value = element.get("datetime") or element.get("content") or element.text_content()[:60]
        around = " ".join(e.get("class") or "" for e in (element, *list(element.iterancestors())[:2]))
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield value
        elif _CHANGED.search(around) or any(a.tag in ("aside", "footer", "nav") for a in element.iterancestors()):
            continue
        elif _MARKED.search(around):
            yield value
        else:
            plain.append(value)
    if len(plain) == 1:
        yield plain[0]


def _guess(root: lxml.html.HtmlElement, url: str, now: datetime) -> tuple[datetime | None, str | None]:
    """What the library finds in the page or its address."""
    try:
        found = find_date(copy(root), original_date=True, extensive_search=True, url=url or None, max_date=(now + timedelta(days=1)).date().isoformat())
    except (ValueError, TypeError, AttributeError, OverflowError):  # the library's own faults on odd pages
        return None, None
    day = moment_of(found)
    if found is None or day is None or not plausible(day, now):
        return None, None
    stamp = found.replace("-", "/")
    return day, "url" if stamp in url or found in url or found.replace("-", "") in url else "htmldate"
