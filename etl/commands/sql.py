"""`figurewatch sql`: ask the published warehouse anything; or ask one of the named questions of warehouse/queries."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from etl.adapters.warehouse.dictionary import dictionary
from etl.adapters.warehouse.reader import open_snapshot
from etl.commands.tables import FORMATS, print_rows
from etl.errors import UsageError
from etl.places import Places, sql_dir


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("sql", help="ask the warehouse in SQL")
    parser.add_argument("query", nargs="?", help="SQL, or the name of a question of warehouse/queries, or - for standard input")
    parser.add_argument("-f", "--file", type=Path, help="a file with the query")
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    parser.add_argument("--questions", action="store_true", help="list the named questions")
    parser.add_argument("--dictionary", action="store_true", help="print what each table and column holds, as Markdown")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.questions:
        print_rows(("question", "answers"), list(questions().items()), args.format)
        return 0
    if args.dictionary:
        print(dictionary(sql_dir("migrations"), sql_dir("views")), end="")
        return 0
    query = _query(args)
    with open_snapshot(Places.at(args.home)) as snapshot:
        names, rows = snapshot.ask(query)
    print_rows(names, rows, args.format)
    return 0


def questions() -> dict[str, str]:
    """The named questions with what they answer: the first line of each file."""
    files = sorted(sql_dir("queries").glob("*.sql"))
    return {path.stem: path.read_text(encoding="utf-8").splitlines()[0].removeprefix("--").strip() for path in files}


def _query(args: argparse.Namespace) -> str:
    if args.file and args.query:
        raise UsageError("either a query or a file, not both")
    if args.file:
        try:
            return str(args.file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"can't read {args.file}: {error}") from error
    if not args.query:
        raise UsageError("what is the query? For example: figurewatch sql 'select * from figures', or figurewatch sql --questions")
    if args.query == "-":
        return sys.stdin.read()
    if args.query in questions():
        return (sql_dir("queries") / f"{args.query}.sql").read_text(encoding="utf-8")
    return str(args.query)
