"""The command line: help for everyone, a clear word and the right exit status for each mistake."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.cli import main

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [
    "run", "once", "demo", "check", "ingest", "replay", "sql", "figures", "shifts", "why", "clean", "claims", "quantities", "periods",
    "duplicates", "reindex", "feeds", "healthcheck", "doctor", "outbox", "export",
]  # fmt: skip


def figurewatch(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "etl", *words], cwd=ROOT, input=given, capture_output=True, text=True)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """What DESIGN promises is there, with a line of help each."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for command in COMMANDS:
        assert f"    {command} " in said or f"    {command}\n" in said, command


def test_an_unknown_command_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2, and what there is to choose from."""
    with pytest.raises(SystemExit) as ended:
        main(["frobnicate"])
    assert ended.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_a_config_mistake_is_placed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, line, column, what was meant; exit status 2."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    path = tmp_path / "config" / "settings.toml"
    path.write_text(path.read_text().replace("tick_s ", "tik_s "))
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if text.startswith("tik_s"))
    assert main(["--config", str(tmp_path / "config"), "check"]) == 2
    said = capsys.readouterr().err
    assert f"{path}:{line}:1" in said
    assert "did you mean 'tick_s'?" in said


def test_the_shipped_configuration_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    """`check` passes as it comes."""
    assert main(["check"]) == 0
    assert "all good" in capsys.readouterr().out


def test_an_unknown_metric_in_an_alert_rule_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names are checked across files."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    path = tmp_path / "config" / "alerts.toml"
    text = path.read_text()
    line = next(n for n, said in enumerate(text.splitlines(), 1) if said.startswith("metrics"))
    path.write_text(text.replace('"market_share"', '"market_shares"', 1))
    assert main(["--config", str(tmp_path / "config"), "check"]) == 2
    said = capsys.readouterr().err
    assert f"alerts.toml:{line}:" in said
    assert "did you mean 'market_share'?" in said


@pytest.mark.parametrize(
    ("file", "was", "wrong", "says"),
    [
        ("alerts.toml", "fires ", "fires = { hours_old = 1000.0 }  # ", "doesn't mail this example"),
        ("alerts.toml", "silent ", "silent = {}  # ", "which must stay silent"),
        ("settings.toml", "from ", 'from = "nobody"  # ', "'nobody' is no mail address"),
    ],
)
def test_what_check_tries_out(tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, was: str, wrong: str, says: str) -> None:
    """The examples beside a rule are held against it, and the sender must be an address; the line is told."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    path = tmp_path / "config" / file
    text = path.read_text()
    line = next(n for n, said in enumerate(text.splitlines(), 1) if said.startswith(was))
    path.write_text(text.replace("\n" + was, "\n" + wrong, 1))
    assert main(["--config", str(tmp_path / "config"), "check"]) == 2
    said = capsys.readouterr().err
    assert f"{file}:{line}:" in said and says in said


def test_a_bad_line_does_not_stop_a_filter() -> None:
    """A line with the error in its place, the rest goes on, exit status 1."""
    good = {"doc_id": "c", "text": "Xiaomi shipped 5 million phones in 2019.", "published": None}
    lines = ["{", json.dumps({"doc_id": "b"}), json.dumps(good)]
    for command in ("claims", "quantities", "periods"):
        done = figurewatch(command, given="\n".join(lines) + "\n")
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 1, done.stderr
        assert [row.get("doc_id") for row in rows[:2]] == [None, "b"]
        assert all("error" in row for row in rows[:2])
        assert all(row["doc_id"] == "c" and "error" not in row for row in rows[2:])


def test_healthcheck_without_a_daemon(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Says so, exit status 1."""
    assert main(["--home", str(tmp_path), "healthcheck"]) == 1
    assert "no daemon" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["claims", "quantities", "periods", "clean", "duplicates"])
def test_json_nested_too_deep_is_a_bad_line(command: str) -> None:
    """A line that no parser can follow is told of, and the next one is read."""
    good = json.dumps({"doc_id": "b", "text": "Xiaomi shipped 3 million phones in 2019.", "published": "2020-01-02", "title": "Phones"})
    done = figurewatch(command, given="[" * 100_000 + "\n" + good + "\n")
    first, *rest = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1 and first["error"].startswith("line 1: ") and rest and not any("error" in row for row in rest)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_the_answer_is_said() -> None:
    """Output that can't be written ends with 5 and one line."""
    given = json.dumps({"doc_id": "b", "text": "Xiaomi shipped 3 million phones in 2019.", "published": "2020-01-02"})
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "etl", "claims"], cwd=ROOT, input=given, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 5 and done.stderr.startswith("figurewatch: can't write the answer: ") and "Traceback" not in done.stderr
