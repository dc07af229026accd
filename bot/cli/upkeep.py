"""``advisor inbox`` and ``advisor purge``: what waits for an answer, what need not be kept. No text is shown."""

from __future__ import annotations

import argparse
import time
from contextlib import contextmanager
from typing import Iterator

from bot.cli.failure import Failure
from bot.cli.opening import settings
from bot.settings import BadSettings, Settings
from bot.store import Database, DatabaseUnusable, Seal
from bot.store.inbox import drop, not_done, retry
from bot.store.outbox import waiting
from bot.store.resealing import remove_unreadable
from bot.store.upkeep import purge_now


def add_commands(commands: argparse._SubParsersAction) -> None:
    inbox = commands.add_parser("inbox", help="messages that wait for an answer, or could not be answered")
    what = inbox.add_mutually_exclusive_group()
    what.add_argument("--retry", type=int, metavar="ID", help="try to answer a parked one again")
    what.add_argument("--drop", type=int, metavar="ID", help="give one up for good")
    inbox.set_defaults(run=run_inbox)
    purge = commands.add_parser("purge", help="remove what need not be kept; a gateway does so every hour")
    purge.add_argument("--unreadable", action="store_true", help="also what was sealed with a secret that is lost")
    purge.set_defaults(run=run_purge)


def run_inbox(options: argparse.Namespace) -> int:
    with _database(settings()) as database:
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
    chosen = settings()
    with _database(chosen) as database:
        if options.unreadable:
            try:
                seal = Seal(chosen.secret(), chosen.old_secret())
            except BadSettings as error:
                raise Failure(str(error)) from None
            print(f"{database.run_now(remove_unreadable(seal))} unreadable rows removed")
        gone = purge_now(database.run_now, chosen.advisor_keep_days)
    print(f"removed: {gone}")
    return 0


@contextmanager
def _database(chosen: Settings) -> Iterator[Database]:
    try:
        database = Database.open(chosen.database())
    except DatabaseUnusable as error:
        raise Failure(str(error)) from None
    try:
        yield database
    finally:
        database.close()
