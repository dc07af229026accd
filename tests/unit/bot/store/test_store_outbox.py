"""Outbox on SQLite and on PostgreSQL: parts leave in order, and none is lost by a crash."""

from __future__ import annotations

import pytest

from bot.store import Arrival, Database, Inbox, Outbox, Seal
from bot.store.tables import SENDING, SENT, chats, outbox
from tests.unit.bot.store.kept import ALICE, BOB, TEXT, rows


async def test_parts_leave_in_order_and_are_blotted_out(exit_: Outbox, database: Database, seal: Seal) -> None:
    await exit_.add(ALICE, [b"part %d" % number for number in range(12)])
    chat = seal.chat(ALICE)
    sent = []
    while parts := await exit_.parts(chat):
        for part in parts:
            assert await exit_.sending(part, 7)
            await exit_.sent(part, 1000 + part.number)
            sent.append(part.content)
    assert sent == [b"part %d" % number for number in range(12)]
    assert {(row.state, row.content) for row in rows(database, outbox)} == {(SENT, None)}
    assert await exit_.chats_waiting() == []


async def test_what_was_being_sent_is_sent_again_after_a_crash(exit_: Outbox, database: Database, seal: Seal) -> None:
    await exit_.add(ALICE, [b"one", b"two"])
    [one, _] = await exit_.parts(seal.chat(ALICE))
    assert one.after is None
    await exit_.sending(one, 7)
    assert {row.state for row in rows(database, outbox)} == {SENDING, "waiting"}
    assert await exit_.chats_waiting() == [seal.chat(ALICE)]
    parts = await exit_.parts(seal.chat(ALICE))
    assert [(part.content, part.after) for part in parts] == [(b"one", 7), (b"two", None)], "where to look for it"


async def test_a_pause_is_kept_across_a_restart(exit_: Outbox, seal: Seal) -> None:
    await exit_.add(ALICE, [b"one"])
    [part] = await exit_.parts(seal.chat(ALICE))
    await exit_.later(part, part.not_before + 60, doubtful=False)
    [again] = await exit_.parts(seal.chat(ALICE))
    assert again.not_before == pytest.approx(part.not_before + 60)
    assert again.attempts == 1


async def test_whoever_blocks_gets_no_more_until_they_write_again(
    entrance: Inbox, exit_: Outbox, database: Database
) -> None:
    await exit_.add(ALICE, [b"one", b"two"])
    await exit_.add(BOB, [b"one"])
    assert await exit_.blocked(ALICE) == 2
    assert await exit_.blocked(ALICE) == 0
    assert len(await exit_.chats_waiting()) == 1
    [row] = rows(database, chats)
    assert row.blocked
    await entrance.claim([Arrival(1, ALICE, TEXT)])
    assert rows(database, chats) == []
