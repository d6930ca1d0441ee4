"""From a served feed to a received mail: the whole way over the sample newsroom, as `figurewatch demo` walks it."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from etl.commands.demo import Outcome, demonstrate
from etl.newsroom import Newsroom
from etl.places import Places, config_dir
from etl.spec.whole import read_spec


def walk(home: Path, replacing: Mapping[str, str] | None = None) -> Outcome:
    with Newsroom(replacing=replacing) as newsroom:
        return asyncio.run(demonstrate(read_spec(config_dir()), newsroom, Places(home)))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return walk(tmp_path_factory.mktemp("demo"))


def test_what_came_out_is_what_the_newsroom_holds(outcome: Outcome) -> None:
    """Every article ends as it should, every figure is read and nothing else, every mail comes once."""
    assert outcome.complaints == []


def test_every_item_has_an_ending(outcome: Outcome) -> None:
    """taken == kept + dropped + failed, in every room of every round."""
    for ledger in outcome.rounds:
        for room, taken in ledger.taken.items():
            assert taken == sum(ledger.count(room, end) for end in ("kept", "dropped", "failed"))


def test_a_second_run_is_conditional_and_finds_nothing(outcome: Outcome) -> None:
    """All feeds that can be read answer 304; nothing is fetched, loaded or mailed again."""
    assert outcome.conditional == outcome.rounds[0].count("feeds", "kept")
    assert outcome.again.taken.keys() <= {"feeds"}


def test_no_figure_comes_from_clutter(outcome: Outcome) -> None:
    """Each claim's span reads back in its article, and no quote is a caption, a promo, an author note or a comment."""
    assert all(row["printed"] in row["quote"] for row in outcome.found["claims"])
    assert not [row for row in outcome.found["claims"] if "©" in row["quote"] or "newsletter" in row["quote"].lower()]


def test_other_figures_and_names_are_followed(tmp_path: Path) -> None:
    """The newsroom with other numbers: they come out, the old ones don't, and the check notices."""
    outcome = walk(tmp_path, replacing={"23.16 million": "24.05 million", "7,071": "8,123"})
    amounts = {float(row["amount"]) for row in outcome.found["claims"] if row["company"] == "Xiaomi"}
    assert {24_050_000.0, 8_123.0} <= amounts
    assert not amounts & {23_160_000.0, 7_071.0}
    assert any("23160000" in complaint for complaint in outcome.complaints)


def test_pages_that_came_to_nothing_are_in_the_account(outcome: Outcome) -> None:
    """"Why isn't this number in the warehouse?" is one query, also where the page was refused before anything was read."""
    with duckdb.connect(str(outcome.places.published), read_only=True) as db:
        told = db.execute("select outcome, reason, count(*) from meta.endings where room = 'pages' group by all order by all").fetchall()
    told_of = {(ending, reason): count for ending, reason, count in told}
    for end in (("dropped", "robots"), ("dropped", "not_html"), ("dropped", "empty"), ("failed", "status_404")):
        assert told_of[end] == 1
    assert told_of["kept", ""] == sum(ledger.count("pages", "kept") for ledger in outcome.rounds)
