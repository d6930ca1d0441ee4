"""Politeness towards hosts: so many requests at a time, and a pause between two of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LONGEST_PAUSE = 30.0  # what a robots.txt may ask for at most
_KEPT = 1000  # hosts whose last request is remembered


@dataclass(slots=True)
class _Host:
    places: asyncio.Semaphore
    pause_s: float
    free_at: float = 0.0
    users: int = 0
    line: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """Hands out turns: over all hosts `at_once`, per host `per_host`, and `pause_s` between two starts at one host."""

    def __init__(self, *, per_host: int, at_once: int, pause_s: float) -> None:
        self._per_host, self._pause_s = per_host, pause_s
        self._everywhere = asyncio.Semaphore(at_once)
        self._hosts: dict[str, _Host] = {}

    def ask_for_pause(self, host: str, seconds: float) -> None:
        """A host asks for a longer pause than ours (Crawl-delay)."""
        known = self._host(host)
        known.pause_s = min(max(known.pause_s, seconds), LONGEST_PAUSE)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn, then hold it."""
        known = self._host(host)
        known.users += 1
        try:
            async with known.places:
                async with known.line:
                    loop = asyncio.get_running_loop()
                    if (wait := known.free_at - loop.time()) > 0:
                        await asyncio.sleep(wait)
                    known.free_at = loop.time() + known.pause_s
                async with self._everywhere:
                    yield
        finally:
            known.users -= 1

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= _KEPT:
                self._hosts = {name: known for name, known in self._hosts.items() if known.users}
            self._hosts[host] = _Host(places=asyncio.Semaphore(self._per_host), pause_s=self._pause_s)
        return self._hosts[host]
