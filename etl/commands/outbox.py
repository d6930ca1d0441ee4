"""`figurewatch outbox`: the mails, from composed to accepted. Reads beside the daemon; changes nothing but with --retry."""

from __future__ import annotations

import argparse
import json

from etl.adapters.outbox import SqliteOutbox
from etl.errors import UsageError
from etl.places import Places
from etl.ports import Letter


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("outbox", help="the mails and what became of them")
    parser.add_argument("--json", action="store_true", help="a line of JSON each")
    parser.add_argument("--show", metavar="ID", help="print one mail as it goes out (the beginning of its id is enough)")
    parser.add_argument("--retry", metavar="ID", help="make a mail that waits or was refused due at once; the next run sends it")
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
            print(_chosen(letters, args.show).raw.decode("utf-8", "replace"))
            return 0
        if args.retry:
            letter = _chosen(letters, args.retry)
            if not outbox.retry(letter.alert_id):
                raise UsageError(f"mail {letter.alert_id[:8]} is {letter.status}: only one that waits or was refused can be tried again")
            print(f"{letter.alert_id[:8]}  is due")
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


def _chosen(letters: list[Letter], beginning: str) -> Letter:
    """The one mail whose id begins so. Raises UsageError where there is none or more than one."""
    chosen = [letter for letter in letters if letter.alert_id.startswith(beginning)]
    if len(chosen) != 1:
        raise UsageError(f"{len(chosen)} mails have an id that begins with '{beginning}'")
    return chosen[0]
