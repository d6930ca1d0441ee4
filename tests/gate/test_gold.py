"""Floors under what is read from the labelled texts beside the checkout. Lowered only on purpose.

The texts are no part of the project: without them these tests skip, and the examples in config/ and tests/ prove the product.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "eval").is_dir(), reason="the labelled texts (../shared) aren't here")


def answer(command: str, rows: Path, out: Path) -> Path:
    with rows.open("rb") as given, out.open("wb") as told:
        done = subprocess.run([sys.executable, "-m", "etl", command], cwd=ROOT, stdin=given, stdout=told, stderr=subprocess.PIPE)
    assert done.returncode == 0, done.stderr.decode()
    return out


def score(script: str, *words: str | Path) -> str:
    done = subprocess.run([sys.executable, SHARED / "eval" / script, *map(str, words)], capture_output=True, text=True, check=True)
    return done.stdout


def claims_score(gold: str, rows: Path, tmp_path: Path) -> dict[str, dict[str, float]]:
    told = answer("claims", rows, tmp_path / "claims.jsonl")
    found: dict[str, dict[str, float]] = json.loads(score("score_claims.py", "--gold", SHARED / "gold" / gold, "--pred", told, "--json"))
    return found


def test_the_seeds(tmp_path: Path) -> None:
    """Nearly every figure of the five articles of 2017, and nothing that they don't say."""
    rows = tmp_path / "seeds.jsonl"
    lines = (SHARED / "seeds" / "docs.jsonl").read_text().splitlines()
    docs = [doc | {"text": (SHARED / "seeds" / doc["text_path"]).read_text()} for doc in map(json.loads, lines)]
    rows.write_text("".join(json.dumps(doc) + "\n" for doc in docs))
    found = claims_score("seeds.gold.jsonl", rows, tmp_path)
    assert found["figure"]["f1"] >= 0.97
    assert found["figure"]["precision"] >= 0.98
    assert found["strict"]["f1"] >= 0.94


def test_the_development_articles(tmp_path: Path) -> None:
    """Precision before recall on 45 articles."""
    found = claims_score("dev.gold.jsonl", SHARED / "gold" / "dev.docs.jsonl", tmp_path)
    assert found["figure"]["precision"] >= 0.92
    assert found["figure"]["f1"] >= 0.93
    assert found["strict"]["f1"] >= 0.83


def test_the_probes_and_periods(tmp_path: Path) -> None:
    """Small sentences by feature."""
    probes, periods = SHARED / "quantities" / "probes.jsonl", SHARED / "quantities" / "periods.dev.jsonl"
    told = score("score_probes.py", "--probes", probes, "--pred", answer("quantities", probes, tmp_path / "q.jsonl"))
    assert int(told.splitlines()[-1].split()[1]) >= 72
    told = score("score_probes.py", "--periods", periods, "--pred", answer("periods", periods, tmp_path / "p.jsonl"))
    assert int(told.splitlines()[-1].split()[1]) >= 22
