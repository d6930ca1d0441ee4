"""What `clean` and `clean_text` promise beyond the golden pages: encodings, dates, walls, hostile input, site rules."""

# ruff: noqa: E501 (lines of input stay whole)
from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from etl.articles import Sites, block_keys, clean, clean_text
from etl.articles.decode import decode
from etl.errors import ConfigError
from etl.model import Article, Dropped, DropReason, Entry
from etl.spec.sites import SiteSpec, read_sites
from tests.articles.test_golden import NOW, page

PROSE = (
    "Orbit shipped 9.2 million phones in the quarter, a fifth more than a year before, its finance chief said on Tuesday.",
    "The company runs forty-five shops of its own and sells through some thirteen hundred partners besides those.",
    "A second line starts in autumn, and until then the factory can make a million phones a month at the very most.",
)


def html(*paragraphs: str, head: str = "", before: str = "", after: str = "") -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs or PROSE)
    return f"<html><head><title>Orbit ships more phones</title>{head}</head><body>{before}<article>{body}</article>{after}</body></html>".encode()


def read(body: bytes, **more: object) -> Article:
    found = clean(page(body), Sites.of(), now=NOW, **more)  # type: ignore[arg-type]
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("text", "encoding", "header", "head"),
    [
        ("Größe “£5m” – déjà vu", "cp1252", "", "<meta charset=iso-8859-1>"),
        ("小米公司第二季度出货量达到两千三百万部手机", "gb18030", "text/html; charset=gb2312", ""),
        ("出荷台数は二千三百万台に達したと発表した", "shift_jis", "", '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'),
        ("Größe £5m", "utf-8", "text/html; charset=iso-8859-1", ""),
        ("Größe £5m", "utf-16", "", ""),
        ("Größe £5m", "utf-8-sig", "text/html; charset=latin-1", ""),
    ],
)
def test_a_page_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str, header: str, head: str) -> None:
    """Order mark, then UTF-8 where the bytes are, then header, then meta; a browser's idea of iso-8859-1 and gb2312."""
    assert text in decode(f"<html><head>{head}</head><body><p>{text}</p>".encode(encoding), header)[0]


def test_an_undeclared_encoding_is_guessed() -> None:
    """A page of windows-1251 that declares nothing is readable all the same."""
    text = "Компания поставила двадцать три миллиона смартфонов во втором квартале, сообщил её основатель."
    assert text in decode(f"<p>{text * 5}</p>".encode("cp1251"))[0]


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    """A page of UTF-8 with one bad byte keeps its letters."""
    assert "Größe" in decode(("Größe " * 50).encode() + b"\xff")[0]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", DropReason.EMPTY),
        (b"  \n ", DropReason.EMPTY),
        (b"%PDF-1.7 and more", DropReason.NOT_HTML),
        (b"\x89PNG\r\n", DropReason.NOT_HTML),
        (b"<html><body>" + b"<div>" * 5000 + b"x", DropReason.TOO_DEEP),
        (b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x</p></body></html>", DropReason.BROKEN),
        (b"<p>" + b"x" * 13_000_000, DropReason.TOO_LARGE),
        (b"<html><body></body></html>", DropReason.NO_TEXT),
        (b"<html><body><script>var a = 'never closed", DropReason.NO_TEXT),
        (b"<html><head><title>404 Not Found</title></head><body><p>This page does not exist.</p></body></html>", DropReason.ERROR_PAGE),
    ],
)
def test_what_is_no_article_ends_in_a_named_reason(body: bytes, reason: DropReason) -> None:
    """Nothing that a server can send raises, hangs or yields rubbish."""
    found = clean(page(body), Sites.of(), now=NOW)
    assert isinstance(found, Dropped)
    assert found.reason is reason


def test_an_error_status_is_an_error_page() -> None:
    """A body that came with 404 is not read."""
    found = clean(page(html(), status=404), Sites.of(), now=NOW)
    assert isinstance(found, Dropped)
    assert found.reason is DropReason.ERROR_PAGE


def test_a_paywalled_page_is_named() -> None:
    """A page that declares itself locked and shows a sentence is a paywall, not an article of one sentence."""
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    found = clean(page(html("Orbit has had a good year, it says.", head=head, after="<p>Subscribe to continue reading</p>")), Sites.of(), now=NOW)
    assert isinstance(found, Dropped)
    assert found.reason is DropReason.PAYWALL


def test_a_consent_wall_is_named() -> None:
    """A text about cookies in the article's place is not the article."""
    wall = "We and our partners use cookies to store personal data. ", "You may withdraw your consent at any time under privacy settings. "
    found = clean(page(html(*wall)), Sites.of(), now=NOW)
    assert isinstance(found, Dropped)
    assert found.reason is DropReason.CONSENT_WALL


def test_null_bytes_and_half_surrogates_do_no_harm() -> None:
    """Controls vanish, the words stay."""
    article = read(html("Orbit shipped\x00 9.2 million phones &#xD800; in the quarter, its chief said.", *PROSE[1:]))
    assert "9.2 million phones" in article.text
    article.text.encode("utf-8")


@pytest.mark.parametrize("value", ["2031-01-01T00:00:00Z", "1970-01-01", "0000-00-00", "yesterday", ""])
def test_a_date_that_cannot_be_true_is_refused(value: str) -> None:
    """The future, the epoch and nonsense are no dates; the next source is asked."""
    head = f'<meta property="article:published_time" content="{value}"><meta name="date" content="2024-02-03">'
    article = read(html(head=head))
    assert article.published == datetime(2024, 2, 3, tzinfo=UTC)


def test_published_and_updated_are_not_confused() -> None:
    """A page that names both keeps both."""
    head = '<meta property="article:modified_time" content="2024-03-01T10:00:00Z"><meta property="article:published_time" content="2024-02-03T10:00:00+02:00">'
    article = read(html(head=head))
    assert article.published == datetime(2024, 2, 3, 8, tzinfo=UTC)
    assert article.updated == datetime(2024, 3, 1, 10, tzinfo=UTC)


def test_the_entry_fills_what_the_page_does_not_say() -> None:
    """A page without a date and an author has those of its feed entry."""
    said = datetime(2024, 5, 6, 7, tzinfo=UTC)
    entry = Entry(feed="f", url="u", guid=None, title="T", summary="", author="Mia Field", published=said, updated=None)
    article = read(html(), entry=entry)
    assert (article.published, article.published_from, article.byline) == (said, "feed", ("Mia Field",))


def test_a_block_that_recurs_on_the_site_is_dropped() -> None:
    """What the host's pages share is no part of the article."""
    house = "Our house style asks that numbers be rounded with care wherever that is possible at all."
    before = read(html(*PROSE, house))
    assert house in before.text
    assert house not in read(html(*PROSE, house), recurring=block_keys(house)).text


def test_a_variant_points_to_its_canonical_page() -> None:
    """An AMP page names the page that it is a variant of."""
    assert read(html(head='<link rel="canonical" href="/story">')).canonical_url == "https://news.example/story"


def test_a_layout_holds_until_its_last_day() -> None:
    """The old layout reads old pages, the new one the others, and a page without a date has the one that stands."""
    old = SiteSpec(domain="news.example", drop=("p.old",), until=date(2024, 5, 8))
    new = SiteSpec(domain="news.example", drop=("p.new",))
    sites = Sites.of((old, new))
    assert sites.layout("https://www.news.example/a", date(2024, 5, 8)) == old
    assert sites.layout("https://m.news.example/a", date(2024, 5, 9)) == new
    assert sites.layout("https://news.example/a", None) == new
    assert sites.layout("https://other.example/a", None) is None


def test_a_site_rule_keeps_and_drops() -> None:
    """What the rule names goes, and what it keeps is all that is read."""
    heard: list[str] = []
    sites = Sites.of((SiteSpec(domain="news.example", keep=("article",), drop=("p:last-child",)),))
    found = clean(page(html()), sites, now=NOW, heard=lambda rule, words: heard.append(rule))
    assert isinstance(found, Article)
    assert found.text.split("\n") == list(PROSE[:2])
    assert "site: drop p:last-child" in heard


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ('domain = "https://a.example"\ndrop = ["p"]', "is no domain"),
        ('domain = "a.example"\ndrop = ["p["]', "is no CSS selector"),
        ('domain = "a.example"', "says nothing"),
        ('domain = "a.example"\ndorp = ["p"]', "did you mean 'drop'"),
        ('domain = "a.example"\ndrop = ["p"]\n[[site]]\ndomain = "a.example"\ndrop = ["i"]', "already holds"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(tmp_path: Path, rule: str, complaint: str) -> None:
    """A mistake in sites.toml stops with what is wrong."""
    (tmp_path / "sites.toml").write_text(f"[[site]]\n{rule}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=complaint):
        read_sites(tmp_path)


def test_text_loses_its_clutter_and_nothing_else() -> None:
    """Related links, ages, captions, an author's note and comments go; every other line stays as it is."""
    kept = ["Shops before screens", *PROSE]
    clutter = "See also:\nOrbit opens a shop in Ghent\n\nOrbit opens a shop in Ghent\n3 weeks ago\n"
    note = "Jo March\nA columnist and former banker, she left Turin in 2009 to write more and travel.\n"
    text = f"{kept[0]}\n\n{kept[1]}\n\norbit factory gate\n\n{kept[2]}\n\n{clutter}\n{kept[3]}\n\n{note}"
    assert clean_text(text).split("\n") == kept
    thread = "  • finch22\n\n    I would never pay $300 for that.\n\n    Most people want two years of updates."
    assert clean_text("\n".join(kept) + "\n" + thread).split("\n") == kept


def test_cleaning_a_clean_text_changes_nothing() -> None:
    """The second time finds nothing to drop."""
    once = clean_text("HIGHLIGHTS\n" + "\n".join(PROSE))
    assert clean_text(once) == once


def test_the_feeds_date_goes_before_a_guess() -> None:
    """A year in a footer is no publication date while the feed says when the article came out."""
    said = datetime(2025, 5, 4, 9, 30, tzinfo=UTC)
    entry = Entry(feed="f", url="https://a.example/1", guid=None, title="", summary="", author=None, published=said, updated=None)
    guessed = html(after="<footer>Deals with a smile since 1 March 2013</footer>")
    article = clean(page(guessed), Sites.of(()), entry=entry, now=NOW)
    assert isinstance(article, Article)
    assert (article.published, article.published_from) == (said, "feed")


@pytest.mark.parametrize(
    "line",
    [
        "Read on for £1 for 4 weeks. Then £39 a month. 1.1 million subscribers trust us.",
        "Jane Doe in Lyon July 7, 2017 37 comments",
        "Join our mailing list! 40,000 readers have.",
        "Advertiser Disclosure: 20 of the cards on this page come from firms that pay us.",
        "Get started today",
    ],
)
def test_an_offer_or_a_counter_is_no_line_of_an_article(line: str) -> None:
    """Offers to subscribe, bylines with counters and calls to act hold figures that would be false facts."""
    assert clean_text(f"{PROSE[0]}\n{line}\n{PROSE[1]}") == f"{PROSE[0]}\n{PROSE[1]}"


@pytest.mark.parametrize(
    "line",
    [
        "Orbit had 1.1 million subscribers in July 2017, and charges £3 a month for its service.",
        "The maker sold 37 phones in 2017 for each that it sold the year before, its chief said.",
        "Access to the network costs operators 4 million crowns a year, as of July 2017.",
    ],
)
def test_a_sentence_with_such_words_stays(line: str) -> None:
    """Prose about subscribers, prices and months is what the figures are read from."""
    assert line in clean_text(f"{PROSE[0]}\n{line}\n{PROSE[1]}")
