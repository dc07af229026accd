"""The intent model: a linear classifier on letters and meaning, and likeness to the examples, together.

Both give scores; what each is worth is fitted on examples held out of training, so that the product of the two experts
gives probabilities that can be believed (nlu/text/calibration.py). Knows nothing of Rasa: the danger detector reads it
when Rasa is away.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix

from nlu.text.calibration import held_out, softmax, surprise
from nlu.text.likeness import Likeness, numbered, unit
from nlu.text.linear import LinearText, counts, fits_at_once
from nlu.text.normalisation import normalised

VIEWS = ("text", "skeleton", "consonants", "words")
DENSE_SCALE, STRENGTH = 1.5, 0.5
"""Chosen on held-out training examples (``python -m bench.intents``)."""


Ranking = List[Tuple[str, float]]


def counted(texts: Sequence[str]) -> List[csr_matrix]:
    """The n-grams of texts as people wrote them, as this model and the one of offers read them."""
    return counts([normalised(text) for text in texts], VIEWS)


class Worth(NamedTuple):
    """What scores are multiplied with before they become probabilities: of the linear classifier and of likeness when
    they speak together, and of the linear classifier alone."""

    linear: float = 4.0
    likeness: float = 8.0
    alone: float = 6.0


BEFORE_FITTING = Worth()
"""Also where there are too few examples to fit."""


@dataclass
class IntentModel:
    """``centre``: the mean of the vectors it learnt from, (384,)."""

    linear: LinearText
    likeness: Likeness
    centre: np.ndarray
    worth: Worth = BEFORE_FITTING

    @property
    def labels(self) -> List[str]:
        return self.linear.labels

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], vectors: np.ndarray) -> IntentModel:
        """``texts`` as people wrote them, ``vectors`` (len(texts), 384) their sentence vectors. At least two labels."""
        matrices = counted(texts)
        names = np.array(labels)
        places = held_out(names)
        if places is None:
            return cls._fitted(matrices, names, vectors)
        seen, unseen = places
        with ThreadPoolExecutor(fits_at_once()) as pool:
            known = pool.submit(cls._fitted, [matrix[seen] for matrix in matrices], names[seen], vectors[seen])
            whole = pool.submit(cls._fitted, matrices, names, vectors)
            part, model = known.result(), whole.result()
        margins, likeness = part._readings([matrix[unseen] for matrix in matrices], vectors[unseen])
        model.worth = _worth(margins, likeness, numbered(names[unseen], part.labels))
        return model

    @classmethod
    def _fitted(cls, matrices: Sequence[csr_matrix], labels: np.ndarray, vectors: np.ndarray) -> IntentModel:
        centre = vectors.mean(axis=0)
        names = [str(label) for label in labels]
        linear = LinearText.fit(matrices, names, vectors - centre, dense_scale=DENSE_SCALE, strength=STRENGTH)
        likeness = Likeness.fit(vectors - centre, numbered(names, linear.labels), len(linear.labels))
        return cls(linear, likeness, centre)

    def _readings(self, matrices: Sequence[csr_matrix], vectors: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        centred = vectors - self.centre
        return self.linear.margins(matrices, centred), self.likeness.scores(centred)

    def probabilities(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Shape (len(texts), len(labels)); rows sum to one."""
        return self._probable(counted(texts), vectors)

    def _probable(self, matrices: Sequence[csr_matrix], vectors: np.ndarray) -> np.ndarray:
        margins, likeness = self._readings(matrices, vectors)
        return softmax(margins * self.worth.linear + likeness * self.worth.likeness)

    def ranking(self, text: str, vector: np.ndarray) -> Ranking:
        """(intent, probability), likeliest first; empty when the text has no letters or digits to go by."""
        return self.rankings([text], vector[None, :], counted([text]))[0]

    def rankings(self, texts: Sequence[str], vectors: np.ndarray, matrices: Sequence[csr_matrix]) -> List[Ranking]:
        """Of each text; ``matrices``: what ``counted`` gave of them."""
        return [
            [(self.labels[i], float(row[i])) for i in np.argsort(-row)] if any(map(str.isalnum, text)) else []
            for text, row in zip(texts, self._probable(matrices, vectors), strict=True)
        ]

    def by_letters(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities without the meaning of the whole, from n-grams alone: fast, for parts of a message."""
        without = np.zeros((len(texts), len(self.centre)), np.float32)
        margins = self.linear.margins(counted(texts), without)
        return softmax(margins * self.worth.alone)

    def write(self, path: Path) -> None:
        arrays: Dict[str, np.ndarray] = {
            **self.linear.arrays(),
            "landmarks": self.likeness.landmarks.astype(np.float16),
            "likeness": self.likeness.weights,
            "floor": self.likeness.floor,
            "centre": self.centre,
            "worth": np.array(self.worth),
        }
        np.savez_compressed(path, **arrays)

    @classmethod
    def read(cls, path: Path) -> IntentModel:
        """Raises FileNotFoundError, ValueError for a file that is none of ours."""
        with np.load(path, allow_pickle=False) as kept:
            linear = LinearText.of_arrays(kept)
            likeness = Likeness(unit(kept["landmarks"].astype(np.float32)), kept["likeness"], kept["floor"])
            return cls(linear, likeness, kept["centre"], Worth(*map(float, kept["worth"])))


def _worth(margins: np.ndarray, likeness: np.ndarray, wanted: np.ndarray) -> Worth:
    """What makes that which was meant likeliest."""

    def surprise_of(tried: np.ndarray) -> float:
        return surprise(softmax(margins * tried[0] + likeness * tried[1]), wanted)

    together = minimize(surprise_of, BEFORE_FITTING[:2], method="Nelder-Mead").x
    alone = minimize_scalar(
        lambda tried: surprise(softmax(margins * tried), wanted), bounds=(0.5, 30), method="bounded"
    )
    return Worth(float(together[0]), float(together[1]), float(alone.x))
