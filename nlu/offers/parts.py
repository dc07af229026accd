"""A text of an offer in parts: sentences, and the lines of an advertisement."""

from __future__ import annotations

from typing import List

import regex

MOST_PARTS = 24
"""Longer texts have their last parts joined: nothing is left unread, and no text takes seconds."""

_ENDS = regex.compile(r"(?<=[.!?।॥။៖។៕۔؟])\s+|\s*\n+\s*|(?<=[‼⁉❗❓])\s*")


def parts_of(text: str) -> List[str]:
    """In the order of the text; parts without a letter or digit are dropped."""
    parts = [part.strip() for part in _ENDS.split(text) if any(letter.isalnum() for letter in part)]
    if len(parts) > MOST_PARTS:
        parts = [*parts[: MOST_PARTS - 1], " ".join(parts[MOST_PARTS - 1 :])]
    return parts
