"""Wordings that mean danger, in each language: what still finds a cry for help when no model can be read.

``nlu/danger/wordings/<lang>.yml`` holds, for each kind of danger and each level, fragments of what people say, one
wording a line (nlu/text/fragments.py). ``calm`` lines, of the same form, silence the wordings beside them: questions in
general, things past and over, figures of speech.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Dict, Iterator, List, NamedTuple, Optional, Sequence

import yaml

from nlu.danger.levels import KINDS, NO_DANGER, Danger, Level
from nlu.text.fragments import Fragment, FragmentFinder, Slots, slots_of, stands_in

FOLDER = Path(__file__).parent / "wordings"
LEVELS: Sequence[Level] = ("certain", "possible")
SELF_HARM = "self_harm"
"""Of two kinds with as many wordings: who speaks of their own death needs other numbers than the police."""


class BrokenWordings(ValueError):
    """A file of wordings that cannot be read; says file and place."""


class Wording(NamedTuple):
    """The ``slots`` mean ``kind`` at ``level``; calm ones have no kind."""

    slots: Slots
    level: Level
    kind: Optional[str]


class Wordings:
    """The wordings of some languages together: nobody needs to be asked first which one they write."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._with: Dict[Fragment, List[Wording]] = {}
        for wording in wordings:
            for one in frozenset().union(*wording.slots):
                self._with.setdefault(one, []).append(wording)
        self._finder = FragmentFinder(self._with)

    @classmethod
    def load(cls) -> Wordings:
        """Of all languages; whoever asks while another thread reads them waits for that. Raises BrokenWordings."""
        with _READING:
            return _all()

    @classmethod
    def read(cls, paths: Sequence[Path]) -> Wordings:
        return cls([wording for path in paths for wording in _read(path)])

    def danger_in(self, message: str) -> Danger:
        """The strongest danger whose wordings stand in the message as people wrote it, of the kind that most of them
        have; none beside a calm wording."""
        places = self._finder.places(message)
        touched = {id(wording): wording for one in places for wording in self._with[one]}
        standing = [wording for wording in touched.values() if stands_in(wording.slots, places)]
        if not standing or any(wording.kind is None for wording in standing):
            return NO_DANGER
        level = min((wording.level for wording in standing), key=LEVELS.index)
        of_level = Counter(str(wording.kind) for wording in standing if wording.level == level)
        return Danger(level, max(of_level, key=lambda kind: (of_level[kind], kind == SELF_HARM)))


_READING = Lock()


@lru_cache(maxsize=1)
def _all() -> Wordings:
    return Wordings.read(sorted(FOLDER.glob("*.yml")))


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
        return Wording(slots_of(line), level, kind)
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{kind or 'calm'}: {line!r}: {error}") from error
