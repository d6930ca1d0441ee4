"""Bodies as they were meant: decompressed, and never larger than allowed."""

from __future__ import annotations

import io
import zlib

import zstandard

ENCODINGS = "gzip, deflate, zstd"
_LARGEST_WINDOW = 1 << 27


class TooLarge(Exception):
    """More bytes than allowed."""


class BrokenEncoding(Exception):
    """The body isn't encoded as its header says, breaks off, or is encoded in a way that wasn't asked for."""


def decompress(body: bytes, encoding: str, most: int) -> bytes:
    """The body without its content encodings. Raises TooLarge as soon as more than `most` bytes come out, and BrokenEncoding."""
    names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in ("", "identity")]
    if len(names) > 2:
        raise BrokenEncoding(f"encoded {len(names)} times")
    for name in reversed(names):
        if not body:
            break
        body = _undo(body, name, most)
    if len(body) > most:
        raise TooLarge
    return body


def _undo(body: bytes, name: str, most: int) -> bytes:
    if name in ("gzip", "x-gzip"):
        return _inflate(body, 31, most) if body[:2] == b"\x1f\x8b" else body  # said to be gzip, sent as it is: seen in the wild
    if name == "deflate":
        try:
            return _inflate(body, zlib.MAX_WBITS, most)
        except BrokenEncoding:
            return _inflate(body, -zlib.MAX_WBITS, most)  # without the zlib header that the standard asks for
    if name == "zstd":
        return _unpack(body, most)
    raise BrokenEncoding(f"unknown encoding {name!r}")


def _inflate(body: bytes, window: int, most: int) -> bytes:
    out = bytearray()
    rest = body
    while rest:
        stream = zlib.decompressobj(window)
        try:
            out += stream.decompress(rest, most + 1 - len(out))
        except zlib.error as error:
            if out and window == 31 and not rest.startswith(b"\x1f\x8b"):
                break  # rubbish after the last gzip member, as gzip itself ignores it
            raise BrokenEncoding(str(error)) from error
        if len(out) > most:
            raise TooLarge
        if not stream.eof:
            raise BrokenEncoding("the compressed body breaks off")
        rest = stream.unused_data if window == 31 else b""
    return bytes(out)


def _unpack(body: bytes, most: int) -> bytes:
    try:
        with zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(io.BytesIO(body), read_across_frames=True) as stream:
            out = stream.read(most + 1)
    except zstandard.ZstdError as error:
        raise BrokenEncoding(str(error)) from error
    if len(out) > most:
        raise TooLarge
    return out
