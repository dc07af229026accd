"""A linear classifier on n-grams of several views of a text, and on sentence vectors beside them.

Support vector machines, one against the rest, train in seconds where logistic regression takes minutes on the same
features, at the same accuracy (docs/decisions/0006, bench/intents.py). Kept as plain arrays: a model file is data,
never code to be unpickled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from nlu.text.skeleton import consonants, skeleton

BUCKETS = 2**16
TOLERANCE = 0.01
"""Where the solver stops: margins differ by 0.002 from those of a hundredth of it, in three quarters of the time."""
MOST_CHARACTERS = 600
"""Of one text; n-grams beyond that add time and no meaning."""


class View(NamedTuple):
    """One way to look at a text: what is made of it, whether n-grams are of characters within words or of words."""

    seen_as: Callable[[str], str]
    unit: str
    lengths: Tuple[int, int]


VIEWS: Dict[str, View] = {
    "text": View(str, "char_wb", (2, 5)),
    "skeleton": View(skeleton, "char_wb", (2, 5)),
    "consonants": View(consonants, "char_wb", (2, 4)),
    "words": View(skeleton, "word", (1, 2)),
}

_VECTORIZERS = {
    name: HashingVectorizer(
        analyzer=view.unit,
        ngram_range=view.lengths,
        token_pattern=r"\S+",
        n_features=BUCKETS,
        alternate_sign=False,
        norm=None,
        dtype=np.float32,
    )
    for name, view in VIEWS.items()
}


def counts(texts: Sequence[str], views: Sequence[str]) -> List[csr_matrix]:
    """For each view the damped counts of hashed n-grams, shape (len(texts), 65536)."""
    matrices = []
    for name in views:
        matrix = _VECTORIZERS[name].transform([VIEWS[name].seen_as(text[:MOST_CHARACTERS]) for text in texts])
        matrix.data = 1 + np.log(matrix.data)
        matrices.append(matrix)
    return matrices


def rarity(matrix: csr_matrix) -> np.ndarray:
    """The inverse document frequency of each bucket, shape (65536,): rare n-grams tell more."""
    documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return (np.log((1 + matrix.shape[0]) / (1 + documents)) + 1).astype(np.float32)


@dataclass
class LinearText:
    """``weights``: (features, labels), first the n-grams of each view, then the dense dimensions. ``idf``: (views,
    65536)."""

    labels: List[str]
    weights: np.ndarray
    bias: np.ndarray
    idf: np.ndarray
    dense_scale: float = 1.0

    @classmethod
    def fit(
        cls,
        matrices: Sequence[csr_matrix],
        labels: Sequence[str],
        dense: Optional[np.ndarray] = None,
        *,
        dense_scale: float = 1.0,
        strength: float = 0.5,
    ) -> LinearText:
        """``matrices``: what ``counts`` gave. ``strength`` is the inverse of the regularisation (scikit-learn's C).
        Raises ValueError for fewer than two labels."""
        model = cls.unfitted(matrices, dense_scale)
        machine = LinearSVC(C=strength, tol=TOLERANCE).fit(model.features(matrices, dense), np.array(labels))
        model.labels = [str(label) for label in machine.classes_]
        model.weights, model.bias = _one_column_a_label(machine)
        return model

    @classmethod
    def unfitted(cls, matrices: Sequence[csr_matrix], dense_scale: float) -> LinearText:
        """Knows how rare n-grams are, and nothing else yet."""
        return cls([], np.empty(0), np.empty(0), np.stack([rarity(matrix) for matrix in matrices]), dense_scale)

    def margins(self, matrices: Sequence[csr_matrix], dense: Optional[np.ndarray] = None) -> np.ndarray:
        """How far on the side of each label the texts stand, shape (texts, labels)."""
        margins = self.bias + (0 if dense is None else dense @ (self.weights[-dense.shape[1] :] * self.dense_scale))
        for place, block in enumerate(self._blocks(matrices)):  # one after the other: stacking them takes longer
            margins = margins + block @ self.weights[place * BUCKETS : (place + 1) * BUCKETS]
        return np.asarray(margins)

    def _blocks(self, matrices: Sequence[csr_matrix]) -> List[csr_matrix]:
        return [normalize(_weighed(matrix, idf), copy=False) for matrix, idf in zip(matrices, self.idf, strict=True)]

    def features(self, matrices: Sequence[csr_matrix], dense: Optional[np.ndarray]) -> csr_matrix:
        """What the classifier is fitted on, shape (texts, features)."""
        blocks = self._blocks(matrices)
        if dense is not None:
            blocks.append(csr_matrix(dense * self.dense_scale))
        return hstack(blocks, format="csr", dtype=np.float32)

    def arrays(self) -> Dict[str, Any]:
        """What to keep on disk; half precision costs nothing in accuracy."""
        return {
            "labels": np.array(self.labels),
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
            "idf": self.idf.astype(np.float16),
            "dense_scale": np.array(self.dense_scale),
        }

    @classmethod
    def of_arrays(cls, kept: Mapping[str, Any]) -> LinearText:
        return cls(
            [str(label) for label in kept["labels"]],
            kept["weights"].astype(np.float32),
            kept["bias"],
            kept["idf"].astype(np.float32),
            float(kept["dense_scale"]),
        )


def _weighed(matrix: csr_matrix, weights: np.ndarray) -> csr_matrix:
    return csr_matrix((matrix.data * weights[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape)


def _one_column_a_label(machine: LinearSVC) -> Tuple[np.ndarray, np.ndarray]:
    weights, bias = machine.coef_.T.astype(np.float32), machine.intercept_.astype(np.float32)
    if len(machine.classes_) == 2:  # scikit-learn keeps one column for two classes
        return np.hstack([-weights, weights]), np.array([-bias[0], bias[0]], np.float32)
    return weights, bias
