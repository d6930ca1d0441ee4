from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.adapters.index import SqliteIndex, rebuild
from etl.duplicates import Document, tell_apart
from etl.errors import StorageError
from etl.model import Verdict
from tests.duplicates.conftest import OTHER, STORY

Make = Callable[..., Document]


def stream(article: Make) -> list[Document]:
    """Eight articles: originals, copies, a revision, a report of its own."""
    return [
        article("a", STORY),
        article("b", OTHER, source="port.example"),
        article("c", STORY + "\nSubscribe to our newsletter.", source="c.example"),
        article("d", STORY.replace("23.16", "24.2"), source="d.example"),
        article("e", OTHER.replace("48 million", "51 million"), source="e.example"),
        article("f", "\n".join(STORY.split("\n")[1:]), source="f.example"),
        article("g", OTHER, source="g.example"),
        article("h", STORY.replace("23.16", "24.2"), source="h.example"),
    ]


def dump(path: Path) -> list[tuple[object, ...]]:
    """Every row of every table of an index, but for compressed texts' page layout."""
    db = sqlite3.connect(path)
    tables = [row[0] for row in db.execute("select name from sqlite_master where type = 'table' order by name")]
    rows = [(table, *row) for table in tables for row in db.execute(f"select * from {table}")]
    db.close()
    return rows


def test_a_discarded_load_leaves_no_trace(tmp_path: Path, article: Make) -> None:
    """After `discard` the file holds what it held before `begin`, row for row; told again, the articles get the same verdicts."""
    path, documents = tmp_path / "i.sqlite", stream(article)
    index = SqliteIndex(path)
    index.begin("one")
    for document in documents[:3]:
        tell_apart(document, index)
    index.confirm("one")
    before = dump(path)
    index.begin("two")
    first = [tell_apart(document, index) for document in documents[3:]]
    assert index.pending() == [("two", document.id) for document in documents[3:]]
    index.discard("two")
    assert dump(path) == before
    index.begin("three")
    assert [tell_apart(document, index) for document in documents[3:]] == first
    index.close()


def test_the_batch_size_changes_nothing(tmp_path: Path, article: Make) -> None:
    """One load of eight, eight loads of one, and no load at all give the same verdicts and the same rows."""
    documents, seen = stream(article), []
    for size in (1, 3, 8):
        path = tmp_path / f"{size}.sqlite"
        index = SqliteIndex(path)
        for start in range(0, len(documents), size):
            index.begin(f"load {start}")
            for document in documents[start : start + size]:
                tell_apart(document, index)
            index.confirm(f"load {start}")
        index.close()
        seen.append(dump(path))
    assert seen[0] == seen[1] == seen[2]


def test_one_load_at_a_time(index: SqliteIndex) -> None:
    """A copy can only rest on what is confirmed or in the same load, since a second load can't be opened beside the first."""
    index.begin("one")
    index.begin("one")
    with pytest.raises(StorageError, match="one is pending"):
        index.begin("two")
    assert index.pending_loads() == ["one"]
    index.confirm("one")
    index.begin("two")


def test_an_id_keeps_its_verdict(index: SqliteIndex, article: Make) -> None:
    """Told again, even with another text, an article gets the verdict that was stored."""
    told = [tell_apart(document, index) for document in stream(article)]
    again = [tell_apart(article(document.id, OTHER), index) for document in stream(article)]
    assert again == told
    assert told[2].verdict is Verdict.COPY


def test_a_copy_rests_on_a_kept_text(index: SqliteIndex, article: Make) -> None:
    """A copy of a copy names the original, which is in the warehouse, not the copy, which isn't."""
    tell_apart(article("first", STORY), index)
    tell_apart(article("second", STORY + "\nContinue reading...", source="b.example"), index)
    told = tell_apart(article("third", STORY + "\nContinue reading...", source="c.example"), index)
    assert (told.verdict, told.of) == (Verdict.COPY, "first")


def test_a_kill_loses_no_article_and_halves_none(tmp_path: Path, article: Make) -> None:
    """Killed in the middle of a load, the file opens, holds whole articles only, and ends as if nothing had happened."""
    path, whole = tmp_path / "killed.sqlite", tmp_path / "whole.sqlite"
    script = textwrap.dedent(
        """
        import os, signal, sys
        from etl.adapters.index import SqliteIndex
        from tests.duplicates.test_index import stream
        from tests.duplicates.conftest import make_article
        from etl.duplicates import tell_apart
        index = SqliteIndex(sys.argv[1])
        index.begin("load")
        for document in stream(make_article)[:5]:
            tell_apart(document, index)
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=Path(__file__).parents[2], env={**os.environ}, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    index, other = SqliteIndex(path), SqliteIndex(whole)
    assert [article_id for _, article_id in index.pending()] == list("abcde")
    index.discard("load")
    for place in (index, other):
        place.begin("load")
        for document in stream(article):
            tell_apart(document, place)
        place.confirm("load")
        place.close()
    assert dump(path) == dump(whole)


def test_old_texts_leave_and_verdicts_stay(index: SqliteIndex, article: Make) -> None:
    """After the retention a text is compared no more, its verdict is still known, and what is younger is as it was."""
    old, young = tell_apart(article("old", STORY, day=1), index), tell_apart(article("young", OTHER, day=20), index)
    assert index.forget_before(datetime(2017, 7, 10, tzinfo=UTC)) == 1
    assert index.forget_before(datetime(2017, 7, 10, tzinfo=UTC)) == 0
    assert (index.told("old"), index.told("young")) == (old, young)
    assert tell_apart(article("again", STORY, source="b.example", day=20), index).reason == "exact"
    assert tell_apart(article("trimmed", "\n".join(STORY.split("\n")[:4]), source="b.example", day=20), index).verdict is Verdict.ORIGINAL
    assert tell_apart(article("copy", OTHER + "\nContinue reading...", source="b.example", day=20), index).of == "young"


def test_the_earliest_publication_is_the_groups_original(index: SqliteIndex, article: Make) -> None:
    """Who carried a text and when is kept, copies too; an earlier date that comes in later goes first."""
    tell_apart(article("first", STORY, day=7), index)
    tell_apart(article("earlier", STORY, source="wire.example", day=6), index)
    tell_apart(article("later", STORY, source="late.example", day=8), index)
    assert [row[0] for row in index.carriers("first")] == ["earlier", "first", "later"]
    assert [row[1] for row in index.carriers("first")] == ["wire.example", "news.example", "late.example"]


def test_a_rebuilt_index_is_the_same(tmp_path: Path, article: Make) -> None:
    """Made anew from all articles in their order, the index holds the same rows; the old file stands until the new one is whole."""
    path, documents = tmp_path / "i.sqlite", stream(article)
    index = SqliteIndex(path)
    for document in documents:
        tell_apart(document, index)
    index.close()
    before = dump(path)
    assert rebuild(iter(documents), path) == len(documents)
    assert dump(path) == before


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    """A file of a later version, or one that is no index, ends in a storage error that names it."""
    later, broken = tmp_path / "later.sqlite", tmp_path / "broken.sqlite"
    db = sqlite3.connect(later)
    db.execute("pragma user_version = 99")
    db.close()
    broken.write_bytes(b"no database at all" * 100)
    for path in (later, broken):
        with pytest.raises(StorageError, match=path.name):
            SqliteIndex(path)


def test_one_thread_after_the_other_may_use_it(index: SqliteIndex, article: Make) -> None:
    """The pipeline tells articles apart in a worker thread, and confirms in its own."""
    with ThreadPoolExecutor(1) as pool:
        index.begin("one")
        told = pool.submit(tell_apart, article("first", STORY), index).result()
    index.confirm("one")
    assert index.told("first") == told
