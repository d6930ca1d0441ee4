"""What a site's server sends: article pages from its template, and its feed as RSS, Atom or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from string import Template

from etl.newsroom.stories import HERE, Site, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A story at its address."""

    story: Story
    url: str
    published: datetime
    canonical: str
    amp: str  # "" where there is none


def page(site: Site, listed: Listed, others: Sequence[Listed], base: str) -> str:
    """The article as the site shows it, with everything that stands around it. `others` are advertised beside it."""
    return _template(site.key).substitute(_fields(site, listed, others, base))


def amp_page(site: Site, listed: Listed, others: Sequence[Listed], base: str) -> str:
    """The same article for telephones."""
    return _template("amp").substitute(_fields(site, listed, others, base))


def front_page(site: Site, listed: Sequence[Listed]) -> str:
    """The list of what there is."""
    rows = "".join(f'<li><a href="{escape(e.url)}">{escape(e.story.title)}</a></li>' for e in listed)
    name = escape(site.name)
    return f'<!doctype html><meta charset="{site.charset}"><title>{name}</title><h1>{name}</h1><p>{escape(site.tagline)}</p><ul>{rows}</ul>'


def feed(site: Site, listed: Sequence[Listed], base: str) -> tuple[str, str]:
    """The site's feed, newest first, and its content type."""
    newest = sorted(listed, key=lambda e: e.published, reverse=True)
    return {"rss": _rss, "atom": _atom, "json": _json_feed}[site.feed](site, newest, base)


@lru_cache(maxsize=32)
def _template(key: str) -> Template:
    return Template((HERE / "templates" / f"{key}.html").read_text(encoding="utf-8"))


def _fields(site: Site, listed: Listed, others: Sequence[Listed], base: str) -> dict[str, str]:
    story, at = listed.story, listed.published
    links = [f'<a href="{escape(e.url)}">{escape(e.story.title)}</a>' for e in others]
    figure = f"<figure><div class=photo></div><figcaption>{escape(story.caption)} {escape(site.credit)}</figcaption></figure>"
    return {
        "title": escape(story.title), "site": escape(site.name), "tagline": escape(site.tagline), "base": base, "url": listed.url,
        "body": to_html(story.body), "summary": escape(summary(story)), "byline": escape(story.byline), "iso": at.isoformat(),
        "day": _day(at, site.language), "clock": f"{at:%H:%M}", "figure": figure if story.caption else "",
        "boilerplate": "".join(f"<p>{escape(words)}</p>" for words in story.boilerplate),
        "related": "".join(f"<li>{link}</li>" for link in links[:5]),
        "more": "".join(f"<div class=card>{link}</div>" for link in links[3:9]),
        "tags": " ".join(f'<a href="{base}/tag/{escape(tag)}" rel="tag">{escape(tag)}</a>' for tag in story.tags),
        "comments": "".join(f'<li class="comment"><b>{escape(who)}</b><p>{escape(words)}</p></li>' for who, words in site.comments),
        "head": _head(site, listed), "charset": site.charset, "year": str(at.year),
    }  # fmt: skip


def _day(at: datetime, language: str) -> str:
    return f"{at.year}年{at.month}月{at.day}日" if language == "zh" else f"{at:%B} {at.day}, {at.year}"


def _head(site: Site, listed: Listed) -> str:
    story, iso = listed.story, listed.published.isoformat()
    lines = [f"<title>{escape(story.title)} | {escape(site.name)}</title>", f'<link rel="canonical" href="{escape(listed.canonical)}">']
    if listed.amp:
        lines.append(f'<link rel="amphtml" href="{escape(listed.amp)}">')
    if site.metadata == "json-ld":
        about = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.title, "datePublished": iso, "dateModified": iso,
            "author": {"@type": "Person", "name": story.byline}, "publisher": {"@type": "Organization", "name": site.name},
        }  # fmt: skip
        lines.append(f'<script type="application/ld+json">{json.dumps(about).replace("<", chr(92) + "u003c")}</script>')
    if site.metadata == "opengraph":
        facts = {"og:title": story.title, "og:type": "article", "og:site_name": site.name, "article:published_time": iso}
        lines += [f'<meta property="{key}" content="{escape(value)}">' for key, value in facts.items()]
        lines.append(f'<meta name="author" content="{escape(story.byline)}">')
    return "\n".join(lines)


def to_html(body: str) -> str:
    """The filed text as HTML: a block a paragraph."""
    return "\n".join(_block(block.strip()) for block in body.strip().split("\n\n"))


def _block(block: str) -> str:
    lines = block.splitlines()
    if block.startswith("## "):
        return f"<h2>{escape(block[3:])}</h2>"
    if block.startswith("- "):
        return "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>"
    if block.startswith("> "):
        return "<blockquote><p>" + escape(" ".join(line[2:] for line in lines)) + "</p></blockquote>"
    if block.startswith("| "):
        rows = [[escape(cell.strip()) for cell in line.strip("| ").split("|")] for line in lines]
        header = "".join(f"<th>{cell}</th>" for cell in rows[0])
        cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
        return f"<table><thead><tr>{header}</tr></thead><tbody>{cells}</tbody></table>"
    return f"<p>{escape(' '.join(lines))}</p>"


def summary(story: Story) -> str:
    """Its first sentence or two, cut as feeds cut them."""
    first = story.body.strip().split("\n\n")[0].replace("\n", " ")
    return first if len(first) <= 160 else first[:157].rsplit(" ", 1)[0] + "…"


def _rss(site: Site, listed: Sequence[Listed], base: str) -> tuple[str, str]:
    items = "".join(
        f"<item><title>{escape(e.story.title)}</title><link>{escape(e.url)}</link>"
        f'<guid isPermaLink="false">{site.key}-{e.story.slug}</guid>'
        f"<dc:creator>{escape(e.story.byline)}</dc:creator><pubDate>{format_datetime(e.published)}</pubDate>"
        f"<description>{escape(summary(e.story))}</description></item>\n"
        for e in listed
    )
    text = (
        f'<?xml version="1.0" encoding="{site.charset}"?>\n'
        f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{escape(site.name)}</title>'
        f"<link>{base}/</link><description>{escape(site.tagline)}</description><ttl>15</ttl>\n{items}</channel></rss>\n"
    )
    return text, "application/rss+xml"


def _atom(site: Site, listed: Sequence[Listed], base: str) -> tuple[str, str]:
    updated = listed[0].published.isoformat() if listed else "2017-01-01T00:00:00+00:00"
    entries = "".join(
        f'<entry><id>{escape(e.url)}</id><title>{escape(e.story.title)}</title><link rel="alternate" href="{escape(e.url)}"/>'
        f"<author><name>{escape(e.story.byline)}</name></author><published>{e.published.isoformat()}</published>"
        f'<updated>{e.published.isoformat()}</updated><summary type="text">{escape(summary(e.story))}</summary></entry>\n'
        for e in listed
    )
    text = (
        f'<?xml version="1.0" encoding="{site.charset}"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}">'
        f'<id>{base}/</id><title>{escape(site.name)}</title><link rel="self" href="{base}{site.feed_path}"/><updated>{updated}</updated>\n'
        f"{entries}</feed>\n"
    )
    return text, "application/atom+xml"


def _json_feed(site: Site, listed: Sequence[Listed], base: str) -> tuple[str, str]:
    items = [
        {
            "id": e.url, "url": e.url, "title": e.story.title, "summary": summary(e.story), "date_published": e.published.isoformat(),
            "authors": [{"name": e.story.byline}],
        }
        for e in listed
    ]  # fmt: skip
    document = {
        "version": "https://jsonfeed.org/version/1.1", "title": site.name, "home_page_url": f"{base}/",
        "feed_url": base + site.feed_path, "items": items,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1), "application/feed+json"
