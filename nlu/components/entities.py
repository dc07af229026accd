"""Countries, sums and jobs in a message, as Rasa entities. The finding itself is in nlu/extraction."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional, Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from nlu.components.base import Stateless
from nlu.components.text import is_button_press
from nlu.extraction.checks import CheckFinder
from nlu.extraction.countries import CountryFinder
from nlu.extraction.events import EventFinder
from nlu.extraction.money import MoneyFinder
from nlu.extraction.occupations import OccupationFinder
from nlu.extraction.rates import rates_in

TOPIC_OF = {
    "fee_check": "ask_fees", "contract_check": "ask_contract", "self_check": "ask_trafficking",
    "offer_check": "ask_offer_check", "agency_check": "ask_agency_licence", "cost": "ask_loan_debt",
    "departure": "ask_documents", "welfare_claim": "ask_welfare_fund",
}  # fmt: skip
UNSURE = frozenset(
    {
        "nlu_fallback", "out_of_scope", "inform", "ask_bot", "show_menu", "feedback_helpful", "feedback_unhelpful",
        "not_in_danger", "delete_my_data", "change_profile",
    }
)  # fmt: skip
"""Intents of messages that have not been understood, and those a wish for a check or a list is taken for."""
SURE = 0.5
"""From this confidence on, any other intent is believed beside the words for a check."""
HELD = ("danger_", "talk_to_human", "quick_exit")
"""Intents that words for a check never take the place of."""


class _Extractor(Stateless, EntityExtractorMixin):
    """What the extractors share: find in the text, add to the message's entities."""

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text and not is_button_press(text):
                found = self.add_extractor_name([dict(entity) for entity in self.entities(text)])
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        raise AttributeError("each extractor brings its own")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CountryExtractor(_Extractor):
    """``country``: ISO 3166 code or ``REGION:gulf``, role origin, destination or none. A message that is nothing but
    names of countries tells them, whatever it reads like: short ones read like anything."""

    def __init__(self) -> None:
        self._finder = CountryFinder()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in super().process(messages):
            countries = [entity for entity in message.get(ENTITIES, []) if entity["entity"] == "country"]
            if countries and not is_button_press(message.get(TEXT)) and _is_all_there_is(countries, message.get(TEXT)):
                told = {INTENT_NAME_KEY: "inform", PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, told, add_to_output=True)
        return messages

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        for mention in self._finder.find(text):
            entity = {"entity": "country", "value": mention.value, "start": mention.start, "end": mention.end}
            yield {**entity, "role": mention.role} if mention.role else entity


def _is_all_there_is(entities: Sequence[Dict[str, Any]], text: str) -> bool:
    rest = list(text)
    for entity in entities:
        rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return not any(map(str.isalnum, rest))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class MoneyExtractor(_Extractor):
    """``money``: ``{"amount": "150000", "currency": "NPR" | null, "candidates": […], "period": "month" | null}``."""

    def __init__(self) -> None:
        self._finder = MoneyFinder()

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        for mention in self._finder.find(text):
            value = {
                "amount": f"{mention.amount.normalize():f}",
                "currency": mention.currency,
                "candidates": list(mention.candidates),
                "period": mention.period,
            }
            yield {"entity": "money", "value": value, "start": mention.start, "end": mention.end}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RateExtractor(_Extractor):
    """``rate``: ``{"percent": "3", "per": "month" | "year" | null}``."""

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        for rate in rates_in(text):
            value = {"percent": rate.percent, "per": rate.per}
            yield {"entity": "rate", "value": value, "start": rate.start, "end": rate.end}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CheckExtractor(_Extractor):
    """``check``: the guided check that the words ask for, such as ``contract_check``; ``event``: what has happened,
    after which a fund may pay, such as ``death``. Either tells the topic of a message that was not understood."""

    def __init__(self) -> None:
        self._checks, self._events = CheckFinder.load(), EventFinder.load()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in super().process(messages):
            topic = self._topic(message)
            if topic is not None:
                unlikely = {INTENT_NAME_KEY: topic, PREDICTED_CONFIDENCE_KEY: 0.0}
                ranking = message.get(INTENT_RANKING_KEY) or []
                chosen = next((entry for entry in ranking if entry[INTENT_NAME_KEY] == topic), unlikely)
                message.set(INTENT, chosen, add_to_output=True)
        return messages

    @staticmethod
    def _topic(message: Message) -> Optional[str]:
        """What the message is about, where words say so and the reading of the whole does not."""
        named = {entity["entity"]: entity["value"] for entity in message.get(ENTITIES, [])}
        intent = message.get(INTENT) or {}
        name, confidence = intent.get(INTENT_NAME_KEY) or "", intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0
        if name in UNSURE and named.get("event") == "death":
            return TOPIC_OF["welfare_claim"]
        is_open = name in UNSURE or (confidence < SURE and not name.startswith(HELD))
        return TOPIC_OF.get(named.get("check", "")) if is_open else None

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        found = {"check": self._checks.find(text), "event": self._events.find(text)}
        for name, value in found.items():
            if value is not None:
                yield {"entity": name, "value": value, "start": 0, "end": len(text)}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OccupationExtractor(_Extractor):
    """``occupation``: an id of knowledge/occupations.yml."""

    def __init__(self) -> None:
        self._finder = OccupationFinder()

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        for mention in self._finder.find(text):
            yield {"entity": "occupation", "value": mention.value, "start": mention.start, "end": mention.end}
