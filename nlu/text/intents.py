"""The intent model: a linear classifier and the nearest examples, together, with probabilities that can be believed.

The two are mixed, and the margins turned into probabilities, by two numbers fitted on examples held out of training
(nlu/text/calibration.py). Knows nothing of Rasa: the danger
detector reads it when Rasa is away.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from nlu.text.calibration import held_out, softmax, surprise
from nlu.text.linear import LinearText, counts
from nlu.text.neighbours import Neighbours, unit
from nlu.text.normalisation import normalised

VIEWS = ("text", "skeleton", "consonants", "words")
DENSE_SCALE, STRENGTH = 1.5, 0.5
"""Chosen on held-out training examples (``python -m bench.intents``)."""
BALANCE, SHARPNESS = 0.25, 3.0
"""Before fitting, and where there are too few examples to fit."""


@dataclass
class IntentModel:
    """``balance``: how much the neighbours weigh, 0 to 1; ``sharpness``: what margins are multiplied with."""

    linear: LinearText
    neighbours: Neighbours
    centre: np.ndarray
    balance: float = BALANCE
    sharpness: float = SHARPNESS

    @property
    def labels(self) -> List[str]:
        return self.linear.labels

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], vectors: np.ndarray) -> IntentModel:
        """``texts`` as people wrote them, ``vectors`` (len(texts), 384) their sentence vectors. At least two labels."""
        matrices = counts([normalised(text) for text in texts], VIEWS)
        names = np.array(labels)
        places = held_out(names)
        if places is None:
            return cls._fitted(matrices, names, vectors)
        seen, unseen = places
        with ThreadPoolExecutor() as pool:  # the solver works outside Python's lock
            whole = pool.submit(cls._fitted, matrices, names, vectors)
            part = cls._fitted([matrix[seen] for matrix in matrices], names[seen], vectors[seen])
            model = whole.result()
        margins, shares = part._readings([matrix[unseen] for matrix in matrices], vectors[unseen])
        model.balance, model.sharpness = _calibrated(margins, shares, np.searchsorted(part.labels, names[unseen]))
        return model

    @classmethod
    def _fitted(cls, matrices: Sequence[csr_matrix], labels: np.ndarray, vectors: np.ndarray) -> IntentModel:
        centre = vectors.mean(axis=0)
        names = [str(label) for label in labels]
        linear = LinearText.fit(matrices, names, vectors - centre, dense_scale=DENSE_SCALE, strength=STRENGTH)
        return cls(linear, Neighbours.of(vectors - centre, names), centre)

    def _readings(self, matrices: Sequence[csr_matrix], vectors: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        centred = vectors - self.centre
        return self.linear.margins(matrices, centred), self.neighbours.shares(centred)

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Shape (len(texts), len(labels)); rows sum to one."""
        margins, shares = self._readings(counts([normalised(text) for text in texts], VIEWS), vectors)
        return _mixed(margins, shares, self.balance, self.sharpness)

    def ranking(self, text: str, vector: np.ndarray) -> List[Tuple[str, float]]:
        """(intent, probability), likeliest first; empty when the text has no letters or digits to go by."""
        if not any(character.isalnum() for character in text):
            return []
        probabilities = self.probabilities([text], vector[None, :])[0]
        return [(self.labels[i], float(probabilities[i])) for i in np.argsort(-probabilities)]

    def by_letters(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities without the meaning of the whole, from n-grams alone: fast, for parts of a message."""
        without = np.zeros((len(texts), len(self.centre)), np.float32)
        margins = self.linear.margins(counts([normalised(text) for text in texts], VIEWS), without)
        return softmax(margins * self.sharpness)

    def write(self, path: Path) -> None:
        arrays: Dict[str, np.ndarray] = {
            **self.linear.arrays(),
            "examples": self.neighbours.examples.astype(np.float16),
            "numbers": self.neighbours.numbers.astype(np.int16),
            "centre": self.centre,
            "mixture": np.array([self.balance, self.sharpness]),
        }
        np.savez_compressed(path, **arrays)

    @classmethod
    def read(cls, path: Path) -> IntentModel:
        """Raises FileNotFoundError, ValueError for a file that is none of ours."""
        with np.load(path, allow_pickle=False) as kept:
            linear = LinearText.of_arrays(kept)
            examples = unit(kept["examples"].astype(np.float32))
            neighbours = Neighbours(examples, kept["numbers"].astype(np.int32), linear.labels)
            balance, sharpness = (float(number) for number in kept["mixture"])
            return cls(linear, neighbours, kept["centre"], balance, sharpness)


def _mixed(margins: np.ndarray, shares: np.ndarray, balance: float, sharpness: float) -> np.ndarray:
    return (1 - balance) * softmax(margins * sharpness) + balance * shares


def _calibrated(margins: np.ndarray, shares: np.ndarray, wanted: np.ndarray) -> Tuple[float, float]:
    """The balance and sharpness that make what was meant likeliest."""

    def surprise_of(tried: np.ndarray) -> float:
        return surprise(_mixed(margins, shares, 1 / (1 + np.exp(-tried[0])), np.exp(tried[1])), wanted)

    start = [np.log(BALANCE / (1 - BALANCE)), np.log(SHARPNESS)]
    balance, sharpness = minimize(surprise_of, start, method="Nelder-Mead").x
    return float(1 / (1 + np.exp(-balance))), float(np.exp(sharpness))
