"""The floors on the seeds and the development gold, where that material lies beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from etl.claims import Vocabulary, read_claims
from etl.commands.claims import article_of, as_row

SHARED = Path(__file__).resolve().parents[2] / "../shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold isn't beside this checkout")


def score(vocabulary: Vocabulary, docs: list[dict[str, Any]], gold: str, folder: Path) -> dict[str, Any]:
    out = folder / "claims.jsonl"
    rows = [as_row(d["doc_id"], c, with_rules=False) for d in docs for c in read_claims(article_of(d), vocabulary)]
    out.write_text("".join(json.dumps(r, default=float) + "\n" for r in rows), encoding="utf-8")
    command = [sys.executable, str(SHARED / "eval/score_claims.py"), "--gold", str(SHARED / "gold" / gold), "--pred", str(out), "--json"]
    result: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return result


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_seeds(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """Figure F1 ≥ .98, strict F1 ≥ .94."""
    docs = [d | {"text": (SHARED / "seeds" / d["text_path"]).read_text(encoding="utf-8")} for d in lines(SHARED / "seeds/docs.jsonl")]
    result = score(vocabulary, docs, "seeds.gold.jsonl", tmp_path)
    assert result["figure"]["f1"] >= 0.98 and result["strict"]["f1"] >= 0.94, result


def test_development_gold(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """Figure F1 ≥ .85 with precision ≥ .88."""
    result = score(vocabulary, lines(SHARED / "gold/dev.docs.jsonl"), "dev.gold.jsonl", tmp_path)
    assert result["figure"]["f1"] >= 0.93 and result["figure"]["precision"] >= 0.92, result
