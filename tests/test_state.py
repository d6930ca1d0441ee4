"""The queue: what was announced is fetched, loaded and remembered, across stops."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.adapters.state import State
from etl.errors import StorageError
from etl.model import Entry, Page

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def entry(url: str = "https://a.example/1", updated: datetime | None = None) -> Entry:
    return Entry(feed="https://a.example/feed", url=url, guid=None, title="t", summary="", author=None, published=NOW, updated=updated)


def page(url: str = "https://a.example/1") -> Page:
    return Page(url=url, requested_url=url, status=200, content_type="text/html", body=b"x", sha256="00", fetched_at=NOW)


def test_an_entry_is_queued_once() -> None:
    """A feed repeats its entries at every poll; each is fetched one time."""
    state = State(":memory:")
    assert state.keep_poll("f", "{}", [("k", entry())], NOW, may_mail=True) == ["https://a.example/1"]
    assert state.keep_poll("f", "{}", [("k", entry())], NOW, may_mail=True) == []
    assert [i.url for i in state.wanted(NOW, 9)] == ["https://a.example/1"]


def test_an_updated_entry_is_queued_again() -> None:
    """A correction under the same address is read, once."""
    state = State(":memory:")
    state.keep_poll("f", "{}", [("k", entry())], NOW, may_mail=False)
    item = state.wanted(NOW, 1)[0]
    state.keep_fetched(item.item_id, page())
    state.end_load("load", [(item.item_id, "loaded", "")], NOW)
    later = entry(updated=NOW + timedelta(hours=5))
    assert state.keep_poll("f", "{}", [("k", later)], NOW, may_mail=True) == ["https://a.example/1"]
    again = state.wanted(NOW, 1)[0]
    assert again.may_mail
    state.keep_fetched(again.item_id, page())
    state.end_load("load2", [(again.item_id, "loaded", "")], NOW)
    assert state.keep_poll("f", "{}", [("k", later)], NOW, may_mail=True) == []


def test_what_is_put_off_waits() -> None:
    """A page that failed comes again at its time, not before."""
    state = State(":memory:")
    state.keep_poll("f", "{}", [("k", entry())], NOW, may_mail=False)
    state.postpone(state.wanted(NOW, 1)[0].item_id, NOW + timedelta(minutes=4), "timeout")
    assert state.wanted(NOW + timedelta(minutes=3), 9) == []
    assert [(i.attempts) for i in state.wanted(NOW + timedelta(minutes=4), 9)] == [1]
    assert state.failing() == [("https://a.example/1", 1, "timeout")]


def test_the_state_outlives_the_process(tmp_path: Path) -> None:
    """Closed and opened again, the queue stands where it stood."""
    first = State(tmp_path / "s.sqlite")
    first.keep_poll("f", '{"etag": "1"}', [("k", entry())], NOW, may_mail=True)
    first.keep_fetched(first.wanted(NOW, 1)[0].item_id, page())
    first.close()
    second = State(tmp_path / "s.sqlite")
    second.line_up()
    assert second.feed_states() == {"f": '{"etag": "1"}'}
    ready = second.ready(9)
    assert [(i.url, i.entry, i.may_mail) for i in ready] == [("https://a.example/1", entry(), True)]
    assert ready[0].page is not None
    assert ready[0].page["fetched_at"] == NOW.isoformat()


def test_handed_in_again_replaces_and_never_mails() -> None:
    """`ingest` of the same address twice is one item, with the newer page."""
    state = State(":memory:")
    first = state.hand_in("k", entry(), page())
    assert state.hand_in("k", entry(), replace(page(), sha256="11")) == first
    ready = state.ready(9)
    assert [(i.may_mail, i.page and i.page["sha256"]) for i in ready] == [(False, "11")]


def test_pages_that_came_together_line_up_by_date() -> None:
    """By the announced date, then by address, those without a date last; a page that comes later or again stands behind them all."""
    state = State(":memory:")
    dates = {"d": None, "c": NOW, "b": NOW, "a": NOW + timedelta(days=1), "e": NOW - timedelta(days=1)}
    entries = {name: replace(entry(f"https://a.example/{name}"), published=date) for name, date in dates.items()}

    def come(*names: str) -> None:
        state.keep_poll("f", "{}", [(name, entries[name]) for name in names], NOW, may_mail=True)
        for item in state.wanted(NOW, 9):
            state.keep_fetched(item.item_id, page(item.url))

    come("d", "c", "b")
    assert state.ready(9) == []
    state.line_up()
    come("a", "e")
    state.line_up()
    state.line_up()
    assert [item.url[-1] for item in state.ready(9)] == ["b", "c", "d", "e", "a"]
    state.end_load("load", [(item.item_id, "loaded", "") for item in state.ready(2)], NOW)
    entries["c"] = replace(entries["c"], updated=NOW + timedelta(days=2))
    come("c")
    assert [item.url[-1] for item in state.ready(9)] == ["d", "e", "a"]
    state.line_up()
    assert [item.url[-1] for item in state.ready(9)] == ["d", "e", "a", "c"]


def test_handed_in_pages_line_up_as_they_are_handed_in() -> None:
    """Whatever their dates; one that is handed in again goes to the end."""
    state = State(":memory:")
    for name, days in (("a", 3), ("b", 1), ("c", 2), ("a", 3)):
        handed = replace(entry(f"https://a.example/{name}"), published=NOW + timedelta(days=days))
        state.hand_in(name, handed, page(handed.url))
    assert [item.url[-1] for item in state.ready(9)] == ["b", "c", "a"]


def test_a_queue_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    """A file without places opens; what it holds as loaded stays in its order, what waits for a load lines up."""
    path = tmp_path / "s.sqlite"
    old = State(path)
    for number, day in enumerate((5, 3, 4, 2)):
        handed = replace(entry(f"https://a.example/{number}"), published=NOW + timedelta(days=day))
        old.hand_in(str(number), handed, page(handed.url))
    old.end_load("load", [(item.item_id, "loaded", "") for item in old.ready(2)], NOW)
    old.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("drop index item_place; alter table item drop column place;")
    state = State(path)
    assert [item.url[-1] for item in state.ended()] == ["0", "1"]
    state.line_up()
    assert [item.url[-1] for item in state.ready(9)] == ["3", "2"]
    state.close()


def test_a_folder_that_is_not_there_is_a_storage_error(tmp_path: Path) -> None:
    """No traceback, exit status 5."""
    with pytest.raises(StorageError):
        State(tmp_path / "no" / "s.sqlite")
