"""`figurewatch claims`: articles in, the figures that they state out. A filter: JSON Lines on both sides."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from etl.claims import Vocabulary, read_claims
from etl.commands.filters import Row, moment, run_filter
from etl.model import Article, Claim
from etl.places import config_dir
from etl.spec.authorities import read_authorities
from etl.spec.companies import read_companies
from etl.spec.metrics import read_metrics
from etl.spec.regions import read_regions


def register(commands: Any) -> None:
    parser = commands.add_parser("claims", help="read the figures in articles (a filter)", description=__doc__)
    parser.add_argument("--why", action="store_true", help="add the rules that gave each field")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer each line of standard input with a line per claim."""
    folder = config_dir(args.config)
    vocabulary = Vocabulary.of(read_companies(folder), read_metrics(folder), read_regions(folder), read_authorities(folder))

    def answer(row: Row) -> Iterable[Row]:
        return [as_row(str(row["doc_id"]), claim, with_rules=args.why) for claim in read_claims(article_of(row), vocabulary)]

    return run_filter(answer, needs=("doc_id", "text"))


def article_of(row: Row) -> Article:
    """A line of input as an article that was handed in. Raises ValueError for a date that is none."""
    published = moment(row.get("published"))
    return Article(
        article_id=str(row["doc_id"]),
        url=str(row.get("url") or ""),
        canonical_url=None,
        title=str(row.get("title") or ""),
        text=row["text"],
        byline=(),
        published=published,
        published_from="manifest" if published else None,
        updated=None,
        language=row.get("lang"),
        site_name=None,
        source=str(row.get("source") or ""),
        page_sha256=None,
    )


def as_row(doc_id: str, claim: Claim, *, with_rules: bool) -> Row:
    """A claim as a line of output."""
    row: Row = {
        "doc_id": doc_id,
        "claim_id": claim.claim_id,
        "company": claim.company,
        "metric": claim.metric,
        "segment": claim.segment,
        "amount": claim.amount,
        "amount_high": claim.amount_high,
        "unit": claim.unit.value,
        "currency": claim.currency,
        "alt_amount": claim.alt_amount,
        "alt_currency": claim.alt_currency,
        "per": claim.per,
        "rounding": claim.rounding,
        "bound": claim.bound.value,
        "basis": claim.basis.value,
        "compared_to": claim.compared_to.label if claim.compared_to else None,
        "period": claim.period.label if claim.period else None,
        "region": claim.region,
        "kind": claim.kind.value,
        "authority": claim.authority,
        "printed": claim.printed,
        "quote": claim.quote,
        "span": list(claim.span),
        "confidence": claim.confidence,
    }
    if with_rules:
        row["rules"] = dict(claim.rules)
    return row
