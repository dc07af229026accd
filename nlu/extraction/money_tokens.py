"""A text as the figures and money words in it, from left to right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, NamedTuple

import regex

from nlu.extraction.gazetteer import Gazetteer, is_ending, may_end, script_of, word_starts
from nlu.extraction.money_words import Currency, Kind, Sense, Word
from nlu.extraction.numerals import Numeral, read_numeral

# "500/-", "1500/=", "25.000,-", "1,500.-": strokes that only prices carry.
_PRICE_STROKE = regex.compile(r" ?(?:/[-=]|,-|\.-)(?!\d)=?")
# Dates, times, telephone numbers. One slash alone may part a range: "5/6 lakh".
_NO_NUMBERS = regex.compile(r"(?<!\S)\+ ?\d[\d ()-]{7,}+|(?<!\d)\d++(?:(?:[-/:]\d++){2,}+|:\d++)")
_FIGURE_OR_SIGN = regex.compile(r"[\d\p{Sc}%#&~円]")
_LATIN_LETTERS = regex.compile(r"[\p{Latin}\p{M}]+")
_IN_A_SUM = {Kind.NUMBER, Kind.ADDED, Kind.HALF, Kind.MULTIPLIER, Kind.CURRENCY, Kind.PERIOD, Kind.TIME}
_MOST_GLUED_WORDS = 6
# "dosau" is two hundred, but "onek" (many) is not one k.
_SHORTEST_GLUED_WORD = 3
_NO_WORD = Word(())
_ADJACENT = regex.compile(r"[^\S\n]{0,3}-?[^\S\n]{0,3}")


class Token(NamedTuple):
    """Figures (``numeral``) or a ``word``; ``is_price`` when a stroke marks the figures as a price.

    Figures with neither are no number: a date, a telephone number, part of a code.
    """

    start: int
    end: int
    numeral: Numeral | None = None
    word: Word = _NO_WORD
    is_price: bool = False

    @property
    def is_figures(self) -> bool:
        return self.word is _NO_WORD

    def sense(self, kind: Kind, group: str | None = None) -> Sense | None:
        """What the word means as a ``kind`` beside words of ``group``."""
        return self.word.sense(kind, group)

    def is_a(self, kind: Kind) -> bool:
        return kind in self.word.kinds


@dataclass(frozen=True)
class Tokens:
    """All tokens of a folded text."""

    text: str
    tokens: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def get(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def between(self, left: int, right: int) -> str:
        """The text between two tokens."""
        return self.text[self.tokens[left].end : self.tokens[right].start]

    def next_to_each_other(self, left: int) -> bool:
        """Whether only a space or hyphen stands between the token and the one after it."""
        return left + 1 < len(self.tokens) and bool(_ADJACENT.fullmatch(self.between(left, left + 1)))


class Tokeniser:
    """``Tokeniser(words).tokens(text)`` for folded texts."""

    def __init__(self, words: Gazetteer[Word]) -> None:
        self._words = words

    def tokens(self, text: str) -> Tokens:
        return Tokens(text, tuple(self._scan(text)))

    def _scan(self, text: str) -> Iterator[Token]:
        no_numbers = {place for match in _NO_NUMBERS.finditer(text) for place in range(*match.span())}
        last = Token(0, 0)
        for place in _places(text):
            if place < last.end:
                continue
            if text[place].isdigit():
                found = [self._figures(text, place, no_numbers, last)]
            else:
                found = self._words_at(text, place)
            for last in found:
                yield last

    def _figures(self, text: str, place: int, no_numbers: set[int], last: Token) -> Token:
        numeral, end = read_numeral(text, place)
        if place in no_numbers:
            return Token(place, end)
        stroke = _PRICE_STROKE.match(text, end)
        if stroke and numeral:
            return Token(place, stroke.end(), numeral, is_price=True)
        if self._is_part_of_code(text, place, end, last):
            numeral = None
        return Token(place, end, numeral)

    def _is_part_of_code(self, text: str, start: int, end: int, last: Token) -> bool:
        """Latin letters touch the figures ("A1234567", "15th", "E-9") and are no word of a sum ("k")."""
        letter_at = start - 2 if text[start - 1 : start] == "-" else start - 1
        touches = letter_at >= 0 and script_of(text[letter_at]) == "Latin"
        if touches and not (last.end == letter_at + 1 and _counts_in_sum(last)):
            return True
        letters = _LATIN_LETTERS.match(text, end)
        if not letters or is_ending(letters.group(), "Latin", end - start + 4):
            return False
        words = self._words_at(text, end)
        return not (words and _counts_in_sum(words[0]))

    def _words_at(self, text: str, place: int, parts: int = _MOST_GLUED_WORDS) -> list[Token]:
        """The longest word at a place; or several glued together that use up all letters: "paanchlakh"."""
        for word, end in self._words.readings_at(text, place):
            if not _stands_where_it_may(word, text, place, end):
                continue
            token = Token(place, end, word=word)
            glued = self._glued_to(token, text, parts)
            if glued or may_end(text, place, end):
                return [token, *glued]
        return []

    def _glued_to(self, token: Token, text: str, parts: int) -> list[Token]:
        if not parts or token.end >= len(text) or not text[token.end].isalpha() or not _counts_in_sum(token):
            return []
        glued = self._words_at(text, token.end, parts - 1)
        if not glued or not _counts_in_sum(glued[0]):
            return []
        is_too_short = glued[-1].end - glued[-1].start < _SHORTEST_GLUED_WORD
        return [] if is_too_short and script_of(text[token.end]) == "Latin" else glued


def _places(text: str) -> list[int]:
    """Where figures, words and signs of money may begin, in order."""
    figures_and_signs = (match.start() for match in _FIGURE_OR_SIGN.finditer(text))
    return sorted({*figures_and_signs, *word_starts(text)})


def _counts_in_sum(token: Token) -> bool:
    """Whether the word may be glued to figures and to words of a sum."""
    return not _IN_A_SUM.isdisjoint(token.word.kinds)


def _stands_where_it_may(word: Word, text: str, start: int, end: int) -> bool:
    """Short signs such as "d" and "KD" are money only beside figures; others stand anywhere."""
    for sense in word.senses:
        if not (isinstance(sense.value, Currency) and sense.value.beside_figures):
            return True
        reach = 2 if sense.value.spaced else 1
        behind = text[end : end + reach].lstrip(" .")
        before = text[max(start - reach, 0) : start].rstrip(" ")
        if sense.value.side != "after" and behind[:1].isdigit():
            return True
        if sense.value.side != "before" and before[-1:].isdigit():
            return True
    return False
