"""Publishing: an immutable copy of the live file for everyone who reads.

A reader and the writer can't share a DuckDB file, so readers get copies. The copy is made by a child process, since
opening and closing the live file in our own would drop DuckDB's lock on it; its name was never used before, since a
left-over `.wal` beside a reused name would be replayed into it; it is on disk and read-only before the symlink
points to it; the symlink is swapped by a rename, so that there is no moment without a warehouse.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.errors import StorageError

log = logging.getLogger("figurewatch")

KEEP, KEEP_S = 3, 60.0  # so many, and those younger: whoever has just resolved the symlink must still find the file


@dataclass(slots=True)
class Throttle:
    """Says when publishing is due again: every 2 s at most, and never more than a twentieth of the time."""

    not_before: float = 0.0

    def is_open(self, now: float) -> bool:
        return now >= self.not_before

    def took(self, began: float, ended: float) -> None:
        self.not_before = ended + max(2.0, 19 * (ended - began))


def publish_copy(live: Path, folder: Path, link: Path) -> Path:
    """Copy the checkpointed live file into the folder and point the link to it. Raises StorageError, OSError."""
    target = _unused_name(folder)
    copied = subprocess.run(["cp", "--", str(live), str(target)], capture_output=True, text=True, check=False)
    if copied.returncode:
        target.unlink(missing_ok=True)
        raise StorageError(f"can't publish: {copied.stderr.strip()}")
    _to_disk(target)
    target.chmod(0o444)
    _to_disk(folder)
    new_link = link.with_name(f".{link.name}.{secrets.token_hex(4)}")
    new_link.symlink_to(os.path.relpath(target, link.parent))
    new_link.replace(link)
    _to_disk(link.parent)
    remove_old(folder, keep=target)
    return target


def restore(published: Path, live: Path) -> None:
    """Make a lost live file from what was published last: an empty one would be published over it. Raises OSError."""
    journal = live.with_name(f"{live.name}.wal")
    if journal.exists():  # of the file that is lost: it doesn't fit a copy
        journal.replace(journal.with_name(f"{journal.name}.lost"))
    unfinished = live.with_name(f".{live.name}.part")
    shutil.copyfile(published, unfinished)
    _to_disk(unfinished)
    unfinished.replace(live)
    _to_disk(live.parent)
    log.warning("%s was missing: made again from %s", live, published)


def remove_old(folder: Path, keep: Path) -> None:
    """Remove what no new reader can get hold of any more. Readers that have an old copy open keep it until they close it."""
    copies = sorted(folder.glob("figures-*.duckdb"), reverse=True)
    for path in copies[KEEP:]:
        with suppress(FileNotFoundError):
            if path != keep and time.time() - path.stat().st_mtime > KEEP_S:
                path.unlink()
    for left_over in folder.glob("figures-*.duckdb.wal"):
        left_over.unlink(missing_ok=True)


def _unused_name(folder: Path) -> Path:
    """A name that no snapshot had before, even one that is gone: the time to the nanosecond and 64 random bits."""
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime()) + f"{time.time_ns() % 1_000_000_000:09d}"
    return folder / f"figures-{stamp}-{secrets.token_hex(8)}.duckdb"


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
