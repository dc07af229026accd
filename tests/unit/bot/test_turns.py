"""Two gateways, one inbox: each update is in the hands of one of them, each chat in order. On both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.store import Arrival, Database, Inbox, Seal, turns
from bot.store.turns import IN_HANDS, InOtherHands

pytestmark = pytest.mark.asyncio
SEAL = Seal(b"the secret of the tests, long enough for them")
ALICE, BOB = 7100000001, 7100000002


@pytest.fixture
def databases(database_url: str) -> Iterator[tuple[Database, Database]]:
    both = Database.open(database_url), Database.open(database_url)
    yield both
    for database in both:
        database.close()


@pytest.fixture
def two(databases: tuple[Database, Database]) -> tuple[Inbox, Inbox]:
    return Inbox(databases[0], SEAL, shared=True), Inbox(databases[1], SEAL, shared=True)


def arrivals(*chats: int) -> list[Arrival]:
    return [Arrival(number, chat, b"{}") for number, chat in enumerate(chats, 1)]


async def test_what_one_works_on_and_what_comes_after_it_is_left_to_that_one(two: tuple[Inbox, Inbox]) -> None:
    ours, others = two
    await others.claim(arrivals(ALICE, ALICE, BOB))
    assert await ours.take(1) is not None
    for number in (1, 2):
        with pytest.raises(InOtherHands):
            await others.take(number)
    assert await others.take(3) is not None, "another chat"
    await ours.finish(1, ALICE, [])
    assert await others.take(1) is None
    assert await others.take(2) is not None


async def test_what_waits_for_another_attempt_holds_back_what_comes_after(two: tuple[Inbox, Inbox]) -> None:
    ours, others = two
    await ours.claim(arrivals(ALICE, ALICE))
    await ours.take(1)
    await ours.again(1, time.time() + 25)
    with pytest.raises(InOtherHands):
        await others.take(2)
    await ours.take(1)
    await ours.park(1, ALICE, [])
    assert await others.take(2) is not None


async def test_what_a_dead_gateway_had_in_hands_is_free_after_a_while(
    two: tuple[Inbox, Inbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    dead, alive = two
    await dead.claim(arrivals(ALICE))
    await dead.take(1)
    now = time.time()
    monkeypatch.setattr(turns.time, "time", lambda: now + IN_HANDS - 1)
    with pytest.raises(InOtherHands):
        await alive.take(1)
    await dead.keep([1])  # it was alive after all
    monkeypatch.setattr(turns.time, "time", lambda: now + IN_HANDS + 1)
    with pytest.raises(InOtherHands):
        await alive.take(1)
    monkeypatch.setattr(turns.time, "time", lambda: now + 2 * IN_HANDS)
    taken = await alive.take(1)
    assert taken is not None
    assert taken.attempt == 2


async def test_what_is_given_back_is_free_at_once(two: tuple[Inbox, Inbox]) -> None:
    ours, others = two
    await ours.claim(arrivals(ALICE))
    await ours.take(1)
    await ours.release([1])
    taken = await others.take(1)
    assert taken is not None
    assert taken.attempt == 1


async def test_under_work_elsewhere_is_looked_at_again_soon_and_not_when_the_hands_end(
    two: tuple[Inbox, Inbox],
) -> None:
    ours, others = two
    await ours.claim(arrivals(ALICE))
    await ours.take(1)
    [(_, _, due)] = await others.open_ones()
    assert due <= time.time()


async def test_alone_what_is_under_work_was_left_by_a_process_that_ended(databases: tuple[Database, Database]) -> None:
    before, after = (Inbox(database, SEAL) for database in databases)
    await before.claim(arrivals(ALICE))
    await before.take(1)
    assert await after.take(1) is not None
