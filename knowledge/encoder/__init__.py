"""Sentence vectors of multilingual-e5-small: meaning across languages (docs/decisions/0012)."""

from knowledge.encoder.conversion import encoder_version
from knowledge.encoder.encoder import DIMENSIONS, encoder

__all__ = ["DIMENSIONS", "encoder", "encoder_version"]
