"""Expressions of time as calendar days."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.claims.periods import find_bases, find_periods
from etl.cli import main
from etl.model import Basis

DAY = date(2019, 8, 20)
CASES = [
    ("in the first quarter", "2019-Q1"),
    ("in the fourth quarter", "2018-Q4"),
    ("in the third quarter of 2016", "2016-Q3"),
    ("in Q3 2016", "2016-Q3"),
    ("en el cuarto trimestre de 2017", "2017-Q4"),
    ("no primeiro trimestre", "2019-Q1"),
    ("el segundo semestre del año 2018", "2018-H2"),
    ("the opening quarter of 2018", "2018-Q1"),
    ("in the initial quarter", "2019-Q1"),
    ("the primary three months of this year", "2019-Q1"),
    ("the opening six months of 2017", "2017-H1"),
    ("the last half of 2018", "2018-H2"),
    ("in 2Q18", "2018-Q2"),
    ("in Q1", "2019-Q1"),
    ("in the June quarter", "2019-Q2"),
    ("the April-June quarter of 2017", "2017-Q2"),
    ("the quarter ended March 31", "2019-Q1"),
    ("the three months to June", "2019-Q2"),
    ("the nine months ended September 30, 2018", "2018-01/2018-09"),
    ("the year ended March 31, 2017", "2016-04/2017-03"),
    ("the first nine months of 2018", "2018-01/2018-09"),
    ("the second half of 2017", "2017-H2"),
    ("in H1 2018", "2018-H1"),
    ("the first half of this year", "2019-H1"),
    ("last year", "2018"),
    ("this year", "2019"),
    ("last quarter", "2019-Q2"),
    ("last month", "2019-07"),
    ("in May 2015", "2015-05"),
    ("on 4 July 2018", "2018-07-04"),
    ("on March 3", "2019-03-03"),
    ("on 2018-05-06", "2018-05-06"),
    ("as of September 30", "asof:2018-09-30"),
    ("as of June 2018", "asof:2018-06"),
    ("by end-2020", "asof:2020-12-31"),
    ("since 2015", "cum:2015-01/2019-08"),
    ("between 2014 and 2016", "2014-01/2016-12"),
    ("in India in 2016-17", "2016-04/2017-03"),
    ("Its Indian arm in FY18", "2017-04/2018-03"),
    ("Apple said of its fiscal third quarter of 2018", "2018-Q2"),
    ("January to April sales", "2019-01/2019-04"),
    ("in 2013", "2013"),
    ("2018年第三季度", "2018-Q3"),
    ("今年上半年", "2019-H1"),
    ("去年全年", "2018"),
    ("第二季度", "2019-Q2"),
    ("2019年7月", "2019-07"),
]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_an_expression_means_its_days(text: str, label: str) -> None:
    """Absolute, relative, fiscal and Chinese expressions resolve against the day of publication."""
    found = find_periods(text, DAY)
    assert [f.period.label for f in found if f.period] == [label]


@pytest.mark.parametrize(
    ("text", "label", "basis"),
    [
        ("It made 5 billion in the second quarter of 2018, up from 4 billion a year earlier.", "2017-Q2", Basis.YOY),
        ("Sales in Q2 2018 beat those of the same period last year.", "2017-Q2", Basis.YOY),
        ("In Q2 2018 sales rose 4% from the previous quarter.", "2018-Q1", Basis.QOQ),
        ("2018年第二季度高于去年同期", "2017-Q2", Basis.YOY),
    ],
)
def test_a_comparison_names_the_earlier_point(text: str, label: str, basis: Basis) -> None:
    """The words after a figure tell against what it is measured."""
    last = find_periods(text, DAY)[-1]
    assert last.is_comparison
    assert last.period is not None
    assert (last.period.label, last.basis) == (label, basis)


def test_relative_words_need_a_day_of_publication() -> None:
    """Without it they stay unresolved, absolute ones don't."""
    assert [f.period for f in find_periods("last quarter", None)] == [None]
    assert [f.period.label for f in find_periods("in Q3 2016", None) if f.period] == ["2016-Q3"]


@pytest.mark.parametrize("text", ["2,015 phones", "$2018", "the Mate 20", "2018 units", "It may march on", "a 5-year plan"])
def test_numbers_and_words_that_are_no_time(text: str) -> None:
    """Counts, prices, models and verbs name no period."""
    assert find_periods(text, DAY) == []


def test_the_words_of_a_basis() -> None:
    """Year on year, quarter on quarter and compound growth, in English and Chinese."""
    found = find_bases("up 4% year-on-year, 2% sequentially, 3% QoQ, 5% YoY, a CAGR of 9%, 同比 7%, 环比 1%")
    assert [f.basis for f in found] == [Basis.YOY, Basis.QOQ, Basis.QOQ, Basis.YOY, Basis.MULTI, Basis.YOY, Basis.QOQ]


@given(
    st.text(alphabet="0123456789Qq/-' abcdefhilmnorstuy年月季度第上半去今\n", max_size=100), st.dates(date(1990, 1, 1), date(2090, 1, 1))
)
def test_any_text_ends_in_order(text: str, published: date) -> None:
    """Expressions are ordered and don't overlap, whatever the text."""
    end = 0
    for found in find_periods(text, published):
        assert end <= found.start < found.end <= len(text)
        end = found.end


def test_the_filter_gives_days(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A line per expression, with its label, first and last day."""
    line = b'{"doc_id": "a", "text": "in the first half", "published": "2019-08-20"}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line), encoding="utf-8"))
    assert main(["periods"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["period"], row["first"], row["last"]) == ("2019-H1", "2019-01-01", "2019-06-30")


def test_the_shared_periods_are_read() -> None:
    """At least 22 of the 23 shared expressions have exactly their days."""
    path = Path(__file__).resolve().parents[2] / "../shared/quantities/periods.dev.jsonl"
    if not path.exists():
        pytest.skip("the shared periods are not here")
    right = 0
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        found = find_periods(case["text"], date.fromisoformat(case["published"]))
        right += any(
            f.period is not None
            and f.start < case["end"]
            and case["start"] < f.end
            and str(f.period.first) == case["first"]
            and str(f.period.last) == case["last"]
            for f in found
        )
    assert right >= 22


COMPARED = [
    ("In the second quarter it sold 5 million, 70% more than in the first quarter.", "2019-Q1", Basis.QOQ),
    ("In Q1 2018 it sold 5 million, fewer than in the fourth quarter.", "2017-Q4", Basis.QOQ),
    ("In Q2 2018 sales were higher than in the quarter before.", "2018-Q1", Basis.QOQ),
    ("In Q2 2018 sales were higher than a quarter earlier.", "2018-Q1", Basis.QOQ),
    ("In Q2 2018 sales were higher than a year before.", "2017-Q2", Basis.YOY),
    ("It sold 9 million between April and June of 2017, a rise from January to March sales.", "2017-Q1", Basis.QOQ),
    ("In Q2 2018 it sold 5 million, compared with 4 million in Q2 2017.", "2017-Q2", Basis.YOY),
    ("En el segundo trimestre de 2018 subió al 8% desde el 7% en el mismo periodo del año anterior.", "2017-Q2", Basis.YOY),
    ("En el segundo trimestre de 2018 vendió más que en el trimestre anterior.", "2018-Q1", Basis.QOQ),
    ("Revenue in 2018 was lower than in 2017.", "2017", Basis.YOY),
]


@pytest.mark.parametrize(("sentence", "label", "basis"), COMPARED, ids=[c[0] for c in COMPARED])
def test_the_time_compared_with_tells_the_basis(sentence: str, label: str, basis: Basis) -> None:
    """The quarter before a figure's own makes a change on the quarter, the same part of the year before one on the year."""
    last = find_periods(sentence, DAY)[-1]
    assert (last.is_comparison, last.basis) == (True, basis)
    assert last.period is not None
    assert last.period.label == label


def test_a_time_in_its_own_right_is_no_comparison() -> None:
    """A stretch that opens a sentence with "from" is what the figure is about."""
    assert not find_periods("In Q2 2018 it sold 5 million. From January to March 2018 it sold 6 million.", DAY)[-1].is_comparison
