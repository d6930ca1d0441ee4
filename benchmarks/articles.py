#!/usr/bin/env python3
"""Clean a set of pages with Figurewatch and, with the peers beside it: pages per CPU second, peak memory, output to score.

    python benchmarks/articles.py ../shared/pages/dev.jsonl --out build/articles [--only ours,trafilatura-fast]
    python ../shared/eval/score_pages.py --gold ../shared/pages/dev.gold.jsonl --pred build/articles/ours.jsonl

Each engine runs in a process of its own, one after the other, on the same pages held in memory; start-up and reading aren't counted.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import multiprocessing
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

Answer = dict[str, Any]


def ours() -> Callable[[bytes, str], Answer]:
    from etl.articles import Sites, clean
    from etl.commands.clean import local
    from etl.model import Dropped, Page

    now, sites = datetime.now(UTC), Sites.of()

    def answer(body: bytes, url: str) -> Answer:
        sha = hashlib.sha256(body).hexdigest()
        found = clean(Page(url=url, requested_url=url, status=200, content_type="", body=body, sha256=sha, fetched_at=now), sites, now=now)
        if isinstance(found, Dropped):
            return {"text": "", "dropped": found.reason.value}
        published = moment.isoformat() if (moment := local(found)) else None
        return {"title": found.title, "byline": list(found.byline), "published": published, "text": found.text}

    return answer


def trafilatura(**mode: bool) -> Callable[[bytes, str], Answer]:
    from trafilatura import bare_extraction

    logging.disable(logging.CRITICAL)

    def answer(body: bytes, url: str) -> Answer:
        found = bare_extraction(body, url=url or None, include_comments=False, with_metadata=True, **mode)
        if found is None:
            return {"text": ""}
        return {"title": found.title, "byline": (found.author or "").split("; "), "published": found.date, "text": found.text}

    return answer


ENGINES: dict[str, Callable[[], Callable[[bytes, str], Answer]]] = {
    "ours": ours,
    "trafilatura-fast": partial(trafilatura, fast=True),
    "trafilatura-precision": partial(trafilatura, favor_precision=True),
    "trafilatura-default": partial(trafilatura),
}


def measure(name: str, manifest: Path, out: Path) -> None:
    """Run one engine over the pages, write its answers and print its figures."""
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    pages = [(row["doc_id"], row.get("url") or "", gzip.decompress((manifest.parent / row["html_path"]).read_bytes())) for row in rows]
    answer = ENGINES[name]()
    answer(pages[0][2], pages[0][1])
    begun = time.process_time()
    answers = [{"doc_id": doc_id, **answer(body, url)} for doc_id, url, body in pages]
    seconds = time.process_time() - begun
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.jsonl").write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:24} {len(pages) / seconds:6.1f} pages per CPU second   {peak} MB with all pages in memory", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/articles"))
    parser.add_argument("--only", default=",".join(ENGINES))
    args = parser.parse_args()
    for name in args.only.split(","):
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(name, args.manifest, args.out))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
