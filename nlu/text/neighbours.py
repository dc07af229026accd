"""The nearest examples by meaning: what a linear border through the vectors cannot tell, its neighbours often can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

NEAREST = 30
SOFTNESS = 0.1
"""By how much the cosine must fall for a neighbour to count e times less."""
AT_ONCE = 512


@dataclass
class Neighbours:
    """``examples``: unit vectors (n, dimensions); ``numbers``: (n,), which label each example has."""

    examples: np.ndarray
    numbers: np.ndarray
    labels: Sequence[str]

    @classmethod
    def of(cls, vectors: np.ndarray, labels: Sequence[str]) -> Neighbours:
        """``vectors``: (n, dimensions), centred; any length."""
        names, numbers = np.unique(np.array(labels), return_inverse=True)
        return cls(unit(vectors), numbers.astype(np.int32), [str(name) for name in names])

    def shares(self, vectors: np.ndarray) -> np.ndarray:
        """The weighted votes of the nearest examples, shape (len(vectors), labels); rows sum to one."""
        nearest = min(NEAREST, len(self.examples))
        votes = np.zeros((len(vectors), len(self.labels)), np.float32)
        for first in range(0, len(vectors), AT_ONCE):
            closeness = unit(vectors[first : first + AT_ONCE]) @ self.examples.T
            chosen = np.argpartition(-closeness, nearest - 1, axis=1)[:, :nearest]
            heights = np.take_along_axis(closeness, chosen, axis=1)
            weights = np.exp((heights - heights.max(axis=1, keepdims=True)) / SOFTNESS)
            rows = np.arange(first, first + len(closeness))[:, None]
            np.add.at(votes, (rows, self.numbers[chosen]), weights / weights.sum(axis=1, keepdims=True))
        return votes


def unit(vectors: np.ndarray) -> np.ndarray:
    """The same directions, each of length one; a vector of nought stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)
