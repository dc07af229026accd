"""Sentence vectors of multilingual-e5-small: meaning across languages."""

from __future__ import annotations

from typing import Dict, Sequence, Tuple

import numpy as np
from threadpoolctl import threadpool_limits

from knowledge.encoder import DIMENSIONS, encoder

__all__ = ["DIMENSIONS", "encode", "encode_beforehand", "one_message_at_a_time"]


_beforehand: Dict[Tuple[str, ...], np.ndarray] = {}
MOST_BEFOREHAND = 64
"""Messages; whoever encodes beforehand asks a moment later, and what is never asked for makes room."""


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors of the texts, shape (len(texts), 384), float32. The encoder's "query: " prefix is used for all."""
    ready = _beforehand.pop(tuple(texts), None) if _beforehand else None
    return encoder().of_questions(texts) if ready is None else ready


def encode_beforehand(texts: Sequence[str]) -> None:
    """The next ``encode`` of the same texts takes no time. May be called in any thread."""
    vectors = encoder().of_questions(texts)
    while len(_beforehand) >= MOST_BEFOREHAND:
        _beforehand.pop(next(iter(_beforehand)), None)
    _beforehand[tuple(texts)] = vectors


def one_message_at_a_time() -> None:
    """Products of matrices on one thread from now on: those of one message are too small for two. Training keeps all
    of them."""
    threadpool_limits(limits=1, user_api="blas")
