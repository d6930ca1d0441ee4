"""A page becomes an article: one parse, shared by what the page says about itself and what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import lxml.html
from bs4 import BeautifulSoup

from etl.articles.blocks import Walk
from etl.articles.body import read_body
from etl.articles.bylines import people, read_byline
from etl.articles.dates import plausible, read_published, read_updated
from etl.articles.decode import decode
from etl.articles.lines import block_key, drop_lines
from etl.articles.live import live_lines
from etl.articles.metadata import linked_body, read_head
from etl.articles.parts import joined
from etl.articles.plain import clean_text
from etl.articles.sites import Sites, host_of
from etl.articles.titles import read_title
from etl.articles.tree import has_tags, parse, refuse_bytes
from etl.articles.walls import judge, refuse
from etl.model import Article, Dropped, DropReason, Entry, Page, identity
from etl.spec.sites import SiteSpec

Heard = Callable[[str, str], None]


def clean(
    page: Page,
    sites: Sites,
    *,
    entry: Entry | None = None,
    now: datetime,
    recurring: frozenset[str] = frozenset(),
    heard: Heard | None = None,
) -> Article | Dropped:
    """What a reader would read of the page, or why there is nothing to read. `heard` is told each rule and what it took."""
    if found := refuse_bytes(page.body, page.content_type):
        return found
    text, _ = decode(page.body, page.content_type)
    if not has_tags(text):
        return _text_page(page, text, entry, now)
    root = parse(text)
    if isinstance(root, Dropped):
        return root
    return _read(page, text, root, sites, entry, now, recurring, heard or _deaf)


def block_keys(source: Article | str) -> frozenset[str]:
    """The hashes of an article's lines, for counting which of them recur over a host's pages."""
    text = source if isinstance(source, str) else source.text
    return frozenset(block_key(line) for line in text.split("\n") if line)


def _read(
    page: Page,
    text: str,
    root: lxml.html.HtmlElement,
    sites: Sites,
    entry: Entry | None,
    now: datetime,
    recurring: frozenset[str],
    heard: Heard,
) -> Article | Dropped:
    head = read_head(root, page.url)
    walk = Walk(root.body)
    published, origin = read_published(root, head, walk.blocks, page.url, now)
    layout = sites.layout(page.url, published.date() if published else _day(entry))
    title = (_titled(root, layout) if layout else None) or read_title(root, head) or (entry.title if entry else "")
    if found := refuse(root, head, title, page.status):
        return found
    byline = read_byline(root, head, walk.blocks, title)
    if layout and (layout.keep or layout.drop):
        ruled = parse(apply(layout, text, heard))
        if not isinstance(ruled, Dropped):
            root, walk = ruled, Walk(ruled.body)
    told = None if heard is _deaf else heard
    if reports := live_lines(walk, head):
        heard("live blog", f"cut to its entries, {len(reports)} lines")
    lines = drop_lines(reports or read_body(root, walk, title, head, told) or linked_body(head), title, recurring, heard)
    if page.parts:
        heard("parts", f"{len(page.parts)} more pages follow")
        lines = joined([lines, *(_part(part, sites, title, recurring, heard) for part in page.parts)])
    if found := judge(root, head, lines):
        return found
    if origin in (None, "htmldate", "printed") and entry and entry.published and plausible(entry.published, now):
        published, origin = entry.published, "feed"  # a date found somewhere in the page ("since 2013") is a guess; the feed's is not
    body = "\n".join(lines)
    return Article(
        article_id=identity(page.url, body), url=page.url, canonical_url=head.canonical_url, title=title, text=body,
        byline=byline or (people([entry.author], head) if entry and entry.author else ()),
        published=published.astimezone(UTC) if published else None, published_from=origin,
        updated=_utc(read_updated(head, published, now)), language=head.language,
        site_name=head.site_name, source=host_of(page.url), page_sha256=page.sha256,
        utc_offset_min=_offset(published),
    )  # fmt: skip


def _part(page: Page, sites: Sites, title: str, recurring: frozenset[str], heard: Heard) -> list[str]:
    """The lines of a following part; none where it can't be read."""
    text, _ = decode(page.body, page.content_type)
    root = parse(text) if not refuse_bytes(page.body, page.content_type) and has_tags(text) else None
    if root is None or isinstance(root, Dropped):
        return []
    layout = sites.layout(page.url, None)
    if layout and (layout.keep or layout.drop) and not isinstance(ruled := parse(apply(layout, text, heard)), Dropped):
        root = ruled
    return drop_lines(read_body(root, Walk(root.body), title, read_head(root, page.url)), title, recurring, heard)


def apply(layout: SiteSpec, text: str, heard: Heard) -> str:
    """The page's HTML with a site's rule carried out: what it drops is gone, and where it names the article, that alone is left."""
    soup = BeautifulSoup(text, "lxml")
    for selector in layout.drop:
        for element in soup.select(selector):
            if not element.decomposed:
                heard(f"site: drop {selector}", element.get_text(" ", strip=True))
                element.decompose()
    for selector in layout.keep:
        if found := soup.select(selector):
            heard(f"site: keep {selector}", f"{len(found)} elements")
            return f"<html><body><article>{''.join(str(f) for f in found)}</article></body></html>"
    return str(soup)


def _titled(root: lxml.html.HtmlElement, layout: SiteSpec) -> str | None:
    if not layout.title:
        return None
    found = BeautifulSoup(lxml.html.tostring(root, encoding="unicode"), "lxml").select_one(layout.title)
    return " ".join(found.get_text(" ").split()) if found else None


def _text_page(page: Page, text: str, entry: Entry | None, now: datetime) -> Article | Dropped:
    """A page that is plain text already."""
    body = clean_text(text)
    if not body:
        return Dropped(reason=DropReason.NO_TEXT, detail="a text without a line that is article")
    published = entry.published if entry and entry.published and plausible(entry.published, now) else None
    return Article(
        article_id=identity(page.url, body), url=page.url, canonical_url=None, title=entry.title if entry else "", text=body,
        byline=people([entry.author]) if entry and entry.author else (), published=published, published_from="feed" if published else None,
        updated=None, language=None, site_name=None, source=host_of(page.url) or urlsplit(page.url).path, page_sha256=page.sha256,
    )  # fmt: skip


def _day(entry: Entry | None) -> date | None:
    return entry.published.date() if entry and entry.published else None


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _offset(moment: datetime | None) -> int | None:
    away = moment.utcoffset() if moment else None
    return int(away.total_seconds()) // 60 if away else None


def _deaf(rule: str, words: str) -> None:
    """Nobody asked."""


