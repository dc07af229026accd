"""Which language a message is written in: by its script where that decides, else by its letters' company."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Dict, List, Optional

import numpy as np
import regex
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.linear import LinearText
from nlu.components.text import is_button_press, normalised

SCRIPTS = {
    "Latn": r"\p{Latin}", "Deva": r"\p{Devanagari}", "Beng": r"\p{Bengali}", "Arab": r"\p{Arabic}",
    "Sinh": r"\p{Sinhala}", "Taml": r"\p{Tamil}", "Thai": r"\p{Thai}", "Mymr": r"\p{Myanmar}",
    "Khmr": r"\p{Khmer}", "Laoo": r"\p{Lao}",
}  # fmt: skip
LANGUAGE_OF_SCRIPT = {
    "Beng": "bn", "Arab": "ur", "Sinh": "si", "Taml": "ta", "Thai": "th", "Mymr": "my", "Khmr": "km", "Laoo": "lo",
}  # fmt: skip
"""Scripts that only one of our languages is written in."""

_LETTERS = {script: regex.compile(pattern) for script, pattern in SCRIPTS.items()}


def script_of(text: str) -> Optional[str]:
    """ISO 15924 code of the script most letters are in; None when there are no letters we know."""
    counts = Counter({script: len(letter.findall(text)) for script, letter in _LETTERS.items()})
    script, letters = counts.most_common(1)[0]
    return script if letters else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets ``language`` (``{"code", "confidence", "script"}``, code None when unknown) on each message."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, by_script: Dict[str, LinearText]) -> None:
        self._storage, self._resource = model_storage, resource
        self._by_script = by_script

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        return cls(model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        with model_storage.read_from(resource) as directory:
            scripts = json.loads((directory / "scripts.json").read_text(encoding="utf-8"))
            models = {script: LinearText.read(directory / f"{script}.npz") for script in scripts}
        return cls(model_storage, resource, models)

    def train(self, training_data: TrainingData) -> Resource:
        texts: Dict[str, List[str]] = {}
        labels: Dict[str, List[str]] = {}
        for message in training_data.training_examples:
            language = example_language(message)
            text = normalised(message.get(TEXT) or "")
            script = script_of(text)
            if language and script and script not in LANGUAGE_OF_SCRIPT:
                texts.setdefault(script, []).append(text)
                labels.setdefault(script, []).append(language)
        self._by_script = {script: _told_apart(texts[script], labels[script]) for script in texts}
        with self._storage.write_to(self._resource) as directory:
            (directory / "scripts.json").write_text(json.dumps(sorted(self._by_script)), encoding="utf-8")
            for script, model in self._by_script.items():
                model.write(directory / f"{script}.npz")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set("language", self.identify(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def identify(self, text: str) -> Dict[str, Any]:
        text = "" if is_button_press(text) else normalised(text)
        script = script_of(text)
        if script in LANGUAGE_OF_SCRIPT:
            return {"code": LANGUAGE_OF_SCRIPT[script], "confidence": 1.0, "script": script}
        model = self._by_script.get(script or "")
        if model is None:
            return {"code": None, "confidence": 0.0, "script": script}
        probabilities = model.probabilities([text])[0]
        best = int(np.argmax(probabilities))
        return {"code": model.labels[best], "confidence": round(float(probabilities[best]), 4), "script": script}


def _told_apart(texts: List[str], languages: List[str]) -> LinearText:
    """A model of the languages of one script; of a single one, a model that always names it."""
    only = set(languages)
    return LinearText.fit(texts, languages) if len(only) > 1 else LinearText.always(only.pop())


def example_language(message: Message) -> Optional[str]:
    """The language a training example is marked with in its block's metadata."""
    metadata = message.get("metadata") or {}
    return (metadata.get("intent") or {}).get("language")
