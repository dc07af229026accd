"""The database: one engine, its tables brought up to date, and transactions off the event loop."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Callable, Iterator, Optional, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from bot.store.at_once import AtOnce, Busy
from bot.store.lease import Lease, lease_on
from bot.store.sqlite import OPTIONS, make_private, sqlite_engine
from bot.store.threads import LAST, USUAL, Threads

log = logging.getLogger(__name__)
Result = TypeVar("Result")
Work = Callable[[Connection], Result]

MIGRATIONS = Path(__file__).with_name("migrations")
PATIENT_MS = 10_000
"""Milliseconds SQLite waits while another process (such as ``advisor purge``) writes."""
THREADS = {"sqlite": 1, "postgresql": 4}
"""SQLite has one writer at a time anyway; a second thread would only wait for the lock."""
PAUSES = (0.05, 0.2, 1.0, 3.0)
"""Seconds between attempts of a transaction while the database is away; the last one again and again."""
LEASE_PATIENCE = 2.0
"""Seconds to wait for the lease: PostgreSQL notices a moment late that the process before has died."""
_MIGRATING = 5_318_001  # number of PostgreSQL's advisory lock


class DatabaseUnusable(Exception):
    """The message is one line for the operator and holds no password."""


class Database:
    """``open`` brings the tables up to date. Work is a function of a connection, in a transaction of its own.

    A transaction may be tried again after a failure that left open whether it was committed: write it so that a
    second run does no harm.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._threads = Threads(THREADS[engine.dialect.name])
        self._lease: Optional[Lease] = None
        self._at_once = AtOnce(engine.url, self._checkpoint) if engine.dialect.name == "sqlite" else None

    @classmethod
    def open(cls, url: str) -> Database:
        """Raises DatabaseUnusable."""
        engine = _engine(url)
        try:
            with engine.begin() as connection:
                _bring_up_to_date(connection)
        except SQLAlchemyError as error:
            engine.dispose()
            raise DatabaseUnusable(f"DATABASE_URL: cannot use the database: {_reason(error)}") from None
        return cls(engine)

    def lease(self, shared: bool = False) -> None:
        """Until ``close``, this process is the only one that serves from this database. Raises DatabaseUnusable.

        Two gateways on one database would answer the same messages. The lock goes with the process, however it ends.
        ``shared``: together with others that share it too, because something else keeps them apart (Redis).
        """
        self._lease = lease_on(self.engine, shared)
        deadline = time.monotonic() + LEASE_PATIENCE
        while not self._lease.taken():
            if time.monotonic() > deadline:
                raise DatabaseUnusable("another gateway serves from this database: only one may without REDIS_URL")
            time.sleep(0.05)

    def still_leased(self) -> bool:
        """Whether this process still is the only one; taken anew after the database was, True while it is away."""
        try:
            return self._lease is None or self._lease.held() or self._lease.taken()
        except SQLAlchemyError:
            return True

    async def run(self, work: Work[Result], rank: int = USUAL) -> Result:
        """Raises SQLAlchemyError when the database does not take it. ``rank`` LAST: what may take long."""
        if self._at_once is not None and rank != LAST:
            try:
                return self._at_once.run(work)
            except Busy:  # then by the thread, which waits
                pass
        return await asyncio.wrap_future(self._threads.submit(lambda: self.run_now(work), rank))

    async def insist(self, work: Work[Result], rank: int = USUAL) -> Result:
        """Again until the database takes it: what is to be written down must not be lost because it was away."""
        for attempt in range(1_000_000_000):
            try:
                return await self.run(work, rank)
            except DBAPIError as error:
                if not _may_pass(error):
                    raise
                if attempt == 0:
                    log.error("the database is away: %s", type(error.orig).__name__)
            await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
        raise AssertionError("unreachable")

    def run_now(self, work: Work[Result]) -> Result:
        """For the command line; a gateway uses ``run``."""
        with self.engine.begin() as connection:
            return work(connection)

    def _checkpoint(self) -> None:
        self._threads.submit(self._copy_log, LAST)

    def _copy_log(self) -> None:
        with closing(self.engine.raw_connection()) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        self._threads.shutdown()
        if self._at_once is not None:
            self._at_once.close()
        if self._lease is not None:
            self._lease.release()
        self.engine.dispose()


@contextmanager
def looked_at(url: str) -> Iterator[Optional[Connection]]:
    """The database as it is: nothing is made or brought up to date; None where there is no file yet.

    Raises DatabaseUnusable when it does not answer.
    """
    file = make_url(url).database if url.startswith("sqlite") else None
    if file is not None and not Path(file).exists():
        yield None
        return
    engine = _engine(url)
    try:
        try:
            connection = engine.connect()
        except SQLAlchemyError as error:
            raise DatabaseUnusable(f"DATABASE_URL: cannot use the database: {_reason(error)}") from None
        with connection:
            yield connection
    finally:
        engine.dispose()


def version_of(connection: Connection) -> Optional[str]:
    """Of its tables; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(connection: Connection) -> bool:
    """Whether its tables are as this code wants them."""
    return version_of(connection) == ScriptDirectory.from_config(_migrations()).get_current_head()


def _engine(url: str) -> Engine:
    try:
        parts = make_url(url.replace("postgres://", "postgresql://", 1))  # as many hosters write it
    except ArgumentError:
        raise DatabaseUnusable("DATABASE_URL: must look like postgresql://user:password@host/name") from None
    if parts.get_backend_name() == "sqlite":
        if not parts.database or parts.database == ":memory:":
            raise DatabaseUnusable("DATABASE_URL: SQLite needs a file, such as sqlite:///var/advisor.db")
        try:
            make_private(Path(parts.database))
        except OSError as error:
            raise DatabaseUnusable(f"DATABASE_URL: {parts.database}: {error.strerror}") from None
        return sqlite_engine(parts, PATIENT_MS)
    if parts.get_backend_name() != "postgresql":
        raise DatabaseUnusable("DATABASE_URL: only sqlite and postgresql are supported")
    try:
        return sa.create_engine(parts, pool_pre_ping=True, pool_size=THREADS["postgresql"] + 1, **OPTIONS)
    except (ImportError, ArgumentError):
        raise DatabaseUnusable("DATABASE_URL: write postgresql://… or postgresql+psycopg2://…") from None


def _bring_up_to_date(connection: Connection) -> None:
    """The transaction holds a lock, so that of two processes that start together the second finds all done."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})
    config = _migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _may_pass(error: DBAPIError) -> bool:
    """Of the server or the lock, not of the statement."""
    return isinstance(error, (sa.exc.OperationalError, sa.exc.InterfaceError)) or bool(error.connection_invalidated)


def _reason(error: SQLAlchemyError) -> str:
    """One line without the address, which may hold a password."""
    original = getattr(error, "orig", None)
    first = str(original).strip().splitlines()[:1] if original is not None else []
    return first[0] if first else type(error).__name__
