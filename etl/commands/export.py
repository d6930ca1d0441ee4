"""`figurewatch export`: everything an analyst may read, as files for other programs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from etl.adapters.warehouse.faults import storage_faults
from etl.adapters.warehouse.reader import open_snapshot
from etl.errors import UsageError
from etl.places import Places

VIEWS = ("articles", "baseline", "claims", "coverage", "facts", "figures", "provenance", "shifts", "syndication", "unmatched")
_OPTIONS = {"parquet": "(format parquet, compression zstd)", "csv": "(format csv, header)", "jsonl": "(format json)"}


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("export", help="write the tables to files")
    parser.add_argument("folder", type=Path, metavar="DIR", help="made if it isn't there; files of the same names are replaced")
    parser.add_argument("--format", choices=tuple(_OPTIONS), default="parquet")
    parser.add_argument("--only", metavar="NAME", action="append", choices=VIEWS, help="only this table; may be given again")
    parser.add_argument("--json", action="store_true", help="say as JSON what was written")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with storage_faults(f"can't write to {args.folder}"):
        args.folder.mkdir(parents=True, exist_ok=True)
    if "'" in str(args.folder):
        raise UsageError(f"the folder's name may not hold an apostrophe: {args.folder}")
    written = []
    with open_snapshot(Places.at(args.home), writes_files=True) as snapshot:
        for view in args.only or VIEWS:
            target = args.folder / f"{view}.{args.format}"
            unfinished = target.with_name(f".{target.name}.part")
            with storage_faults(f"can't write {target}"):
                copy = f"copy (select * from {view} order by all) to '{unfinished}' {_OPTIONS[args.format]}"
                count = snapshot.db.execute(copy).fetchone()
                unfinished.replace(target)
            written.append({"table": view, "file": str(target), "rows": count[0] if count else 0})
    if args.json:
        print(json.dumps(written, ensure_ascii=False, indent=1))
    else:
        for each in written:
            print(f"{each['rows']}\t{each['file']}")
    return 0
