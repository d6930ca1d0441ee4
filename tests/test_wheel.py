"""The wheel holds the code and the defaults, and nothing of an analyst's data."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as a release would be, with data lying in the checkout's warehouse/ as they do on an analyst's machine."""
    folder = tmp_path_factory.mktemp("wheel")
    stray = ROOT / "warehouse" / "stray-test.duckdb"
    stray.write_bytes(b"an analyst's data")
    try:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    finally:
        stray.unlink()
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_defaults_and_no_data(wheel: Path) -> None:
    """All of config/ and of the SQL folders, by name; no snapshot, no page, no state."""
    names = {n.removeprefix("etl/_defaults/") for n in zipfile.ZipFile(wheel).namelist() if n.startswith("etl/_defaults/")}
    wanted = [p for p in (ROOT / "config").rglob("*") if p.is_file()]
    wanted += [p for kind in ("migrations", "views", "queries") for p in (ROOT / "warehouse" / kind).rglob("*") if p.is_file()]
    assert names == {str(p.relative_to(ROOT)) for p in wanted}
    others = {n.split("/")[0] for n in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in others if not name.endswith(".dist-info")} == {"etl"}


def test_the_installed_copy_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, it finds its defaults, and its data go to the user's data folder."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {k: v for k, v in os.environ.items() if not k.startswith("FIGUREWATCH_")}
    env |= {"PYTHONPATH": str(tmp_path / "site"), "XDG_DATA_HOME": str(tmp_path / "data")}
    code = (
        "import etl, sys; assert etl.__file__.startswith(sys.argv[1]), etl.__file__; "
        "from etl.cli import main; sys.exit(main(sys.argv[2:]))"
    )

    def figurewatch(*words: str, feed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, str(tmp_path), *words]
        return subprocess.run(command, cwd=tmp_path, env=env, input=feed, capture_output=True, text=True)

    checked = figurewatch("check")
    assert checked.returncode == 0, checked.stderr
    assert str(tmp_path / "site") in checked.stdout
    line = '{"doc_id": "a", "text": "Xiaomi shipped 23.16 million smartphones in Q2 2017.", "published": "2017-07-07"}\n'
    read = figurewatch("claims", feed=line)
    assert '"amount": 23160000' in read.stdout, read.stderr
    text = tmp_path / "note.txt"
    text.write_text("Xiaomi shipped 42.4 million smartphones in the second quarter of 2025, according to Canalys.\n")
    loaded = figurewatch("ingest", str(text), "--published", "2025-08-01")
    assert loaded.returncode == 0, loaded.stderr
    assert (tmp_path / "data" / "figurewatch" / "figures.duckdb").exists()
