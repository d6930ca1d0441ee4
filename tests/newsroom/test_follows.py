"""What comes out of the whole way follows what the newsroom says, and the check notices."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from etl.commands.demo import demonstrate
from etl.newsroom import Newsroom
from etl.places import Places, config_dir
from etl.spec.whole import read_spec


def test_results_follow_the_newsroom(tmp_path: Path) -> None:
    """Other figures and another name in the articles: exactly they come out, none of the old ones does, and it is complained of."""
    figures = {"23.16 million": "24.05 million", "twenty-three point one": "twenty-four point one", "136,854": "141,207"}
    replacing = figures | {"Transsion": "Honor"}
    with Newsroom(now=datetime(2027, 5, 6, 7, 8, tzinfo=UTC), replacing=replacing) as newsroom:
        outcome = asyncio.run(demonstrate(read_spec(config_dir()), newsroom, Places(tmp_path / "demo")))
    said = {(row["article"], row["company"], Decimal(str(row["amount"]))) for row in outcome.found["claims"]}
    assert {
        ("dispatch/xiaomi-record-quarter", "Xiaomi", Decimal(24_050_000)),
        ("ledger/xiaomi-sets-100-billion-goal", "Xiaomi", Decimal(24_050_000)),
        ("barn/lei-jun-counts-his-phones", "Xiaomi", Decimal(24_100_000)),
        ("ledger/xiaomi-annual-results-2024", "Xiaomi", Decimal(141_207)),
        ("dispatch/idc-2023-smartphones", "Honor", Decimal(94_900_000)),
    } <= said
    assert not {amount for _, _, amount in said} & {Decimal(23_160_000), Decimal(23_100_000), Decimal(136_854)}
    assert "Transsion" not in {company for _, company, _ in said}
    changed = ("xiaomi-record-quarter", "100-billion-goal", "lei-jun-counts", "results-2024", "idc-2023")
    for article in changed:
        assert any(article in complaint for complaint in outcome.complaints)
    own = [c for c in outcome.complaints if not any(article in c for article in changed)]
    assert not [c for c in own if c.split("/")[0] in {site.key for site in newsroom.sites}]  # nothing else has changed
    assert outcome.mails
