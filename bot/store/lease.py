"""A lock by which only one process serves from a database; it goes with the process, however that ends."""

from __future__ import annotations

import fcntl
import os
from abc import ABC, abstractmethod
from typing import Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

_SERVING = 5_318_002  # number of PostgreSQL's advisory lock


class Lease(ABC):
    """A lock that only one process holds."""

    def __init__(self, engine: Engine, shared: bool) -> None:
        self._engine, self._shared = engine, shared

    @abstractmethod
    def taken(self) -> bool:
        """Takes it if it is free."""

    @abstractmethod
    def held(self) -> bool:
        """Whether it is still ours. Raises SQLAlchemyError when that cannot be told."""

    @abstractmethod
    def release(self) -> None:
        """Gives it up; nothing happens where it was not taken."""


class _SqliteLease(Lease):
    _file: Optional[int] = None

    def taken(self) -> bool:
        self._file = os.open(f"{self._engine.url.database}.serving", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if self._shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            self.release()
            return False
        return True

    def held(self) -> bool:
        return self._file is not None

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _PostgresLease(Lease):
    _connection: Optional[Connection] = None

    def taken(self) -> bool:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        kind = "pg_try_advisory_lock_shared" if self._shared else "pg_try_advisory_lock"
        query = sa.text(f"SELECT {kind}(:number)")
        return bool(self._connection.execute(query, {"number": _SERVING}).scalar())

    def held(self) -> bool:
        """The lock lives as long as the session; a session that broke is given up, so that it can be taken anew."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(sa.text("SELECT 1"))
        except SQLAlchemyError:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
            return False
        return True

    def release(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()  # ends the session on the server, and the lock with it
            self._connection.close()
            self._connection = None


def lease_on(engine: Engine, shared: bool) -> Lease:
    """``shared``: together with others that share it too."""
    return (_SqliteLease if engine.dialect.name == "sqlite" else _PostgresLease)(engine, shared)
