"""The headline as it stands over the article: the `h1` that the page's own metadata confirm, else what the metadata say without the site's name."""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
import unicodedata

import lxml.html

from etl.articles.metadata import Head, squeeze, text_of

_CUT = re.compile(r"\s+[|–—•·»«›:~-]{1,2}\s+|\s*[|»]\s*|\s+::\s+")
_HOME = re.compile(r"^(?:https?://[^/]+)?/?(?:index\.html?)?$")
_LABEL_BEHIND = re.compile(r"\s*(?:[|/–—-]\s*\w[\w ]*|[\[(]\w[\w ]*[\])])\s*")
_WORDS = re.compile(r"[^\w]+")


def read_title(root: lxml.html.HtmlElement, head: Head) -> str:
    """The article's headline, "" where the page has none."""
    declared = [d for d in (head.first("og:title"), *(text_of(t.get("headline")) for t in head.things[:2]), head.first("twitter:title", "parsely-title", "dc.title", "headline"), head.title) if d]  # fmt: skip
    headings = [(h, text) for h in root.iter("h1", "h2") if not _leads_home(h) and 4 <= len(text := heading_text(h)) <= 400]
    firsts = [text for h, text in headings if h.tag == "h1"]
    for texts in (firsts, [text for h, text in headings if h.tag == "h2"][:3]):
        best = max(texts, key=lambda t: _confirmed(t, declared), default="")
        if best and _confirmed(best, declared) >= 0.6:
            return _bare(best, declared)
    if len(firsts) == 1 and not _names_site(firsts[0], head) and (not declared or len(firsts[0].split()) > 3):
        return firsts[0]
    return next((cut for d in declared if (cut := without_site(d, head))), firsts[0] if firsts else "")


def _leads_home(heading: lxml.html.HtmlElement) -> bool:
    """Whether the heading is the site's name: a link to its front page."""
    links = list(heading.iter("a"))
    return len(links) == 1 and bool(_HOME.match(links[0].get("href") or "")) and len(heading.text_content().strip()) == len(links[0].text_content().strip())


def _bare(title: str, declared: list[str]) -> str:
    """The heading without a section's name before it or a label behind it, where the page itself declares it so: `Opinion …`, `… | Opinion`, `… [Watch]`."""
    for other in declared:
        if 15 < len(other) < len(title) and len(title) - len(other) <= 24:
            before, _, after = title.partition(other)
            if before != title and not before.strip() and _LABEL_BEHIND.fullmatch(after):
                return other
            if before != title and not after.strip() and len(before.split()) == 1 and before[-1:].isspace() and before.strip().isalpha():
                return other
    return title


def heading_text(heading: lxml.html.HtmlElement) -> str:
    """A heading's words in one line, with a space where a line or a block ends."""
    return squeeze(" ".join(t for t in heading.itertext() if t.strip()) if len(heading) else heading.text or "")


def without_site(title: str, head: Head) -> str:
    """The title without the site's name and sections that hang on its end or stand before it."""
    parts = [p for p in _CUT.split(title) if p and p.strip()]
    if len(parts) < 2:
        return title
    last, first = title.rfind(parts[-1]), title.find(parts[0]) + len(parts[0])
    known = {fold(head.site_name or "")} - {""}
    if fold(parts[-1]) in known or (len(parts[-1].split()) <= 4 and len(parts[-1]) < len(title) / 3 and len(title) - len(parts[-1]) > 15):
        return title[:last].strip(" |–—•·»«›:~-")
    if fold(parts[0]) in known:
        return title[first:].strip(" |–—•·»«›:~-")
    return title


def fold(text: str) -> str:
    """Lower case, letters and digits only: how titles are compared."""
    return _WORDS.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def _confirmed(text: str, declared: list[str]) -> float:
    """How far the metadata know this heading: 1 for word for word, else the best share of words in common."""
    words, best = set(fold(text).split()), 0.0
    if not words:
        return 0.0
    for number, other in enumerate(declared):
        theirs = set(fold(other).split())
        share = len(words & theirs) / max(len(words), min(len(theirs), 60), 1)
        if fold(text) in fold(other) and len(words) > 2:
            share = max(share, 0.9)
        best = max(best, share - number / 1000)
    return best


def _names_site(text: str, head: Head) -> bool:
    return fold(text) == fold(head.site_name or "-")
