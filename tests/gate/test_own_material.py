"""Floors under what is read from annotated texts of our own, written apart from the rules. See docs/held-back.md.

`python -m tests.gate.test_own_material` prints the figures; with `--show`, what was missed and what was wrong.
"""

from __future__ import annotations

import calendar
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from etl.claims import Vocabulary, read_claims
from etl.commands.claims import article_of
from etl.model import Claim
from etl.places import config_dir
from etl.spec.authorities import read_authorities
from etl.spec.companies import read_companies
from etl.spec.metrics import read_metrics
from etl.spec.regions import read_regions

HERE = Path(__file__).parent
FOLDERS = ("held_back", "chinese", "held_back_2", "chinese_2")
BODIES = [(folder, kind) for folder in FOLDERS for kind in ("sentences", "articles")]
Line = dict[str, Any]

TOLERANCE = 0.005  # of the amount
A_WHILE = timedelta(days=45)  # how far apart two points in time may lie that mean the same
UNITS = {"count": "units", "pp": "percent"}  # told apart in strict matching only where it says so
PLAIN = {"", "smartphones", "mobile phones", "company"}  # a maker's business as such
FREE = {"price", "other"}


class Days(NamedTuple):
    """A stretch of time; None is an open end. A point in time stands for everything until then."""

    is_point: bool
    first: date | None
    last: date | None


def days_of(label: str | None) -> Days | None:
    """The days that a period's label means; None without a label."""
    if not label:
        return None
    nature, _, rest = label.rpartition(":")
    begin, slash, end = rest.partition("/")
    first = _months(begin)[0] if begin else None
    last = _months(end if slash else begin)[1] if (end or not slash) else None
    return Days(nature == "asof", first, last)


def _months(label: str) -> tuple[date, date]:
    found = re.fullmatch(r"(\d{4})(?:-(?:([HQ])(\d)|(\d\d)(?:-(\d\d))?))?", label)
    assert found, label
    year, many, nth, month, day = found.groups()
    if day:
        return date(int(year), int(month), int(day)), date(int(year), int(month), int(day))
    length = {"H": 6, "Q": 3}.get(many or "", 1 if month else 12)
    begin = (int(nth) - 1) * length + 1 if many else int(month or 1)
    end = begin + length - 1
    return date(int(year), begin, 1), date(int(year), end, calendar.monthrange(int(year), end)[1])


def same_time(ours: str | None, theirs: str | None) -> bool:
    """Whether two labels mean the same time."""
    a, b = days_of(ours), days_of(theirs)
    if a is None or b is None:
        return a is b
    if not (a.is_point or b.is_point):
        return a == b
    if a.last is None or b.last is None:
        return False
    return abs(a.last - b.last) <= A_WHILE or _lies_in(a, b) or _lies_in(b, a)


def _lies_in(point: Days, span: Days) -> bool:
    if not point.is_point or point.last is None or span.first is None or span.last is None:
        return False
    return span.first <= point.last <= span.last


def readings(line: Line, field: str) -> list[Any]:
    """The annotated value and the others that count as right."""
    return [line[field], *line.get(f"alt_{field}", [])]


def is_near(amount: float, value: float) -> bool:
    return abs(amount - value) <= TOLERANCE * max(abs(amount), abs(value))


def same_figure(claim: Claim, line: Line) -> bool:
    """Company, metric, unit and amount agree. Sold and shipped are one here."""
    metrics = {"sales_units" if metric == "shipments" else metric for metric in readings(line, "metric")}
    if claim.company.casefold() not in {entity.casefold() for entity in readings(line, "entity")}:
        return False
    if ("sales_units" if claim.metric == "shipments" else claim.metric) not in metrics:
        return False
    unit = claim.unit.value
    if UNITS.get(unit, unit) != UNITS.get(line["unit"], line["unit"]):
        return False
    amounts = [(line["currency"], float(value)) for value in readings(line, "value")]
    if line["alt"]:
        currency, _, amount = line["alt"].partition(":")
        amounts.append((currency, float(amount)))
    return any(is_near(float(claim.amount), value) and claim.currency == currency for currency, value in amounts)


def bare(segment: str | None) -> str:
    name = re.sub(r"^(segment|product):", "", segment or "").casefold()
    return "" if name in PLAIN else re.sub(r"\W+", "", name)


def world(region: str | None) -> str:
    return "GLOBAL" if region is None else region.upper()


STRICT: dict[str, Callable[[Claim, Line], bool]] = {
    "unit": lambda claim, line: "pp" not in (claim.unit.value, line["unit"]) or claim.unit.value == line["unit"],
    "basis": lambda claim, line: claim.basis.value in readings(line, "basis"),
    "period": lambda claim, line: any(same_time(claim.period.label if claim.period else None, label) for label in readings(line, "period")),
    "region": lambda claim, line: world(claim.region) in {world(region) for region in readings(line, "region")},
    "kind": lambda claim, line: claim.kind.value in readings(line, "kind"),
    "segment": lambda claim, line: bare(claim.segment) in {bare(scope) for scope in readings(line, "scope")},
}


def odds(claim: Claim, line: Line) -> list[str]:
    """What of the strict fields isn't as annotated."""
    return [name for name, is_right in STRICT.items() if not is_right(claim, line)]


@dataclass(frozen=True)
class Measure:
    """How well one body of texts is read. `claimed` leaves out prices and what is neither right nor wrong."""

    claimed: int
    right: int
    right_strict: int
    wanted: int
    found: int
    found_strict: int
    remarks: list[str]

    @property
    def rates(self) -> tuple[float, float, float, float]:
        """Precision and recall of figures, then both read strictly."""
        return (
            self.right / max(self.claimed, 1),
            self.found / max(self.wanted, 1),
            self.right_strict / max(self.claimed, 1),
            self.found_strict / max(self.wanted, 1),
        )


def rows_of(path: Path) -> list[Line]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


@cache
def vocabulary() -> Vocabulary:
    folder = config_dir(None)
    return Vocabulary.of(read_companies(folder), read_metrics(folder), read_regions(folder), read_authorities(folder))


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """The same figure said twice counts once."""
    seen = {
        (c.company, c.metric, c.amount, c.unit, c.currency, c.segment, c.period, c.region, c.basis, c.kind, c.authority): c for c in claims
    }
    return list(seen.values())


@cache
def measure(folder: str, kind: str) -> Measure:
    """Read one body of texts and compare with what was annotated."""
    annotated = rows_of(HERE / folder / "gold.jsonl")
    claimed = right = right_strict = wanted = 0
    found: set[int] = set()
    found_strict: set[int] = set()
    remarks: list[str] = []
    for row in rows_of(HERE / folder / f"{kind}.jsonl"):
        lines = [line for line in annotated if line["doc_id"] == row["doc_id"]]
        for claim in distinct(read_claims(article_of(row), vocabulary())):
            matching = [line for line in lines if same_figure(claim, line)]
            counted = [line for line in matching if line["tier"] != "ignore"]
            if claim.metric in FREE or (matching and not counted):
                continue
            claimed += 1
            right += bool(counted)
            found |= {id(line) for line in counted}
            exact = {id(line) for line in counted if not odds(claim, line)}
            right_strict += bool(exact)
            found_strict |= exact
            if not exact:
                why = min((odds(claim, line) for line in counted), key=len, default=["no such figure"])
                told = (claim.company, claim.metric, claim.segment, claim.period and claim.period.label, claim.region, claim.kind.value)
                remarks.append(f"WRONG {row['doc_id']} {claim.printed!r} {' '.join(map(str, told))}: {', '.join(why)}")
        core = [line for line in lines if line["tier"] == "core"]
        wanted += len(core)
        remarks += [f"MISSED {row['doc_id']} {line['entity']} {line['metric']} {line['quote']!r}" for line in core if id(line) not in found]
    everything = {id(line) for line in annotated if line["tier"] == "core"}
    return Measure(claimed, right, right_strict, wanted, len(found & everything), len(found_strict & everything), remarks)


# Just below what was measured; to be raised when the rules get better, never by changing the texts.
FLOORS = {
    ("held_back", "sentences"): (0.98, 0.95, 0.95, 0.92),
    ("held_back", "articles"): (0.98, 0.94, 0.93, 0.89),
    ("chinese", "sentences"): (0.97, 0.97, 0.93, 0.94),
    ("chinese", "articles"): (0.97, 0.97, 0.97, 0.97),
    # Held back: no rule was made for these.
    ("held_back_2", "sentences"): (0.94, 0.81, 0.84, 0.75),
    ("held_back_2", "articles"): (0.88, 0.81, 0.59, 0.55),
    ("chinese_2", "sentences"): (0.95, 0.88, 0.85, 0.79),
    ("chinese_2", "articles"): (0.97, 0.92, 0.75, 0.74),
}


@pytest.mark.parametrize(("folder", "kind"), BODIES)
def test_what_is_read_stays_above_the_floor(folder: str, kind: str) -> None:
    """Precision and recall on texts that no rule was made for, of figures and of figures with all that belongs to them."""
    rates = measure(folder, kind).rates
    assert all(rate >= floor for rate, floor in zip(rates, FLOORS[folder, kind], strict=True)), rates


@pytest.mark.parametrize("folder", FOLDERS)
def test_reviews_and_bargains_give_nothing_but_prices(folder: str) -> None:
    """A text about devices, their specs and what they cost states no figure of a company."""
    reviews = [row for row in rows_of(HERE / folder / "articles.jsonl") if row["negative"]]
    assert reviews
    claims = [claim for row in reviews for claim in read_claims(article_of(row), vocabulary())]
    assert [(claim.metric, claim.quote) for claim in claims if claim.metric != "price"] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_quotes_stand_where_the_annotation_says(folder: str) -> None:
    """Every quote is a piece of its text, word for word, at its offsets, and short."""
    texts = {row["doc_id"]: row["text"] for kind in ("sentences", "articles") for row in rows_of(HERE / folder / f"{kind}.jsonl")}
    for line in rows_of(HERE / folder / "gold.jsonl"):
        assert texts[line["doc_id"]][line["start"] : line["end"]] == line["quote"], line
        assert len(line["quote"].split()) <= 12, line
        assert all(label is None or days_of(label) for label in readings(line, "period")), line


def print_measures(show: bool) -> None:
    """The table of docs/held-back.md."""
    for folder, kind in BODIES:
        found = measure(folder, kind)
        print(f"{folder:11} {kind:9}", *(f"{rate:.3f}" for rate in found.rates), f"{found.claimed} claimed, {found.wanted} wanted")
        if show:
            print(*found.remarks, sep="\n")


if __name__ == "__main__":
    print_measures("--show" in sys.argv)
