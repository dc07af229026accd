"""Fresh databases for tests, of both kinds we support. PostgreSQL is a real one, started without root by pgserver."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_NUMBERS = itertools.count(1)


class Postgres:
    """One server for the whole session; each test gets its own part of it."""

    def __init__(self, durable: bool = False) -> None:
        import pgserver  # takes a second, and only these tests need it

        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        self._folder = tempfile.TemporaryDirectory(prefix="pg")  # a short path: it becomes a socket's name
        self._server = pgserver.get_server(self._folder.name)
        if not durable:  # nobody misses a test's data after a power cut
            for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
                self._server.psql(statement)

    def fresh(self) -> str:
        """A schema of its own; a whole database each would be hundreds of files to make and to remove."""
        name = f"test_{next(_NUMBERS)}"
        self._server.psql(f"CREATE SCHEMA {name}")
        return f"postgresql://postgres@/postgres?host={quote(self._folder.name)}&options=-csearch_path%3D{name}"

    def close(self) -> None:
        self._server.cleanup()
        self._folder.cleanup()


@contextmanager
def postgres_server(durable: bool = False) -> Iterator[Postgres]:
    server = Postgres(durable)
    try:
        yield server
    finally:
        server.close()


def sqlite_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'advisor.db'}"
