"""Articles in several parts: which page goes on where this one ends, and how the parts are one text.

    https://example.com/review        →  https://example.com/review/2, …/review?page=2, …/review/page/2/, …/review-2.html

A link counts only where its address is this page's own with the next number: `rel=next` often leads to another article.
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import lxml.html

from etl.articles.decode import decode
from etl.articles.metadata import is_variant
from etl.articles.tree import has_tags, parse, refuse_bytes
from etl.model import Dropped, Page

MOST = 10  # parts of one article
_KEYS = frozenset(("page", "pg", "p", "paged", "part", "seite", "pagina", "page_no", "pagenum"))
_PATH = re.compile(r"^(?P<base>.*?)(?:/(?:page|part|seite|pagina|p)?[-/]?(?P<number>[1-9]\d?)/?|[-_,](?:page-|p)?(?P<file>[1-9]\d?)(?P<ending>\.s?html?))$", re.I)
_IN_DATE = re.compile(r"/\d+$")
HIGHEST = 50  # no article has more parts


def next_part(page: Page) -> str | None:
    """The address of the part that follows, None where the page is the last or the only one."""
    if refuse_bytes(page.body, page.content_type) or not re.search(rb"next|page|part|seite|[?/_,-]\d\d?[\"'.&/ >]", page.body):
        return None
    text, _ = decode(page.body, page.content_type)
    root = parse(text) if has_tags(text) else None
    if root is None or isinstance(root, Dropped):
        return None
    return next_address(root, page.url)


def next_address(root: lxml.html.HtmlElement, url: str) -> str | None:
    """The address that the page links to as its own next part."""
    wanted = {(base, number + 1) for base, number in readings(url)}
    for href in _links(root):
        try:
            there = urljoin(url, href.strip())
            if urlsplit(there).hostname == urlsplit(url).hostname and not is_variant(there) and not wanted.isdisjoint(readings(there)):
                return there.partition("#")[0]
        except ValueError:  # an address that is none
            continue
    return None


def readings(url: str) -> set[tuple[str, int]]:
    """The ways to read an address as that of a story's part: the story's address and the part's number.

    As it stands it is part 1 of itself. `/2017/07/08` and `story-4711.html` are no parts: the numbers stand in a date or are too high.
    """
    address = urlsplit(url)
    if address.scheme not in ("http", "https"):
        return set()
    pairs = parse_qsl(address.query, keep_blank_values=True)
    found = {(_story(address.hostname, address.path, pairs), 1)}
    for key, value in pairs:
        if key.lower() in _KEYS and value.isdigit() and 0 < int(value) <= HIGHEST:
            found.add((_story(address.hostname, address.path, [(k, v) for k, v in pairs if k != key]), int(value)))
    if (match := _PATH.match(address.path)) and not _IN_DATE.search(match["base"]):
        found.add((_story(address.hostname, match["base"] + (match["ending"] or ""), pairs), int(match["number"] or match["file"])))
    return found


def _story(host: str | None, path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{host}{path.rstrip('/')}?{urlencode(pairs)}"


def joined(parts: Sequence[Sequence[str]]) -> list[str]:
    """The parts' lines as one text: what a later part repeats of an earlier one, a standfirst or an author's note, stands once."""
    lines: list[str] = []
    known: set[str] = set()
    for part in parts:
        fresh = [line for line in part if line not in known or len(line) < 25]
        lines += fresh
        known.update(part)
    return lines


def _links(root: lxml.html.HtmlElement) -> Iterator[str]:
    """What the page calls its next page, then every link."""
    for element in root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split() and element.get("href"):
            yield element.get("href", "")
    for element in root.iter("a"):
        if href := element.get("href"):
            yield href
