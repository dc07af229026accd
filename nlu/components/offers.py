"""Finds the signs of cheating in what people paste, forward or tell; the model itself is in nlu/offers."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.base import Learning
from nlu.components.text import counts_of_pieces, is_button_press, pieces_of_message
from nlu.offers.examples import load_examples
from nlu.offers.model import OfferModel
from nlu.text.normalisation import normalised
from nlu.text.vectors import encode

FILE = "offers.npz"
OFFER = "ask_offer_check"
UNSURE = frozenset({"nlu_fallback", "out_of_scope", "inform"})
WHOLE_OFFER, SIGNS_OF_AN_OFFER = 90, 2
"""So many characters and signs make an offer of a message that is understood as nothing else."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class OfferSigns(Learning):
    """Sets ``signs`` (``[{"sign", "quote"}]``) on each message; a message that nothing else was understood from, and
    that holds several, is asked about as an offer."""

    _model: Optional[OfferModel]

    @classmethod
    def read(cls, directory: Path) -> OfferModel:
        return OfferModel.read(directory / FILE)

    def train(self, training_data: TrainingData) -> Resource:
        examples = load_examples()
        parts = [*examples.sentences, *(part for text in examples.texts for part in text)]
        self._model = OfferModel.fit(examples, encode([normalised(part.text) for part in parts]))
        with self._storage.write_to(self._resource) as directory:
            self._model.write(Path(directory) / FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            signs = [] if self._model is None or is_button_press(text) else self._signs(message)
            message.set("signs", signs, add_to_output=True)
            ranking = message.get(INTENT_RANKING_KEY) or []
            intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
            chosen = next((entry for entry in ranking if entry[INTENT_NAME_KEY] == OFFER), None)
            is_an_offer = len(text) >= WHOLE_OFFER and len(signs) >= SIGNS_OF_AN_OFFER
            if intent in UNSURE and is_an_offer and chosen is not None:
                message.set(INTENT, chosen, add_to_output=True)
        return messages

    def _signs(self, message: Message) -> List[Dict[str, str]]:
        assert self._model is not None
        pieces, vectors = pieces_of_message(message)
        if not pieces:
            return []
        found = self._model.signs_in(vectors, counts_of_pieces(message))
        return [{"sign": sign.code, "quote": pieces[sign.part]} for sign in found]
