"""What an analyst types, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.adapters.warehouse import DuckWarehouse
from etl.cli import main
from etl.commands.sql import questions
from etl.commands.tables import amount, scaled
from etl.commands.why import marked
from etl.model import Standing
from etl.places import Places
from tests.warehouse.words import article, batch, dispute, evidence, fact, shift

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse where IDC and Canalys differ about one quarter."""
    folder = tmp_path_factory.mktemp("analyst") / "home"
    with DuckWarehouse.at(Places(folder).make()) as warehouse:
        second = evidence(article(1), amount=Decimal(23900000), authority="Canalys")
        other = fact(second.claim)
        first = batch(change=lambda made: replace(made, standing=Standing.DISPUTED, disputes=(dispute("amount", other, "IDC says less"),)))
        warehouse.load(first)
        warehouse.load(replace(batch(1), evidence=(second,), facts=(other,), shifts=(shift(other),), alerts=()))
    return folder


@pytest.fixture
def ask(home: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def answer(*args: str, status: int = 0) -> str:
        assert main(["--home", str(home), *args]) == status
        told = capsys.readouterr()
        return told.out if status == 0 else told.err

    return answer


def test_sql_in_every_form(ask: Ask, tmp_path: Path) -> None:
    """A query comes back as tab-separated lines, CSV or JSON; from the line, a file or a named question."""
    query = "select company, amount, disputes from facts order by amount"
    assert ask("sql", query).splitlines()[0] == "company\tamount\tdisputes"
    assert ask("sql", query, "--format", "csv").splitlines()[2] == "Xiaomi,23900000,[]"
    assert json.loads(ask("sql", query, "--json"))[0]["amount"] == 23160000
    assert json.loads(ask("sql", query, "--format", "jsonl").splitlines()[1])["company"] == "Xiaomi"
    (tmp_path / "q.sql").write_text(query)
    assert ask("sql", "-f", str(tmp_path / "q.sql")) == ask("sql", query)


@pytest.mark.parametrize("question", sorted(questions()))
def test_named_questions(ask: Ask, question: str) -> None:
    """Each question of warehouse/queries runs, and says in its first line what it answers."""
    assert len(questions()[question]) > 20
    json.loads(ask("sql", question, "--json"))


def test_sql_can_not_write(ask: Ask) -> None:
    """The warehouse is opened read-only: a statement that would change it is refused with status 2."""
    assert "read-only" in ask("sql", "delete from meta.claims", status=2)
    assert "Parser Error" in ask("sql", "selct", status=2)
    assert "what is the query" in ask("sql", status=2)


def test_sql_reaches_no_other_file(ask: Ask, tmp_path: Path) -> None:
    """A question is about the warehouse: it reads no other file and writes none."""
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    assert "Permission Error" in ask("sql", f"select * from read_csv('{tmp_path / 'secret.csv'}')", status=2)
    assert "Permission Error" in ask("sql", f"copy (select 1) to '{tmp_path / 'out.csv'}'", status=2)
    assert not (tmp_path / "out.csv").exists()


def test_figures(ask: Ask) -> None:
    """One line for the quarter, with the range over both authorities and the dispute; JSON has the exact amounts."""
    lines = ask("figures", "--company", "xiaomi", "--period", "2017").splitlines()
    assert len(lines) == 2 and "23.16 million – 23.9 million" in lines[1] and "disputed" in lines[1]
    found = json.loads(ask("figures", "--json"))
    assert [(f["lowest"], f["highest"], f["authorities"]) for f in found] == [(23160000, 23900000, ["Canalys", "IDC"])]
    assert json.loads(ask("figures", "--company", "Apple", "--json")) == []


def test_shifts(ask: Ask) -> None:
    """A line per fact and comparison, with what it was and by how much it moved."""
    assert "13 million (2017-Q1)" in ask("shifts", "--against", "2017", "--authority", "IDC")
    found = json.loads(ask("shifts", "--json"))
    assert {(s["against"], s["reference"], s["change"]) for s in found} == {("2017", "curated", 10160000), ("2017", "curated", 10900000)}


def test_why(ask: Ask) -> None:
    """The sentence with its number marked, the rule of each field, who contradicts it and who else gives a figure."""
    fact_id = json.loads(ask("sql", "select fact_id, claim_id from facts where authority = 'IDC'", "--json"))[0]
    told = ask("why", fact_id["fact_id"][:8])
    assert "Xiaomi shipped »23.16 million« phones" in told and "metric: cue: shipped" in told
    assert "contradicted over amount: IDC says less" in told and "Canalys: 23.9 million" in told
    assert told == ask("why", fact_id["claim_id"])
    assert json.loads(ask("why", "--company", "Xiaomi", "--json"))[0]["claims"][0]["url"].startswith("https://")
    assert "too short" in ask("why", "ab", status=2)
    assert "no fact or claim" in ask("why", "zzzzzz", status=2)
    assert "which figure" in ask("why", status=2)


@pytest.mark.parametrize("command", ["figures", "shifts"])
def test_a_misspelt_word_is_told_from_an_absent_figure(home: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """Nothing found: a word that nothing held bears is named, with the one that may be meant; a known one isn't."""
    assert main(["--home", str(home), command, "--metric", "shipment", "--company", "xiaomi"]) == 0
    said = capsys.readouterr().err
    assert "nothing is held under --metric 'shipment'; did you mean 'shipments'?" in said and "--company" not in said
    assert main(["--home", str(home), command, "--metric", "shipments", "--period", "1999"]) == 0
    assert "nothing is held" not in capsys.readouterr().err


def test_export(ask: Ask, tmp_path: Path) -> None:
    """Every table an analyst may read becomes a file that other programs open."""
    for form in ("parquet", "csv", "jsonl"):
        ask("export", str(tmp_path / form), "--format", form)
    with duckdb.connect() as db:
        assert db.execute(f"select count(*) from '{tmp_path}/parquet/claims.parquet'").fetchall() == [(2,)]
        assert db.execute(f"select count(*) from '{tmp_path}/csv/facts.csv'").fetchall() == [(2,)]
    assert len((tmp_path / "jsonl" / "figures.jsonl").read_text().splitlines()) == 1
    assert len(list((tmp_path / "parquet").iterdir())) == 10


def test_nothing_published_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command says what to do where there is no warehouse yet, and makes nothing."""
    for command in (["figures"], ["shifts"], ["why", "abcdef"], ["sql", "select 1"], ["export", str(tmp_path / "out")]):
        assert main(["--home", str(tmp_path / "none"), *command]) == 2
        assert "nothing is published" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_amounts_read_as_a_person_writes_them() -> None:
    """23160000 is 23.16 million; shares, money, ranks and rates keep their unit."""
    assert [scaled(x) for x in (23160000, 2895, 14.1, -4.0, 1.5e12, 0, None)] == [
        "23.16 million", "2,895", "14.1", "-4", "1.5 trillion", "0", "",
    ]  # fmt: skip
    assert amount({"amount": 1.47e10, "unit": "currency", "currency": "USD", "bound": "gt"}) == "over USD 14.7 billion"
    assert amount({"amount": 15, "amount_high": 20, "unit": "percent", "bound": "range"}) == "15 – 20 %"
    assert amount({"amount": 5, "unit": "ordinal"}) == "no. 5" and amount({"amount": 3, "unit": "units", "per": "second"}) == "3 a second"
    assert marked("15 of 5", [6, 7], color=False) == "15 of »5«"
