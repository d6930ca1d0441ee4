"""What a page says about itself: JSON-LD, meta tags and links in its head, gathered once and read by titles, bylines and dates."""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html

_ARTICLE = re.compile(r"article|blogposting|posting|report|review|newsarticle|story|webpage$", re.I)
_SPACE = re.compile(r"\s+")
_TAGS = re.compile(r"<[^<>]*>")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_LANGUAGE = re.compile(r"^\s*([a-zA-Z]{2})(?:[-_]|\s*$)")
_VARIANT = re.compile(r"(?:^|[/.?&-])(?:amp|print|mobile|m|wap|outputtype=amp|view=print|printable)(?:[/.=&]|$)", re.I)
MAX_JSON = 400_000


@dataclass(frozen=True, slots=True)
class Head:
    """What the page's head declares. Names of meta tags are in lower case; values are stripped, entities resolved."""

    metas: dict[str, tuple[str, ...]]
    things: tuple[dict[str, Any], ...]  # JSON-LD objects that describe the article, the most specific first
    others: tuple[dict[str, Any], ...]  # all other JSON-LD objects (people, organisations, images)
    title: str  # the <title>
    canonical_url: str | None
    language: str | None
    site_name: str | None

    def first(self, *names: str) -> str | None:
        """The first value of the first of these meta tags that has one."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)


def read_head(root: lxml.html.HtmlElement, url: str) -> Head:
    """Gather what the page declares about itself."""
    metas = _metas(root)
    objects = list(_objects(root))
    things = [o for o in objects if _ARTICLE.search(_type(o))]
    things.sort(key=lambda o: (_type(o).lower().endswith("webpage"), "datePublished" not in o))
    title = next((squeeze(t.text_content()) for t in root.iter("title") if not _inside_svg(t)), "")
    head = Head(metas, tuple(things), tuple(o for o in objects if o not in things), title, None, None, None)
    return Head(metas, head.things, head.others, title, _canonical(root, head, url), _language(root, head), _site_name(head, url))


def squeeze(text: str) -> str:
    """The text in one line, without entities and runs of space."""
    return _SPACE.sub(" ", html.unescape(text)).strip() if "&" in text else _SPACE.sub(" ", text).strip()


def text_of(value: Any) -> str:
    """A JSON-LD value as plain text: the string itself, or an object's `name` or `@value`; "" for anything else."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return squeeze(_TAGS.sub("", html.unescape(value))) if isinstance(value, str) else ""


def linked_body(head: Head) -> list[str]:
    """The article's text as JSON-LD holds it: the last resort for pages that a script fills."""
    text = next((b for t in head.things if isinstance(b := t.get("articleBody"), str) and len(b) > 200), "")
    return [line for part in _TAGS.sub("\n", html.unescape(text)).split("\n") if (line := squeeze(part))]


def _metas(root: lxml.html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = squeeze(meta.get("content") or "")
        if content and len(content) < 5000:
            for name in {meta.get("property"), meta.get("name"), meta.get("itemprop")}:
                if name:
                    found.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(values) for name, values in found.items()}


def _objects(root: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > MAX_JSON:
            continue
        yield from _flat(_loads(script.text), 0)


def _loads(text: str) -> Any:
    """The JSON, forgiving what sites get wrong: line breaks in strings, a trailing comma, CDATA, a semicolon at the end."""
    text = text.strip().removeprefix("<![CDATA[").removeprefix("//<![CDATA[").removesuffix("//]]>").removesuffix("]]>").strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text)), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flat(node: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(node, list):
        for each in node[:200]:
            yield from _flat(each, depth + 1)
    elif isinstance(node, dict):
        if "@type" in node or "headline" in node:
            yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "review", "liveBlogUpdate"):
            if key in node and key != "liveBlogUpdate":
                yield from _flat(node[key], depth + 1)


def _type(thing: dict[str, Any]) -> str:
    kind = thing.get("@type")
    kinds = [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]
    return next((k for k in kinds if _ARTICLE.search(k)), kinds[0] if kinds else "Article")


def types_of(head: Head) -> set[str]:
    """The JSON-LD types of the page's objects, in lower case."""
    return {_type(thing).lower() for thing in (*head.things, *head.others)}


def _inside_svg(element: lxml.html.HtmlElement) -> bool:
    return any(a.tag == "svg" for a in element.iterancestors())


def _canonical(root: lxml.html.HtmlElement, head: Head, url: str) -> str | None:
    """The page's own address for the article. A link to the front page is a site's mistake and is not believed."""
    links = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower().strip() == "canonical"]
    entity = next((t["url"] for t in head.things if isinstance(t.get("url"), str)), None) if is_variant(url) else None
    for found in (*links, head.first("og:url"), entity):
        if not found or len(found) > 2000:
            continue
        try:
            whole = urljoin(url, found.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query or not urlsplit(url).path.strip("/")):
            return str(parts._replace(fragment="").geturl())
    return plain_address(url) if is_variant(url) else None


def plain_address(url: str) -> str | None:
    """The address of the page that this one is a variant of, by taking away what marks it as AMP, print or mobile; None where nothing is left."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = re.sub(r"(?:/(?:amp|print|mobile|printable)(?=/|$)|\.amp(?=\.html?$)|\.amp$)", "", parts.path, flags=re.I)
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _VARIANT.search("?" + pair))
    host = re.sub(r"^(?:m|amp|mobile|wap)\.", "", parts.netloc)
    found = str(parts._replace(netloc=host, path=path or "/", query=query, fragment="").geturl())
    return found if found != url and path.strip("/") else None


def is_variant(url: str) -> bool:
    """Whether the address looks like an AMP, print or mobile variant of another page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(_VARIANT.search(parts.path) or _VARIANT.search("?" + parts.query) or re.match(r"(?:m|amp|mobile|wap)\.", parts.netloc))


def _language(root: lxml.html.HtmlElement, head: Head) -> str | None:
    body = root.find("body")
    declared = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"),
                body.get("lang") if body is not None else None,
                head.first("content-language", "og:locale", "dc.language", "language", "inlanguage"),
                next((text_of(t["inLanguage"]) for t in head.things if t.get("inLanguage")), None))  # fmt: skip
    for word in declared:
        if word and (match := _LANGUAGE.match(word)):
            return match[1].lower()
    return None


def _site_name(head: Head, url: str) -> str | None:
    named = head.first("og:site_name", "application-name", "twitter:app:name:iphone")
    if named:
        return named
    return next((name for t in head.things if isinstance(t.get("publisher"), (dict, list)) and (name := text_of(t["publisher"]))), None)
