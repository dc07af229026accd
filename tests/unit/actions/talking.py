"""A conversation with the actions alone: presses and understood words go in, replies come out, slots are kept.

talk = Talk(language="en")
talk.press('/talk_to_human')
talk.say("affirm")
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers.advice import AnswerAdvice
from actions.answers.danger import AnswerDanger
from actions.answers.human import AnswerHuman
from actions.base import AdvisorAction
from actions.talk.about import AboutBot, Cancel, DeleteMyData, QuickExit
from actions.talk.fallback import Fallback
from actions.talk.greeting import ChangeProfile, ChooseLanguage, Greet, Inform
from actions.talk.menu import ShowMenu
from actions.talk.small_talk import Affirm, Deny, NotInDanger, NotSure, OutOfScope, SmallTalk, Unhelpful
from bot.dialogue import Reply, Turn
from bot.dialogue.replies import replies_of

BY_INTENT: Dict[str, AdvisorAction] = {
    "talk_to_human": AnswerHuman(), "affirm": Affirm(), "deny": Deny(), "not_sure": NotSure(), "greet": Greet(),
    "choose_language": ChooseLanguage(), "change_profile": ChangeProfile(), "inform": Inform(),
    "show_menu": ShowMenu(), "delete_my_data": DeleteMyData(), "quick_exit": QuickExit(), "cancel": Cancel(),
    "nlu_fallback": Fallback(), "not_in_danger": NotInDanger(), "thanks": SmallTalk(),
    "feedback_unhelpful": Unhelpful(), "ask_bot": AboutBot(), "out_of_scope": OutOfScope(),
}  # fmt: skip
"""As nlu/rules has it; advice and danger are found by the beginning of their names."""


class Talk:
    """``connects``: whether the gateway has people behind it. ``replies``: those of the last turn."""

    def __init__(self, *, connects: bool = True, **slots: Any) -> None:
        self.connects = connects
        self.slots: Dict[str, Any] = dict(slots)
        self.replies: List[Reply] = []

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.replies)

    @property
    def steps(self) -> Dict[str, str]:
        """Step of talk_to_human → payload, of the buttons of the last turn."""
        payloads = [button.payload for reply in self.replies for button in reply.buttons]
        ours = [payload for payload in payloads if payload.startswith("/talk_to_human{")]
        return {json.loads(payload[len("/talk_to_human") :])["step"]: payload for payload in ours}

    @property
    def yes(self) -> str:
        """The payload of the button that says yes to the preview."""
        return next(payload for step, payload in self.steps.items() if step.startswith("yes_"))

    @property
    def order(self) -> Dict[str, Any] | None:
        orders = [reply.custom["desk"] for reply in self.replies if "desk" in reply.custom]
        assert len(orders) <= 1
        assert not orders or "desk" in self.replies[-1].custom, "the last reply carries it"
        return orders[0] if orders else None

    def press(self, payload: str) -> Talk:
        intent, brace, entities = payload[1:].partition("{")
        values = json.loads(brace + entities) if brace else {}
        return self.say(intent, **values)

    def say(self, intent: str, danger: Dict[str, str] | None = None, **entities: str) -> Talk:
        """Words that were understood as ``intent``, or a button with it."""
        turn = Turn("t", payload=f"/{intent}" if intent != "nlu_fallback" else "/greet", connects=self.connects)
        message = {
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": [],
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "danger": danger,
            "metadata": turn.metadata,
        }
        dispatcher = CollectingDispatcher()
        state = Tracker("t", dict(self.slots), message, [], False, None, {}, "action_listen")
        events = asyncio.run(_action_for(intent).run(dispatcher, state, {}))
        for event in events:
            if event["event"] == "restart":
                self.slots = {}
            if event["event"] == "slot":
                self.slots[event["name"]] = json.loads(json.dumps(event["value"]))  # slots are kept as JSON
        self.replies = replies_of({"custom": message["custom"]} for message in dispatcher.messages)
        return self


def _action_for(intent: str) -> AdvisorAction:
    if intent.startswith("danger_"):
        return AnswerDanger()
    return BY_INTENT[intent] if intent in BY_INTENT else AnswerAdvice()
