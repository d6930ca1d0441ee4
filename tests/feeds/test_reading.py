"""Documents in, entries out: golden pairs on disk, and what came that is no feed."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import LayoutError
from etl.feeds import FeedDocument, plain_text, read_feed

NOW = datetime(2024, 6, 1, tzinfo=UTC)
URL = "https://served.example/feeds/all"
GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(__file__).resolve().parents[2] / "../shared/feeds/dev"
DOCUMENTS = sorted(p for p in GOLDEN.iterdir() if not p.name.endswith(".expected.json"))


def read(body: bytes | str, content_type: str = "application/xml") -> FeedDocument:
    return read_feed(body.encode() if isinstance(body, str) else body, url=URL, content_type=content_type, now=NOW)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_golden(path: Path) -> None:
    """Each stored document reads as the file beside it says, to the last field."""
    found = json.loads(json.dumps(asdict(read(path.read_bytes())), default=lambda moment: moment.isoformat()))
    assert found == json.loads(path.with_suffix(".expected.json").read_text())


NO_FEEDS = {
    "empty": (b"", "empty"),
    "only spaces": (b"  \n\t ", "empty"),
    "a page": (b"<!doctype html><html><head><title>404 &amp; all</title></head><body>No</body></html>", "an HTML page titled '404 & all'"),
    "plain text": (b"Not found", "plain text"),
    "other JSON": (b'{"error": "not found"}', "JSON without a list"),
    "items of something else": (b'{"items": [{"price": 3}]}', "names no version"),
    "a list": (b"[1, 2]", "JSON without a list"),
    "broken JSON": (b'{"version": "https://jsonfeed.org/version/1", "items": [', "can't be read"),
    "deep JSON": (b'{"items":' + b"[" * 100_000, "can't be read"),
    "a sitemap": (b"<?xml version='1.0'?><urlset><url><loc>https://a.example/</loc></url></urlset>", "root <urlset>"),
    "a PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no feed"),
    "broken off at once": (b"<?xml version='1.0'?><rss version='2.0'><channel><title>T", "breaks off"),
}


@pytest.mark.parametrize("name", NO_FEEDS)
def test_what_is_no_feed_is_named(name: str) -> None:
    """A document that is no feed ends as a LayoutError that says what came instead."""
    body, words = NO_FEEDS[name]
    with pytest.raises(LayoutError, match=words) as caught:
        read(body)
    assert caught.value.url == URL


def rss(items: str, declaration: str = "") -> str:
    return f"{declaration}<rss version='2.0'><channel><title>Zeitung für Büros</title>{items}</channel></rss>"


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", "text/xml"),
        ("utf-8", "text/xml; charset=iso-8859-1"),
        ("iso-8859-1", "text/xml; charset=ISO-8859-1"),
        ("utf-16", "text/xml"),
        ("utf-8-sig", ""),
        ("cp1252", "text/xml; charset=utf-8"),
        ("utf-16-le", "application/xml"),
    ],
)
def test_whatever_charset_is_declared_the_words_come_out_right(encoding: str, content_type: str) -> None:
    """A wrong, missing or contradictory charset doesn't garble a title."""
    assert read(rss("").encode(encoding), content_type).title == "Zeitung für Büros"


def test_the_charset_in_the_declaration_counts() -> None:
    """A Chinese feed that says gb2312 in its XML declaration, and nothing in its header, is read."""
    body = rss("<item><link>https://a.example/1</link><title>小米出货量</title></item>", "<?xml version='1.0' encoding='gb2312'?>").encode(
        "gb18030", "replace"
    )
    assert read(body, "text/xml").entries[0].title == "小米出货量"


@pytest.mark.parametrize("charset", ["undefined", "idna", "rot13", "utf-16", "no-such", "unicode_escape", "base64"])
def test_a_charset_that_is_none_is_passed_over(charset: str) -> None:
    """A header with a charset that no document has doesn't stop the reading."""
    assert read(rss("").encode("cp1252"), f"text/xml; charset={charset}").title == "Zeitung für Büros"


def test_a_seven_bit_charset() -> None:
    """Japanese in ISO-2022-JP is all ASCII bytes; what the header says goes first."""
    assert (
        read(
            rss("<item><link>https://a.example/1</link><title>携帯</title></item>").replace("ü", "u").encode("iso2022_jp"),
            "text/xml; charset=iso-2022-jp",
        )
        .entries[0]
        .title
        == "携帯"
    )


def test_references_to_no_character_are_left_out() -> None:
    """Half a surrogate, or a number beyond Unicode, costs the character and not the feed."""
    assert read(rss("<item><link>https://a.example/1</link><title>A&#xD800;B&#99999999;C&#8217;</title></item>")).entries[0].title == "ABC’"


def test_an_empty_feed_is_a_feed() -> None:
    """A feed without entries is no error: there is just no news."""
    assert read(rss("")).entries == ()


def test_a_feed_that_breaks_off_gives_what_came() -> None:
    """Entries before the break are kept."""
    whole = rss("<item><link>https://a.example/1</link><title>One</title></item><item><link>https://a.example/2</link><title>Two")
    assert [e.url for e in read(whole[: whole.index("Two") + 2]).entries][:1] == ["https://a.example/1"]


def test_entities_of_a_doctype_are_not_blown_up() -> None:
    """A billion laughs read as nothing, at once."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY l0 'ha'>{lines}]>" + rss(
        "<item><link>https://a.example/1</link><title>&l11;</title></item>"
    )
    assert len(read(bomb).entries[0].title) < 100


def test_no_file_is_opened(tmp_path: Path) -> None:
    """A body that is a path, or asks for a file as an entity, reads nothing from the disk."""
    secret = tmp_path / "secret.xml"
    secret.write_text(rss("<item><link>https://a.example/1</link></item>"))
    with pytest.raises(LayoutError):
        read(str(secret))
    outside = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]>" + rss(
        "<item><link>https://a.example/1</link><title>&x;</title></item>"
    )
    assert "Zeitung" not in read(outside).entries[0].title


def test_characters_that_xml_forbids_do_no_harm() -> None:
    """A vertical tab or a null in a title costs neither the title nor the feed."""
    body = rss("<item><link>https://a.example/1</link><title>A\x0bB&#x1f;C\x00</title></item>")
    assert read(body).entries[0].title == "ABC"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.integers(0, 3000), st.integers(0, 200), st.binary(max_size=8))
def test_a_damaged_document_is_read_or_refused(path: Path, start: int, length: int, insert: bytes) -> None:
    """Whatever is cut out of a feed or written into it: entries, or a LayoutError, never anything else."""
    body = path.read_bytes()
    try:
        document = read(body[:start] + insert + body[start + length :])
    except LayoutError as error:
        assert str(error)
    else:
        assert all(entry.url.startswith(("http://", "https://")) for entry in document.entries)


@given(st.text(max_size=300))
def test_plain_text_of_anything(markup: str) -> None:
    """Never an error, and no control characters."""
    assert "\x00" not in plain_text(markup)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("AT&amp;T", "AT&T"),
        ("&amp;#8217;s", "’s"),
        ("a < b", "a < b"),
        ("<p>one<br>two</p>three", "one\ntwo\nthree"),
        ("<b>un</b>broken", "unbroken"),
        ("x<style>p{}</style>y<!-- n -->z", "xyz"),
        ("", ""),
        ("<div" * 3000, ""),
        ("Q1&nbsp;2024", "Q1 2024"),
    ],
)
def test_plain_text(markup: str, text: str) -> None:
    """Tags go, entities are resolved, blocks keep their lines."""
    assert plain_text(markup) == text


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/feeds/dev is missing")
def test_real_documents() -> None:
    """Every stored real document is read; nearly every entry has an address, a title and a date."""
    documents = [
        read_feed(gzip.decompress(p.read_bytes()), url=URL, content_type="", now=datetime(2026, 11, 1, tzinfo=UTC))
        for p in sorted(SHARED.glob("*.gz"))
    ]
    entries = [e for d in documents for e in d.entries]
    assert len(documents) == 64
    assert sum(bool(d.entries) for d in documents) >= 63  # one has items without any address
    assert sum(e.published is not None for e in entries) / len(entries) > 0.99
    assert not [e for e in entries if "<p>" in e.summary or "&amp;" in e.title]
