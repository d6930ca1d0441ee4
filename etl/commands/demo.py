"""`figurewatch demo`: a whole cycle over the sample newsroom on this machine, over real HTTP and real SMTP.

Two rounds: the past, which mails nothing, then the news. Exit status 0 only if what came out is what the newsroom holds.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import duckdb
import msgspec

from etl.adapters.sink import MailSink
from etl.app import open_world
from etl.commands.accounts import print_account
from etl.commands.progress import progress
from etl.ledger import Ledger
from etl.newsroom import Newsroom, compare, read_expected
from etl.pipeline import run_once
from etl.places import Places, config_dir
from etl.spec.whole import Spec, read_spec
from etl.world import World, utc_now

ROUND_GAP = timedelta(hours=2)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a demonstration did, for printing and for checking."""

    places: Places
    rounds: list[Ledger]
    again: Ledger  # the run after the last round, which must find nothing new
    mails: list[EmailMessage]
    found: dict[str, list[dict[str, Any]]]
    complaints: list[str]
    conditional: int  # requests of the last run that named what was known, and were answered 304


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("demo", help="a whole cycle over the sample newsroom on this machine: feeds → facts → shifts → mails")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    places = Places(Places.at(args.home).home / "demo")
    spec = read_spec(config_dir(args.config))
    with Newsroom(now=utc_now()) as newsroom:
        outcome = asyncio.run(demonstrate(spec, newsroom, places))
    show(outcome)
    print(f"\n{time.monotonic() - began:.0f} s in all.")
    return 1 if outcome.complaints else 0


async def demonstrate(spec: Spec, newsroom: Newsroom, places: Places) -> Outcome:
    """Both rounds and a third run that must find nothing, into a folder made anew. Raises EtlError."""
    shutil.rmtree(places.home, ignore_errors=True)
    clock = {"now": newsroom.now - ROUND_GAP}
    rounds = []
    with MailSink(places.home / "mails") as sink:
        async with open_world(at_newsroom(spec, newsroom, sink.port), places, now=lambda: clock["now"]) as world:
            for number in (1, 2):
                newsroom.publish_round(number)
                rounds.append(await _walk(world))
                clock["now"] += ROUND_GAP
            asked = len(newsroom.requests)
            again = await _walk(world)
            conditional = sum(r.status == 304 for r in newsroom.requests[asked:])
            await asyncio.to_thread(world.warehouse.publish, at_once=True)
        mails = list(sink.mails)
    found = read_back(places, newsroom, rounds)
    complaints = compare(read_expected(newsroom.now), found | {"mails": mail_rows(mails)})
    return Outcome(
        places=places, rounds=rounds, again=again, mails=mails, found=found,
        complaints=complaints + nothing_new(again, conditional), conditional=conditional,
    )  # fmt: skip


def at_newsroom(spec: Spec, newsroom: Newsroom, mail_port: int) -> Spec:
    """The declarations with the newsroom's feeds and the local sink in place of the world's."""
    settings = spec.settings
    fetch = msgspec.structs.replace(settings.fetch, allow_private=True, pause_s=0.0, deadline_s=5.0, attempts=1)
    mail = msgspec.structs.replace(settings.mail, host="127.0.0.1", port=mail_port, security="none", user="")
    return replace(spec, feeds=newsroom.feeds(), settings=msgspec.structs.replace(settings, fetch=fetch, mail=mail))


async def _walk(world: World) -> Ledger:
    async with progress(world):
        ledger = await run_once(world)
    await asyncio.to_thread(world.warehouse.publish, at_once=True)
    return ledger


def nothing_new(again: Ledger, conditional: int) -> list[str]:
    """What the third run did though nothing had changed."""
    rooms = ("pages", "articles", "claims", "mails")
    complaints = [f"the third run took {again.taken[room]} {room}" for room in rooms if again.taken[room]]
    return complaints + ([] if conditional else ["the third run made no conditional request that was answered 304"])


def read_back(places: Places, newsroom: Newsroom, rounds: list[Ledger]) -> dict[str, list[dict[str, Any]]]:
    """What the published snapshot holds, as an analyst would read it, with each article under its newsroom name."""
    with duckdb.connect(str(places.published), read_only=True) as db:

        def rows(sql: str) -> list[dict[str, Any]]:
            answer = db.execute(sql)
            names = [column[0] for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

        found = {name: rows(f"select * from {name}") for name in ("articles", "claims", "facts", "figures", "shifts")}
    for name in ("articles", "claims"):
        for row in found[name]:
            row["article"] = newsroom.name_of(row["url"])
    found["endings"] = [
        {"room": e.room, "article": newsroom.name_of(e.item), "outcome": e.outcome, "reason": e.reason}
        for ledger in rounds
        for e in ledger.endings
    ]
    return found


def mail_rows(mails: list[EmailMessage]) -> list[dict[str, Any]]:
    """The mails as plain data."""
    rows = []
    for mail in mails:
        body = mail.get_body(("plain",))
        rows.append({"subject": str(mail["subject"]), "to": str(mail["to"]), "text": body.get_content() if body else ""})
    return rows


# ------------------------------------------------------------------ what is printed


def show(outcome: Outcome) -> None:
    """What was fetched, dropped, read and held; what moved; the disputes; the mails; how to ask for more."""
    for number, ledger in enumerate(outcome.rounds, 1):
        print(f"\nRound {number}: {'the past' if number == 1 else 'the news'}")
        print_account(ledger)
    print(f"\nOnce more: {outcome.conditional} feeds answered 304, nothing was loaded, nothing was mailed.")
    _show_held(outcome.found)
    _show_shifts(outcome.found["shifts"])
    _show_disputes(outcome.found)
    print(f"\nMails: {len(outcome.mails)}")
    for path, mail in zip(sorted((outcome.places.home / "mails").glob("*.eml")), outcome.mails, strict=True):
        print(f"  {path.with_suffix('.html')}  {mail['subject']}")
    home = outcome.places.home
    print("\nAsk the warehouse yourself:")
    for question in ("figures --company Xiaomi", "shifts --company Xiaomi", "why --company Xiaomi --metric shipments"):
        print(f"  figurewatch --home {home} {question}")
    print(f"  duckdb -readonly {home / 'figures.duckdb'}")
    if outcome.complaints:
        print(f"\nNOT what the newsroom holds ({len(outcome.complaints)}):")
        for complaint in outcome.complaints:
            print(f"  {complaint}")
    else:
        print("\nWhat came out is what the newsroom holds.")


def _show_held(found: dict[str, list[dict[str, Any]]]) -> None:
    standing = Counter(row["standing"] for row in found["facts"])
    print(f"\nHeld: {len(found['claims'])} claims in {len(found['articles'])} articles make {len(found['facts'])} facts "
          f"({', '.join(f'{n} {name}' for name, n in standing.most_common())})")  # fmt: skip


def _show_shifts(shifts: list[dict[str, Any]]) -> None:
    moved = [s for s in shifts if s["company"] == "Xiaomi" and s["against"] == "2017"]
    print(f"\nXiaomi since 2017 ({len(moved)}):")
    for row in sorted(moved, key=lambda r: (r["metric"], r["region"] or "", str(r["period"]))):
        print(f"  {line_of(row)}")


def line_of(row: dict[str, Any]) -> str:
    """One shift on one line: what it is, how much, how far it has moved against what."""
    growth = "" if row["basis"] == "abs" else f" {row['basis']}"
    word = {"target": ", an aim", "forecast": ", a forecast"}.get(row["kind"], "")
    change = f"{row['change_pct']:+.1f} %" if row["change_pct"] is not None else f"{row['change']:+g} {row['change_unit']}"
    what = f"{row['metric'].replace('_', ' ')} · {row['segment']} · {row['region'] or '?'} · {row['period']}{word} ({row['authority']})"
    was = f"{_short(row['reference_amount'], row)} in {row['reference_period']} ({row['reference']})"
    return f"{what}: {_short(row['amount'], row)}{growth}, {change} against {was}"


def _short(amount: Any, row: dict[str, Any]) -> str:
    """An amount as one would say it, with its currency or its sign of percent."""
    value = float(amount)
    scaled = next((f"{value / s:.4g} {word}" for s, word in ((1e9, "billion"), (1e6, "million")) if abs(value) >= s), f"{value:,.6g}")
    return f"{row['currency']} {scaled}" if row["currency"] else f"{scaled} %" if row["unit"] == "percent" else scaled


def _show_disputes(found: dict[str, list[dict[str, Any]]]) -> None:
    lines = {dispute["detail"] for fact in found["facts"] for dispute in fact["disputes"] or ()}
    print(f"\nDisputes ({len(lines)}):")
    for line in sorted(lines):
        print(f"  {line}")
