"""Who wrote it: people only. JSON-LD, meta tags and the byline as printed, in this order.

    <span class="byline">By <a rel="author" href="/staff/jane-doe">Jane Doe</a></span>      a box that is marked
    <p>Words by</p><p>Jane Doe</p>                                                       a line near the headline
    <a href="/author/jane">Jane Doe</a> · 3 min read                                     a link to an author's page near it
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import lxml.html

from etl.articles.blocks import Block
from etl.articles.metadata import Head, squeeze, text_of
from etl.articles.titles import fold

_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author", "authors", "og:author", "dcterms.creator", "og:article:author", "article:author_name", "creator")  # fmt: skip
_SPLIT = re.compile(r"\s*(?:;|\||/|•|·|,(?!\s*(?:Jr|Sr|II|III|PhD|Ph\.D|MD|M\.D)\b)|\s&\s|&amp;|\band\b|\bund\b|\bwith\b|\bet\b|\n|(?<=[a-z])\s+[–—-]\s+)\s*", re.I)
_LEAD = re.compile(r"^\s*(?:(?:written|words|posted|published|reviewed|reported|story|article|text|contributed)?\s*by|by|von|par|por|di|door|av|author|autor|auteur|reporter|editor)\s*[:：]?\s+", re.I)
_TAIL = re.compile(r"\s*(?:\(.*|\[.*|@\w+.*|\bon\s+\w+\s+\d.*|\b(?:updated|published|posted|last|(?:medically )?reviewed by|edited by|fact[- ]checked by|photo(?:graph)?(?:y|s)? by|illustrat\w+ by)\b.*|\s+\d.*|,\s*(?:senior|staff|contributing|editor|reporter|correspondent|contributor|writer|author|associate|technology|deputy|managing)\b.*|\s+(?:is a|is an)\b.*)$", re.I)
_NOBODY = re.compile(
    r"^the\s|\b(?:RN|BSN|DVM|MD|CPA|CFA|MBA|journal|certified|attorney|staff|desk|team|editors?|editorial|newsroom|newsdesk|admin(?:istrator)?|redaktion|redacci[oó]n|r[eé]daction|press|agency|agencies|reuters|afp|dpa|ap|pti|ani|ians|bloomberg|xinhua|news|"
    r"media|magazine|wire|inc|ltd|llc|gmbh|contributors?|guest|sponsored|partner|author|writer|reporter|correspondent|associated|times|daily|post|online|digital|blog|network|group|company|"
    r"about|share|follow|subscribe|read|more|view|comments?|posts?|profile|twitter|facebook|contact|privacy|user|unknown|null|none|undefined|website|webmaster|support|tv|radio|university|institute|department|review|reviews|"
    r"minutes?|ago|today|yesterday|january|february|march|april|june|july|august|september|october|november|december)\b|^(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?$|https?:|www\.|@|\.(?:com|net|org|de|co)\b|\d{2}",
    re.I,
)  # fmt: skip
_BOX = re.compile(r"(?:^|[\s_-])(?:byline|author|authors|author-?name|byline-?name|post-?author|entry-?author|vcard|contributor|writer)(?:$|[\s_-])", re.I)
_NOT_BOX = re.compile(r"bio|avatar|image|img|photo|social|comment|related|recirc|widget|date|time|caption|credit|source|title|box|info|about|more|desc|twitter|share", re.I)
_LABELS = ("written by", "author", "by", "von", "geschrieben von", "verfasst von", "écrit par", "escrito por")
_BY = re.compile(r"^(?:(?:written|words|posted|published|reported|reviewed|story|article|text)\s+)?(?:by|von|par|por|di|door|av)\s*:?\s+(\S.{1,100})$", re.I)
_INITIALS = re.compile(r"^[B-DF-HJ-NP-TV-Z]{3,4}\s")
_HANDLE = re.compile(r"^[a-z][a-z]{4,24}$")
_BY_ALONE = re.compile(r"^(?:(?:written|words|posted|published|reported|story|article|text)\s+)?(?:by|von|par|por|author(?:\(?s\)?)?|writers?)\s*:?$", re.I)
_AUTHOR_PAGE = re.compile(r"/(?:authors?|contributors?|staff|people|journalists?|redakteure?|auteurs?|autor(?:en|es)?|writers?|by)/[^/]|[?&]_?author=", re.I)
MAX_PEOPLE = 12
MAX_MARKED = 300  # elements named after authors that are looked at


def read_byline(root: lxml.html.HtmlElement, head: Head, blocks: list[Block], title: str) -> tuple[str, ...]:
    """The authors' names as printed, without agencies, desks, roles and counters."""
    linked = [name for thing in head.things for name in _linked(thing.get("author") or thing.get("creator"), head)]
    metas = [v for m in _METAS for v in head.metas.get(m, ())]
    if (head.first("twitter:label1") or "").lower() in _LABELS and (named := head.first("twitter:data1")):
        metas.append(named)
    for names, known in ((linked, None), (metas, head), (_printed(root), head)):
        if found := people(names, known):
            return found
    near = _near_headline(blocks, title)
    for names in (_said(near), _linked_near(near), _listed(blocks)):
        if found := people(names, head):
            return found
    signed = [squeeze(e.text_content()[:60]) for e in root.xpath(".//*[@rel='author' or @itemprop='author']")[:3]]
    return people(metas) or _handle([*linked, *metas, *signed])  # a blog may bear its author's name


def _near_headline(blocks: list[Block], title: str) -> list[Block]:
    """The short blocks around the headline, above the article's text."""
    folded = fold(title)
    at = next((n for n, b in enumerate(blocks) if b.tag == "h1" and fold(b.text) == folded), None)
    if at is None:
        at = next((n for n, b in enumerate(blocks) if folded and fold(b.text) == folded), None)
    if at is None:
        return []
    return [b for b in blocks[max(at - 5, 0) : at + 14] if len(b.text) <= 140]


def _said(near: list[Block]) -> Iterator[str]:
    """What follows `By` in its line."""
    yield from [match[1] for block in near if (match := _BY.match(block.text))][:1]


def _listed(blocks: list[Block]) -> Iterator[str]:
    """The names below a line that says `Article by` or `Author(s)` and nothing else."""
    for number, block in enumerate(blocks):
        if len(block.text) <= 30 and _BY_ALONE.match(block.text):
            for after in blocks[number + 1 : number + 1 + MAX_PEOPLE]:
                if len(after.text) > 45 or " " not in after.text or not people([after.text]):
                    break
                yield after.text
            return


def _handle(names: list[str]) -> tuple[str, ...]:
    """A declared author who goes by a handle: one word in lower case."""
    return next(((name,) for name in names if _HANDLE.match(name) and not _NOBODY.search(name)), ())


def _linked_near(near: list[Block]) -> Iterator[str]:
    """The words of links to an author's page."""
    for block in near:
        if block.links:
            names = [squeeze(a.text_content()) for a in block.place.element.iter("a") if _AUTHOR_PAGE.search(a.get("href") or "")]
            if people(names):
                yield from names
                return


def people(names: Iterable[str], head: Head | None = None) -> tuple[str, ...]:
    """The persons among these names, once each."""
    site = {fold(n) for n in (head.site_name if head else None, head.first("og:site_name", "application-name", "twitter:site") if head else None) if n}
    found: dict[str, str] = {}
    for given in names:
        if len(given) > 300 or given.lower().startswith("http"):
            continue
        parts = _SPLIT.split(_LEAD.sub("", squeeze(given)))
        for part in parts:
            if found and len(parts) > 1 and len(part.split()) == 1 and part.isascii():  # a place or a degree behind the name
                continue
            name = _TAIL.sub("", _LEAD.sub("", part)).strip(" \t.,:;-–—|'\"“”")
            if _is_person(name) and fold(name) not in site:
                found.setdefault(fold(name), _cased(name))
    return tuple(found.values())[:MAX_PEOPLE]


def _is_person(name: str) -> bool:
    words = name.split()
    if not 2 <= len(name) <= 45 or len(words) > 5 or _NOBODY.search(name):
        return False
    if _INITIALS.match(name):  # a broadcaster: MDR THÜRINGEN
        return False
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", name):
        return len(name) <= 8
    return all(w[0].isalpha() or w[0] in "'‘’\"“(" for w in words) and (len(words) > 1 or name[0].isupper())


def _cased(name: str) -> str:
    return name.title() if name.isupper() or name.islower() else name


def _linked(author: Any, head: Head) -> Iterator[str]:
    for each in author if isinstance(author, list) else [author]:
        if isinstance(each, dict):
            if "organization" in str(each.get("@type", "")).lower():
                continue
            if not each.get("name") and each.get("@id"):
                each = next((o for o in head.others if o.get("@id") == each["@id"] and o.get("name")), each)
            name = each.get("name")
            yield from (text_of(n) for n in (name if isinstance(name, list) else [name]) if n)
        elif isinstance(each, str):
            yield text_of(each)


def _printed(root: lxml.html.HtmlElement) -> Iterator[str]:
    """The words of elements that mark an author, nearest to the top of the page first; only the first box that names anybody."""
    marked = root.xpath(".//*[@rel='author' or @itemprop='author' or contains(@class,'author') or contains(@class,'byline') or contains(@class,'Byline') or contains(@class,'Author')]")
    for element in marked[:MAX_MARKED]:
        mark = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}"
        if not _BOX.search(mark) or _NOT_BOX.search(mark) or any(a.tag in ("aside", "footer", "nav") for a in element.iterancestors()):
            continue
        anchors = [squeeze(a.text_content()) for a in islice(element.iter("a"), MAX_PEOPLE)]
        texts = [t for t in anchors if t] or [squeeze(element.text_content()[:1000])[:120]]
        if people(texts):
            yield from texts
            return
