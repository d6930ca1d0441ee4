from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.adapters import index_features, index_postings
from etl.adapters.index import SqliteIndex, rebuild
from etl.adapters.index_features import LatestFeatures
from etl.duplicates import Document, remember, tell_apart
from etl.errors import StorageError
from etl.model import Telling, Verdict
from tests.duplicates.conftest import MORE, OTHER, STORY

Make = Callable[..., Document]


def stream(article: Make) -> list[Document]:
    """Ten articles: originals, copies, a revision, a longer copy and its end."""
    return [
        article("a", STORY),
        article("b", OTHER, source="port.example"),
        article("c", STORY + "\nSubscribe to our newsletter.", source="c.example"),
        article("d", STORY.replace("23.16", "24.2"), source="d.example"),
        article("e", OTHER.replace("48 million", "51 million"), source="e.example"),
        article("f", "\n".join(STORY.split("\n")[1:]), source="f.example"),
        article("g", OTHER, source="g.example"),
        article("h", STORY.replace("23.16", "24.2"), source="h.example"),
        article("i", STORY + "\n" + MORE, source="i.example"),
        article("j", MORE, source="j.example"),
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
    """Loads of one, of three and of all give the same verdicts and the same rows."""
    documents, seen = stream(article), []
    for size in (1, 3, 10):
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


KILLED = """
import os, signal, sqlite3, sys
from etl.adapters import index_postings
from etl.adapters.index import SqliteIndex
from etl.duplicates import tell_apart
from tests.duplicates.conftest import make_article
from tests.duplicates.test_index import stream

index_postings.TOGETHER = 3


class Mortal(sqlite3.Connection):
    left = 1 << 30

    def execute(self, *given):
        Mortal.left -= 1
        if not Mortal.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*given)


connect = sqlite3.connect
sqlite3.connect = lambda *given, **more: connect(*given, **more, factory=Mortal)


def live(path, statements):
    Mortal.left = statements
    index = SqliteIndex(path)
    for load, documents in enumerate((stream(make_article)[:4], stream(make_article)[4:])):
        index.begin(f"load {load}")
        for document in documents:
            tell_apart(document, index)
        index.confirm(f"load {load}")
    os._exit(0)


for statements in range(5, int(sys.argv[2]), 7):
    child = os.fork()
    if not child:
        live(f"{sys.argv[1]}/{statements}.sqlite", statements)
    print(statements, os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
"""


def test_a_kill_at_any_point_changes_no_answer(tmp_path: Path, article: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at any statement, the file opens with whole articles only, and what is done again gets the verdicts of an undisturbed run."""
    monkeypatch.setattr(index_postings, "TOGETHER", 3)
    root, documents = Path(__file__).parents[2], stream(article)
    whole = SqliteIndex(":memory:")
    expected = [tell_apart(document, whole) for document in documents]
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "300"], cwd=root, check=True, capture_output=True, text=True)
    ends = [line.split() for line in done.stdout.splitlines()]
    assert sum(end == str(int(signal.SIGKILL)) for _, end in ends) > 15
    for statements, _ in ends:
        index = SqliteIndex(tmp_path / f"{statements}.sqlite")
        for load_id in index.pending_loads():  # as after a stop before the warehouse had the load
            index.discard(load_id)
        assert {index.told(document.id) for document in documents} <= {None, *expected}
        assert [tell_apart(document, index) for document in documents] == expected, statements
        index.close()


@pytest.mark.parametrize("together", [1, 2, 512])
def test_what_is_still_in_memory_counts_like_what_is_in_the_tables(
    together: int, tmp_path: Path, article: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many texts' keys go into the tables at one time changes no verdict, nor does closing the file between two articles."""
    expected = [tell_apart(document, index) for index in [SqliteIndex(":memory:")] for document in stream(article)]
    monkeypatch.setattr(index_postings, "TOGETHER", together)
    for document, telling in zip(stream(article), expected, strict=True):
        index = SqliteIndex(tmp_path / "i.sqlite")
        assert tell_apart(document, index) == telling
        index.close()


def test_the_latest_features_are_those_of_a_plain_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorted in or in lists, read from the file or added since: the newest texts that hold each feature, up to a limit, none too old."""
    monkeypatch.setattr(index_features, "TAIL", 5)
    texts = [(n, 1000 + 7 * n % 50, sorted({n % 3, n % 5 + 10, -n})) for n in range(4, 60) if n % 4]
    rows = [(n, at, array("i", keys).tobytes()) for n, at, keys in texts[:20]]
    latest = LatestFeatures(rows)
    for n, at, keys in texts[20:]:
        latest.add(n, at, keys, n - 40)
        asked, beyond = [0, 1, 2, 12, -n, 99], n - 25
        found = latest.holders(asked, beyond, 6)
        wanted = [[(m, when) for m, when, held in texts if beyond < m <= n and key in held][-6:] for key in asked]
        assert found.sizes.tolist() == [len(one) for one in wanted]
        assert list(zip(found.numbers.tolist(), found.moments.tolist(), strict=True)) == [pair for one in wanted for pair in one]


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


def test_the_fullest_text_is_compared_with(index: SqliteIndex, article: Make) -> None:
    """A longer copy without a figure of its own is dropped, but what it has more than its original is known from then on."""
    tell_apart(article("first", STORY), index)
    assert tell_apart(article("end", MORE, source="a.example"), index).verdict is Verdict.ORIGINAL
    other = SqliteIndex(":memory:")
    tell_apart(article("first", STORY), other)
    longer = tell_apart(article("longer", STORY + "\n" + MORE, source="b.example", day=6), other)
    end = tell_apart(article("end", MORE, source="c.example"), other)
    assert [(told.verdict, told.of, told.group_id) for told in (longer, end)] == [(Verdict.COPY, "first", "first")] * 2
    sizes = {row[0]: row[3] for row in other.carriers("first")}
    assert (next(iter(sizes)), max(sizes, key=sizes.__getitem__)) == ("longer", "longer")
    other.close()


@pytest.mark.parametrize("stands", [True, False])
def test_a_rebuilt_index_is_the_same(stands: bool, tmp_path: Path, article: Make) -> None:
    """Made anew from all articles in their order, with their verdicts or without, the index holds the same rows."""
    path, documents = tmp_path / "i.sqlite", stream(article)
    index = SqliteIndex(path)
    told = [tell_apart(document, index) for document in documents]
    index.close()
    before = dump(path)
    verdicts = told if stands else [None] * len(told)
    assert rebuild(zip(documents, verdicts, strict=True), path) == len(documents)
    assert dump(path) == before


def test_a_verdict_that_stands_stays(index: SqliteIndex, article: Make) -> None:
    """Taken in with its verdict, an article keeps it, whatever it would be told today; what follows is compared with it."""
    first = Telling(article_id="first", verdict=Verdict.ORIGINAL, of=None, coverage=0.0, reason="new", group_id="first")
    kept = Telling(article_id="kept", verdict=Verdict.REVISION, of="first", coverage=0.9, reason="numbers", group_id="first")
    remember(article("first", STORY), first, index)
    remember(article("kept", STORY, source="b.example"), kept, index)
    remember(article("kept", OTHER, source="b.example"), first, index)
    assert (index.told("first"), index.told("kept")) == (first, kept)
    assert tell_apart(article("copy", STORY, source="c.example"), index).of == "first"


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
