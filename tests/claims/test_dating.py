"""Which time, and which kind, a figure is given where the text names several: passages in which a nearby time misleads."""

# ruff: noqa: E501 (a text is one line)

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.model import Claim

Read = Callable[..., list[Claim]]
Q3 = "Xiaomi's revenue grew 12% to 81 billion yuan in the third quarter of 2021.\n\n"
DAY = "2021-11-25"

TIMES = [
    ("In the second quarter it had earned 8 billion. Its phone unit's revenue was 48 billion yuan.", 48e9, "2021-Q3"),
    ("Revenue beat the 79 billion yuan that it had forecast in August. Internet revenue was 7 billion yuan.", 7e9, "2021-Q3"),
    ("Last week it reported a profit of 5 billion yuan for the third quarter. Internet revenue was 7 billion yuan.", 7e9, "2021-Q3"),
    ("It shipped 43 million smartphones, against 69 million for Samsung.", 69e6, "2021-Q3"),
    ("It shipped 43 million smartphones, against 46 million in the third quarter of 2020.", 46e6, "2020-Q3"),
    ("In October it delivered 15 million phones. Internet revenue was 7 billion yuan.", 15e6, "2021-10"),
    ("IDC gave it 14% of the smartphone market in the first quarter of 2021.\n\nIt shipped 43 million smartphones in the quarter.", 43e6, "2021-Q3"),
    ("It shipped 43 million smartphones, but cut its goal for the year to 190 million.", 43e6, "2021-Q3"),
    ("It shipped 146 million smartphones last year by its own count.", 146e6, "2020"),
    ("It has 10,000 stores now, and had 4,000 at the end of 2020.", 10_000, "asof:2021-11"),
    ("A year ago it was fourth with 46 million smartphones shipped.", 46e6, "2020-Q3"),
    ("It held 14% of the smartphone market, up from 17% two quarters ago.", 17, "2021-Q1"),
    ("Since it launched in Spain in November 2017 it has sold 9 million phones there.", 9e6, "cum:2017-11/2021-11"),
    ("Between 10 AM of 1st November and 11 PM of 11th November it sold 6 million phones.", 6e6, "2021-11-01/2021-11-11"),
    ("Its goal is to ship 300 million smartphones within three years.", 300e6, "2024"),
    ("In 2018 it shipped 119 million smartphones. A year later it shipped 125 million smartphones.", 125e6, "2019"),
    ("In the first quarter of 2016 it shipped 14 million smartphones. That year it shipped 58 million smartphones.", 58e6, "2016"),
    ("Apple shipped 48 million smartphones in the quarter and 150 million in the year.", 48e6, "2021-Q3"),
    ("The market shrank 7 percent to 330 million smartphones over the full year.", 330e6, "2021"),
    ("In total 21 million wearables were shipped, three times the 7 million of the third quarter of 2014.", 21e6, "2021-Q3"),
    ("It shipped 43 million smartphones, down from 46 million in the year-ago quarter.", 46e6, "2020-Q3"),
    ("Samsung still led in Spain a year earlier with 31% of smartphone shipments.", 31, "2020-Q3"),
    ("Counterpoint has published its ranking of Spain for the second quarter. Xiaomi had a share of 40% of smartphone shipments.", 40, "2021-Q2"),
    ("It made a profit of 3 billion yuan from sales of 48 billion yuan.", 48e9, "2021-Q3"),
    ("Greater China brought 40 billion yuan, the fourth quarter in a row of growth.", 40e9, "2021-Q3"),
    ("Smartphone shipments in 2021 came to 190 million. Xiaomi sold 3 million phones in Spain, the most since 2019.", 3e6, "2021-Q3"),
    ("Its shipments were 12 percent above the 38 million smartphones of the third quarter of 2020.", 38e6, "2020-Q3"),
    ("It shipped 43 million smartphones, up 2 per cent on last year's 42 million.", 42e6, "2020-Q3"),
    ("Xiaomi opened its plant in Ghana in 2011 and employs 17,000 people.", 17_000, "asof:2021-11"),
    ("It shipped 43 million smartphones (46 million last year) and 5 million tablets.", 46e6, "2020-Q3"),
    ("MIUI had 486 million monthly active users.", 486e6, "asof:2021-09"),
    ("It shipped 6 million phones in Spain, of which 2 million in the first quarter.", 6e6, "2021-Q3"),
    ("In 2019 it opened a plant.\n\nIt shipped 146 million smartphones in the year.", 146e6, "2021"),
    ("Xiaomi, which a year ago was fourth with shipments of 46 million smartphones, isn't in the top five any more.", 46e6, "2020-Q3"),
    ("In Spain its market share is now 40%.", 40, "asof:2021-11"),
    ("Today it runs 11,000 stores, in 2019 it counted 630 stores.", 11_000, "asof:2021-11"),
]


@pytest.mark.parametrize(("text", "amount", "label"), TIMES, ids=[case[0] for case in TIMES])
def test_a_figure_is_dated_by_what_it_is_about(read: Read, text: str, amount: float, label: str) -> None:
    """Times told in passing, of a saying, of another's figure or of the clause behind a `but` date nothing else."""
    periods = [c.period.label if c.period else None for c in read(Q3 + text, DAY) if float(c.amount) == amount]
    assert periods and set(periods) == {label}


KINDS = [
    ("The target set in March was 190 million smartphones for 2022.", 190e6, "target"),
    ("Its marketing budget stays at 9 billion yuan of R&D spending this year.", 9e9, "target"),
    ("Citi, in a note dated 2 November, predicted that Xiaomi would ship 205 million smartphones in 2022.", 205e6, "forecast"),
    ("It plans to employ 50,000 people in two years from 33,000 at present.", 33_000, "actual"),
    ("It shipped 43 million smartphones, but cut its goal for the year to 190 million.", 43e6, "actual"),
    ("Its net profit was 5 billion yuan, against estimates of 4 billion yuan.", 4e9, "forecast"),
    ("Xiaomi forecast revenue of 90 billion yuan for the current quarter, against 70 billion yuan a year earlier.", 70e9, "actual"),
    ("Revenue was below the 85 billion yuan the company had promised in August.", 85e9, "target"),
    ("It stuck to its goal of 190 million smartphones for 2021; Citi expects 185 million.", 190e6, "target"),
    ("It stuck to its goal of 190 million smartphones for 2021; Citi expects 185 million.", 185e6, "forecast"),
    ("Its car project already employs 1,200 people.", 1_200, "actual"),
]


@pytest.mark.parametrize(("text", "amount", "kind"), KINDS, ids=[case[0] for case in KINDS])
def test_fact_aim_or_forecast(read: Read, text: str, amount: float, kind: str) -> None:
    """An aim told of in the past stays one; what stands beside an aim doesn't become one."""
    kinds = [c.kind.value for c in read(Q3 + text, DAY) if float(c.amount) == amount]
    assert kinds and set(kinds) == {kind}


def test_growth_from_the_quarter_before_beside_growth_on_the_year(read: Read) -> None:
    """Each growth takes the words behind it."""
    text = "Shipments were 13.7 million phones, 1% more than a year ago and up 3% from the second quarter."
    assert [c.basis.value for c in read(Q3 + text, DAY) if float(c.amount) in (1, 3)] == ["yoy", "qoq"]


def test_the_quarter_of_the_month_spoken_of(read: Read) -> None:
    """`For the quarter as a whole`, after a month's figure, is the quarter that the month lies in."""
    text = "Xiaomi shipped 2 million smartphones in June, down 1%. For the quarter as a whole it shipped 5 million smartphones."
    assert [c.period.label for c in read(text, "2020-08-05") if c.period and c.amount == 5_000_000] == ["2020-Q2"]


def test_a_quarter_told_alone_is_an_aside(read: Read) -> None:
    """In a text about a year, what a quarter `alone` brought dates its own sentence."""
    text = "OPPO shipped 103 million smartphones in 2023. In the last quarter alone its volume was 28 million smartphones. Apple shipped 234 million smartphones."
    assert [(int(c.amount), c.period.label) for c in read(text, "2024-01-17") if c.period] == [
        (103_000_000, "2023"),
        (28_000_000, "2023-Q4"),
        (234_000_000, "2023"),
    ]


@pytest.mark.parametrize(("day", "label"), [("2018-07-13", "2018-H1"), ("2018-09-13", "2018-H2")])
def test_a_loss_expected_for_a_half_just_over(read: Read, day: str, label: str) -> None:
    """What is foreseen for a stretch that ended some days ago, and isn't reported yet, is of that stretch."""
    number = "first" if label.endswith("1") else "second"
    (claim,) = read(f"ZTE expects a net loss of 7 billion yuan for the {number} half.", day)
    assert claim.period is not None and claim.period.label == label
