"""``python -m bench.intents [--diet] [--every N]``: which classifier understands best, and where to refuse.

One in five training examples is held out (stratified, the same ones for every candidate), everything is learnt from the
others. No line of tests/quality takes part, so that what is chosen here can be judged there.
"""

from __future__ import annotations

import argparse
import time
from typing import Callable, List, NamedTuple, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize

from bench import diet
from bench.sample import examples, vectors
from nlu.text.calibration import softmax
from nlu.text.doubt import OUT_OF_SCOPE
from nlu.text.intents import DENSE_SCALE, VIEWS, IntentModel
from nlu.text.likeness import unit
from nlu.text.linear import counts, rarity
from nlu.text.normalisation import normalised

LEAST_CONFIDENCES, RIVALRIES = (0.0, 0.15, 0.2, 0.25, 0.3, 0.4), (1.0, 0.5, 0.35, 0.25, 0.15)
FALSE_ALARMS = 0.02
"""The share of calm messages that may be taken for danger."""


class Split(NamedTuple):
    """Texts and labels to learn from, and those held out; with sentence vectors."""

    texts: List[str]
    labels: np.ndarray
    vectors: np.ndarray
    asked: List[str]
    wanted: np.ndarray
    asked_vectors: np.ndarray


Candidate = Callable[[Split], Tuple[Sequence[str], np.ndarray]]
"""Learns, and gives labels and the probabilities of the held-out messages."""


def split(every: int = 1) -> Split:
    """Of each ``every``-th example; they stand by language and intent, so that all of these take part."""
    told = examples()[::every]
    texts, labels = [text for _, _, text in told], np.array([intent for _, intent, _ in told])
    known = vectors(texts)
    strata = [language + intent for language, intent, _ in told]
    seen, held_out = next(StratifiedKFold(5, shuffle=True, random_state=0).split(texts, strata))
    return Split(
        [texts[i] for i in seen], labels[seen], known[seen],
        [texts[i] for i in held_out], labels[held_out], known[held_out],
    )  # fmt: skip


def shipped(of: Split) -> Tuple[Sequence[str], np.ndarray]:
    model = IntentModel.fit(of.texts, list(of.labels), of.vectors)
    return model.labels, model.probabilities(of.asked, of.asked_vectors)


def linear_only(of: Split) -> Tuple[Sequence[str], np.ndarray]:
    model = IntentModel.fit(of.texts, list(of.labels), of.vectors)
    model.worth = model.worth._replace(linear=model.worth.alone, likeness=0.0)
    return model.labels, model.probabilities(of.asked, of.asked_vectors)


def likeness_only(of: Split) -> Tuple[Sequence[str], np.ndarray]:
    model = IntentModel.fit(of.texts, list(of.labels), of.vectors)
    model.worth = model.worth._replace(linear=0.0, likeness=model.worth.likeness * 2)
    return model.labels, model.probabilities(of.asked, of.asked_vectors)


def logistic_on_vectors(of: Split) -> Tuple[Sequence[str], np.ndarray]:
    machine = LogisticRegression(C=100, max_iter=300).fit(of.vectors, of.labels)
    return machine.classes_, machine.predict_proba(of.asked_vectors)


def logistic_on_both(of: Split) -> Tuple[Sequence[str], np.ndarray]:
    learnt, asked = _both(of)
    machine = LogisticRegression(C=20, solver="saga", max_iter=15, n_jobs=2).fit(learnt, of.labels)
    return machine.classes_, machine.predict_proba(asked)


def nearest_prototype(of: Split) -> Tuple[Sequence[str], np.ndarray]:
    """The mean vector of each intent; the nearest wins."""
    labels = np.unique(of.labels)
    centre = of.vectors.mean(axis=0)
    prototypes = unit(np.stack([(of.vectors[of.labels == label] - centre).mean(axis=0) for label in labels]))
    return labels, softmax(unit(of.asked_vectors - centre) @ prototypes.T * 10)


def _both(of: Split) -> Tuple[csr_matrix, csr_matrix]:
    learnt = counts([normalised(text) for text in of.texts], VIEWS)
    asked = counts([normalised(text) for text in of.asked], VIEWS)
    rare, centre = [rarity(matrix) for matrix in learnt], of.vectors.mean(axis=0)
    return tuple(  # type: ignore[return-value]
        hstack(
            [
                *(normalize(m.multiply(r).tocsr()) for m, r in zip(ms, rare, strict=True)),
                csr_matrix((v - centre) * DENSE_SCALE),
            ]
        ).tocsr()
        for ms, v in ((learnt, of.vectors), (asked, of.asked_vectors))
    )


CANDIDATES: Sequence[Tuple[str, Candidate]] = (
    ("shipped: SVM on e5 + n-grams times kernel ridge on e5", shipped),
    ("SVM on e5 + n-grams", linear_only),
    ("kernel ridge on e5", likeness_only),
    ("logistic regression on e5 + n-grams", logistic_on_both),
    ("logistic regression on e5", logistic_on_vectors),
    ("nearest prototype on e5", nearest_prototype),
)


def judge(name: str, labels: Sequence[str], probabilities: np.ndarray, wanted: np.ndarray, seconds: float) -> str:
    names = np.array(labels)
    order = np.argsort(-probabilities, axis=1)
    first = names[order[:, 0]]
    among = (names[order[:, :3]] == wanted[:, None]).any(axis=1)
    danger = probabilities[:, [label.startswith("danger_") for label in labels]].sum(axis=1)
    is_danger = np.char.startswith(wanted, "danger_")
    found = danger[is_danger] > np.quantile(danger[~is_danger], 1 - FALSE_ALARMS)
    return (
        f"| {name} | {(first == wanted).mean():.1%} | {among.mean():.1%} | {found.mean():.1%} "
        f"| {error_of_calibration(probabilities.max(axis=1), first == wanted):.1%} | {seconds:.0f} |"
    )


def error_of_calibration(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, over ten bins (Guo et al. 2017)."""
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[places == place].mean() - right[places == place].mean()) * (places == place).mean()
        for place in np.unique(places)
    ]
    return float(sum(gaps))


def bounds_of_doubt(labels: Sequence[str], probabilities: np.ndarray, wanted: np.ndarray) -> List[str]:
    """What each pair of bounds refuses: of messages out of scope, and of real questions."""
    names = np.array(labels)
    outside = wanted == OUT_OF_SCOPE
    real = np.char.startswith(wanted, "ask_") | np.char.startswith(wanted, "report_")
    highest, scope = probabilities.max(axis=1), probabilities[:, list(names).index(OUT_OF_SCOPE)]
    lines = [
        "| least confidence | rivalry of out of scope | out of scope refused | real questions refused |",
        "|---|---|---|---|",
    ]
    for least in LEAST_CONFIDENCES:
        for rivalry in RIVALRIES:
            refused = (scope >= rivalry * highest) | (highest < least)
            lines.append(f"| {least} | {rivalry} | {refused[outside].mean():.1%} | {refused[real].mean():.1%} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares intent classifiers on held-out training examples.")
    parser.add_argument("--diet", action="store_true", help="Rasa's DIETClassifier too; takes a long while")
    parser.add_argument("--every", type=int, default=1, help="only each Nth example: all of them take DIET an hour")
    chosen = parser.parse_args()
    of = split(chosen.every)
    print(f"{len(of.texts)} examples to learn from, {len(of.asked)} held out\n")
    print("| classifier | right | among three | danger found at 2 % false alarms | calibration error | seconds |")
    print("|---|---|---|---|---|---|", flush=True)
    candidates = [*CANDIDATES, (diet.NAME, diet.learn)] if chosen.diet else CANDIDATES
    after: List[str] = []
    for name, learn in candidates:
        begun = time.perf_counter()
        labels, probabilities = learn(of)
        print(judge(name, labels, probabilities, of.wanted, time.perf_counter() - begun), flush=True)
        if learn is shipped:
            after = bounds_of_doubt(labels, probabilities, of.wanted)
    print("\n" + "\n".join(after))


if __name__ == "__main__":
    main()
