"""Scores as probabilities that can be believed: temperature scaling on examples held out of training.

Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
"""

from __future__ import annotations

from typing import Optional, Tuple

import numpy as np
from sklearn.model_selection import StratifiedKFold

ONE_IN = 5
"""So many examples give one to be held out."""


def softmax(scores: np.ndarray) -> np.ndarray:
    """Shape (texts, labels) in and out; rows sum to one."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def held_out(labels: np.ndarray) -> Optional[Tuple[np.ndarray, np.ndarray]]:
    """Places of the examples to learn from and of those to hold out, every label in both; None where a label has too
    few."""
    if np.unique(labels, return_counts=True)[1].min() < ONE_IN:
        return None
    return next(StratifiedKFold(ONE_IN, shuffle=True, random_state=0).split(labels, labels))


def surprise(probabilities: np.ndarray, wanted: np.ndarray) -> float:
    """Mean negative log likelihood of what was meant; ``wanted``: the column of each row."""
    likelihoods = probabilities[np.arange(len(wanted)), wanted]
    return float(-np.log(np.maximum(likelihoods, 1e-9)).mean())
