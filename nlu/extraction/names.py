"""The table of everything people call countries, built from countries.yml and the CLDR names of all languages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Iterable, Iterator, Literal

import babel
import regex
import yaml

from nlu.extraction.folding import fold_phrase
from nlu.extraction.gazetteer import LOOKUPS

Kind = Literal["name", "nationality", "city", "region"]
Trust = Literal["sure", "with_cue", "whole_message", "never"]
Standing = Literal["left", "sought", "both", "other"]

LANGUAGES = ("en", "ne", "bn", "hi", "ur", "si", "ta", "fil", "id", "vi", "th", "my", "km", "lo")
_KINDS: dict[str, Kind] = {"names": "name", "cities": "city", "nationalities": "nationality"}
_MARKS: dict[str, Trust] = {"~": "with_cue", "=": "whole_message"}
_LATIN = regex.compile(r"[\p{Latin}\p{M}\d .'-]+")
_TAMIL_VOWEL_KILLER = "\u0bcd"
_TAMIL_HARD_FINALS = tuple(letter + _TAMIL_VOWEL_KILLER for letter in "கசடதப")
_SHORTEST_JOINED, _SHORTEST_WITHOUT_ACCENTS = 8, 7


@dataclass(frozen=True)
class Name:
    """What a phrase stands for.

    ``value`` is an ISO code or "REGION:gulf", and None for an ordinary phrase that hides a country name.
    ``letters`` is the length of the name without the context before it. A ``stem`` is half a Tamil word: it needs
    an ending. ``in_capitals`` names count in capitals whatever their ``trust``. What is nearly a ``proper`` one is a
    misspelling of it.
    """

    value: str | None
    kind: Kind = "name"
    trust: Trust = "sure"
    letters: int = 0
    in_capitals: bool = False
    stem: bool = False
    proper: bool = False


@dataclass(frozen=True)
class NameTable:
    """``names``: folded phrase → what it stands for; ``standings``: ISO code → whether people leave it or seek it."""

    names: dict[str, Name]
    standings: dict[str, Standing]

    def standing(self, value: str) -> Standing:
        """ "left" for a country that is only an origin here, "sought" for one that is only a destination."""
        return self.standings.get(value, "other")


def load_names() -> NameTable:
    """The table; where several claim a phrase, written by hand goes before CLDR, and both before careless spellings."""
    content = read_yaml("countries.yml")
    written = [(_key(phrase), name) for phrase, name in (*_handwritten(content), *_from_cldr(content))]
    names: dict[str, Name] = {}
    for spelling, name in [*written, *_other_spellings(written)]:
        known = names.setdefault(spelling, name)
        if name.proper and not known.proper:
            names[spelling] = replace(known, proper=True)
    for phrase, name in _codes(content):
        names[phrase] = replace(names.get(phrase, name), in_capitals=True)
    return NameTable(names, _standings(content))


def read_yaml(file: str) -> dict[str, Any]:
    """The content of a file in nlu/lookups."""
    # The C loader is ten times as fast, and there is no bot before this is read.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((LOOKUPS / file).read_text("utf-8"), Loader=loader))


def _standings(content: dict[str, Any]) -> dict[str, Standing]:
    left, sought = set(content["origins"]), set(content["destinations"])
    return {
        **dict.fromkeys(left - sought, "left"),
        **dict.fromkeys(sought - left, "sought"),
        **dict.fromkeys(left & sought, "both"),
    }


def _handwritten(content: dict[str, Any]) -> Iterator[tuple[str, Name]]:
    for phrases in content["ordinary_words"]:
        for phrase in phrases:
            yield phrase, Name(None)
    for value, groups in content["countries"].items():
        for group, kind in _KINDS.items():
            for place, phrase in enumerate(groups.get(group, ())):
                yield _entry(phrase, value, kind, proper=kind == "nationality" or place == 0)
    for region, phrases in content["regions"].items():
        for phrase in phrases:
            yield _entry(phrase, f"REGION:{region}", "region")


def _codes(content: dict[str, Any]) -> Iterator[tuple[str, Name]]:
    for value, groups in content["countries"].items():
        for code in groups.get("codes", ()):
            yield fold_phrase(code), Name(value, trust="never", letters=len(code))


def _from_cldr(content: dict[str, Any]) -> Iterator[tuple[str, Name]]:
    values = [*content["countries"], *content["by_cldr_names_only"]]
    for language in LANGUAGES:
        territories = babel.Locale.parse(language).territories
        for value in values:
            # "Myanmar (Burma)": what stands in brackets may be another country's name, as in "Hong Kong (China)".
            yield _entry(territories[value].partition(" (")[0], value, "name", proper=True)


def _entry(phrase: str, value: str, kind: Kind, proper: bool = False) -> tuple[str, Name]:
    """``("to |usa", "US", "name")`` → ``("to usa", Name("US", letters=3))``."""
    trust: Trust = _MARKS.get(phrase[-1], "sure")
    bare = phrase if trust == "sure" else phrase[:-1]
    context, _, own = bare.rpartition("|")
    return context + own, Name(value, kind, trust, letters=len(_key(own)), proper=proper)


def _other_spellings(names: Iterable[tuple[str, Name]]) -> Iterator[tuple[str, Name]]:
    for key, name in names:
        yield from _tamil_stems(key, name)
        if name.value and name.trust == "sure" and name.letters == len(key) and _LATIN.fullmatch(key):
            for spelling in _careless_spellings(key):
                yield spelling, replace(name, letters=len(spelling))


def _key(phrase: str) -> str:
    return fold_phrase(phrase).replace("-", " ")


def _tamil_stems(key: str, name: Name) -> Iterator[tuple[str, Name]]:
    """The forms that take endings: கத்தார(ில்), நேபாள(த்தில்), குவைத்த(ில்), தமிழ்நாட்ட(ில்)."""
    stems = []
    if key.endswith(_TAMIL_VOWEL_KILLER):
        stems.append(key[:-1])
    if key.endswith("ம" + _TAMIL_VOWEL_KILLER):
        stems.append(key[:-2])
    if key.endswith(_TAMIL_HARD_FINALS):
        stems.append(key + key[-2])
    if key.endswith("டு"):
        stems.append(key[:-2] + "ட்ட")
    for stem in stems:
        yield stem, replace(name, stem=True, letters=name.letters + len(stem) - len(key))


def _careless_spellings(key: str) -> Iterator[str]:
    """Without spaces ("hongkong") and without accents ("han quoc"), where that is long enough to be no other word."""
    joined = key.replace(" ", "")
    if len(joined) >= _SHORTEST_JOINED:
        yield joined
    plain = _without_accents(key)
    if plain != key and (" " in key or len(key) >= _SHORTEST_WITHOUT_ACCENTS):
        yield plain
        if len(joined) >= _SHORTEST_JOINED:
            yield plain.replace(" ", "")


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
