"""How a run's ledger is printed: a line a room, then each reason with its count, then what failed."""

from __future__ import annotations

import sys

from etl.ledger import Ledger

ROOMS = ("feeds", "pages", "articles", "duplicates", "claims", "mails")


def print_account(ledger: Ledger) -> None:
    """To standard output; the failures with their places to standard error."""
    for room in ROOMS:
        if room not in ledger.taken:
            continue
        kept, dropped, failed = (ledger.count(room, outcome) for outcome in ("kept", "dropped", "failed"))
        why = ", ".join(f"{count} {reason}" for outcome in ("dropped", "failed") for reason, count in ledger.reasons(room, outcome).items())
        print(f"{room:10} {ledger.taken[room]:4} taken  {kept:4} kept  {dropped:4} dropped  {failed:4} failed{'   ' + why if why else ''}")
    for ending in ledger.endings:
        if ending.outcome == "failed":
            print(f"failed: {ending.room} {ending.item}: {ending.detail}", file=sys.stderr)
