"""Lets danger win: a message that may speak of danger gets the danger intent, whatever topic stands first."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.base import Stateless
from nlu.components.text import PART_RANKINGS, is_button_press
from nlu.danger.detector import DangerDetector
from nlu.danger.levels import NO_DANGER, PREFIX, Danger
from nlu.danger.wordings import Wordings
from nlu.extraction.checks import CheckFinder
from nlu.extraction.events import EventFinder
from nlu.text.wishes import clauses

SELF_HARM, CLAIM = "self_harm", "ask_welfare_fund"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerMarker(Stateless):
    """Sets ``danger`` (``{"level", "kind"}``) on each message, and its intent when the level is not none.

    Who tells that somebody has taken their life, or has died, reads like somebody who wants to die. Where words tell
    of a death and of nobody's despair, the message is one of the bereaved (``bereaved``): it asks what the family can
    claim, and whom to talk to."""

    def __init__(self) -> None:
        self._detector, self._events = DangerDetector(), EventFinder.load()
        self._wordings, self._checks = Wordings.load(), CheckFinder.load()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            ranking = message.get(INTENT_RANKING_KEY) or []
            danger = self._detector.judged(
                "" if is_button_press(text) else text,
                [(entry[INTENT_NAME_KEY], entry[PREDICTED_CONFIDENCE_KEY]) for entry in ranking],
                message.get(PART_RANKINGS) or (),
            )
            bereaved = danger.kind == SELF_HARM and self._mourns(text, danger)
            danger = NO_DANGER if bereaved or self._wants_it_checked(danger, text) else danger
            message.set("bereaved", bereaved, add_to_output=True)
            message.set("danger", danger._asdict(), add_to_output=True)
            if danger.kind or bereaved:
                intent = CLAIM if bereaved else f"{PREFIX}{danger.kind}"
                unlikely = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 0.0}  # only a part of it says so
                chosen = next((entry for entry in ranking if entry[INTENT_NAME_KEY] == intent), unlikely)
                message.set(INTENT, chosen, add_to_output=True)
        return messages

    def _wants_it_checked(self, danger: Danger, text: str) -> bool:
        """Whether somebody who may be made to work by force asks for the check of just that: it asks them gently."""
        return danger == Danger("possible", "forced_work") and self._checks.find(text) == "self_check"

    def _mourns(self, text: str, danger: Danger) -> bool:
        """Whether the words tell of a death and of nothing else: not of anybody's despair, nor of another danger ("they
        killed my brother and will kill me"). What is said beside it must be a claim: doubt goes to asking. Despair that
        is plainly heard in more than a line is believed, whoever the dead may be."""
        wording = self._wordings.danger_in(text).kind
        is_of_the_dead = wording is None or (wording == SELF_HARM and self._events.tells_suicide(text))
        is_plain = len(clauses(text)) <= 1 or self._checks.find(text) == "welfare_claim"
        is_news = self._events.brings_news(text) or self._events.tells_suicide(text) or danger.level == "possible"
        return is_of_the_dead and is_plain and is_news and self._events.mourns(text)
