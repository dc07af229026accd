"""Where the names of countries stand in a text, with the endings glued to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Container, Iterator

import regex

from nlu.extraction.folding import Folded
from nlu.extraction.gazetteer import Gazetteer, may_end, script_of, word_starts
from nlu.extraction.misspellings import Misspellings
from nlu.extraction.names import Name, NameTable

_ADDRESSES = regex.compile(r"(?<![!-~])[!-~]*?(?:@|://|www\.|\.(?:com|net|org|info)\b)[!-~]*")
_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{M}]*")
_REST_OF_WORD = regex.compile(r"[\p{L}\p{M}]*")
# Endings of romanised languages are so short that after a short or foreign name they make other words.
_SHORTEST_LATIN_WITH_ENDING, _SHORTEST_LATIN_WITH_ONE_LETTER = 4, 5
_SHOUTED_WORDS = 3


@dataclass(frozen=True)
class Spot:
    """``name`` stands in the folded text from ``start`` to ``end``, and ``ending`` is glued to it."""

    name: Name
    start: int
    end: int
    ending: str = ""


class NameSpotter:
    """Finds names by the table, the longest at each place; else misspelt ones."""

    def __init__(self, table: NameTable, endings: Container[str]) -> None:
        self._gazetteer: Gazetteer[Name] = Gazetteer(table.names.items())
        self._misspellings = Misspellings(table)
        self._standing = table.standing
        self._endings = endings
        # Most places of a text begin no name, and their first two letters show it.
        self._beginnings = frozenset(_first_letters(phrase, 0) for phrase in table.names)

    def spots(self, original: str, folded: Folded) -> Iterator[Spot]:
        """The names in a text from left to right, without those inside ordinary phrases and internet addresses."""
        text, done = without_addresses(folded.text), 0
        is_shouted = original.isupper() and len(_LATIN_WORD.findall(original)) >= _SHOUTED_WORDS
        for place in word_starts(text):
            if place < done:
                continue
            spot = self._spot_at(text, place) if _first_letters(text, place) in self._beginnings else None
            if spot is None and text[place].isascii():
                spot = self._misspelt_at(text, place)
            if spot is None:
                continue
            spot = _with_capitals_seen(spot, original, folded, is_shouted)
            done = spot.end + len(spot.ending)
            if spot.name.value is not None and spot.name.trust != "never":
                yield spot

    def _spot_at(self, text: str, place: int) -> Spot | None:
        for name, end in self._gazetteer.readings_at(text, place):
            ending = self._ending(name, text, place, end)
            if ending is not None and not self._goes_on(name, text, place, end):
                return Spot(name, end - name.letters if name.value else place, end, ending)
        return None

    def _goes_on(self, name: Name, text: str, place: int, end: int) -> bool:
        """Whether a name known by the context before it is only the beginning of another: (di) han, in han quoc."""
        start = end - name.letters
        return place < start < end and any(longer > end for _, longer in self._gazetteer.readings_at(text, start))

    def _misspelt_at(self, text: str, place: int) -> Spot | None:
        word = _LATIN_WORD.match(text, place)
        name = self._misspellings.name_of(word.group()) if word else None
        return Spot(name, word.start(), word.end()) if word and name else None

    def _ending(self, name: Name, text: str, place: int, end: int) -> str | None:
        """The ending glued to the name that stops at ``end``: "" for none, None when other letters follow."""
        script = script_of(text[end - 1])
        if script is None:
            return "" if may_end(text, place, end) else None
        rest = _REST_OF_WORD.match(text, end).group()  # type: ignore[union-attr]
        is_other_script = rest != "" and script_of(rest[0]) not in (script, None)
        if not rest or is_other_script:
            return None if name.stem else ""
        if script == "Latin" and not self._takes_latin_ending(name, rest):
            return None
        return rest if rest in self._endings else None

    def _takes_latin_ending(self, name: Name, ending: str) -> bool:
        is_well_known = name.value is not None and self._standing(name.value) != "other"
        shortest = _SHORTEST_LATIN_WITH_ENDING if len(ending) > 1 else _SHORTEST_LATIN_WITH_ONE_LETTER
        return is_well_known and name.trust == "sure" and name.letters >= shortest


def _first_letters(text: str, place: int) -> str:
    return text[place : place + 2].replace("-", " ")


def without_addresses(text: str) -> str:
    """The text with blanks in place of links and mail addresses: "www.qatar-jobs.com" says nothing of Qatar."""
    return _ADDRESSES.sub(lambda address: " " * len(address.group()), text)


def _with_capitals_seen(spot: Spot, original: str, folded: Folded, is_shouted: bool) -> Spot:
    """A code in capitals is sure ("UK"), but no ordinal ("5TH"), nor two letters of a message all in capitals."""
    if not spot.name.in_capitals:
        return spot
    start, end = folded.span(spot.start, spot.end)
    is_code = original[start:end].isupper() and not original[:start][-1:].isdigit()
    if not is_code or (is_shouted and end - start <= 2):
        return spot
    return replace(spot, name=replace(spot.name, trust="sure"))
