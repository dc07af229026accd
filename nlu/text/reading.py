"""Which texts of a message the encoder reads: the whole, as far as it is read, and its sentences and lines."""

from __future__ import annotations

from typing import List, NamedTuple

from nlu.offers.parts import parts_of
from nlu.offers.windows import windows_of
from nlu.text.normalisation import normalised, readable
from nlu.text.vectors import encode_beforehand

READ = 240
"""Characters of a message that are read for what it wants: that stands in the first lines, and each further one costs
time."""
LONGEST_PART = 400
"""Characters of one part that are read for its meaning: a whole page without a full stop must not take seconds."""


class Reading(NamedTuple):
    """``parts``: as written, and ``windows`` on those that are long; ``texts``: to be encoded, the whole first, each
    once; ``places``: among them, of each part and then of each window."""

    parts: List[str]
    windows: List[str]
    texts: List[str]
    places: List[int]

    @classmethod
    def of(cls, text: str) -> Reading:
        """``text``: as ``readable`` leaves it."""
        parts, whole = parts_of(text), normalised(text)[:READ]
        windows = windows_of(parts)
        if len(parts) < 2 and not windows:
            return cls(parts, windows, [whole], [0] * len(parts))
        lines = [normalised(piece)[:LONGEST_PART] for piece in (*parts, *windows)]
        texts = list(dict.fromkeys([whole, *lines]))
        return cls(parts, windows, texts, [texts.index(line) for line in lines])


def read_beforehand(message: str) -> None:
    """Of a message as somebody wrote it: what the encoder will be asked for is computed now, in whichever thread asks;
    computing takes no lock of Python's, so that others are answered meanwhile."""
    encode_beforehand(Reading.of(readable(message)).texts)
