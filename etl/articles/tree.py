"""Characters to a tree, once per page, with limits: a page beyond them ends in a named reason instead of in a dead worker."""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re

import lxml.html
from lxml import etree

from etl.model import Dropped, DropReason

MAX_BYTES = 12_000_000  # the longest article page seen was 6 MB, most of it data: URIs
MAX_ATTRIBUTES = 5_000  # in one tag: the parser's time grows with their square
MAX_NODES = 400_000
MOST_ATTRIBUTES = 400_000  # in all tags together
MOST_TO_COPY = 150_000  # elements and attributes; the largest article page seen had 40,000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_XML = re.compile(r"^\s*<\?xml[^>]*>")
_MAGIC = ((b"%PDF-", "a PDF"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"PK\x03\x04", "a ZIP archive"),
          (b"\x1f\x8b", "gzip"), (b"RIFF", "a media file"), (b"\x00\x00\x00", "a media file"), (b"ID3", "an audio file"), (b"\x7fELF", "a program"))  # fmt: skip
_OTHER_TYPE = re.compile(r"^\s*(?:image|audio|video|font|application/(?:pdf|zip|json|octet-stream|javascript))", re.I)
_TAG = re.compile(r"<\s*(?:!doctype|html|head|body|div|p|article|title|meta|span|a|h[1-6]|table|script|br|section|main|ul)\b", re.I)


def refuse_bytes(body: bytes, content_type: str) -> Dropped | None:
    """The reason why these bytes can't be a page, or None."""
    if not body.strip():
        return Dropped(reason=DropReason.EMPTY, detail="the body is empty")
    if len(body) > MAX_BYTES:
        return Dropped(reason=DropReason.TOO_LARGE, detail=f"{len(body)} bytes, more than {MAX_BYTES}")
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return Dropped(reason=DropReason.NOT_HTML, detail=f"the body is {name}")
    if _OTHER_TYPE.match(content_type) and not _TAG.search(body[:2000].decode("latin-1")):
        return Dropped(reason=DropReason.NOT_HTML, detail=f"the server calls it {content_type.split(';')[0].strip()}")
    return None


def has_tags(text: str) -> bool:
    """Whether it is markup at all; text without a tag is an article that was handed in."""
    return bool(_TAG.search(text))


def parse(text: str) -> lxml.html.HtmlElement | Dropped:
    """The page's tree, without comments and processing instructions, or why it has none."""
    for tag in _LONG_TAG.finditer(text) if max(map(len, text.split("<"))) >= 20000 else ():
        if (count := len(_QUOTED.sub("", tag[0]).split())) > MAX_ATTRIBUTES:
            return Dropped(reason=DropReason.BROKEN, detail=f"a tag with {count} attributes")
    if text.count("<") > 4 * MAX_NODES:
        return Dropped(reason=DropReason.TOO_LARGE, detail="too many tags")
    parser = lxml.html.HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True)  # type: ignore[call-arg]  # the stubs don't know default_doctype
    try:
        root = lxml.html.document_fromstring(_XML.sub("", text, count=1).encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        if _too_deep(parser):
            return Dropped(reason=DropReason.TOO_DEEP, detail="tags nested more than 256 deep")
        return Dropped(reason=DropReason.BROKEN, detail=f"the parser gives up: {error}")
    if _too_deep(parser):
        return Dropped(reason=DropReason.TOO_DEEP, detail="tags nested more than 256 deep")
    if len(text) > 2_000_000 and float(str(root.xpath("count(//@*)"))) > MOST_ATTRIBUTES:
        return Dropped(reason=DropReason.BROKEN, detail=f"more than {MOST_ATTRIBUTES} attributes")
    if root.tag != "html" or root.find("body") is None:
        return Dropped(reason=DropReason.NO_TEXT, detail="the page has no body")
    return root


def is_huge(root: lxml.html.HtmlElement) -> bool:
    """Whether libraries that copy the tree would fill a worker's memory with copies of this one."""
    return float(str(root.xpath("count(//*) + count(//@*)"))) > MOST_TO_COPY


def _too_deep(parser: lxml.html.HTMLParser) -> bool:
    return any("Excessive depth" in entry.message for entry in parser.error_log)
