#!/usr/bin/env python3
"""Train the block classifier: pages and what a reader would read of them in, etl/articles/blocks.json out.

    pip install lightgbm
    python benchmarks/train_blocks.py ../shared/pages/dev.jsonl ../shared/pages/dev.gold.jsonl [--out etl/articles/blocks.json]

Any pages will do: a line each with `doc_id`, `url` and `html_path`, and in the gold a line each, in the same order, with `doc_id` and `text`. Ours are
384 from four public benchmarks: scrapinghub/article-extraction-benchmark, AndyTheFactory/article-extraction-dataset, flairNLP/fundus (its test
pages) and Murrough-Foley/web-content-extraction-benchmark. Every third page is left out of all this, for docs/articles.md to measure on.

First each page is read by trees that never saw its site (six folds of hosts): those figures are what unseen pages may expect. Then
trees are grown on all of the pages and written. The same pages and the same code give the same file.
"""

# ruff: noqa: E501 (one line a thought)
from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from numpy.typing import NDArray

from etl.articles.blocks import Walk
from etl.articles.body import described
from etl.articles.classifier import Trees
from etl.articles.decode import decode
from etl.articles.features import unmarked
from etl.articles.metadata import read_head
from etl.articles.titles import read_title
from etl.articles.tree import parse
from etl.model import Dropped

FOLDS = 6
TREES = 150
UNMARKED = 0.3  # the weight of a page without its marks
WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
SETTINGS = {"objective": "cross_entropy", "learning_rate": 0.06, "num_leaves": 18, "max_depth": 6, "min_child_samples": 40, "feature_fraction": 0.3, "bagging_fraction": 0.7,
            "bagging_freq": 1, "lambda_l2": 5, "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page, taken apart."""

    host: str
    features: NDArray[np.float32]
    lines: list[str]
    share: NDArray[np.float64]  # of each block's words that the gold holds
    weight: NDArray[np.float64]
    gold: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=Path("etl/articles/blocks.json"))
    args = parser.parse_args()
    samples = [s for n, (page, gold) in enumerate(zip(rows(args.manifest), rows(args.gold), strict=True)) if n % 3 != 2 and (s := sample(args.manifest.parent, page, gold))]
    print(f"{len(samples)} pages, {sum(len(s.lines) for s in samples)} blocks, {samples[0].features.shape[1]} columns")
    validate(samples)
    kept = packed(grown(samples), samples[0].features.shape[1])
    args.out.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{args.out}: {args.out.stat().st_size // 1024} KB")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sample(folder: Path, page: dict[str, Any], gold: dict[str, Any]) -> Sample | None:
    """The page's blocks with how far the gold holds each; None for a page without a block or without a gold text."""
    text, _ = decode(gzip.decompress((folder / page["html_path"]).read_bytes()), "")
    root = parse(text)
    if isinstance(root, Dropped) or not gold["text"]:
        return None
    url = page.get("url") or ""
    head = read_head(root, url)
    walk = Walk(root.body)
    if not walk.blocks:
        return None
    lines = [b.text for b in walk.blocks]
    share, words = held(lines, gold["text"])
    weight = np.sqrt(words) + 0.5
    host = ".".join((urlsplit(url).hostname or page["doc_id"]).split(".")[-2:])
    return Sample(host=host, features=described(walk, read_title(root, head), head), lines=lines, share=share, weight=10 * weight / np.sqrt(weight.sum()), gold=gold["text"])


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def held(lines: list[str], gold: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each line the share of its runs of four words that the gold holds and wasn't used up by an earlier line; and its count of words."""
    left, short = shingles(gold), {" ".join(WORD.findall(line)).lower() for line in gold.split("\n")}
    shares, counts = [], []
    for line in lines:
        words = WORD.findall(line)
        counts.append(len(words))
        if len(words) < 4:
            shares.append(float(bool(words) and " ".join(words).lower() in short))
            continue
        ours = shingles(line)
        share = (ours & left).total() / ours.total()
        if share > 0.5:
            left -= ours & left
        shares.append(share)
    return np.array(shares), np.array(counts, dtype=np.float64)


def grown(samples: list[Sample]) -> lightgbm.Booster:
    """Trees over the pages as they are, and with less weight over the same pages as a site would send them whose classes say nothing."""
    features, share, weight = (np.concatenate([getattr(s, name) for s in samples]) for name in ("features", "share", "weight"))
    both = np.vstack([features, unmarked(features)])
    return lightgbm.train(SETTINGS, lightgbm.Dataset(both, np.tile(share, 2), weight=np.concatenate([weight, UNMARKED * weight])), TREES)


def validate(samples: list[Sample]) -> None:
    """Print precision, recall and F1 over runs of four words, each page read by trees that never saw its site."""
    hosts = sorted({s.host for s in samples})
    fold = dict(zip(np.random.default_rng(7).permutation(hosts), (n % FOLDS for n in range(len(hosts))), strict=True))
    precision, recall = [], []
    for number in range(FOLDS):
        trees = Trees(packed(grown([s for s in samples if fold[s.host] != number]), samples[0].features.shape[1]))
        for s in samples:
            if fold[s.host] == number:
                mine = shingles("\n".join(line for line, p in zip(s.lines, trees.likely(s.features), strict=True) if p > 0.5))
                gold = shingles(s.gold)
                both = (mine & gold).total()
                precision += [both / mine.total()] if mine else []
                recall.append(both / gold.total())
    p, r = mean(precision), mean(recall)
    print(f"on sites never seen, by the trees alone: precision {p:.3f} recall {r:.3f} F1 {2 * p * r / (p + r):.3f}")


def packed(booster: lightgbm.Booster, columns: int) -> dict[str, Any]:
    """The trees as flat lists: a node each, leaves pointing to themselves."""
    found: dict[str, Any] = {"columns": columns, "depth": 0, "roots": [], "column": [], "threshold": [], "below": [], "above": [], "value": []}

    def lay(node: dict[str, Any], depth: int) -> int:
        number = len(found["column"])
        found["depth"] = max(found["depth"], depth)
        leaf = "leaf_value" in node
        found["column"].append(0 if leaf else node["split_feature"])
        found["threshold"].append(0.0 if leaf else float(f"{node['threshold']:.6g}"))
        found["value"].append(float(f"{node['leaf_value']:.5g}") if leaf else 0.0)
        found["below"].append(number)
        found["above"].append(number)
        if not leaf:
            found["below"][number] = lay(node["left_child"], depth + 1)
            found["above"][number] = lay(node["right_child"], depth + 1)
        return number

    for tree in booster.dump_model()["tree_info"]:
        found["roots"].append(lay(tree["tree_structure"], 0))
    return found


if __name__ == "__main__":
    main()
