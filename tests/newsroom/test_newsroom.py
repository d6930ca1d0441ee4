"""The sample newsroom as a client meets it: sites, feeds, rounds, faults."""

from __future__ import annotations

import errno
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.newsroom import Newsroom
from etl.newsroom.__main__ import another, feeds_toml
from etl.spec.feeds import read_feeds

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(now=NOW) as newsroom:
        yield newsroom


def fetch(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, response.read(), dict(response.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def feed_of(newsroom: Newsroom, name: str) -> str:
    return next(feed.url for feed in newsroom.feeds() if feed.name == name)


def test_every_article_is_served_and_known_by_name(newsroom: Newsroom) -> None:
    """Each of the articles answers 200 with its title, and its address leads back to `site/slug`."""
    newsroom.publish_round(2)
    charsets = {site.key: site.charset for site in newsroom.sites}
    assert len(newsroom.stories) >= 36 and len(newsroom.sites) >= 6
    for story in newsroom.stories:
        url = newsroom.url(story.site, story.slug)
        status, body, _ = fetch(url)
        assert status == 200 and story.title.replace("'", "&#x27;") in body.decode(charsets[story.site])
        assert newsroom.name_of(url) == f"{story.site}/{story.slug}"


def test_sites_have_hosts_of_their_own(newsroom: Newsroom) -> None:
    """No two sites share an address, as duplicates and boilerplate are told by host."""
    assert len({newsroom.base(site.key) for site in newsroom.sites}) == len(newsroom.sites)


def test_one_loopback_address_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only 127.0.0.1 can be bound, every site gets a port of its own there."""
    create_server = socket.create_server

    def refuse(address: tuple[str, int]) -> socket.socket:
        if address[0] != "127.0.0.1":
            raise OSError(errno.EADDRNOTAVAIL, "Can't assign requested address")
        return create_server(address)

    monkeypatch.setattr(socket, "create_server", refuse)
    with Newsroom(now=NOW) as newsroom:
        bases = {newsroom.base(site.key) for site in newsroom.sites}
        assert len(bases) == len(newsroom.sites) and all(base.startswith("http://127.0.0.1:") for base in bases)
        assert fetch(newsroom.url("wire", "xiaomi-leads-india"))[0] == 200


def test_unchanged_feed_answers_304(newsroom: Newsroom) -> None:
    """A feed asked with its own ETag or date answers 304 and no body, and the log shows that it was asked so."""
    url = feed_of(newsroom, "The Market Ledger")
    _, body, headers = fetch(url)
    assert body and fetch(url, If_None_Match=headers["ETag"])[:2] == (304, b"")
    assert fetch(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert [(r.status, r.is_conditional) for r in newsroom.requests] == [(200, False), (304, True), (304, True)]


def test_second_round_changes_feeds_and_not_old_pages(newsroom: Newsroom) -> None:
    """Round 2 brings fresh entries, dated shortly before `now`; pages of round 1 stay byte for byte the same."""
    feed, page = feed_of(newsroom, "Pan Wire"), newsroom.url("wire", "xiaomi-leads-india")
    _, before, headers = fetch(feed)
    old_page = fetch(page)[1]
    newsroom.publish_round(2)
    status, after, _ = fetch(feed, If_None_Match=headers["ETag"])
    entries = [{item["url"]: item for item in json.loads(body)["items"]} for body in (before, after)]
    new = [entries[1][url] for url in entries[1].keys() - entries[0].keys()]
    assert status == 200 and len(new) == 1
    assert timedelta(0) < NOW - datetime.fromisoformat(new[0]["date_published"]) < timedelta(hours=2)
    assert fetch(page)[1] == old_page


def test_first_round_is_the_past(newsroom: Newsroom) -> None:
    """Round 1 runs from 2017 to 2025 and holds nothing that could count as fresh."""
    past = [story.published_at(NOW) for story in newsroom.stories if story.round == 1]
    assert {at.year for at in past} >= {2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025}
    assert max(past) < datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/2019/02/press-kit.pdf", 200, b"%PDF"),
        ("/2019/02/an-empty-page", 200, b""),
        ("/2019/02/a-page-that-was-taken-down", 404, b"<!doctype"),
    ],
)
def test_announces_pages_without_an_article(newsroom: Newsroom, path: str, status: int, body: bytes) -> None:
    """The blog's feed announces a document that isn't HTML, an empty page and one that is gone."""
    feed = fetch(feed_of(newsroom, "Gadget Barn"))[1].decode()
    got = fetch(newsroom.base("barn") + path)
    assert path in feed and got[0] == status and got[1].startswith(body)


def test_members_pages_are_off_limits(newsroom: Newsroom) -> None:
    """A page that robots.txt disallows is announced all the same."""
    assert b"Disallow: /members/" in fetch(newsroom.base("barn") + "/robots.txt")[1]
    assert b"/members/only-for-subscribers" in fetch(feed_of(newsroom, "Gadget Barn"))[1]


def test_slow_page_only_where_asked() -> None:
    """The page that takes its time is announced with `slow_s`, and only then."""
    for slow_s in (None, 0.01):
        with Newsroom(now=NOW, slow_s=slow_s) as newsroom:
            assert (b"/archive/slow" in fetch(feed_of(newsroom, "Gadget Barn"))[1]) is bool(slow_s)


def test_charsets_are_as_odd_as_declared(newsroom: Newsroom) -> None:
    """The Indian site sends windows-1252 and the Chinese one gb18030, and only their pages say so."""
    odd = (("bharat", "ten-lakh-phones", "windows-1252", "–"), ("zixun", "xiaomi-2018-caibao", "gb18030", "小米"))
    for site, slug, charset, word in odd:
        _, body, headers = fetch(newsroom.url(site, slug))
        assert headers["Content-Type"] == "text/html" and word in body.decode(charset)
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")


def test_amp_pages_name_their_canonical(newsroom: Newsroom) -> None:
    """The agency's AMP page holds the same text, points to the full page and counts as the same article."""
    url = newsroom.url("wire", "xiaomi-leads-india")
    body = fetch(f"{url}/amp")[1].decode()
    assert f'<link rel="canonical" href="{url}">' in body and "26.8%" in body
    assert newsroom.name_of(f"{url}/amp") == "wire/xiaomi-leads-india"


def test_figures_and_names_can_be_changed() -> None:
    """`replacing` changes a figure in every article that says it, and leaves no trace of the old one."""
    with Newsroom(now=NOW, replacing={"23.16 million": "24.05 million", "Xiaomi": "Lenovo"}) as newsroom:
        past = [s for s in newsroom.stories if s.round == 1 and s.site in ("dispatch", "ledger", "barn")]
        bodies = [fetch(newsroom.url(s.site, s.slug))[1] for s in past]
    assert sum(b"24.05 million" in body for body in bodies) == 3
    assert not any(b"23.16 million" in body for body in bodies)
    assert b"Lenovo shipped 24.05 million" in bodies[0]


def test_another_article_at_once(newsroom: Newsroom) -> None:
    """What is published later stands in the feed and is served, as the ticking newsroom needs it."""
    url = newsroom.publish(another(1, NOW))
    assert url.encode() in fetch(feed_of(newsroom, "Handset Dispatch"))[1]
    assert b"18,001 Mi Home stores" in fetch(url)[1]


def test_feeds_can_be_declared(newsroom: Newsroom, tmp_path: Path) -> None:
    """What `--feeds` writes is a feeds.toml that the product reads back as the same declarations."""
    (tmp_path / "feeds.toml").write_text(feeds_toml(newsroom), encoding="utf-8")
    assert read_feeds(tmp_path) == newsroom.feeds()
