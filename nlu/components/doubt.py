"""Takes back a guess that is too doubtful; then the closest topics are offered instead of an answer."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from nlu.components.base import Stateless
from nlu.text.doubt import in_doubt


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DoubtMarker(Stateless):
    """Sets the intent ``nlu_fallback`` where the ranking is in doubt. Rasa's own FallbackClassifier knows confidence
    only; how near "out of scope" comes to the first intent tells more (docs/decisions/0006)."""

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            pairs = [(entry[INTENT_NAME_KEY], entry[PREDICTED_CONFIDENCE_KEY]) for entry in ranking]
            if pairs and in_doubt(pairs):
                doubtful = {
                    INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME,
                    PREDICTED_CONFIDENCE_KEY: pairs[0][1],
                }
                message.set(INTENT, doubtful, add_to_output=True)
        return messages
