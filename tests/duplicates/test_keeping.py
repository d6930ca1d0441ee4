"""The index beside its warehouse: made anew from it by one command, and rid of what is too old while the daemon runs."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from etl.adapters.index import SqliteIndex
from etl.cli import main
from etl.duplicates import Document, tell_apart
from etl.places import config_dir
from etl.schedule import Daemon
from etl.spec.whole import read_spec
from tests.duplicates.conftest import MORE, OTHER, STORY
from tests.duplicates.test_index import dump

Make = Callable[..., Document]


def rows() -> list[list[dict[str, Any]]]:
    """Three loads: an original and its copies, later dates before earlier ones, a longer copy, a revision, the copy of a copy's end."""
    texts = [
        ("a", "paper.example", 7, STORY), ("b", "copier.example", 6, STORY), ("c", "port.example", 7, OTHER),
        ("d", "longer.example", 8, STORY + "\n" + MORE), ("e", "second.example", 9, STORY.replace("23.16", "23.4")),
        ("f", "end.example", 9, MORE), ("g", "late.example", 10, STORY.split("\n", 1)[1]), ("h", "other.example", 10, OTHER),
    ]  # fmt: skip
    made = [
        {"doc_id": name, "url": f"https://{source}/{name}", "source": source, "published": f"2017-07-{day:02}", "title": name, "text": text}
        for name, source, day, text in texts
    ]
    return [made[:3], made[3:5], made[5:]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the loads were ingested, one run each."""
    folder = tmp_path_factory.mktemp("filled")
    for number, load in enumerate(rows()):
        path = folder / f"{number}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in load))
        assert main(["--home", str(folder / "home"), "ingest", str(path)]) == 0
    return folder / "home"


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(filled, tmp_path / "home", symlinks=True))


def told(home: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home / "figures.duckdb"), read_only=True) as db:
        return db.execute("select url, verdict, of_article_id, group_id, coverage from articles order by url").fetchall()


def test_reindex_makes_the_same_index(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`figurewatch reindex` makes every row of the index again from the warehouse, copies too, and no verdict changes."""
    path = home / "private" / "duplicates.sqlite"
    before, verdicts = dump(path), told(home)
    assert [row[1] for row in verdicts].count("copy") == 5
    for file in path.parent.glob("duplicates.sqlite*"):
        file.write_bytes(b"a disk fault")
    assert main(["--home", str(home), "once"]) == 5
    assert main(["--home", str(home), "reindex"]) == 0
    assert "holds 8 articles" in capsys.readouterr().out
    assert (dump(path), told(home)) == (before, verdicts)


def test_an_index_that_lacks_articles_is_made_again(home: Path, tmp_path: Path) -> None:
    """An older file in the index's place, or one that lost its end to a power cut, is found out at the start."""
    path = home / "private" / "duplicates.sqlite"
    before = dump(path)
    index = SqliteIndex(path)
    index.begin("cut")
    index._db.execute("update load set first_n = 5")
    index.discard("cut")
    assert index.articles() == 4
    index.close()
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert main(["--home", str(home), "ingest", str(empty)]) == 0
    assert dump(path) == before


def test_a_copy_handed_in_again_changes_nothing(home: Path, tmp_path: Path) -> None:
    """After a rebuild as before it, an article that was a copy is a copy still, and is not stored twice."""
    before = told(home)
    assert main(["--home", str(home), "reindex"]) == 0
    path = tmp_path / "again.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for load in reversed(rows()) for row in load))
    assert main(["--home", str(home), "ingest", str(path)]) == 0
    assert told(home) == before


def test_who_carried_a_text_can_be_counted(home: Path) -> None:
    """The earliest publication is a group's original though it was read later; the fullest text is a copy's."""
    with duckdb.connect(str(home / "figures.duckdb"), read_only=True) as db:
        asked = "select original_source, articles, copies, sources, fullest_text, len(carriers) from syndication order by articles desc"
        found = db.execute(asked).fetchall()
    assert found == [("copier.example", 6, 4, 6, STORY + "\n" + MORE, 6), ("port.example", 2, 1, 2, OTHER, 2)]


def test_the_daemon_lets_old_texts_go(index: SqliteIndex, article: Make) -> None:
    """Once a day what is older than `duplicates.keep_days` leaves the index; its verdict stays."""
    spec = read_spec(config_dir(None))
    first = tell_apart(article("first", STORY), index)
    for days, left in ((-1, 1), (1, 0)):
        now = datetime(2017, 7, 7, 9, tzinfo=UTC) + timedelta(days=spec.settings.duplicates.keep_days + days)
        world = SimpleNamespace(spec=spec, index=index, loading=asyncio.Lock(), now=lambda now=now: now)
        asyncio.run(Daemon(cast(Any, world), lambda: None)._forget())
        assert sum(index.known(n).text is not None for n in (1,)) == left
    assert index.told("first") == first
