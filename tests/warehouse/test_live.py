"""The writer: loads are transactions, a replay changes nothing, what went in comes out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.adapters.warehouse import DuckWarehouse, fits
from etl.adapters.warehouse.snapshots import Throttle
from etl.errors import StorageError, WarehouseNewer
from etl.model import Article, Batch, Standing, Verdict
from etl.places import Places, sql_dir
from tests.warehouse.words import DAY, TEXT, article, batch, evidence, fact, telling

KEYS = [("Xiaomi", "shipments")]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "home").make()


@pytest.fixture
def warehouse(places: Places) -> Iterator[DuckWarehouse]:
    with DuckWarehouse.at(places) as opened:
        yield opened


def published(places: Places, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(places.published.resolve(), read_only=True) as db:
        return db.execute(query).fetchall()


def audits(places: Places) -> list[tuple[object, ...]]:
    return [row for name in ("spans", "orphans", "twins") for row in published(places, f"select * from meta.audit_{name}")]


def test_what_goes_in_comes_out(warehouse: DuckWarehouse, places: Places) -> None:
    """Claims, facts and articles are recalled as they were handed in, to the last digit."""
    given = batch()
    report = warehouse.load(given)
    assert (report.articles, report.claims, report.vintages, report.shifts, report.alerts) == (1, 1, 1, 1, 1)
    assert warehouse.recall_evidence(KEYS) == [replace(given.evidence[0], recorded_at=given.recorded_at)]
    assert warehouse.recall_facts(KEYS) == list(given.facts)
    assert list(warehouse.articles()) == list(given.articles)
    assert warehouse.known_articles([given.articles[0].article_id, "other"]) == {given.articles[0].article_id}
    assert warehouse.alerts_not_in([])[0]["alert_id"] == given.alerts[0].alert_id
    assert warehouse.recall_facts([("Apple", "shipments")]) == warehouse.recall_evidence([]) == []
    warehouse.publish()
    assert audits(places) == []


def test_a_replayed_load_changes_nothing(warehouse: DuckWarehouse) -> None:
    """The same load twice, or the same words under another load's name, add no row."""
    given = batch()
    warehouse.load(given)
    assert warehouse.load(given).is_replay
    again = warehouse.load(replace(given, load_id="another", articles=given.articles * 2, evidence=given.evidence * 2))
    assert (again.articles, again.claims, again.vintages, again.shifts, again.alerts) == (0, 0, 0, 0, 0)
    assert warehouse.has_load("another") and not warehouse.has_load("a third")


def test_equal_rows_of_one_batch_become_one(warehouse: DuckWarehouse, places: Places) -> None:
    """A batch that says the same twice loads it once: a MERGE alone would insert both."""
    given = batch()
    doubled = replace(given, articles=given.articles * 2, evidence=given.evidence * 2, facts=given.facts * 2, shifts=given.shifts * 2)
    assert warehouse.load(doubled).claims == 1
    warehouse.publish()
    assert audits(places) == []


def test_vintages(warehouse: DuckWarehouse, places: Places) -> None:
    """A fact that changes and changes back has three vintages, and facts_as_of shows each at its time."""
    for day, amount in enumerate((23160000, 23100000, 23160000)):
        warehouse.load(batch(day, change=lambda made, a=Decimal(amount): fact(evidence(article()).claim, amount=a)))
    held = warehouse.recall_facts(KEYS)
    assert [f.amount for f in held] == [Decimal(23160000)]
    warehouse.publish(at_once=True)
    assert published(places, "select count(*) from meta.fact_vintages") == [(3,)]
    then = (DAY + timedelta(days=1, hours=2)).replace(tzinfo=None)
    assert published(places, f"select amount from facts_as_of(timestamp '{then}')") == [(23100000.0,)]


def test_the_text_of_a_copy_is_not_kept(warehouse: DuckWarehouse, places: Places) -> None:
    """A copy leaves its headline, address and the hash of its text, and no text."""
    copy = article(3)
    given = replace(batch(), articles=(article(), copy), tellings=(telling(article()), telling(copy, Verdict.COPY)))
    warehouse.load(given)
    warehouse.publish()
    query = "select is_copy, text is null, text_sha256 <> '' from articles join meta.articles using (article_id) order by 1"
    rows = published(places, query)
    assert rows == [(False, False, True), (True, True, True)]
    assert audits(places) == []


def test_text_that_no_database_keeps(warehouse: DuckWarehouse, places: Places) -> None:
    """NUL and lone surrogates are replaced one for one, so that spans still hold."""
    odd = article(text="\x00\ud800\n" + TEXT.splitlines()[1])
    warehouse.load(replace(batch(), articles=(odd,), tellings=(telling(odd),), evidence=(evidence(odd),), facts=(), shifts=(), alerts=()))
    warehouse.publish()
    assert published(places, "select count(*) from meta.audit_spans") == [(0,)]
    assert published(places, "select text[1:3] from articles") == [("��\n",)]


def test_a_load_that_fails_leaves_nothing(warehouse: DuckWarehouse) -> None:
    """An amount without room stops the whole load; the warehouse is as it was and takes the next one."""
    given = batch()
    huge = evidence(article(), amount=Decimal(10) ** 40)
    assert not fits(huge.claim.amount)
    with pytest.raises(ValueError, match="no room"):
        warehouse.load(replace(given, evidence=(*given.evidence, huge)))
    assert not warehouse.has_load(given.load_id) and warehouse.recall_evidence(KEYS) == []
    assert warehouse.load(given).claims == 1


def test_standing_and_disputes_come_back(warehouse: DuckWarehouse) -> None:
    """Lists and structs of a fact survive the way to DuckDB and back."""
    from tests.warehouse.words import dispute

    other = fact(evidence(article(1), amount=Decimal("23100000.5")).claim, authority="Canalys")
    given = batch(change=lambda made: replace(made, standing=Standing.DISPUTED, disputes=(dispute("basis", other, "70 % ‘yoy’"),)))
    warehouse.load(given)
    assert warehouse.recall_facts(KEYS)[0].disputes == given.facts[0].disputes


def test_articles_come_back_in_the_order_of_their_telling(places: Places) -> None:
    """Load by load, in each as it was told; a new verdict moves none. Loads of a warehouse from before this was kept: by date."""
    older = [article(n) for n in (2, 0, 1)]
    with DuckWarehouse.at(places) as warehouse:
        warehouse.load(told_batch(0, *older))
    with duckdb.connect(places.live) as db:  # as the version before left it
        db.execute("alter table meta.tellings drop column told_no; delete from meta.migrations where migration = 3")
    newer = [article(n) for n in (7, 3, 9, 5)]
    with DuckWarehouse.at(places) as warehouse:
        warehouse.load(told_batch(1, *newer))
        warehouse.load(told_batch(2, newer[2], older[0], verdict=Verdict.REVISION))
        told = [(a, t and t.verdict) for a, t, _ in warehouse.told()]
        warehouse.publish()
    again = {newer[2]: Verdict.REVISION, older[0]: Verdict.REVISION}
    assert told == [(a, again.get(a, Verdict.ORIGINAL)) for a in (*(article(n) for n in (0, 1, 2)), *newer)]
    numbers = published(places, "select load_no, list(told_no order by told_no) from meta.tellings group by all order by all")
    assert numbers == [(1, [None] * 3), (2, [1, 2, 3, 4]), (3, [1, 2])]
    assert audits(places) == []


def told_batch(number: int, *articles: Article, verdict: Verdict = Verdict.ORIGINAL) -> Batch:
    """A load of these articles, in this order, that say nothing."""
    tellings = tuple(telling(each, verdict) for each in articles)
    return replace(batch(number), articles=articles, tellings=tellings, evidence=(), facts=(), shifts=(), alerts=())


def test_a_newer_warehouse_is_refused(places: Places, tmp_path: Path) -> None:
    """A warehouse with a migration that the code doesn't know ends with WarehouseNewer, exit status 4."""
    DuckWarehouse.at(places).close()
    with duckdb.connect(places.live) as db:
        db.execute("insert into meta.migrations values (9000, '9000_from_the_future.sql', 'x')")
    with pytest.raises(WarehouseNewer, match="9000_from_the_future") as caught:
        DuckWarehouse.at(places)
    assert caught.value.exit_status == 4


def test_an_edited_migration_is_refused(places: Places, tmp_path: Path) -> None:
    """A migration that was edited after it had been applied is told, not run."""
    DuckWarehouse.at(places).close()
    edited = shutil.copytree(sql_dir("migrations"), tmp_path / "migrations")
    first = next(iter(sorted(edited.glob("*.sql"))))
    first.write_text(first.read_text() + "\n-- more")
    with pytest.raises(StorageError, match="was edited"):
        DuckWarehouse(places.live, places.snapshots, places.published, migrations=edited, views=sql_dir("views"))


def test_a_file_that_is_no_warehouse(places: Places) -> None:
    """A broken live file ends with StorageError and says which."""
    places.live.write_bytes(b"no database" * 1000)
    with pytest.raises(StorageError, match=r"live\.duckdb"):
        DuckWarehouse.at(places)


def test_a_full_disk_loses_nothing(places: Places) -> None:
    """A load for which the disk has no room ends with StorageError; what was acknowledged stays, and the load can come again."""
    script = (
        "import pathlib, resource, sys\nfrom dataclasses import replace\n"
        "from etl.adapters.warehouse import DuckWarehouse\nfrom etl.errors import StorageError\nfrom etl.places import Places\n"
        "from tests.warehouse.words import article, batch\n"
        "places = Places(pathlib.Path(sys.argv[1]))\n"
        "warehouse = DuckWarehouse.at(places)\n"
        "warehouse.load(batch(0))\n"
        "room = places.live.stat().st_size + 200_000\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))\n"
        "words = ''.join(chr(0x4e00 + n * 7919 % 20000) for n in range(1_000_000))\n"
        "try:\n    warehouse.load(replace(batch(1), articles=(article(1, words),)))\n"
        "except StorageError as error:\n    print('StorageError', error.exit_status, flush=True)\n"
        "import os\nos._exit(0)\n"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", script, str(places.home)], capture_output=True, text=True, cwd=root, check=False)
    assert ended.stdout.split() == ["StorageError", "5"], ended.stderr
    with DuckWarehouse.at(places) as after:
        assert after.has_load(batch(0).load_id) and not after.has_load(batch(1).load_id)
        assert after.load(batch(1)).claims == 1
    assert audits(places) == []


def test_snapshots_never_reuse_a_name(warehouse: DuckWarehouse, places: Places) -> None:
    """Each publication has a name of its own and is read-only; nothing new publishes nothing; too soon waits."""
    seen = set()
    for number in range(5):
        warehouse.load(batch(number))
        path = warehouse.publish(at_once=True)
        assert path and path.stat().st_mode & 0o777 == 0o444 and places.published.resolve() == path
        seen.add(path.name)
    assert len(seen) == 5
    assert warehouse.publish(at_once=True) is None
    warehouse.load(batch(9))
    assert warehouse.publish() is None and warehouse.has_unpublished


def test_old_snapshots_go(warehouse: DuckWarehouse, places: Places) -> None:
    """Old snapshots are removed, the last ones stay; a reader that has an old one open still reads it."""
    warehouse.load(batch(0))
    first = warehouse.publish(at_once=True)
    assert first
    reader = duckdb.connect(places.published.resolve(), read_only=True)
    for number in range(1, 5):
        for path in places.snapshots.iterdir():
            os.utime(path, (0, 0))
        warehouse.load(batch(number))
        warehouse.publish(at_once=True)
    assert not first.exists() and len(list(places.snapshots.iterdir())) == 3
    assert reader.execute("select count(*) from articles").fetchall() == [(1,)]
    reader.close()
    assert published(places, "select count(*) from articles") == [(5,)]


def test_readers_never_wait(warehouse: DuckWarehouse, places: Places) -> None:
    """Readers of another process succeed each time while loads and publications go on."""
    warehouse.load(batch(0))
    warehouse.publish(at_once=True)
    script = (
        "import duckdb, sys, pathlib\n"
        "for _ in range(15):\n"
        "    with duckdb.connect(str(pathlib.Path(sys.argv[1]).resolve()), read_only=True) as db:\n"
        "        assert db.execute('select count(*) from figures').fetchone()[0] >= 1\n"
        "        assert not db.execute('select * from meta.audit_orphans').fetchall()\n"
    )
    readers = [subprocess.Popen([sys.executable, "-c", script, str(places.published)]) for _ in range(2)]
    done = threading.Event()

    def write() -> None:
        number = 1
        while not done.is_set():
            warehouse.load(batch(number))
            warehouse.publish(at_once=True)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert [reader.wait(60) for reader in readers] == [0, 0]
    finally:
        done.set()
        writer.join()


def test_kill_in_mid_load_loses_nothing_acknowledged(places: Places) -> None:
    """A writer that is killed at any moment leaves every load it had acknowledged, and no half one."""
    script = (
        "import sys, pathlib\n"
        "from etl.places import Places\nfrom etl.adapters.warehouse import DuckWarehouse\nfrom tests.warehouse.words import batch\n"
        "w = DuckWarehouse.at(Places(pathlib.Path(sys.argv[1])))\n"
        "for n in range(100000):\n    print(w.load(batch(n)).load_id, flush=True)\n"
    )
    root = Path(__file__).parents[2]
    writer = subprocess.Popen([sys.executable, "-c", script, str(places.home)], stdout=subprocess.PIPE, text=True, cwd=root)
    assert writer.stdout
    acknowledged = [writer.stdout.readline().strip() for _ in range(12)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [line.strip() for line in writer.stdout.read().splitlines() if len(line.strip()) == 32]
    writer.wait()
    writer.stdout.close()
    with DuckWarehouse.at(places) as after:
        assert len(acknowledged) >= 12 and all(after.has_load(load_id) for load_id in acknowledged)
        after.load(batch(0))
    assert audits(places) == []
    loads, claims = published(places, "select (select count(*) from meta.loads), (select count(*) from claims)")[0]
    assert loads == claims


def test_closing_never_hides_the_first_fault(places: Places, caplog: pytest.LogCaptureFixture) -> None:
    """Where the last publication fails, the file is let go of, a warning says so, and the next start publishes."""
    warehouse = DuckWarehouse.at(places)
    warehouse.load(batch())
    shutil.rmtree(places.snapshots)
    warehouse.close()
    assert "not published" in caplog.text and not places.published.exists()
    DuckWarehouse.at(places).close()
    assert published(places, "select count(*) from claims") == [(1,)]


def test_a_lost_live_file_is_made_again(places: Places, caplog: pytest.LogCaptureFixture) -> None:
    """Where only what was published is left, as of a backup, the next writer goes on from it, and says so."""
    with DuckWarehouse.at(places) as warehouse:
        warehouse.load(batch(0))
    places.live.unlink()
    journal = places.live.with_name(f"{places.live.name}.wal")
    journal.write_bytes(b"of another file")
    with DuckWarehouse.at(places) as warehouse:
        assert warehouse.load(batch(0)).is_replay
        warehouse.load(batch(1))
    assert "was missing: made again" in caplog.text and audits(places) == []
    assert published(places, "select count(*) from meta.loads") == [(2,)]


def test_publishing_takes_a_twentieth_of_the_time() -> None:
    """After a publication that took a second the next one waits for nineteen; after a quick one, for two."""
    throttle = Throttle()
    assert throttle.is_open(0.0)
    throttle.took(100.0, 101.0)
    assert not throttle.is_open(119.9) and throttle.is_open(120.0)
    throttle.took(200.0, 200.01)
    assert not throttle.is_open(202.0) and throttle.is_open(202.02)
