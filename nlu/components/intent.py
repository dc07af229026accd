"""The intent classifier in Rasa's pipeline; the model itself is in nlu/text/intents.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.base import Learning
from nlu.components.text import (
    PART_RANKINGS,
    counts_of_message,
    counts_of_parts,
    is_button_press,
    parts_of_message,
    vector_of,
)
from nlu.text.intents import IntentModel
from nlu.text.vectors import one_message_at_a_time
from nlu.text.wishes import other_wishes

RANKING_LENGTH = 10
NOTHING_TO_READ = "nlu_fallback"
FILE = "intents.npz"
LONG = 90
"""Characters from which a message is also read part by part."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AdviceIntentClassifier(Learning, IntentClassifier):
    """Sets ``intent``, ``intent_ranking`` (at most ten, confidences as probabilities) and ``wishes``: the advice
    intents a message holds beside the first."""

    _model: Optional[IntentModel]

    @classmethod
    def read(cls, directory: Path) -> IntentModel:
        one_message_at_a_time()
        return IntentModel.read(directory / FILE)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = IntentModel.fit(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            np.stack([vector_of(example) for example in examples]),
        )
        with self._storage.write_to(self._resource) as directory:
            self._model.write(Path(directory) / FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if self._model is None or not text or is_button_press(text):
                ranking = []
            else:
                (ranking,) = self._model.rankings([text], vector_of(message)[None, :], counts_of_message(message))
                message.set("wishes", other_wishes(text, ranking, self._model), add_to_output=True)
                message.set(PART_RANKINGS, self._of_parts(message))
            named = [_named(*entry) for entry in ranking[:RANKING_LENGTH]]
            message.set(INTENT, named[0] if named else _named(NOTHING_TO_READ, 1.0), add_to_output=True)
            message.set(INTENT_RANKING_KEY, named, add_to_output=True)
        return messages

    def _of_parts(self, message: Message) -> List[Tuple[str, List[Tuple[str, float]]]]:
        """(part, its ranking) of a long message: danger may be said in one sentence of many."""
        assert self._model is not None
        parts, vectors = parts_of_message(message)
        if len(parts) < 2 or len(message.get(TEXT)) < LONG:
            return []
        return list(zip(parts, self._model.rankings(parts, vectors, counts_of_parts(message)), strict=True))


def _named(intent: str, confidence: float) -> Dict[str, Any]:
    return {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence}
