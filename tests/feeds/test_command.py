"""`figurewatch feeds` from the outside, against a server that changes its mind."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from etl.cli import main

FEED = (Path(__file__).parent / "golden" / "rss20.xml").read_bytes()
Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def serve(answer: Callable[[str, dict[str, str], int], Answer]) -> Iterator[str]:
    """A server that answers each request by (path, headers, how many came before)."""
    count = [0]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.path, dict(self.headers), count[0])
            count[0] += 1
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def swift(tmp_path: Path) -> str:
    """A configuration without pauses."""
    source = Path(__file__).resolve().parents[2] / "config"
    for name in ("settings.toml", "feeds.toml"):
        text = (source / name).read_text()
        (tmp_path / name).write_text("\n".join("pause_s = 0" if line.startswith("pause_s") else line for line in text.splitlines()))
    return str(tmp_path)


def poll(capsys: pytest.CaptureFixture[str], config: str, *args: str) -> tuple[int, list[dict[str, Any]]]:
    status = main(["--config", config, "feeds", "poll", *args, "--json"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_feed_that_knows_its_etag(capsys: pytest.CaptureFixture[str], swift: str) -> None:
    """The second poll is conditional; each line has all its fields."""

    def answer(path: str, headers: dict[str, str], before: int) -> Answer:
        return (304, {}, b"") if headers.get("If-None-Match") == '"7"' else (200, {"ETag": '"7"'}, FEED)

    with serve(answer) as base:
        status, lines = poll(capsys, swift, f"{base}/feed", "--times", "2")
    assert status == 0
    assert [(line["outcome"], line["entries"]) for line in lines] == [("ok", 3), ("not_modified", 0)]
    assert all(list(line) == ["url", "outcome", "entries", "stored_url", "next_poll_in_s", "elapsed_s", "error"] for line in lines)
    assert all(line["next_poll_in_s"] >= 900 and line["error"] is None for line in lines)


def test_a_feed_that_moves(capsys: pytest.CaptureFixture[str], swift: str) -> None:
    """The stored address changes with the third confirmation, not with the first redirect."""

    def answer(path: str, headers: dict[str, str], before: int) -> Answer:
        return (301, {"Location": "/new"}, b"") if path == "/old" else (200, {}, FEED)

    with serve(answer) as base:
        status, lines = poll(capsys, swift, f"{base}/old", "--times", "4")
    assert status == 0
    assert [line["outcome"] for line in lines] == ["ok", "ok", "moved", "ok"]
    assert [line["stored_url"].rsplit("/", 1)[1] for line in lines] == ["old", "old", "new", "new"]


@pytest.mark.parametrize(
    ("answered", "outcome", "least"),
    [
        ((410, {}, b""), "gone", None),
        ((429, {"Retry-After": "7200"}, b""), "backoff", 7200),
        ((200, {}, b"<html><title>Welcome</title></html>"), "error", 900),
        ((200, {}, b""), "error", 900),
        ((302, {"Location": "http://192.168.7.7/"}, b""), "blocked", 900),
    ],
)
def test_polls_that_fail(capsys: pytest.CaptureFixture[str], swift: str, answered: Answer, outcome: str, least: float | None) -> None:
    """Each has its word, its error and its wait; the exit status is 1."""
    with serve(lambda path, headers, before: answered) as base:
        status, (line,) = poll(capsys, swift, f"{base}/feed")
    assert (status, line["outcome"], bool(line["error"])) == (1, outcome, True)
    assert line["next_poll_in_s"] is None if least is None else line["next_poll_in_s"] >= least


def test_addresses_that_are_none(capsys: pytest.CaptureFixture[str], swift: str) -> None:
    """A usage error ends with exit status 2."""
    assert main(["--config", swift, "feeds", "poll", "file:///etc/passwd"]) == 2
    assert "is no http or https address" in capsys.readouterr().err


def test_the_declared_feeds(capsys: pytest.CaptureFixture[str], swift: str, tmp_path: Path) -> None:
    """Each declared feed has a line, also where nothing was ever polled; nothing is created for it."""
    assert main(["--home", str(tmp_path / "home"), "--config", swift, "feeds", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("GSMArena")
    assert lines[-1] == "37 feeds, 37 not verified yet"
    assert not (tmp_path / "home").exists()
