"""What is held, from evidence made by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.facts import kin, reconcile
from etl.likeness import Printed, agree, at_grain, earlier, years_on
from etl.model import Basis, Bound, Kind, Period, Standing, Unit
from tests.facts.made import DAY0, claim, evidence, said

ROUND, FINE = said("23100000", "a1", rounding="50000"), said("23160000", "a2", rounding="5000")


def test_the_finer_of_two_agreeing_numbers_is_held() -> None:
    """23.1 and 23.16 million are one fact of 23.16 million with two sources."""
    (fact,) = reconcile([ROUND, FINE])
    assert (fact.amount, fact.standing, fact.sources) == (Decimal(23160000), Standing.CORROBORATED, 2)
    assert set(fact.claim_ids) == {ROUND.claim.claim_id, FINE.claim.claim_id} and fact.claim_id == FINE.claim.claim_id


def test_neighbouring_numbers_of_the_same_digits_differ() -> None:
    """14 % and 15 % contradict each other, and so do 23.1 and 23.2 million."""
    for a, b, rounding in (("14", "15", "0.5"), ("23100000", "23200000", "50000")):
        assert not agree(Printed(Decimal(a), None, Decimal(rounding)), Printed(Decimal(b), None, Decimal(rounding)))


def test_copies_and_one_owners_outlets_count_once() -> None:
    """Two copies of one text and two outlets of one owner are one source each."""
    copies = [said("5", "a1", group="g"), said("5", "a2", group="g")]
    outlets = [said("5", "a3", owner="press house"), said("5", "a4", owner="press house")]
    assert reconcile(copies)[0].sources == 1
    assert reconcile(outlets)[0].standing is Standing.SINGLE
    assert reconcile(copies + outlets)[0].sources == 2


def test_limits_agree_with_what_lies_on_their_side() -> None:
    """More than 20 agrees with 23 and not with 19; more than a fall of 10 % is a fall of 12 %; below third is fourth."""
    over, under = Printed(Decimal(20), bound=Bound.GT), Printed(Decimal(20), bound=Bound.LT)
    assert agree(over, Printed(Decimal(23))) and not agree(over, Printed(Decimal(19)))
    assert agree(under, Printed(Decimal(19))) and not agree(under, Printed(Decimal(23)))
    fall = Printed(Decimal(-10), bound=Bound.GT)
    assert agree(fall, Printed(Decimal(-12))) and not agree(fall, Printed(Decimal(-8)))
    below = Printed(Decimal(3), bound=Bound.GT, is_rank=True)
    assert agree(below, Printed(Decimal(4), is_rank=True)) and not agree(below, Printed(Decimal(3), is_rank=True))


def test_two_outlets_that_contradict_each_other_are_a_dispute() -> None:
    """Another amount in the same days is a dispute over the amount, with the other claim named."""
    a, b = said("23160000", "a1", rounding="5000"), said("25000000", "a2", rounding="5000")
    (fact,) = reconcile([a, b])
    assert fact.standing is Standing.DISPUTED and fact.disputes[0].over == "amount"
    assert {fact.claim_id, fact.disputes[0].claim_id} == {a.claim.claim_id, b.claim.claim_id}


def test_a_later_amount_of_the_same_voice_restates() -> None:
    """The same outlet a day later, or the same firm months later: restated, with the amount before."""
    for later in (said("21", "a2", owner="a1", days=1), said("21", "a2", days=90)):
        (fact,) = reconcile([said("20", "a1"), later])
        assert (fact.standing, fact.amount, fact.restates) == (Standing.RESTATED, Decimal(21), Decimal(20))


def test_a_correction_takes_the_copies_of_the_wrong_text_with_it() -> None:
    """Who only copied the wrong number doesn't dispute its correction."""
    wrong, copy = said("20", "a1", group="g"), said("20", "a2", group="g")
    (fact,) = reconcile([wrong, copy, said("21", "a3", owner="a1", group="h", days=1)])
    assert (fact.standing, fact.amount) == (Standing.RESTATED, Decimal(21))


def test_a_text_that_was_replaced_takes_its_word_back() -> None:
    """A fact whose only article was replaced by a version without it is retracted."""
    assert reconcile([said("20", "a1")], withdrawn=["a1"])[0].standing is Standing.RETRACTED


def test_a_basis_dispute_is_found_with_both_sides() -> None:
    """70 % against the quarter before and against the year before: both facts are disputed and name each other's claim."""
    qoq = said("70", "a1", unit=Unit.PERCENT, basis=Basis.QOQ, rounding="0.5")
    yoy = said("70", "a2", unit=Unit.PERCENT, basis=Basis.YOY, rounding="0.5")
    facts = {f.basis: f for f in reconcile([qoq, yoy])}
    assert facts[Basis.QOQ].disputes[0].claim_id == yoy.claim.claim_id
    assert facts[Basis.YOY].disputes[0].claim_id == qoq.claim.claim_id
    assert {d.over for f in facts.values() for d in f.disputes} == {"basis"}
    assert all(f.standing is Standing.DISPUTED for f in facts.values())


def test_sales_and_shipments_tell_one_statement() -> None:
    """Sales up 70 % on the year and shipments up 70 % on the quarter dispute each other, and are always looked at together."""
    qoq = said("70", "a1", unit=Unit.PERCENT, basis=Basis.QOQ)
    yoy = said("70", "a2", unit=Unit.PERCENT, basis=Basis.YOY, metric="sales_units")
    assert [d.over for f in reconcile([qoq, yoy]) for d in f.disputes] == ["basis", "basis"]
    both = {("Xiaomi", "shipments"), ("Xiaomi", "sales_units")}
    assert kin({("Xiaomi", "shipments")}) == kin({("Xiaomi", "sales_units")}) == both
    assert kin({("Xiaomi", "stores")}) == {("Xiaomi", "stores")}


def test_one_text_that_gives_both_changes_means_both() -> None:
    """A text with 12 % against the quarter and 12 % against the year before disputes nothing."""
    both = [said("12", "a1", unit=Unit.PERCENT, basis=b) for b in (Basis.QOQ, Basis.YOY)]
    assert not any(f.disputes for f in reconcile(both))


def test_an_aim_for_this_year_or_the_next_is_a_dispute_over_the_period() -> None:
    """100 million in 2017 in one text, over 100 million in 2018 in another."""
    this = said("100000000", "a1", period="2017", kind=Kind.TARGET, rounding="500000")
    following = said("100000000", "a2", period="2018", kind=Kind.TARGET, rounding="500000", bound=Bound.GT)
    facts = reconcile([this, following])
    assert [d.over for f in facts for d in f.disputes] == ["period", "period"]
    years_later = said("100000000", "a2", period="2018", kind=Kind.TARGET, rounding="500000", days=300)
    assert not any(f.disputes for f in reconcile([this, years_later]))


def test_a_pair_of_currencies_agrees_with_the_home_currency_alone() -> None:
    """$14.7 billion (100 billion yuan) and RMB 100 billion are one fact that shows both."""
    money = {"metric": "revenue", "segment": "company", "unit": Unit.CURRENCY, "period": "2017", "kind": Kind.TARGET}
    pair = said("14700000000", "a1", currency="USD", alt_amount=Decimal(10**11), alt_currency="CNY", rounding="50000000", **money)
    yuan = said("100000000000", "a2", currency="CNY", rounding="500000000", **money)
    for order in permutations([pair, yuan]):
        (fact,) = reconcile(order)
        assert (fact.amount, fact.currency, fact.alt_amount, fact.alt_currency, fact.standing) == (
            Decimal(10**11), "CNY", Decimal(14700000000), "USD", Standing.CORROBORATED,
        )  # fmt: skip


def test_one_label_for_the_same_days() -> None:
    """April to June is the second quarter, and a day's count stands at its month; authorities stay apart."""
    a, b = said("5", "a1", period="2017-04/2017-06"), said("5", "a2", period="2017-Q2")
    assert [f.period.label for f in reconcile([a, b]) if f.period] == ["2017-Q2"]
    stock = at_grain(Period.parse("asof:2017-07-07"))
    assert stock and stock.label == "asof:2017-07"
    assert len(reconcile([said("5", "a1"), said("5", "a2", authority="IDC"), said("5", "a3", authority=None)])) == 3


def test_changes_know_what_they_are_measured_from() -> None:
    """A text that names the earlier period and one that leaves it open make one fact."""
    assert earlier(Period.parse("2017-Q1"), Basis.QOQ) == Period.parse("2016-Q4")
    a = said("70", "a1", basis=Basis.YOY, unit=Unit.PERCENT, compared_to=Period.parse("2016-Q2"))
    assert len(reconcile([a, said("70", "a2", basis=Basis.YOY, unit=Unit.PERCENT)])) == 1
    assert years_on(Period.parse("2024-02"), -7) == Period.parse("2017-02")


AMOUNTS = st.sampled_from(["20000000", "20400000", "21000000", "23100000", "23160000"])
SAID = st.builds(
    lambda amount, n, owner, days, basis, authority, bound, dated: evidence(
        claim(
            amount, rounding="50000", article=f"a{n}", basis=basis, authority=authority, bound=bound,
            unit=Unit.UNITS if basis is Basis.ABS else Unit.PERCENT,
        ),
        owner=f"o{owner}", days=days, published_at=DAY0 + timedelta(days=days) if dated else None,
    ),
    AMOUNTS, st.integers(0, 9), st.integers(0, 3), st.integers(0, 60), st.sampled_from([Basis.ABS, Basis.YOY, Basis.QOQ]),
    st.sampled_from(["Xiaomi", "IDC", None]), st.sampled_from([Bound.EXACT, Bound.GT, Bound.APPROX]), st.booleans(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_order_and_replay_change_nothing(items, shuffle) -> None:  # type: ignore[no-untyped-def]
    """The same evidence in any order, also handed in twice, makes the same facts under the same vintage ids."""
    facts = reconcile(items)
    mixed = [*items, *items]
    shuffle.shuffle(mixed)
    unique = list({e.claim.claim_id: e for e in items}.values())
    shuffle.shuffle(unique)
    if len(unique) == len(items):
        assert reconcile(unique) == facts
        assert reconcile(list(reversed(items))) == facts
    assert {f.fact_id for f in reconcile(mixed)} == {f.fact_id for f in facts}


PRINTED = st.builds(
    lambda amount, rounding, bound: Printed(Decimal(amount), None, Decimal(rounding), bound),
    st.integers(-40, 40), st.sampled_from(["0", "0.05", "0.5", "5"]), st.sampled_from([Bound.EXACT, Bound.APPROX, Bound.GT, Bound.LT]),
)  # fmt: skip


@given(PRINTED, PRINTED)
def test_agreement_is_mutual(a: Printed, b: Printed) -> None:
    """Whether two numbers agree doesn't depend on which is asked, and each agrees with itself."""
    assert agree(a, b) == agree(b, a) and agree(a, a)
