"""A text of an offer in parts: sentences, and the lines of an advertisement."""

from __future__ import annotations

from typing import List

import regex

MOST_PARTS = 24
"""Longer texts have their last parts joined: nothing is left unread, and no text takes seconds."""

_MARKUP = regex.compile(r"</?[A-Za-z][^<>]{0,60}>|[*_~`]{2,}")
_ENDS = regex.compile(r"(?<=[.!?।॥။៖។៕۔؟])\s+|\s*\n+\s*|(?<=[‼⁉❗❓])\s*")


def parts_of(text: str) -> List[str]:
    """In the order of the text; markup, and parts without a letter or digit, are dropped."""
    plain = _MARKUP.sub("", text)
    parts = [part.strip() for part in _ENDS.split(plain) if any(letter.isalnum() for letter in part)]
    if len(parts) > MOST_PARTS:
        parts = [*parts[: MOST_PARTS - 1], " ".join(parts[MOST_PARTS - 1 :])]
    return parts
