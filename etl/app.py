"""Builds the adapters from settings and folders and hands them over as a `World`. The only place that knows them all."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from datetime import datetime
from typing import cast

from etl import pipeline, reading
from etl.adapters.blobs import Blobs
from etl.adapters.http import Web
from etl.adapters.index import SqliteIndex, rebuild
from etl.adapters.outbox import SqliteOutbox
from etl.adapters.smtp import SmtpMail
from etl.adapters.state import State
from etl.adapters.warehouse import DuckWarehouse
from etl.adapters.workers import Workers
from etl.duplicates import Document
from etl.errors import AlreadyRunning, StorageError
from etl.model import Telling
from etl.places import Places
from etl.spec.whole import Spec
from etl.world import PendingIndex, World, utc_now

log = logging.getLogger("figurewatch")


@contextmanager
def one_writer(places: Places) -> Iterator[None]:
    """Hold the data folder alone. Raises AlreadyRunning while another process holds it."""
    places.make()
    try:
        lock = places.lock.open("a+")
    except OSError as error:
        raise StorageError(f"can't open {places.lock}: {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(f"another figurewatch holds {places.home}; stop it first, or name another folder with --home") from error
        yield


@asynccontextmanager
async def open_world(spec: Spec, places: Places, *, now: Callable[[], datetime] = utc_now) -> AsyncIterator[World]:
    """Everything opened, and what an earlier stop left half-done put right; closed again at the end."""
    fetch, work = spec.settings.fetch, spec.settings.workers
    with ExitStack() as open_stores:
        open_stores.enter_context(one_writer(places))
        warehouse = open_stores.enter_context(DuckWarehouse.at(places))  # first: one that is newer stops us before anything is touched
        if lacks_articles(places, warehouse):
            log.warning("the duplicates' index lacks articles: made again from %d of the warehouse", remember_again(warehouse, places))
        state = open_stores.enter_context(closing(State(places.state)))
        index = open_stores.enter_context(closing(SqliteIndex(places.index)))
        outbox = open_stores.enter_context(closing(SqliteOutbox(places.outbox)))
        workers = open_stores.enter_context(
            Workers(
                count=work.count, deadline_s=work.deadline_s, memory_mb=work.memory_mb,
                prepare=reading.prepare, prepared=(spec.config_dir,),
            )
        )  # fmt: skip
        async with Web(fetch, now=now) as web:
            world = World(
                spec=spec, web=web, blobs=Blobs(places.pages), workers=workers, state=state, index=cast(PendingIndex, index),
                warehouse=warehouse, outbox=outbox, mail=SmtpMail(spec.settings.mail), heartbeat=places.heartbeat, now=now,
            )  # fmt: skip
            warehouse.declare(spec)
            pipeline.recover(world)
            outbox.resume()
            index.forget_before(pipeline.age_limit(world))
            yield world


def lacks_articles(places: Places, warehouse: DuckWarehouse) -> bool:
    """Whether the warehouse has articles that the index doesn't know: its file is gone, or an older one, or a power cut took its end."""
    known = 0
    if places.index.exists():
        with closing(SqliteIndex(places.index)) as index:
            known = index.articles()
    return known < warehouse.count_articles()


def remember_again(warehouse: DuckWarehouse, places: Places) -> int:
    """Make the duplicates' index from what the warehouse holds: the same articles in the same order, with the verdicts that stand."""

    def documents() -> Iterator[tuple[Document, Telling | None]]:
        for a, telling, learnt in warehouse.told():
            yield Document(
                id=a.article_id, url=a.url, canonical_url=a.canonical_url, title=a.title, text=a.text, published=a.published,
                source=a.source, learnt=learnt,
            ), telling  # fmt: skip

    return rebuild(documents(), places.index)


def listen_to_logs(level: int = logging.INFO) -> None:
    """Events on standard error, a line each."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is skipped while its job still runs is no news
    for noisy in ("trafilatura", "htmldate", "aiohttp", "charset_normalizer", "mail.log"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
