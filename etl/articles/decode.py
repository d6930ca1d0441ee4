"""Bytes to characters: byte order mark, header, the page's own word, then a guess.

A declared charset is believed only if the bytes can be read as it; valid UTF-8 with any letter beyond ASCII is UTF-8 whatever is declared,
for pages say `iso-8859-1` out of habit far more often than bytes are UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.I)
_META = re.compile(rb"<(?:meta[^>]{0,300}?charset\s*=\s*[\"']?|\?xml[^>]{0,100}?encoding\s*=\s*[\"'])([A-Za-z0-9_.:-]+)", re.I)
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso8859-1": "cp1252",
          "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
          "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "iso-8859-9": "cp1254"}  # fmt: skip
# What a browser reads under the declared name: the superset that Windows wrote.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_CONTROLS = bytes({*range(9), 11, 12, *range(14, 32)})


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text and the encoding it was read as. Never fails: what can't be read becomes U+FFFD."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return legal(body[len(mark) :].decode(name, "replace")), name
    if (text := _utf8(body.translate(None, _CONTROLS))) is not None and b"\x1b$" not in body:  # ISO-2022-JP is ASCII to the eye
        return (legal(text) if "\ufffe" in text or "\uffff" in text else text), "utf-8"
    header = _HEADER.search(content_type)
    meta = _META.search(body[:4096]) or _META.search(body[: 1 << 16])
    declared = [header[1] if header else "", meta[1].decode("ascii") if meta else ""]
    for name in declared:
        if name and (text := _read_as(body, name)) is not None:
            return legal(text), _WIDER.get(name.lower(), name.lower())
    if (best := from_bytes(_sample(body)).best()) and (text := _read_as(body, best.encoding)) is not None:
        return legal(text), best.encoding
    # One broken byte in a page of UTF-8 must not turn the whole of it into windows-1252.
    fallback = "utf-8" if _mostly_utf8(body) else "cp1252"
    return legal(body.decode(fallback, "replace")), fallback


def legal(text: str) -> str:
    """The text without the characters that no document may hold: controls, halves of surrogate pairs."""
    return _ILLEGAL.sub("", text)


def _utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _read_as(body: bytes, name: str) -> str | None:
    """The text, if nearly all of it can be read so: one broken byte in ten thousand is a fault of the page, not of the name."""
    try:
        codec = codecs.lookup(_WIDER.get(name.lower(), name))
    except LookupError:
        return None
    if not getattr(codec, "_is_text_encoding", True):
        return None
    text = codec.decode(body, "replace")[0]
    return text if text.count("\ufffd") * 2000 <= len(text) else None


def _mostly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    beyond = sum(1 for c in text if c > "\x7f")
    return text.count("\ufffd") * 5 < beyond


def _sample(body: bytes) -> bytes:
    """The bytes beyond ASCII with their neighbourhood, at most 64 KB: markup tells nothing of the encoding."""
    parts = re.findall(rb"[^<>]{0,60}[\x80-\xff][^<>]{0,200}", body[: 1 << 20])
    return b" ".join(parts)[: 1 << 16] or body[: 1 << 16]
