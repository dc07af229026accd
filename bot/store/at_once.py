"""SQLite without a thread: most transactions take less time than handing them to one.

A thread costs several times a small transaction, because both then fight for Python's lock. Only what must wait for
another writer, and what takes long, is left to it.
"""

from __future__ import annotations

from typing import Any, Callable, TypeVar

from sqlalchemy.engine import Connection
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import OperationalError

from bot.store.sqlite import sqlite_engine

Result = TypeVar("Result")
CHECKPOINT_EVERY = 300
"""Transactions after which the log is copied into the database, which waits for the disk: not here, in the thread."""


class Busy(Exception):
    """Another connection writes at this moment."""


class AtOnce:
    """``checkpoint`` is called once in a while, to have the log copied elsewhere."""

    def __init__(self, url: URL, checkpoint: Callable[[], Any]) -> None:
        self._engine = sqlite_engine(url, 0, "wal_autocheckpoint = 0")
        self._checkpoint = checkpoint
        self._done = 0

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """Raises Busy before anything of ``work`` was done, and whatever ``work`` raises."""
        has_begun = False
        try:
            with self._engine.begin() as connection:
                has_begun = True
                result = work(connection)
        except OperationalError as error:
            if has_begun or "locked" not in str(error.orig):
                raise
            raise Busy from None
        self._done += 1
        if self._done % CHECKPOINT_EVERY == 0:
            self._checkpoint()
        return result

    def close(self) -> None:
        self._engine.dispose()
