"""How fast figures are read, on one core: sentences and articles of about 500 words a second, and the memory after many.

python benchmarks/claims.py [ARTICLES]
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from etl.claims import Vocabulary, read_claims
from etl.claims.sentences import split_sentences
from etl.model import Article
from etl.spec.authorities import read_authorities
from etl.spec.companies import read_companies
from etl.spec.metrics import read_metrics
from etl.spec.regions import read_regions

SENTENCES = (
    "Xiaomi shipped {n}.4 million smartphones in the second quarter of 2021, up 83% year-on-year, Canalys said.",
    "The company said its revenue rose 64% to 87.8 billion yuan ($13.5 billion) in the period.",
    "Analysts had been waiting for the report since the chip shortage began to bite in spring.",
    "Samsung led with a 19% share, followed by Xiaomi with 17% and Apple with 14%.",
    "It was not clear how long the good run would last, people close to the matter said on Tuesday.",
    "In India, Xiaomi's market share was {n}% in Q2 2021, up from 27% a year earlier.",
    "The phone has a 6.7-inch screen, a 5,000 mAh battery and costs 2,999 yuan.",
)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    config = Path(__file__).resolve().parents[1] / "config"
    vocabulary = Vocabulary.of(read_companies(config), read_metrics(config), read_regions(config), read_authorities(config))
    texts = ["\n".join(s.format(n=20 + (i + j) % 60) for j in range(5) for s in SENTENCES) for i in range(count)]
    sentences = sum(len(split_sentences(t)) for t in texts[:10]) // min(10, count) * count
    began, claims = time.perf_counter(), 0
    for number, text in enumerate(texts):
        claims += len(read_claims(article(str(number), text), vocabulary))
    took = time.perf_counter() - began
    words = sum(len(t.split()) for t in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{sentences / took:,.0f} sentences/s · {words / 500 / took:,.1f} articles of 500 words/s · {claims:,} claims · peak {peak:.0f} MB"
    )
    for name, text in {"digits": "1" * 10**6, "brackets": "(" * 10**6, "words": "one hundred and " * 62_500}.items():
        began = time.perf_counter()
        read_claims(article(name, text), vocabulary)
        print(f"a megabyte of {name}: {time.perf_counter() - began:.2f} s")


def article(name: str, text: str) -> Article:
    return Article(
        article_id=name,
        url="",
        canonical_url=None,
        title="",
        text=text,
        byline=(),
        published=datetime(2021, 8, 20, tzinfo=UTC),
        published_from="manifest",
        updated=None,
        language="en",
        site_name=None,
        source="",
        page_sha256=None,
    )


if __name__ == "__main__":
    main()
