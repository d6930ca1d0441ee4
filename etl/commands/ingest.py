"""`figurewatch ingest PATH…`: texts, HTML files or JSON Lines manifests, read and loaded as if they had been fetched. Never mails.

A manifest's line: `doc_id`, `url`, `title`, `published`, `source`, and one of `text`, `text_path`, `html_path`
(paths relative to the manifest).
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.app import open_world
from etl.commands.accounts import print_account
from etl.commands.filters import check_row, moment
from etl.commands.progress import progress
from etl.duplicates.addresses import address_key
from etl.errors import UsageError
from etl.ledger import Ledger
from etl.model import Entry, Page
from etl.pipeline import HANDED_IN, load
from etl.places import Places, config_dir
from etl.spec.whole import Spec, read_spec

MANIFESTS = {".jsonl", ".ndjson"}
HTML = {".html", ".htm", ".xhtml"}
_LOOK = 4096  # bytes in which a NUL tells that a file is no text
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One document as it was handed in."""

    entry: Entry
    page: Page


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("ingest", help="read and load texts, HTML files or JSON Lines manifests; never mails")
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
    parser.add_argument("--published", metavar="DATE", help="publication date (ISO 8601) of plain files; manifests name their own")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    spec = read_spec(config_dir(args.config))
    try:
        published = moment(args.published)
    except ValueError as error:
        raise UsageError(f"--published takes a date like 2017-07-07 or 2017-07-07T09:30Z, not '{args.published}'") from error
    ledger = asyncio.run(_ingest(spec, Places.at(args.home), args.paths, published))
    print_account(ledger)
    return 1 if ledger.has_failures else 0


async def _ingest(spec: Spec, places: Places, paths: list[Path], published: datetime | None) -> Ledger:
    ledger = Ledger()
    async with open_world(spec, places) as world:
        for path in paths:
            for handed in _documents(path, published, world.now(), ledger):
                world.blobs.keep(handed.page.body)
                world.state.hand_in(address_key(handed.entry.url), handed.entry, handed.page)
        async with progress(world):
            while items := world.state.ready(spec.settings.daemon.load_at_most):
                await load(world, items, ledger, mail=False)
        await asyncio.to_thread(world.warehouse.publish, at_once=True)
    return ledger


def _documents(path: Path, published: datetime | None, now: datetime, ledger: Ledger) -> Iterator[Handed]:
    """What a path holds; what can't be read is told and passed over."""
    try:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix in MANIFESTS | HTML | {".txt", ".gz"})
            if not inside:
                raise ValueError("holds no text, HTML file or manifest")
            for inner in inside:
                yield from _documents(inner, published, now, ledger)
        elif path.suffix in MANIFESTS:
            yield from _manifest(path, now, ledger)
        else:
            row = {"url": path.absolute().as_uri(), "title": None, "source": "file"}
            yield _handed(row, _bytes(path), _type(path), published, now)
    except OSError as error:
        ledger.fail("ingest", str(path), ValueError(f"can't be read: {error.strerror or error}"))
    except ValueError as error:
        ledger.fail("ingest", str(path), error)


def _manifest(path: Path, now: datetime, ledger: Ledger) -> Iterator[Handed]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                _check(row)
                body, kind = _body(row, path.parent)
                row["url"] = row.get("url") or f"urn:figurewatch:{row['doc_id']}"
                yield _handed(row, body, kind, moment(row.get("published")), now)
            except json.JSONDecodeError as error:
                ledger.fail("ingest", f"{path}:{number}", ValueError(f"is no JSON: {error.msg} at column {error.pos + 1}"))
            except OSError as error:
                missing = ValueError(f"can't read {error.filename}: {error.strerror}" if error.filename else str(error))
                ledger.fail("ingest", f"{path}:{number}", missing)
            except RecursionError:
                ledger.fail("ingest", f"{path}:{number}", ValueError("is no JSON that can be read: it is nested too deep"))
            except ValueError as error:
                ledger.fail("ingest", f"{path}:{number}", error)


def _check(row: Any) -> None:
    """Raises ValueError unless the line has a `doc_id` and all that names it is text."""
    check_row(row, ("doc_id",))
    for key in ("url", "title", "published", "source", "text", "text_path", "html_path"):
        if not isinstance(row.get(key), str | None):
            raise ValueError(f"'{key}' is no string")


def _body(row: dict[str, Any], folder: Path) -> tuple[bytes, str]:
    if isinstance(row.get("text"), str):
        return row["text"].encode("utf-8", "surrogatepass"), "text/plain; charset=utf-8"
    for key in ("text_path", "html_path"):
        if isinstance(row.get(key), str):
            path = folder / row[key]
            return _bytes(path), _type(path)
    raise ValueError("has none of 'text', 'text_path' and 'html_path'")


def _bytes(path: Path) -> bytes:
    """What the file holds, unpacked. Raises OSError, and ValueError where it is cut short or no text."""
    body = path.read_bytes()
    if path.suffix == ".gz":
        try:
            body = gzip.decompress(body)
        except (EOFError, zlib.error) as error:
            raise ValueError("is cut short or broken") from error
    if b"\0" in body[:_LOOK] and not body.startswith(_UTF_16):
        raise ValueError("is no text")
    return body


def _type(path: Path) -> str:
    name = path.with_suffix("") if path.suffix == ".gz" else path
    return "text/html" if name.suffix in HTML else "text/plain; charset=utf-8"


def _handed(row: dict[str, Any], body: bytes, kind: str, published: datetime | None, now: datetime) -> Handed:
    url = str(row["url"])
    entry = Entry(
        feed=f"{HANDED_IN}{row.get('source') or ''}", url=url, guid=None, title=row.get("title") or "", summary="", author=None,
        published=published, updated=None,
    )  # fmt: skip
    sha256 = hashlib.sha256(body).hexdigest()
    return Handed(
        entry=entry,
        page=Page(url=url, requested_url=url, status=200, content_type=kind, body=body, sha256=sha256, fetched_at=now),
    )
