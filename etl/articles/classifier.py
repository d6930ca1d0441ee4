"""How likely each block of a page is article: boosted trees over `features`, from `benchmarks/train_blocks.py`, kept in blocks.json.

The file holds for each tree its splits (column, threshold, where to go) and its leaves; a block's leaves are summed and squashed.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.articles.features import Matrix

_AT_ONCE = 256  # blocks: what a step holds fits into the cache, and a page of thousands of blocks needs no more memory than others


class Trees:
    """Trees laid side by side, walked by all blocks at once. Leaves point to themselves, so that every walk takes `depth` steps."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self.column = np.array(kept["column"], dtype=np.int32)
        self.threshold = np.array(kept["threshold"], dtype=np.float32)
        self.below = np.array(kept["below"], dtype=np.int32)  # where a block goes whose value is at most the threshold
        self.above = np.array(kept["above"], dtype=np.int32)
        self.value = np.array(kept["value"], dtype=np.float64)
        self.roots = np.array(kept["roots"], dtype=np.int32)
        self.depth: int = kept["depth"]
        self.columns: int = kept["columns"]

    def likely(self, features: Matrix) -> NDArray[np.float64]:
        """The probability for each row that a reader would read the block, 0 to 1. Raises ValueError for features of another training."""
        count = len(features)
        if not count:
            return np.zeros(0)
        if features.shape[1] != self.columns:
            raise ValueError(f"trained on {self.columns} columns, given {features.shape[1]}")
        return np.concatenate([self._walk(features[start : start + _AT_ONCE]) for start in range(0, count, _AT_ONCE)])

    def _walk(self, features: Matrix) -> NDArray[np.float64]:
        flat = np.ascontiguousarray(features).ravel()
        offset = (np.arange(len(features), dtype=np.int32) * self.columns)[:, None]
        node = np.tile(self.roots, (len(features), 1))
        for _ in range(self.depth):
            seen = flat[offset + self.column[node]]
            node = np.where(seen <= self.threshold[node], self.below[node], self.above[node])
        return np.asarray(1 / (1 + np.exp(-self.value[node].sum(axis=1))))


@cache
def trained() -> Trees:
    """The trees that come with the program."""
    return Trees(json.loads(resources.files("etl.articles").joinpath("blocks.json").read_text(encoding="utf-8")))
