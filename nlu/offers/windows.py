"""Pieces of sentences that go on for long: a voice message without a stop, an advertisement in one breath.

A sign of cheating is said in a dozen words. Judged together with a hundred others they count for little, so a long part
is also looked at through a window that moves over it.
"""

from __future__ import annotations

from typing import List, Sequence

from icu import BreakIterator, Locale, UnicodeString

LONG = 110
"""Characters from which a part is looked at in pieces too."""
WORDS, STEP = 14, 7
"""Of a window, and from one to the next."""
MOST = 24
"""Windows of one text; each costs the encoder some milliseconds. Of a longer one they move in longer steps."""


def windows_of(parts: Sequence[str]) -> List[str]:
    """Of all long parts, in the order of the text; words as ICU finds them, also where no spaces are written."""
    words = [_words(part) for part in parts if len(part) >= LONG]
    step = max(STEP, -(-sum(map(len, words)) // MOST))
    return [
        "".join(of_part[first : first + WORDS]).strip()
        for of_part in words
        for first in range(0, max(1, len(of_part) - WORDS + step), step)
        if len(of_part) > WORDS
    ][:MOST]


def _words(text: str) -> List[str]:
    """Each with what stands between it and the next."""
    units = UnicodeString(text)
    breaks = BreakIterator.createWordInstance(Locale.getRoot())
    breaks.setText(units)
    words: List[str] = []
    begin = 0
    for end in breaks:
        piece, begin = str(units[begin:end]), end
        if words and not any(letter.isalnum() for letter in piece):
            words[-1] += piece
        else:
            words.append(piece)
    return words
