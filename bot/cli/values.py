"""What options may hold, told in words where it does not fit."""

from __future__ import annotations

import argparse
import datetime
from typing import NoReturn

from bot.cli.failure import MISUSED

LARGEST = 2**63 - 1
"""Of a number that the database can hold."""


class Parser(argparse.ArgumentParser):
    """Says in one line what was not understood; how a command is used is told by its --help."""

    def error(self, message: str) -> NoReturn:
        self.exit(MISUSED, f"advisor: {' '.join(message.split())} (see `{self.prog} --help`)\n")


def day(told: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(told)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{told!r} is no day like 2026-11-01") from None


def number(told: str) -> int:
    """Such as `advisor inbox` lists."""
    if not (told.isascii() and told.isdigit() and len(told) < 20 and int(told) <= LARGEST):
        raise argparse.ArgumentTypeError(f"{told!r} is no number of a message")
    return int(told)


def count(told: str) -> int:
    """At least one."""
    if not (told.isascii() and told.isdigit() and 0 < int(told) < 10**9):
        raise argparse.ArgumentTypeError(f"{told!r} is no number such as 7")
    return int(told)
