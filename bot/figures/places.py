"""Places below the country: a question that is kept may say Nepal and Qatar, but no town, district or quarter."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterator

import regex
import yaml

from nlu.extraction.gazetteer import Gazetteer, script_of
from nlu.extraction.names import load_names
from translations.languages import LANGUAGES

PLACES = Path(__file__).with_name("places.yml")
EVERYWHERE = "en"
"""English spellings are typed in all languages."""
_LATIN = regex.compile(r"[\p{Latin}\s]+")
_REST_OF_WORD = regex.compile(r"[\p{L}\p{M}]*")


def without_places(text: str, language: str, instead: str) -> str:
    """``text`` with ``instead`` for every place that is known to us, endings included. Raises KeyError, OSError."""
    parts, done = [], 0
    for match in _places(language).find(text):
        if match.start >= done:
            parts += [text[done : match.start], " ", instead, " "]
            done = match.end
            if script_of(text[done - 1]):  # where spaces part words, what is glued to it goes too
                done = _REST_OF_WORD.match(text, done).end()  # type: ignore[union-attr]
    return "".join((*parts, text[done:]))


@lru_cache(maxsize=len(LANGUAGES))
def _places(language: str) -> Gazetteer[bool]:
    listed = (*_listed(language), *_listed(EVERYWHERE), *_cities())
    return Gazetteer((spelling, True) for place in listed for spelling in {place, _without_accents(place)})


def _listed(language: str) -> Iterator[str]:
    return (place.strip() for place in _file()[language].split(",") if place.strip())


@lru_cache(maxsize=1)
def _cities() -> tuple[str, ...]:
    return tuple(phrase for phrase, name in load_names().names.items() if name.kind == "city")


@lru_cache(maxsize=1)
def _file() -> Dict[str, str]:
    return yaml.load(PLACES.read_text(encoding="utf-8"), yaml.CSafeLoader)  # type: ignore[no-any-return]


def _without_accents(place: str) -> str:
    """As Vietnamese is often typed; of one syllable, such as "huế", it would be another word."""
    if " " not in place or not _LATIN.fullmatch(place):
        return place
    letters = unicodedata.normalize("NFD", place.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
