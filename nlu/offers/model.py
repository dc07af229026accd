"""The model of signs: which part of a text holds which sign, and whether the text as a whole reads like cheating.

A part is judged by one linear classifier a sign, on letters and meaning (nlu/text/linear.py). Honest adverts use the
words of dishonest ones, so a part alone is flagged far too often; a second classifier therefore looks at the whole text
first: the mean of its meanings, its strongest margins, and how suspicious its parts are. Only in a text that it finds
suspicious are signs told. It learns from margins of texts that the first classifiers had not seen (stacking:
D. Wolpert, Neural Networks 5, 1992), because margins of what was learnt are too good.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from nlu.offers.examples import SIGNS, Examples
from nlu.text.intents import counted
from nlu.text.linear import TOLERANCE, LinearText, fits_at_once

DENSE_SCALE, STRENGTH = 1.5, 0.5
"""As the intent model's (nlu/text/intents.py)."""
WEIGHT_OF_A_SIGN = 2.0
"""Against a harmless part: most parts are harmless, and a sign that is missed costs more."""
FOLDS = 4
STRONGEST = 4
"""How many margins of a text its judge looks at."""
SUSPICIOUS, STANDS = 1.5, -0.45
BRIEF, SUSPICIOUS_IN_BRIEF = 3, -1.0
"""From which judgement a text counts as suspicious, and from which margin a sign stands in a part of it. Chosen on the
texts of tests/quality/offers/chosen_on (``python -m bench.offers``), which nothing is learnt from. Of fewer parts than
``BRIEF``, what somebody tells in a sentence or two, there is less to judge by, and less doubt what it is about."""


class Sign(NamedTuple):
    """One sign in a text: its code, and the part it stands in most clearly."""

    code: str
    part: int
    margin: float


@dataclass
class OfferModel:
    """``parts``: the classifiers of signs. ``harm``: (384 + 1,) weights and bias of how suspicious a meaning is;
    ``judge``: weights and bias over the features of ``_whole``; ``centre``: the mean of the vectors learnt from."""

    parts: LinearText
    centre: np.ndarray
    harm: np.ndarray
    judge: np.ndarray

    @classmethod
    def fit(cls, examples: Examples, vectors: np.ndarray) -> OfferModel:
        """``vectors``: of the sentences, then of the parts of the texts, shape (…, 384)."""
        everything = [*examples.sentences, *(part for text in examples.texts for part in text)]
        matrices = counted([part.text for part in everything])
        holds = np.array([[sign in part.signs for sign in SIGNS] for part in everything])
        alone = len(examples.sentences)
        centre = vectors.mean(axis=0)
        centred = vectors - centre
        harm = _logistic(centred[:alone] * 3, holds[:alone].any(axis=1), 10.0)
        owner = np.array([place for place, text in enumerate(examples.texts) for _ in text])

        def fitted(places: np.ndarray) -> LinearText:
            return _classifiers([matrix[places] for matrix in matrices], holds[places], centred[places])

        folds = [np.flatnonzero(owner % FOLDS == fold) for fold in range(FOLDS)]
        rest = [np.r_[:alone, alone + np.flatnonzero(owner % FOLDS != fold)] for fold in range(FOLDS)]
        with ThreadPoolExecutor(fits_at_once()) as pool:
            whole, *others = pool.map(fitted, [np.arange(len(everything)), *rest])
        margins = np.empty((len(owner), len(SIGNS)))
        for places, model in zip(folds, others, strict=True):
            at = alone + places
            margins[places] = model.margins([matrix[at] for matrix in matrices], centred[at])
        found = cls(whole, centre, harm, np.empty(0))
        texts = [np.flatnonzero(owner == place) for place in range(len(examples.texts))]
        features = np.stack([found._whole(margins[text], centred[alone + text]) for text in texts])
        found.judge = _logistic(features, [bool(holds[alone + text].any()) for text in texts], 0.1)
        return found

    def signs_in(self, vectors: np.ndarray, matrices: Sequence[csr_matrix]) -> List[Sign]:
        """The signs of a text in the order of ``SIGNS``; none where it does not read like cheating. ``vectors`` of its
        parts, (parts, 384), and ``matrices``, what ``counted`` gave of them."""
        centred = vectors - self.centre
        margins = self.parts.margins(matrices, centred)
        bound = SUSPICIOUS_IN_BRIEF if len(margins) < BRIEF else SUSPICIOUS
        if _applied(self.judge, self._whole(margins, centred)) <= bound:
            return []
        strongest = margins.argmax(axis=0)
        found = [Sign(code, int(strongest[at]), float(margins[strongest[at], at])) for at, code in enumerate(SIGNS)]
        return [sign for sign in found if sign.margin > STANDS]

    def _whole(self, margins: np.ndarray, centred: np.ndarray) -> np.ndarray:
        """What the judge sees of a text: ``margins`` (parts, signs) and ``centred`` vectors (parts, 384)."""
        mean = centred.mean(axis=0)
        of_signs = np.sort(margins.max(axis=0))[::-1]
        harm = _applied(self.harm, centred * 3)
        return np.concatenate(
            [
                mean * 3,
                of_signs[:STRONGEST] * 2,
                [(of_signs > 0).sum(), np.log(len(margins)), _applied(self.harm, mean * 3)],
                [harm.max(), harm.mean(), harm.min()],
            ]
        )

    def write(self, path: Path) -> None:
        arrays: Dict[str, np.ndarray] = self.parts.arrays()
        np.savez_compressed(path, **arrays, centre=self.centre, harm=self.harm, judge=self.judge)

    @classmethod
    def read(cls, path: Path) -> OfferModel:
        """Raises FileNotFoundError, ValueError for a file that is none of ours."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(LinearText.of_arrays(kept), kept["centre"], kept["harm"], kept["judge"])


def _classifiers(matrices: Sequence[csr_matrix], holds: np.ndarray, centred: np.ndarray) -> LinearText:
    """One machine a sign, over the same features."""
    model = LinearText.unfitted(matrices, DENSE_SCALE)
    features = model.features(matrices, centred)
    machine = LinearSVC(C=STRENGTH, class_weight={0: 1.0, 1: WEIGHT_OF_A_SIGN}, tol=TOLERANCE)
    columns = []
    for at in range(holds.shape[1]):
        machine.fit(features, holds[:, at])
        columns.append((machine.coef_[0].astype(np.float32), float(machine.intercept_[0])))
    model.labels = list(SIGNS)
    model.weights = np.stack([weights for weights, _ in columns], axis=1)
    model.bias = np.array([bias for _, bias in columns], np.float32)
    return model


def _logistic(features: np.ndarray, wanted: Sequence[bool], strength: float) -> np.ndarray:
    machine = LogisticRegression(C=strength, max_iter=3000).fit(features, wanted)
    return np.append(machine.coef_[0], machine.intercept_[0])


def _applied(weights: np.ndarray, features: np.ndarray) -> np.ndarray:
    return np.asarray(features @ weights[:-1] + weights[-1])
