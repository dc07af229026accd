"""Rasa's own DIETClassifier, with the features ``rasa init`` gives it, on what bench.intents asks."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, List, Sequence, Tuple

import numpy as np
import yaml

if TYPE_CHECKING:
    from bench.intents import Split

EPOCHS = 20
NAME = f"Rasa's DIETClassifier, {EPOCHS} epochs, n-grams of words and characters"
CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "diet",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4,
         "max_features": 30000},
        {"name": "DIETClassifier", "epochs": EPOCHS, "entity_recognition": False, "constrain_similarities": True,
         "ranking_length": 0},
    ],
}  # fmt: skip


def learn(of: Split) -> Tuple[Sequence[str], np.ndarray]:
    """Trains in a place of its own. Raises RuntimeError when Rasa does not end in a model."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    labels = [str(label) for label in np.unique(of.labels)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "config.yml").write_text(yaml.safe_dump(CONFIG), encoding="utf-8")
        (folder / "nlu.yml").write_text(_examples(of, labels), encoding="utf-8")
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
        if model is None:
            raise RuntimeError("DIET was not trained")
        agent = Agent.load(model)
        return labels, np.array(asyncio.run(_asked(agent, of.asked, labels)))


async def _asked(agent, texts: Sequence[str], labels: Sequence[str]) -> List[List[float]]:
    rows = []
    for text in texts:
        found = await agent.parse_message(text.lstrip("/"))
        told = {entry["name"]: entry["confidence"] for entry in found["intent_ranking"]}
        rows.append([told.get(label, 0.0) for label in labels])
    return rows


def _examples(of: Split, labels: Sequence[str]) -> str:
    blocks = []
    for label in labels:
        lines = "".join(f"- {text}\n" for text, own in zip(of.texts, of.labels, strict=True) if own == label)
        blocks.append({"intent": label, "examples": lines})
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, width=10**6)
