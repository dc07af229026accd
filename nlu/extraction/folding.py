"""One spelling for what people type in many ways, and the way back to the places in their own text.

Folded are: case, digits of every script, full-width letters, Arabic letter forms, decomposed accents.
Left out are: invisible characters, nuktas and Arabic vowel signs, which half of the writers omit.
"""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from typing import Sequence

import regex

_ARABIC_FORMS = {"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "أ": "ا", "إ": "ا"}
_PUNCTUATION = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-"}
_PUNCTUATION |= {"٬": ",", "،": ",", "٫": ".", "٪": "%", "۔": "।"}
_SPACES = dict.fromkeys(["\n", "\u00a0", "\u202f", "\u3000", *map(chr, range(0x2000, 0x200B))], " ")
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FULL_WIDTH |= {"￥": "¥", "￡": "£", "￦": "₩"}
_DIGITS = {
    character: str(unicodedata.digit(character))
    for character in map(chr, range(0x80, sys.maxunicode + 1))
    if unicodedata.category(character) == "Nd"
}
_ONE_FOR_ONE = str.maketrans({**_ARABIC_FORMS, **_PUNCTUATION, **_SPACES, **_FULL_WIDTH, **_DIGITS})

# Lao is typed with two signs where one belongs, and "ຫນ" beside "ໜ".
_TWO_FOR_ONE = {"ໍາ": "ຳ", "ํา": "ำ", "ຫນ": "ໜ", "ຫມ": "ໝ"}
_PAIRS = regex.compile("|".join(_TWO_FOR_ONE))

# Invisible characters, the nuktas of Devanagari and Bengali, Arabic vowel signs and the stretching stroke.
_LEFT_OUT = regex.compile(r"[\p{Cf}\ufe00-\ufe0f\u093c\u09bc\u064b-\u0652\u0670\u0640]")
# No language piles more marks on a letter; hostile texts do, and ordering a pile takes quadratic time.
_PILE_OF_MARKS = regex.compile(r"\p{M}{9}")
_LETTER_WITH_MARKS = regex.compile(r"\P{M}\p{M}{0,8}|\p{M}{1,8}")


@dataclass(frozen=True)
class Folded:
    """Folded text; character ``i`` of it stands for ``original[starts[i]:ends[i]]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters ``start`` to ``end`` stand in the original text."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """The text in one spelling, with the places where each character came from."""
    lowered = text.lower()
    if len(lowered) == len(text) and not _needs_care(lowered):
        return Folded(lowered.translate(_ONE_FOR_ONE), range(len(text)), range(1, len(text) + 1))
    return _fold_letter_by_letter(text)


def fold_phrase(phrase: str) -> str:
    """The folded spelling of a phrase of ours."""
    return fold(phrase).text


def _needs_care(text: str) -> bool:
    return bool(
        _LEFT_OUT.search(text)
        or _PAIRS.search(text)
        or _PILE_OF_MARKS.search(text)
        or not unicodedata.is_normalized("NFC", text)
    )


def _fold_letter_by_letter(text: str) -> Folded:
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _LETTER_WITH_MARKS.finditer(text):
        composed = unicodedata.normalize("NFC", cluster.group().lower())
        for character in _LEFT_OUT.sub("", composed).translate(_ONE_FOR_ONE):
            characters.append(character)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return _join_pairs(Folded("".join(characters), starts, ends))


def _join_pairs(folded: Folded) -> Folded:
    text, starts, ends, done = "", [], [], 0
    for pair in _PAIRS.finditer(folded.text):
        text += folded.text[done : pair.start()] + _TWO_FOR_ONE[pair.group()]
        starts += [*folded.starts[done : pair.start()], folded.starts[pair.start()]]
        ends += [*folded.ends[done : pair.start()], folded.ends[pair.end() - 1]]
        done = pair.end()
    return Folded(text + folded.text[done:], [*starts, *folded.starts[done:]], [*ends, *folded.ends[done:]])
