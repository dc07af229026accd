"""Keeps what is known of a conversation, not what was said: between two turns no sentence of anybody is held."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from typing import Any, Dict, List, Optional, Protocol, Tuple

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.port import conversation_of
from bot.store.conversations import NOTHING, UNFINISHED_KEPT, Conversations, State

MOST_CONVERSATIONS = 50_000
OPEN_SLOTS = frozenset({"answers", "outcome", "requested_slot", "question", "danger", "withheld"})
FORM = "_form"
"""The active form, among what is unfinished."""


class Keeper(Protocol):
    """Where states are between two turns; ``turn`` is the number of the turn that asks or that led to it."""

    async def load(self, sender: str, turn: Optional[int]) -> State:
        """What is known, NOTHING where nothing is."""

    async def save(self, sender: str, turn: Optional[int], state: State) -> None:
        """In place of what was known."""


class ProfileTrackerStore(TrackerStore):
    """The slots and the active form of each conversation.

    Rules need nothing more, a restart ("delete my data") leaves nothing, and a turn costs the same after a year of
    talking as at first. ``keeper``: None keeps them in memory only.
    """

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        keeper: Optional[Keeper] = None,
        **kwargs: Dict[str, Any],
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._keeper = keeper or InMemory()

    async def save(self, tracker: DialogueStateTracker) -> None:
        sender, turn = conversation_of(tracker.sender_id)
        await self._keeper.save(sender, turn, _state_of(tracker))

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        state = await self._keeper.load(*conversation_of(sender_id))
        if not state:
            return None
        tracker = self.init_tracker(sender_id)
        for event in (ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()):
            tracker.update(event)
        for name, value in {**state.known, **state.unfinished}.items():
            tracker.update(ActiveLoop(value) if name == FORM else SlotSet(name, value))
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def keys(self) -> List[str]:
        """None are told: a conversation is known to whoever has its name."""
        return []


class DurableTrackerStore(ProfileTrackerStore):
    """For ``rasa run``: in the database of the settings, sealed with their secret."""

    def __init__(
        self, domain: Optional[Domain] = None, event_broker: Optional[EventBroker] = None, **kwargs: Dict[str, Any]
    ) -> None:
        from bot.settings import read_settings  # of the server's environment, when the server starts
        from bot.store import Database, Seal

        chosen = read_settings()
        keeper = Conversations(Database.open(chosen.database()), Seal(chosen.secret(), chosen.old_secret()))
        super().__init__(domain, event_broker, keeper)


class InMemory:
    """For a conversation in the terminal and for tests. The longest unused go when there are too many."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Tuple[str, float]] = OrderedDict()

    async def load(self, sender: str, turn: Optional[int]) -> State:
        if sender not in self._known:
            return NOTHING
        kept, since = self._known[sender]
        known, unfinished = json.loads(kept)
        return State(known, unfinished if time.monotonic() - since < UNFINISHED_KEPT else {})

    async def save(self, sender: str, turn: Optional[int], state: State) -> None:
        self._known.pop(sender, None)
        if state:
            self._known[sender] = (json.dumps(state), time.monotonic())
        while len(self._known) > MOST_CONVERSATIONS:
            self._known.popitem(last=False)


def _state_of(tracker: DialogueStateTracker) -> State:
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
    unfinished = {name: value for name, value in slots.items() if name in OPEN_SLOTS}
    if tracker.active_loop_name:
        unfinished[FORM] = tracker.active_loop_name
    return State({name: value for name, value in slots.items() if name not in OPEN_SLOTS}, unfinished)
