"""`figurewatch check`: reads the whole configuration and says what can't be meant, with file, line and column."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.alerts import example_fires
from etl.places import config_dir
from etl.spec.alerts import AlertRule
from etl.spec.toml import complain
from etl.spec.whole import read_spec


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("check", help="check the configuration; exit status 2 and file:line:column where it is wrong")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    folder = config_dir(args.config)
    spec = read_spec(folder)
    spec.settings.mail.password()
    _check_examples(folder / "alerts.toml", spec.alerts)
    print(f"{folder}: {len(spec.feeds)} feeds, {len(spec.sites)} site rules, {len(spec.companies)} companies, {len(spec.metrics)} metrics, "
          f"{len(spec.regions)} regions, {len(spec.authorities)} authorities, {len(spec.baseline.figures)} baseline figures, "
          f"{len(spec.alerts)} alert rules: all good")  # fmt: skip
    return 0


def _check_examples(path: Path, rules: tuple[AlertRule, ...]) -> None:
    """Raises ConfigError where a rule doesn't do what its own examples say."""
    for number, rule in enumerate(rules):
        if not example_fires(rule, rule.fires):
            raise complain(path, ("alert", number, "fires"), f"the rule '{rule.name}' doesn't mail this example")
        if example_fires(rule, rule.silent):
            raise complain(path, ("alert", number, "silent"), f"the rule '{rule.name}' mails this example, which must stay silent")
