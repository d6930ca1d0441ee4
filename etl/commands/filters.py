"""Filters: JSON Lines in, JSON Lines out, in the order of input. A bad line gets a line with its error, the rest goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from etl.errors import EtlError

Row = dict[str, Any]


def run_filter(answer: Callable[[Row], Iterable[Row]], needs: tuple[str, ...] = ("doc_id",)) -> int:
    """Answer each line of standard input with the rows of `answer`. Returns 1 if any line was bad, else 0."""
    status, write = 0, sys.stdout.write
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        row: Any = None
        try:
            row = json.loads(line)
            check_row(row, needs)
            answers = list(answer(row))
        except (ValueError, RecursionError, EtlError, OSError) as error:
            status = 1
            name = row.get("doc_id") if isinstance(row, dict) else None
            answers = [{"doc_id": name, "error": f"line {number}: {error}"}]
        for found in answers:
            write(json.dumps(found, ensure_ascii=False, default=_plain) + "\n")
        sys.stdout.flush()
    return status


def check_row(row: Any, needs: tuple[str, ...]) -> None:
    """Raises ValueError unless the row is an object that has what the filter needs."""
    if not isinstance(row, dict):
        raise ValueError("is no JSON object")
    for key in needs:
        if not isinstance(row.get(key), str):
            raise ValueError(f"'{key}' is missing or is no string")


def moment(value: Any) -> datetime | None:
    """An ISO 8601 date or time as an aware UTC time; None for null. Raises ValueError for anything else."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"'published' is no date: {value!r}")
    try:
        found = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError as error:
        raise ValueError(f"'published' is no date: {value!r}") from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _plain(value: Any) -> Any:
    """Decimals as JSON numbers: whole ones as integers, others with every digit that a float keeps."""
    if hasattr(value, "as_integer_ratio"):
        return int(value) if value == int(value) else float(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
