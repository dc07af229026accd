"""What is kept cannot be read, and of who deletes nothing is kept."""

from __future__ import annotations

import stat
from pathlib import Path

from bot.store import Arrival, Database, Inbox, Outbox, Seal
from bot.store.tables import inbox, outbox
from tests.unit.bot.store.kept import ALICE, BOB, TEXT, everything, rows


async def test_nothing_in_any_table_is_readable(entrance: Inbox, exit_: Outbox, database: Database) -> None:
    await entrance.claim([Arrival(1, ALICE, TEXT), Arrival(2, ALICE, TEXT), Arrival(3, BOB, TEXT)])
    await entrance.take(1)
    await entrance.finish(1, ALICE, [TEXT])
    await entrance.take(2)
    await entrance.park(2, ALICE, [TEXT])
    await exit_.blocked(BOB)
    kept = everything(database)
    for secret in (TEXT, str(ALICE).encode(), str(BOB).encode(), b"boss"):
        assert secret not in kept


async def test_the_file_of_sqlite_is_private_and_holds_nothing_readable(tmp_path: Path, seal: Seal) -> None:
    path = tmp_path / "var" / "advisor.db"
    database = Database.open(f"sqlite:///{path}")
    await Inbox(database, seal).claim([Arrival(1, ALICE, TEXT)])
    files = list(path.parent.iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    content = b"".join(file.read_bytes() for file in files)
    database.close()
    assert TEXT not in content
    assert str(ALICE).encode() not in content


async def test_deleting_leaves_nothing_of_the_chat(
    entrance: Inbox, exit_: Outbox, database: Database, seal: Seal
) -> None:
    await exit_.add(ALICE, [b"an old answer, not yet delivered"])
    await exit_.add(BOB, [b"an answer to somebody else"])
    await entrance.claim([Arrival(number, ALICE, TEXT) for number in (1, 2, 3)])
    await entrance.take(1)
    await entrance.park(1, ALICE, [b"sorry"])
    await entrance.take(2)
    await entrance.finish(2, ALICE, [b"deleted"], forget=True)
    chat = seal.chat(ALICE)
    [farewell] = await exit_.parts(chat)
    assert farewell.content == b"deleted"
    await exit_.sending(farewell, 0)
    await exit_.sent(farewell, 5)
    assert [row.chat for row in rows(database, outbox)] == [seal.chat(BOB)]
    assert [row.update_id for row in rows(database, inbox) if row.chat == chat] == [3], "written after the deletion"
    assert {row.update_id for row in rows(database, inbox)} == {1, 2, 3}, "the bare numbers stay"
