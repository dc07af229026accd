"""What the components ask about a message before they read it."""

from __future__ import annotations

from typing import List, Tuple

import numpy as np
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack

from nlu.text.intents import counted
from nlu.text.reading import Reading
from nlu.text.vectors import encode

PART_RANKINGS = "part_rankings"
"""Where a long message keeps what each of its parts is understood as."""
_READ, _COUNTS, _COUNTS_OF_PARTS = "read", "counts", "counts_of_parts"


def is_button_press(text: str) -> bool:
    """Payloads of our own buttons name their intent; there is nothing to understand in them."""
    return text.startswith(INTENT_MESSAGE_PREFIX)


def vector_of(message: Message) -> np.ndarray:
    """The sentence vector of a message, shape (384,). Raises ValueError where no featurizer has given it one."""
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise ValueError("a dense featurizer is needed before this component in config.yml")
    return np.asarray(sentence.features[0])


def read(message: Message) -> np.ndarray:
    """The vector of a message, (384,), and by the way those of its parts: the encoder takes two thirds of the time for
    all in one call, and the same sentence twice is read once."""
    reading = Reading.of(message.get(TEXT))
    vectors = encode(reading.texts)
    message.set(_READ, (reading, vectors[reading.places]))
    return np.asarray(vectors[0])


def parts_of_message(message: Message) -> Tuple[List[str], np.ndarray]:
    """The sentences and lines of a message, and their vectors, (parts, 384)."""
    reading, vectors = _reading(message)
    return reading.parts, vectors[: len(reading.parts)]


def pieces_of_message(message: Message) -> Tuple[List[str], np.ndarray]:
    """The same, and after them windows on its long sentences."""
    reading, vectors = _reading(message)
    return [*reading.parts, *reading.windows], vectors


def _reading(message: Message) -> Tuple[Reading, np.ndarray]:
    if message.get(_READ) is None:
        read(message)
    known: Tuple[Reading, np.ndarray] = message.get(_READ)
    return known


def counts_of_message(message: Message) -> List[csr_matrix]:
    """The n-grams of a message in each view, one row each; counted once, for all who ask."""
    known = message.get(_COUNTS)
    if known is None:
        known = counted([message.get(TEXT) or ""])
        message.set(_COUNTS, known)
    return known


def counts_of_parts(message: Message) -> List[csr_matrix]:
    """The same of its parts, a row each."""
    known = message.get(_COUNTS_OF_PARTS)
    if known is None:
        parts, _ = parts_of_message(message)
        known = counts_of_message(message) if parts == [message.get(TEXT)] else counted(parts)
        message.set(_COUNTS_OF_PARTS, known)
    return known


def counts_of_pieces(message: Message) -> List[csr_matrix]:
    """The same of its parts and windows."""
    reading, _ = _reading(message)
    of_parts = counts_of_parts(message)
    if not reading.windows:
        return of_parts
    return [vstack(both, format="csr") for both in zip(of_parts, counted(reading.windows), strict=True)]
