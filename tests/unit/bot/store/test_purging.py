"""What is no longer needed goes, by its age."""

from __future__ import annotations

import time

import pytest

from bot.desk.cases import Cases
from bot.store import Arrival, Database, Inbox, Outbox, Seal
from bot.store.desk_tables import desk_audit
from bot.store.tables import chats, inbox, outbox
from bot.store.upkeep import DAY, Purged, purge_now
from tests.unit.bot.store.kept import ALICE, BOB, SECRET, TEXT, rows


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
