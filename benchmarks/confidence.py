"""How well the confidence of claims is calibrated, and the fit of its weights.

python benchmarks/confidence.py                          # the shipped weights, and five-fold over the documents
python benchmarks/confidence.py --more DOCS GOLD         # fit on further annotated articles as well; measured apart
python benchmarks/confidence.py --more DOCS GOLD --fit   # write the fitted table into etl/claims/weights.py

A claim is right where the scorer's figure level says so: company, metric, unit and amount agree with a core or secondary line of
the gold. Prices and claims on lines to ignore are left out; the same claim said again counts once. Every third document of the
gold (by sorted doc_id) was never looked at while rules were written: its claims weigh more, above all in the base.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.claims import Vocabulary, confidence, read_claims
from etl.claims.sentences import split_sentences
from etl.commands.claims import article_of, as_row
from etl.places import config_dir
from etl.spec.authorities import read_authorities
from etl.spec.companies import read_companies
from etl.spec.metrics import read_metrics
from etl.spec.regions import read_regions

SHARED = Path("../shared")
RIDGE = 5.0  # the shrinkage of each weight towards none: as good as five claims that speak neither for nor against
UNSEEN = 3.0  # what a claim from a text never looked at weighs in the fit
UNSEEN_PART = 1 / 3  # and what part all of them have in setting the base: rules hold less well on texts that nobody tuned them on
FOLDS = 5
SMALLEST = 0.05  # weights below are left out of the table
ONCE = ("doc_id", "company", "metric", "amount", "unit", "currency", "segment", "period", "region", "basis", "kind", "authority")


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of the corpus `corpus`: its traits, the confidence it was given, and whether it is right."""

    corpus: str
    doc_id: str
    traits: tuple[str, ...]
    given: float
    is_right: bool
    is_unseen: bool

    @property
    def fold(self) -> int:
        """0 to 4, the same for all claims of a document."""
        return hashlib.sha256(self.doc_id.encode()).digest()[0] % FOLDS


@dataclass(frozen=True, slots=True)
class Model:
    base: float
    weights: dict[str, float]

    def sure(self, traits: Iterable[str]) -> float:
        return 1 / (1 + math.exp(-self.base - sum(self.weights.get(t, 0.0) for t in traits)))


def judge(docs: Path, gold: Path, scorer: Any, vocabulary: Vocabulary, corpus: str, *, has_unseen: bool) -> list[Judged]:
    """Read the documents and hold each claim against the gold."""
    lines = defaultdict(list)
    for line in scorer.read(str(gold)):
        lines[line["doc_id"]].append(line)
    documents = scorer.read(str(docs))
    unseen = set(sorted(d["doc_id"] for d in documents)[2::3]) if has_unseen else set()
    found, seen = [], set()
    for document in documents:
        claims = read_claims(article_of(document), vocabulary)
        starts = [sentence.start for sentence in split_sentences(document["text"])]
        for claim, traits in zip(claims, confidence.traits_of(document["text"], claims, starts), strict=True):
            row = json.loads(json.dumps(as_row(document["doc_id"], claim, with_rules=False), default=float))
            once = tuple(str(row[name]) for name in ONCE)
            matches = [g for g in lines[document["doc_id"]] if scorer.figure_match(row, g)]
            counted = [g for g in matches if g["tier"] != "ignore"]
            if once in seen or row["metric"] == "price" or (matches and not counted):
                continue
            seen.add(once)
            found.append(Judged(corpus, document["doc_id"], traits, claim.confidence, bool(counted), document["doc_id"] in unseen))
    return found


def fit(rows: Sequence[Judged], ridge: float = RIDGE) -> Model:
    """Logistic regression with a penalty of ridge/2 · weight², none on the base, by Newton's method."""
    names = sorted({t for row in rows for t in row.traits})
    place = {name: i + 1 for i, name in enumerate(names)}
    active = [(0, *(place[t] for t in row.traits)) for row in rows]
    counts = [UNSEEN if row.is_unseen else 1.0 for row in rows]
    size = len(names) + 1
    weights = [0.0] * size
    for _ in range(10):
        slope = [0.0, *(-ridge * w for w in weights[1:])]
        bend = [[(ridge if i == j and i else 0.0) for j in range(size)] for i in range(size)]
        for row, on, count in zip(rows, active, counts, strict=True):
            sure = 1 / (1 + math.exp(-sum(weights[i] for i in on)))
            for i in on:
                slope[i] += count * (row.is_right - sure)
                line = bend[i]
                for j in on:
                    line[j] += count * sure * (1 - sure)
        step = solve(bend, slope)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return rebased(Model(weights[0], dict(zip(names, weights[1:], strict=True))), rows)


def rebased(model: Model, rows: Sequence[Judged]) -> Model:
    """The model with the base at which its mean is the share right, where texts never looked at have `UNSEEN_PART` of the weight."""
    unseen = sum(row.is_unseen for row in rows)
    count = UNSEEN_PART / (1 - UNSEEN_PART) * (len(rows) - unseen) / unseen if unseen else 1.0
    counts = [count if row.is_unseen else 1.0 for row in rows]
    for _ in range(20):
        sure = [model.sure(row.traits) for row in rows]
        slope = sum(c * (row.is_right - s) for c, row, s in zip(counts, rows, sure, strict=True))
        model = Model(model.base + slope / sum(c * s * (1 - s) for c, s in zip(counts, sure, strict=True)), model.weights)
    return model


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """x of matrix · x = right, for a symmetric positive definite matrix (Cholesky)."""
    size = len(right)
    low: list[list[float]] = []
    for i in range(size):
        row: list[float] = []
        for j in range(i):
            row.append((matrix[i][j] - sum(a * b for a, b in zip(row, low[j], strict=False))) / low[j][j])
        row.append(math.sqrt(matrix[i][i] - sum(a * a for a in row)))
        low.append(row)
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(a * b for a, b in zip(low[i], half, strict=False))) / low[i][i])
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (half[i] - sum(low[k][i] * out[k] for k in range(i + 1, size))) / low[i][i]
    return out


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The gap between mean confidence and share right in bins of width .1, weighted by their counts."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        bins[min(9, int(sure * 10))].append((sure, right))
    return sum(abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins.values()) / len(pairs)


def ranking(pairs: Sequence[tuple[float, bool]]) -> float:
    """AUC: how often a right claim is surer than a wrong one, ties half; nan where there is only one sort."""
    right = sorted(s for s, r in pairs if r)
    wrong = [s for s, r in pairs if not r]
    below = sum(len(right) - (bisect_left(right, w) + bisect_right(right, w)) / 2 for w in wrong)
    return below / len(right) / len(wrong) if right and wrong else math.nan


def report(name: str, rows: Sequence[Judged], sure: Callable[[Judged], float]) -> None:
    """A line for each corpus, and one for the texts never looked at."""
    groups = {corpus: [r for r in rows if r.corpus == corpus] for corpus in dict.fromkeys(r.corpus for r in rows)}
    groups["never looked at"] = [r for r in rows if r.is_unseen]
    for corpus, judged in groups.items():
        pairs = [(sure(r), r.is_right) for r in judged]
        if pairs:
            mean, right = (sum(p[k] for p in pairs) / len(pairs) for k in (0, 1))
            scores = f"calibration error {calibration_error(pairs):.3f}  AUC {ranking(pairs):.3f}"
            print(f"{name:9} {corpus:16} {len(pairs):5,} claims  mean {mean:.3f}  right {right:.3f}  {scores}")


def five_fold(rows: Sequence[Judged]) -> Callable[[Judged], float]:
    """The confidence of each claim by the weights of the documents in the other four folds."""
    models = [fit([r for r in rows if r.fold != k]) for k in range(FOLDS)]
    return lambda row: models[row.fold].sure(row.traits)


def table(model: Model) -> str:
    """The text of etl/claims/weights.py."""
    kept = {name: round(w, 2) for name, w in sorted(model.weights.items()) if abs(w) >= SMALLEST}
    head = '"""What each trait of a claim weighs, in log-odds: made by benchmarks/confidence.py --fit, not by hand."""'
    lines = (f'    "{name}": {w},' for name, w in kept.items())
    return "\n".join([head, "", f"BASE = {model.base:.2f}", "WEIGHTS = {", *lines, "}", ""])


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--docs", type=Path, default=SHARED / "gold/dev.docs.jsonl")
    args.add_argument("--gold", type=Path, default=SHARED / "gold/dev.gold.jsonl")
    args.add_argument("--eval", type=Path, default=SHARED / "eval/score_claims.py", help="the scorer, whose figure_match() judges")
    args.add_argument("--more", type=Path, nargs=2, action="append", default=[], metavar=("DOCS", "GOLD"), help="articles to fit on too")
    args.add_argument("--fit", action="store_true", help="write the table fitted on everything into etl/claims/weights.py")
    opts = args.parse_args()
    missing = [p for p in (opts.docs, opts.gold, opts.eval, *(path for pair in opts.more for path in pair)) if not p.is_file()]
    if missing:
        raise SystemExit(f"skipped: {', '.join(map(str, missing))} isn't there; the gold lies outside the repository")
    where = importlib.util.spec_from_file_location("score_claims", opts.eval)
    assert where and where.loader
    scorer = importlib.util.module_from_spec(where)
    where.loader.exec_module(scorer)
    folder = config_dir(None)
    vocabulary = Vocabulary.of(read_companies(folder), read_metrics(folder), read_regions(folder), read_authorities(folder))
    rows = judge(opts.docs, opts.gold, scorer, vocabulary, "gold", has_unseen=True)
    for docs, gold in opts.more:
        rows += judge(docs, gold, scorer, vocabulary, docs.stem, has_unseen=False)
    report("shipped", rows, lambda row: row.given)
    report("five-fold", rows, five_fold(rows))
    if opts.fit:
        path = Path(confidence.__file__).with_name("weights.py")
        path.write_text(table(fit(rows)), encoding="utf-8")
        print(f"written: {path}")


if __name__ == "__main__":
    main()
