"""Wordings that each mean one thing out of a few: lines of fragments (nlu/text/fragments.py) under a label."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Dict, FrozenSet, Iterable, List, Sequence, Tuple

import yaml

from nlu.text.fragments import Fragment, FragmentFinder, Places, Slots, fragment, stands_in
from nlu.text.normalisation import normalised
from nlu.text.skeleton import skeleton

Labelled = Tuple[str, Slots]
SHORT = 3
"""Letters of a fragment that begins half the words of some language: "ma", "con", "his"."""


class LabelledWordings:
    """``standing_in("…")`` → [("contract_check", slots), …]: every wording of which all fragments stand there together.

    ``whole_words``: fragments of up to three Latin letters count only as words of their own.
    """

    def __init__(self, wordings: Sequence[Labelled], *, whole_words: bool = False) -> None:
        self._whole_words = whole_words
        self._with: Dict[Fragment, List[int]] = {}
        self._wordings = list(wordings)
        for place, (_, slots) in enumerate(self._wordings):
            for one in frozenset().union(*slots):
                self._with.setdefault(one, []).append(place)
        self._finder = FragmentFinder(self._with)

    @classmethod
    def read(cls, folder: Path, labels: Iterable[str], *, whole_words: bool = False) -> LabelledWordings:
        """All languages of a folder. Raises ValueError naming the file that is broken."""
        known = tuple(labels)
        wordings = [wording for path in sorted(folder.glob("*.yml")) for wording in _read(path, known)]
        return cls(wordings, whole_words=whole_words)

    def standing_in(self, message: str) -> List[Labelled]:
        places = self._finder.places(message)
        if self._whole_words:
            places = _as_whole_words(places, skeleton(normalised(message)))
        touched = {place for one in places for place in self._with[one]}
        found = [self._wordings[place] for place in sorted(touched)]
        return [(label, slots) for label, slots in found if stands_in(slots, places)]


def _as_whole_words(places: Places, sounds: str) -> Dict[Fragment, List[int]]:
    """The places without those of short Latin fragments that are only the beginning of a word."""
    kept = {one: [place for place in found if _ends_a_word(one, place, sounds)] for one, found in places.items()}
    return {one: found for one, found in kept.items() if found}


def _ends_a_word(one: Fragment, place: int, sounds: str) -> bool:
    is_short = one.in_skeleton and len(one.words) <= SHORT
    return not (is_short and sounds[place + len(one.words) :][:1].isalnum())


def _read(path: Path, labels: Sequence[str]) -> List[Labelled]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    unknown = set(content) - set(labels)
    if unknown:
        raise ValueError(f"{path.name}: not known here: {', '.join(sorted(unknown))}")
    return [(label, _slots(line)) for label in labels for line in content.get(label) or ()]


def _slots(line: str) -> List[FrozenSet[Fragment]]:
    return [frozenset(_fragment(words) for words in slot.split(" / ")) for slot in line.split(" + ")]


@cache
def _fragment(words: str) -> Fragment:
    """The same words stand in many lines, and to read them is slow."""
    return fragment(words)
