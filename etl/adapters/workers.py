"""Worker processes that can be ended one by one: a page that never parses costs its own process and nothing else.

Started by a fork server, never forked from the running daemon; each holds the configuration that it was started with.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError
from typing import Any, Self, TypeVar

import pebble

from etl.errors import EtlError, WorkerError

T = TypeVar("T")
log = logging.getLogger("figurewatch")


class Workers:
    """A pool of processes; `prepare(*prepared)` runs once in each. Deadlines in seconds, memory in MB per process."""

    def __init__(self, *, count: int, deadline_s: float, memory_mb: int, prepare: Callable[..., None], prepared: tuple[Any, ...]) -> None:
        self._deadline_s = deadline_s
        self._pool = pebble.ProcessPool(
            max_workers=count,
            max_tasks=2000,  # a fresh process now and then gives back what parsers leave behind
            initializer=_start,
            initargs=(memory_mb, prepare, prepared),
            context=multiprocessing.get_context("forkserver"),
        )

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """The function's result. What passes the deadline gets a second try with twice the time: the machine may have been busy.

        Raises WorkerError when its process passed the deadline again or its memory, died or tripped; else the EtlError that it raised.
        """
        try:
            return await self._try(self._deadline_s, function, *args)
        except WorkerError as error:
            if error.reason != "deadline":
                raise
        return await self._try(2 * self._deadline_s, function, *args)

    async def _try(self, deadline_s: float, function: Callable[..., T], *args: Any) -> T:
        future = self._pool.schedule(function, args=args, timeout=deadline_s)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise WorkerError(f"not done after {deadline_s:g} s", reason="deadline") from error
        except MemoryError as error:
            raise WorkerError("needs more memory than a worker may have", reason="memory") from error
        except pebble.ProcessExpired as error:
            raise WorkerError(f"the worker died: {error}", reason="died") from error
        except (BrokenExecutor, CancelledError) as error:
            raise WorkerError("the worker processes could not start or were stopped", reason="died") from error
        except EtlError:
            raise
        except Exception as error:  # a mistake of ours that one text brings out: told in full, and the others go on
            log.exception("%s tripped", getattr(function, "__name__", function))
            raise WorkerError(f"{type(error).__name__}: {error}", reason="mistake") from error

    def close(self) -> None:
        """End all processes, also those at work."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _start(memory_mb: int, prepare: Callable[..., None], prepared: tuple[Any, ...]) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the daemon's to handle: it drains, then closes the pool
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    prepare(*prepared)
