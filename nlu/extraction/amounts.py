"""Figures and number words as sums: "2 lakh 50 hajar", "साढे दुई लाख", "2 triệu rưỡi", "แสนห้า", "သိန်း ၂၀"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Iterator, NamedTuple

from nlu.extraction.money_tokens import Tokens
from nlu.extraction.money_words import Kind, Multiplier
from nlu.extraction.numerals import Numeral

_HUNDRED, _THOUSAND, _LAKH, _MILLION = Decimal(100), Decimal(1000), Decimal(100000), Decimal(1000000)
# "500000 lak" is the currency, not five hundred thousand lakh.
_MOST_MULTIPLIED = 10000
# How far ahead a word tells the language of a sum: "2 triệu" by its second word.
_WORDS_THAT_TELL = 4
_NUMBER_WORDS = {Kind.NUMBER, Kind.ADDED, Kind.HALF, Kind.MULTIPLIER, Kind.ARTICLE}
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Amount:
    """The tokens ``first`` to ``next`` (exclusive) say ``value``.

    ``coefficient`` × ``unit`` is its first part (50 × 1000), for ranges; bare figures keep their ``numeral``.
    ``is_vague``: a multiplier without a number ("พันบาท"), a sum only when a currency says so.
    """

    first: int
    next: int
    value: Decimal
    coefficient: Decimal
    unit: Decimal = Decimal(1)
    group: str | None = None
    numeral: Numeral | None = None
    is_vague: bool = False
    is_price: bool = False

    @property
    def is_multiplied(self) -> bool:
        return self.unit > 1

    def times(self, unit: Decimal) -> Amount:
        """The "50" of "50-60 thousand" in thousands."""
        return replace(self, value=self.coefficient * unit, unit=unit, numeral=None)


class _Part(NamedTuple):
    """``coefficient`` × ``unit``, up to the token ``next``.

    ``spelled``: in words; ``alone``: the unit without a number.
    """

    next: int
    coefficient: Decimal
    unit: Decimal = Decimal(1)
    spelled: bool = False
    alone: bool = False

    @property
    def value(self) -> Decimal:
        return self.coefficient * self.unit


def read_amounts(tokens: Tokens) -> Iterator[Amount]:
    """Every number in the text from left to right, sum of money or not."""
    at = 0
    while at < len(tokens):
        amount = _best_amount(tokens, at)
        if amount:
            yield amount
        at = amount.next if amount else at + 1


def _best_amount(tokens: Tokens, at: int) -> Amount | None:
    """The reading, in one language, that makes sense of the most words."""
    token = tokens[at]
    if not (token.numeral or token.word.kinds & _NUMBER_WORDS):
        return None
    behind = tokens.get(at + 1)
    if token.numeral and not (behind and behind.word.kinds & _NUMBER_WORDS):
        # Figures with no word of a number behind them: most numbers, in every language the same.
        value = token.numeral.value
        return Amount(at, at + 1, value, value, numeral=token.numeral, is_price=token.is_price)
    nearby = [tokens[index] for index in range(at, min(at + _WORDS_THAT_TELL, len(tokens)))]
    senses = [sense for near in nearby for sense in near.word.senses if sense.kind in _NUMBER_WORDS]
    groups: list[str | None] = [*sorted({sense.group for sense in senses if sense.group})]
    readings = [_Reader(tokens, group).amount(at) for group in groups or [None]]
    return max(filter(None, readings), key=lambda reading: (reading.next, reading.unit), default=None)


class _Reader:
    """Reads numbers in the words of one group of languages."""

    def __init__(self, tokens: Tokens, group: str | None) -> None:
        self._tokens = tokens
        self._group = group

    def amount(self, first: int) -> Amount | None:
        """The number that begins at a token, with all its parts: 2 lakh, 50 thousand, 500."""
        part = self._part(first)
        if part is None:
            return None
        amount = Amount(first, part.next, part.value, part.coefficient, part.unit, self._group)
        if amount.is_multiplied:
            return self._with_smaller_parts(replace(amount, is_vague=part.alone))
        token = self._tokens[first]
        bare = token.numeral if part.next == first + 1 else None
        return replace(amount, numeral=bare, is_price=token.is_price)

    def _with_smaller_parts(self, amount: Amount) -> Amount:
        smallest = amount.unit
        while True:
            if self._follows(amount.next, Kind.HALF):
                value = amount.value + smallest / 2
                return replace(amount, next=amount.next + 1, value=value, is_vague=False)
            part = self._smaller_part(amount.next, smallest)
            if part is None:
                return amount
            amount = replace(amount, next=part.next, value=amount.value + part.value, is_vague=False)
            if part.unit == 1:
                return amount
            smallest = part.unit

    def _smaller_part(self, at: int, smallest: Decimal) -> _Part | None:
        """The "50 thousand" behind "2 lakh"; a remainder without a unit where languages leave it away."""
        joined = self._follows(at, Kind.AND)
        place = at + 1 if joined else at
        part = self._part(place) if self._is_next(place) else None
        if part is None:
            return None
        if part.unit > 1:
            return part if part.value < smallest and not (part.alone and joined) else None
        if part.value >= smallest or self._counts_something(part.next):
            return None
        if self._group in ("vi", "id") and smallest == _MILLION:
            return self._remainder_of_million(part, self._tokens[place].numeral)
        if self._group == "south_asia" and smallest == _LAKH and part.spelled and part.value < _HUNDRED:
            # "তিন লাখ সত্তর", three lakh seventy, leaves out the thousand.
            return part._replace(coefficient=part.value * _THOUSAND) if part.value >= 10 else None
        return self._remainder(part, smallest, joined and not self._is_glued(at))

    def _remainder(self, part: _Part, smallest: Decimal, joined: bool) -> _Part | None:
        is_digit = part.value < 10 and (part.spelled or self._is_glued(part.next - 1))
        if self._group in ("th", "lo") and is_digit:
            # "แสนห้า" is 150,000, but "แสนหนึ่ง" is a hundred thousand, one of it.
            return part._replace(coefficient=part.value * smallest / 10 if part.value > 1 else Decimal(0))
        if part.spelled:
            return part if part.value >= 10 else None
        is_thousands = part.value >= _THOUSAND or (smallest == _THOUSAND and part.value >= _HUNDRED)
        return part if is_thousands and not joined else None

    def _remainder_of_million(self, part: _Part, numeral: Numeral | None) -> _Part | None:
        """Both "5tr5" and "5 triệu 500" are 5.5 million; "hai triệu năm trăm", "dua juta lima ratus" 2.5."""
        if numeral and numeral.plain and len(numeral.plain) in ((1, 2, 3) if self._group == "vi" else (3,)):
            return part._replace(coefficient=part.value * _MILLION / 10 ** len(numeral.plain))
        if part.spelled and part.value >= _HUNDRED:
            return part._replace(coefficient=part.value * _THOUSAND)
        return None

    def _part(self, at: int) -> _Part | None:
        part = self._coefficient(at)
        if part is None:
            return self._led_by_multiplier(at)
        unit, end = self._units(part.next, part.coefficient)
        if unit == 1:
            is_half = part.coefficient == _HALF and self._tokens[at].is_a(Kind.HALF)
            return None if is_half or self._tokens[at].is_a(Kind.ARTICLE) else part
        coefficient, numeral = part.coefficient, self._tokens[at].numeral
        if numeral and numeral.as_decimal and numeral.value == coefficient:
            coefficient = numeral.as_decimal
        return part._replace(next=end, coefficient=coefficient, unit=unit)

    def _led_by_multiplier(self, at: int) -> _Part | None:
        """The number behind: "ලක්ෂ දෙකක්", "သိန်း ၂၀"; or the multiplier alone: "แสนห้า", "triệu rưỡi"."""
        multiplier = self._multiplier(at)
        if multiplier is None or multiplier.glued or self._is_repeated(at):
            return None
        led = self._coefficient(at + 1) if multiplier.leads and self._is_next(at + 1) else None
        if led and led.value < _THOUSAND:
            # "laksha 3k" is how "ලක්ෂ 3ක්", three lakh, looks in Latin letters.
            end = led.next + self._is_sinhala_article(led.next)
            if not self._counts_something(end):
                return led._replace(next=end, unit=multiplier.value)
        before = self._tokens.get(at - 1)
        if not multiplier.alone or (before and before.is_a(Kind.SEVERAL) and self._is_next(at)):
            return None
        unit, end = self._units(at, Decimal(1), is_first=True)
        return _Part(end, Decimal(1), unit, spelled=True, alone=True)

    def _units(self, at: int, coefficient: Decimal, is_first: bool = False) -> tuple[Decimal, int]:
        """The multipliers behind a coefficient, all of them: "thousand million", "nghìn tỷ"."""
        follows = coefficient < _MOST_MULTIPLIED and (is_first or self._is_next(at))
        multiplier = self._multiplier(at) if follows else None
        if multiplier is None or (multiplier.glued and not self._is_glued_to_figures(at)):
            return Decimal(1), at
        unit, at = multiplier.value, at + 1
        larger = self._multiplier(at) if self._is_next(at) else None
        if larger and not larger.glued and larger.value > unit and larger.value >= _MILLION:
            unit, at = unit * larger.value, at + 1
        return unit, at

    def _has_unit(self, at: int) -> bool:
        return self._units(at, Decimal(1))[0] > 1

    def _coefficient(self, at: int) -> _Part | None:
        """A number below its multiplier: 50, 1.5, "two hundred and fifty", "साढे दुई", "one and a half"."""
        added = self._meaning(at, Kind.ADDED)
        if added:
            number = self._hundreds(at + 1) if self._is_next(at + 1) else None
            if number:
                return number._replace(coefficient=number.coefficient + added, spelled=True)
            return _Part(at + 1, 1 + added, spelled=True) if self._has_unit(at + 1) else None
        first = self._meaning(at, Kind.HALF) or self._meaning(at, Kind.ARTICLE)
        if first:
            return _Part(at + 1, first, spelled=True)
        number = self._hundreds(at)
        if number and self._follows(number.next, Kind.HALF) and self._has_unit(number.next + 1):
            return number._replace(next=number.next + 1, coefficient=number.coefficient + _HALF)
        return number

    def _hundreds(self, at: int) -> _Part | None:
        """A number below a thousand: "25", "दो सौ", "two hundred and fifty", "hai trăm", "ร้อยห้าสิบ"."""
        first = self._tens(at)
        place = first.next if first else at
        hundred = self._hundred(place, alone=first is None)
        if not hundred:
            return first
        value = (first.coefficient if first else 1) * _HUNDRED
        end = place + 1
        rest_at = end + 1 if self._follows(end, Kind.AND) else end
        rest = self._tens(rest_at) if self._is_next(rest_at) else None
        if rest and rest.spelled and rest.coefficient < _HUNDRED:
            value, end = value + rest.coefficient, rest.next
        return _Part(end, value, spelled=True)

    def _hundred(self, at: int, alone: bool) -> bool:
        multiplier = self._multiplier(at)
        if multiplier is None or multiplier.value != _HUNDRED:
            return False
        return multiplier.alone and not self._is_repeated(at) if alone else self._is_next(at)

    def _tens(self, at: int) -> _Part | None:
        """Figures, or a number word, or two: "twenty five", "mười lăm"."""
        token = self._tokens.get(at)
        if token is None:
            return None
        if token.numeral:
            return _Part(at + 1, token.numeral.value)
        value, place = self._number(at), at + 1
        if value is None:
            return None
        ones = self._number(place) if self._is_next(place) else None
        if ones and ones < 10 <= value < _HUNDRED and value % 10 == 0:
            value, place = value + ones, place + 1
        return _Part(place, value, spelled=True)

    def _number(self, at: int) -> Decimal | None:
        return self._meaning(at, Kind.NUMBER)

    def _multiplier(self, at: int) -> Multiplier | None:
        return self._meaning(at, Kind.MULTIPLIER)

    def _meaning(self, at: int, kind: Kind) -> Any:
        token = self._tokens.get(at)
        sense = token.sense(kind, self._group) if token else None
        return sense.value if sense else None

    def _is_repeated(self, at: int) -> bool:
        """Thousands and thousands ("হাজার হাজার") are no sum."""
        multiplier = self._multiplier(at)
        neighbours = (self._multiplier(at - 1), self._multiplier(at + 1))
        return any(other and multiplier and other.value == multiplier.value for other in neighbours)

    def _counts_something(self, at: int) -> bool:
        """In "2 lakh 5 months" the five belongs to the months."""
        token = self._tokens.get(at)
        if token is None or not self._is_next(at):
            return False
        return token.is_a(Kind.TIME) or token.is_a(Kind.COUNTED) or bool(self._multiplier(at))

    def _follows(self, at: int, kind: Kind) -> bool:
        token = self._tokens.get(at)
        return token is not None and token.sense(kind, self._group) is not None and self._is_next(at)

    def _is_next(self, at: int) -> bool:
        """Whether the token follows the one before it without anything between."""
        return at > 0 and self._tokens.next_to_each_other(at - 1)

    def _is_sinhala_article(self, at: int) -> bool:
        multiplier = self._multiplier(at)
        return self._group == "south_asia" and self._is_glued(at) and bool(multiplier and multiplier.glued)

    def _is_glued_to_figures(self, at: int) -> bool:
        return self._is_glued(at) and self._tokens[at - 1].numeral is not None

    def _is_glued(self, at: int) -> bool:
        return at > 0 and at < len(self._tokens) and not self._tokens.between(at - 1, at)
