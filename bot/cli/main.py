"""Reads the command line and hands over. Every failure people can mend is one line on stderr."""

from __future__ import annotations

import sys
from typing import List, Optional

from bot.cli import agencies, catalogs, conversation, desk, doctor, facts, link, report, service, upkeep
from bot.cli.failure import FAILED, Failure
from bot.cli.values import Parser


def main(arguments: Optional[List[str]] = None) -> int:
    parser = Parser(prog="advisor", description="Advice for people about to migrate for work.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for room in (service, conversation, doctor, desk, facts, agencies, catalogs, upkeep, report, link):
        room.add_commands(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except Failure as failure:
        print(f"advisor: {failure}", file=sys.stderr)
        return failure.status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone; nothing more to say to it
        sys.stderr.close()
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
