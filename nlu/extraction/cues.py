"""The words beside a country name, and what they say about its role (country_roles.yml explains the senses)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Collection, Iterable

import regex

from nlu.extraction.folding import fold_phrase
from nlu.extraction.gazetteer import may_end, script_of
from nlu.extraction.names import read_yaml

Senses = frozenset[str]

NOTHING: Senses = frozenset()
LOOKED_PAST: Senses = frozenset({"filler", "country_word"})
# "majikan orang Taiwan", "tôi là người Việt": who these people are stands one word further.
_LOOKED_PAST_BEFORE = LOOKED_PAST | {"people"}
# After "X में" or "X থেকে", these words of the next place still speak of X: "X में कंपनी", "X থেকে ফিরে".
_STILL_ABOUT_IT: Senses = frozenset({"origin", "destination", "back", "employer", "office"})
_WINDOW = 64
_GAPS = regex.compile(r"[\s-]+")
_BESIDE = " \"'“”«»()[]*_:"


@dataclass(frozen=True)
class Joints:
    """What stands between two countries: ``way`` from one to the other, or ``list`` of equals."""

    way: Senses
    list: Senses


class Cues:
    """Finds the longest cue beside a place in a folded text."""

    def __init__(self) -> None:
        languages = read_yaml("country_roles.yml")
        joints = languages.pop("joints")
        self.joints = Joints(*(frozenset(map(_key, joints[kind])) for kind in ("way", "list")))
        self._homes = {language: frozenset(groups["home"]) for language, groups in languages.items()}
        before, after = _senses(languages, "before"), _senses(languages, "after")
        self._before, self._after = before, after
        self.endings = _senses(languages, "endings")
        self._lengths_before = _lengths_by_letter(before, last=True)
        self._lengths_after = _lengths_by_letter(after, last=False)

    def before(self, text: str, start: int) -> Senses:
        """What the words that end at ``start`` say: ``before("i am from qatar", 10)`` → {"person"}."""
        rest = _squeezed(text[max(0, start - _WINDOW) : start]).rstrip(_BESIDE)
        found = NOTHING
        while cue := self._cue_at_end(rest):
            found |= self._before[cue]
            if not self._before[cue] <= _LOOKED_PAST_BEFORE:
                break
            rest = rest[: -len(cue)].rstrip(_BESIDE)
        return found

    def after(self, text: str, end: int, ending: Senses = NOTHING) -> Senses:
        """What the glued ``ending`` and the words from ``end`` on say: ``after("qatar se wapas", 5)``."""
        rest = _squeezed(text[end : end + _WINDOW]).lstrip(_BESIDE)
        found = ending
        is_settled = not ending <= LOOKED_PAST
        while cue := self._cue_at_start(rest):
            senses = self._after[cue] & _STILL_ABOUT_IT if is_settled else self._after[cue]
            if not senses:
                break
            found |= senses
            is_settled = is_settled or not senses <= LOOKED_PAST
            rest = rest[len(cue.rstrip("*")) :].lstrip(_BESIDE)
        return found

    def said_at_home_in(self, country: str) -> Senses:
        """The senses of words for "in" that people use at home there: ``said_at_home_in("NP")`` → {"place:ne", …}."""
        return frozenset(f"place:{language}" for language, homes in self._homes.items() if country in homes)

    def is_joint(self, between: str) -> bool:
        """Whether these words set two countries in a row, as equals or as a way."""
        return self.is_list(between) or self.is_way(between)

    def is_way(self, between: str) -> bool:
        """Whether these words lead from a country to the next: "to", "→", "থেকে", "ไป"."""
        words = _squeezed(between).strip()
        return (
            between.strip() in self.joints.way
            or "destination" in self._before.get(words, NOTHING)
            or "origin" in self._after.get(words, NOTHING)
        )

    def is_list(self, between: str) -> bool:
        """Whether these words only set two countries side by side: ",", "or", "और"."""
        return between.strip(" ") in self.joints.list

    def _cue_at_end(self, rest: str) -> str | None:
        for length in self._lengths_before.get(rest[-1:], ()):
            cue = rest[-length:]
            if cue in self._before and not _cuts_word(rest[:-length], cue):
                return cue
        return None

    def _cue_at_start(self, rest: str) -> str | None:
        for length in self._lengths_after.get(rest[:1], ()):
            cue = rest[:length]
            if cue in self._after and _is_whole(rest, length):
                return cue
            if cue + "*" in self._after:
                return cue + "*"
        return None


def _senses(languages: dict[str, Any], position: str) -> dict[str, Senses]:
    """``{"from": {"origin"}, "मा": {"place", "place:ne", "language"}, "फर्क*": {"back"}}``, all languages together."""
    senses: defaultdict[str, Senses] = defaultdict(frozenset)
    for language, groups in languages.items():
        for sense, cues in groups.get(position, {}).items():
            for cue in cues:
                senses[_key(cue)] |= {sense, f"place:{language}"} if sense == "place" else {sense}
    return dict(senses)


def _key(cue: str) -> str:
    folded = fold_phrase(cue)
    return _squeezed(folded) if any(character.isalpha() for character in folded) else folded


def _lengths_by_letter(cues: Iterable[str], last: bool) -> dict[str, list[int]]:
    """Which lengths to try, longest first, by the letter at the edge of the text: most letters have few."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for cue in cues:
        bare = cue.rstrip("*")
        lengths[bare[-1] if last else bare[0]].add(len(bare))
    return {letter: sorted(found, reverse=True) for letter, found in lengths.items()}


def _squeezed(text: str) -> str:
    return _GAPS.sub(" ", text)


def _cuts_word(before: str, cue: str) -> bool:
    return bool(before) and script_of(before[-1]) is not None and script_of(before[-1]) == script_of(cue[0])


def _is_whole(rest: str, length: int) -> bool:
    if length > len(rest):
        return False
    script = script_of(rest[length - 1])
    if script is None:
        return may_end(rest, 0, length)
    return length == len(rest) or script_of(rest[length]) != script


def has_cue(senses: Collection[str]) -> bool:
    """Whether anything but looked-past words was said: enough to trust a name that is an ordinary word too."""
    return bool(set(senses) - {"filler", "language", "not_a_country", "count"})
