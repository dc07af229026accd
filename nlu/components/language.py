"""Which language a message is written in, in Rasa's pipeline; the model itself is in nlu/text/languages.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.base import Learning
from nlu.components.text import is_button_press
from nlu.text.languages import LanguageModel, OfOneScript, other_languages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageIdentifier(Learning):
    """Sets ``language`` (``{"code", "confidence", "script", "foreign"}``) on each message; code None when unknown."""

    _model: Optional[LanguageModel]

    @classmethod
    def read(cls, directory: Path) -> LanguageModel:
        by_script = {}
        for script in json.loads((directory / "scripts.json").read_text(encoding="utf-8")):
            with np.load(directory / f"{script}.npz", allow_pickle=False) as kept:
                by_script[script] = OfOneScript.of_arrays(kept)
        return LanguageModel(by_script)

    def train(self, training_data: TrainingData) -> Resource:
        marked = [(message.get(TEXT), example_language(message)) for message in training_data.training_examples]
        ours = [(text, language) for text, language in marked if text and language]
        self._model = learnt = LanguageModel.fit([*ours, *other_languages()])
        with self._storage.write_to(self._resource) as directory:
            (directory / "scripts.json").write_text(json.dumps(sorted(learnt.by_script)), encoding="utf-8")
            for script, model in learnt.by_script.items():
                np.savez_compressed(directory / f"{script}.npz", **model.arrays())
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set("language", self.identify(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def identify(self, text: str) -> Dict[str, Any]:
        model = self._model or LanguageModel({})  # untrained, the script alone tells
        guess = model.guess("" if is_button_press(text) else text)
        return {**guess._asdict(), "confidence": round(guess.confidence, 4)}


def example_language(message: Message) -> Optional[str]:
    """The language a training example is marked with in its block's metadata."""
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
