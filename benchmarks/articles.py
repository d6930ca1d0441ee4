#!/usr/bin/env python3
"""Clean a set of pages with Figurewatch and, with the peers beside it: pages per CPU second, peak memory, output to score.

    python benchmarks/articles.py ../shared/pages/dev.jsonl --out build/articles [--only ours,trafilatura-fast]
    python ../shared/eval/score_pages.py --gold ../shared/pages/dev.gold.jsonl --pred build/articles/ours.jsonl

Each engine runs in a process of its own, on the same pages held in memory; start-up and reading aren't counted. They take turns, some pages
each, so that what else the machine does weighs on all alike.
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
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Answer = dict[str, Any]
SLICE = 16  # pages a turn
TURN_S = 300


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


def measure(name: str, manifest: Path, out: Path, turns: Connection) -> None:
    """Run one engine over the pages, a slice at each turn; write its answers and send its figures. Sends None where it isn't installed."""
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    pages = [(row["doc_id"], row.get("url") or "", gzip.decompress((manifest.parent / row["html_path"]).read_bytes())) for row in rows]
    try:
        answer = guarded(ENGINES[name]())
    except ImportError as error:
        turns.send((None, f"skipped: {error}"))
        return
    answer(pages[0][2], pages[0][1])
    answers, seconds = [], 0.0
    for start in range(0, len(pages), SLICE):
        turns.send((len(pages), ""))
        turns.recv()
        begun = time.process_time()
        answers += [{"doc_id": doc_id, **answer(body, url)} for doc_id, url, body in pages[start : start + SLICE]]
        seconds += time.process_time() - begun
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.jsonl").write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in answers), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    turns.send((None, f"{len(pages) / seconds:6.1f} pages per CPU second   {peak} MB with all pages in memory"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/articles"))
    parser.add_argument("--only", default=",".join(ENGINES))
    args = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    waiting: dict[str, Connection] = {}
    for name in args.only.split(","):
        here, there = context.Pipe()
        context.Process(target=measure, args=(name, args.manifest, args.out, there), daemon=True).start()
        waiting[name] = here
    while waiting:
        for name, turns in list(waiting.items()):
            pages, figures = turns.recv()
            if pages is None:
                print(f"{name:24} {figures}", flush=True)
                del waiting[name]
            else:
                turns.send("go")
                if not turns.poll(TURN_S):
                    raise TimeoutError(f"{name}: a slice of pages took more than {TURN_S} s")


if __name__ == "__main__":
    main()
