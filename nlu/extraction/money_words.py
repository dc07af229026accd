"""The words of nlu/lookups/money.yml with everything they may mean: "k" is a thousand, a kyat or a kip."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any, Iterable, Iterator, Literal, Mapping, Sequence

import yaml

from nlu.extraction.folding import fold_phrase
from nlu.extraction.gazetteer import LOOKUPS, Gazetteer, script_of

Content = Mapping[str, Any]
Period = Literal["hour", "day", "week", "month", "year", "total"]
_UNSPACED_SCRIPTS = ("THAI", "LAO", "KHMER", "MYANMAR")


class Kind(Enum):
    """What a word does in a sum of money."""

    NUMBER = auto()  # five
    ARTICLE = auto()  # "a" before lakh
    ADDED = auto()  # साढे: and a half, said first
    HALF = auto()
    MULTIPLIER = auto()  # lakh
    SEVERAL = auto()  # a few
    CURRENCY = auto()
    AND = auto()
    RANGE = auto()  # 50 to 60
    PERIOD = auto()  # monthly
    TIME = auto()  # month
    PERIOD_AFTER = auto()  # a "month" that means "per month" behind a sum
    COUNTED = auto()  # people
    LEAD = auto()  # phone number, passport: what follows is no sum
    ABOUT_MONEY = auto()  # salary


@dataclass(frozen=True)
class Multiplier:
    """As "lakh" is 100000. See the lookup file for the flags."""

    value: Decimal
    alone: bool = False
    leads: bool = False
    glued: bool = False


@dataclass(frozen=True)
class Currency:
    """A name or sign of money, and the ISO codes that go by it. ``side``: where of the sum it must stand."""

    codes: tuple[str, ...]
    is_sign: bool = False
    side: str | None = None
    beside_figures: bool = False
    spaced: bool = True


@dataclass(frozen=True)
class Sense:
    """One thing that a word may mean. Words of one ``group`` are used together; None mixes with all."""

    kind: Kind
    value: Any = None
    group: str | None = None

    def fits(self, group: str | None) -> bool:
        return self.group in (None, "en", group)


class Word:
    """All that a word may mean. Asked for every word of a text, so its kinds are kept at hand."""

    __slots__ = ("kinds", "senses")

    def __init__(self, senses: Iterable[Sense]) -> None:
        self.senses = tuple(senses)
        self.kinds = frozenset(sense.kind for sense in self.senses)

    def sense(self, kind: Kind, group: str | None = None) -> Sense | None:
        """What the word means as a ``kind`` beside words of ``group``."""
        if kind not in self.kinds:
            return None
        return next((sense for sense in self.senses if sense.kind is kind and sense.fits(group)), None)


def load_money_words() -> Gazetteer[Word]:
    """All words of the lookup file; takes a fraction of a second, so once per process."""
    content = yaml.load((LOOKUPS / "money.yml").read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    senses: dict[str, dict[Sense, None]] = defaultdict(dict)
    for phrase, sense in _all_senses(content):
        senses[fold_phrase(phrase).replace("-", " ")][sense] = None
    return Gazetteer((phrase, Word(meanings)) for phrase, meanings in senses.items())


def _all_senses(content: Content) -> Iterator[tuple[str, Sense]]:
    yield from _numbers(content)
    yield from _multipliers(content)
    yield from _currencies(content)
    yield from _periods(content)
    for key, kind in (("and", Kind.AND), ("range", Kind.RANGE), ("several", Kind.SEVERAL)):
        yield from ((word, Sense(kind)) for word in content[key])
    yield from ((word, Sense(Kind.ABOUT_MONEY)) for word in content["about_money"])
    yield from ((word, Sense(Kind.COUNTED)) for word in content["not_money"]["counted"])
    yield from ((word, Sense(Kind.LEAD)) for word in content["not_money"]["lead"])


def _numbers(content: Content) -> Iterator[tuple[str, Sense]]:
    for group, words_of in content["numbers"].items():
        for number, words in words_of.items():
            sense = Sense(Kind.NUMBER, Decimal(number), group)
            yield from ((word, sense) for word in _as_typed(words, group))
    yield from ((word, Sense(Kind.ARTICLE, Decimal(1), "en")) for word in content["article"])
    for number, words in content["added"].items():
        yield from ((word, Sense(Kind.ADDED, Decimal(number), "south_asia")) for word in words)
    for group, words in content["half"].items():
        yield from ((word, Sense(Kind.HALF, Decimal("0.5"), group)) for word in _as_typed(words, group))


def _multipliers(content: Content) -> Iterator[tuple[str, Sense]]:
    for entry in content["multipliers"]:
        flags = {flag: True for flag in ("alone", "leads", "glued") if entry.get(flag)}
        group = entry.get("group")
        sense = Sense(Kind.MULTIPLIER, Multiplier(Decimal(entry["value"]), **flags), group)
        yield from ((word, sense) for word in _as_typed(entry["words"], group))


def _currencies(content: Content) -> Iterator[tuple[str, Sense]]:
    names = content["names"]
    for name in names.values():
        codes = tuple(name["currencies"])
        for language, words in name["words"].items():
            # Indonesian, Vietnamese and Filipino share the Latin alphabet but no money words.
            group = language if language in ("id", "vi", "fil") else None
            sense = Sense(Kind.CURRENCY, Currency(codes, side=name.get("side")), group)
            yield from ((word, sense) for word in words)
    for code, entry in content["currencies"].items():
        sign = Sense(Kind.CURRENCY, Currency((code,), is_sign=True))
        sense = Sense(Kind.CURRENCY, Currency((code,)))
        yield from ((word, sign) for word in entry["signs"])
        whose = entry.get("whose", {"name": [], "words": []})
        for name in whose["name"]:
            words = [word for words in names[name]["words"].values() for word in words]
            yield from ((phrase, sense) for phrase in _in_both_orders(whose["words"], words))
    for entry in content["beside_figures"]:
        codes = tuple(entry["currencies"])
        sense = Sense(Kind.CURRENCY, Currency(codes, True, entry.get("side"), True, entry["space"]))
        yield from ((word, sense) for word in entry["words"])


def _periods(content: Content) -> Iterator[tuple[str, Sense]]:
    for period, entry in content["periods"].items():
        nouns = entry.get("nouns", [])
        said = Sense(Kind.PERIOD, period)
        yield from ((word, said) for word in _as_typed(entry["said"], "vi"))
        yield from ((word, Sense(Kind.TIME, period)) for word in nouns)
        yield from ((word, Sense(Kind.PERIOD_AFTER, period)) for word in entry.get("after", []))
        yield from ((phrase, said) for phrase in _side_by_side(content["per"], nouns))
        yield from ((phrase, said) for phrase in _side_by_side(nouns, content["per_after"]))


def _in_both_orders(whose: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    yield from _side_by_side(whose, names)
    yield from _side_by_side(names, whose)


def _side_by_side(firsts: Iterable[str], seconds: Iterable[str]) -> Iterator[str]:
    """Pairs of words in one script: "saudi riyal"; where no spaces part words also glued: "ริยาลซาอุ"."""
    by_script = defaultdict(list)
    for second in seconds:
        by_script[_script_name(second)].append(second)
    for first in firsts:
        script = _script_name(first)
        for second in by_script[script]:
            yield f"{first} {second}"
            if script in _UNSPACED_SCRIPTS:
                yield first + second


def _script_name(word: str) -> str:
    """The script of the first letter ("LATIN", "THAI"); signs such as "$" count as Latin."""
    letter = next((character for character in word if character.isalpha()), "a")
    return script_of(letter) or unicodedata.name(letter).split()[0]


def _as_typed(words: Sequence[str], group: str | None) -> list[str]:
    """The words, and for Vietnamese also without the accents that many phones leave out: "triệu", "trieu"."""
    if group != "vi":
        return list(words)
    return list(dict.fromkeys([*words, *map(_without_accents, words)]))


def _without_accents(word: str) -> str:
    if not word.isascii() and script_of(word[0]) != "Latin":
        return word
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
