#!/usr/bin/env python3
"""Speed and store of the duplicates' index, and of datasketch, rensa and SimHash over the same texts in the same run.

    python benchmarks/duplicates.py [ARTICLES.jsonl]           documents a CPU second, p99, bytes a document; the peers beside it
    python benchmarks/duplicates.py --fill 1000000 [ARTICLES]  first an index of so many made-up texts: look-up, opening, memory, size

ARTICLES is JSON Lines as `figurewatch duplicates` takes them; without it, texts are made up. The peers come with
`pip install -e '.[bench]'`; one that is missing is skipped and said to be. They build and ask an index of signatures, and give no verdict.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from etl.adapters.index import LINKABLE, SqliteIndex
from etl.commands.filters import moment
from etl.duplicates import Document, Record, tell_apart
from etl.model import Telling, Verdict, identity

Step = Callable[[int, list[str]], None]  # takes in text n by its runs of words
SHINGLES, SENTENCES, FEATURES, WORDS = 32, 13, 22, 225  # of a text of 1,400 characters, as news texts have them on average
HOSTS, PUBLISHED_FROM, SECONDS_APART, BASE = 500, 1_400_000_000, 300, 50_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("--fill", type=int, default=0, metavar="N", help="made-up texts that the index holds before")
    parser.add_argument("--folder", type=Path, help="where the index is made (else a temporary folder)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        path = Path(folder) / "index.sqlite"
        if args.fill:
            fill(path, args.fill)
        apart(measure, args.articles, path, args.fill)
    if not args.fill:
        for name in PEERS:
            try:
                importlib.import_module(name)
            except ImportError:
                print(f"{name}: skipped, not installed (pip install -e '.[bench]')", flush=True)
            else:
                apart(measure_peer, args.articles, name)


def apart(step: Callable[..., None], *given: object) -> None:
    """In a process of its own, so that memory is counted for it alone."""
    process = multiprocessing.get_context("spawn").Process(target=step, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def documents_of(path: Path | None) -> list[Document]:
    """The articles of a file, or 3,000 made-up ones, one in five a copy of an earlier one with a word changed."""
    if path is None:
        return list(made_up(3000))
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Document(
            id=row["doc_id"], url=row["url"], title=row["title"], text=row["text"], published=moment(row["published"]), source=row["source"]
        )
        for row in rows
    ]


def made_up(count: int) -> Iterator[Document]:
    dice, texts = random.Random(5), list[str]()
    words = vocabulary(dice)
    for n in range(count):
        if texts and dice.random() < 0.2:
            parts = dice.choice(texts).split(" ")
            parts[dice.randrange(len(parts))] = "changed"
            text = " ".join(parts)
        else:
            text = text_of(dice, words)
        texts.append(text)
        yield Document(id=f"d{n}", url=f"https://x.example/{n}", title="", text=text, published=None, source=f"host{n % 50}.example")


def vocabulary(dice: random.Random) -> tuple[list[str], list[float]]:
    """30,000 words of syllables, and how often each is used, as in any language (Zipf's law)."""
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "in")]
    words = ["".join(dice.choices(syllables, k=dice.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30_000)]
    total, weights = 0.0, []
    for rank in range(1, len(words) + 1):
        total += 1 / rank
        weights.append(total)
    return words, weights


def text_of(dice: random.Random, words: tuple[list[str], list[float]]) -> str:
    """Sentences of 17 words, three to a paragraph; one word in twenty is a number, one in ten a name."""
    drawn = dice.choices(words[0], cum_weights=words[1], k=WORDS)
    for place in range(0, WORDS, 20):
        drawn[place + dice.randrange(5)] = f"{dice.randrange(10_000) / 10:g}"
    for place in range(5, WORDS, 10):
        drawn[place] = drawn[place].capitalize()
    sentences = [" ".join(drawn[at : at + 17]).capitalize() + "." for at in range(0, WORDS, 17)]
    return "\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


class Bulk(SqliteIndex):
    """An index that takes many texts in one transaction, in as much memory as it needs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._db.execute("pragma cache_size = -4194304")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self._db.in_transaction:
            self._db.execute("begin")
        yield

    def commit(self) -> None:
        self._db.execute("commit")


def fill(path: Path, count: int) -> None:
    """Put the rows of so many texts into an index: some through the index itself, the rest as the same rows under other keys.

    Their words aren't compared with one another, which would take an hour.
    """
    fill_some(path, min(count, BASE))
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -4194304; pragma temp_store = memory;")
    db.executescript(_BASE)
    db.execute("begin")
    for done in range(BASE, count, BASE):
        for statement in _MORE:
            db.execute(statement, {"past": done, "later": done * SECONDS_APART, "wanted": min(BASE, count - done)})
        print(f"{min(done + BASE, count):,} texts", flush=True)
    db.execute("commit")
    db.execute("pragma journal_mode = wal")
    db.close()
    print(f"{path.stat().st_size / count:.0f} bytes a document in an index of {count:,}", flush=True)


_BASE = """
create temp table base_posting as select n from posting order by n;
create temp table base_sentence as select group_n as n from sentence order by group_n;
create temp table base_recent as select * from recent;
"""
_SOME = "abs(random()) % 4294967296 - 2147483648"
_MORE = (
    "insert into doc select n + :past, lower(hex(randomblob(16))), verdict, null, n + :past, coverage, reason, published + :later,"
    " at + :later, learnt + :later, source, credits, length from doc where n <= :wanted",
    "insert into words select random(), n + :past from words where n <= :wanted",
    "insert into link select random(), n + :past from link where n <= :wanted",
    "insert into body select n + :past, links, shingles, sentences, text from body where n <= :wanted",
    f"insert or ignore into posting select {_SOME}, n + :past from base_posting where n <= :wanted",
    f"insert or ignore into sentence select {_SOME}, n + :past from base_sentence where n <= :wanted",
    "delete from recent",
    "insert into recent select n + :past, at + :later, features from base_recent where n <= :wanted"
    f" and n > :wanted - {LINKABLE}",
    "update merged set up_to = :past + :wanted",
)


def fill_some(path: Path, count: int) -> None:
    """So many texts through the index."""
    dice, index, began = random.Random(7), Bulk(path), time.process_time()
    words = vocabulary(dice)
    texts = [text_of(dice, words) for _ in range(min(count, 20_000))]
    base = Record(
        telling=Telling(article_id="", verdict=Verdict.ORIGINAL, of=None, coverage=0.0, reason="new", group_id=""), published=None,
        learnt=None, source="", length=1400, words=0, links=(), credits=(), text="", shingles=(), sentences=(), features=(),
    )  # fmt: skip
    recurring = [[dice.getrandbits(31) for _ in range(4)] for _ in range(HOSTS)]
    for n in range(count):
        host, name = n % HOSTS, identity("bench", str(n))
        own = [dice.getrandbits(32) - (1 << 31) for _ in range(SHINGLES + SENTENCES)]
        features = tuple(int(dice.paretovariate(0.5)) & 0xFFFFFF for _ in range(FEATURES))
        telling = replace(base.telling, article_id=name, group_id=name)
        index.add(
            replace(
                base, telling=telling, published=moment_of(n), source=f"host{host}.example", words=dice.getrandbits(63),
                links=(dice.getrandbits(63),), text=texts[n % len(texts)], shingles=tuple(own[:SHINGLES]),
                sentences=(*own[SHINGLES:], *recurring[host]), features=features,
            )
        )  # fmt: skip
    index.commit()
    index.close()
    print(f"{count:,} texts, {count / (time.process_time() - began):.0f} a CPU second", flush=True)


def moment_of(n: int) -> datetime:
    """When a made-up text was published."""
    return datetime.fromtimestamp(PUBLISHED_FROM + SECONDS_APART * n, UTC)


class Timed(SqliteIndex):
    """An index that counts what its questions take."""

    wall = cpu = 0.0

    def __getattribute__(self, name: str) -> object:
        found = super().__getattribute__(name)
        if name not in ("told", "by_link", "by_words", "recurring", "with_shingles", "with_features", "known", "latest"):
            return found

        def timed(*given: object) -> object:
            began, worked = time.perf_counter(), time.thread_time()
            answer = found(*given)  # type: ignore[operator]
            Timed.wall += time.perf_counter() - began
            Timed.cpu += time.thread_time() - worked
            return answer

        return timed


def measure(articles: Path | None, path: Path, before: int) -> None:
    """Tell all articles apart and print what it took."""
    documents = documents_of(articles)
    resident = peak_mb()
    began = time.perf_counter()
    index = Timed(path) if before else SqliteIndex(path)
    print(f"opening with {before:,} texts: {1000 * (time.perf_counter() - began):.1f} ms", flush=True)
    size = pages(path)
    said = speed("figurewatch", [partial(tell_apart, document, index) for document in documents])
    index.close()
    print(f"{said}; {(pages(path) - size) / len(documents):.0f} bytes a document on disk")
    if before:
        wall, cpu = 1000 * Timed.wall / len(documents), 1000 * Timed.cpu / len(documents)
        print(f"look-up: {wall:.2f} ms a document, {cpu:.2f} of them CPU, all questions to the index together")
    print(f"resident: {peak_mb():.0f} MB at most, of which {resident:.0f} MB before the index was opened", flush=True)


def speed(name: str, steps: list[Callable[[], object]]) -> str:
    """Take the steps one after the other and say how fast that was."""
    took, spent, cpu = list[float](), list[float](), time.process_time()
    for step in steps:
        start, worked = time.perf_counter(), time.thread_time()
        step()
        took.append(1000 * (time.perf_counter() - start))
        spent.append(1000 * (time.thread_time() - worked))
    cpu, place = time.process_time() - cpu, int(0.99 * len(steps))
    return (
        f"{name}: {len(steps) / cpu:.0f} documents a CPU second, {1000 * len(steps) / sum(took):.0f} by the clock;"
        f" 99 % within {sorted(spent)[place]:.1f} ms CPU, {sorted(took)[place]:.1f} ms by the clock"
    )


def pages(path: Path) -> int:
    """Bytes that the index takes once it's closed."""
    db = sqlite3.connect(path)
    count: int = db.execute("pragma page_count").fetchone()[0] * db.execute("pragma page_size").fetchone()[0]
    db.close()
    return count


def peak_mb() -> float:
    """The most memory that this process has held; a child's `ru_maxrss` begins at its parent's, so Linux is asked otherwise."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def resident_mb() -> float:
    """The memory that it holds now; where the system doesn't say, the most so far."""
    held = Path("/proc/self/statm")
    return int(held.read_text().split()[1]) * resource.getpagesize() / 2**20 if held.exists() else peak_mb()


# ------------------------------------------------------------------ the peers


def measure_peer(articles: Path | None, name: str) -> None:
    """Sign, ask and add each text, and print what it took."""
    texts, step = [document.text for document in documents_of(articles)], PEERS[name](importlib.import_module(name))
    resident = resident_mb()
    said = speed(name, [lambda n=n, text=text: step(n, runs_of(text)) for n, text in enumerate(texts)])
    print(f"{said}; nothing on disk, {1024 * (resident_mb() - resident) / len(texts):.1f} KB a document in memory", flush=True)


def runs_of(text: str) -> list[str]:
    words = text.lower().split()
    return [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]


def datasketch(library: Any) -> Step:
    """MinHash with 128 permutations, LSH at a half."""
    index = library.MinHashLSH(threshold=0.5, num_perm=128)

    def step(n: int, runs: list[str]) -> None:
        signature = library.MinHash(num_perm=128)
        signature.update_batch([run.encode() for run in runs])
        index.query(signature)
        index.insert(str(n), signature)

    return step


def rensa(library: Any) -> Step:
    """R-MinHash with 128 permutations, LSH at a half."""
    index = library.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)

    def step(n: int, runs: list[str]) -> None:
        signature = library.RMinHash(num_perm=128, seed=42)
        signature.update(runs)
        index.query(signature)
        index.insert(n, signature)

    return step


def simhash(library: Any) -> Step:
    """64 bits, at most three of which differ."""
    index = library.SimhashIndex([], k=3)

    def step(n: int, runs: list[str]) -> None:
        signature = library.Simhash(runs)
        index.get_near_dups(signature)
        index.add(str(n), signature)

    return step


PEERS = {"datasketch": datasketch, "rensa": rensa, "simhash": simhash}


if __name__ == "__main__":
    main()
