"""A linear classifier on n-grams of several views of a text, and on sentence vectors beside them.

Support vector machines, one against the rest, train in seconds where logistic regression takes minutes on the same
features, at the same accuracy (docs/decisions/0006, bench/intents.py). Kept as plain arrays: a model file is data,
never code to be unpickled.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

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
ROOMY = 6e9
"""Bytes of memory from which two fits at once are safe: one of all examples takes some two gigabytes."""
FEW = 32
"""Texts up to which a product row by row is quicker than one of sparse matrices, which are long in the making."""


class Forms:
    """What the views see of a text; each made once."""

    def __init__(self, text: str) -> None:
        self.text = text[:MOST_CHARACTERS]

    @cached_property
    def skeleton(self) -> str:
        return skeleton(self.text)

    @cached_property
    def consonants(self) -> str:
        return consonants(self.skeleton)


class View(NamedTuple):
    """One way to look at a text: which of its ``Forms``, whether n-grams are of characters within words or of words."""

    form: str
    unit: str
    lengths: Tuple[int, int]


VIEWS: Dict[str, View] = {
    "text": View("text", "char_wb", (2, 5)),
    "skeleton": View("skeleton", "char_wb", (2, 5)),
    "consonants": View("consonants", "char_wb", (2, 4)),
    "words": View("skeleton", "word", (1, 2)),
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
    matrices, forms = [], [Forms(text) for text in texts]
    for name in views:
        matrix = _VECTORIZERS[name].transform([getattr(seen, VIEWS[name].form) for seen in forms])
        matrix.data = 1 + np.log(matrix.data)
        matrices.append(matrix)
    return matrices


def rarity(matrix: csr_matrix) -> np.ndarray:
    """The inverse document frequency of each bucket, shape (65536,): rare n-grams tell more."""
    documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return (np.log((1 + matrix.shape[0]) / (1 + documents)) + 1).astype(np.float32)


def fits_at_once() -> int:
    """How many threads may fit: the solvers work outside Python's lock, so two keep two cores busy. A small machine
    takes a minute more and is not killed for want of memory."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 2 if memory >= ROOMY else 1


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
        of_view = [self.weights[place * BUCKETS : (place + 1) * BUCKETS] for place in range(len(self.idf))]
        if matrices[0].shape[0] <= FEW:
            views = zip(matrices, self.idf, of_view, strict=True)
            return np.asarray(margins + sum(_row_by_row(matrix, idf, weights) for matrix, idf, weights in views))
        for block, weights in zip(self._blocks(matrices), of_view, strict=True):  # stacking them takes longer
            margins = margins + block @ weights
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


def _row_by_row(matrix: csr_matrix, idf: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The weighed rows, each of length one, times the weights of a view."""
    weighed, rows = matrix.data * idf[matrix.indices], matrix.indptr
    products = np.zeros((len(rows) - 1, weights.shape[1]), np.float32)
    for row, (first, last) in enumerate(pairwise(rows)):
        values = weighed[first:last]
        if len(values):
            products[row] = values @ weights[matrix.indices[first:last]] / np.sqrt(values @ values)
    return products


def _weighed(matrix: csr_matrix, weights: np.ndarray) -> csr_matrix:
    return csr_matrix((matrix.data * weights[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape)


def _one_column_a_label(machine: LinearSVC) -> Tuple[np.ndarray, np.ndarray]:
    weights, bias = machine.coef_.T.astype(np.float32), machine.intercept_.astype(np.float32)
    if len(machine.classes_) == 2:  # scikit-learn keeps one column for two classes
        return np.hstack([-weights, weights]), np.array([-bias[0], bias[0]], np.float32)
    return weights, bias
