"""What the newsroom should hold, and whether a difference is noticed."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from etl.newsroom import Expectation, compare, read_expected
from etl.newsroom.check import Figure
from etl.newsroom.stories import read_sites, read_stories

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def expected() -> Expectation:
    return read_expected(NOW)


def claim(expected: Expectation, article: str, figure: Figure) -> dict[str, Any]:
    """The row that a perfect reader would leave in the warehouse."""
    is_change = figure.basis != "abs"
    return {
        "article": article, "company": figure.company, "metric": figure.metric, "amount": Decimal(figure.amount), "period": figure.period,
        "segment": figure.segment or expected.segments.get(figure.metric, "company"), "region": figure.region, "basis": figure.basis,
        "unit": figure.unit or ("percent" if is_change else expected.units.get(figure.metric, "count")), "kind": figure.kind,
        "currency": figure.currency, "authority": figure.authority,
    }  # fmt: skip


def perfect(expected: Expectation) -> dict[str, list[dict[str, Any]]]:
    """What would be found if everything were as it should be."""
    dropped_in = {"no_claim": "claims", "syndicated_copy": "duplicates"}
    return {
        "endings": [
            {"room": dropped_in.get(a.ends, "claims"), "article": a.name, "outcome": "kept" if a.ends == "kept" else "dropped",
             "reason": None if a.ends == "kept" else a.ends}
            for a in expected.articles
        ],
        "claims": [claim(expected, a.name, figure) for a in expected.articles for figure in a.claims],
        "facts": [{"company": d.company, "metric": d.metric, "disputes": [{"over": d.over}]} for d in expected.disputes],
        "shifts": [
            {"company": m.company, "metric": m.metric, "period": m.period, "amount": m.amount, "against": "2017",
             "reference_amount": m.reference_amount}
            for m in expected.moved
        ],
        "mails": [{"subject": "Xiaomi", "text": words} for words in expected.mails.each_once],
    }  # fmt: skip


def test_nothing_to_complain_of(expected: Expectation) -> None:
    """Rows that are as expected raise no complaint."""
    assert compare(expected, perfect(expected)) == []


def test_every_article_has_its_expectation(expected: Expectation) -> None:
    """articles/ and expected.toml name the same articles, each once."""
    stories = [f"{s.site}/{s.slug}" for s in read_stories(read_sites(), {})]
    assert sorted(stories) == sorted(a.name for a in expected.articles)
    assert len(set(stories)) == len(stories) >= 36


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", Decimal(24050000)), ("company", "Lenovo"), ("period", "2018-Q2"), ("region", "IN"), ("basis", "yoy"),
        ("kind", "target"), ("authority", "IDC"),
    ],
)  # fmt: skip
def test_a_wrong_claim_is_missed_and_too_much(expected: Expectation, field: str, value: object) -> None:
    """A claim that differs in any field is named twice: the right one is missing, the wrong one too much."""
    found = perfect(expected)
    found["claims"][0][field] = value
    complaints = compare(expected, found)
    assert [c.split(": ")[1].split()[0] for c in complaints] == ["missing", "too"]
    assert all("dispatch/xiaomi-record-quarter" in c for c in complaints)


@pytest.mark.parametrize("metric", ["rank", "price"])
def test_ranks_and_prices_are_nobodys_business(expected: Expectation, metric: str) -> None:
    """A rank or a price that was read is neither demanded nor held against the reader, not even where nothing else was read."""
    found = perfect(expected)
    review = "barn/poco-f1-review"
    found["claims"].append({**found["claims"][0], "article": review, "metric": metric, "amount": Decimal(300)})
    for ending in found["endings"]:
        if ending["article"] == review:
            ending.update(outcome="kept", reason=None)
    assert compare(expected, found) == []


def test_a_leaked_comment_is_noticed(expected: Expectation) -> None:
    """A figure from a reader's comment under a review is too much, and the review should have been dropped."""
    found = perfect(expected)
    found["claims"].append({**found["claims"][0], "article": "barn/poco-f1-review", "amount": Decimal(500000000)})
    assert len(compare(expected, found)) == 1


def test_a_kept_copy_is_noticed(expected: Expectation) -> None:
    """A syndicated copy that wasn't dropped is named with how it should have ended."""
    found = perfect(expected)
    for ending in found["endings"]:
        if ending["article"] == "barn/xiaomi-is-alive":
            ending.update(outcome="kept", reason=None)
    assert compare(expected, found) == ["barn/xiaomi-is-alive: should end syndicated_copy, ended kept"]


def test_mails_come_once_and_for_nothing_else(expected: Expectation) -> None:
    """A mail that came twice, not at all, or about a rival is noticed."""
    found = perfect(expected)
    twice, lost = found["mails"][0], found["mails"].pop()
    found["mails"] += [twice, {"subject": "Apple", "text": "Apple shipped 247.8 million iPhones"}]
    assert compare(expected, found) == [
        f"'{twice['text']}' stands in 2 mails instead of one",
        f"'{lost['text']}' stands in 0 mails instead of one",
        "'247.8 million' was mailed",
        "a mail that nothing called for: Apple",
    ]


def test_disputes_and_shifts_are_demanded(expected: Expectation) -> None:
    """A dispute that isn't shown, one that shouldn't be, and a shift that wasn't found are named."""
    found = perfect(expected)
    found["facts"] = [{"company": "Apple", "metric": "revenue", "disputes": [{"over": "amount"}]}]
    found["shifts"] = found["shifts"][1:]
    complaints = compare(expected, found)
    assert len(complaints) == len(expected.disputes) + 2


def test_periods_follow_the_clock(expected: Expectation) -> None:
    """A period may be written relative to the newsroom's clock."""
    found = perfect(expected)
    stock = next(row for row in found["claims"] if row["metric"] == "stores")
    stock["period"] = "asof:2017-07-07"  # the day, where the month is expected: a stock counts by the month
    assert compare(expected, found) == []
    stock["period"] = "asof:2017-08"
    assert len(compare(expected, found)) == 2
