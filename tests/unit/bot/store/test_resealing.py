"""A changed secret, the old one at hand or lost: what was kept is sealed anew, or gone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.desk.cases import Cases
from bot.store import Arrival, Database, Inbox, Outbox, Seal, SealedOtherwise
from bot.store.conversations import Conversations, State
from bot.store.inbox import forget_chat
from bot.store.resealing import seal_anew
from bot.store.tables import chats, conversations, messages, wordings
from bot.store.unreadable import remove_unreadable
from bot.store.wordings import Wording
from tests.unit.bot.store.kept import ALICE, BOB, OTHER, SECRET, TEXT, rows


async def test_a_changed_secret_with_the_old_one_at_hand(database: Database) -> None:
    before, now = Seal(OTHER), Seal(SECRET, OTHER)
    await Inbox(database, before).claim([Arrival(1, ALICE, TEXT), Arrival(2, BOB, TEXT)])
    await Outbox(database, before).add(ALICE, [b"on its way"])
    await Outbox(database, before).blocked(BOB)
    with pytest.raises(SealedOtherwise, match="4 kept"):
        database.run_now(seal_anew(Seal(SECRET)))
    assert database.run_now(seal_anew(now)) == 4
    assert database.run_now(seal_anew(Seal(SECRET))) == 0
    alone = Seal(SECRET)
    taken = await Inbox(database, alone).take(1)
    assert taken is not None
    assert (taken.payload, taken.chat_id) == (TEXT, ALICE)
    [part] = await Outbox(database, alone).parts(alone.chat(ALICE))
    assert part.content == b"on its way"
    assert [row.chat for row in rows(database, chats)] == [alone.chat(BOB)]
    assert [chat for number, chat, _ in await Inbox(database, alone).open_ones() if number == 2] == [alone.chat(BOB)]


async def test_after_a_changed_secret_numbers_without_an_answer_are_found_by_their_person(database: Database) -> None:
    before, now = Seal(OTHER), Seal(SECRET, OTHER)
    wording = Wording(5, b"help", lambda payload: payload)
    await Inbox(database, before).claim([Arrival(1, ALICE, TEXT, message_id=5, wording=wording)])
    database.run_now(seal_anew(now))
    assert {row.chat for table in (messages, wordings) for row in rows(database, table)} == {now.chat(ALICE)}
    database.run_now(lambda connection: forget_chat(connection, now.chat(ALICE), up_to=1))
    assert [rows(database, table) for table in (messages, wordings)] == [[], []]


async def test_after_a_changed_secret_numbers_that_nobody_explains_are_gone(database: Database) -> None:
    before, now = Seal(OTHER), Seal(SECRET, OTHER)
    inbox_before = Inbox(database, before)
    await inbox_before.claim([Arrival(1, ALICE, TEXT, message_id=5), Arrival(2, BOB, TEXT, message_id=6)])
    assert await inbox_before.take(1) is not None
    await inbox_before.finish(1, ALICE, [])
    database.run_now(seal_anew(now))
    assert [(row.chat, row.message_id) for row in rows(database, messages)] == [(now.chat(BOB), 6)]
    inbox_now = Inbox(database, now)
    await inbox_now.claim([Arrival(3, ALICE, TEXT, message_id=7)])
    assert await inbox_now.take(3) is not None
    await inbox_now.finish(3, ALICE, [])
    database.run_now(seal_anew(now))
    assert {row.message_id for row in rows(database, messages)} == {6, 7}, "a second start takes nothing"


async def test_a_case_that_somebody_had_waits_for_anybody_after_a_changed_secret(database: Database) -> None:
    before, now = Seal(OTHER), Seal(SECRET, OTHER)
    desk = Cases(before, OTHER)

    def taken(connection: sa.engine.Connection) -> None:
        case = desk.begin(connection, ALICE, "home", {}, "ne")
        desk.staff_wrote(connection, case, before.staff(5))

    database.run_now(taken)
    database.run_now(seal_anew(now))
    [case] = database.run_now(lambda connection: Cases(now, SECRET).open_ones(connection))
    assert (case.state, case.taken_by) == ("waiting", None)
    assert case.waiting_since is not None


async def test_the_present_secret_given_as_the_old_one_changes_nothing(database: Database) -> None:
    seal = Seal(SECRET, SECRET)
    await Conversations(database, seal).save("a", None, State({"language": "ne"}, {}))
    assert database.run_now(seal_anew(seal)) == 0
    assert len(rows(database, conversations)) == 1


async def test_a_lost_secret_can_be_got_over(database: Database, seal: Seal) -> None:
    await Inbox(database, Seal(OTHER)).claim([Arrival(1, ALICE, TEXT)])
    await Outbox(database, Seal(OTHER)).add(ALICE, [b"on its way"])
    await Inbox(database, seal).claim([Arrival(2, BOB, TEXT)])
    assert database.run_now(remove_unreadable(seal)) == 2
    assert database.run_now(seal_anew(seal)) == 0
    assert [number for number, _, _ in await Inbox(database, seal).open_ones()] == [2]
    assert not (await Inbox(database, seal).claim([Arrival(1, ALICE, TEXT)])).numbers
