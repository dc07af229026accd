"""The encoder: multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672), computed by CTranslate2 in 8 bits."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import List, Sequence

import ctranslate2
import numpy as np

from knowledge.encoder.conversion import converted
from knowledge.encoder.pieces import Pieces
from knowledge.encoder.weights import Weights

DIMENSIONS = 384
BATCH = 32
"""Texts computed together; those of like length, since the shorter are filled up to the longest."""
WORKERS = min(4, os.cpu_count() or 1)
"""Batches computed at the same time, each on one core."""


class Encoder:
    """Texts as unit vectors, shape (len(texts), 384), float32: the mean of the vectors of their pieces."""

    def __init__(self, folder: Path, pieces: Pieces) -> None:
        self._pieces = pieces
        self._model = ctranslate2.Encoder(
            str(folder), device="cpu", compute_type="int8", inter_threads=WORKERS, intra_threads=1
        )

    def of_questions(self, texts: Sequence[str]) -> np.ndarray:
        return self._encoded([f"query: {text}" for text in texts])

    def of_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encoded([f"passage: {text}" for text in texts])

    def _encoded(self, texts: Sequence[str]) -> np.ndarray:
        numbers = [self._pieces.numbers_of(text) for text in texts]
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(numbers[place]))
        batches = [order[first : first + BATCH] for first in range(0, len(order), BATCH)]

        def compute(batch: Sequence[int]) -> None:
            vectors[batch] = self._computed([numbers[place] for place in batch])

        if len(batches) == 1:
            compute(batches[0])
        else:
            with ThreadPoolExecutor(WORKERS) as pool:  # it computes outside Python's lock
                list(pool.map(compute, batches))
        return vectors

    def _computed(self, batch: List[List[int]]) -> np.ndarray:
        """(len(batch), 384); each is divided by its length in the end, so that sum and mean are the same."""
        states = np.array(self._model.forward_batch(batch).last_hidden_state, copy=False)
        sums = np.stack([states[place, : len(numbers)].sum(axis=0) for place, numbers in enumerate(batch)])
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float32)


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The one encoder of this process, loaded at the first call (half a second). Raises OSError."""
    weights = Weights.read()
    return Encoder(converted(weights), Pieces(weights))
