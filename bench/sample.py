"""The training examples, for what is measured with them."""

from __future__ import annotations

from pathlib import Path
from typing import List, NamedTuple, Sequence

import numpy as np
import yaml

from nlu.text.normalisation import normalised
from nlu.text.vectors import encode

EXAMPLES = Path(__file__).resolve().parents[1] / "nlu" / "examples"
AT_ONCE = 256


class Example(NamedTuple):
    language: str
    intent: str
    text: str


def examples() -> List[Example]:
    """Every training example, by language."""
    return [
        Example(path.stem, block["intent"], line.removeprefix("- ").strip())
        for path in sorted(EXAMPLES.glob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]


def messages(count: int) -> List[str]:
    """``count`` messages spread evenly over all examples, so that all intents and languages take part."""
    lines = [example.text for example in examples()]
    step = max(1, len(lines) // count)
    return lines[::step][:count]


def vectors(texts: Sequence[str]) -> np.ndarray:
    """Sentence vectors of the texts as the pipeline reads them, shape (len(texts), 384)."""
    batches = [texts[first : first + AT_ONCE] for first in range(0, len(texts), AT_ONCE)]
    return np.concatenate([encode([normalised(text) for text in batch]) for batch in batches])
