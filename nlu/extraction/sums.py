"""Amounts with the currency beside them, and ranges that share it: "Rs 50,000-60,000", "50 to 60 taka"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Sequence

import regex
from babel.numbers import get_currency_precision

from nlu.extraction.amounts import Amount, read_amounts
from nlu.extraction.money_tokens import Tokens
from nlu.extraction.money_words import Currency, Kind

_BEFORE_FIGURES = regex.compile(r"[^\S\n]{0,2}[.:=-]?[^\S\n]{0,2}")
_BEHIND_FIGURES = regex.compile(r"[^\S\n]{0,2}[.-]?[^\S\n]{0,2}")
_RANGE = regex.compile(r"[^\S\n]{0,2}[-/~][^\S\n]{0,2}")
_SPACE = regex.compile(r"[^\S\n]{1,3}")
# Languages of the Latin alphabet whose money words mean something else in the others ("5 juta dong!").
_KEPT_APART = ("id", "vi", "fil")


@dataclass(frozen=True)
class Sum:
    """An amount and its currency; the tokens ``first`` to ``next`` (exclusive) say it.

    ``codes``: the currencies it may be in, none when not said. ``linked``: it is one end of a range.
    ``by_name_before``: only a word before it makes it money ("riyal 2").
    """

    amount: Amount
    first: int
    next: int
    codes: tuple[str, ...] = ()
    linked: bool = False
    by_name_before: bool = False

    @property
    def value(self) -> Decimal:
        """The amount; "1.500" is one and a half where money has a thousand small units, as in Kuwait."""
        numeral = self.amount.numeral
        if numeral and numeral.as_decimal and self.codes and all(map(_has_thousand_small_units, self.codes)):
            return numeral.as_decimal
        return self.amount.value


def read_sums(tokens: Tokens) -> list[Sum]:
    """Every number of the text with the currency beside it, if any."""
    sums: list[Sum] = []
    for amount in read_amounts(tokens):
        taken = sums[-1].next if sums else 0
        if amount.first >= taken:
            sums.append(_with_currency(tokens, amount, taken))
    return _with_ranges(tokens, sums)


def _with_currency(tokens: Tokens, amount: Amount, taken: int) -> Sum:
    before = _currency_before(tokens, amount) if amount.first > taken else None
    behind = _currency_behind(tokens, amount)
    if behind and not (before and not set(behind.codes) <= set(before.codes)):
        return Sum(amount, amount.first - bool(before), amount.next + 1, behind.codes)
    if before:
        return Sum(amount, amount.first - 1, amount.next, before.codes, by_name_before=not before.is_sign)
    return Sum(amount, amount.first, amount.next)


def _currency_before(tokens: Tokens, amount: Amount) -> Currency | None:
    at = amount.first - 1
    if at < 0 or not _BEFORE_FIGURES.fullmatch(tokens.between(at, amount.first)):
        return None
    return _currency(tokens, at, amount, "before", tokens.between(at, amount.first))


def _currency_behind(tokens: Tokens, amount: Amount) -> Currency | None:
    at = amount.next
    if at >= len(tokens) or not _BEHIND_FIGURES.fullmatch(tokens.between(at - 1, at)):
        return None
    if _belongs_to_next_figures(tokens, at, amount):
        return None
    return _currency(tokens, at, amount, "after", tokens.between(at - 1, at))


def _belongs_to_next_figures(tokens: Tokens, at: int, amount: Amount) -> bool:
    """In "for 2 Rs 50000" the two are no rupees."""
    following = tokens.get(at + 1)
    if following is None or following.numeral is None or not tokens.next_to_each_other(at):
        return False
    return amount.numeral is not None and amount.value < 1000 <= following.numeral.value


def _currency(tokens: Tokens, at: int, amount: Amount, side: str, gap: str) -> Currency | None:
    for sense in tokens[at].word.senses:
        if sense.kind is not Kind.CURRENCY or sense.value.side not in (None, side):
            continue
        if sense.value.beside_figures and gap and not sense.value.spaced:
            continue
        if sense.group in _KEPT_APART and amount.group in _KEPT_APART and sense.group != amount.group:
            continue
        return sense.value
    return None


def _with_ranges(tokens: Tokens, sums: Sequence[Sum]) -> list[Sum]:
    linked = list(sums)
    for left in range(len(linked) - 1):
        first, second = linked[left], linked[left + 1]
        if not _is_range(tokens, first, second):
            continue
        if _shares_unit(first.amount, second.amount):
            first = replace(first, amount=first.amount.times(second.amount.unit))
        if first.value >= second.value:
            continue
        codes = first.codes or second.codes
        linked[left] = replace(first, codes=codes, linked=True)
        linked[left + 1] = replace(second, codes=second.codes or codes, linked=True)
    return linked


def _is_range(tokens: Tokens, first: Sum, second: Sum) -> bool:
    if second.first == first.next:
        between = tokens.between(first.next - 1, second.first)
        return bool(_RANGE.fullmatch(between)) or _is_about(tokens, first.amount, second.amount)
    parted_by_word = second.first == first.next + 1 and tokens[first.next].is_a(Kind.RANGE)
    return parted_by_word and all(map(tokens.next_to_each_other, (first.next - 1, first.next)))


def _is_about(tokens: Tokens, first: Amount, second: Amount) -> bool:
    """Two or three of them: "do teen lakh", "hai ba triệu"."""
    both_spelled = not (tokens[first.first].is_figures or tokens[second.first].is_figures)
    apart = tokens.between(first.next - 1, second.first)
    return both_spelled and _shares_unit(first, second) and bool(_SPACE.fullmatch(apart) or not apart)


def _shares_unit(first: Amount, second: Amount) -> bool:
    """Thousands in "50-60 thousand", but no lakh in "50-1 lakh"."""
    if first.is_multiplied or not second.is_multiplied:
        return False
    return first.value < min(second.coefficient, Decimal(1000))


@cache
def _has_thousand_small_units(code: str) -> bool:
    return get_currency_precision(code) == 3
