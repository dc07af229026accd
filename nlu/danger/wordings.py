"""Wordings that mean danger, in each language: what still finds a cry for help when no model can be read.

``nlu/danger/wordings/<lang>.yml`` holds, for each kind of danger and each level, fragments of what people say. A line
is one fragment, or several joined by " + ": all of them, in any order, near each other; " / " stands between fragments
of which one is enough. ``calm`` lines, of the same form, silence the wordings beside them: questions in general, things
past and over, figures of speech.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, Mapping, NamedTuple, Optional, Sequence

import ahocorasick
import regex
import yaml

from nlu.danger.levels import KINDS, NO_DANGER, Danger, Level
from nlu.text.normalisation import normalised
from nlu.text.skeleton import skeleton

FOLDER = Path(__file__).parent / "wordings"
NEAR = 40
"""Characters that may stand between the first and the last fragment of a wording, besides the fragments."""
LEVELS: Sequence[Level] = ("certain", "possible")

_IN_A_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_LATIN = regex.compile(r"\p{Latin}")
_WITHOUT_SPACES = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


class BrokenWordings(ValueError):
    """A file of wordings that cannot be read; says file and place."""


class Fragment(NamedTuple):
    """``words`` as they stand in a normalised text, or in its skeleton when written in Latin letters; ``at_start``:
    only where a word begins."""

    words: str
    in_skeleton: bool
    at_start: bool


class Wording(NamedTuple):
    """One fragment of each of the ``slots``, near each other, mean ``kind`` at ``level``; calm ones have none."""

    slots: Sequence[FrozenSet[Fragment]]
    level: Level
    kind: Optional[str]

    def stands_in(self, places: Mapping[Fragment, Sequence[int]]) -> bool:
        """Whether the slots are filled close together, ``places`` being where each fragment begins."""
        filled = [[(place, one) for one in slot if one in places for place in places[one]] for slot in self.slots]
        if not all(filled):
            return False
        length = sum(max(len(one.words) for _, one in found) for found in filled)
        return len(filled) == 1 or _narrowest([[place for place, _ in found] for found in filled]) <= NEAR + length


class Wordings:
    """The wordings of some languages together: nobody needs to be asked first which one they write."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._with: Dict[Fragment, List[Wording]] = {}
        for wording in wordings:
            for one in frozenset().union(*wording.slots):
                self._with.setdefault(one, []).append(wording)
        self._in_text = _finder([one for one in self._with if not one.in_skeleton])
        self._in_sound = _finder([one for one in self._with if one.in_skeleton])

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Wordings:
        """Of all languages. Raises BrokenWordings."""
        return cls.read(sorted(FOLDER.glob("*.yml")))

    @classmethod
    def read(cls, paths: Sequence[Path]) -> Wordings:
        return cls([wording for path in paths for wording in _read(path)])

    def danger_in(self, message: str) -> Danger:
        """The strongest danger whose wording stands in the message as people wrote it; none beside a calm wording."""
        text = normalised(message)
        places = _places(self._in_text, text)
        if _LATIN.search(text):
            places.update(_places(self._in_sound, skeleton(text)))
        touched = {id(wording): wording for one in places for wording in self._with[one]}
        standing = [wording for wording in touched.values() if wording.stands_in(places)]
        if not standing or any(wording.kind is None for wording in standing):
            return NO_DANGER
        strongest = min(standing, key=lambda wording: LEVELS.index(wording.level))
        return Danger(strongest.level, strongest.kind)


def _finder(fragments: Sequence[Fragment]) -> ahocorasick.Automaton:
    """Finds all fragments in one pass over a text."""
    finder = ahocorasick.Automaton()
    for one in fragments:
        finder.add_word(one.words, one)
    finder.make_automaton()
    return finder


def _places(finder: ahocorasick.Automaton, text: str) -> Dict[Fragment, List[int]]:
    places: Dict[Fragment, List[int]] = {}
    for end, one in finder.iter(text) if len(finder) else ():
        start = end - len(one.words) + 1
        if not (one.at_start and start and _IN_A_WORD.match(text[start - 1])):
            places.setdefault(one, []).append(start)
    return places


def fragment(words: str) -> Fragment:
    """Latin letters are compared as they sound; each fragment is looked for from the start of a word, but in scripts
    that leave no space between words."""
    words = normalised(words)
    in_skeleton = bool(_LATIN.search(words))
    words = skeleton(words) if in_skeleton else words
    if not words.strip():
        raise ValueError("a fragment without letters")
    return Fragment(words, in_skeleton, at_start=not _WITHOUT_SPACES.search(words))


def _read(path: Path) -> Iterator[Wording]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        kinds: Dict[str, Dict[str, List[str]]] = content["wordings"]
        for kind, levels in kinds.items():
            if kind not in KINDS:
                raise ValueError(f"no such kind of danger: {kind}")
            unknown = set(levels) - set(LEVELS)
            if unknown:
                raise ValueError(f"no such level: {kind}: {', '.join(map(str, unknown))}")
            for level in LEVELS:
                yield from (_wording(line, level, kind) for line in levels.get(level) or ())
        yield from (_wording(line, "none", None) for line in content.get("calm") or ())
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise BrokenWordings(f"{path.name}: {error}") from error


def _wording(line: str, level: Level, kind: Optional[str]) -> Wording:
    try:
        slots = [frozenset(fragment(words) for words in slot.split(" / ")) for slot in line.split(" + ")]
        return Wording(slots, level, kind)
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{kind or 'calm'}: {line!r}: {error}") from error


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
