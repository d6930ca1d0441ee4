"""Articles in several parts, variants of a page, live blogs: what is one text, and what is no part of it."""

# ruff: noqa: E501 (lines of input stay whole)
from __future__ import annotations

from dataclasses import replace

import pytest

from etl.articles import Sites, clean, next_part
from etl.articles.metadata import plain_address
from etl.articles.parts import joined, readings
from etl.model import Article
from tests.articles.test_cleaning import PROSE, html
from tests.articles.test_golden import NOW, page

SECOND = (
    "The new plant near Ghent employs eight hundred people and turns out a phone every eleven seconds, day and night.",
    "By the end of next year Orbit wants to sell half of what it makes outside of its home market, said the finance chief.",
)


@pytest.mark.parametrize(
    ("url", "link", "follows"),
    [
        ("https://a.example/review", "/review/2", True),
        ("https://a.example/review/", "/review/page/2/", True),
        ("https://a.example/review", "?page=2", True),
        ("https://a.example/review?id=7", "/review?id=7&page=2", True),
        ("https://a.example/review-7.html", "/review-7.html?page=2", True),
        ("https://a.example/review.html", "review-2.html", True),
        ("https://a.example/review/2", "/review/3", True),
        ("https://a.example/review/3", "/review/2", False),
        ("https://a.example/review", "/review/3", False),
        ("https://a.example/review", "/another-story", False),
        ("https://a.example/review", "https://b.example/review/2", False),
        ("https://a.example/2017/07/07", "/2017/07/08", False),
        ("https://a.example/review?id=7", "/review?id=8", False),
        ("https://a.example/review", "/review/amp/2", False),
    ],
)
def test_only_the_pages_own_next_part_follows(url: str, link: str, follows: bool) -> None:
    """A link is the next part where its address is this page's with the next number; `rel=next` to another story is not."""
    body = html(head=f'<link rel="next" href="{link}">', after=f'<a href="{link}">Next</a>')
    assert (next_part(page(body, url)) is not None) is follows


def test_a_page_that_is_no_html_has_no_next_part() -> None:
    """Bytes of another kind and text end the search."""
    assert next_part(page(b"%PDF-1.7 next page/2")) is None
    assert next_part(page(b"a text, next page 2 of 3")) is None


def test_parts_are_one_article() -> None:
    """The parts' paragraphs follow one another; what each part repeats stands once."""
    standfirst = "Orbit had its best quarter, and a new plant, and a plan that its rivals will not like at all."
    first = page(html(standfirst, *PROSE), "https://news.example/story")
    second = page(html(standfirst, *SECOND), "https://news.example/story/2")
    found = clean(replace(first, parts=(second,)), Sites.of(), now=NOW)
    assert isinstance(found, Article)
    assert found.text.split("\n") == [standfirst, *PROSE, *SECOND]
    assert found.url == "https://news.example/story"


def test_a_part_that_cannot_be_read_costs_only_itself() -> None:
    """A broken second page leaves the first as it is."""
    found = clean(replace(page(html()), parts=(page(b"\x89PNG\r\n"),)), Sites.of(), now=NOW)
    assert isinstance(found, Article)
    assert found.text.split("\n") == list(PROSE)


def test_short_lines_may_recur() -> None:
    """A heading such as `Price` may stand in every part."""
    assert joined([["Price", "A long line that says something new."], ["Price", "A long line that says something new."]]) == [
        "Price", "A long line that says something new.", "Price"]  # fmt: skip


def test_the_number_of_a_part() -> None:
    """Days and numbers of articles are no parts."""
    assert ("a.example/review?", 3) in readings("https://a.example/review/page/3/")
    assert {n for _, n in readings("https://a.example/2017/07/story-4711.html")} == {1}
    assert {n for _, n in readings("https://a.example/2017/7/8")} == {1}


@pytest.mark.parametrize(
    ("variant", "plain"),
    [
        ("https://news.example/story/amp", "https://news.example/story"),
        ("https://news.example/story/amp/", "https://news.example/story/"),
        ("https://amp.news.example/story", "https://news.example/story"),
        ("https://m.news.example/story?id=3", "https://news.example/story?id=3"),
        ("https://news.example/story?outputType=amp", "https://news.example/story"),
        ("https://news.example/story?id=3&print=1", "https://news.example/story?id=3"),
        ("https://news.example/print/story", "https://news.example/story"),
        ("https://news.example/story.amp.html", "https://news.example/story.html"),
        ("https://news.example/amp", None),
    ],
)
def test_a_variant_without_a_canonical_link_is_traced_all_the_same(variant: str, plain: str | None) -> None:
    """AMP, print and mobile pages belong to the page whose address is left without their mark."""
    assert plain_address(variant) == plain
    found = clean(page(html(), variant), Sites.of(), now=NOW)
    assert isinstance(found, Article)
    assert found.canonical_url == plain


def live(*entries: str, head: str = "") -> bytes:
    key = "<div class='key-points'><h2>Key points</h2><ul><li><a href='#1'>Orbit's new phone costs 499 crowns</a></li></ul></div>"
    body = "".join(f"<article class='liveblog-entry'><time datetime='2024-02-03T1{n}:05:00Z'>1{n}:05</time><button>Share</button>{e}</article>" for n, e in enumerate(entries))
    aside = "<aside class='newsletter'><p>Get 5 stories in your inbox every morning, sign up for our newsletter today.</p></aside>"
    return f"<html><head><title>Orbit's launch, live</title>{head}</head><body><h1>Orbit's launch, live</h1>{key}<div class='feed'>{body}</div>{aside}</body></html>".encode()


def test_a_live_blog_is_its_entries() -> None:
    """Times, buttons, key points and what stands beside the entries are no part of the text."""
    entries = ("<h2>The doors open</h2><p>Some two thousand guests are looking for their seats.</p>", f"<p>{PROSE[0]}</p>", f"<p>{PROSE[1]}</p>", "<p>The lights go out, and the founder comes on stage.</p>")
    found = clean(page(live(*entries)), Sites.of(), now=NOW)
    assert isinstance(found, Article)
    assert found.text.split("\n") == ["The doors open", "Some two thousand guests are looking for their seats.", PROSE[0], PROSE[1], "The lights go out, and the founder comes on stage."]


def test_a_live_blog_that_a_script_fills_is_read_from_its_json() -> None:
    """Entries that stand only in JSON-LD are the text too."""
    updates = ",".join(f'{{"@type":"BlogPosting","headline":"Report {n}","articleBody":"{line}"}}' for n, line in enumerate(PROSE))
    head = f'<script type="application/ld+json">{{"@type":"LiveBlogPosting","headline":"Orbit live","liveBlogUpdate":[{updates}]}}</script>'
    found = clean(page(f"<html><head><title>Orbit live</title>{head}</head><body><div id='app'></div></body></html>".encode()), Sites.of(), now=NOW)
    assert isinstance(found, Article)
    assert [line for line in found.text.split("\n") if not line.startswith("Report")] == list(PROSE)


def test_an_article_with_one_live_box_is_no_live_blog() -> None:
    """Fewer than three entries change nothing."""
    box = "<div class='live-item'><p>Follow our reports from the launch this evening, from seven o'clock.</p></div>"
    found = clean(page(html(before=box)), Sites.of(), now=NOW)
    assert isinstance(found, Article)
    assert set(PROSE) <= set(found.text.split("\n"))
