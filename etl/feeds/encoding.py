"""Which characters the bytes of a feed stand for, and the bytes made safe for the parser."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]+)""", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));?")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
          "ascii": "cp1252", "shift_jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs"}  # fmt: skip


def decode(body: bytes, content_type: str) -> str:
    """The document as text. Bytes that read as UTF-8 with more than ASCII are UTF-8, whatever is declared: chance won't make them so."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body[:2] == b"<\x00" or body[:2] == b"\x00<":
        return body.decode("utf-16-le" if body[1] == 0 else "utf-16-be", "replace")
    candidates = ["utf-8"]
    if header := _HEADER.search(content_type):
        candidates.append(header[1].lower())
    if declared := _DECLARED.search(body[:1024]):
        candidates.append(declared[1].decode("ascii").lower())
    for name in sorted(candidates, key=lambda name: not name.startswith(("iso-2022", "hz"))):  # these look like ASCII, so like UTF-8
        if name.startswith(("utf-16", "utf-32", "utf16", "utf32", "ucs-", "unicode", "raw", "idna", "puny")):
            continue  # the wide ones have a byte order mark or null bytes: seen above; the others are no charsets
        try:
            return body.decode(_WIDER.get(name, name))
        except (UnicodeError, LookupError):
            continue
    return body.decode(_guess(body[:200_000]), "replace")


def _guess(body: bytes) -> str:
    """For bytes that contradict what is declared.

    UTF-8 with a broken byte is still UTF-8; high bytes that stand alone are Western letters.
    """
    runs = re.findall(rb"[\x80-\xff]+", body)
    if body.decode("utf-8", "replace").count("\ufffd") * 20 < sum(map(len, runs)):
        return "utf-8"
    if sum(len(run) == 1 for run in runs) * 2 > len(runs):
        return "cp1252"
    best = from_bytes(body).best()
    return best.encoding if best else "cp1252"


def as_utf8_xml(text: str) -> bytes:
    """The document with one true declaration, without characters that XML forbids and without entities of its own.

    A DOCTYPE's own entities are how a kilobyte is blown up to a gigabyte, and no feed needs them.
    """
    text = _DECLARATION.sub("", text, count=1).lstrip("\ufeff \t\r\n")
    head = text[:4096].upper()
    start = head.find("<!DOCTYPE")
    if start >= 0 and not re.search(r"<[A-Z]", head[:start]):
        bracket, close = text.find("[", start), text.find(">", start)
        if 0 <= bracket < close:
            close = text.find("]", bracket)
            close = text.find(">", close) if close >= 0 else -1
        text = text[:start] + (text[close + 1 :] if close >= 0 else "")
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + _REFERENCE.sub(_lawful, _ILLEGAL.sub("", text)).encode("utf-8", "replace")


def _lawful(reference: re.Match[str]) -> str:
    """The character reference, or nothing where it names no character of XML: half a surrogate stops the parser."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    is_lawful = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return reference[0] if is_lawful else ""
