"""The text as the components read it. What a person wrote is never changed in the message itself."""

from __future__ import annotations

import unicodedata

import regex
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

_INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}--[\n\t\u200c\u200d]]", flags=regex.V1)
_SPACES = regex.compile(r"\s+")
_STRETCHED = regex.compile(r"(\p{L})\1{3,}")


def normalised(text: str) -> str:
    """NFC, no invisible characters, single spaces, "pleeeeease" as "pleease", lower case.

    Zero-width joiners stay: Sinhala and Nepali words are spelt with them.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", _STRETCHED.sub(r"\1\1", text)).strip().lower()


def is_button_press(text: str) -> bool:
    """Payloads of our own buttons name their intent; there is nothing to understand in them."""
    return text.startswith(INTENT_MESSAGE_PREFIX)
