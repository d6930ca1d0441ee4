"""The web adapter against a real server on loopback: what it takes, what it refuses, and how it says so."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import zstandard
from aiohttp import web

from etl.adapters.http import Web
from etl.adapters.http_body import BrokenEncoding, TooLarge, decompress
from etl.adapters.http_guard import may_connect
from etl.adapters.http_turns import Turns
from etl.errors import FetchError
from etl.model import Response
from etl.spec.settings import FetchSettings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTINGS = FetchSettings(
    user_agent="figurewatch/0.1 (+https://figurewatch.example/bot)",
    deadline_s=5,
    max_feed_bytes=1000,
    max_page_bytes=1000,
    per_host=2,
    pause_s=0,
    at_once=8,
    attempts=3,
)
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serve(answer: Answer) -> AsyncIterator[str]:
    """A server whose every path is answered by `answer`; gives its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def ask(answer: Answer, *paths: str, settings: FetchSettings = SETTINGS, loopback: bool = True, **more: Any) -> list[Response | FetchError]:
    """Each path's response, or the FetchError it ended in."""

    async def run() -> list[Response | FetchError]:
        found: list[Response | FetchError] = []
        async with serve(answer) as base, Web(settings, now=lambda: NOW, loopback=loopback) as client:
            for path in paths or ("/",):
                try:
                    found.append(await client.fetch(path if "://" in path else base + path, max_bytes=more.pop("max_bytes", 1000), **more))
                except FetchError as error:
                    found.append(error)
        return found

    return asyncio.run(run())


def got(answer: Answer, path: str = "/", **more: Any) -> Response:
    (found,) = ask(answer, path, **more)
    assert isinstance(found, Response), found
    return found


def refused(answer: Answer, path: str = "/", **more: Any) -> FetchError:
    (found,) = ask(answer, path, **more)
    assert isinstance(found, FetchError), found
    return found


async def hello(request: web.Request) -> web.Response:
    return web.Response(text="hello", headers={"ETag": '"1"', "X-Two": "a"}, content_type="text/html")


def redirect(status: int, target: str) -> web.Response:
    return web.Response(status=status, headers={"Location": target})


def test_a_plain_answer() -> None:
    """Body, status, headers in lower case, and when it was fetched."""
    found = got(hello)
    assert (found.status, found.body, found.headers["etag"], found.fetched_at) == (200, b"hello", '"1"', NOW)
    assert found.content_type == "text/html; charset=utf-8"
    assert found.permanent_url is None


def test_who_asks_and_for_what() -> None:
    """The user agent names the project; only encodings that can be undone are asked for."""
    seen: dict[str, str] = {}

    async def answer(request: web.Request) -> web.Response:
        seen.update(request.headers)
        return web.Response(text="x")

    got(answer, accept="feed", etag='"7"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT")
    assert seen["User-Agent"] == SETTINGS.user_agent
    assert seen["Accept-Encoding"] == "gzip, deflate, zstd"
    assert seen["Accept"].startswith("application/atom+xml")
    assert (seen["If-None-Match"], seen["If-Modified-Since"]) == ('"7"', "Mon, 02 Mar 2026 00:00:00 GMT")


def test_not_modified_is_an_answer() -> None:
    """304 comes as a response without a body."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=304 if request.headers.get("If-None-Match") == '"1"' else 200, headers={"ETag": '"1"'})

    found = got(answer, etag='"1"')
    assert (found.status, found.body) == (304, b"")


def test_redirects_are_followed_and_permanent_ones_remembered() -> None:
    """`permanent_url` is how far 301 and 308 alone led, `url` where it all ended."""

    async def answer(request: web.Request) -> web.Response:
        hops = {"/old": (301, "/older?a=1"), "/older": (308, "now"), "/now": (302, "/today"), "/soon": (307, "/old")}
        return redirect(*hops[request.path]) if request.path in hops else web.Response(text=request.path)

    old, soon = ask(answer, "/old", "/soon")
    assert isinstance(old, Response)
    assert isinstance(soon, Response)
    assert (old.url.endswith("/today"), str(old.permanent_url).endswith("/now"), old.body) == (True, True, b"/today")
    assert (soon.permanent_url, soon.body) == (None, b"/today")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/", "redirects"),
        ("", "redirects"),
        ("ftp://a.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("http://10.0.0.1/", "private"),
        ("http://169.254.169.254/latest", "private"),
        ("http://[fe80::1]/", "private"),
        ("http://[::ffff:192.168.0.1]/", "private"),
        ("http://user:word@127.0.0.1/", "url"),
        ("http://0.0.0.0/", "private"),
        ("http://[bad/", "redirects"),
    ],
)
def test_where_a_redirect_may_not_lead(target: str, reason: str) -> None:
    """In circles, nowhere, out of the web, or into a private network."""

    async def answer(request: web.Request) -> web.Response:
        return redirect(302, target)

    assert refused(answer).reason == reason


def test_this_machine_is_refused_unless_allowed() -> None:
    """Loopback by number and by name: not without leave, and the server never hears of it."""
    heard = []

    async def answer(request: web.Request) -> web.Response:
        heard.append(request.path)
        return web.Response()

    assert refused(answer, loopback=False).reason == "private"
    assert refused(answer, "http://localhost:1/", loopback=False).reason == "private"
    assert heard == []


@pytest.mark.parametrize(
    ("host", "open_to"),
    [
        ("8.8.8.8", "none"),
        ("2606:4700::1111", "none"),
        ("127.0.0.1", "loopback"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("10.0.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fd00::1", "private"),
        ("64:ff9b::a00:1", "private"),
        ("2002:a00:1::", "private"),
        ("169.254.169.254", "never"),
        ("fe80::1%eth0", "never"),
        ("224.0.0.1", "never"),
        ("0.0.0.0", "never"),
        ("::", "never"),
        ("240.0.0.1", "never"),
    ],
)
def test_which_addresses_are_private(host: str, open_to: str) -> None:
    """Public ones are open to all; wrapped ones count as what they wrap; link-local and reserved ones are never open."""
    leaves = {"none": (False, False), "loopback": (True, False), "private": (False, True)}
    order = ["none", "loopback", "private", "never"]
    for leave, (loopback, private) in leaves.items():
        expected = order.index(open_to) <= order.index(leave) and not (open_to == "loopback" and leave == "none")
        assert may_connect(host, loopback=loopback, private=private) is expected


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451, 500, 503])
def test_a_status_that_is_no_answer(status: int) -> None:
    """Each ends in a reason that names it."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text="x" * 100_000)

    assert refused(answer).reason == f"status_{status}"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 02 Mar 2026 12:01:00 GMT", 60.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    """Seconds or a date; what can't be read counts as not said."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": value})

    assert refused(answer).retry_after_s == seconds


def coded(body: bytes, encoding: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": encoding})

    return answer


RAW = zlib.compressobj(9, zlib.DEFLATED, -15)
RAW_DEFLATED = RAW.compress(b"hello") + RAW.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"hello", mtime=0), "gzip"),
        (gzip.compress(b"hel", mtime=0) + gzip.compress(b"lo", mtime=0), "gzip"),
        (zlib.compress(b"hello"), "deflate"),
        (RAW_DEFLATED, "deflate"),
        (zstandard.compress(b"hello"), "zstd"),
        (b"hello", "gzip"),
        (b"hello", "identity"),
        (zstandard.compress(gzip.compress(b"hello", mtime=0)), "gzip, zstd"),
        (gzip.compress(b"hello", mtime=0) + b"\0\0", "gzip"),
    ],
)
def test_bodies_are_decompressed(body: bytes, encoding: str) -> None:
    """In each encoding that is asked for, also where the server bends the rules."""
    assert got(coded(body, encoding)).body == b"hello"


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(b"\0" * 10_000_000, mtime=0), "gzip", "too_large"),
        (zlib.compress(b"\0" * 10_000_000), "deflate", "too_large"),
        (zstandard.compress(b"\0" * 10_000_000), "zstd", "too_large"),
        (b"\0" * 1001, "identity", "too_large"),
        (gzip.compress(b"hello", mtime=0)[:-9], "gzip", "encoding"),
        (b"hello", "br", "encoding"),
        (b"hello", "zstd", "encoding"),
        (gzip.compress(gzip.compress(b"\0" * 1_000_000, mtime=0), mtime=0), "gzip, gzip", "too_large"),
    ],
)
def test_bombs_and_broken_bodies(body: bytes, encoding: str, reason: str) -> None:
    """What blows up, breaks off or wasn't asked for ends in a reason."""
    assert refused(coded(body, encoding), max_bytes=1000 if len(body) < 1000 or encoding == "identity" else 50_000).reason == reason


def test_a_bomb_is_never_unpacked() -> None:
    """Decompression stops at the limit: a gigabyte of zeros costs no gigabyte."""
    bomb = zstandard.ZstdCompressor(level=1).compress(b"\0" * 50_000_000)
    with pytest.raises(TooLarge):
        decompress(bomb, "zstd", 1000)
    with pytest.raises(BrokenEncoding):
        decompress(b"x", "gzip, gzip, gzip", 1000)


def test_a_body_without_end_is_cut_off() -> None:
    """A stream without a length ends at the limit."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 10_000)
        except (ConnectionError, asyncio.CancelledError):
            return response

    assert refused(answer, max_bytes=100_000).reason == "too_large"


def test_a_slow_drip_ends_at_the_deadline() -> None:
    """A server that sends a byte now and then doesn't hold us beyond the one deadline."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x")
                await asyncio.sleep(0.02)
        except (ConnectionError, asyncio.CancelledError):
            return response

    quick = FetchSettings(**{**{f: getattr(SETTINGS, f) for f in SETTINGS.__struct_fields__}, "deadline_s": 0.2})
    assert refused(answer, settings=quick).reason == "timeout"


def test_a_body_that_breaks_off() -> None:
    """Fewer bytes than announced is no page."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "500"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport
        request.transport.close()
        return response

    assert refused(answer).reason == "incomplete"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:1/", "refused"),
        ("http://nowhere.invalid/", "dns"),
        ("ftp://a.example/", "scheme"),
        ("http:///", "url"),
        ("https://a:b@c.example/", "url"),
    ],
)
def test_what_can_not_be_reached(url: str, reason: str) -> None:
    """No server, no such name, no such scheme, no address."""
    assert refused(hello, url).reason == reason


def robots(text: str | int) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        if request.path != "/robots.txt":
            return web.Response(text="page")
        return web.Response(status=text) if isinstance(text, int) else web.Response(text=text)

    return answer


async def _allowed(answer: Answer, *paths: str) -> list[bool]:
    async with serve(answer) as base, Web(SETTINGS, now=lambda: NOW, loopback=True) as client:
        return [await client.allowed(base + path) for path in paths]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("User-agent: *\nDisallow: /private/", [True, False]),
        ("User-agent: figurewatch\nDisallow: /", [False, False]),
        (404, [True, True]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: figurewatch\nAllow: /", [True, True]),
        (403, [True, True]),
        ("<html>", [True, True]),
    ],
)
def test_robots_txt(text: str | int, expected: list[bool]) -> None:
    """What a site's robots.txt forbids to all or to us is not fetched; without one, all is allowed."""
    assert asyncio.run(_allowed(robots(text), "/news/1", "/private/1")) == expected


def test_robots_txt_of_a_site_that_is_down() -> None:
    """Nothing is known, so nothing is dropped for good: it is a failure that comes again."""
    with pytest.raises(FetchError) as caught:
        asyncio.run(_allowed(robots(503), "/news/1"))
    assert caught.value.reason == "robots_unreachable"


def test_robots_txt_is_read_once_a_day() -> None:
    """A thousand pages of one site cost one robots.txt a day, also when they are asked for at once."""
    asked = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="User-agent: *\nDisallow:")

    async def run() -> None:
        clock = [NOW]
        async with serve(answer) as base, Web(SETTINGS, now=lambda: clock[0], loopback=True) as client:
            await asyncio.gather(*(client.allowed(f"{base}/{n}") for n in range(20)))
            clock[0] += timedelta(hours=25)
            await client.allowed(base)

    asyncio.run(run())
    assert asked == ["/robots.txt"] * 2


def test_no_host_is_crowded() -> None:
    """At most two requests at a time reach one host."""
    now_in, most = [0], [0]

    async def answer(request: web.Request) -> web.Response:
        now_in[0] += 1
        most[0] = max(most[0], now_in[0])
        await asyncio.sleep(0.01)
        now_in[0] -= 1
        return web.Response(text="x")

    async def run() -> None:
        async with serve(answer) as base, Web(SETTINGS, now=lambda: NOW, loopback=True) as client:
            await asyncio.gather(*(client.fetch(f"{base}/{n}", max_bytes=10) for n in range(8)))

    asyncio.run(run())
    assert most[0] == 2


def test_a_pause_between_two_requests_to_one_host() -> None:
    """Starts at one host lie at least the pause apart; another host doesn't wait for it."""

    async def run() -> tuple[list[float], float]:
        turns, starts = Turns(per_host=2, at_once=8, pause_s=0.05), []
        loop = asyncio.get_running_loop()

        async def go(host: str, into: list[float]) -> None:
            async with turns.turn(host):
                into.append(loop.time())

        other: list[float] = []
        begin = loop.time()
        await asyncio.gather(*(go("a:443", starts) for _ in range(3)), go("b:443", other))
        return starts, other[0] - begin

    starts, other = asyncio.run(run())
    assert all(later - earlier >= 0.049 for earlier, later in pairwise(starts))
    assert other < 0.04
