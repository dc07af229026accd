"""``advisor inbox`` and ``advisor purge``: what waits for an answer, what need not be kept. No text is shown."""

from __future__ import annotations

import argparse
import time

from bot.cli.failure import Failure
from bot.cli.opening import open_database, seal_of, settings
from bot.cli.values import number
from bot.settings import Settings
from bot.store import Database, DatabaseUnusable
from bot.store.inbox import drop, not_done, retry
from bot.store.outbox import waiting
from bot.store.unreadable import count_unreadable, remove_unreadable
from bot.store.upkeep import purge_now


def add_commands(commands: argparse._SubParsersAction) -> None:
    inbox = commands.add_parser("inbox", help="messages that wait for an answer, or could not be answered")
    what = inbox.add_mutually_exclusive_group()
    what.add_argument("--retry", type=number, metavar="ID", help="try to answer a parked one again")
    what.add_argument("--drop", type=number, metavar="ID", help="give one up for good")
    inbox.set_defaults(run=run_inbox)
    purge = commands.add_parser("purge", help="remove what need not be kept; a gateway does so every hour")
    purge.add_argument("--unreadable", action="store_true", help="also what was sealed with a secret that is lost")
    purge.add_argument("--yes", action="store_true", help="with --unreadable: remove it; else it is only counted")
    purge.add_argument("--all", action="store_true", help="with --unreadable: even where nothing at all can be read")
    purge.set_defaults(run=run_purge)


def run_inbox(options: argparse.Namespace) -> int:
    with open_database(settings()) as database:
        if options.retry is not None:
            if not database.run_now(lambda connection: retry(connection, options.retry)):
                raise Failure(f"{options.retry} is not parked; `advisor inbox` lists what is")
            print(f"{options.retry} goes back to the gateway")
        elif options.drop is not None:
            if not database.run_now(lambda connection: drop(connection, options.drop)):
                raise Failure(f"{options.drop} is not there, or just being answered")
            print(f"{options.drop} dropped")
        else:
            _list(database)
    return 0


def _list(database: Database) -> None:
    entries = database.run_now(not_done)
    for entry in entries:
        minutes = (time.time() - entry.received) / 60
        print(f"{entry.update_id:>12}  {entry.state:<8} {entry.attempts} attempts  {minutes:.0f} min ago")
    unsent, failed = database.run_now(waiting)
    print(f"{len(entries)} not answered; {unsent} messages to deliver, {failed} failed in the last two days")


def run_purge(options: argparse.Namespace) -> int:
    if (options.yes or options.all) and not options.unreadable:
        raise Failure("--yes and --all belong to --unreadable", status=2)
    chosen = settings()
    if options.unreadable:
        _give_up_unreadable(chosen, sure=options.yes, even_all=options.all)
    with open_database(chosen) as database:
        gone = purge_now(database.run_now, chosen.advisor_keep_days)
    print(f"removed: {gone}")
    return 0


def _give_up_unreadable(chosen: Settings, sure: bool, even_all: bool) -> None:
    """Only ever with the secret there is, on a database that nobody serves from, and after a look at what would go."""
    seal = seal_of(chosen)
    with open_database(chosen) as database:
        try:
            database.lease()
        except DatabaseUnusable:
            raise Failure("a gateway serves from this database: stop it first") from None
        found = database.run_now(count_unreadable(seal))
        for kind, rows in found.rows.items():
            print(f"{rows} {kind} cannot be read")
        if found.count and not found.readable and not even_all:
            raise Failure(
                "nothing was removed: nothing at all opens with this ADVISOR_SECRET, so it may not be the gateway's; "
                "if that one is lost for good: --unreadable --yes --all"
            )
        if found.count and not sure:
            raise Failure("nothing was removed: with --yes it is given up for good")
        print(f"{database.run_now(remove_unreadable(seal))} unreadable rows removed")
        for desk, numbers in found.topics.items():
            print(f"delete by hand in the group of desk {desk} the topics of: {', '.join(map(str, numbers))}")
