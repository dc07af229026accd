"""What the components ask about a message before they read it."""

from __future__ import annotations

import numpy as np
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message


def is_button_press(text: str) -> bool:
    """Payloads of our own buttons name their intent; there is nothing to understand in them."""
    return text.startswith(INTENT_MESSAGE_PREFIX)


def vector_of(message: Message) -> np.ndarray:
    """The sentence vector of a message, shape (384,). Raises ValueError where no featurizer has given it one."""
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise ValueError("a dense featurizer is needed before this component in config.yml")
    return np.asarray(sentence.features[0])
