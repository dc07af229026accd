"""Lets danger win: a message that may speak of danger gets the danger intent, whatever topic stands first."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.base import Stateless
from nlu.components.text import PART_RANKINGS, is_button_press
from nlu.danger.detector import DangerDetector
from nlu.danger.levels import NO_DANGER, PREFIX
from nlu.extraction.events import EventFinder

SELF_HARM, CLAIM = "self_harm", "ask_welfare_fund"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerMarker(Stateless):
    """Sets ``danger`` (``{"level", "kind"}``) on each message, and its intent when the level is not none.

    Who tells that somebody has taken their life, or has died, reads like somebody who wants to die. Where words tell
    of a death and of nobody's despair, the message is one of the bereaved (``bereaved``): it asks what the family can
    claim, and whom to talk to."""

    def __init__(self) -> None:
        self._detector, self._events = DangerDetector(), EventFinder.load()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            ranking = message.get(INTENT_RANKING_KEY) or []
            danger = self._detector.judged(
                "" if is_button_press(text) else text,
                [(entry[INTENT_NAME_KEY], entry[PREDICTED_CONFIDENCE_KEY]) for entry in ranking],
                message.get(PART_RANKINGS) or (),
            )
            bereaved = danger.kind == SELF_HARM and self._events.mourns(text)
            danger = NO_DANGER if bereaved else danger
            message.set("bereaved", bereaved, add_to_output=True)
            message.set("danger", danger._asdict(), add_to_output=True)
            if danger.kind or bereaved:
                intent = CLAIM if bereaved else f"{PREFIX}{danger.kind}"
                unlikely = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 0.0}  # only a part of it says so
                chosen = next((entry for entry in ranking if entry[INTENT_NAME_KEY] == intent), unlikely)
                message.set(INTENT, chosen, add_to_output=True)
        return messages
