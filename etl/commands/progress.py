"""A line that shows how far long work has come, while a person watches."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from etl.world import World

_STAGES = ("wanted", "fetched", "loaded", "dropped", "failed")


@asynccontextmanager
async def progress(world: World) -> AsyncIterator[None]:
    """Twice a second, how many pages stand where. Nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    task = asyncio.create_task(_tell(world))
    try:
        yield
    finally:
        task.cancel()
        print("\r\033[K", end="", file=sys.stderr, flush=True)


async def _tell(world: World) -> None:
    while True:
        counts = world.state.counts()
        line = ", ".join(f"{counts[stage]} {stage}" for stage in _STAGES if counts.get(stage)) or "asking the feeds"
        print(f"\r\033[K{line} …", end="", file=sys.stderr, flush=True)
        await asyncio.sleep(0.5)
