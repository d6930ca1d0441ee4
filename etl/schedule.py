"""The daemon's clockwork, and the only place that knows APScheduler.

One dispatcher tick reads which feeds are due; polls and fetches run as tasks beside it, so that a slow host holds nobody
up. Loading, mailing and publishing are jobs of their own, each at most once at a time.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from etl import pipeline
from etl.errors import EtlError, StorageError
from etl.feeds import due
from etl.ledger import Ledger
from etl.world import World

log = logging.getLogger("figurewatch")
FORGET_EVERY_S = 86_400  # a day


class Daemon:
    """Runs until it is told to stop; then what is in flight is finished, for as long as the settings allow."""

    def __init__(self, world: World, reload: Callable[[], None]) -> None:
        self.world, self._reload = world, reload
        self._stop, self._hurry = asyncio.Event(), asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}  # polls and fetches
        self._jobs: set[asyncio.Task[None]] = set()  # a load, a delivery
        self._failure: BaseException | None = None

    async def run(self) -> None:
        """Until SIGTERM or SIGINT. Raises what ended it otherwise: a full disk, or a mistake of ours."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._on_stop)
        loop.add_signal_handler(signal.SIGHUP, self._on_hangup)
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
        daemon = self.world.spec.settings.daemon
        jobs = (
            (self._dispatch, daemon.tick_s), (self._line_up, daemon.load_every_s), (self._load, daemon.load_every_s),
            (self._deliver, daemon.load_every_s), (self._forget, FORGET_EVERY_S),
        )  # fmt: skip
        for job, every in jobs:
            scheduler.add_job(self._tracked, "interval", args=[job], seconds=every, id=job.__name__, next_run_time=self.world.now())
        scheduler.start()
        log.info("running", extra={"feeds": len(self.world.spec.feeds)})
        await self._stop.wait()
        scheduler.pause()
        await self._drain(daemon.drain_s)
        scheduler.shutdown(wait=False)  # last: it cancels what still runs, and a mail cut off in its middle would come twice
        if self._failure:
            raise self._failure

    def stop(self) -> None:
        """As SIGTERM would."""
        self._stop.set()

    async def _tracked(self, job: Callable[[], Awaitable[None]]) -> None:
        """A job of the scheduler's, as a task that the end of the daemon waits for."""
        if not self._stop.is_set():
            task = asyncio.create_task(self._guarded(job))
            self._jobs.add(task)
            task.add_done_callback(self._jobs.discard)
            await task

    async def _guarded(self, job: Callable[[], Awaitable[None]]) -> None:
        """A storage fault or a mistake of ours ends the daemon; the rest is told and tried again."""
        try:
            await job()
        except StorageError as error:
            self._end(error)
        except EtlError as error:
            log.error("%s: %s", job.__name__, error)
        except Exception as error:
            self._end(error)

    def _end(self, error: BaseException) -> None:
        log.error("stopping: %s", error)
        self._failure = self._failure or error
        self._stop.set()

    async def _dispatch(self) -> None:
        """Start what is due and not under way already."""
        world, now = self.world, self.world.now()
        world.beat(now)
        states = pipeline.feed_states(world)
        for feed in due(world.spec.feeds, states, now):
            self._start(f"poll {feed.url}", partial(pipeline.poll, world, feed, states.get(feed.url)))
        for item in world.state.wanted(now, world.spec.settings.fetch.at_once * 4):
            self._start(f"fetch {item.item_id}", partial(pipeline.fetch, world, item))

    def _start(self, name: str, step: Callable[[Ledger], Awaitable[None]]) -> None:
        if name in self._busy or self._stop.is_set():
            return

        async def work() -> None:
            ledger = Ledger()
            await step(ledger)
            tell(ledger)

        self._busy[name] = task = asyncio.create_task(self._guarded(work), name=name)
        task.add_done_callback(lambda _: self._busy.pop(name, None))

    async def _line_up(self) -> None:
        """By the clock and apart from the loads, so that what they take at a time, and how long, changes no page's place."""
        self.world.state.line_up()

    async def _load(self) -> None:
        while not self._stop.is_set() and (items := self.world.state.ready(self.world.spec.settings.daemon.load_at_most)):
            ledger = Ledger()
            await pipeline.load(self.world, items, ledger)
            tell(ledger)
        await asyncio.to_thread(self.world.warehouse.publish)

    async def _deliver(self) -> None:
        ledger = Ledger()
        await pipeline.deliver(self.world, ledger, self._stop.is_set)
        tell(ledger)

    async def _forget(self) -> None:
        """What is older than the settings say leaves the duplicates' index; the verdicts stay."""
        async with self.world.loading:
            gone = await asyncio.to_thread(self.world.index.forget_before, pipeline.age_limit(self.world))
        if gone:
            log.info("texts that left the duplicates' index for their age: %d", gone)

    async def _drain(self, seconds: float) -> None:
        """Let what is under way end; a request that doesn't in time, or by a second signal, is left in the queue."""
        if tasks := list(self._busy.values()):
            log.info("stopping: requests under way (%d) may end within %g s; a second Ctrl-C drops them", len(tasks), seconds)
            hurry, ended = asyncio.ensure_future(self._hurry.wait()), asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.wait((hurry, ended), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            hurry.cancel()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, ended, return_exceptions=True)
        if self._jobs:
            log.info("stopping: a load or a mail that has begun is finished first")
            await asyncio.gather(*self._jobs)
        log.info("stopped")

    def _on_stop(self) -> None:
        if self._stop.is_set():
            self._hurry.set()
        self._stop.set()

    def _on_hangup(self) -> None:
        try:
            self._reload()
            log.info("configuration read again")
        except EtlError as error:
            log.error("configuration kept as it was: %s", error)


def tell(ledger: Ledger) -> None:
    """A line per ending that isn't everyday, and one that sums up each room."""
    for ending in ledger.endings:
        if ending.outcome == "failed":
            log.warning("%s failed %s: %s %s", ending.room, ending.item, ending.reason, ending.detail)
    for room, taken in ledger.taken.items():
        kept, dropped, failed = (ledger.count(room, outcome) for outcome in ("kept", "dropped", "failed"))
        log.info("%s: %d taken, %d kept, %d dropped, %d failed", room, taken, kept, dropped, failed)
