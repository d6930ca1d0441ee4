"""`figurewatch outbox`: the mails, from composed to accepted. Reads beside the daemon; changes nothing unless told to `retry`."""

from __future__ import annotations

import argparse
import json

from etl.adapters.outbox import SqliteOutbox
from etl.errors import UsageError
from etl.places import Places


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("outbox", help="the mails and what became of them")
    parser.add_argument("--json", action="store_true", help="a line of JSON each")
    parser.add_argument("--show", metavar="ID", help="print one mail as it goes out (the beginning of its id is enough)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    path = Places.at(args.home).outbox
    if not path.exists():
        print("no mail yet")
        return 0
    outbox = SqliteOutbox(path)
    try:
        letters = outbox.all()
        if args.show:
            chosen = [letter for letter in letters if letter.alert_id.startswith(args.show)]
            if len(chosen) != 1:
                raise UsageError(f"{len(chosen)} mails have an id that begins with {args.show!r}")
            print(chosen[0].raw.decode("utf-8", "replace"))
            return 0
        for letter in letters:
            row = {n: getattr(letter, n) for n in ("alert_id", "status", "attempts", "receivers", "subject", "error")}
            if args.json:
                print(json.dumps(row, ensure_ascii=False))
            else:
                print(f"{letter.alert_id[:8]}  {letter.status:8} {letter.attempts:3} tries  {letter.subject}  {letter.error}".rstrip())
    finally:
        outbox.close()
    return 0
