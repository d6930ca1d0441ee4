"""Read a TOML file into a declared type, or say with file, line and column what can't be meant."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from etl.errors import ConfigError

T = TypeVar("T")

_HEADER = re.compile(r"^\s*(\[\[|\[)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_STEP = re.compile(r"\.([A-Za-z0-9_-]+)|\[(\d+|\.\.\.)\]")


def read_toml(path: Path, kind: type[T]) -> T:
    """The file as a `kind` (a msgspec Struct). Raises ConfigError for bad TOML, unknown keys, wrong types and missing keys."""
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _decode_place(error, text)
        raise ConfigError(str(error).split(" (at ")[0], path=path, line=line, column=column) from error
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        steps = _steps(where.rstrip("`"))
        if unknown := re.search(r"unknown field `([^`]+)`", message):
            steps = (*steps, unknown[1])
            message = f"unknown key '{unknown[1]}'" + meant(unknown[1], _fields_at(kind, steps[:-1]))
        line, column = locate(text, _concrete(data, steps))
        raise ConfigError(message, path=path, line=line, column=column) from error


def read_text(path: Path) -> str:
    """The file's text. Raises ConfigError where it is missing or isn't UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"is not UTF-8 (byte {error.start})", path=path) from error


def complain(path: Path, steps: Iterable[str | int], message: str) -> ConfigError:
    """A ConfigError that points at the key reached by `steps`, e.g. ("alert", 0, "metrics")."""
    line, column = locate(read_text(path), tuple(steps))
    return ConfigError(message, path=path, line=line, column=column)


def meant(word: str, known: Iterable[str]) -> str:
    """", did you mean 'x'?", or what there is to choose from, or nothing."""
    names = sorted(set(known))
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; known: {', '.join(names)}" if 0 < len(names) <= 12 else ""


def locate(text: str, steps: tuple[str | int, ...]) -> tuple[int, int]:
    """Line and column (from 1) of a key in a TOML text: the deepest part of the path that is found. (0, 0) for the empty path."""
    best, depth = (0, 0), 0
    seen: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _table(header[1], _names(header[2]), seen)
            here = table
        elif key := _KEY.match(line):
            here = (*table, *_names(key[1]))
        else:
            continue
        shared = _shared(here, steps)
        if shared == len(here) and shared > depth:
            depth, best = shared, (number, len(line) - len(line.lstrip()) + 1)
            if rest := [s for s in steps[shared:] if isinstance(s, str)]:  # inside an inline table
                inner = re.search(rf"""\b{re.escape(rest[-1])}\s*=""", line)
                best = (number, inner.start() + 1) if inner else best
    return best


def _table(brackets: str, names: list[str], seen: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    path: tuple[str | int, ...] = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in seen:
            path = (*path, seen[path])
    path = (*path, names[-1])
    if brackets == "[[":
        seen[path] = seen.get(path, -1) + 1
        path = (*path, seen[path])
    return path


def _names(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"""[^."']+|"[^"]*"|'[^']*'""", dotted) if part.strip()]


def _shared(here: tuple[str | int, ...], steps: tuple[str | int, ...]) -> int:
    count = 0
    for a, b in zip(here, steps, strict=False):
        if a != b:
            break
        count += 1
    return count


def _steps(where: str) -> tuple[str | int, ...]:
    return tuple(int(i) if i and i != "..." else (name or "...") for name, i in _STEP.findall(where))


def _concrete(data: Any, steps: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Replace the checker's `[...]` (some key of a mapping) by nothing that can be known: the path ends there."""
    return steps[: steps.index("...")] if "..." in steps else steps


def _fields_at(kind: Any, steps: tuple[str | int, ...]) -> list[str]:
    """The declared keys of the struct that `steps` leads to."""
    node = msgspec.inspect.type_info(kind)
    for step in (None, *steps):
        if step is not None:
            node = _child(node, step)
        while isinstance(node, msgspec.inspect.UnionType):
            node = next((t for t in node.types if not isinstance(t, msgspec.inspect.NoneType)), node.types[0])
    return [f.encode_name for f in node.fields] if isinstance(node, msgspec.inspect.StructType) else []


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, msgspec.inspect.StructType):
        return next((f.type for f in node.fields if f.encode_name == step), node)
    if isinstance(node, msgspec.inspect.DictType):
        return node.value_type
    return getattr(node, "item_type", node)


def _decode_place(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, int]:
    if place := re.search(r"line (\d+), column (\d+)", str(error)):
        return int(place[1]), int(place[2])
    return text.count("\n") + 1, 1
