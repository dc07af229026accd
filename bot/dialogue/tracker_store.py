"""Keeps what is known of a conversation, not what was said: between two turns no sentence of anybody is held."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any, Dict, List, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

MOST_CONVERSATIONS = 50_000
FORGOTTEN_AFTER = 3600.0
"""Seconds after which an open question and the answers of a guided check are forgotten (people are told an hour)."""
OPEN_SLOTS = frozenset({"answers", "outcome", "requested_slot", "question"})


class ProfileTrackerStore(TrackerStore):
    """In memory: the slots and the active form of each conversation.

    Rules need nothing more, a restart ("delete my data") leaves nothing, and a turn costs the same after a year of
    talking as at first. The longest unused conversations go when there are more than ``MOST_CONVERSATIONS``.
    """

    def __init__(
        self, domain: Optional[Domain], event_broker: Optional[EventBroker] = None, **kwargs: Dict[str, Any]
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._known: OrderedDict[str, List[Event]] = OrderedDict()
        self._with_something_open: OrderedDict[str, float] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        known = _state_of(tracker)
        self._known.pop(tracker.sender_id, None)
        if known:
            self._known[tracker.sender_id] = known
        while len(self._known) > MOST_CONVERSATIONS:
            self._known.popitem(last=False)
        self._with_something_open.pop(tracker.sender_id, None)
        if any(_is_open(event) for event in known):
            self._with_something_open[tracker.sender_id] = time.monotonic()
        self._forget_what_was_left_open()

    def _forget_what_was_left_open(self) -> None:
        """Also of people who never write again: the oldest come first, so this ends at the first that may stay."""
        while self._with_something_open:
            sender_id, since = next(iter(self._with_something_open.items()))
            if time.monotonic() - since < FORGOTTEN_AFTER:
                return
            del self._with_something_open[sender_id]
            if sender_id in self._known:
                self._known[sender_id] = [event for event in self._known[sender_id] if not _is_open(event)]

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        self._forget_what_was_left_open()
        known = self._known.get(sender_id)
        if known is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in (ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *known):
            tracker.update(event)
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def keys(self) -> List[str]:
        return list(self._known)


def _is_open(event: Event) -> bool:
    return isinstance(event, ActiveLoop) or (isinstance(event, SlotSet) and event.key in OPEN_SLOTS)


def _state_of(tracker: DialogueStateTracker) -> List[Event]:
    slots: List[Event] = [
        SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value != slot.initial_value
    ]
    return [*slots, ActiveLoop(tracker.active_loop_name)] if tracker.active_loop_name else slots
