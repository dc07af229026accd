"""The one command, ``advisor``: see docs/command-line.md for its contract."""

from bot.cli.main import main

__all__ = ["main"]
