"""Wordings made of fragments: " + " joins fragments that must all stand near each other, in any order; " / " stands
between fragments of which one is enough. Found in one pass over a text (Aho-Corasick), however many there are."""

from __future__ import annotations

from typing import Dict, FrozenSet, Iterable, List, Mapping, NamedTuple, Sequence

import ahocorasick
import regex

from nlu.text.normalisation import normalised
from nlu.text.skeleton import skeleton

NEAR = 40
"""Characters that may stand between the first and the last fragment of a wording, besides the fragments."""

_IN_A_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_LATIN = regex.compile(r"\p{Latin}")
_WITHOUT_SPACES = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


class Fragment(NamedTuple):
    """``words`` as they stand in a normalised text, or in its skeleton when written in Latin letters; ``at_start``:
    only where a word begins."""

    words: str
    in_skeleton: bool
    at_start: bool


Slots = Sequence[FrozenSet[Fragment]]
"""One fragment of each set, near each other, make a wording."""

Places = Mapping[Fragment, Sequence[int]]
"""Where each fragment begins in a text."""


def fragment(words: str) -> Fragment:
    """Latin letters are compared as they sound; each fragment is looked for from the start of a word, but in scripts
    that leave no space between words. Raises ValueError for one without letters."""
    words = normalised(words)
    in_skeleton = bool(_LATIN.search(words))
    words = skeleton(words) if in_skeleton else words
    if not words.strip():
        raise ValueError("a fragment without letters")
    return Fragment(words, in_skeleton, at_start=not _WITHOUT_SPACES.search(words))


def slots_of(line: str) -> Slots:
    """A wording as it is written in our files. Raises ValueError, AttributeError for what is none."""
    return [frozenset(fragment(words) for words in slot.split(" / ")) for slot in line.split(" + ")]


def stands_in(slots: Slots, places: Places) -> bool:
    """Whether the slots are filled close together."""
    filled = [[(place, one) for one in slot if one in places for place in places[one]] for slot in slots]
    if not all(filled):
        return False
    length = sum(max(len(one.words) for _, one in found) for found in filled)
    return len(filled) == 1 or _narrowest([[place for place, _ in found] for found in filled]) <= NEAR + length


class FragmentFinder:
    """Where the fragments it was made with stand in a text."""

    def __init__(self, fragments: Iterable[Fragment]) -> None:
        known = list(fragments)
        self._in_text = _automaton([one for one in known if not one.in_skeleton])
        self._in_sound = _automaton([one for one in known if one.in_skeleton])

    def places(self, message: str) -> Dict[Fragment, List[int]]:
        """In a message as people wrote it."""
        text = normalised(message)
        places = _places(self._in_text, text)
        if _LATIN.search(text):
            places.update(_places(self._in_sound, skeleton(text)))
        return places


def _automaton(fragments: Sequence[Fragment]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for one in fragments:
        automaton.add_word(one.words, one)
    automaton.make_automaton()
    return automaton


def _places(automaton: ahocorasick.Automaton, text: str) -> Dict[Fragment, List[int]]:
    places: Dict[Fragment, List[int]] = {}
    for end, one in automaton.iter(text) if len(automaton) else ():
        start = end - len(one.words) + 1
        if not (one.at_start and start and _IN_A_WORD.match(text[start - 1])):
            places.setdefault(one, []).append(start)
    return places


def _narrowest(places: Sequence[Sequence[int]]) -> int:
    """The smallest stretch that holds one place of each list."""
    marks = sorted((place, number) for number, found in enumerate(places) for place in found)
    last: Dict[int, int] = {}
    best = 10**9
    for place, number in marks:
        last[number] = place
        if len(last) == len(places):
            best = min(best, place - min(last.values()))
    return best
