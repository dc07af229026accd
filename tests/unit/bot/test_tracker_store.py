"""What a conversation leaves behind between two turns, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue import tracker_store
from bot.dialogue.payload import DOMAIN
from bot.dialogue.port import Turn
from bot.dialogue.tracker_store import DurableTrackerStore, InMemory, Keeper, ProfileTrackerStore
from bot.store import Database, Seal
from bot.store import conversations as kept_in_database
from bot.store.conversations import UNFINISHED_KEPT, Conversations
from bot.store.tables import conversations
from bot.store.upkeep import purge_a_batch
from tests.databases import sqlite_in

SECRET = b"a secret of the test installation, long enough"


class Clock:
    now = 1_000_000.0

    def monotonic(self) -> float:
        return self.now

    time = monotonic


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (tracker_store, kept_in_database):
        monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def database(database_url: str):
    database = Database.open(database_url)
    yield database
    database.close()


@pytest.fixture(params=["memory", "database"])
def keeper(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Keeper]:
    if request.param == "memory":
        yield InMemory()
        return
    database = Database.open(sqlite_in(tmp_path))
    yield Conversations(database, Seal(SECRET))
    database.close()


@pytest.fixture
def store(keeper: Keeper) -> ProfileTrackerStore:
    return ProfileTrackerStore(Domain.load(str(DOMAIN)), keeper=keeper)


def in_a_check(store: ProfileTrackerStore, sender: str, *more: SlotSet) -> DialogueStateTracker:
    tracker = store.init_tracker(sender)
    for event in (
        SlotSet("origin", "NP"),
        SlotSet("answers", {"documents": "yes"}),
        SlotSet("requested_slot", "outcome"),
        ActiveLoop("self_check_form"),
        *more,
    ):
        tracker.update(event)
    return tracker


async def test_an_open_check_is_there_at_the_next_turn(store: ProfileTrackerStore, clock: Clock) -> None:
    await store.save(in_a_check(store, "one"))
    clock.now += UNFINISHED_KEPT - 1
    kept = await store.retrieve("one")
    assert kept is not None
    assert kept.active_loop_name == "self_check_form"
    assert kept.get_slot("answers") == {"documents": "yes"}


async def test_after_an_hour_its_answers_are_forgotten_and_the_countries_are_not(
    store: ProfileTrackerStore, clock: Clock
) -> None:
    await store.save(in_a_check(store, "one"))
    clock.now += UNFINISHED_KEPT
    kept = await store.retrieve("one")
    assert kept is not None
    assert kept.active_loop_name is None
    assert (kept.get_slot("answers"), kept.get_slot("requested_slot")) == (None, None)
    assert kept.get_slot("origin") == "NP"


async def test_nothing_is_known_of_a_stranger_or_after_a_restart(store: ProfileTrackerStore) -> None:
    assert await store.retrieve("stranger") is None
    await store.save(in_a_check(store, "one"))
    await store.save(store.init_tracker("one"))
    assert await store.retrieve("one") is None


def numbered(sender: str, number: int) -> str:
    return Turn(sender, text="yes", number=number).conversation


async def test_a_turn_that_is_asked_again_meets_what_was_known_before_it(database: Database) -> None:
    store = ProfileTrackerStore(Domain.load(str(DOMAIN)), keeper=Conversations(database, Seal(SECRET)))
    await store.save(in_a_check(store, numbered("one", 7), SlotSet("question", "delete")))
    await store.save(store.init_tracker(numbered("one", 8)))  # "yes": all is forgotten
    again = await store.retrieve(numbered("one", 8))
    assert again is not None
    assert again.get_slot("question") == "delete"
    assert await store.retrieve(numbered("one", 9)) is None


async def test_another_process_goes_on_with_it(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("ADVISOR_SECRET", SECRET.decode())
    domain = Domain.load(str(DOMAIN))
    first, second = DurableTrackerStore(domain), DurableTrackerStore(domain)
    await first.save(in_a_check(first, numbered("one", 1)))
    kept = await second.retrieve(numbered("one", 2))
    assert kept is not None
    assert kept.active_loop_name == "self_check_form"


async def test_after_a_change_of_the_secret_the_conversation_begins_anew(database: Database) -> None:
    domain = Domain.load(str(DOMAIN))
    before = ProfileTrackerStore(domain, keeper=Conversations(database, Seal(SECRET)))
    after = ProfileTrackerStore(domain, keeper=Conversations(database, Seal(b"another secret, which is long enough")))
    await before.save(in_a_check(before, "one"))
    assert await after.retrieve("one") is None
    await after.save(in_a_check(after, "one"))
    assert await after.retrieve("one") is not None


async def test_nothing_of_it_can_be_read_in_the_database(database: Database) -> None:
    store = ProfileTrackerStore(Domain.load(str(DOMAIN)), keeper=Conversations(database, Seal(SECRET)))
    for number in (1, 2):
        await store.save(in_a_check(store, numbered("one", number)))
    [row] = database.run_now(lambda connection: connection.execute(sa.select(conversations)).all())
    assert not [word for word in (b"origin", b"self_check", b"documents") if word in b"".join(map(_bytes, row))]


async def test_what_is_unfinished_goes_from_the_database_after_an_hour_and_all_after_the_days(
    database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.store import upkeep

    monkeypatch.setattr(upkeep, "time", clock)
    store = ProfileTrackerStore(Domain.load(str(DOMAIN)), keeper=Conversations(database, Seal(SECRET)))
    for number in (1, 2):
        await store.save(in_a_check(store, numbered("one", number)))
    clock.now += UNFINISHED_KEPT + 1
    assert database.run_now(purge_a_batch(30)).unfinished == 1
    [row] = database.run_now(lambda connection: connection.execute(sa.select(conversations)).all())
    assert (row.unfinished, row.before, row.open_since) == (None, None, None)
    assert row.known is not None
    clock.now += 30 * 86_400
    assert database.run_now(purge_a_batch(30)).conversations == 1
    assert not database.run_now(purge_a_batch(30))


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def test_the_database_of_a_server_is_that_of_its_settings(own_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_SECRET", SECRET.decode())
    DurableTrackerStore(Domain.load(str(DOMAIN)))
    assert (own_var / "advisor.db").exists()
