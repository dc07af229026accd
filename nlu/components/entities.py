"""Countries, sums and jobs in a message, as Rasa entities. The finding itself is in nlu/extraction."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.base import Stateless
from nlu.components.text import is_button_press
from nlu.extraction.checks import CheckFinder
from nlu.extraction.countries import CountryFinder
from nlu.extraction.money import MoneyFinder
from nlu.extraction.occupations import OccupationFinder
from nlu.extraction.rates import rates_in


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
    """``country``: ISO 3166 code or ``REGION:gulf``, role origin, destination or none."""

    def __init__(self) -> None:
        self._finder = CountryFinder()

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        for mention in self._finder.find(text):
            entity = {"entity": "country", "value": mention.value, "start": mention.start, "end": mention.end}
            yield {**entity, "role": mention.role} if mention.role else entity


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
    """``check``: the guided check that the words ask for, such as ``contract_check``."""

    def __init__(self) -> None:
        self._finder = CheckFinder.load()

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        check = self._finder.find(text)
        if check is not None:
            yield {"entity": "check", "value": check, "start": 0, "end": len(text)}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OccupationExtractor(_Extractor):
    """``occupation``: an id of knowledge/occupations.yml."""

    def __init__(self) -> None:
        self._finder = OccupationFinder()

    def entities(self, text: str) -> Iterable[Dict[str, Any]]:
        for mention in self._finder.find(text):
            yield {"entity": "occupation", "value": mention.value, "start": mention.start, "end": mention.end}
