"""The intent classifier: a linear model on e5 vectors and character n-grams together.

The vectors carry meaning across languages, the n-grams carry local words, misspellings and romanised forms.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.linear import LinearText
from nlu.components.text import is_button_press, normalised

RANKING_LENGTH = 10
NOTHING_TO_READ = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AdviceIntentClassifier(GraphComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking`` (at most ten, confidences as probabilities)."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LinearText] = None,
        centre: Optional[np.ndarray] = None,
    ) -> None:
        self._config = config
        self._storage, self._resource = model_storage, resource
        self._model, self._centre = model, centre

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Both chosen on held-out training examples (bench/intents.py)."""
        return {"dense_scale": 2.0, "strength": 0.5}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AdviceIntentClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AdviceIntentClassifier:
        with model_storage.read_from(resource) as directory:
            with np.load(directory / "centre.npz", allow_pickle=False) as kept:
                centre = kept["centre"]
            return cls(config, model_storage, resource, LinearText.read(directory / "intents.npz"), centre)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        vectors = np.stack([_vector(example) for example in examples])
        self._centre = vectors.mean(axis=0)
        self._model = LinearText.fit(
            [normalised(example.get(TEXT)) for example in examples],
            [example.get(INTENT) for example in examples],
            vectors - self._centre,
            views=("text", "skeleton", "consonants"),
            dense_scale=self._config["dense_scale"],
            strength=self._config["strength"],
        )
        with self._storage.write_to(self._resource) as directory:
            self._model.write(directory / "intents.npz")
            np.savez_compressed(directory / "centre.npz", centre=self._centre)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            ranking = [] if is_button_press(text) else self.rank(message)
            message.set(INTENT, ranking[0] if ranking else _named(NOTHING_TO_READ, 1.0), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def rank(self, message: Message) -> List[Dict[str, Any]]:
        """Likeliest first; empty when the text has no letters or digits to go by."""
        text = normalised(message.get(TEXT) or "")
        if self._model is None or not any(character.isalnum() for character in text):
            return []
        probabilities = self._model.probabilities([text], (_vector(message) - self._centre)[None, :])[0]
        best = np.argsort(-probabilities)[:RANKING_LENGTH]
        return [_named(self._model.labels[i], float(probabilities[i])) for i in best]


def _vector(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise ValueError("AdviceIntentClassifier needs a dense featurizer before it in config.yml")
    return sentence.features[0]


def _named(intent: str, confidence: float) -> Dict[str, Any]:
    return {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence}
