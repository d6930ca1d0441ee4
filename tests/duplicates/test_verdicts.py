from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.adapters.index import SqliteIndex
from etl.commands.filters import moment
from etl.duplicates import Document, tell_apart, tokens
from etl.duplicates.addresses import address_key
from etl.duplicates.boilerplate import wire_credits
from etl.duplicates.compare import Comparison
from etl.duplicates.decide import decide
from etl.duplicates.tokens import read
from etl.duplicates.vocabulary import Vocabulary
from etl.model import Verdict
from tests.duplicates.conftest import OTHER, STORY

Make = Callable[..., Document]
CHINESE = (
    "小米公司周五公布，第二季度智能手机出货量达到2316万部，环比增长70%，创下历史新高。\n"
    "创始人雷军在致员工的信中表示，公司今年的营收目标是1000亿元，并计划在三年内开设2000家线下门店。\n"
    "他还说，印度市场的销售额在上半年同比增长了328%，公司将继续加大在当地的投资，扩大生产规模。"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("the same words", STORY),
        ("shouted", STORY.upper()),
        ("another dateline", "BEIJING, Jul 7 (Reuters) - " + STORY),
        ("numbers spelt otherwise", STORY.replace("23.16 million", "23,160,000").replace("70 percent", "seventy per cent")),
        ("only its beginning", "\n".join(STORY.split("\n")[:3]) + "\nContinue reading..."),
        ("paragraphs in another order", "\n".join(reversed(STORY.split("\n")))),
        ("a site's own lines", STORY + "\n© 2017 News Example Ltd. All rights reserved.\nSubscribe to our newsletter for 9 euros a month."),
        ("a few other words", STORY.replace("handsets", "phones").replace("shops", "stores").replace("lean years", "hard times")),
    ],
)
def test_a_copy_is_told_whatever_its_dress(name: str, text: str, index: SqliteIndex, article: Make) -> None:
    """A text that brings no figure of its own is dropped as a copy of the one that had it first."""
    tell_apart(article("first", STORY), index)
    told = tell_apart(article("second", text, source="paper.example"), index)
    assert (told.verdict, told.of, told.group_id) == (Verdict.COPY, "first", "first"), name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one figure", STORY.replace("23.16 million", "23.19 million")),
        ("the quarter", STORY.replace("first quarter", "third quarter")),
        ("the month", STORY.replace("months to June", "months to September")),
        ("all figures", STORY.replace("23.16", "28.4").replace("70", "21").replace("100 billion", "150 billion").replace("2,000", "3,400")),
        (
            "a sentence with a figure",
            STORY + "\nThe tablet unit sold 640,000 machines, twice as many as in spring, a person close to it said.",
        ),
        ("another company", STORY.replace("Xiaomi", "Oppo").replace("The firm", "Oppo").replace("Lei Jun", "Tony Chen")),
    ],
)
def test_a_known_text_with_something_new_is_kept(name: str, text: str, index: SqliteIndex, article: Make) -> None:
    """Same wording and another value, period, name or figure is news, not a copy."""
    known = STORY.replace("The firm", "Xiaomi")
    tell_apart(article("first", known), index)
    text = text.replace("The firm", "Xiaomi")
    assert tell_apart(article("second", text, source="paper.example"), index).verdict is not Verdict.COPY, name


def test_chinese_texts_are_compared_by_characters(index: SqliteIndex, article: Make) -> None:
    """A trimmed Chinese copy is dropped; another value, or another quarter, is kept. 万 and digits are one spelling."""
    tell_apart(article("first", CHINESE), index)
    assert tell_apart(article("copy", CHINESE.replace("2316万", "23,160,000"), source="b.example"), index).verdict is Verdict.COPY
    assert tell_apart(article("trimmed", "\n".join(CHINESE.split("\n")[:2]), source="c.example"), index).verdict is Verdict.COPY
    assert tell_apart(article("value", CHINESE.replace("2316万", "2319万"), source="d.example"), index).verdict is Verdict.REVISION
    assert tell_apart(article("quarter", CHINESE.replace("第二季度", "第三季度"), source="e.example"), index).verdict is Verdict.REVISION


def test_an_independent_report_is_linked_and_kept(index: SqliteIndex, article: Make) -> None:
    """Another report of the event within a week names the first one; a storm elsewhere names nobody; nothing is dropped."""
    tell_apart(article("storm", OTHER), index)
    tell_apart(article("first", STORY), index)
    report = (
        "Phones from China: after two weak years Xiaomi is back. Its chief, Lei Jun, put the second-quarter volume at"
        " 23.16 million units.\n"
        "That is 70 percent more than three months before. In Beijing he spoke of 2,000 outlets and of 100 billion"
        " yuan in sales; India and the Redmi "
        "series carried much of the weight."
    )
    told = tell_apart(article("second", report, source="paper.example", day=9), index)
    assert told.verdict in (Verdict.REWRITE, Verdict.SAME_EVENT)
    assert (told.of, told.group_id) == ("first", "second")
    late = tell_apart(article("late", report.replace("Phones from", "Handsets of"), source="late.example", day=29), index)
    assert late.of != "first"


def test_a_block_that_recurs_on_a_host_is_left_out(index: SqliteIndex, article: Make) -> None:
    """What a host sets under each of its articles makes no copy of any, and a copy with it is still one."""
    rail = "\nMost read this hour: the bridge gets its 3rd coat of paint.\nA baker in Graz sells 4,100 rolls on a Monday, he told us."
    for n, letter in enumerate("bdfk"):
        words = [f"{letter}{one}{two}r" for one in "aeiou" for two in "aeiouy"]
        text = ". ".join(" ".join(words[at : at + 10]).capitalize() for at in range(0, 30, 10)) + "."
        assert tell_apart(article(f"own{n}", text + rail, source="rail.example"), index).verdict is not Verdict.COPY
    tell_apart(article("first", STORY), index)
    assert tell_apart(article("copy", STORY + rail, source="rail.example"), index).verdict is Verdict.COPY


def test_a_text_too_short_copies_nothing(index: SqliteIndex, article: Make) -> None:
    """An empty page, or one of three words, is never a copy of another one."""
    for n, text in enumerate(("", "", "Please enable JavaScript", "Please enable JavaScript")):
        assert tell_apart(article(f"short{n}", text), index).verdict is Verdict.ORIGINAL


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/2017/07/xiaomi?utm_source=x&fbclid=1",
        "https://www.news.example/2017/07/xiaomi/amp/",
        "https://m.news.example/2017/07/xiaomi.html#top",
        "https://amp.news.example/2017/07/xiaomi?print=1",
        "https://news-example.cdn.ampproject.org/c/s/news.example/2017/07/xiaomi",
    ],
)
def test_an_address_is_one_in_all_its_forms(url: str) -> None:
    """Tracking, AMP, print and mobile parts don't make another article; a parameter that picks the article does."""
    assert address_key(url) == address_key("https://news.example/2017/07/xiaomi")
    assert address_key("https://news.example/story?id=1") != address_key("https://news.example/story?id=2")


def test_a_shared_address_is_the_reason(index: SqliteIndex, article: Make) -> None:
    """The AMP form and the page that names the first one as canonical are copies, and it says by which address."""
    tell_apart(article("first", STORY, url="https://news.example/a"), index)
    assert tell_apart(article("amp", STORY, url="https://amp.news.example/a/amp"), index).reason == "url"
    assert tell_apart(article("other", STORY, url="https://b.example/9", canonical="https://news.example/a"), index).reason == "canonical"


def test_numbers_read_alike_in_every_spelling() -> None:
    """Digits, words, fractions and scales of one amount have one value."""
    values = [
        next(iter(read(f"They sold {n} units").values.values())) for n in ("23.1 million", "23,100,000", "twenty-three point one million")
    ]
    assert values == [23_100_000.0] * 3
    assert read("priced at 5-1/4 pct").values[2] == 5.25


def test_the_filter_answers_in_order(tmp_path: Path) -> None:
    """`figurewatch duplicates --index FILE` answers each line, remembers across runs, and says what is wrong with a bad line."""
    rows = [
        {"doc_id": "a", "url": "https://x.example/a", "title": "t", "text": STORY, "published": "2017-07-07", "source": "x"},
        {"doc_id": "b", "url": "https://y.example/b", "title": "t", "text": STORY, "published": "2017-07-08", "source": "y"},
    ]
    call = [sys.executable, "-m", "etl", "duplicates", "--index", str(tmp_path / "i.sqlite")]
    for lines in (rows, rows[1:]):
        out = subprocess.run(call, input="\n".join(map(json.dumps, lines)), capture_output=True, text=True, check=True).stdout
        assert json.loads(out.splitlines()[-1]) == {"doc_id": "b", "verdict": "copy", "of": "a", "coverage": 1.0, "reason": "exact"}
    bad = subprocess.run(call, input='{"doc_id": "c"}\n', capture_output=True, text=True, check=False)
    assert (bad.returncode, json.loads(bad.stdout)["doc_id"]) == (1, "c")


def test_two_agencies_texts_are_held_apart_for_longer() -> None:
    """Where each names another agency, more must agree before one is a copy; a shared one is the reason kept."""
    found = Comparison(coverage=0.7, reverse=0.7, changed=0, new=0, same=3, numbers=3, subjects=1.0, renamed=0)
    told = {shares: decide(found, None, shares_agency=shares) for shares in (True, False, None)}
    assert (told[True].verdict, told[True].reason) == (Verdict.COPY, "credit")
    assert (told[None].verdict, told[None].reason) == (Verdict.COPY, "coverage")
    assert told[False].verdict is not Verdict.COPY
    assert decide(found, "url", shares_agency=False).reason == "url"


@pytest.mark.parametrize(
    ("text", "source", "agencies"),
    [
        ("MUMBAI, July 7 (Reuters) - " + STORY, "paper.example", {"REUTERS"}),
        (STORY + "\n(With inputs from IANS)", "paper.example", {"IANS"}),
        (STORY + "\n- PTI", "paper.example", {"PTI"}),
        (STORY, "www.reuters.com", {"REUTERS"}),
        (STORY.replace("Analysts in Beijing", "Bloomberg analysts in Beijing"), "paper.example", set()),
    ],
)
def test_an_agency_is_credited_at_an_end_or_by_its_own_site(text: str, source: str, agencies: set[str]) -> None:
    """"(Reuters)" in the dateline, "with inputs from IANS" below, the agency's own site; a name in the middle is no credit."""
    assert wire_credits(text, source) == agencies


def test_the_agency_is_kept_as_the_reason(index: SqliteIndex, article: Make) -> None:
    """Two papers print one agency's text, each in its own trim: the copy says by which sign it was told."""
    lines = STORY.split("\n")
    tell_apart(article("first", "BEIJING, Jul 7 (Reuters) - " + STORY), index)
    told = tell_apart(article("second", "(Reuters) - " + "\n".join(lines[:4]) + "\nContinue reading...", source="b.example"), index)
    assert (told.verdict, told.of, told.reason) == (Verdict.COPY, "first", "credit")


def test_a_full_vocabulary_gives_way_to_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words numbered anew are the same words: a text reads alike before and after."""
    before = read.__wrapped__(STORY)
    monkeypatch.setattr(tokens, "_current", [Vocabulary(["million"], [])])
    monkeypatch.setattr(Vocabulary, "room", 0)
    after = read.__wrapped__(STORY)
    assert (after.hashes == before.hashes).all()
    assert (after.digest, after.sentences, after.names.tolist()) == (before.digest, before.sentences, before.names.tolist())


@pytest.mark.parametrize(
    ("name", "text", "verdict"),
    [
        ("sentences in another order", "\n".join(reversed(CHINESE.split("\n"))), Verdict.COPY),
        ("a site's own lines", CHINESE + "\n责任编辑：王小明\n版权所有，未经授权不得转载。", Verdict.COPY),
        ("full-width digits", CHINESE.replace("2316", "２３１６").replace("70%", "70％"), Verdict.COPY),
        ("numbers in characters", CHINESE.replace("1000亿", "一千亿").replace("70%", "百分之七十"), Verdict.COPY),
        ("the half of the year", CHINESE.replace("上半年", "下半年"), Verdict.REVISION),
        ("another percentage", CHINESE.replace("328%", "382%"), Verdict.REVISION),
        ("a sentence with a figure", CHINESE + "\n平板电脑业务售出64万台，是春季的两倍，一位知情人士对本报记者表示。", Verdict.EXPANDED),
    ],
)
def test_chinese_copies_and_versions(name: str, text: str, verdict: Verdict, index: SqliteIndex, article: Make) -> None:
    """What holds for English holds for Chinese: dress doesn't count, values and periods do."""
    tell_apart(article("first", CHINESE), index)
    told = tell_apart(article("second", text, source="b.example"), index)
    assert (told.verdict, told.of) == (verdict, "first"), name


def test_a_chinese_text_is_found_among_many(index: SqliteIndex, article: Make) -> None:
    """Runs of eight characters find it: other texts of the same words in other company aren't in the way."""
    parts = CHINESE.replace("。", "，").replace("\n", "").split("，")
    for n in range(20):
        mixed = "，".join(part[::-1] for part in parts[n % 5 :] + parts[: n % 5])
        tell_apart(article(f"other{n}", mixed + f"，共{n + 40}家。", source=f"o{n}.example"), index)
    tell_apart(article("first", CHINESE), index)
    told = tell_apart(article("part", CHINESE.split("\n")[0] + CHINESE.split("\n")[2], source="b.example"), index)
    assert (told.verdict, told.of) == (Verdict.COPY, "first")


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles (../shared/seeds) aren't here")
@pytest.mark.parametrize("order", ["doc_id", "published"])
def test_the_seed_articles_are_kept_and_linked(order: str, index: SqliteIndex) -> None:
    """None of the five is a copy; the three reports of July 2017 are joined by links, whichever was read first."""
    rows = sorted(map(json.loads, (SEEDS / "docs.jsonl").read_text("utf-8").splitlines()), key=lambda row: row[order])
    told = {}
    for row in rows:
        text = (SEEDS / row["text_path"]).read_text("utf-8")
        document = Document(
            id=row["doc_id"], url=row["url"], title=row["title"], text=text, published=moment(row["published"]), source=row["source"]
        )
        told[row["doc_id"]] = tell_apart(document, index)
    assert all(telling.verdict is not Verdict.COPY for telling in told.values())
    links = {frozenset((telling.article_id, telling.of)) for telling in told.values() if telling.of}
    assert frozenset(("seed001", "seed002")) in links
    assert any("seed000" in link and link & {"seed001", "seed002"} for link in links)
