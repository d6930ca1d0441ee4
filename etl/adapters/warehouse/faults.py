"""What DuckDB complains of, in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from etl.errors import StorageError

_STORAGE = (duckdb.OperationalError, duckdb.FatalException, duckdb.PermissionException)


@contextmanager
def storage_faults(doing: str) -> Iterator[None]:
    """Turn a full disk, a broken or locked file into a StorageError that says what was being done."""
    try:
        yield
    except _STORAGE as error:
        first_line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise StorageError(f"{doing}: {first_line}") from error
    except OSError as error:
        raise StorageError(f"{doing}: {error.strerror or error}") from error
