"""How fast figures are read, on one core: sentences and articles of 500 words a second of processor time, trouble, and memory.

python benchmarks/claims.py              # speed, and a megabyte of each kind of trouble
python benchmarks/claims.py --memory N   # the memory in use after each tenth of N articles: it must not grow

Beside each speed stands its ratio to a fixed loop of plain Python in the same run, so that two machines can be compared.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from etl.claims import Vocabulary, read_claims
from etl.claims.sentences import split_sentences
from etl.model import Article
from etl.spec.authorities import read_authorities
from etl.spec.companies import read_companies
from etl.spec.metrics import read_metrics
from etl.spec.regions import read_regions

FIGURES = (
    "Xiaomi shipped {n}.4 million smartphones in the second quarter of 2021, up 83% year-on-year, Canalys said.",
    "The company said its revenue rose 64% to 87.8 billion yuan ($13.5 billion) in the period.",
    "Analysts had been waiting for the report since the chip shortage began to bite in spring.",
    "Samsung led with a 19% share, followed by Xiaomi with 17% and Apple with 14%.",
    "It was not clear how long the good run would last, people close to the matter said on Tuesday.",
    "In India, Xiaomi's market share was {n}% in Q2 2021, up from 27% a year earlier.",
    "The phone has a 6.7-inch screen, a 5,000 mAh battery and costs 2,999 yuan.",
)
STORY = (
    "Nobody who queued in front of the new shop that morning seemed to mind the rain, and the first of them had come before six.",
    "The firm has been courting buyers who would once have walked past its counters without a second look.",
    "Its founder, an engineer by training, likes to say that a good product needs no slogan.",
    "Rivals have taken note: two of them changed their plans for the autumn, according to people who know the plans.",
    "A spokeswoman declined to comment on what she called rumours about suppliers.",
    *FIGURES[:2],
    "Whether that can go on is another matter, since parts have become dearer and carriers hesitate.",
)
TROUBLE = {
    "digits": "1", "brackets": "(", "one hundred and": "one hundred and ", "quotes": "“", "dashes": "—", "percent signs": "%",
    "Chinese numerals": "一万亿", "commas": ",", "lines": "a\n", "names": "Xiaomi ", "products": "Mi 5 ", "from 5 to": "from 5 to ",
    "dotted digits": "1.", "shares": "1% ", "sums": "$1 (", "places": "in India ", "sentences": "Xiaomi sold 5 million phones. ",
    "no full stop": "Xiaomi shipped 5 million phones and ", "the company said": "the company said ", "months": "May ", "quarters": "Q2 ",
    "tables": "1 | 2\n", "markets": "the smartphone market ", "blanks": " ", "capitals": "Aa ",
}  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """The processor time that the work takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def reference() -> int:
    """The fixed work that speeds are compared with."""
    return sum(i * i % 7 for i in range(2_000_000))


def texts(sentences: tuple[str, ...], count: int) -> Iterator[str]:
    """Articles of about 500 words made of the sentences."""
    lines = 500 // (sum(len(s.split()) for s in sentences) // len(sentences))
    for i in range(count):
        yield "\n".join(sentences[j % len(sentences)].format(n=20 + (i + j) % 60) for j in range(lines))


def speed(vocabulary: Vocabulary, count: int = 60) -> None:
    """Dense figures, and a story that has a few."""
    for name, sentences in (("figures in every line", FIGURES), ("a story with a few", STORY)):
        articles = [article(str(i), text) for i, text in enumerate(texts(sentences, count))]
        took = min(seconds(lambda a=articles: [read_claims(x, vocabulary) for x in a]) for _ in range(3))  # type: ignore[misc]
        ratio = took / min(seconds(reference) for _ in range(3)) / count
        lines = sum(len(split_sentences(a.text)) for a in articles)
        words = sum(len(a.text.split()) for a in articles)
        print(f"{name:22} {lines / took:6,.0f} sentences/s {words / 500 / took:6,.1f} articles/s, {ratio:.3f} of the loop each")


def trouble(vocabulary: Vocabulary) -> None:
    """A megabyte of each, and how much longer it takes than a quarter of it: 4 times is linear."""
    for name, piece in TROUBLE.items():
        long, short = (piece * (size // len(piece)) for size in (1_000_000, 250_000))
        few, many = (seconds(partial(read_claims, article(name, text), vocabulary)) for text in (short, long))
        print(f"a megabyte of {name:20} {many:5.2f} s, {many / few:4.1f} times a quarter of it")


def memory(vocabulary: Vocabulary, count: int) -> None:
    """What the process holds (VmRSS), after each tenth."""
    for number, text in enumerate(texts(STORY, count), 1):
        read_claims(article(str(number), text), vocabulary)
        if number % max(1, count // 10) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number:8,} articles: {resident():.0f} MB, at most {peak:.0f} MB", flush=True)


def resident() -> float:
    """Megabytes of memory in use, by the kernel's count; 0 where it keeps none there."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def article(name: str, text: str) -> Article:
    return Article(
        article_id=name, url="", canonical_url=None, title="", text=text, byline=(), published=datetime(2021, 8, 20, tzinfo=UTC),
        published_from="manifest", updated=None, language="en", site_name=None, source="", page_sha256=None,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--memory", type=int, metavar="N", help="read N articles and print the memory in use")
    args = parser.parse_args()
    config = Path(__file__).resolve().parents[1] / "config"
    vocabulary = Vocabulary.of(read_companies(config), read_metrics(config), read_regions(config), read_authorities(config))
    if args.memory:
        memory(vocabulary, args.memory)
    else:
        speed(vocabulary)
        trouble(vocabulary)


if __name__ == "__main__":
    main()
