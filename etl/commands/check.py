"""`figurewatch check`: reads the whole configuration and says what can't be meant, with file, line and column."""

from __future__ import annotations

import argparse

from etl.places import config_dir
from etl.spec.whole import read_spec


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("check", help="check the configuration; exit status 2 and file:line:column where it is wrong")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    folder = config_dir(args.config)
    spec = read_spec(folder)
    spec.settings.mail.password()
    print(f"{folder}: {len(spec.feeds)} feeds, {len(spec.sites)} site rules, {len(spec.companies)} companies, {len(spec.metrics)} metrics, "
          f"{len(spec.regions)} regions, {len(spec.authorities)} authorities, {len(spec.baseline.figures)} baseline figures, "
          f"{len(spec.alerts)} alert rules: all good")  # fmt: skip
    return 0
