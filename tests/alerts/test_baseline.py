"""The curated baseline."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.model import Basis, Kind
from etl.spec.baseline import read_baseline

CONFIG = Path(__file__).resolve().parents[2] / "config"


def test_where_the_articles_differ_the_choice_and_its_reason_stand() -> None:
    """The finer shipments, the quarter as the basis, 2018 as the aim's year and the yuan are chosen, each with a reason."""
    by_id = {f.id: f for f in read_baseline(CONFIG).figures}
    assert by_id["xiaomi-shipments-2017-q2"].amount == Decimal(23160000)
    assert by_id["xiaomi-shipments-growth-2017-q2"].basis is Basis.QOQ
    aim, money = by_id["xiaomi-shipments-target-2018"], by_id["xiaomi-revenue-target-2017"]
    assert aim.kind is Kind.TARGET and aim.period.label == "2018"
    assert (money.amount, money.currency, money.alt_amount, money.alt_currency) == (Decimal(10**11), "CNY", Decimal(14700000000), "USD")
    for name in ("xiaomi-shipments-2017-q2", "xiaomi-shipments-growth-2017-q2", "xiaomi-shipments-target-2018"):
        assert by_id[name].conflict and by_id[name].chosen


def test_only_2016_is_the_eve() -> None:
    """Each figure of 2016 is marked, no other is, and each has its source."""
    for figure in read_baseline(CONFIG).figures:
        assert figure.eve == (figure.period.last.year == 2016) and figure.url and figure.reading


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('period    = "2017-Q2"', 'period    = "2017-Q7"', "no period"),
        ('amount    = "23160000"', 'amount    = "many"', "no number"),
        ('source    = "seed001"', 'source    = "seed999"', "unknown source"),
        ("eve       = true", "eve       = false", "eve of 2017"),
        ('currency  = "CNY"', "", "needs its currency"),
        ("reading   =", "raeding   =", "did you mean 'reading'"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    """File and line of what can't be meant in the baseline."""
    text = (CONFIG / "baseline" / "2017.toml").read_text(encoding="utf-8")
    (tmp_path / "baseline").mkdir()
    (tmp_path / "baseline" / "2017.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_baseline(tmp_path)
    assert caught.value.line > 0 and says in str(caught.value)
