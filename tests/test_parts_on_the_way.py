"""Articles in several parts on their way through the pipeline, and the site rules that `doctor` reports."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from etl.adapters.blobs import Blobs
from etl.adapters.state import State
from etl.cli import main
from etl.commands import doctor
from etl.errors import FetchError
from etl.ledger import Ledger
from etl.model import Entry, Page, Response
from etl.pipeline import fetch
from etl.places import Places, config_dir
from etl.spec.sites import SiteSpec
from etl.spec.whole import read_spec
from etl.world import World

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PARTS = {
    "https://a.example/review": b"<html><body><article><p>One.</p></article><a href='/review/2'>2</a></body></html>",
    "https://a.example/review/2": b"<html><body><article><p>Two.</p></article><a href='/review'>1</a><a href='/review/3'>3</a></body>",
    "https://a.example/review/3": b"<html><body><article><p>Three.</p></article><a href='/review/4'>4</a></body></html>",
}


class Pages:
    """A web of the pages above; everything else isn't found."""

    async def allowed(self, url: str) -> bool:
        return True

    async def fetch(self, url: str, **_: Any) -> Response:
        if url not in PARTS:
            raise FetchError("not found", url=url, reason="status_404")
        return Response(
            url=url, requested_url=url, status=200, headers={"content-type": "text/html"}, body=PARTS[url], permanent_url=None,
            fetched_at=NOW, elapsed_s=0.1,
        )  # fmt: skip


async def _at_once(function: Any, *args: Any) -> Any:
    return function(*args)


def entry(url: str) -> Entry:
    return Entry(feed="f", url=url, guid=None, title="T", summary="", author=None, published=NOW, updated=None)


def test_the_parts_of_an_article_are_fetched_and_kept(tmp_path: Path) -> None:
    """A page that links to its own next part brings the parts along; a part that is missing ends them, and all come back from the store."""
    state, blobs = State(tmp_path / "state.sqlite"), Blobs(tmp_path / "pages")
    state.keep_poll("f", "{}", [("k", entry("https://a.example/review"))], NOW, may_mail=False)
    settings = SimpleNamespace(fetch=SimpleNamespace(max_page_bytes=1_000_000, attempts=3))
    world: Any = SimpleNamespace(now=lambda: NOW, spec=SimpleNamespace(settings=settings), web=Pages(), blobs=blobs, state=state)
    world.workers = SimpleNamespace(run=_at_once)
    ledger = Ledger()
    asyncio.run(fetch(world, state.wanted(NOW + timedelta(days=1), 1)[0], ledger))
    assert ledger.count("pages", "kept") == 1
    world._page = lambda meta: World._page(world, meta)
    state.line_up()
    page = World.page(world, state.ready(1)[0])
    assert [page.body, *(part.body for part in page.parts)] == list(PARTS.values())


def store(home: Path, *bodies: bytes) -> None:
    places = Places(home)
    places.state.parent.mkdir(parents=True, exist_ok=True)
    state, blobs = State(places.state), Blobs(places.pages)
    items = []
    for number, body in enumerate(bodies):
        url = f"https://www.a.example/{number}"
        sha256 = blobs.keep(body)
        assert sha256 == hashlib.sha256(body).hexdigest()
        page = Page(url=url, requested_url=url, status=200, content_type="text/html", body=body, sha256=sha256, fetched_at=NOW)
        items.append(state.hand_in(url, entry(url), page))
    state.end_load("l", [(item, "loaded", "") for item in items], NOW)
    state.close()


@pytest.mark.parametrize(("mark", "told"), [("story", False), ("tale", True)])
def test_doctor_tells_a_site_rule_that_matches_nothing_any_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, mark: str, told: bool
) -> None:
    """A layout that stands, and whose selector is on none of the site's last pages, is something to look at."""
    rule = SiteSpec(domain="a.example", keep=("div.story",), drop=("p",))
    spec = replace(read_spec(config_dir()), sites=(rule,))
    store(tmp_path, *(f"<html><body><div class='{mark}'><p>{n}</p></div></body></html>".encode() for n in range(3)))
    monkeypatch.setattr(doctor, "read_spec", lambda folder: spec)
    main(["--home", str(tmp_path), "doctor"])
    out = capsys.readouterr().out
    assert ("site rule a.example: 'keep div.story' matches nothing on the last 3 pages" in out) is told
    assert "drop p" not in out

