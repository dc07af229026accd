"""Inbox on SQLite and on PostgreSQL: each update once, an answer whole or not at all."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.store import Arrival, Database, Inbox, Outbox, Seal
from bot.store import inbox as inbox_module
from bot.store.tables import DONE, PARKED, inbox
from tests.unit.bot.store.kept import ALICE, BOB, TEXT, rows


async def test_an_update_is_claimed_once(entrance: Inbox, seal: Seal) -> None:
    first = await entrance.claim([Arrival(1, ALICE, TEXT), Arrival(2, BOB, TEXT)])
    again = await entrance.claim([Arrival(2, BOB, TEXT), Arrival(3, ALICE, TEXT), Arrival(3, ALICE, TEXT)])
    assert [(number, chat) for number, chat, _ in first.to_answer] == [(1, seal.chat(ALICE)), (2, seal.chat(BOB))]
    assert again.numbers == {3}
    assert [number for number, _, _ in again.to_answer] == [3]


async def test_twenty_processes_claim_one_update_and_one_gets_it(database_url: str, seal: Seal) -> None:
    Database.open(database_url).close()
    got: list[int] = []

    def claim() -> None:
        own = Database.open(database_url)
        got.append(len(asyncio.run(Inbox(own, seal).claim([Arrival(7, ALICE, TEXT)])).numbers))
        own.close()

    threads = [threading.Thread(target=claim) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [0] * 19 + [1]


async def test_what_is_not_for_us_leaves_its_number_only(entrance: Inbox, database: Database) -> None:
    claimed = await entrance.claim([Arrival(1)])
    assert (claimed.numbers, claimed.to_answer) == ({1}, [])
    [row] = rows(database, inbox)
    assert (row.chat, row.state, row.payload) == ("", DONE, None)


async def test_answer_and_done_are_one(entrance: Inbox, exit_: Outbox, database: Database, seal: Seal) -> None:
    await entrance.claim([Arrival(1, ALICE, TEXT)])
    taken = await entrance.take(1)
    assert taken is not None
    assert (taken.chat_id, taken.payload, taken.attempt) == (ALICE, TEXT, 1)
    await entrance.finish(1, ALICE, [b"one", b"two"])
    assert [part.content for part in await exit_.parts(seal.chat(ALICE))] == [b"one", b"two"]
    [row] = rows(database, inbox)
    assert (row.state, row.payload, row.chat) == (DONE, None, "")
    assert await entrance.take(1) is None
    await entrance.finish(1, ALICE, [b"again"])  # as after a commit whose confirmation got lost
    assert len(await exit_.parts(seal.chat(ALICE))) == 2


async def test_an_answer_that_cannot_be_written_leaves_the_question_open(
    entrance: Inbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await entrance.claim([Arrival(1, ALICE, TEXT)])
    await entrance.take(1)

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(inbox_module, "write_parts", breaks)
    with pytest.raises(ZeroDivisionError):
        await entrance.finish(1, ALICE, [b"one"])
    [row] = rows(database, inbox)
    assert (row.state, row.payload is None) == ("working", False)


async def test_after_a_crash_what_was_under_work_is_worked_again(entrance: Inbox) -> None:
    await entrance.claim([Arrival(number, ALICE, TEXT) for number in (3, 1, 2)])
    await entrance.take(1)
    assert [number for number, _, _ in await entrance.open_ones()] == [1, 2, 3]
    taken = await entrance.take(1)
    assert taken is not None
    assert taken.attempt == 2
    await entrance.release([1])
    taken = await entrance.take(1)
    assert taken is not None
    assert taken.attempt == 2


async def test_parked_shown_retried_dropped(entrance: Inbox, exit_: Outbox, database: Database, seal: Seal) -> None:
    await entrance.claim([Arrival(1, ALICE, TEXT), Arrival(2, ALICE, TEXT)])
    for number in (1, 2):
        await entrance.take(number)
        await entrance.park(number, ALICE, [b"sorry"])
    assert [(each.update_id, each.state) for each in database.run_now(inbox_module.not_done)] == [
        (1, PARKED),
        (2, PARKED),
    ]
    assert await entrance.open_ones() == []
    assert len(await exit_.parts(seal.chat(ALICE))) == 2
    assert database.run_now(lambda connection: inbox_module.retry(connection, 1))
    assert not database.run_now(lambda connection: inbox_module.retry(connection, 1))
    assert [number for number, _, _ in await entrance.open_ones()] == [1]
    taken = await entrance.take(1)
    assert taken is not None
    assert (taken.payload, taken.attempt) == (TEXT, 1)
    assert not database.run_now(lambda connection: inbox_module.drop(connection, 1)), "it is under work"
    assert database.run_now(lambda connection: inbox_module.drop(connection, 2))
    assert not database.run_now(lambda connection: inbox_module.retry(connection, 2))
