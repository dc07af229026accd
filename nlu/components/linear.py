"""A linear classifier on character n-grams of several views of a text, and on sentence vectors beside them.

Support vector machines, one against the rest, train in seconds where logistic regression takes minutes on the same
features, at the same accuracy (bench/intents.py has the table). Their margins become probabilities by one temperature,
fitted on examples each model had not seen (Guo et al. 2017, "On Calibration of Modern Neural Networks").
Kept as plain arrays: a model file is data, never code to be unpickled.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from nlu.components.skeleton import consonants, skeleton

BUCKETS = 2**16
MOST_CHARACTERS = 600
"""Of one text; n-grams beyond that add time and no meaning."""
FOLDS = 3

VIEWS: Dict[str, Tuple[Callable[[str], str], Tuple[int, int]]] = {
    "text": (str, (2, 5)),
    "skeleton": (skeleton, (2, 5)),
    "consonants": (consonants, (2, 4)),
}
"""What is made of a text, and the lengths of its n-grams."""

_VECTORIZERS = {
    name: HashingVectorizer(
        analyzer="char_wb", ngram_range=lengths, n_features=BUCKETS, alternate_sign=False, norm=None, dtype=np.float32
    )
    for name, (_, lengths) in VIEWS.items()
}


def counts(texts: Sequence[str], views: Sequence[str]) -> List[csr_matrix]:
    """For each view the damped counts of hashed n-grams within words, shape (len(texts), 65536)."""
    matrices = []
    for view in views:
        seen_as, _ = VIEWS[view]
        matrix = _VECTORIZERS[view].transform([seen_as(text[:MOST_CHARACTERS]) for text in texts])
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
    65536). ``sharpness``: what margins are multiplied with before they become probabilities."""

    labels: List[str]
    views: Tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray
    idf: np.ndarray
    dense_scale: float = 1.0
    sharpness: float = 1.0

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        dense: Optional[np.ndarray] = None,
        *,
        views: Sequence[str] = ("text",),
        dense_scale: float = 1.0,
        strength: float = 0.5,
    ) -> LinearText:
        """``strength`` is the inverse of the regularisation (scikit-learn's C). At least two labels."""
        matrices = counts(texts, views)
        model = cls([], tuple(views), np.empty(0), np.empty(0), np.stack([rarity(m) for m in matrices]), dense_scale)
        features = model._features(matrices, dense)
        wanted = np.array(labels)
        machine = LinearSVC(C=strength).fit(features, wanted)
        model.labels = [str(label) for label in machine.classes_]
        model.weights, model.bias = _one_column_a_label(machine)
        model.sharpness = _fitted_sharpness(features, wanted, strength)
        return model

    @classmethod
    def always(cls, label: str) -> LinearText:
        """The model of a single label."""
        idf = np.ones((1, BUCKETS), np.float32)
        return cls([label], ("text",), np.zeros((BUCKETS, 1), np.float32), np.zeros(1, np.float32), idf)

    def probabilities(self, texts: Sequence[str], dense: Optional[np.ndarray] = None) -> np.ndarray:
        """Shape (len(texts), len(labels)); rows sum to one."""
        margins = self._features(counts(texts, self.views), dense) @ self.weights + self.bias
        return _softmax(np.asarray(margins) * self.sharpness)

    def _features(self, matrices: Sequence[csr_matrix], dense: Optional[np.ndarray]) -> csr_matrix:
        blocks = [normalize(matrix @ diags(idf)) for matrix, idf in zip(matrices, self.idf, strict=True)]
        if dense is not None:
            blocks.append(csr_matrix(dense * self.dense_scale))
        return hstack(blocks, format="csr", dtype=np.float32)

    def write(self, path: Path) -> None:
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            views=np.array(self.views),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            idf=self.idf.astype(np.float16),
            scales=np.array([self.dense_scale, self.sharpness]),
        )

    @classmethod
    def read(cls, path: Path) -> LinearText:
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                [str(label) for label in kept["labels"]],
                tuple(str(view) for view in kept["views"]),
                kept["weights"].astype(np.float32),
                kept["bias"],
                kept["idf"].astype(np.float32),
                float(kept["scales"][0]),
                float(kept["scales"][1]),
            )


def _one_column_a_label(machine: LinearSVC) -> Tuple[np.ndarray, np.ndarray]:
    weights, bias = machine.coef_.T.astype(np.float32), machine.intercept_.astype(np.float32)
    if len(machine.classes_) == 2:  # scikit-learn keeps one column for two classes
        return np.hstack([-weights, weights]), np.array([-bias[0], bias[0]], np.float32)
    return weights, bias


def _fitted_sharpness(features: csr_matrix, labels: np.ndarray, strength: float) -> float:
    """The factor that makes the probabilities of unseen examples likeliest; 1 where there are too few to tell."""
    names, numbers = np.unique(labels, return_inverse=True)
    if np.bincount(numbers).min() < FOLDS:
        return 1.0
    margins = np.zeros((len(labels), len(names)), np.float32)
    for train, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(labels, labels):
        weights, bias = _one_column_a_label(LinearSVC(C=strength).fit(features[train], labels[train]))
        margins[unseen] = features[unseen] @ weights + bias

    def surprise(log_factor: float) -> float:
        likelihoods = _softmax(margins * np.exp(log_factor))[np.arange(len(labels)), numbers]
        return float(-np.log(np.maximum(likelihoods, 1e-9)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-2, 4), method="bounded").x))


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
