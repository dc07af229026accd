"""Names with one letter wrong, missing, doubled or swapped with its neighbour."""

from __future__ import annotations

from collections import defaultdict
from typing import Iterator

from nlu.extraction.names import Name, NameTable

_SHORTEST = {"name": 6, "nationality": 7, "city": 7, "region": 7}


class Misspellings:
    """``Misspellings(table).name_of("malasyia")`` → the Name of Malaysia, or None for any other word."""

    def __init__(self, table: NameTable) -> None:
        self._names = {word: name for word, name in table.names.items() if _may_be_misspelt(word, name, table)}
        self._by_gap: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._names:
            for shorter in (word, *_with_one_letter_less(word)):
                self._by_gap[shorter].append(word)

    def name_of(self, word: str) -> Name | None:
        """The one country whose name is one edit away from this folded word."""
        if len(word) < min(_SHORTEST.values()) - 1:
            return None
        found = {
            name.value: name
            for shorter in (word, *_with_one_letter_less(word))
            for candidate in self._by_gap.get(shorter, ())
            if is_one_edit_away(word, candidate)
            for name in (self._names[candidate],)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def _may_be_misspelt(word: str, name: Name, table: NameTable) -> bool:
    return (
        len(word) >= _SHORTEST[name.kind]
        and word.isascii()
        and word.isalpha()
        and name.value is not None
        and table.standing(name.value) != "other"
        and name.trust == "sure"
        and name.proper
        and name.letters == len(word)
    )


def _with_one_letter_less(word: str) -> Iterator[str]:
    # The first letter is hardly ever the wrong one; keeping it rules out "roland" for Poland.
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))


def is_one_edit_away(word: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours after the first letter makes them equal."""
    if word == other or abs(len(word) - len(other)) > 1 or word[0] != other[0]:
        return False
    same = next((place for place, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    rest, other_rest = word[same:], other[same:]
    if len(rest) != len(other_rest):
        longer, shorter = sorted((rest, other_rest), key=len, reverse=True)
        return longer[1:] == shorter
    is_swap = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return rest[1:] == other_rest[1:] or is_swap
