"""Kernel ridge regression on sentence vectors: a label scores high where a message means what its examples mean.

Unlike a linear border, a score falls towards nought far from all examples, so a message about something else
altogether is seen to be about nothing we know. With all examples as landmarks it would take hours; some thousands of
them, drawn at random, do as well (the Nyström method: Williams and Seeger 2001; Rudi, Carratino and Rosasco 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from scipy.linalg import cho_factor, cho_solve

LANDMARKS = 5000
NARROWNESS, RIDGE = 2.0, 0.3
"""Chosen on held-out training examples (``python -m bench.intents``)."""
ROUNDING = 0.05
"""Added to the diagonal: products of single precision are not exactly symmetric and positive."""
AT_ONCE = 4096
"""Examples held against the landmarks at a time: all of them together would take some gigabytes."""


@dataclass
class Likeness:
    """``landmarks``: unit vectors (n, dimensions); ``weights``: (n, labels); ``floor``: (labels,), its share."""

    landmarks: np.ndarray
    weights: np.ndarray
    floor: np.ndarray

    @classmethod
    def fit(cls, vectors: np.ndarray, numbers: np.ndarray, labels: int) -> Likeness:
        """``vectors``: (n, dimensions), centred, any length; ``numbers``: (n,), which of ``labels`` each one has."""
        known = unit(vectors)
        drawn = np.random.default_rng(0).choice(len(known), min(LANDMARKS, len(known)), replace=False)
        landmarks = known[np.sort(drawn)]
        wanted = np.eye(labels, dtype=np.float32)[numbers]
        floor = wanted.mean(axis=0)
        system = (RIDGE * _kernel(landmarks, landmarks)).astype(np.float64)
        answers = np.zeros((len(landmarks), labels))
        for start in range(0, len(known), AT_ONCE):
            near = _kernel(known[start : start + AT_ONCE], landmarks)
            system += near.T @ near
            answers += near.T @ (wanted[start : start + AT_ONCE] - floor)
        system[np.diag_indices_from(system)] += ROUNDING
        factor = cho_factor(system, overwrite_a=True, check_finite=False)
        weights = cho_solve(factor, answers, check_finite=False)
        return cls(landmarks, weights.astype(np.float32), floor)

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """About one where the label's examples lie and nought elsewhere, shape (len(vectors), labels)."""
        return np.asarray(_kernel(unit(vectors), self.landmarks) @ self.weights + self.floor)


def numbered(labels: Sequence[str], names: Sequence[str]) -> np.ndarray:
    """The place of each label among the sorted ``names``."""
    return np.searchsorted(np.asarray(names), np.asarray(labels))


def unit(vectors: np.ndarray) -> np.ndarray:
    """The same directions, each of length one; a vector of nought stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)


def _kernel(these: np.ndarray, those: np.ndarray) -> np.ndarray:
    return np.exp(NARROWNESS * (these @ those.T - 1), dtype=np.float32)
