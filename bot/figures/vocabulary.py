"""What our own training examples say, language by language: the only words that a kept question may hold.

A word is known when at least two examples have it; a phrase of two (or three) is known when an example has those words
side by side. Names (names.yml) are left out, although hardly any stand in the examples, and places (places.py), of
which many do.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterator, List, Mapping, Optional, Sequence, Set

import regex
import yaml
from icu import BreakIterator, Locale, UnicodeString

from bot.figures.places import without_places
from nlu.extraction.gazetteer import LOOKUPS
from nlu.text.normalisation import normalised
from translations.languages import LANGUAGES

EXAMPLES = Path(__file__).resolve().parents[2] / "nlu" / "examples"
NAMES = Path(__file__).with_name("names.yml")
FEWEST_EXAMPLES = 2
"""A word of a single example may be anybody's."""
GONE, NUMBER = "…", "#"
CAPITAL, _HOLE, _FIGURE = "\ua7f7", "\ua7f8", "\ua7fa"
# Letters that no language of ours writes, so that they stay whole among the words.
_STANDS_FOR = {_HOLE: GONE, _FIGURE: NUMBER}
_MARKS = regex.compile(f"[{CAPITAL}{_HOLE}{_FIGURE}]")
_CAPITALISED = regex.compile(r"(?<=[\p{L}\p{M}\p{N},;:'\"()] ?)(?<![\p{L}\p{M}])(?=\p{Lu}\p{M}*\p{Ll})")
_ADDRESS = regex.compile(r"\S*(?:://|www\.|@|\p{Latin}\.\p{Latin}{2})\S*")
_MIXED = regex.compile(r"(?=[a-z0-9/_.-]*[a-z])[a-z0-9/_.-]*\d[a-z0-9/_.-]*")
_FIGURES = regex.compile(r"[+(]*\d[\d\s().,/:'+-]*")
_WORD = 100  # from this status on, ICU has found letters or figures and not a space or a sign


UNSPACED = frozenset({"th", "lo", "km", "my"})
"""Scripts without spaces: ICU cuts a name it does not know into pieces that are words, so a pair says too little."""


@dataclass(frozen=True)
class Vocabulary:
    """``numbers``: number by word. ``phrases``: what stands side by side in an example, ``length`` words of it; kept
    sorted, which needs a tenth of the memory of a set."""

    length: int
    numbers: Mapping[str, int]
    phrases: Sequence[int]

    def has(self, words: Sequence[Optional[str]]) -> bool:
        """Whether an example has these words, ``length`` of them, side by side in this order; None: one left out."""
        wanted = _as_number([None if word is None else self.numbers.get(word) for word in words])
        if wanted is None:
            return False
        place = bisect_left(self.phrases, wanted)
        return place < len(self.phrases) and self.phrases[place] == wanted


def made_of_examples(language: str) -> Vocabulary:
    """Takes about a second. Raises KeyError, OSError."""
    sentences = [words_of(line, language) for line in examples_of(LANGUAGES[language].code)]
    counted = Counter(word for words in sentences for word in set(words))
    often = [word for word, number in counted.items() if number >= FEWEST_EXAMPLES and word != GONE]
    known = [word for word in often if word.lstrip(CAPITAL) not in names(language)]
    numbers = {word: number for number, word in enumerate(sorted(known))}
    length = 3 if language in UNSPACED else 2
    phrases: Set[int] = set()
    for words in sentences:
        places = [numbers.get(word) for word in words]
        found = (_as_number(places[start : start + length]) for start in range(len(places) - length + 1))
        phrases.update(phrase for phrase in found if phrase is not None)
    return Vocabulary(length, numbers, array("Q", sorted(phrases)))


def _as_number(places: Sequence[Optional[int]]) -> Optional[int]:
    """One number for up to four words of which each has one below 65,536; None where a word is not known."""
    together = 0
    for place in places:
        if place is None:
            return None
        together = together << 16 | place
    return together


def examples_of(language: str) -> Iterator[str]:
    """What we think that people say, line by line. Raises OSError."""
    with (EXAMPLES / f"{language}.yml").open(encoding="utf-8") as file:
        entries = yaml.load(file, yaml.CSafeLoader)["nlu"]
    for entry in entries:
        for line in entry["examples"].splitlines():
            yield line.lstrip("- ")


def words_of(text: str, language: str) -> List[str]:
    """The words of a text, normalised, as ICU parts them: Thai, Lao, Khmer and Burmese leave no spaces.

    ``NUMBER`` stands for figures, ``GONE`` for addresses, for places below the country and for what
    mixes letters and figures; a word that has a capital where no sentence begins carries the mark ``CAPITAL``: "Nam" of
    "Viet Nam" is another word than "nam". Raises KeyError, OSError.
    """
    iterator = BreakIterator.createWordInstance(Locale(language))
    content = UnicodeString(_prepared(text, language))
    iterator.setText(content)
    words, start = [], 0
    for end in iterator:
        if iterator.getRuleStatus() >= _WORD:
            words.append(str(content[start:end]))
        start = end
    return [_STANDS_FOR.get(word, word) for word in words]


def _prepared(text: str, language: str) -> str:
    text = _ADDRESS.sub(f" {_HOLE} ", _MARKS.sub("", text))
    text = without_places(text, language, _HOLE)
    text = normalised(_CAPITALISED.sub(CAPITAL, text))
    return _FIGURES.sub(f" {_FIGURE} ", _MIXED.sub(f" {_HOLE} ", text))


@lru_cache(maxsize=len(LANGUAGES))
def names(language: str) -> FrozenSet[str]:
    """Common names of people who speak it, normalised, in both their scripts. Raises KeyError, OSError."""
    return frozenset(map(normalised, _lists()["names"][language].split()))


@lru_cache(maxsize=1)
def before_names() -> FrozenSet[str]:
    """Titles and words such as "name", after which a name is said; of all languages together."""
    return frozenset(normalised(word) for line in _lists()["before_names"].values() for word in line.split())


@lru_cache(maxsize=1)
def number_words() -> FrozenSet[str]:
    """Of all languages together, for a phone number may be spelt out."""
    table = yaml.load((LOOKUPS / "money.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)["numbers"]
    phrases = (phrase for numbers in table.values() for listed in numbers.values() for phrase in listed)
    zeros = _lists()["zeros"].split()
    return frozenset(normalised(str(phrase)) for phrase in (*phrases, *zeros))


@lru_cache(maxsize=1)
def _lists() -> Dict[str, Any]:
    return yaml.load(NAMES.read_text(encoding="utf-8"), yaml.CSafeLoader)  # type: ignore[no-any-return]
