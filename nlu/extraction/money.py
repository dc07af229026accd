"""Sums of money in what people write, in any of our languages, in native script or romanised."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Sequence

from babel.numbers import get_territory_currencies

from nlu.extraction.folding import fold
from nlu.extraction.money_context import MoneyJudge, periods_of
from nlu.extraction.money_tokens import Tokeniser
from nlu.extraction.money_words import Period, load_money_words
from nlu.extraction.sums import read_sums

_PAID_FOR_WORK = ("hour", "day", "week", "month", "year")


@dataclass(frozen=True)
class MoneyMention:
    """``text[start:end]`` says ``amount``.

    ``currency`` is an ISO 4217 code, or None when it is not said or its name fits several ``candidates``.
    """

    amount: Decimal
    currency: str | None
    candidates: tuple[str, ...]
    period: Period | None
    start: int
    end: int


class MoneyFinder:
    """``MoneyFinder().find("dedh lakh")`` → ``[MoneyMention(150000, None, (), None, 0, 9)]``.

    Reading the word lists takes a while: build one and keep it.
    """

    def __init__(self) -> None:
        self._tokeniser = Tokeniser(load_money_words())

    def find(self, text: str) -> list[MoneyMention]:
        """The sums of money in a message, in their order; both ends of a range are sums of their own."""
        folded = fold(text)
        tokens = self._tokeniser.tokens(folded.text)
        sums = MoneyJudge(tokens, read_sums(tokens)).money()
        mentions = []
        for money, period in zip(sums, periods_of(tokens, sums), strict=True):
            start, end = folded.span(tokens[money.first].start, tokens[money.next - 1].end)
            currency = money.codes[0] if len(money.codes) == 1 else None
            candidates = money.codes if currency is None else ()
            mentions.append(MoneyMention(_plain(money.value), currency, candidates, period, start, end))
        return mentions


def resolve_currency(mention: MoneyMention, origin: str | None, destination: str | None) -> str | None:
    """The currency an everyday name means for someone going from ``origin`` to ``destination`` (ISO 3166).

    "1500 riyal a month" is a wage, paid where the work is; "2 lakh rupees" is a fee, paid at home.
    """
    if mention.currency:
        return mention.currency
    is_wage = mention.period in _PAID_FOR_WORK
    countries: Sequence[str | None] = (destination, origin) if is_wage else (origin, destination)
    for country in countries:
        for code in _currencies_of(country) if country else ():
            if code in mention.candidates:
                return code
    return None


@cache
def _currencies_of(country: str) -> tuple[str, ...]:
    return tuple(get_territory_currencies(country))


def _plain(amount: Decimal) -> Decimal:
    """150000.0 as 150000: the same number, but it prints as people write it."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
