"""Whether what came out of the newsroom is what it holds: the found rows against expected.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from etl.newsroom.stories import HERE, Declared
from etl.spec.toml import read_toml

Row = Mapping[str, Any]
Found = Mapping[str, Sequence[Row]]

_SHOWN = ("company", "metric", "segment", "region", "period", "amount", "unit", "currency", "basis", "kind", "authority")


class Figure(Declared, frozen=True, kw_only=True):
    """A claim as it must come out. `authority` None: the company's word or the writer's."""

    company: str
    metric: str
    amount: str
    period: str | None = None
    segment: str | None = None
    region: str = "GLOBAL"
    basis: str = "abs"
    kind: str = "actual"
    unit: str | None = None
    currency: str | None = None
    authority: str | None = None


class Permitted(Declared, frozen=True, kw_only=True):
    """A claim that may come out, and is no fault where it doesn't."""

    company: str
    metric: str
    amount: str


class Ending(Declared, frozen=True, kw_only=True):
    """What one article must come to."""

    name: str  # site/slug
    ends: str = "kept"  # or the reason for which it is dropped
    claims: tuple[Figure, ...] = ()
    may: tuple[Permitted, ...] = ()


class Dispute(Declared, frozen=True, kw_only=True):
    company: str
    metric: str
    over: str  # amount, basis, period


class Moved(Declared, frozen=True, kw_only=True):
    company: str
    metric: str
    period: str
    amount: str
    reference_amount: str  # of 2017


class Mails(Declared, frozen=True, kw_only=True):
    """`each_once`: words that stand in exactly one mail, and every mail has some of them. `never`: words that stand in none."""

    each_once: tuple[str, ...]
    never: tuple[str, ...]


class _Expected(Declared, frozen=True, kw_only=True):
    tolerated_metrics: tuple[str, ...]
    segments: dict[str, str]
    units: dict[str, str]
    article: tuple[Ending, ...]
    dispute: tuple[Dispute, ...]
    moved: tuple[Moved, ...]
    mails: Mails


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """expected.toml, with the clock that its periods refer to."""

    now: datetime
    tolerated_metrics: tuple[str, ...]
    segments: Mapping[str, str]
    units: Mapping[str, str]
    articles: tuple[Ending, ...]
    disputes: tuple[Dispute, ...]
    moved: tuple[Moved, ...]
    mails: Mails


def read_expected(now: datetime) -> Expectation:
    """What the newsroom holds when its clock says `now`. Raises ConfigError."""
    said = read_toml(HERE / "expected.toml", _Expected)
    return Expectation(
        now=now, tolerated_metrics=said.tolerated_metrics, segments=said.segments, units=said.units, articles=said.article,
        disputes=said.dispute, moved=said.moved, mails=said.mails,
    )  # fmt: skip


def compare(expected: Expectation, found: Found) -> list[str]:
    """What is missing, too much or otherwise, a sentence each; empty where all is as expected.

    `found` holds plain rows: `endings` (room, article, outcome, reason), `claims` (article and the fields of a claim),
    `facts` (with `disputes`), `shifts` (against, reference_amount, …) and `mails` (subject, text).
    """
    complaints = []
    for article in expected.articles:
        complaints += _article(expected, article, found)
    complaints += _disputes(expected, [fact for fact in found["facts"] if fact["metric"] not in expected.tolerated_metrics])
    complaints += _moved(expected, found["shifts"])
    return complaints + _mails(expected.mails, found["mails"])


# ------------------------------------------------------------------ articles and their claims


def _article(expected: Expectation, article: Ending, found: Found) -> list[str]:
    claims = [row for row in found["claims"] if row["article"] == article.name]
    tolerated = [row for row in claims if row["metric"] in expected.tolerated_metrics]
    end = _end_of(article.name, found["endings"])
    if end == "kept" and article.ends == "no_claim" and len(tolerated) == len(claims):
        end = "no_claim"  # only a price or a rank was read
    complaints = [] if end == article.ends else [f"{article.name}: should end {article.ends}, ended {end}"]
    left = [row for row in claims if row not in tolerated]
    for figure in article.claims:
        match = next((row for row in left if _is(expected, figure, row)), None)
        if match is None:
            complaints.append(f"{article.name}: missing {_said(expected, figure)}")
        else:
            left.remove(match)
    permitted = {(p.company, p.metric, Decimal(p.amount)) for p in article.may}
    return complaints + [
        f"{article.name}: too much: {_shown(row)}"
        for row in left
        if (row["company"], row["metric"], Decimal(str(row["amount"]))) not in permitted
    ]


def _end_of(name: str, endings: Sequence[Row]) -> str:
    """`kept`, or why not: the first ending that wasn't; `not fetched` where there is none at all."""
    own = [row for row in endings if row["article"] == name]
    if not own:
        return "not fetched"
    return next((str(row["reason"] or row["outcome"]) for row in own if row["outcome"] != "kept"), "kept")


def _wanted(expected: Expectation, figure: Figure) -> dict[str, Any]:
    is_change = figure.basis != "abs"
    return {
        "company": figure.company, "metric": figure.metric, "basis": figure.basis, "kind": figure.kind, "region": figure.region,
        "segment": figure.segment or expected.segments.get(figure.metric, "company"),
        "unit": figure.unit or ("percent" if is_change else expected.units.get(figure.metric, "count")),
        "currency": figure.currency, "period": figure.period.format(now=expected.now) if figure.period else None,
    }  # fmt: skip


def _is(expected: Expectation, figure: Figure, row: Row) -> bool:
    wanted = _wanted(expected, figure)
    period = row["period"]
    if wanted["period"] and wanted["period"].startswith("asof:") and period:  # a stock counts by the month
        period = str(period)[: max(len("asof:2017-07"), len(wanted["period"]))]
        wanted["period"] = wanted["period"][: len(period)]
    authorities = {figure.authority} if figure.authority else {None, "", "press", figure.company}
    same = all(row[key] == value for key, value in wanted.items() if key != "period")
    return same and period == wanted["period"] and Decimal(str(row["amount"])) == Decimal(figure.amount) and row["authority"] in authorities


def _said(expected: Expectation, figure: Figure) -> str:
    return _shown({**_wanted(expected, figure), "amount": figure.amount, "authority": figure.authority or "the company's or the writer's"})


def _shown(row: Row) -> str:
    return " · ".join(f"{row[key]}" for key in _SHOWN if row.get(key) is not None)


# ------------------------------------------------------------------ what follows from them


def _disputes(expected: Expectation, facts: Iterable[Row]) -> list[str]:
    held = {(fact["company"], fact["metric"], dispute["over"]) for fact in facts for dispute in fact["disputes"] or ()}
    wanted = {(d.company, d.metric, d.over) for d in expected.disputes}
    missing = [f"missing dispute of {company}'s {metric} over {over}" for company, metric, over in sorted(wanted - held)]
    return missing + [f"too much: a dispute of {company}'s {metric} over {over}" for company, metric, over in sorted(held - wanted)]


def _moved(expected: Expectation, shifts: Sequence[Row]) -> list[str]:
    return [
        f"missing shift since 2017: {one.company} {one.metric} {one.period} {one.amount} against {one.reference_amount}"
        for one in expected.moved
        if not any(_is_shift(one, row) for row in shifts)
    ]


def _is_shift(one: Moved, row: Row) -> bool:
    if (row["company"], row["metric"], row["period"], str(row["against"])) != (one.company, one.metric, one.period, "2017"):
        return False
    amounts = (row["amount"], row["reference_amount"])
    return None not in amounts and [Decimal(str(a)) for a in amounts] == [Decimal(one.amount), Decimal(one.reference_amount)]


def _mails(expected: Mails, mails: Sequence[Row]) -> list[str]:
    texts = [f"{mail['subject']}\n{mail['text']}" for mail in mails]
    plain = [" ".join(text.replace("[", "").replace("]", "").split()) for text in texts]  # a mail marks its number with brackets
    complaints = []
    for words in expected.each_once:
        times = sum(words in text for text in plain)
        if times != 1:
            complaints.append(f"'{words}' stands in {times} mails instead of one")
    complaints += [f"'{words}' was mailed" for words in expected.never if any(words in text for text in plain)]
    strange = [mail["subject"] for mail, text in zip(mails, plain, strict=True) if not any(w in text for w in expected.each_once)]
    return complaints + [f"a mail that nothing called for: {subject}" for subject in strange]
