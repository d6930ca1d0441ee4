#!/usr/bin/env python3
"""Clean a set of pages with Figurewatch and, with the peers beside it: pages per CPU second, peak memory, output to score.

    python benchmarks/articles.py ../shared/pages/dev.jsonl --out build/articles [--only ours,trafilatura-fast]
    python ../shared/eval/score_pages.py --gold ../shared/pages/dev.gold.jsonl --pred build/articles/ours.jsonl

Each engine runs in a process of its own, one after the other, on the same pages held in memory; start-up and reading aren't counted.
Peers that aren't installed are skipped, saying so: `pip install -e '.[bench]'` brings them. rs-trafilatura (Rust) and fundus (which reads
its own list of publishers only) have no door for a page that is handed to them, and aren't run.
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


def newspaper() -> Callable[[bytes, str], Answer]:
    from newspaper import Article as Story

    def answer(body: bytes, url: str) -> Answer:
        story = Story(url or "https://unknown.example/", fetch_images=False)
        story.download(input_html=body.decode("utf-8", "replace"))
        story.parse()
        published = story.publish_date.isoformat() if story.publish_date else None
        return {"title": story.title, "byline": list(story.authors), "published": published, "text": story.text}

    return answer


def resiliparse() -> Callable[[bytes, str], Answer]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    def answer(body: bytes, url: str) -> Answer:
        tree = HTMLTree.parse(bytes_to_str(body, detect_encoding(body)))
        return {"title": tree.title, "text": extract_plain_text(tree, main_content=True, alt_texts=False)}

    return answer


def readability() -> Callable[[bytes, str], Answer]:
    import lxml.html
    from readability import Document

    logging.disable(logging.CRITICAL)

    def answer(body: bytes, url: str) -> Answer:
        document = Document(body.decode("utf-8", "replace"))
        summary = document.summary()
        return {"title": document.short_title(), "text": lxml.html.fromstring(summary).text_content() if summary.strip() else ""}

    return answer


ENGINES: dict[str, Callable[[], Callable[[bytes, str], Answer]]] = {
    "ours": ours,
    "trafilatura-fast": partial(trafilatura, fast=True),
    "trafilatura-precision": partial(trafilatura, favor_precision=True),
    "trafilatura-default": partial(trafilatura),
    "newspaper4k": newspaper,
    "resiliparse": resiliparse,
    "readability": readability,
}


def guarded(answer: Callable[[bytes, str], Answer]) -> Callable[[bytes, str], Answer]:
    """The engine with its own exceptions as empty answers: a page on which a peer trips counts as unread, and doesn't end the run."""

    def one(body: bytes, url: str) -> Answer:
        try:
            return answer(body, url)
        except Exception as error:
            return {"text": "", "error": f"{type(error).__name__}: {error}"}

    return one


def measure(name: str, manifest: Path, out: Path) -> None:
    """Run one engine over the pages, write its answers and print its figures."""
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    pages = [(row["doc_id"], row.get("url") or "", gzip.decompress((manifest.parent / row["html_path"]).read_bytes())) for row in rows]
    try:
        answer = guarded(ENGINES[name]())
    except ImportError as error:
        print(f"{name:24} skipped: {error}", flush=True)
        return
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
