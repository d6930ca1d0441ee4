"""Where things lie: the defaults that ship with the code, and the data folder that a user's facts live in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from etl.errors import StorageError, UsageError

PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """The checkout that the code runs from, or None for an installed copy."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "config").is_dir() else None


def config_dir(chosen: str | None = None) -> Path:
    """The configuration folder: the chosen one, else FIGUREWATCH_CONFIG, else the checkout's, else the installed defaults."""
    named = chosen or os.environ.get("FIGUREWATCH_CONFIG")
    if named:
        folder = Path(named).expanduser()
        if not folder.is_dir():
            raise UsageError(f"no configuration folder at {folder}")
        return folder
    return (checkout() or PACKAGE / "_defaults") / "config"


def sql_dir(name: str) -> Path:
    """`migrations`, `views` or `queries`, from the checkout or the installed defaults."""
    return (checkout() or PACKAGE / "_defaults") / "warehouse" / name


@dataclass(frozen=True, slots=True)
class Places:
    """The data folder and what lies in it."""

    home: Path

    @classmethod
    def at(cls, chosen: str | None = None) -> Places:
        """The chosen folder, else FIGUREWATCH_HOME, else the checkout's warehouse/, else the user's data folder."""
        named = chosen or os.environ.get("FIGUREWATCH_HOME")
        if named:
            return cls(Path(named).expanduser().absolute())
        if root := checkout():
            return cls(root / "warehouse")
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        return cls(Path(base) / "figurewatch")

    def make(self) -> Places:
        """Make the folders. Raises StorageError where that can't be done."""
        try:
            for folder in (self.home, self.private, self.snapshots, self.pages):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"can't make the data folder {self.home}: {error.strerror}") from error
        return self

    @property
    def private(self) -> Path:
        """What only the daemon opens."""
        return self.home / "private"

    @property
    def live(self) -> Path:
        """The DuckDB file that the one writer holds."""
        return self.private / "live.duckdb"

    @property
    def state(self) -> Path:
        """Operational state: feeds and queue (SQLite)."""
        return self.private / "state.sqlite"

    @property
    def outbox(self) -> Path:
        """Mails from composed to accepted (SQLite)."""
        return self.private / "outbox.sqlite"

    @property
    def index(self) -> Path:
        """The duplicates' index (SQLite)."""
        return self.private / "duplicates.sqlite"

    @property
    def lock(self) -> Path:
        return self.private / "daemon.lock"

    @property
    def heartbeat(self) -> Path:
        """Touched by the daemon at every tick; what `healthcheck` looks at."""
        return self.private / "heartbeat.json"

    @property
    def pages(self) -> Path:
        """Raw bodies, zstd, by sha256."""
        return self.home / "pages"

    @property
    def snapshots(self) -> Path:
        return self.home / "snapshots"

    @property
    def published(self) -> Path:
        """The symlink that analysts open."""
        return self.home / "figures.duckdb"
