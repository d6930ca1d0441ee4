"""Raw bodies on disk: kept once, read back whole, and never half there."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.adapters.blobs import Blobs
from etl.errors import StorageError


@given(body=st.binary(max_size=2000))
def test_what_is_kept_is_read_back(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    """Any body, byte for byte, under the hash of what it holds."""
    blobs = Blobs(tmp_path_factory.mktemp("pages"))
    name = blobs.keep(body)
    assert name == hashlib.sha256(body).hexdigest()
    assert blobs.read(name) == body
    assert name in blobs


def test_the_same_body_is_kept_once(tmp_path: Path) -> None:
    """A second keep writes nothing; bodies are compressed and fanned out."""
    blobs = Blobs(tmp_path)
    name = blobs.keep(b"<p>page</p>" * 1000)
    (path,) = (p for p in tmp_path.rglob("*") if p.is_file())
    before = path.stat()
    assert blobs.keep(b"<p>page</p>" * 1000) == name
    assert path.stat() == before
    assert path.relative_to(tmp_path).parts == (name[:2], name[2:4], f"{name}.zst")
    assert before.st_size < 200


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_what_was_never_kept(tmp_path: Path, name: str) -> None:
    """A missing body, or a name that is none, is a StorageError."""
    with pytest.raises(StorageError):
        Blobs(tmp_path).read(name)


def test_a_broken_body_is_noticed(tmp_path: Path) -> None:
    """Neither rubbish nor another body passes for the stored one."""
    blobs = Blobs(tmp_path)
    one, two = blobs.keep(b"one"), blobs.keep(b"two")
    paths = {p.stem: p for p in tmp_path.rglob("*.zst")}
    paths[one].write_bytes(paths[two].read_bytes())
    paths[two].write_bytes(b"rubbish")
    for name in (one, two):
        with pytest.raises(StorageError, match="broken"):
            blobs.read(name)


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A StorageError, nothing half-written left behind, and the next try succeeds."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    blobs = Blobs(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match="No space left") as caught:
            blobs.keep(b"page")
    assert caught.value.exit_status == 5
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
    assert blobs.read(blobs.keep(b"page")) == b"page"
