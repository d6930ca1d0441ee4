"""What is known of single sites' layouts: config/sites.toml."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import soupsieve

from etl.spec.toml import complain, read_toml

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


class SiteSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One layout of one site. A page is read by the first layout of its domain that hadn't ended when the page appeared."""

    domain: str  # "example.com" holds for its subdomains too
    keep: tuple[str, ...] = ()  # CSS selectors; where one matches, the article is read from there alone
    drop: tuple[str, ...] = ()  # CSS selectors; what matches is no article
    title: str | None = None  # a CSS selector for the headline, where the page's own metadata are wrong
    until: date | None = None  # the last day of this layout; None while it stands
    note: str = ""  # why the rule is needed


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    site: tuple[SiteSpec, ...] = ()


def read_sites(config_dir: Path) -> tuple[SiteSpec, ...]:
    """The declared layouts in the file's order. Raises ConfigError for a bad domain, a bad selector or a layout that can't be reached."""
    path = config_dir / "sites.toml"
    sites = read_toml(path, _File).site
    ended: dict[str, date | None] = {}
    for index, site in enumerate(sites):
        if not _DOMAIN.fullmatch(site.domain):
            raise complain(path, ("site", index, "domain"), f"'{site.domain}' is no domain: lower case, without http:// and path")
        for key in ("keep", "drop", "title"):
            given = getattr(site, key)
            for selector in (given,) if isinstance(given, str) else given or ():
                if problem := _problem(selector):
                    raise complain(path, ("site", index, key), f"'{selector}' is no CSS selector: {problem}")
        if not (site.keep or site.drop or site.title):
            raise complain(path, ("site", index), f"the layout of {site.domain} says nothing: give keep, drop or title")
        if site.domain in ended:
            before = ended[site.domain]
            if before is None or (site.until is not None and site.until <= before):
                raise complain(path, ("site", index, "domain"), f"an earlier layout of {site.domain} already holds for these days")
        ended[site.domain] = site.until
    return sites


def _problem(selector: str) -> str | None:
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        return str(error).splitlines()[0]
    return None
