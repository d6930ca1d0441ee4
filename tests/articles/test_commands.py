"""`figurewatch clean` as its users meet it: lines in, lines out, and what --explain shows."""

# ruff: noqa: E501 (lines of input stay whole)
from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from etl.articles import clean_text
from etl.cli import main

GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(__file__).resolve().parents[3] / "shared"


def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *rows: object) -> tuple[int, list[dict[str, object]]]:
    lines = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines.encode())))
    status = main(["clean"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_lines_are_answered_in_their_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """HTML in the line, packed bytes on disk and plain text each yield a line with every field; a bad line yields its error and status 1."""
    body = (GOLDEN / "trade_weekly.html").read_bytes()
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(body))
    (tmp_path / "a.txt").write_text("Orbit shipped 9.2 million phones.\nAdvertisement\n", encoding="utf-8")
    rows = ({"doc_id": "1", "url": None, "html": body.decode()}, {"doc_id": "2", "html_path": str(tmp_path / "a.html.gz")}, "{broken",
            {"doc_id": "4", "html_path": str(tmp_path / "a.txt")}, {"doc_id": "5", "html": ""})  # fmt: skip
    status, found = answers(monkeypatch, capsys, *rows)
    assert status == 1
    assert [row["doc_id"] for row in found] == ["1", "2", None, "4", "5"]
    assert found[0]["text"] == found[1]["text"]
    assert found[0]["published"] == "2019-07-03T00:30:00+08:00"
    assert {"title", "byline", "published", "language", "canonical_url", "text", "dropped"} <= found[0].keys()
    assert "error" in found[2]
    assert found[3]["text"] == "Orbit shipped 9.2 million phones."
    assert found[4]["dropped"] == "empty"


def test_explain_names_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    """Each thing that was dropped stands with its rule, each kept line with a plus."""
    assert main(["clean", "--explain", str(GOLDEN / "trade_weekly.html")]) == 0
    out = capsys.readouterr().out
    assert "- caption" in out
    assert "- comments" in out
    assert "+ Shops before screens" in out


def test_explain_of_what_is_not_there_is_a_mistake_of_use(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that isn't there ends with status 2 and says so."""
    assert main(["clean", "--explain", "nowhere.html"]) == 2
    assert "no file nowhere.html" in capsys.readouterr().err


def test_the_seed_texts_lose_every_line_of_boilerplate_and_keep_the_rest() -> None:
    """The five seed texts, against the list of lines that no reader would count as the article."""
    if not (SHARED / "seeds" / "boilerplate.json").is_file():
        pytest.skip("the shared seeds aren't here")
    listed = json.loads((SHARED / "seeds" / "boilerplate.json").read_text(encoding="utf-8"))
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        clutter = {" ".join(line.split()) for line in listed[path.stem]}
        lines = [" ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        assert [" ".join(line.split()) for line in clean_text(path.read_text(encoding="utf-8")).split("\n")] == [x for x in lines if x not in clutter]
