"""What can go wrong, as a tree.

    EtlError                 the world, a page or a setting let us down; the item comes again or the user is told
    ├── ConfigError          config/ says something it can't mean: file, line, column, what was meant   (exit 2)
    ├── UsageError           a command was called with what it can't take                               (exit 2)
    ├── AlreadyRunning       another daemon holds the data folder                                       (exit 3)
    ├── WarehouseNewer       the warehouse was written by a later version                               (exit 4)
    ├── StorageError         disk full, no permission, a broken file                                    (exit 5)
    ├── FetchError           the network or a server: time-out, refusal, status, too large
    ├── LayoutError          a document can't be read as what it claims to be
    ├── WorkerError          a worker process was killed or tripped over a text
    └── MailError            a mail server refused or could not be reached

Anything else is our own mistake: it stops the run, loudly, with nothing half-loaded.
"""

from __future__ import annotations

from pathlib import Path


class EtlError(Exception):
    """The world let us down. `url` says where, when it was at an address; `exit_status` what a command ends with."""

    exit_status = 1

    def __init__(self, message: str, *, url: str | None = None) -> None:
        super().__init__(message)
        self.url = url


class ConfigError(EtlError):
    """A setting that can't be meant. Lines and columns count from 1; 0 means the file as a whole."""

    exit_status = 2

    def __init__(self, message: str, *, path: Path | str, line: int = 0, column: int = 0) -> None:
        place = f"{path}:{line}:{column}" if line else str(path)
        super().__init__(f"{place}: {message}")
        self.path, self.line, self.column, self.message = Path(path), line, column, message


class UsageError(EtlError):
    """A command was called with what it can't take."""

    exit_status = 2


class AlreadyRunning(EtlError):
    """Another daemon holds the data folder."""

    exit_status = 3


class WarehouseNewer(EtlError):
    """The warehouse was written by a later version of the code."""

    exit_status = 4


class StorageError(EtlError):
    """The disk is full, a file is broken, or a folder may not be written."""

    exit_status = 5


class FetchError(EtlError):
    """The network or a server failed. `reason` is a word for the ledger: timeout, refused, dns, private, status_404, too_large…"""

    def __init__(self, message: str, *, url: str, reason: str, retry_after_s: float | None = None) -> None:
        super().__init__(message, url=url)
        self.reason, self.retry_after_s = reason, retry_after_s


class LayoutError(EtlError):
    """A document can't be read as what it claims to be."""


class WorkerError(EtlError):
    """A worker process was ended: it passed its deadline or its memory. `reason` is `deadline`, `memory`, `died` or `mistake`."""

    def __init__(self, message: str, *, reason: str, url: str | None = None) -> None:
        super().__init__(message, url=url)
        self.reason = reason


class MailError(EtlError):
    """A mail server refused or could not be reached. `is_permanent` tells a 5xx answer from a passing one.

    `receivers` names who is still to get the mail where the others have it; empty means all of them.
    """

    def __init__(self, message: str, *, is_permanent: bool = False, receivers: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.is_permanent, self.receivers = is_permanent, receivers
