"""Whose, where and on whose word: sentences in which a name, a place or a verb nearby misleads."""

# ruff: noqa: E501 (a text is one line)

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.model import Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    "text",
    [
        "Huawei filed 6,100 patents abroad in 2016 and was granted 2,200 patents.",
        "Huawei filed 6,100 patents abroad in 2016, and 2,200 patents were granted to it.",
    ],
)
def test_patents_are_filed_or_granted_by_the_nearest_verb(read: Read, text: str) -> None:
    """The verb right behind the patents decides, else the last one before the number."""
    assert [(c.metric, int(c.amount)) for c in read(text, "2017-02-01")] == [("patents_filed", 6100), ("patents_granted", 2200)]


def test_the_research_firm_is_the_one_named_before(read: Read) -> None:
    """`The research firm said`, `the researcher added`: the measurer spoken of, never the company of the figure."""
    text = "Canalys has counted the second quarter of 2021. OPPO shipped 32 million smartphones, the research firm said. Apple's market share was 14%, the researcher added."
    assert {(c.company, c.authority) for c in read(text)} == {("OPPO", "Canalys"), ("Apple", "Canalys")}


def test_what_the_writer_reported_is_the_writer_s_word(read: Read) -> None:
    """`We reported on Monday` makes no company a source."""
    text = "As we reported on Monday, Xiaomi makes 600,000 units of the Mi 6 every month, below Huawei Mate 9's 800,000 and OPPO R11's 1.5 million."
    claims = read(text, "2016-05-10")
    assert len(claims) == 3 and {c.authority for c in claims} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Transsion, which sells most of its phones in Africa, shipped 30 million smartphones in 2020.",
        "Xiaomi's shipments have risen 40% since its listing in Hong Kong.",
        "Apple shipped 40 million iPhones in Q1 2021, after a plant in China had stood still.",
        "Xiaomi shipped 49 million smartphones in Q1 2021, according to a report published in Hong Kong.",
    ],
)
def test_a_side_clause_gives_no_region(read: Read, text: str) -> None:
    """Where a firm is listed, sells other phones or had a plant is not where the amount holds."""
    assert {c.region for c in read(text)} == {"GLOBAL"}


def test_a_cause_doesnt_change_whose_figure_it_is(read: Read) -> None:
    """A name in `because it sold its brand` leaves the amount with the company spoken of."""
    (claim,) = read("Huawei has told its results. Net profit climbed to 110 billion yuan in 2021, mostly because it sold its Honor brand.")
    assert (claim.company, claim.metric, claim.segment) == ("Huawei", "net_profit", "company")


def test_the_whole_market_is_nobody_s(read: Read) -> None:
    """Fall and level of the whole market are MARKET's shipments."""
    claims = read("The whole market fell 4% to 1.2 billion smartphones in 2020, according to IDC.")
    assert [(c.company, c.metric, c.unit.value, int(c.amount)) for c in claims] == [
        ("MARKET", "shipments", "percent", -4),
        ("MARKET", "shipments", "units", 1_200_000_000),
    ]


def test_two_companies_with_a_verb_each(read: Read) -> None:
    """`X shipped a iPhones and Y shipped b phones` are two companies' figures."""
    claims = read("Apple shipped 200 million iPhones and Huawei shipped 190 million smartphones in 2018, IDC said.", "2019-02-01")
    assert [(c.company, int(c.amount)) for c in claims] == [("Apple", 200_000_000), ("Huawei", 190_000_000)]


def test_online_shops_and_times_done_are_no_figures(read: Read) -> None:
    """Somebody's web shops are no stores; what was done four times has not grown fourfold."""
    assert read("Xiaomi sells its phones through two big online shops in India.") == []
    assert read("Xiaomi holds many patents and says it charged a phone four times.") == []


def test_a_product_s_sale_of_minutes_is_no_year(read: Read) -> None:
    """Units sold in minutes are the product's, and of no period that the text named before."""
    (claim,) = read("In 2017 Xiaomi grows fast. In our first Redmi 4A sale, Xiaomi sold 200,000 phones in just 5 minutes.", "2017-04-20")
    assert (claim.segment, claim.period) == ("product:Redmi 4A", None)


def test_growth_behind_an_aim_has_been(read: Read) -> None:
    """The growth that an aim follows from is of the last quarter that was over, never of the time aimed at."""
    aim, growth = read(
        "Xiaomi has a shipment goal of over 90 million phones in the next twelve months after 60 percent quarter-on-quarter growth.",
        "2017-07-10",
    )
    assert (aim.kind.value, aim.period and aim.period.label) == ("target", "2017-07/2018-07")
    assert (growth.kind.value, growth.period and growth.period.label, growth.basis.value) == ("actual", "2017-Q2", "qoq")


def test_a_forecast_keeps_the_time_foreseen_before(read: Read) -> None:
    """What is foreseen without a time of its own is of the time foreseen in the sentence before."""
    text = "Global smartphone shipments will reach 1.4 billion units by 2024, according to IDC. Apple is going to ship 210 million iPhones."
    assert [(c.company, c.period and c.period.label, c.kind.value) for c in read(text, "2020-03-02")] == [
        ("MARKET", "2024", "forecast"),
        ("Apple", "2024", "forecast"),
    ]


def test_list_items_take_what_the_lede_says(read: Read) -> None:
    """Metric, period and authority of a list are those of the sentence above it."""
    text = "Smartphone shipments in the third quarter of 2020 recovered, IDC says.\n- Samsung: 80 million units\n- Xiaomi: 46 million, 13% share"
    claims = read(text, "2020-11-02")
    assert [(c.company, c.metric, int(c.amount)) for c in claims] == [
        ("Samsung", "shipments", 80_000_000),
        ("Xiaomi", "shipments", 46_000_000),
        ("Xiaomi", "market_share", 13),
    ]
    assert {(c.period and c.period.label, c.authority) for c in claims} == {("2020-Q3", "IDC")}


def test_a_heading_takes_what_only_the_text_tells(read: Read) -> None:
    """The figure of a heading gets period, region and authority of its fuller mention below."""
    heading, full = read("Xiaomi ships 9 million phones\nXiaomi shipped 9 million phones in India in Q1 2018, Canalys said.", "2018-05-02")
    assert (heading.period, heading.region, heading.authority) == (full.period, "IN", "Canalys")


def test_the_title_s_quarter_is_the_text_s(read: Read) -> None:
    """A time that only the title names is that of the sentences without one."""
    (claim,) = read("Samsung shipped 80 million smartphones.", "2020-11-02", "Smartphone market in Q3 2020")
    assert claim.period and claim.period.label == "2020-Q3"


def test_sold_so_far_runs_to_publication(read: Read) -> None:
    """`Has sold so far` has no beginning and ends on the day of the text."""
    (claim,) = read("Xiaomi has sold over 5 million units of its Redmi Note 3 in India so far.", "2017-01-12")
    assert claim.period and claim.period.label == "cum:/2017-01-12"


@pytest.mark.parametrize(
    ("text", "company", "region"),
    [
        ("Xiaomi leads the Indian market with 28% in Q2 2021.", "Xiaomi", "IN"),
        ("Samsung topped the list in Europe in Q2 2021.", "Samsung", "EU"),
        ("Samsung took the lead in Brazil in Q2 2021.", "Samsung", "BR"),
        ("In Q2 2021 Huawei was the largest smartphone vendor in China.", "Huawei", "CN"),
    ],
)
def test_a_first_place_needs_no_number(read: Read, text: str, company: str, region: str) -> None:
    """`Leads the market`, `topped the list`, `the largest vendor` are rank 1."""
    (rank,) = [c for c in read(text) if c.metric == "rank"]
    assert (rank.company, rank.region, int(rank.amount)) == (company, region, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Apple, one of the largest smartphone vendors, opened a shop.",
        "Apple hopes to lead the market.",
        "Nokia was once the largest phone maker.",
        "Samsung Display is the second-largest smartphone supplier's rival.",
    ],
)
def test_no_first_place_where_none_is_said(read: Read, text: str) -> None:
    """One of several, a hope, what was once: no rank 1."""
    assert not [c for c in read(text) if c.metric == "rank" and c.amount == 1]
