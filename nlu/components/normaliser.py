"""First in the pipeline: every component after it reads clean Unicode, whatever phone the message came from."""

from __future__ import annotations

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.base import Stateless
from nlu.components.text import is_button_press
from nlu.text.normalisation import readable


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(Stateless):
    """Replaces the text of each message by its readable form; places of entities count in that form."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text and not is_button_press(text):
                message.set(TEXT, readable(text))
        return messages
