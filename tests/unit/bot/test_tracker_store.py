"""What a conversation leaves behind between two turns, and for how long."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue import tracker_store
from bot.dialogue.payload import DOMAIN
from bot.dialogue.tracker_store import FORGOTTEN_AFTER, ProfileTrackerStore


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(tracker_store, "time", clock)
    return clock


@pytest.fixture
def store() -> ProfileTrackerStore:
    return ProfileTrackerStore(Domain.load(str(DOMAIN)))


def in_a_check(store: ProfileTrackerStore, sender: str) -> DialogueStateTracker:
    tracker = store.init_tracker(sender)
    for event in (
        SlotSet("origin", "NP"),
        SlotSet("answers", {"documents": "yes"}),
        SlotSet("requested_slot", "outcome"),
        ActiveLoop("self_check_form"),
    ):
        tracker.update(event)
    return tracker


async def test_an_open_check_is_there_at_the_next_turn(store: ProfileTrackerStore, clock: Clock) -> None:
    await store.save(in_a_check(store, "one"))
    clock.now += FORGOTTEN_AFTER - 1
    kept = await store.retrieve("one")
    assert kept is not None
    assert kept.active_loop_name == "self_check_form"
    assert kept.get_slot("answers") == {"documents": "yes"}


async def test_after_an_hour_its_answers_are_forgotten_and_the_countries_are_not(
    store: ProfileTrackerStore, clock: Clock
) -> None:
    await store.save(in_a_check(store, "one"))
    clock.now += FORGOTTEN_AFTER
    kept = await store.retrieve("one")
    assert kept is not None
    assert kept.active_loop_name is None
    assert (kept.get_slot("answers"), kept.get_slot("requested_slot")) == (None, None)
    assert kept.get_slot("origin") == "NP"


async def test_also_of_somebody_who_never_writes_again(store: ProfileTrackerStore, clock: Clock) -> None:
    await store.save(in_a_check(store, "gone"))
    clock.now += FORGOTTEN_AFTER
    await store.save(in_a_check(store, "another"))
    assert "documents" not in str(store._known["gone"])
    assert "documents" in str(store._known["another"])
