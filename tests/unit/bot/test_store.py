"""Inbox and outbox on SQLite and on PostgreSQL: each update once, an answer whole or not at all, nothing readable."""

from __future__ import annotations

import asyncio
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.desk.cases import Cases
from bot.store import Arrival, Database, DatabaseUnusable, Inbox, Outbox, Seal, SealedOtherwise
from bot.store import database as database_module
from bot.store import inbox as inbox_module
from bot.store.conversations import Conversations, State
from bot.store.desk_tables import desk_audit
from bot.store.inbox import forget_chat
from bot.store.resealing import seal_anew
from bot.store.tables import (
    DONE,
    METADATA,
    PARKED,
    SENDING,
    SENT,
    chats,
    conversations,
    inbox,
    messages,
    outbox,
    wordings,
)
from bot.store.unreadable import remove_unreadable
from bot.store.upkeep import DAY, Purged, purge_now
from bot.store.wordings import Wording

SECRET, OTHER = b"the secret of today, long enough" * 2, b"the secret of yesterday, long too" * 2
ALICE, BOB = 7100000001, 7100000002
TEXT = b"my boss locked me in"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()


@pytest.fixture
def seal() -> Seal:
    return Seal(SECRET)


@pytest.fixture
def entrance(database: Database, seal: Seal) -> Inbox:
    return Inbox(database, seal)


@pytest.fixture
def exit_(database: Database, seal: Seal) -> Outbox:
    return Outbox(database, seal)


def rows(database: Database, table: sa.Table) -> list[sa.engine.Row]:
    return database.run_now(lambda connection: connection.execute(sa.select(table)).all())


def everything(database: Database) -> bytes:
    """All that stands in any table, as bytes."""
    cells = [cell for table in METADATA.sorted_tables for row in rows(database, table) for cell in row]
    return b"|".join(bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in cells)


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


async def test_purge_keeps_what_is_needed(
    entrance: Inbox, exit_: Outbox, database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await entrance.claim([Arrival(number, ALICE, TEXT) for number in range(1, 6)])
    for number in (1, 2):
        await entrance.take(number)
    await entrance.finish(1, ALICE, [b"answer"])
    await entrance.park(2, ALICE, [b"sorry"])
    [answer, _] = await exit_.parts(seal.chat(ALICE))
    await exit_.sent(answer, 9)
    await exit_.blocked(BOB)
    assert purge_now(database.run_now, 30) == Purged()
    begun = time.time()
    for passed, gone in ((1.1, Purged(1, 0, 0)), (2.1, Purged(0, 1, 0)), (29.0, Purged()), (30.1, Purged(4, 1, 1))):
        monkeypatch.setattr(time, "time", lambda passed=passed: begun + passed * DAY)
        assert purge_now(database.run_now, 30) == gone, passed
    assert [rows(database, table) for table in (inbox, outbox, chats)] == [[], [], []]


def test_the_audit_of_the_desks_goes_after_the_days_to_keep(
    database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = time.time()
    database.run_now(lambda connection: Cases(seal, SECRET).note(connection, "home", 1, seal.staff(5), "take"))
    for passed, left in ((29.0, 1), (30.1, 0)):
        monkeypatch.setattr(time, "time", lambda passed=passed: begun + passed * DAY)
        assert purge_now(database.run_now, 30).audit == 1 - left
        assert len(rows(database, desk_audit)) == left


async def test_purge_goes_on_in_batches(entrance: Inbox, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await entrance.claim([Arrival(number) for number in range(1, 1202)])
    later = time.time() + 1.1 * DAY
    monkeypatch.setattr(time, "time", lambda: later)
    assert purge_now(database.run_now, 30) == Purged(1201)


async def test_opening_again_changes_nothing_and_many_may_open_at_once(database_url: str, seal: Seal) -> None:
    failures: list[Exception] = []

    def open_it() -> None:
        try:
            Database.open(database_url).close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


async def test_the_migrations_lead_to_the_tables_the_code_uses(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def differences(connection: sa.engine.Connection) -> list:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)
        theirs = ("remove_index", "sqlite_sequence")  # indexes are the migrations' own affair
        return [each for each in found if each[0] not in theirs and getattr(each[1], "name", "") not in theirs]

    assert database.run_now(differences) == []


async def test_the_few_open_rows_are_found_by_index(database: Database) -> None:
    explain = "EXPLAIN QUERY PLAN" if database.engine.dialect.name == "sqlite" else "EXPLAIN"

    def plan(connection: sa.engine.Connection) -> str:
        if database.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        query = f"{explain} SELECT update_id FROM inbox WHERE inbox.state IN ('claimed', 'working', 'parked')"
        return " ".join(str(row) for row in connection.execute(sa.text(query)))

    assert "inbox_open" in database.run_now(plan)


async def test_one_gateway_a_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "LEASE_PATIENCE", 0.1)
    first, second = Database.open(database_url), Database.open(database_url)
    first.lease()
    with pytest.raises(DatabaseUnusable, match="another gateway"):
        second.lease()
    first.close()
    second.lease()
    second.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://user:hunter2@127.0.0.1/x", "only sqlite and postgresql"),
        ("nonsense", "must look like"),
        ("postgresql://user:hunter2@127.0.0.1:1/x", "cannot use the database"),
        ("sqlite:////proc/nowhere/advisor.db", "No such file"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_clear_line(url: str, told: str) -> None:
    with pytest.raises(DatabaseUnusable) as refused:
        Database.open(url)
    assert told in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_while_the_database_is_away_nothing_is_given_up(
    database: Database, entrance: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PAUSES", (0.01,))
    await entrance.claim([Arrival(1, ALICE, TEXT)])
    failures = [sa.exc.OperationalError("x", {}, OSError("gone"))] * 3
    real = database.run_now

    def flaky(work):  # type: ignore[no-untyped-def]
        if failures:
            raise failures.pop()
        return real(work)

    monkeypatch.setattr(database, "run_now", flaky)
    assert len(await entrance.open_ones()) == 1
    failures[:] = [sa.exc.OperationalError("x", {}, OSError("gone"))]
    with pytest.raises(sa.exc.OperationalError):
        await entrance.claim([Arrival(2, ALICE, TEXT)])
