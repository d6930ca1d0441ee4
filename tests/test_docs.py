"""The manual says what is true: every command, metric, drop reason and link is there."""

import re
from pathlib import Path

import pytest

from etl.model import DropReason
from etl.places import config_dir
from etl.spec.metrics import read_metrics

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_command_is_in_the_manual() -> None:
    """A command nobody can find isn't there."""
    text = "\n".join(page.read_text() for page in PAGES)
    commands = {p.stem for p in (ROOT / "etl" / "commands").glob("*.py") if "def register" in p.read_text()}
    assert {c for c in commands if f"figurewatch {c}" not in text and f"`{c}`" not in text} == set()


def test_every_drop_reason_is_explained() -> None:
    """Whoever asks why something was dropped finds the answer."""
    text = (ROOT / "docs" / "dropped.md").read_text()
    assert {reason.value for reason in DropReason if f"`{reason.value}`" not in text} == set()


def test_every_metric_is_on_its_page() -> None:
    """The metrics page lists what is read."""
    text = (ROOT / "docs" / "metrics.md").read_text()
    assert {m.name for m in read_metrics(config_dir()) if m.name not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    """No link of the manual is broken."""
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target
