"""How a message sounds, roughly: one spelling for the many ways people write the same words.

Nepali in Devanagari and in Latin letters, Hindi and Urdu, Vietnamese with and without its accents come close to each
other this way, so that what was learnt from one serves the others.
"""

from __future__ import annotations

import re

from anyascii import anyascii

_SAME_SOUND = (
    ("chh", "c"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("kh", "k"), ("gh", "g"),
    ("bh", "b"), ("jh", "j"), ("aa", "a"), ("ee", "i"), ("oo", "u"), ("ii", "i"), ("uu", "u"), ("w", "v"),
    ("x", "c"), ("z", "j"), ("q", "k"), ("ck", "k"),
)  # fmt: skip
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9 ]")
_DOUBLED = re.compile(r"([a-z])\1")
_INNER_VOWEL = re.compile(r"(?<=[a-z])[aeiouy]")


def skeleton(text: str) -> str:
    """``"छैन"`` → ``"caina"``-like, ``"chhaina"`` → ``"caina"``: transliterated, aspirates and long vowels merged."""
    text = _NO_LETTER_OR_DIGIT.sub("", anyascii(text).lower())
    for written, sound in _SAME_SOUND:
        text = text.replace(written, sound)
    return _DOUBLED.sub(r"\1", text)


def consonants(sounds: str) -> str:
    """A skeleton without the vowels inside words: those are what romanised spelling agrees on least."""
    return _INNER_VOWEL.sub("", sounds)
