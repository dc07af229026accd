"""SQLite without a thread: quick where nobody else writes, patient where somebody does, and its log stays short."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import Database
from bot.store import at_once as at_once_module
from bot.store.tables import chats
from bot.store.threads import LAST

pytestmark = pytest.mark.asyncio


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "advisor.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{file}")
    yield database
    database.close()


def write(connection: sa.engine.Connection) -> None:
    connection.execute(sa.insert(chats), {"chat": "x", "blocked": True, "since": 1.0, "chat_id": b"x" * 2000})


def count(connection: sa.engine.Connection) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(chats)).scalar())


async def test_while_another_process_writes_it_waits_and_the_loop_goes_on(database: Database, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(database.run(write))
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert not waiting.done()
    other.execute("COMMIT")
    await waiting
    assert await database.run(count) == 1


@pytest.mark.parametrize("rank", [0, LAST])
async def test_what_fails_half_way_leaves_nothing(database: Database, rank: int) -> None:
    def half(connection: sa.engine.Connection) -> None:
        write(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(half, rank)
    assert await database.run(count, rank) == 0


async def test_after_an_error_of_the_database_the_next_work_is_done(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        await database.run(lambda connection: connection.execute(sa.text("SELECT nothing FROM nowhere")))
    await database.run(write)
    assert await database.run(count) == 1


async def test_its_log_is_copied_and_begun_anew(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once_module, "CHECKPOINT_EVERY", 10)
    log = file.with_name(f"{file.name}-wal")
    sizes = []
    for _ in range(300):
        await database.run(write)
        await database.run(lambda connection: connection.execute(sa.delete(chats)))
        await database.run(lambda connection: None, LAST)
        sizes.append(log.stat().st_size)
    assert max(sizes) < 500_000, "without that it would be over two million bytes"
