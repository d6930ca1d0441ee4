"""What is news, and how far it is from 2017 and a year ago."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from etl.facts import reconcile
from etl.model import Basis, Event, Evidence, Fact, Kind, Shift, Unit
from etl.shifts import notice
from etl.spec.baseline import Baseline, read_baseline
from tests.facts.made import said

BASELINE = read_baseline(Path(__file__).resolve().parents[2] / "config")


def shifts(new: Sequence[Evidence], old: Sequence[Evidence] = (), baseline: Baseline = BASELINE) -> list[Shift]:
    """The shifts of new evidence on top of old."""
    held: list[Fact] = reconcile(old)
    every = {e.claim.claim_id: e for e in (*old, *new)}
    return notice(reconcile(tuple(every.values())), held, baseline, frozenset(e.claim.claim_id for e in new), every)


def test_a_first_figure_is_new_and_replayed_it_is_nothing() -> None:
    """New evidence makes one shift; the same facts again make none."""
    first = said("42400000", "a1", period="2025-Q2", authority="IDC")
    (shift,) = shifts([first])
    assert shift.event is Event.NEW and shift.may_mail
    assert shifts([], [first]) == []


def test_newness_ignores_authority() -> None:
    """The same number on another's word is evidence and never mails, in a later load and in the same one."""
    a = said("42400000", "a1", period="2025-Q2", authority="IDC", rounding="50000")
    b = said("42380000", "a2", period="2025-Q2", authority="Canalys", rounding="5000")
    (later,) = shifts([b], [a])
    assert (later.event, later.may_mail) == (Event.CORROBORATED, False)
    assert sorted(s.event.value for s in shifts([a, b])) == ["corroborated", "new"]


def test_a_year_that_was_held_explains_its_part_only_where_it_agrees() -> None:
    """A quarter within a held year is news, unless it is the same number."""
    year = said("168000000", "a1", period="2025")
    assert shifts([said("42400000", "a2", period="2025-Q2")], [year])[0].event is Event.NEW
    assert shifts([said("168000000", "a2", period="2025-Q2")], [year])[0].event in (Event.CORROBORATED, Event.DISPUTED)


def test_without_a_period_it_is_evidence() -> None:
    """A figure that can't be placed in time never mails."""
    (shift,) = shifts([said("5000", "a1", period=None)])
    assert (shift.event, shift.may_mail) == (Event.UNPLACED, False)


def test_restated_and_disputed_say_what_was_held() -> None:
    """The same outlet's correction restates, another's contradiction disputes; both name the amount before."""
    old = said("20000000", "a1", period="2025-Q2")
    (restated,) = shifts([said("21000000", "a2", owner="a1", days=2, period="2025-Q2")], [old])
    assert (restated.event, restated.known, restated.may_mail) == (Event.RESTATED, Decimal(20000000), True)
    (disputed,) = shifts([said("21000000", "a2", period="2025-Q2", days=2)], [old])
    assert (disputed.event, disputed.known, disputed.may_mail) == (Event.DISPUTED, Decimal(20000000), True)


def test_the_old_side_of_a_new_dispute_does_not_mail_again() -> None:
    """When 70 % turns out to be said on two bases, the newcomer mails and the held fact doesn't."""
    old = said("70", "a1", unit=Unit.PERCENT, basis=Basis.QOQ)
    made = shifts([said("70", "a2", unit=Unit.PERCENT, basis=Basis.YOY)], [old])
    assert {(s.fact.basis, s.event, s.may_mail) for s in made} == {
        (Basis.YOY, Event.DISPUTED, True), (Basis.QOQ, Event.DISPUTED, False),
    }  # fmt: skip


def test_a_stock_is_news_when_it_has_moved() -> None:
    """The same number of stores a month later is evidence, another one is new and says what was held."""
    kinds = {"metric": "stores", "segment": "company", "region": "CN"}
    old = said("15000", "a1", period="asof:2025-03", **kinds)
    assert shifts([said("15000", "a2", period="asof:2025-05", **kinds)], [old])[0].event is Event.CORROBORATED
    (moved,) = shifts([said("16000", "a2", period="asof:2025-05", **kinds)], [old])
    assert (moved.event, moved.known) == (Event.NEW, Decimal(15000))


def test_it_is_measured_from_the_same_part_of_2017() -> None:
    """Q2 2025 stands against the curated Q2 2017; Q3 has no counterpart, and says so."""
    q2, q3 = shifts([said("42400000", "a1", period="2025-Q2")])[0], shifts([said("43000000", "a1", period="2025-Q3")])[0]
    (c,) = q2.comparisons
    assert (c.against, c.reference, c.reference_id) == ("2017", "curated", "xiaomi-shipments-2017-q2")
    assert (c.change, c.change_pct, c.change_unit) == (Decimal(19240000), Decimal("83.07"), Unit.UNITS)
    assert dict(q3.without)["2017"] == "2017 is held for 2017-Q2, not for 2017-Q3"


def test_shares_move_in_points_and_ranks_in_places() -> None:
    """A share of 15 % is 6 points above 9 %; third is two places above fifth, at the nearest date of 2017."""
    china = {"region": "CN", "authority": "IDC"}
    (share,) = shifts([said("15", "a1", period="2025-Q1", metric="market_share", unit=Unit.PERCENT, **china)])[0].comparisons
    assert (share.change, share.change_pct, share.change_unit) == (Decimal(6), None, Unit.PP)
    (rank,) = shifts([said("3", "a1", period="2025-Q3", metric="rank", unit=Unit.ORDINAL, **china)])[0].comparisons
    assert (rank.change, rank.change_unit, rank.note) == (Decimal(2), Unit.ORDINAL, "nearest date in 2017")


def test_the_eve_of_2017_serves_full_years_only_and_says_so() -> None:
    """Patents of the year 2025 stand against 2016, labelled; those of a half-year don't."""
    filed = {"metric": "patents_filed", "segment": "company", "unit": Unit.COUNT}
    (eve,) = shifts([said("9000", "a1", period="2025", **filed)])[0].comparisons
    assert (eve.reference_period, eve.note) == ("2016", "eve of 2017")
    assert shifts([said("4000", "a1", period="2025-H1", **filed)])[0].comparisons == ()


def test_a_year_ago_comes_from_what_is_held() -> None:
    """The same quarter a year earlier, of the same authority where both are held."""
    old = [said("40000000", "a1", period="2024-Q2", authority="IDC"), said("41000000", "a2", period="2024-Q2", authority="Canalys")]
    (shift,) = shifts([said("42000000", "a3", period="2025-Q2", authority="Canalys")], old)
    ago = next(c for c in shift.comparisons if c.against == "year_ago")
    assert (ago.reference, ago.reference_amount) == ("news", Decimal(41000000))


def test_an_aim_is_no_measure_of_what_was_reached() -> None:
    """Revenue of 2024 isn't measured from the aim for 2017, and the reason stands there."""
    money = {"metric": "revenue", "segment": "company", "unit": Unit.CURRENCY, "currency": "CNY"}
    (shift,) = shifts([said("365900000000", "a1", period="2024", **money)])
    assert shift.comparisons == () and dict(shift.without)["2017"] == "for 2017 only an aim or a forecast is held"
    (aim,) = shifts([said("400000000000", "a1", period="2026", kind=Kind.TARGET, **money)])
    assert aim.comparisons[0].reference_id == "xiaomi-revenue-target-2017"


def test_what_was_reached_is_measured_from_before_what_was_aimed_at() -> None:
    """Of a year's result and its aim the result is the year ago, whoever stands first; against an aim alone the words say so."""
    aims = {"kind": Kind.TARGET, "metric": "ev_deliveries", "segment": "ev"}
    result = {"metric": "ev_deliveries", "segment": "ev"}
    aim, reached = said("120000", "a1", period="2024", **aims), said("135000", "a2", period="2024", **result)
    for old in ([aim, reached], [reached, aim]):
        (shift,) = shifts([said("350000", "a3", period="2025", **aims)], old)
        (ago,) = (c for c in shift.comparisons if c.against == "year_ago")
        assert (ago.reference_amount, ago.note) == (Decimal(135000), "an aim against what was reached")
    (shift,) = shifts([said("350000", "a3", period="2025", **aims)], [aim])
    assert [c.note for c in shift.comparisons if c.against == "year_ago"] == ["an aim too"]


def test_the_other_reading_of_one_statement_is_no_counterpart() -> None:
    """100 million aimed at in 2018 isn't measured from the same 100 million misread as the aim for 2017."""
    aims = {"kind": Kind.TARGET, "rounding": "500000"}
    made = shifts([said("100000000", "a1", period="2018", **aims), said("100000000", "a2", period="2017", **aims)])
    assert len(made) == 2 and not any(s.comparisons for s in made)


def test_news_never_stands_in_for_the_curated_figure() -> None:
    """A held fact about 2017 is used only where the baseline has none."""
    old = [said("99000000", "a1", period="2017-Q2"), said("27600000", "a2", period="2017-Q3")]
    q2 = shifts([said("42400000", "a3", period="2025-Q2")], old)[0].comparisons[0]
    q3 = shifts([said("43300000", "a3", period="2025-Q3")], old)[0].comparisons[0]
    assert (q2.reference, q3.reference, q3.reference_amount) == ("curated", "news", Decimal(27600000))
