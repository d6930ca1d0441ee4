"""How likely each block of a page is article: boosted trees over `features`, from `benchmarks/train_blocks.py`, kept in blocks.json.

The file holds for each tree its splits (column, threshold, where a value up to it goes and where one above) and its leaves, which point
to themselves; a block's leaves are summed and squashed.
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
    """Trees laid side by side and walked by all blocks at once, each filled up to the same depth: below node n stand 2n and 2n + 1.

    A leaf higher up stands at the foot of its tree, down the left side: a threshold that nothing exceeds leads there.
    """

    def __init__(self, kept: dict[str, Any]) -> None:
        self.columns: int = kept["columns"]
        self.depth: int = kept["depth"]
        self.width = 2**self.depth
        shape = len(kept["roots"]), self.width
        column, threshold, value = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf, dtype=np.float32), np.zeros(shape)
        for tree, root in enumerate(kept["roots"]):
            waiting = [(root, 1)]
            while waiting:
                node, place = waiting.pop()
                below, above = kept["below"][node], kept["above"][node]
                if below == node and place >= self.width:
                    value[tree, place - self.width] = kept["value"][node]
                elif below == node:
                    waiting.append((node, 2 * place))
                else:
                    column[tree, place], threshold[tree, place] = kept["column"][node], kept["threshold"][node]
                    waiting += [(below, 2 * place), (above, 2 * place + 1)]
        self.column, self.threshold, self.value = column.ravel(), threshold.ravel(), value.ravel()
        self.first = np.arange(len(kept["roots"])) * self.width  # where each tree begins in these

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
        row = (np.arange(len(features)) * self.columns)[:, None]
        node = np.ones((len(features), len(self.first)), dtype=np.intp)
        for _ in range(self.depth):
            at = node + self.first
            over = flat.take(self.column.take(at) + row) > self.threshold.take(at)
            node += node
            node += over
        return np.asarray(1 / (1 + np.exp(-self.value.take(node + (self.first - self.width)).sum(axis=1))))


@cache
def trained() -> Trees:
    """The trees that come with the program."""
    return Trees(json.loads(resources.files("etl.articles").joinpath("blocks.json").read_text(encoding="utf-8")))
