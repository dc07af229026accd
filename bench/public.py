"""``python -m bench.public --data DIR``: the shipped intent model, unchanged, on public sets.

* CLINC150 (Larson et al. 2019): in-scope accuracy and out-of-scope recall. A message counts as refused when its
  likeliest label is out of scope or it is in doubt by the shipped rule (nlu/text/doubt.py); refusing a message in scope
  counts as an error.
* BANKING77 (Casanueva et al. 2020), protocol of the Massive Text Embedding Benchmark: logistic regression on frozen
  vectors, 8 examples a label, mean of 10 drawings. Shows that the 4-bit encoder is faithful.
* SIB-200 (Adelani et al. 2024): topic of news sentences in each of our languages, standard split.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Iterator, List, Sequence, Tuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.sample import vectors
from nlu.text.doubt import OUT_OF_SCOPE, in_doubt
from nlu.text.intents import IntentModel

WHERE_FROM = {
    "clinc150": "github.com/clinc/oos-eval (data/data_full.json)",
    "banking77": "github.com/PolyAI-LDN/task-specific-datasets (banking_data)",
    "sib200": "github.com/dadelani/sib-200 (data/annotated)",
}
DRAWINGS, EXAMPLES_A_LABEL = 10, 8


def clinc(folder: Path) -> Iterator[str]:
    data = json.loads((folder / "data_full.json").read_text(encoding="utf-8"))
    train = [*data["train"], *data["oos_train"]]
    texts, labels = [text for text, _ in train], [label for _, label in train]
    model = IntentModel.fit(texts, labels, vectors(texts))
    inside, outside = [text for text, _ in data["test"]], [text for text, _ in data["oos_test"]]
    found = _understood(model, inside)
    accuracy = np.mean([got == label for got, (_, label) in zip(found, data["test"], strict=True)])
    recall = np.mean([got == OUT_OF_SCOPE for got in _understood(model, outside)])
    yield f"CLINC150: in-scope accuracy {accuracy:.1%}, out-of-scope recall {recall:.1%}"


def _understood(model: IntentModel, texts: Sequence[str]) -> List[str]:
    names = [OUT_OF_SCOPE if label == "oos" else label for label in model.labels]
    found = []
    for row in model.probabilities(texts, vectors(texts)):
        ranking = sorted(zip(names, map(float, row), strict=True), key=lambda pair: -pair[1])
        found.append(OUT_OF_SCOPE if in_doubt(ranking) else ranking[0][0])
    return found


def banking(folder: Path) -> Iterator[str]:
    train, test = _csv(folder / "train.csv"), _csv(folder / "test.csv")
    known, asked = vectors([text for text, _ in train]), vectors([text for text, _ in test])
    labels, wanted = np.array([label for _, label in train]), np.array([label for _, label in test])
    scores = []
    for drawing in range(DRAWINGS):
        rng = np.random.RandomState(drawing)
        order = rng.permutation(len(labels))
        chosen = np.concatenate([order[labels[order] == label][:EXAMPLES_A_LABEL] for label in np.unique(labels)])
        machine = LogisticRegression(max_iter=100).fit(known[chosen], labels[chosen])
        scores.append(float((machine.predict(asked) == wanted).mean()))
    yield f"BANKING77, 8 examples a label, bare encoder: {np.mean(scores):.1%} (published 70.6 %)"
    texts = [text for text, _ in train]
    model = IntentModel.fit(texts, list(labels), known)
    found = np.array(model.labels)[model.probabilities([text for text, _ in test], asked).argmax(axis=1)]
    yield f"BANKING77, whole training set, shipped model: {(found == wanted).mean():.1%}"


def sib(folder: Path) -> Iterator[str]:
    for language in sorted(path for path in folder.iterdir() if path.is_dir()):
        train, test = _tsv(language / "train.tsv"), _tsv(language / "test.tsv")
        texts = [text for text, _ in train]
        model = IntentModel.fit(texts, [label for _, label in train], vectors(texts))
        asked = [text for text, _ in test]
        found = np.array(model.labels)[model.probabilities(asked, vectors(asked)).argmax(axis=1)]
        right = np.mean([got == label for got, (_, label) in zip(found, test, strict=True)])
        yield f"SIB-200 {language.name}: {right:.1%}"


def _csv(path: Path) -> List[Tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def _tsv(path: Path) -> List[Tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["text"], row["category"]) for row in rows]


def main() -> int:
    parser = argparse.ArgumentParser(description="The shipped intent model on public sets.")
    parser.add_argument("--data", type=Path, required=True, help="folder with clinc150/, banking77/, sib200/")
    parser.add_argument("--only", choices=sorted(WHERE_FROM), help="one set")
    chosen = parser.parse_args()
    missing = False
    for name, measure in (("banking77", banking), ("clinc150", clinc), ("sib200", sib)):
        if chosen.only not in (None, name):
            continue
        if not (chosen.data / name).is_dir():
            print(f"{name}: not in {chosen.data}; download it from {WHERE_FROM[name]}", file=sys.stderr)
            missing = True
            continue
        for line in measure(chosen.data / name):
            print(line, flush=True)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
