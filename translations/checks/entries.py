"""What can be wrong with one translation. Each check yields a short reason, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Callable, Dict, Iterator

import regex

from translations.direction import direction_faults, left_to_right_kept
from translations.languages import LANGUAGES

PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%|\{(\w*)\}|%(?!\()[sdif]")
NUMBER = re.compile(r"\+?\d[\d,.]*\d|\d")
URL = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|go|org|com|net|int)(?:\.[a-z]{2})?\b")
COMMAND = re.compile(r"(?<!\w)/[a-z]{3,}\b")
INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}--[\n\u200c\u200d\u200b]]", flags=regex.V1)
MARKUP = re.compile(r"</?[a-z]+[^>]*>|\*\*|__")
TEXT_LIMIT = 1000
BUTTON_LIMIT = 30
SCRIPT = {
    "ne": "Devanagari", "hi": "Devanagari", "bn": "Bengali", "ur": "Arabic", "si": "Sinhala", "ta": "Tamil",
    "th": "Thai", "my": "Myanmar", "km": "Khmer", "lo": "Lao", "en": "Latin", "fil": "Latin", "id": "Latin",
    "vi": "Latin",
}  # fmt: skip
_LETTER = {name: regex.compile(rf"\p{{{name}}}") for name in set(SCRIPT.values())}
LEAST_OWN_SCRIPT = 0.4
"""Of the letters: names of offices and abbreviations stay Latin in every language."""


@dataclass(frozen=True)
class Entry:
    """One translation: ``key`` as people look it up, English ``source``, ``target`` in ``language``."""

    language: str
    key: str
    source: str
    target: str


def placeholders(entry: Entry) -> Iterator[str]:
    wanted, given = _found(PLACEHOLDER, entry.source), _found(PLACEHOLDER, entry.target)
    if wanted != given:
        yield f"placeholders differ: {_difference(wanted, given)}"


def numbers(entry: Entry) -> Iterator[str]:
    """Figures, phone numbers and dates: the same ones, each as often, in ASCII digits."""
    wanted, given = _figures(entry.source), _figures(entry.target)
    if wanted != given:
        yield f"numbers differ: {_difference(wanted, given)}"
    if regex.search(r"[\p{Nd}--[0-9]]", entry.target, flags=regex.V1):
        yield "digits of another script; amounts and phone numbers keep ASCII digits"


def addresses(entry: Entry) -> Iterator[str]:
    for pattern, name in ((URL, "addresses"), (COMMAND, "commands")):
        wanted, given = _found(pattern, entry.source), _found(pattern, entry.target)
        if wanted != given:
            yield f"{name} differ: {_difference(wanted, given)}"


def script(entry: Entry) -> Iterator[str]:
    """Letters of a script that neither the language nor names in Latin letters need."""
    own = SCRIPT[entry.language]
    letters = regex.findall(r"\p{L}", URL.sub("", PLACEHOLDER.sub("", entry.target)))
    foreign = {name for name in _LETTER if name not in (own, "Latin") and _LETTER[name].search(entry.target)}
    if foreign:
        yield f"letters of a foreign script: {', '.join(sorted(foreign))}"
    if own != "Latin" and len(letters) >= 8:
        share = sum(bool(_LETTER[own].match(letter)) for letter in letters) / len(letters)
        if share < LEAST_OWN_SCRIPT:
            yield f"only {share:.0%} of its letters are {own}"


def untranslated(entry: Entry) -> Iterator[str]:
    words = regex.findall(r"\p{L}{2,}", PLACEHOLDER.sub("", entry.source))
    if entry.language != "en" and entry.target == entry.source and len(words) > 2:
        yield "is a copy of the English sentence"


def length(entry: Entry) -> Iterator[str]:
    limit = BUTTON_LIMIT if entry.key.startswith("button.") or entry.key.endswith(".label") else TEXT_LIMIT
    if len(entry.target) > limit:
        yield f"{len(entry.target)} characters, at most {limit} fit"


def markup(entry: Entry) -> Iterator[str]:
    if MARKUP.search(entry.target):
        yield "has markup; catalogs hold plain text"


def invisible(entry: Entry) -> Iterator[str]:
    if INVISIBLE.search(entry.target):
        yield "has invisible or control characters"
    if entry.target != entry.target.strip():
        yield "begins or ends with a space"


def brackets(entry: Entry) -> Iterator[str]:
    for opening, closing in ("()", "[]", "«»", "“”"):
        if entry.target.count(opening) != entry.target.count(closing):
            yield f"{opening} and {closing} do not pair"


def direction(entry: Entry) -> Iterator[str]:
    """Numbers, addresses and commands in right-to-left text, as the localizer will show it."""
    if LANGUAGES[entry.language].right_to_left:
        yield from direction_faults(left_to_right_kept(entry.target))


CHECKS: Dict[str, Callable[[Entry], Iterator[str]]] = {
    check.__name__: check
    for check in (
        placeholders,
        numbers,
        addresses,
        script,
        untranslated,
        length,
        markup,
        invisible,
        brackets,
        direction,
    )
}

EXCLUDED: Dict[str, frozenset[str]] = {code: frozenset() for code in LANGUAGES}
"""Checks that cannot be fair to a language, by name. None so far."""


def faults_of(entry: Entry) -> Iterator[str]:
    """``"numbers: numbers differ: …"`` for each thing wrong with the entry."""
    for name, check in CHECKS.items():
        if name not in EXCLUDED[entry.language]:
            for reason in check(entry):
                yield f"{name}: {reason}"


def _figures(text: str) -> Counter:
    text = PLACEHOLDER.sub(" ", text)
    return Counter(re.sub(r"[,.]", "", figure) for figure in NUMBER.findall(text))


def _found(pattern: re.Pattern, text: str) -> Counter:
    return Counter(match.group(0).rstrip(".,;)") for match in pattern.finditer(text))


def _difference(wanted: Counter, given: Counter) -> str:
    missing, extra = sorted((wanted - given).elements()), sorted((given - wanted).elements())
    parts = [f"missing {', '.join(missing)}"] if missing else []
    return "; ".join(parts + ([f"extra {', '.join(extra)}"] if extra else []))
