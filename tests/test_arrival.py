"""What comes first is the original, and nothing else decides: not how many pages a load takes, nor a stop between two of them."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import duckdb
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import reading
from etl.adapters.blobs import Blobs
from etl.adapters.index import SqliteIndex
from etl.adapters.outbox import SqliteOutbox
from etl.adapters.sink import MailSink
from etl.adapters.state import State
from etl.adapters.warehouse import DuckWarehouse
from etl.app import open_world, remember_again
from etl.cli import main
from etl.commands.demo import ROUND_GAP, at_newsroom
from etl.duplicates import Document, tell_apart
from etl.errors import WorkerError
from etl.ledger import Ledger
from etl.model import Entry, Page
from etl.newsroom import Newsroom
from etl.pipeline import load, recover, run_once
from etl.places import Places, config_dir
from etl.spec.whole import Spec, read_spec
from etl.world import World
from tests.duplicates.conftest import MORE, OTHER, STORY
from tests.duplicates.test_index import dump

NOW = datetime(2017, 7, 12, 9, tzinfo=UTC)
SIZES = (1, 3, 1000)


@dataclass(frozen=True)
class Wire:
    """A text as one site carried it; `day` of July 2017, or none."""

    host: str
    day: int | None
    text: str

    @property
    def url(self) -> str:
        return f"https://{self.host}.example/{self.host}"

    @property
    def entry(self) -> Entry:
        published = datetime(2017, 7, self.day, 8, tzinfo=UTC) if self.day else None
        return Entry(
            feed="https://feed.example", url=self.url, guid=None, title=self.host, summary="", author=None, published=published,
            updated=None,
        )  # fmt: skip


WIRES = (
    Wire("agency", 9, STORY), Wire("early", 6, STORY), Wire("longer", 8, STORY + "\n" + MORE), Wire("dateless", None, STORY),
    Wire("revised", 10, STORY.replace("23.16", "23.4")), Wire("tail", 7, "\n".join(STORY.split("\n")[1:])),
    Wire("port", 7, OTHER), Wire("harbour", 5, OTHER), Wire("end", 11, MORE),
)  # fmt: skip


class Inline:
    """Workers that do it at once, and fail where they are told to."""

    def __init__(self) -> None:
        self.failing: set[str] = set()

    async def run(self, function: Callable[..., Any], *args: Any) -> Any:
        if function is reading.clean_page and args[0].url in self.failing:
            raise WorkerError("not done in time", reason="deadline")
        return function(*args)


@functools.cache
def spec() -> Spec:
    """The shipped configuration, which cleaning and reading in this process hold too."""
    reading.prepare(config_dir())
    return read_spec(config_dir())


@contextmanager
def stores(places: Places) -> Iterator[World]:
    """The world without a web: real stores, put right as after a stop."""
    places.make()
    with (
        DuckWarehouse.at(places) as warehouse, closing(State(places.state)) as state, closing(SqliteIndex(places.index)) as index,
        closing(SqliteOutbox(places.outbox)) as outbox,
    ):  # fmt: skip
        world = World(
            spec=spec(), web=cast(Any, None), blobs=Blobs(places.pages), workers=Inline(), state=state, index=cast(Any, index),
            warehouse=warehouse, outbox=outbox, mail=cast(Any, None), heartbeat=places.heartbeat, now=lambda: NOW,
        )  # fmt: skip
        recover(world)
        yield world


def come(world: World, wires: Sequence[Wire], updated: datetime | None = None) -> None:
    """A feed names them, and their pages come together, the last one first."""
    entries = [(wire.url, replace(wire.entry, updated=updated)) for wire in wires]
    world.state.keep_poll("https://feed.example", "{}", entries, NOW, may_mail=True)
    for item in reversed(world.state.wanted(NOW, 1000)):
        body = next(wire.text for wire in wires if wire.url == item.url).encode()
        world.blobs.keep(body)
        page = Page(
            url=item.url, requested_url=item.url, status=200, content_type="text/plain; charset=utf-8", body=body,
            sha256=hashlib.sha256(body).hexdigest(), fetched_at=NOW,
        )  # fmt: skip
        world.state.keep_fetched(item.item_id, page)
    world.state.line_up()


async def take(world: World, size: int, loads: int = 1000) -> None:
    """So many loads of that size, or until nothing is left."""
    while loads and (items := world.state.ready(size)):
        await load(world, items, Ledger())
        loads -= 1


def outcome(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """All that an analyst sees of it but the number of loads."""
    asked = {
        "verdicts": "select article_id, verdict, of_article_id, group_id, coverage from articles order by all",
        "groups": "select group_id, original_article_id, fullest_article_id, articles, copies, sources from syndication order by all",
        "claims": "select claim_id, group_id, published_at from meta.claims order by all",
        "facts": "select fact_id, amount, standing, sources, first_said_at from facts order by all",
    }
    return {name: cast(DuckWarehouse, world.warehouse)._db.execute(query).fetchall() for name, query in asked.items()}


def verdicts_of(groups: Sequence[Sequence[Wire]]) -> dict[str, tuple[str, str | None]]:
    """What the room alone says of the texts, one after the other, each group by date and address: {host: (verdict, of)}."""
    index, told = SqliteIndex(":memory:"), {}
    for group in groups:
        for wire in sorted(group, key=lambda w: (w.day is None, w.day or 0, w.url)):
            document = Document(
                id=wire.host, url=wire.url, canonical_url=None, title=wire.host, text=wire.text, published=wire.entry.published,
                source=f"{wire.host}.example",
            )  # fmt: skip
            telling = tell_apart(document, index)
            told[wire.host] = (telling.verdict.value, telling.of)
    index.close()
    return told


@st.composite
def arrivals(draw: st.DrawFn) -> list[tuple[list[Wire], int]]:
    """The texts in some order, in groups that come together, and how many loads are made before the next group comes."""
    left, groups = draw(st.permutations(WIRES)), []
    while left:
        count = draw(st.integers(1, len(left)))
        groups.append((list(left[:count]), draw(st.integers(0, 3))))
        left = left[count:]
    return groups


@settings(max_examples=8, deadline=None)
@given(groups=arrivals())
def test_the_size_of_a_load_changes_nothing(groups: list[tuple[list[Wire], int]]) -> None:
    """Whatever comes when: verdicts, groups, claims, facts and index are the same for every size, and those of the room alone."""
    seen: list[Any] = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            places = Places(Path(folder))
            with stores(places) as world:
                for wires, loads in groups:
                    come(world, wires)
                    asyncio.run(take(world, size, loads))
                asyncio.run(take(world, size))
                found = outcome(world)
                names = {a.article_id: a.url.rpartition("/")[2] for a, _, _ in world.warehouse.told()}
            kept = dump(places.index)
            with DuckWarehouse.at(places) as warehouse:
                assert remember_again(warehouse, places) == len(WIRES)
            assert dump(places.index) == kept
            seen.append((found, kept))
    assert seen[1:] == seen[:1] * 2
    told = {names[row[0]]: (row[1], row[2] and names[row[2]]) for row in seen[0][0]["verdicts"]}
    assert told == verdicts_of([wires for wires, _ in groups])
    assert "copy" in {verdict for verdict, _ in told.values()}


@pytest.mark.parametrize("size", SIZES)
def test_what_comes_again_or_late_has_its_turn_at_the_end(tmp_path: Path, size: int) -> None:
    """A page that couldn't be cleaned is no original: when it comes again it is a copy of what was read meanwhile. One that was told
    before keeps its verdict."""
    by_host = {wire.host: wire for wire in WIRES}
    with stores(Places(tmp_path)) as world:
        workers = cast(Inline, world.workers)
        workers.failing.add(by_host["early"].url)
        come(world, [by_host["early"], by_host["agency"], by_host["tail"]])
        asyncio.run(take(world, size))
        workers.failing.clear()
        come(world, [by_host["early"], by_host["longer"], by_host["agency"]], updated=NOW)
        asyncio.run(take(world, size))
        hosts = [(article.url.rpartition("/")[2], telling.verdict.value) for article, telling, _ in world.warehouse.told() if telling]
        groups = outcome(world)["groups"]
    assert hosts == [("tail", "original"), ("agency", "expanded"), ("early", "copy"), ("longer", "copy")]
    assert [row[3:] for row in groups] == [(4, 2, 4)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, list[tuple[object, ...]]]:
    """What is held, and the index, when nothing stops the loads."""
    places = Places(tmp_path_factory.mktemp("undisturbed"))
    with stores(places) as world:
        come(world, WIRES)
        asyncio.run(take(world, 3))
        found = outcome(world)
    return found, dump(places.index)


@pytest.mark.parametrize("moment", ["etl.pipeline.conclude", "DuckWarehouse.load", "etl.pipeline.settle", "State.end_load"])
@pytest.mark.parametrize("later", [1, 1000])
def test_killed_between_the_stores(undisturbed: Any, tmp_path: Path, moment: str, later: int) -> None:
    """kill -9 in the second load: before the warehouse has it, after, and before the queue knows; then on with loads of any size."""
    script = (
        "import asyncio, os, signal, sys\nfrom pathlib import Path\n"
        "import etl.pipeline\nfrom etl.adapters.state import State\nfrom etl.adapters.warehouse import DuckWarehouse\n"
        "from etl.places import Places\nfrom tests.test_arrival import WIRES, come, stores, take\n"
        "owner, _, name = sys.argv[2].rpartition('.')\nplace = {'State': State, 'DuckWarehouse': DuckWarehouse}.get(owner, etl.pipeline)\n"
        "step, calls = getattr(place, name), []\n"
        "def killed(*args, **named):\n"
        "    calls.append(1)\n"
        "    if len(calls) == 2:\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return step(*args, **named)\n"
        "setattr(place, name, killed)\n"
        "with stores(Places(Path(sys.argv[1]))) as world:\n"
        "    come(world, WIRES)\n    asyncio.run(take(world, 3))\n"
    )
    words = [sys.executable, "-c", script, str(tmp_path), moment]
    ended = subprocess.run(words, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    places = Places(tmp_path)
    with stores(places) as world:
        assert len(world.state.ready(100)) == len(WIRES) - 3
        asyncio.run(take(world, later))
        found = outcome(world)
    assert (found, dump(places.index)) == undisturbed


def test_replay_and_reindex_keep_the_order(tmp_path: Path) -> None:
    """An original that is handed in again after its copies, to the letter or not, is the original still when all is computed again."""
    home = tmp_path / "home"
    rows = [
        {"doc_id": w.host, "url": w.url, "source": f"{w.host}.example", "text": w.text}
        | ({"published": w.entry.published.isoformat()} if w.entry.published else {})
        for w in WIRES
    ]  # fmt: skip
    again = [rows[0], rows[6] | {"text": rows[6]["text"] + "\n"}]
    for number, some in enumerate((rows[:4], rows[4:], again)):
        path = tmp_path / f"{number}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in some))
        assert main(["--home", str(home), "ingest", str(path)]) == 0
    query = "select url, verdict, of_article_id, group_id, recorded_at from articles order by all"

    def held() -> tuple[Any, ...]:
        with duckdb.connect(str(home / "figures.duckdb"), read_only=True) as db:
            return db.execute(query).fetchall(), dump(home / "private" / "duplicates.sqlite")

    before = held()
    verdicts = {url.rpartition("/")[2]: verdict for url, verdict, *_ in before[0]}
    assert verdicts == {host: verdict for host, (verdict, _) in verdicts_of([[wire] for wire in WIRES]).items()}
    assert [verdicts[host] for host in ("agency", "early", "port", "harbour")] == ["original", "copy"] * 2
    for command in ("replay", "reindex", "replay"):
        assert main(["--home", str(home), command]) == 0
        assert held() == before


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[dict[str, Any], list[str]]]:
    """Both rounds of one newsroom, carried from the feeds to the mailboxes with loads of each size: what is held, what was mailed."""
    homes = {size: Places(tmp_path_factory.mktemp(f"walk{size}")) for size in SIZES}
    walked: dict[int, tuple[dict[str, Any], list[str]]] = {}
    with Newsroom() as newsroom:
        for number in (1, 2):
            newsroom.publish_round(number)
            for size, places in homes.items():
                walked[size] = asyncio.run(walk(newsroom, places, size, newsroom.now - ROUND_GAP * (2 - number)))
    return walked


async def walk(newsroom: Newsroom, places: Places, size: int, now: datetime) -> tuple[dict[str, Any], list[str]]:
    with MailSink(places.home / "mails") as sink:
        there = at_newsroom(spec(), newsroom, sink.port)
        daemon = msgspec.structs.replace(there.settings.daemon, load_at_most=size)
        there = replace(there, settings=msgspec.structs.replace(there.settings, daemon=daemon))
        async with open_world(there, places, now=lambda: now) as world:
            await run_once(world)
            found = outcome(world)
            told = [(article.article_id, telling) for article, telling, _ in world.warehouse.told()]
        mailed = [part.get_content() for mail in sink.mails if (part := mail.get_body(("plain",)))]
    return {**found, "told": told}, mailed


def told_in(mail: str) -> list[str]:
    """Each figure of a mail with its headline: "New figure: Xiaomi shipments, worldwide, 2025-Q3: 43.3 million"."""
    lines = [line.strip() for line in mail.splitlines()]
    return [f"{line}: {lines[n + 2]}" for n, line in enumerate(lines) if line.startswith(("New figure", "Restated", "Disputed"))]


@pytest.mark.parametrize("size", SIZES[1:])
def test_the_newsroom_comes_to_the_same_in_loads_of_every_size(walks: dict[int, tuple[dict[str, Any], list[str]]], size: int) -> None:
    """Verdicts and their order, groups and their originals, claims, facts, and every figure that was mailed."""
    (one_by_one, mails), (found, others) = walks[1], walks[size]
    assert found == one_by_one
    figures = sorted(figure for mail in mails for figure in told_in(mail))
    assert sorted(figure for mail in others for figure in told_in(mail)) == figures
    assert len(mails) == len(others) >= 3
    assert len(figures) >= 5
    verdicts = [row[1] for row in found["verdicts"]]
    assert len(verdicts) > 40
    assert verdicts.count("copy") >= 2
