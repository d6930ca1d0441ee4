"""How long the warehouse takes to open, load, recall and publish. Run from the checkout: python benchmarks/warehouse.py"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from etl.adapters.warehouse import DuckWarehouse
from etl.model import Batch
from etl.places import Places
from tests.warehouse.words import DAY, TEXT, article, batch, evidence, telling

ARTICLES, CLAIMS, SMALL = 200, 10, 20


@contextmanager
def timed(what: str, times: int = 1) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{what:45} {(time.perf_counter() - began) / times * 1000:8.1f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        with timed("open, migrate, make the views"):
            warehouse = DuckWarehouse.at(Places(Path(folder)).make())
        with timed("load one article", SMALL):
            for number in range(SMALL):
                warehouse.load(batch(number))
        articles = [article(1000 + n, TEXT + "\nAnd so on and so forth." * 150) for n in range(ARTICLES)]
        claims = [evidence(read, company=f"Company {n}") for read in articles for n in range(CLAIMS)]
        big = Batch(
            load_id="big", recorded_at=DAY, articles=tuple(articles), tellings=tuple(telling(read) for read in articles),
            evidence=tuple(claims), facts=(), shifts=(), alerts=(), endings=(),
        )  # fmt: skip
        with timed(f"load {ARTICLES} articles, {len(claims)} claims"):
            warehouse.load(big)
        with timed(f"recall {ARTICLES} claims of a company's metric"):
            warehouse.recall_evidence([("Company 1", "shipments")])
        with timed("publish"):
            warehouse.publish(at_once=True)
        warehouse.close()


if __name__ == "__main__":
    main()
