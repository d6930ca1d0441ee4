"""The site rules of config/sites.toml: which selectors keep and drop what on which host and day, and which match nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from etl.articles.decode import decode
from etl.model import Page
from etl.spec.sites import SiteSpec


def host_of(url: str) -> str:
    """The host without `www.`, "" where the address has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower()


@dataclass(frozen=True, slots=True)
class Sites:
    """All site rules, by domain. The empty one knows no site."""

    layouts: dict[str, tuple[SiteSpec, ...]]

    @classmethod
    def of(cls, specs: Iterable[SiteSpec] = ()) -> Sites:
        """The given layouts, in the order in which they ended; the one that still stands comes last."""
        found: dict[str, list[SiteSpec]] = {}
        for spec in specs:
            found.setdefault(spec.domain, []).append(spec)
        return cls({domain: tuple(layouts) for domain, layouts in found.items()})

    def layout(self, url: str, day: date | None) -> SiteSpec | None:
        """The layout that a page of this address had on that day; for a page without a date, the one that stands now."""
        parts = host_of(url).split(".")
        for start in range(len(parts)):
            for spec in self.layouts.get(".".join(parts[start:]), ()):
                if spec.until is None or (day is not None and day <= spec.until):
                    return spec
        return None


def silent_rules(layout: SiteSpec, pages: Sequence[Page]) -> tuple[str, ...]:
    """The layout's selectors that match nothing on any of these pages, `keep`, `drop` or `title` before each.

    Of several `keep` selectors one is enough: they are tried in their order.
    """
    soups = [BeautifulSoup(decode(page.body, page.content_type)[0], "lxml") for page in pages]

    def matches(selector: str) -> bool:
        return any(soup.select_one(selector) is not None for soup in soups)

    silent = [f"drop {selector}" for selector in layout.drop if not matches(selector)]
    if layout.keep and not any(map(matches, layout.keep)):
        silent += [f"keep {selector}" for selector in layout.keep]
    if layout.title and not matches(layout.title):
        silent.append(f"title {layout.title}")
    return tuple(silent)
