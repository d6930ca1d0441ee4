"""When an article appeared and was last changed, and where that stands. A date that can't be true is refused, and the next source is asked.

    json-ld   {"datePublished": "2017-07-07T09:30:00+08:00"}
    meta      <meta property="article:published_time" content="…">
    time      <time datetime="…"> beside the headline
    url       …/2017/07/07/…, a day without a time
    printed   "July 7, 2017" beside the headline, a day without a time
    htmldate  whatever else looks like a date (the library), a day without a time
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import copy
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any

import lxml.html
from htmldate import find_date
from htmldate.settings import MIN_DATE

from etl.articles.blocks import Block
from etl.articles.metadata import Head
from etl.articles.tree import is_huge

_PUBLISHED = ("article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
              "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "publish-date", "publishdate", "publish_date", "published_date", "pubdate", "date",
              "article.published", "published_time_telegram", "cxenseparse:recs:publishtime", "displaydate", "originalpublicationdate", "citation_publication_date",
              "citation_date", "date.release", "article_date_original", "ptime", "bt:pubdate", "weibo:article:create_at")  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dc.date.modified", "dcterms.modified", "article.updated", "lastmod", "revised")
_MARKED = re.compile(r"publish|posted|entry-date|pubdate|created|article[-_]?date|byline|post-?date|timestamp|meta", re.I)
_CHANGED = re.compile(r"updat|modif|edited|revis", re.I)
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?", re.I)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?$")
_IN_URL = re.compile(r"[/-]((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:[/_.-]|$)")
_MONTHS = {name: n for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?"
_PRINTED = re.compile(
    rf"\b(?P<month1>{_MONTH})\s+(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year1>(?:19|20)\d\d)\b|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH}),?\s+(?P<year2>(?:19|20)\d\d)\b|"
    r"\b(?P<y>(?:19|20)\d\d)[-/年.](?P<m>\d{1,2})[-/月.](?P<d>\d{1,2})\b",
    re.I,
)
_DAY = timedelta(days=1)
_EARLIEST = datetime(MIN_DATE.year, 1, 1, tzinfo=UTC)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_published(root: lxml.html.HtmlElement, head: Head, blocks: list[Block], url: str, now: datetime) -> tuple[datetime | None, str | None]:
    """The time of publication in the site's zone and where it stands; a time without a zone counts as UTC."""
    printed = printed_days(blocks)
    for source, values in (("json-ld", _linked(head, "datePublished", "dateCreated", "uploadDate")), ("meta", _meta(head, _PUBLISHED))):
        for value in values:
            found = moment_of(value)
            if found and plausible(found, now):
                return _zoned(found, head, root, printed), source
    day = _of_url(url, now)
    for value in _times(root):
        found = moment_of(value)
        if found and plausible(found, now) and (day is None or abs(found - day) < timedelta(days=2)):
            return _zoned(found, head, root, printed), "time"
    if day:
        return day, "url"
    if printed and plausible(first := datetime.combine(printed[0], time(), UTC), now):
        return first, "printed"
    return _guess(root, url, now)


def _zoned(found: datetime, head: Head, root: lxml.html.HtmlElement, printed: list[date]) -> datetime:
    """The same moment in the site's own zone, where another of the page's dates names it: JSON-LD often says Z and the meta tag +08:00.

    Where none does and the page prints the day before or after that of UTC, it is the zone nearest to UTC in which that day is right.
    """
    if found.utcoffset():
        return found
    declared = (*_meta(head, _PUBLISHED), *_linked(head, "datePublished", "dateModified"), *_meta(head, _UPDATED))
    for value in chain(declared, _times(root)):
        other = moment_of(value)
        if other and other.utcoffset() and abs(other - found) < timedelta(days=400):
            return found.astimezone(other.tzinfo)
    if found.date() in printed:
        return found
    if found.date() - _DAY in printed and found.hour < 12:
        return found.astimezone(timezone(-timedelta(hours=found.hour + 1)))
    if found.date() + _DAY in printed and found.hour >= 11:
        return found.astimezone(timezone(timedelta(hours=24 - found.hour)))
    return found


def printed_days(blocks: list[Block]) -> list[date]:
    """The days that the page prints in short lines around its headline, in their order; none where no headline is found."""
    at = next((n for n, b in enumerate(blocks) if b.tag == "h1"), None)
    if at is None:
        return []
    found: list[date] = []
    for block in blocks[max(at - 6, 0) : at + 16]:
        if len(block.text) <= 160 and not _CHANGED.search(block.text):
            found += [day for match in _PRINTED.finditer(block.text) if (day := _day(match))]
    return found


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        if parts["y"]:
            return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
        month = _MONTHS[(parts["month1"] or parts["month2"])[:3].lower()]
        return date(int(parts["year1"] or parts["year2"]), month, int(parts["day1"] or parts["day2"]))
    except ValueError:
        return None


def _of_url(url: str, now: datetime) -> datetime | None:
    """The day in the address."""
    if not (match := _IN_URL.search(url)):
        return None
    try:
        found = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    except ValueError:
        return None
    return found if plausible(found, now) else None


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
    if is_huge(root):
        return None, None
    try:
        found = find_date(copy(root), original_date=True, extensive_search=False, url=url or None, max_date=(now + timedelta(days=1)).date().isoformat())
    except (ValueError, TypeError, AttributeError, OverflowError):  # the library's own faults on odd pages
        return None, None
    day = moment_of(found)
    if found is None or day is None or not plausible(day, now):
        return None, None
    stamp = found.replace("-", "/")
    return day, "url" if stamp in url or found in url or found.replace("-", "") in url else "htmldate"
