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
    """One server for the whole session; each test gets a database of its own."""

    def __init__(self) -> None:
        import pgserver  # takes a second, and only these tests need it

        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        self._folder = tempfile.TemporaryDirectory(prefix="pg")  # a short path: it becomes a socket's name
        self._server = pgserver.get_server(self._folder.name)

    def fresh(self) -> str:
        name = f"test{os.getpid()}_{next(_NUMBERS)}"
        self._server.psql(f"CREATE DATABASE {name}")
        return f"postgresql://postgres@/{name}?host={quote(self._folder.name)}"

    def close(self) -> None:
        self._server.cleanup()
        self._folder.cleanup()


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    server = Postgres()
    try:
        yield server
    finally:
        server.close()


def sqlite_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'advisor.db'}"
