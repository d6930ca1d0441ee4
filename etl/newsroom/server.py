"""The newsroom's web: one server a site on loopback addresses, in a thread of its own."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from types import TracebackType

from aiohttp import web

from etl.newsroom.documents import Listed, amp_page, feed, front_page, page
from etl.newsroom.stories import Site, Story, read_sites, read_stories
from etl.spec.feeds import Expected, FeedSpec

_RULES = "User-agent: *\nDisallow: /members/\nDisallow: /search\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One line of the access log."""

    site: str
    path: str
    status: int
    is_conditional: bool  # it named an ETag or a date that the client already holds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    body: bytes
    content_type: str
    changed: datetime | None = None
    status: int = 200


class Newsroom:
    """Eight news sites on loopback addresses, each with its own host, look, feed and charset. Use it in a `with`.

    `now` is the clock of the second round's dates. `replacing` changes figures or names in all texts. With `slow_s`, a feed
    announces a page that takes so many seconds.
    """

    def __init__(self, *, now: datetime | None = None, replacing: Mapping[str, str] | None = None, slow_s: float | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.sites = read_sites()
        self.stories = list(read_stories(self.sites, replacing or {}))
        self.round = 0
        self.requests: list[Request] = []
        self._slow_s = slow_s
        self._sockets: dict[str, socket.socket] = {}
        self._bases: dict[str, str] = {}
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    # -------------------------------------------------------------- what its users call

    def __enter__(self) -> Newsroom:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> Newsroom:
        """Serve round 1 from now on."""
        self._sockets = _bind([site.key for site in self.sites])
        self._bases = {key: "http://{}:{}".format(*bound.getsockname()) for key, bound in self._sockets.items()}
        self.publish_round(1)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="newsroom", daemon=True)
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the newsroom did not open within 10 s")
        return self

    def stop(self) -> None:
        """Close all sites."""
        if self._loop and self._ending:
            self._loop.call_soon_threadsafe(self._ending.set)
        if self._thread:
            self._thread.join(10)

    def publish_round(self, number: int) -> None:
        """1: the past, 2017 to 2025. 2: what appears next, dated shortly before `now`."""
        self.round = number

    def publish(self, story: Story) -> str:
        """Put one more article out at once; its address."""
        self.stories.append(story)
        return self.url(story.site, story.slug)

    def base(self, site: str) -> str:
        """http://host:port of a site."""
        return self._bases[site]

    def url(self, site: str, slug: str) -> str:
        """An article's address."""
        story = next(s for s in self.stories if s.site == site and s.slug == slug)
        return self._url(story)

    def name_of(self, url: str) -> str:
        """`site/slug` of an article's address, or the address itself where it is none of ours; AMP counts as its article."""
        plain = url.split("?")[0].removesuffix("/amp")
        return next((f"{s.site}/{s.slug}" for s in self.stories if self._url(s) == plain), url)

    def feeds(self) -> tuple[FeedSpec, ...]:
        """The declarations for config/feeds.toml, the one of the feed that is no feed last."""
        real = [(site, site.feed_path, site.name) for site in self.sites]
        broken = next(site for site in self.sites if site.key == "deals")
        return tuple(
            FeedSpec(
                url=self.base(site.key) + path, name=name, publisher=site.name, owner=site.owner, language=site.language,
                min_every_s=1, max_every_s=5, entries_a_week=Expected(min=0, max=500),
            )
            for site, path, name in [*real, (broken, "/newsletter", "DealHound newsletter (no feed)")]
        )  # fmt: skip

    def listed(self, site: str) -> list[Listed]:
        """What a site has published so far, at its addresses."""
        return [self._listed(s) for s in self.stories if s.site == site and s.round <= self.round]

    # -------------------------------------------------------------- addresses

    def _url(self, story: Story) -> str:
        site = next(s for s in self.sites if s.key == story.site)
        at = story.published_at(self.now)
        path = site.path.format(year=at.year, month=f"{at:%m}", day=f"{at:%d}", slug=story.slug)
        return self._bases[site.key] + path

    def _listed(self, story: Story) -> Listed:
        url = self._url(story)
        site = next(s for s in self.sites if s.key == story.site)
        canonical = self.url(*story.canonical.split("/")) if story.canonical else url
        return Listed(
            story=story, url=url, published=story.published_at(self.now), canonical=canonical, amp=f"{url}/amp" if site.has_amp else ""
        )

    # -------------------------------------------------------------- the server

    async def _serve(self) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        runners = []
        for site in self.sites:
            app = web.Application()
            app.router.add_route("*", "/{path:.*}", self._door(site))
            runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.2)
            await runner.setup()
            await web.SockSite(runner, self._sockets[site.key]).start()
            runners.append(runner)
        self._ready.set()
        await self._ending.wait()
        for runner in runners:
            await runner.cleanup()

    def _door(self, site: Site) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            if request.path == "/archive/slow" and self._slow_s:
                await asyncio.sleep(self._slow_s)
            response = _conditional(request, self._answer(site, request.path))
            asked = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
            self.requests.append(Request(site=site.key, path=request.path, status=response.status, is_conditional=asked))
            return response

        return answer

    def _answer(self, site: Site, path: str) -> _Answer:
        """What stands at a path of a site."""
        listed = self.listed(site.key)
        kind = "text/html" + (f"; charset={site.charset}" if site.declares_charset else "")
        if path == site.feed_path:
            text, feed_type = feed(site, [*listed, *self._faulty(site)], self.base(site.key))
            return _Answer(body=text.encode(site.charset), content_type=feed_type, changed=max(e.published for e in listed))
        if path == "/robots.txt":
            return _Answer(body=_RULES.encode(), content_type="text/plain")
        if path == "/":
            return _Answer(body=front_page(site, listed).encode(site.charset, "xmlcharrefreplace"), content_type=kind)
        if path in _FAULTS:
            return _FAULTS[path]
        for one in listed:
            if path in (own := one.url.removeprefix(self.base(site.key)), f"{own}/amp"):
                others = [e for e in self._shown_beside(site) if e is not one and e.story is not one.story]
                draw = amp_page if path.endswith("/amp") and site.has_amp else page
                text = draw(site, one, others, self.base(site.key))
                return _Answer(body=text.encode(site.charset, "xmlcharrefreplace"), content_type=kind, changed=one.published)
        return _Answer(body=b"<!doctype html><title>404</title><h1>404: nothing here</h1>", content_type="text/html", status=404)

    def _shown_beside(self, site: Site) -> list[Listed]:
        """What a page advertises: the site's round 1, so that a page stays byte for byte the same while news come in."""
        return [self._listed(s) for s in self.stories if s.site == site.key and s.round == 1]

    def _faulty(self, site: Site) -> list[Listed]:
        """Addresses of the Gadget Barn's feed behind which there is no article."""
        if site.key != "barn":
            return []
        paths = [path for path in _FAULTS if path != "/newsletter"]
        paths += ["/2019/02/a-page-that-was-taken-down", "/members/only-for-subscribers"]
        if self._slow_s:
            paths.append("/archive/slow")
        at = datetime(2019, 2, 3, 9, 30, tzinfo=UTC)
        return [_without_article(site, path, self.base(site.key), at) for path in paths]


def _without_article(site: Site, path: str, base: str, at: datetime) -> Listed:
    slug = path.strip("/").replace("/", "-")
    story = Story(site=site.key, slug=slug, title=f"From the archive: {slug}", body="…", published=at)
    return Listed(story=story, url=base + path, published=at, canonical=base + path, amp="")


_NO_FEED = b"<!doctype html><title>Newsletter</title><p>Sign up, 40,000 hounds already did.</p>"
_NO_HTML = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"
_FAULTS = {
    "/newsletter": _Answer(body=_NO_FEED, content_type="text/html"),
    "/2019/02/press-kit.pdf": _Answer(body=_NO_HTML, content_type="application/pdf"),
    "/2019/02/an-empty-page": _Answer(body=b"", content_type="text/html"),
}


def _conditional(request: web.Request, answer: _Answer) -> web.Response:
    """304 where the client holds this very answer."""
    if answer.status != 200:
        return web.Response(body=answer.body, status=answer.status, headers={"Content-Type": answer.content_type})
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Content-Type": answer.content_type}
    if answer.changed:
        headers["Last-Modified"] = format_datetime(answer.changed, usegmt=True)
    known, since = request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")
    if known is not None:
        unchanged = tag in known
    else:
        unchanged = bool(since and answer.changed and parsedate_to_datetime(since) >= answer.changed.replace(microsecond=0))
    if unchanged:
        return web.Response(status=304, headers={"ETag": tag})
    return web.Response(body=answer.body, headers=headers)


def _bind(keys: list[str]) -> dict[str, socket.socket]:
    """A listening socket a site: 127.0.0.2, .3, … on one port; where only 127.0.0.1 can be bound, one port each there."""
    for _ in range(20):
        bound: dict[str, socket.socket] = {}
        port = 0
        try:
            for number, key in enumerate(keys, 2):
                bound[key] = socket.create_server((f"127.0.0.{number}", port))
                port = bound[key].getsockname()[1]
            return bound
        except OSError:
            for one in bound.values():
                one.close()
            if not bound:
                break
    return {key: socket.create_server(("127.0.0.1", 0)) for key in keys}
