"""A page that never parses costs its own process and nothing else."""

import asyncio
import os
from pathlib import Path

import pytest

from etl.adapters.workers import Workers
from etl.errors import LayoutError, WorkerError

_prepared = ""


def prepare(word: str) -> None:
    global _prepared
    _prepared = word


def answer(number: int) -> str:
    return f"{_prepared} {number}"


def spin() -> None:
    while True:
        pass


def dawdle(mark: Path) -> str:
    """Too long the first time, at once the second: as on a machine that was busy."""
    if not mark.exists():
        mark.touch()
        spin()
    return "done"


def hoard() -> int:
    return len(bytearray(4 * 1024**3))


def die() -> None:
    os._exit(7)


def refuse() -> None:
    raise LayoutError("no feed", url="u")


def test_each_fault_has_its_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Deadline, memory and death are told apart; an error of the room comes through as it is; the pool still answers."""

    async def meet() -> None:
        with Workers(count=2, deadline_s=1.5, memory_mb=1024, prepare=prepare, prepared=("ready",)) as workers:
            asked = [workers.run(f) for f in (spin, hoard, die, refuse)]
            late, greedy, dead, refused = await asyncio.gather(*asked, return_exceptions=True)
            reasons = [e.reason for e in (late, greedy, dead) if isinstance(e, WorkerError)]
            assert reasons == ["deadline", "memory", "died"]
            assert isinstance(refused, LayoutError)
            assert await asyncio.gather(*(workers.run(answer, n) for n in range(3))) == ["ready 0", "ready 1", "ready 2"]

    asyncio.run(meet())


def test_what_was_late_once_is_tried_again(tmp_path: Path) -> None:
    """A busy machine loses no page: the second try may take longer."""

    async def meet() -> None:
        with Workers(count=1, deadline_s=1.0, memory_mb=1024, prepare=prepare, prepared=("ready",)) as workers:
            assert await workers.run(dawdle, tmp_path / "mark") == "done"

    asyncio.run(meet())


def test_what_can_not_be_prepared_is_told() -> None:
    """A configuration that broke after the start doesn't hang the pool."""

    async def meet() -> None:
        with Workers(count=1, deadline_s=5, memory_mb=1024, prepare=refuse, prepared=()) as workers, pytest.raises(WorkerError):
            await workers.run(answer, 1)

    asyncio.run(meet())
