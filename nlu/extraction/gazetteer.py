"""Phrases and what they stand for: the longest one that stands in a text, in any script.

Where words are parted by spaces, a phrase begins and ends with a word, but an ending may be glued to it.
Thai, Lao, Khmer and Burmese part no words: there a phrase may stand anywhere, as long as it cuts no syllable.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Iterable, Iterator, TypeVar

import regex
import yaml

from nlu.extraction.folding import Folded, fold, fold_phrase

Value = TypeVar("Value")
LOOKUPS = Path(__file__).parent.parent / "lookups"

_UNSPACED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WRITTEN_BEFORE_ITS_CONSONANT = "เแโใไເແໂໃໄ"
_STACKING = "\u17d2\u1039"
# A word begins after anything that is no letter, or where the script changes ("visaফি").
_STARTS = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}])[\p{{L}}\p{{S}}]"
    rf"|(?<=[{_UNSPACED}])(?<![{_WRITTEN_BEFORE_ITS_CONSONANT}{_STACKING}])[{_UNSPACED}--\p{{M}}]"
    r"|(?<=\p{Latin})[\p{L}--\p{Latin}]|(?<=[\p{L}\p{M}--\p{Latin}])\p{Latin}"
    rf"|(?<=[{_UNSPACED}])[\p{{L}}--[{_UNSPACED}]]",
    flags=regex.V1,
)
_ENDS_INSIDE_SYLLABLE = regex.compile(r"\p{M}|[ะาำๅະາຳ]|[\u1000-\u1021]\u1037?[\u103a\u1039]")
_REST_OF_WORD = regex.compile(r"(?:[\p{L}\p{M}]|'(?=\p{L}))*", flags=regex.V1)
_SCRIPTS = ("Latin", "Devanagari", "Bengali", "Arabic", "Tamil", "Sinhala")
_SCRIPT = regex.compile("|".join(rf"(?P<{script}>\p{{{script}}})" for script in _SCRIPTS))
_SHORTEST_WITH_ENDING = 4
_LONGEST_FREE_ENDING = 9
_END = ""  # the key under which a node of the tree keeps the value of the phrase that ends there


@dataclass(frozen=True)
class Match(Generic[Value]):
    """``text[start:end]`` stands for ``value``."""

    value: Value
    start: int
    end: int


class Gazetteer(Generic[Value]):
    """``Gazetteer([("Saudi Arabia", "SA")]).find("to saudi  arabia?")`` → ``[Match("SA", 3, 16)]``."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._tree: dict[str, Any] = {}
        for phrase, value in phrases:
            self._add(fold_phrase(phrase).replace("-", " "), value)

    def _add(self, phrase: str, value: Value) -> None:
        node = self._tree
        for character in phrase:
            node = node.setdefault(character, {})
        node.setdefault(_END, value)

    def find(self, text: str) -> list[Match[Value]]:
        """All phrases of the text from left to right, the longest at each place, none inside another."""
        folded = fold(text)
        return [Match(match.value, *folded.span(match.start, match.end)) for match in self._in_folded(folded)]

    def _in_folded(self, folded: Folded) -> Iterator[Match[Value]]:
        done = 0
        for place in word_starts(folded.text):
            if place < done:
                continue
            for value, end in self.readings_at(folded.text, place):
                if may_end(folded.text, place, end):
                    yield Match(value, place, end)
                    done = end
                    break

    def readings_at(self, text: str, start: int) -> list[tuple[Value, int]]:
        """Every phrase that the folded text spells from ``start``, longest first; ends are not judged."""
        node, place, readings = self._tree, start, []
        while place < len(text):
            character = text[place]
            if character.isspace() or character == "-":
                node, place = node.get(" "), _after_gap(text, place)  # type: ignore[assignment]
            else:
                node, place = node.get(character), place + 1  # type: ignore[assignment]
            if node is None:
                break
            if _END in node:
                readings.append((node[_END], place))
        return readings[::-1]


def _after_gap(text: str, place: int) -> int:
    while place < len(text) and (text[place].isspace() or text[place] == "-"):
        place += 1
    return place


def word_starts(text: str) -> Iterator[int]:
    """The places in a folded text where a phrase may begin."""
    return (match.start() for match in _STARTS.finditer(text))


def may_end(text: str, start: int, end: int) -> bool:
    """Whether the phrase ``text[start:end]`` of a folded text is whole: at most an ending follows."""
    if end >= len(text):
        return True
    script = script_of(text[end - 1])
    if script is None:
        return not _ENDS_INSIDE_SYLLABLE.match(text, end)
    rest = _rest_of_word(text, end, script)
    return not rest or is_ending(rest, script, end - start)


def is_ending(rest: str, script: str, length: int) -> bool:
    """Whether ``rest``, glued to a phrase of ``length`` letters, leaves it the same word."""
    if length < _SHORTEST_WITH_ENDING and script == "Latin":
        return False
    endings = _ENDINGS.get(script, frozenset())
    if endings is _ANY:
        return length >= _SHORTEST_WITH_ENDING and len(rest) <= _LONGEST_FREE_ENDING
    return rest in endings


def script_of(character: str) -> str | None:
    """The script of a letter or mark, when it is one that parts words by spaces; None otherwise."""
    match = _SCRIPT.match(character)
    return match.lastgroup if match else None


def _rest_of_word(text: str, end: int, script: str) -> str:
    rest = _REST_OF_WORD.match(text, end).group()  # type: ignore[union-attr]
    # "টাকাvisa": where the script changes, the word is over.
    return rest if not rest or unicodedata.category(rest[0])[0] == "M" or script_of(rest[0]) == script else ""


_ANY: frozenset[str] = frozenset({"any"})


def _endings() -> dict[str, frozenset[str]]:
    content: dict[str, str | list[str]] = yaml.safe_load((LOOKUPS / "endings.yml").read_bytes())
    return {
        script: _ANY if endings == "any" else frozenset(map(fold_phrase, endings))
        for script, endings in content.items()
    }


_ENDINGS = _endings()
