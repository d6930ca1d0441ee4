"""What goes wrong at a user's desk: each fault has a clear word and the right exit status, and nothing is lost."""

import asyncio
import gzip
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.adapters.workers import Workers
from etl.cli import main
from etl.errors import WorkerError

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., int]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def figurewatch(home: Path) -> Run:
    """A command in this process, on a data folder of the test's own."""
    return lambda *words: main(["--home", str(home), *map(str, words)])


def manifest(path: Path, *rows: Any) -> Path:
    """A file of lines; what is no dict is written as it is."""
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def article(name: str, millions: str, year: int) -> dict[str, Any]:
    text = f"Xiaomi shipped {millions} million smartphones in India in {year}, according to IDC. Mr. {name} wrote it for {name} alone."
    return {"doc_id": name, "url": f"https://{name}.example/1", "source": f"{name}.example", "published": f"{year + 1}-01-09", "text": text}


def held(home: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "figures.duckdb"), read_only=True) as db:
        return db.execute(query).fetchall()


FACTS = "select fact_id, amount, standing, recorded_at from facts order by all"


def test_bad_lines_are_told_and_the_rest_is_loaded(
    tmp_path: Path, home: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line that can't be read is named with its place and what is wrong; the good one is loaded; exit status 1."""
    bad = ["{", {"doc_id": 1}, {"doc_id": "x"}, "[]", {"doc_id": "y", "text_path": "none.txt"}, {"doc_id": "t", "title": 5, "text": "a"}]
    path = manifest(tmp_path / "m.jsonl", *bad, {"doc_id": "d", "text": "a", "published": "soon"}, article("alpha", "7.1", 2018))
    assert figurewatch("ingest", path) == 1
    said = capsys.readouterr().err
    for line, word in enumerate(("no JSON", "doc_id", "none of", "no JSON object", "none.txt", "title", "published"), 1):
        assert any(f"{path}:{line}:" in told and word in told for told in said.splitlines()), (line, word)
    assert "Traceback" not in said
    assert held(home, "select count(*) from facts") == [(1,)]


def test_files_that_are_no_articles_are_told(tmp_path: Path, home: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A binary file, a cut archive, an empty folder, a missing path: told by name, exit status 1, and nothing is loaded."""
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(b"<p>Xiaomi shipped 5 million phones.</p>" * 50)[:40])
    (tmp_path / "folder").mkdir()
    names = ("binary.txt", "cut.html.gz", "folder", "missing.txt")
    assert figurewatch("ingest", *(tmp_path / name for name in names)) == 1
    told = capsys.readouterr().err.splitlines()
    assert [any(name in line for line in told) for name in names] == [True] * 4
    assert held(home, "select count(*) from meta.articles") == [(0,)]


def test_a_date_that_is_none_is_usage(tmp_path: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, with a date as it should look."""
    assert figurewatch("ingest", tmp_path, "--published", "yesterday") == 2
    assert "2017-07-07" in capsys.readouterr().err


def test_a_newer_warehouse_is_left_alone(tmp_path: Path, home: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 4; what was held is still held, and can be read, and nothing waits in the queue."""
    path = manifest(tmp_path / "m.jsonl", article("alpha", "7.1", 2018))
    assert figurewatch("ingest", path) == 0
    with duckdb.connect(str(home / "private" / "live.duckdb")) as db:
        db.execute("insert into meta.migrations values (9999, '9999_later.sql', 'x')")
    before = {p.name: p.read_bytes() for p in (home / "private").glob("*.sqlite")}
    for words in (["once"], ["run"], ["ingest", path], ["replay"]):
        assert figurewatch(*words) == 4
        assert "later version" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in (home / "private").glob("*.sqlite")} == before
    assert figurewatch("figures") == 0


def test_a_lost_index_is_made_again(tmp_path: Path, home: Path, figurewatch: Run) -> None:
    """With the duplicates' index deleted, a copy of what the warehouse holds is still known as one."""
    first = article("alpha", "7.1", 2018)
    assert figurewatch("ingest", manifest(tmp_path / "m.jsonl", first)) == 0
    for file in (home / "private").glob("duplicates.sqlite*"):
        file.unlink()
    copy = first | {"doc_id": "copy", "url": "https://copier.example/7", "source": "copier.example"}
    assert figurewatch("ingest", manifest(tmp_path / "n.jsonl", copy)) == 0
    assert held(home, "select count(*) from meta.tellings where verdict = 'copy'") == [(1,)]


def test_replay_gives_the_same_and_never_forgets(tmp_path: Path, home: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Twice the same facts with the times at which they were learnt; with the queue lost, it refuses instead of emptying the warehouse."""
    figurewatch("ingest", manifest(tmp_path / "m.jsonl", article("alpha", "7.1", 2018)))
    figurewatch("ingest", manifest(tmp_path / "n.jsonl", article("beta", "9.3", 2019)))
    facts = held(home, FACTS)
    assert len(facts) == 2
    for _ in range(2):
        assert figurewatch("replay") == 0
        assert held(home, FACTS) == facts
    for file in (home / "private").glob("state.sqlite*"):
        file.unlink()
    assert figurewatch("replay") == 5
    assert "would lose them" in capsys.readouterr().err
    assert held(home, FACTS) == facts


def test_a_full_disk_is_named_and_what_failed_comes_later(
    tmp_path: Path, home: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the warehouse can't be written, exit status 5 with the cause; the next run loads what waits."""
    import etl.adapters.warehouse.live as live

    path = manifest(tmp_path / "m.jsonl", article("alpha", "7.1", 2018))

    def is_full(*_: object) -> None:
        raise duckdb.IOException("Could not write file: No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(live.DuckWarehouse, "_load", is_full)
        assert figurewatch("ingest", path) == 5
    said = capsys.readouterr().err
    assert "No space left on device" in said
    assert "Traceback" not in said
    nothing = tmp_path / "empty.txt"
    nothing.touch()
    assert figurewatch("ingest", nothing) == 0
    assert held(home, "select count(*) from facts") == [(1,)]


def test_a_folder_that_can_not_be_made_is_storage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 5 and the folder's name."""
    (tmp_path / "file").touch()
    assert main(["--home", str(tmp_path / "file" / "home"), "once"]) == 5
    assert str(tmp_path / "file" / "home") in capsys.readouterr().err


def test_nobody_reads_the_answer_to_its_end(tmp_path: Path, home: Path, figurewatch: Run) -> None:
    """A pipe that is closed early, or no standard output at all: no traceback, exit status 0."""
    figurewatch("ingest", manifest(tmp_path / "m.jsonl", article("alpha", "7.1", 2018)))
    command = f"'{sys.executable}' -m etl --home '{home}'"
    for script in (f"{command} sql 'select * from range(200000)' | head -1; exit ${{PIPESTATUS[0]}}", f"{command} figures >&-"):
        done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr


def ready() -> None:
    """Workers that need nothing to start."""


def test_a_text_that_trips_a_worker_costs_that_text_only() -> None:
    """A mistake of ours comes back as the failure of one item, and the next one is answered."""

    async def meet() -> int:
        with Workers(count=1, deadline_s=20, memory_mb=1024, prepare=ready, prepared=()) as workers:
            with pytest.raises(WorkerError) as failed:
                await workers.run(int, "no number")
            assert failed.value.reason == "mistake"
            return await workers.run(int, "7")

    assert asyncio.run(meet()) == 7


def test_doctor_names_a_broken_snapshot(tmp_path: Path, home: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 5 and the file, no traceback; the next run publishes a whole one."""
    figurewatch("ingest", manifest(tmp_path / "m.jsonl", article("alpha", "7.1", 2018)))
    snapshot = (home / "figures.duckdb").resolve()
    snapshot.chmod(0o644)
    snapshot.write_bytes(b"no database" * 500)
    assert figurewatch("doctor") == 5
    assert str(home / "figures.duckdb") in capsys.readouterr().err
    assert figurewatch("ingest", manifest(tmp_path / "n.jsonl", article("beta", "9.3", 2019))) == 0
    assert held(home, "select count(*) from facts") == [(2,)]


def test_sql_can_not_write(tmp_path: Path, home: Path, figurewatch: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused with exit status 2; what is held stays."""
    figurewatch("ingest", manifest(tmp_path / "m.jsonl", article("alpha", "7.1", 2018)))
    for query in ("delete from meta.claims", "create table mine (a int)", "drop view facts"):
        assert figurewatch("sql", query) == 2
        assert "read-only" in capsys.readouterr().err
    assert held(home, "select count(*) from claims") == [(1,)]


def test_a_second_signal_ends_the_daemon_at_once(tmp_path: Path, home: Path) -> None:
    """A feed that never answers holds a stop up no longer than the user lets it: exit status 0, no traceback."""
    import socket

    shutil.copytree(ROOT / "config", tmp_path / "config")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/feed"
        (tmp_path / "config" / "feeds.toml").write_text(
            f'[[feed]]\nurl = "{url}"\nname = "silent"\npublisher = "silent"\nowner = "silent"\nlanguage = "en"\n'
        )
        settings = tmp_path / "config" / "settings.toml"
        settings.write_text(settings.read_text().replace("allow_private     = false", "allow_private     = true"))
        assert "allow_private     = true" in settings.read_text()
        words = [sys.executable, "-m", "etl", "--home", str(home), "--config", str(tmp_path / "config"), "run"]
        daemon = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        silent.settimeout(60)
        asked, _ = silent.accept()  # the daemon's request has come, and gets no answer
        daemon.send_signal(signal.SIGINT)
        assert daemon.stdout is not None
        said = ""
        while "second Ctrl-C" not in said:
            said += daemon.stdout.readline()
        daemon.send_signal(signal.SIGINT)
        said += daemon.communicate(timeout=60)[0]
        asked.close()
    assert daemon.returncode == 0, said
    assert "Traceback" not in said
    assert "timeout" not in said
