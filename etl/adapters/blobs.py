"""Raw bodies on disk: zstd, named by the sha256 of what they hold, written once and never changed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

import zstandard

from etl.errors import StorageError

_NAME = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """A folder of bodies, fanned out by the first digits of their names. Several processes may write at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, body: bytes) -> str:
        """Store the body and give its sha256. When this returns, the body has reached the disk. Raises StorageError."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            try:
                self._write(path, zstandard.ZstdCompressor(level=9, write_checksum=True).compress(body))
            except OSError as error:
                raise StorageError(f"can't store a page in {self._folder}: {error.strerror}") from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """The body. Raises StorageError where it is missing or no longer what its name says."""
        path = self._path(sha256)
        try:
            body = zstandard.ZstdDecompressor().decompress(path.read_bytes())
        except OSError as error:
            raise StorageError(f"the stored page {sha256} can't be read: {error.strerror}") from error
        except zstandard.ZstdError as error:
            raise StorageError(f"the stored page {sha256} is broken: {error}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise StorageError(f"the stored page {sha256} is broken: it holds another body")
        return body

    def __contains__(self, sha256: str) -> bool:
        return self._path(sha256).exists()

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise StorageError(f"{sha256!r} names no stored page")
        return self._folder / sha256[:2] / sha256[2:4] / f"{sha256}.zst"

    def _write(self, path: Path, packed: bytes) -> None:
        """Under another name, to the disk, then into place: a reader never meets half a body."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
