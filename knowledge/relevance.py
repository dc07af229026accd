"""How near a fact is to what somebody asked: vectors of multilingual-e5-small, question against English summary.

The encoder works across languages, so a Nepali question finds the English fact. It orders facts that are equally close
to the person; it never decides which facts apply.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterable, Tuple

import numpy as np

from knowledge.encoder import encoder
from knowledge.schema import Fact

KEPT = Path(__file__).resolve().parents[1] / "models" / "facts.npz"
"""Vectors made at training, so that no first question of a country waits for them."""


def pack(vector: np.ndarray) -> str:
    """A vector as text that travels in a message: base64 of 16-bit floats, about 1 kB."""
    return base64.b64encode(np.asarray(vector, dtype=np.float16).tobytes()).decode("ascii")


def unpack(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype=np.float16).astype(np.float32)


class FactVectors:
    """Unit vectors of the summaries, shape (384,), by fact; one whose summary has changed is made anew."""

    def __init__(self, kept: Path = KEPT) -> None:
        self._vectors: Dict[str, np.ndarray] = {}
        if kept.exists():
            with np.load(kept, allow_pickle=False) as stored:
                self._vectors = dict(
                    zip(map(str, stored["digests"]), stored["vectors"].astype(np.float32), strict=True)
                )

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> FactVectors:
        return cls()

    def of(self, fact: Fact) -> np.ndarray:
        digest = _digest(fact)
        if digest not in self._vectors:
            self._vectors[digest] = encoder().of_passages([fact.summary])[0]
        return self._vectors[digest]

    def nearness(self, fact: Fact, question: np.ndarray) -> float:
        """Cosine of question and summary; in practice between 0.7 and 0.95."""
        return float(self.of(fact) @ question)

    def write(self, facts: Iterable[Fact], path: Path = KEPT) -> None:
        rows: Tuple[Tuple[str, np.ndarray], ...] = tuple((_digest(fact), self.of(fact)) for fact in facts)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            path,
            digests=np.array([digest for digest, _ in rows]),
            vectors=np.stack([vector for _, vector in rows]).astype(np.float16),
        )


def _digest(fact: Fact) -> str:
    return hashlib.sha256(fact.summary.encode()).hexdigest()[:32]
