"""Golden files: texts of our own, each with every figure that a careful reader takes from it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def cases(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Each text of a golden file with its day and the lines of its figures."""
    day, text, figures = "", "", list[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            figures.append(line.strip())
        elif line and not line.startswith("#"):
            if text:
                yield day, text, figures
            (day, _, text), figures = line.partition(" "), []
    yield day, text, figures


def plain(amount: Decimal) -> str:
    """The amount in digits, without exponent or empty decimals."""
    return f"{amount.normalize():f}"
