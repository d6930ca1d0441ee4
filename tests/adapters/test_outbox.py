"""The outbox, in a SQLite file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.adapters.outbox import SqliteOutbox
from etl.errors import MailError, StorageError
from etl.model import Alert

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def alert(name: str = "one", raw: bytes = b"Subject: a figure\r\n\r\n\x00\xff") -> Alert:
    return Alert(
        alert_id=name, rule="r", group="g", receivers=("a@b.example",), shift_ids=("s",), subject="a figure",
        message_id=f"<{name}@x.example>", raw=raw,
    )  # fmt: skip


def test_a_mail_waits_for_its_load(tmp_path: Path) -> None:
    """Pending until confirmed; discarded, it is forgotten."""
    box = SqliteOutbox(tmp_path / "o")
    box.put([alert("one")], "load 1")
    box.put([alert("two")], "load 2")
    assert box.due(NOW) == [] and box.pending_loads() == {"load 1", "load 2"}
    box.confirm("load 1")
    box.discard("load 2")
    assert [m.alert_id for m in box.due(NOW)] == ["one"] and box.pending_loads() == set()
    box.close()


def test_a_mail_is_kept_once_with_its_first_bytes(tmp_path: Path) -> None:
    """Put twice, it is there once, also after it was sent, and its bytes are the first ones."""
    box = SqliteOutbox(tmp_path / "o")
    box.put([alert()])
    box.put([alert(raw=b"other")])
    assert [m.raw for m in box.due(NOW)] == [alert().raw]
    box.mark_sending("one", NOW)
    box.mark_sent("one", NOW)
    box.put([alert()])
    assert box.due(NOW) == [] and [m.status for m in box.all()] == ["sent"]
    box.close()


def test_what_was_being_sent_when_the_process_died_is_due_again(tmp_path: Path) -> None:
    """Once the sending process resumes, the interrupted mail is due, byte for byte the same; whoever just looks changes nothing."""
    box = SqliteOutbox(tmp_path / "o")
    box.put([alert()])
    box.mark_sending("one", NOW)
    assert box.due(NOW) == []
    box.close()
    box = SqliteOutbox(tmp_path / "o")
    assert [m.status for m in box.all()] == ["sending"]
    box.resume()
    assert [(m.raw, m.message_id, m.attempts) for m in box.due(NOW)] == [(alert().raw, "<one@x.example>", 1)]
    box.close()


def test_trouble_is_tried_again_ever_less_often(tmp_path: Path) -> None:
    """After 1, 2, 4… minutes, at most 4 hours, without end; a refusal for good ends it until someone asks again."""
    box = SqliteOutbox(tmp_path / "o")
    box.put([alert()])
    waits = []
    for _ in range(12):
        box.mark_sending("one", NOW)
        box.mark_failed("one", MailError("down"), NOW)
        waits.append(next(m for m in range(1, 300) if box.due(NOW + timedelta(minutes=m))))
    assert waits[:4] == [1, 2, 4, 8] and waits[-1] == 240
    box.mark_failed("one", MailError("no such box", is_permanent=True), NOW)
    assert box.due(NOW + timedelta(days=9)) == [] and box.all()[0].status == "refused"
    assert box.retry("one") and len(box.due(NOW)) == 1
    box.close()


def test_who_has_the_mail_does_not_get_it_again(tmp_path: Path) -> None:
    """After a partial refusal only those who were put off are left."""
    box = SqliteOutbox(tmp_path / "o")
    box.put([alert()])
    box.mark_sending("one", NOW)
    box.mark_failed("one", MailError("not for c", receivers=("c@b.example",)), NOW)
    assert [m.receivers for m in box.due(NOW + timedelta(minutes=1))] == [("c@b.example",)]
    box.close()


def test_a_file_that_is_no_outbox_is_named(tmp_path: Path) -> None:
    """A broken file is a StorageError, not a crash."""
    (tmp_path / "o").write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(StorageError):
        SqliteOutbox(tmp_path / "o")
