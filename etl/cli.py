"""The command `figurewatch`: finds the subcommand's module in etl/commands and turns errors into exit statuses."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import etl.commands
from etl.errors import EtlError

VERSION = "0.1.0"


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The grammar of the command line; each module of etl/commands that has a `register` adds its own.

    With `only`, just that command's: what the others import isn't waited for.
    """
    about = "Reads the figures in tech news, keeps what holds, and says what moved."
    parser = argparse.ArgumentParser(prog="figurewatch", description=about)
    parser.add_argument("--version", action="version", version=f"figurewatch {VERSION}")
    parser.add_argument("--home", metavar="DIR", help="the data folder (else FIGUREWATCH_HOME, else the checkout's warehouse/, else XDG)")
    parser.add_argument("--config", metavar="DIR", help="the configuration folder (else FIGUREWATCH_CONFIG, else the defaults)")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    names = sorted(m.name for m in pkgutil.iter_modules(etl.commands.__path__))
    for module in [only] if only in names else names:
        register = getattr(importlib.import_module(f"etl.commands.{module}"), "register", None)
        if register:
            register(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit status: 0 done, 1 some items failed, 2 usage, 3 running already, 4 warehouse newer, 5 storage."""
    if sys.stdout is None:  # closed by whoever started us: `figurewatch figures >&-`
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
    said = list(sys.argv[1:] if argv is None else argv)
    args = build_parser(_command(said)).parse_args(said)
    try:
        status = int(args.run(args))
        sys.stdout.flush()
        return status
    except EtlError as error:
        print(f"figurewatch: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:  # the reader of our output has gone, as in `figurewatch figures | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
            raise
        print(f"figurewatch: can't write the answer: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered would fail again at the exit
        return 5
    except KeyboardInterrupt:
        print("figurewatch: stopped", file=sys.stderr)
        return 130


def _command(said: Sequence[str]) -> str | None:
    """The first word that is neither a global option nor its value."""
    words = iter(said)
    for word in words:
        if word in ("--home", "--config"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None
