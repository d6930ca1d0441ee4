"""The web, politely: conditional requests, redirects by hand, bounded bodies, one deadline, robots.txt.

Every failure is a FetchError whose `reason` is one of: url, scheme, dns, private, refused, unreachable, tls, timeout,
disconnected, incomplete, protocol, redirects, too_large, encoding, robots_unreachable, status_NNN.
"""

from __future__ import annotations

import asyncio
import email.utils
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import quote

import aiohttp
from protego import Protego
from yarl import URL

from etl.adapters.http_body import ENCODINGS, BrokenEncoding, TooLarge, decompress
from etl.adapters.http_guard import is_private, socket_factory
from etl.adapters.http_turns import Turns
from etl.errors import FetchError
from etl.model import Response
from etl.spec.settings import FetchSettings

MOST_REDIRECTS = 5
_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.1",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
}
_ROBOTS_BYTES = 512 * 1024  # RFC 9309 lets a reader stop after so much
_ROBOTS_KEPT, _ROBOTS_RETRY = timedelta(hours=24), timedelta(minutes=10)


@dataclass(slots=True)
class _Hop:
    """One answer on the way."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Deadline:
    """Seconds for the whole exchange; the clock stands still while a host's turn is waited for."""

    def __init__(self, seconds: float) -> None:
        self.left, self.spent = seconds, 0.0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.spent += loop.time() - start
            self.left -= loop.time() - start


class Web:
    """Fetches as `settings` allow. `loopback` lets it talk to this very machine, `settings.allow_private` to private networks too."""

    def __init__(self, settings: FetchSettings, *, now: Callable[[], datetime], loopback: bool = False) -> None:
        self._settings, self._now, self._loopback = settings, now, loopback
        self._turns = Turns(per_host=settings.per_host, at_once=settings.at_once, pause_s=settings.pause_s)
        self._robots: dict[str, tuple[datetime, Protego | FetchError]] = {}
        self._asking: dict[str, asyncio.Lock] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        guard = socket_factory(loopback=self._loopback, private=self._settings.allow_private)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, limit_per_host=0, socket_factory=guard, ttl_dns_cache=300),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None),  # ours covers all of it
            headers={"User-Agent": self._settings.user_agent, "Accept-Encoding": ENCODINGS},
            max_line_size=32_768,
            max_field_size=32_768,
            trust_env=False,
        )
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, max_bytes: int, accept: str = "*/*"
    ) -> Response:
        """The answer at the end of the redirects: 2xx, or 304 to a conditional request. `accept` is `feed`, `page` or a header's value.

        Raises FetchError for everything else; with `retry_after_s` where the server named a time.
        """
        headers = {"Accept": _ACCEPT.get(accept, accept)}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        deadline = _Deadline(self._settings.deadline_s)
        here, permanent, is_permanent = _address(url, url), None, True
        for _ in range(MOST_REDIRECTS + 1):
            hop = await self._ask(here, headers, max_bytes, deadline, url)
            if hop.status not in (301, 302, 303, 307, 308):
                break
            here = _target(here, hop.headers.get("location", ""), url)
            is_permanent = is_permanent and hop.status in (301, 308)
            permanent = str(here) if is_permanent else permanent
        else:
            raise FetchError(f"more than {MOST_REDIRECTS} redirects", url=url, reason="redirects")
        if not (200 <= hop.status < 300 or hop.status == 304):
            wait = _retry_after(hop.headers.get("retry-after", ""), self._now())
            raise FetchError(f"the server answered {hop.status}", url=url, reason=f"status_{hop.status}", retry_after_s=wait)
        return Response(
            url=str(here), requested_url=url, status=hop.status, headers=hop.headers, body=hop.body, permanent_url=permanent,
            fetched_at=self._now(), elapsed_s=deadline.spent,
        )  # fmt: skip

    async def allowed(self, url: str) -> bool:
        """Whether the site's robots.txt lets us fetch this address.

        Raises FetchError where it can't be known now: a site that is down has forbidden nothing, and it has allowed nothing.
        """
        address = _address(url, url)
        origin = str(address.origin())
        async with self._asking.setdefault(origin, asyncio.Lock()):
            known = self._robots.get(origin)
            if known is None or known[0] <= self._now():
                known = self._robots[origin] = await self._read_robots(origin)
        rules = known[1]
        if isinstance(rules, FetchError):
            raise FetchError(str(rules), url=url, reason=rules.reason, retry_after_s=rules.retry_after_s)
        return bool(rules.can_fetch(str(address), self._name))

    @property
    def _name(self) -> str:
        """Our name in a robots.txt: the user agent's first word."""
        return self._settings.user_agent.split("/")[0].split()[0]

    async def _read_robots(self, origin: str) -> tuple[datetime, Protego | FetchError]:
        try:
            response = await self.fetch(f"{origin}/robots.txt", max_bytes=_ROBOTS_BYTES, accept="text/plain, */*;q=0.1")
            text = response.body.decode("utf-8", "replace")
        except FetchError as error:
            if error.reason == "private":
                return self._now() + _ROBOTS_RETRY, error
            is_missing = error.reason.startswith("status_4") and error.reason != "status_429"
            if not (is_missing or error.reason in ("redirects", "too_large", "encoding")):
                later = FetchError(f"robots.txt: {error}", url=origin, reason="robots_unreachable", retry_after_s=error.retry_after_s)
                return self._now() + _ROBOTS_RETRY, later
            text = ""
        rules = Protego.parse(text)
        if delay := rules.crawl_delay(self._name):
            self._turns.ask_for_pause(_place(URL(origin)), float(delay))
        return self._now() + _ROBOTS_KEPT, rules

    async def _ask(self, url: URL, headers: dict[str, str], most: int, deadline: _Deadline, asked: str) -> _Hop:
        """One request and its whole answer, as a value."""
        if self._session is None:
            raise RuntimeError("Web is used outside of `async with`")
        try:
            async with self._turns.turn(_place(url)), deadline.running(), self._session.get(
                url, headers=headers, allow_redirects=False
            ) as answer:  # fmt: skip
                told = _headers(answer)
                wants_body = 200 <= answer.status < 300
                body = await _read(answer, most) if wants_body else b""
                if not wants_body:
                    answer.close()  # nobody reads what an error page says, however long it is
            return _Hop(answer.status, told, decompress(body, told.get("content-encoding", ""), most))
        except TooLarge as error:
            raise FetchError(f"more than {most} bytes", url=asked, reason="too_large") from error
        except BrokenEncoding as error:
            raise FetchError(f"the body can't be decompressed: {error}", url=asked, reason="encoding") from error
        except TimeoutError as error:
            raise FetchError(f"no whole answer within {self._settings.deadline_s:g} s", url=asked, reason="timeout") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(f"{_reason_text(error)}", url=asked, reason=_reason(error)) from error


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """The body as sent. Raises TooLarge as soon as that is known."""
    if (answer.content_length or 0) > most:
        raise TooLarge
    body = bytearray()
    async for chunk in answer.content.iter_chunked(65_536):
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)


def _headers(answer: aiohttp.ClientResponse) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in answer.headers.items():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers and key != "content-type" else value
    return headers


def _place(url: URL) -> str:
    return f"{url.host}:{url.port}"


def _address(text: str, asked: str) -> URL:
    """The address as it goes out. Raises FetchError unless it is http or https with a host and without a login."""
    try:
        url = URL(text.strip()).with_fragment(None)
        host, port = url.host, url.port
    except ValueError as error:
        raise FetchError(f"no address: {text!r} ({error})", url=asked, reason="url") from error
    if url.scheme not in ("http", "https"):
        raise FetchError(f"neither http nor https: {text!r}", url=asked, reason="scheme")
    if not host or not port or url.user is not None:
        raise FetchError(f"no address of a page: {text!r}", url=asked, reason="url")
    return url


def _target(here: URL, location: str, asked: str) -> URL:
    """Where a redirect leads. Raises FetchError where it leads nowhere, or out of the web."""
    raw = location.strip().encode("utf-8", "surrogateescape")
    text = raw.decode("utf-8", "replace") if b"\xff" not in raw else quote(raw, safe="%/:=&?~#+!$,;'@()*[]")
    if not text:
        raise FetchError("a redirect without a target", url=asked, reason="redirects")
    try:
        return _address(str(here.join(URL(text))), asked)
    except ValueError as error:
        raise FetchError(f"a redirect to no address: {text!r}", url=asked, reason="redirects") from error


def _retry_after(value: str, now: datetime) -> float | None:
    """Seconds until the named time, None where none is named that can be read."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        named = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    named = named.replace(tzinfo=UTC) if named.tzinfo is None else named
    return max(0.0, (named - now).total_seconds())


def _reason(error: BaseException) -> str:
    if is_private(error):
        return "private"
    if isinstance(error, (aiohttp.ClientConnectorDNSError, socket.gaierror)):
        return "dns"
    if isinstance(error, (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch)):
        return "tls"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "refused" if isinstance(error.os_error, ConnectionRefusedError) else "unreachable"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "incomplete"
    if isinstance(error, (aiohttp.ServerDisconnectedError, ConnectionError, aiohttp.ClientOSError)):
        return "disconnected"
    return "url" if isinstance(error, (aiohttp.InvalidURL, UnicodeError)) else "protocol"


def _reason_text(error: BaseException) -> str:
    if is_private(error):
        return "leads to a private address, which is refused"
    return str(error) or type(error).__name__
