"""Sentence vectors of multilingual-e5-small: meaning across languages."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from knowledge.encoder import DIMENSIONS, encoder

__all__ = ["DIMENSIONS", "encode", "one_message_at_a_time"]


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors of the texts, shape (len(texts), 384), float32. The encoder's "query: " prefix is used for all."""
    return encoder().of_questions(texts)


def one_message_at_a_time() -> None:
    """Products of matrices on one thread from now on: those of one message are too small for two. Training keeps all
    of them."""
    threadpool_limits(limits=1, user_api="blas")
