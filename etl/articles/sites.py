"""The site rules of config/sites.toml, compiled: which selectors keep and drop what on which host and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

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
