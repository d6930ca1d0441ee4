"""Sentences by what is hard about them; each with all that should come out of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.model import Claim

Read = Callable[..., list[Claim]]


def short(claim: Claim) -> tuple[str, str, str, str, str | None]:
    """Company, metric, amount with unit, basis, period."""
    return (
        claim.company,
        claim.metric,
        f"{claim.amount.normalize():f} {claim.unit.value}",
        claim.basis.value,
        claim.period.label if claim.period else None,
    )


def test_a_figure_and_its_comparison_are_two_claims(read: Read) -> None:
    """`rose to X from Y a year earlier` gives both levels, each with its own period."""
    claims = read("OPPO's market share rose to 12% in Q1 2021 from 9% a year earlier, IDC said.")
    assert [short(c) for c in claims] == [
        ("OPPO", "market_share", "12 percent", "abs", "2021-Q1"),
        ("OPPO", "market_share", "9 percent", "abs", "2020-Q1"),
    ]
    assert {c.authority for c in claims} == {"IDC"}


def test_growth_is_the_base_metric_with_a_basis(read: Read) -> None:
    """Growth and level of one sentence share metric and period; a fall is negative."""
    claims = read("Huawei's revenue fell 16.5% year-on-year to 152.2 billion yuan in the first quarter of 2021.")
    assert [short(c) for c in claims] == [
        ("Huawei", "revenue", "-16.5 percent", "yoy", "2021-Q1"),
        ("Huawei", "revenue", "152200000000 currency", "abs", "2021-Q1"),
    ]
    assert claims[0].compared_to is not None and claims[0].compared_to.label == "2020-Q1"


def test_lists_give_each_company_its_own_number(read: Read) -> None:
    """In an enumeration every name keeps the number at its side."""
    claims = read(
        "Samsung led the Indian smartphone market with a 20% share in Q4 2022, followed by Vivo with 18% and Xiaomi with 17%.", "2023-01-30"
    )
    assert [(c.company, str(c.amount), c.region) for c in claims if c.metric == "market_share"] == [
        ("Samsung", "20", "IN"),
        ("vivo", "18", "IN"),
        ("Xiaomi", "17", "IN"),
    ]


def test_respectively_pairs_by_order(read: Read) -> None:
    """As many names as numbers, in the same order."""
    claims = read("In Q2 2021 Xiaomi, Oppo and Vivo shipped 52.9 million, 32.8 million and 31.6 million smartphones respectively.")
    assert [(c.company, int(c.amount)) for c in claims] == [("Xiaomi", 52_900_000), ("OPPO", 32_800_000), ("vivo", 31_600_000)]


def test_the_company_is_the_last_one_spoken_of(read: Read) -> None:
    """`It` and `the company` point back to the clause's subject, not to a rival named in passing."""
    claims = read("Xiaomi overtook Apple in the second quarter of 2021. The company shipped 52.9 million smartphones, up 83% on the year.")
    assert {(c.company, c.metric) for c in claims if c.metric == "shipments"} == {("Xiaomi", "shipments")}
    assert any(c.amount == 52_900_000 for c in claims)


def test_a_sub_brand_is_a_segment_of_its_maker(read: Read) -> None:
    """Redmi's figure is Xiaomi's with segment:Redmi, never Xiaomi's total."""
    (claim,) = read("Redmi sold 10 million phones in India in 2020.")
    assert (claim.company, claim.segment, claim.region) == ("Xiaomi", "segment:Redmi", "IN")


@pytest.mark.parametrize(
    ("published", "company", "segment"), [("2019-08-01", "Huawei", "segment:Honor"), ("2022-01-20", "Honor", "smartphones")]
)
def test_honor_is_huawei_s_until_it_left(read: Read, published: str, company: str, segment: str) -> None:
    """The date of independence decides whose figure it is."""
    (claim,) = read("Honor shipped 13.2 million smartphones in China.", published)
    assert (claim.company, claim.segment) == (company, segment)


def test_an_aim_is_a_target_and_another_s_view_a_forecast(read: Read) -> None:
    """The company's own plan is target; a research firm's is forecast."""
    (aim,) = read("Xiaomi aims to open 30,000 stores in China by 2023.")
    (view,) = read("Counterpoint expects Apple to ship 230 million iPhones in 2022.")
    assert (aim.kind.value, aim.authority) == ("target", "Xiaomi")
    assert (view.kind.value, view.authority) == ("forecast", "Counterpoint")


def test_a_bracketed_conversion_is_one_claim(read: Read) -> None:
    """The second currency is the same amount."""
    (claim,) = read("Lenovo posted revenue of 106.9 billion yuan ($16.9 billion) in the second quarter of 2021.")
    assert (claim.currency, claim.alt_currency, int(claim.alt_amount or 0)) == ("CNY", "USD", 16_900_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "The Xiaomi 11 has a 108 MP camera, 12 GB of RAM and a 4,600 mAh battery.",
        "It charges 50% faster than the Mi 10 and weighs 196 grams.",
        "A start-up called Acme shipped 4 million phones in 2020.",
        "The 618 festival drew 250 million viewers.",
        "In a survey, 62% of people liked the Galaxy S21.",
    ],
)
def test_what_is_no_figure_of_a_company(read: Read, text: str) -> None:
    """Specs, ratings, unknown companies and survey answers give nothing."""
    assert [short(c) for c in read(text) if c.metric != "price"] == []


def test_a_price_is_never_revenue(read: Read) -> None:
    """What a product costs is claimed as price or not at all."""
    assert {c.metric for c in read("The Redmi Note 10 costs 1,299 yuan ($200) and goes on sale in China on Friday.")} <= {"price"}


def test_without_a_date_relative_periods_stay_open(read: Read) -> None:
    """Nothing is guessed where the text has no date."""
    (claim,) = read("Xiaomi shipped 20 million smartphones last quarter.", None)
    assert claim.period is None


def test_chinese_articles_are_read(read: Read) -> None:
    """出货量, 营收, 同比 and 市场份额 as their English counterparts."""
    text = "小米集团公布财报，2021年第二季度营收877.9亿元，同比增长64%。智能手机出货量达5290万台。"
    found = {short(c) for c in read(text)}
    assert ("Xiaomi", "revenue", "87790000000 currency", "abs", "2021-Q2") in found
    assert ("Xiaomi", "revenue", "64 percent", "yoy", "2021-Q2") in found
    assert any(c[:3] == ("Xiaomi", "shipments", "52900000 units") for c in found)


def test_every_claim_says_why(read: Read) -> None:
    """The rules name the words that gave company, metric and amount."""
    (claim,) = read("Apple sold 40.8 million iPhones in Q3 2019, Gartner said.", "2019-11-26")
    rules = dict(claim.rules)
    assert {"amount", "company", "metric", "period", "authority"} <= rules.keys()
    assert "Apple" in rules["company"] and "Gartner" in rules["authority"]
    assert 0 < claim.confidence <= 1


def test_a_share_of_the_market_is_no_share_of_stock(read: Read) -> None:
    """`a share of 19%` is a market share; `2.5 yuan a share` isn't."""
    claims = read("OPPO shipped 33 million smartphones in Q2 2021, according to IDC, and came fourth with a share of 10.5%.")
    assert ("OPPO", "market_share", "10.5 percent", "abs", "2021-Q2") in [short(c) for c in claims]
    assert not [c for c in read("Lenovo earned 11 cents a share in Q2 2021.") if c.metric == "market_share"]
