"""How sure a claim is: the surer, the nearer and plainer its words stand."""

from __future__ import annotations

import importlib.util
import math
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from etl.claims.confidence import confidence_of, traits_of
from etl.claims.weights import WEIGHTS
from etl.model import Claim

Read = Callable[..., list[Claim]]
BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks/confidence.py"
NAMED = "Xiaomi shipped 20 million smartphones in Q2 2021."


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The script that measures and fits."""
    where = importlib.util.spec_from_file_location("confidence_benchmark", BENCHMARK)
    assert where and where.loader
    module = importlib.util.module_from_spec(where)
    sys.modules[where.name] = module
    where.loader.exec_module(module)
    return module


def sure(claims: list[Claim], printed: str) -> float:
    (found,) = [c.confidence for c in claims if c.printed.startswith(printed)]
    return found


def test_a_name_beside_its_figure_is_surer_than_the_topic(read: Read) -> None:
    """A figure in a paragraph that names nobody is surer nobody's than one right behind the name."""
    named = read(NAMED)
    carried = read("Xiaomi opened a plant in Pune last week.\nIn Q2 2021, 20 million smartphones were shipped.")
    assert sure(named, "20") > sure(carried, "20") + 0.05


def test_a_hedge_makes_less_sure(read: Read) -> None:
    """`could` and `reportedly` cost; the figure is the same."""
    said = read("Realme sold 3 million phones in India in Q2 2021.")
    hedged = read("Realme reportedly sold 3 million phones in India in Q2 2021.")
    assert sure(hedged, "3") < sure(said, "3")


def test_said_twice_is_surer(read: Read) -> None:
    """The same figure in two sentences speaks for both."""
    twice = read(f"{NAMED}\nThe quarter was a good one.\n{NAMED}")
    assert len(twice) == 2 and all(c.confidence > sure(read(NAMED), "20") for c in twice)


def test_every_confidence_is_a_probability(read: Read) -> None:
    """Above 0 and at most 1, whatever comes together; and never quite certain."""
    least, most = (confidence_of([t for t, w in WEIGHTS.items() if (w > 0) is good]) for good in (False, True))
    assert 0 < least < most < 1
    claims = read(f"{NAMED} Its revenue rose 8% to $9 billion. It might ship 200 million phones in 2022, analysts say.")
    assert len(claims) >= 4 and all(0 < c.confidence < 1 for c in claims)


@pytest.mark.parametrize("trait", sorted(WEIGHTS))
def test_each_trait_moves_the_way_of_its_weight(trait: str) -> None:
    """A trait that speaks for a claim raises its confidence, one against lowers it; an unknown trait does neither."""
    plain = confidence_of(["something new"])
    assert plain == confidence_of([]) and math.copysign(1, confidence_of([trait]) - plain) == math.copysign(1, WEIGHTS[trait])


def test_what_is_carried_tells_where_from(read: Read) -> None:
    """The traits of a carried company name the rule that brought it into the sentence, not into another one."""
    text = "Xiaomi sold 5 million phones in Q2 2021 and shipped 6 million tablets.\nIts revenue rose 8% to 9 billion yuan."
    claims = read(text)
    traits = traits_of(text, claims, [0, text.index("\n") + 1])
    carried = {t for found in traits for t in found if t.startswith("company carried from")}
    assert len(claims) > 2 and carried and "company carried from: outside" not in carried


def test_the_measures_of_calibration(bench: ModuleType) -> None:
    """Ten claims at .8 of which eight are right have no error; a coin has AUC .5, a perfect order 1."""
    level = [(0.8, i < 8) for i in range(10)]
    assert bench.calibration_error(level) == pytest.approx(0) and bench.ranking(level) == 0.5
    assert bench.calibration_error([(0.9, False), (0.3, False)]) == pytest.approx(0.6)
    assert bench.ranking([(0.9, True), (0.2, False), (0.4, True)]) == 1 and math.isnan(bench.ranking([(0.5, True)]))


def test_the_fit_finds_what_was_put_in(bench: ModuleType) -> None:
    """Claims with a trait that halves the odds of being right get a lower confidence, near the share that was right."""
    dice = random.Random(7)
    rows = [
        bench.Judged("made", f"d{i % 50}", ("bad",) if i % 2 else ("good",), 0.9, dice.random() < (0.6 if i % 2 else 0.9), False)
        for i in range(2000)
    ]
    model = bench.fit(rows)
    assert model.sure(["bad"]) == pytest.approx(0.6, abs=0.05) and model.sure(["good"]) == pytest.approx(0.9, abs=0.05)
    held = bench.five_fold(rows)
    assert bench.calibration_error([(held(r), r.is_right) for r in rows]) < 0.05


def test_texts_never_looked_at_lower_the_base(bench: ModuleType) -> None:
    """They have a third of the say: .9 seen and .6 unseen come to .8."""
    rows = [bench.Judged("made", f"d{i}", (), 0.9, i % 10 < 9, False) for i in range(1000)]
    rows += [bench.Judged("made", f"u{i}", (), 0.9, i % 10 < 6, True) for i in range(50)]
    assert bench.fit(rows).sure([]) == pytest.approx(0.8, abs=0.001)


def test_without_the_gold_the_benchmark_says_so(bench: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the gold isn't there, it is named, and nothing is measured."""
    monkeypatch.setattr(sys, "argv", ["confidence.py", "--docs", str(tmp_path / "none.jsonl")])
    with pytest.raises(SystemExit, match=r"none\.jsonl"):
        bench.main()
