"""Which texts of a message the encoder reads: the whole, as far as it is read, and its sentences and lines."""

from __future__ import annotations

from typing import List, NamedTuple

from nlu.offers.parts import parts_of
from nlu.text.normalisation import normalised, readable
from nlu.text.vectors import encode_beforehand

READ = 240
"""Characters of a message that are read for what it wants: that stands in the first lines, and each further one costs
time."""
LONGEST_PART = 400
"""Characters of one part that are read for its meaning: a whole page without a full stop must not take seconds."""


class Reading(NamedTuple):
    """``parts``: as written; ``texts``: to be encoded, the whole first, each once; ``places``: of each part among
    them."""

    parts: List[str]
    texts: List[str]
    places: List[int]

    @classmethod
    def of(cls, text: str) -> Reading:
        """``text``: as ``readable`` leaves it."""
        parts, whole = parts_of(text), normalised(text)[:READ]
        if len(parts) < 2:
            return cls(parts, [whole], [0] * len(parts))
        lines = [normalised(part)[:LONGEST_PART] for part in parts]
        texts = list(dict.fromkeys([whole, *lines]))
        return cls(parts, texts, [texts.index(line) for line in lines])


def read_beforehand(message: str) -> None:
    """Of a message as somebody wrote it: what the encoder will be asked for is computed now, in whichever thread asks;
    computing takes no lock of Python's, so that others are answered meanwhile."""
    encode_beforehand(Reading.of(readable(message)).texts)
