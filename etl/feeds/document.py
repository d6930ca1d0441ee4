"""A feed document as a value, and the small readings that all formats share: addresses, dates, plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from etl.model import Entry

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no news on the web before; what is older is a clock at zero or a slip
AHEAD = timedelta(days=1)  # a clock that is off by a time zone is believed, one that is off by more isn't
SUMMARY_LENGTH = 4000
MOST_ENTRIES = 2000  # a document with more is an archive; its newest come first

_BLOCKS = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
     "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip for line in text.splitlines())
    text = "\n".join(line for line in lines if line)
    return text if limit is None or len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _strip(markup: str) -> str:
    try:
        root = lxml_html.fragment_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", markup), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return html.unescape(re.sub(r"<[^<>]*>", " ", markup))
    pieces: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_tag = isinstance(node.tag, str)
        if event == "start":
            silent += is_tag and node.tag in _SILENT
            if is_tag and node.tag in _BLOCKS:
                pieces.append("\n")
            if not silent:
                pieces.append(node.text or "")
            continue
        silent -= event == "end" and is_tag and node.tag in _SILENT
        if event == "end" and is_tag and node.tag in _BLOCKS:
            pieces.append("\n")
        if not silent and node is not root:
            pieces.append(node.tail or "")
    return "".join(pieces)
