"""Speed and store of the duplicates' index, on articles in JSON Lines (as `figurewatch duplicates` takes them) or on made-up ones.

python benchmarks/duplicates.py [ARTICLES.jsonl] [--fill N]

Prints documents a CPU second, the 99th percentile of one article, bytes a document, and how long opening takes. `--fill N` first puts
the postings of N texts into the index, so that look-ups are measured as they will be after years. Where datasketch, rensa or simhash
are installed, they are timed over the same texts (signature and look-up, no verdict).
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from etl.adapters.index import SqliteIndex
from etl.commands.filters import moment
from etl.duplicates import Document, tell_apart

POSTINGS = 36  # of a middling text


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?")
    parser.add_argument("--fill", type=int, default=0)
    args = parser.parse_args()
    documents = list(read(Path(args.articles)) if args.articles else made_up(3000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.sqlite"
        if args.fill:
            fill(path, args.fill)
        measure(documents, path, args.fill)
    for name, run in peers():
        began = time.process_time()
        run([document.text for document in documents])
        print(f"{name}: {len(documents) / (time.process_time() - began):.0f} docs/s")


def read(path: Path) -> Iterator[Document]:
    """The articles of a file."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Document(
            id=row["doc_id"], url=row["url"], title=row["title"], text=row["text"], published=moment(row["published"]), source=row["source"]
        )


def made_up(count: int) -> Iterator[Document]:
    """Texts of 300 words out of 20,000, one in five a copy of an earlier one with a word changed."""
    dice, texts = random.Random(5), list[str]()
    for n in range(count):
        if texts and dice.random() < 0.2:
            words = dice.choice(texts).split(" ")
            words[dice.randrange(len(words))] = "changed"
        else:
            words = [f"w{int(dice.paretovariate(0.6)) % 20_000}" if dice.random() < 0.95 else str(dice.randrange(9999)) for _ in range(300)]
        texts.append(" ".join(words))
        yield Document(id=f"d{n}", url=f"https://x.example/{n}", title="", text=texts[-1], published=None, source=f"host{n % 50}")


def fill(path: Path, count: int) -> None:
    """Put the rows of `count` texts into an index, without their bodies."""
    SqliteIndex(path).close()
    import sqlite3

    dice, db = random.Random(7), sqlite3.connect(path)
    rows = ((n, f"old{n}", "original", None, n, 0.0, "new", 0, 0, "h", "", 1800) for n in range(1, count + 1))
    db.executemany("insert into doc values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    keys = sorted((dice.getrandbits(32) - (1 << 31), n) for n in range(1, count + 1) for _ in range(POSTINGS))
    db.executemany("insert or ignore into posting values (?, ?)", keys)
    db.commit()
    db.close()


def measure(documents: list[Document], path: Path, before: int) -> None:
    """Tell all articles apart and print what it took."""
    began = time.perf_counter()
    index = SqliteIndex(path)
    print(f"opening with {before:,} texts: {1000 * (time.perf_counter() - began):.1f} ms")
    size, took, cpu = path.stat().st_size, list[float](), time.process_time()
    for document in documents:
        start = time.perf_counter()
        tell_apart(document, index)
        took.append(time.perf_counter() - start)
    cpu = time.process_time() - cpu
    took.sort()
    index.close()
    grown = (path.stat().st_size - size) / len(documents)
    print(f"figurewatch: {len(documents) / cpu:.0f} docs/s, p99 {1000 * took[int(0.99 * len(took))]:.1f} ms, {grown:.0f} bytes a document")
    print(f"resident at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def peers() -> Iterator[tuple[str, Callable[[list[str]], object]]]:
    """The libraries that are installed, each with a run over texts."""
    for name, run in (("datasketch", minhash), ("rensa", rensa), ("simhash", simhash)):
        try:
            importlib.import_module(name)
        except ImportError:
            print(f"{name}: not installed")
        else:
            yield name, run


def minhash(texts: list[str]) -> None:
    """MinHash LSH at a half."""
    library = importlib.import_module("datasketch")
    index = library.MinHashLSH(threshold=0.5, num_perm=128)
    for n, text in enumerate(texts):
        words, signature = text.lower().split(), library.MinHash(num_perm=128)
        signature.update_batch([" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)])
        index.query(signature)
        index.insert(str(n), signature)


def rensa(texts: list[str]) -> None:
    """R-MinHash, signatures only."""
    library = importlib.import_module("rensa")
    for text in texts:
        words, signature = text.lower().split(), library.RMinHash(num_perm=128, seed=42)
        signature.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
        signature.digest()


def simhash(texts: list[str]) -> None:
    """SimHash with its index, distance 3."""
    library = importlib.import_module("simhash")
    index = library.SimhashIndex([], k=3)
    for n, text in enumerate(texts):
        words = text.lower().split()
        signature = library.Simhash([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
        index.get_near_dups(signature)
        index.add(str(n), signature)


if __name__ == "__main__":
    main()
