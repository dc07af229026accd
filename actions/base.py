"""What all our actions share: who asks, in which language, and how an answer leaves.

Each reply travels as one JSON message, because Rasa's channels would split plain text at blank lines:
``{"text", "buttons", "picture"?, "in_place"?, "trace"?}``. The last reply of a turn carries the trace that
``advisor ask --jsonl`` shows.
"""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import Any, Dict, List, Mapping, Optional, Sequence

import numpy as np
from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.buttons import Button, all_languages, go_on, switch_language
from actions.profile import Heard, Profile, hear, other_language
from knowledge.base import FactBase
from knowledge.relevance import unpack
from translations.localizer import Localizer


@dataclass(frozen=True)
class Asked:
    """One turn as an action sees it: the person, the speaker of their language, and what was understood."""

    profile: Profile
    heard: Heard
    speak: Localizer
    facts: FactBase
    message: Mapping[str, Any]
    before: Profile = field(default_factory=Profile)
    """What was known before this message."""
    form: Optional[str] = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    """The open form (actions/flows), and what was answered in it so far."""

    @property
    def intent(self) -> str:
        return str((self.message.get("intent") or {}).get("name") or "")

    @property
    def confidence(self) -> float:
        """Of the intent, 0 … 1."""
        return float((self.message.get("intent") or {}).get("confidence") or 0.0)

    @property
    def ranking(self) -> List[Dict[str, Any]]:
        """The intents the words may mean, likeliest first: ``[{"name", "confidence"}]``."""
        return [entry for entry in self.message.get("intent_ranking") or [] if entry["name"] != "nlu_fallback"]

    @property
    def wishes(self) -> List[str]:
        """Further advice intents that the words hold beside the main one."""
        return list(self.message.get("wishes") or ())

    @property
    def in_no_language_of_ours(self) -> bool:
        """Written in a language we do not speak, by somebody of whom we know no other."""
        return self.profile.language is None and bool((self.message.get("language") or {}).get("foreign"))

    @property
    def danger(self) -> Dict[str, Optional[str]]:
        return self.message.get("danger") or {"level": "none", "kind": None}

    @property
    def locale(self) -> Optional[str]:
        """What the person's phone is set to, such as ``ne-NP``: a hint, never a choice."""
        return (self.message.get("metadata") or {}).get("locale")

    @property
    def bot_name(self) -> Optional[str]:
        """What the bot is called where the person writes to it; None where it has no name."""
        return (self.message.get("metadata") or {}).get("bot_name")

    @property
    def connects(self) -> bool:
        """Whether an order to a help desk would be carried out: only a gateway with people behind it says so."""
        return (self.message.get("metadata") or {}).get("connects") is True

    @property
    def meaning(self) -> Optional[np.ndarray]:
        """The vector of the words; None for a button."""
        packed = self.message.get("vector")
        return unpack(packed) if packed else None

    @property
    def step(self) -> str:
        """Which step of a topic a button asked for, such as "2" or "sources"; empty without one."""
        steps = [entity["value"] for entity in self.message.get("entities", []) if entity.get("entity") == "step"]
        return str(steps[0]) if steps else ""


@dataclass(frozen=True)
class Said:
    """One reply: text and the buttons under it. ``picture``: a PNG that the text stands under. ``in_place``: takes the
    place of the message whose button was pressed, where the gateway can."""

    text: str
    buttons: Sequence[Button] = ()
    picture: Optional[bytes] = None
    in_place: bool = False


@dataclass(frozen=True)
class Answer:
    """What an action answers. ``facts``: ids of the facts told. ``danger`` overrides what the message alone showed.
    ``forget``: end this conversation and all that is known of it; ``wipe``: and take its messages off the screen.
    ``desk``: the order to the gateway to bring in a person, ``{"do": "open", "desk": key, "case": …}``
    (actions/handover/case.py). ``unanswered``: "fallback" or "out_of_scope" where the question got no answer.
    ``events``: further Rasa events; ``then``: the action that answers instead, such as a form."""

    replies: Sequence[Said]
    profile: Optional[Profile] = None
    facts: Sequence[str] = ()
    danger: Optional[Mapping[str, Optional[str]]] = None
    result: Optional[Mapping[str, Any]] = None
    forget: bool = False
    wipe: bool = False
    desk: Optional[Mapping[str, Any]] = None
    counts_as_understood: bool = field(default=True)
    unanswered: Optional[str] = None
    events: Sequence[Dict[str, Any]] = ()
    then: Optional[str] = None


class AdvisorAction(Action, ABC):
    """Subclasses say what to answer; this reads the tracker and writes events."""

    @abstractmethod
    def name(self) -> str:
        """The name domain.yml and the rules know the action by."""

    @abstractmethod
    def answer(self, asked: Asked) -> Answer:
        """The answer to one turn. Must not keep anything of it."""

    listens = True
    """Whether the message tells this action of the person; False where another action of the turn has heard it."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        before = Profile.from_slots(tracker.slots)
        asked = asked_of(tracker, listens=self.listens)
        answer = self.answer(asked)
        after = answer.profile or asked.profile
        if answer.counts_as_understood and not answer.forget:
            after = replace(after, misses=0.0)
        speak = Localizer.of(after.language or "en")
        replies = list(answer.replies)
        if answer.desk is None:  # the gateway puts its own words in place of an order's
            replies = _offering_the_other_language(replies, asked)
            replies = _offering_to_go_on(replies, asked, answer)
            if asked.in_no_language_of_ours and not answer.forget:
                replies.append(Said(speak.text("language.not_spoken"), all_languages(asked.locale)))
        for place, reply in enumerate(replies, start=1):
            message_out: Dict[str, Any] = {
                "text": reply.text,
                "buttons": [button._asdict() for button in reply.buttons],
            }
            if reply.picture is not None:
                message_out["picture"] = base64.b64encode(reply.picture).decode("ascii")
            if reply.in_place:
                message_out["in_place"] = True
            if place == len(replies):
                message_out["trace"] = _trace(asked, answer, after, speak)
                if answer.desk is not None:
                    message_out["desk"] = dict(answer.desk)
            orders = {name: True for name in ("forget", "wipe") if getattr(answer, name)}
            dispatcher.utter_message(json_message={**message_out, **orders})
        if answer.forget:
            return [{"event": "restart", "timestamp": None}]
        events = [SlotSet(name, value) for name, value in after.changes_from(before).items()]
        return [*events, *answer.events, *([FollowupAction(answer.then)] if answer.then else [])]


def asked_of(tracker: Tracker, *, listens: bool) -> Asked:
    """What an action is asked: what is known of the person, and, where it ``listens``, what the message adds."""
    before = Profile.from_slots(tracker.slots)
    message = tracker.latest_message or {}
    facts = FactBase.load()
    heard = hear(before, message, facts) if listens else Heard(before, frozenset(), None)
    speak = Localizer.of(heard.profile.language or "en")
    form = (tracker.active_loop or {}).get("name")
    return Asked(heard.profile, heard, speak, facts, message, before, form, tracker.slots.get("answers") or {})


def _offering_to_go_on(replies: List[Said], asked: Asked, answer: Answer) -> List[Said]:
    """Whoever left a guided check for something else finds the way back under the answer."""
    is_left = asked.form is not None and asked.answers.get("_paused") and not answer.forget
    if not is_left or not replies or answer.events:
        return replies
    last = replies[-1]
    return [*replies[:-1], replace(last, buttons=[*last.buttons, go_on(asked.speak)])]


def _offering_the_other_language(replies: List[Said], asked: Asked) -> List[Said]:
    other = other_language(asked.profile, asked.message)
    if other is None or not replies:
        return replies
    last = replies[-1]
    return [*replies[:-1], replace(last, buttons=[*last.buttons, switch_language(other)])]


def _trace(asked: Asked, answer: Answer, after: Profile, speak: Localizer) -> Dict[str, Any]:
    """What ``advisor ask --jsonl`` shows; what follows the result is for the figures (bot/figures): codes, no words."""
    intent = asked.message.get("intent") or {}
    return {
        "intent": intent.get("name"),
        "confidence": round(float(intent.get("confidence") or 0.0), 4),
        "ranking": [
            {"intent": entry["name"], "confidence": round(float(entry["confidence"]), 4)} for entry in asked.ranking[:5]
        ],
        "language": (asked.message.get("language") or {}).get("code"),
        "reply_language": speak.code,
        "danger": dict(answer.danger or asked.danger),
        "entities": [
            {"entity": entity.get("entity"), "value": entity.get("value"), "role": entity.get("role")}
            for entity in asked.message.get("entities", [])
        ],
        "facts": list(answer.facts),
        "result": answer.result,
        "origin": after.origin,
        "destination": after.destination,
        "topic": after.topic,
        "form": asked.form,
        "unanswered": answer.unanswered,
    }
