"""How answers are printed: a table when a person watches, else tab-separated lines; CSV and JSON on demand."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

FORMATS = ("table", "csv", "json", "jsonl")
_SCALES: tuple[tuple[int, str], ...] = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def print_rows(names: Sequence[str], rows: Sequence[Sequence[Any]], form: str = "table") -> None:
    """Print the rows in one of FORMATS."""
    if form == "json":
        print(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1, default=plain))
    elif form == "jsonl":
        for row in rows:
            print(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=plain))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cell(value) for value in row] for row in rows)
    elif sys.stdout.isatty():
        _print_table(names, rows)
    else:
        for row in (names, *rows):
            print("\t".join(cell(value).replace("\t", " ").replace("\n", " ") for value in row))


def _print_table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(header_style="bold")
    for place, name in enumerate(names):
        is_number = any(isinstance(row[place], int | float | Decimal) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(cell(value).replace("[", r"\[") for value in row))
    Console().print(table)
    print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


def cell(value: Any) -> str:
    """One value as text: whole numbers without a point, lists and structs as JSON, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=plain)
    return str(value)


def plain(value: Any) -> Any:
    """What JSON has no form for: times as ISO 8601 in UTC, decimals as numbers."""
    if isinstance(value, datetime):
        return value.isoformat() + ("" if value.tzinfo else "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def amount(row: dict[str, Any]) -> str:
    """A figure as a person would write it: over 23.16 million, 14.1 %, USD 14.7 billion, rank 5, −4 pp."""
    low, high = row["amount"], row.get("amount_high")
    number = scaled(low) if high is None else f"{scaled(low)} – {scaled(high)}"
    unit, currency = row["unit"], row.get("currency")
    text = {
        "currency": f"{currency or ''} {number}".strip(), "percent": f"{number} %", "pp": f"{number} pp", "ratio": f"{number} ×",
        "ordinal": f"no. {number}",
    }.get(unit, number)  # fmt: skip
    before = {"approx": "about ", "gt": "over ", "lt": "under "}.get(row.get("bound") or "", "")
    return f"{before}{text}{' a ' + row['per'] if row.get('per') else ''}"


def scaled(value: float | Decimal | None) -> str:
    """23160000 → 23.16 million; 2895 → 2,895; 14.10 → 14.1."""
    if value is None:
        return ""
    value = float(value)
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{_short(value / scale)} {word}"
    return _short(value)


def signed(value: float | None) -> str:
    return "" if value is None else ("+" if value > 0 else "") + scaled(value)


def _short(value: float) -> str:
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0", "0") or not value else f"{value:.3g}"
