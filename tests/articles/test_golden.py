"""Pages of our own words, cluttered as such sites are, and what a reader would read of them. Adding a case is adding a pair of files."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.articles import Sites, clean, host_of, silent_rules
from etl.model import Article, Page
from etl.places import config_dir
from etl.spec.sites import read_sites

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SITES = Sites.of(read_sites(config_dir()))


def page(body: bytes, url: str = "https://news.example/story", content_type: str = "text/html", status: int = 200) -> Page:
    return Page(
        url=url, requested_url=url, status=status, content_type=content_type, body=body,
        sha256=hashlib.sha256(body).hexdigest(), fetched_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(p.stem for p in GOLDEN.glob("*.html")))
def test_a_page_yields_what_a_reader_would_read(name: str) -> None:
    """No caption, promo, related link, author note, comment or counter is left, and no paragraph, row or heading is lost."""
    expected: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    found = clean(page((GOLDEN / f"{name}.html").read_bytes(), expected["url"]), SITES, now=NOW)
    assert isinstance(found, Article), found
    assert found.text.split("\n") == expected["text"]
    assert list(found.byline) == expected["byline"]
    assert found.published == datetime.fromisoformat(expected["published"])
    for key in expected.keys() - {"text", "byline", "published", "url"}:
        assert getattr(found, key) == expected[key], key


@pytest.mark.parametrize("domain", sorted(SITES.layouts))
def test_each_site_rule_has_a_page_that_needs_it(domain: str) -> None:
    """A page of the site stands in golden/, each selector of the rule matches on it, and without the rule it is read otherwise."""
    found = [p for p in GOLDEN.glob("*.json") if (host_of(json.loads(p.read_text(encoding="utf-8"))["url"])).endswith(domain)]
    assert found
    for path in found:
        expected = json.loads(path.read_text(encoding="utf-8"))
        own = page(path.with_suffix(".html").read_bytes(), expected["url"])
        without = clean(own, Sites.of(), now=NOW)
        assert not isinstance(without, Article) or without.text.split("\n") != expected["text"]
        for layout in SITES.layouts[domain]:
            assert silent_rules(layout, [own]) == ()
