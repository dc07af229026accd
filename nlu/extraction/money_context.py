"""Which numbers are sums of money at all, and per what they are paid."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Collection, Iterator, Sequence

import regex

from nlu.extraction.gazetteer import script_of
from nlu.extraction.money_tokens import Token, Tokens
from nlu.extraction.money_words import Kind, Period
from nlu.extraction.sums import Sum

_SMALLEST_BARE = 1000
_SMALLEST_SPELLED = 20
# Of the common era and Bikram Sambat; and of the Buddhist era.
_YEARS = {*range(1950, 2101), *range(2540, 2581)}
_YEARS_PEOPLE_TALK_ABOUT = range(2010, 2036)
_PART_OF_MORE = regex.compile(r"[-/:.#+]")
_SOMETHING_SAID = regex.compile(r"[\p{L}\p{N}]")
_CLAUSE_END = regex.compile(r"[,;!?।\n]|\.\s")
# How many characters may stand between a number and the word that explains it.
_LEAD_REACH, _TOPIC_REACH, _PERIOD_REACH = 6, 40, 30
# "1500 riyal salary per month"; languages of other scripts say the period first or at once.
_PERIOD_REACH_BEHIND = {"Latin": 20}
_PERIOD_REACH_AT_ONCE = 3
# Sums without a currency are round; a hotline is not.
_ROUND = 50
# "500 in a month", "महिनाको ५०० जति"
_WORDS_OF_A_WAGE = 4


class MoneyJudge:
    """Tells sums of money from other numbers of one text."""

    def __init__(self, tokens: Tokens, sums: Sequence[Sum]) -> None:
        self._tokens = tokens
        self._sums = sums

    def money(self) -> list[Sum]:
        """Those of the numbers that are sums of money."""
        return [number for number in self._sums if self._is_money(number)]

    def _is_money(self, number: Sum) -> bool:
        amount = number.amount
        if number.value <= 0:
            return False
        if amount.is_price:
            return True
        if number.codes:
            return not self._only_looks_paid(number)
        if amount.is_vague or self._is_followed_by(number, Kind.COUNTED):
            return False
        if amount.is_multiplied:
            return not self._is_duration(number)
        return self._is_whole_message(number) or self._is_bare_sum(number) or self._is_paid_by_time(number)

    def _only_looks_paid(self, number: Sum) -> bool:
        """A currency beside a number about something else: "paid in riyal 2 years", "hai dollar"."""
        amount = number.amount
        if not amount.is_multiplied and amount.numeral is None and amount.value < _SMALLEST_SPELLED:
            return True
        counts = self._is_followed_by(number, Kind.TIME) or self._is_followed_by(number, Kind.COUNTED)
        return number.by_name_before and amount.value < _SMALLEST_BARE and counts

    def _is_whole_message(self, number: Sum) -> bool:
        start, end = self._tokens[number.first].start, self._tokens[number.next - 1].end
        rest = self._tokens.text[:start] + self._tokens.text[end:]
        return not _SOMETHING_SAID.search(rest) and not self._looks_like_telephone(number)

    def _looks_like_telephone(self, number: Sum) -> bool:
        plain = (number.amount.numeral and number.amount.numeral.plain) or ""
        if plain.startswith("0"):
            return True
        return len(plain) >= 9 and not plain.endswith("000")

    def _is_paid_by_time(self, number: Sum) -> bool:
        """ "500 a week", and nothing else: what is said when a wage is asked for."""
        is_short = len(self._sums) == 1 and len(self._tokens) <= _WORDS_OF_A_WAGE
        if not is_short or number.value < _ROUND or self._is_duration(number) or self._is_led(number):
            return False
        return any(_periods(self._tokens, self._sums))

    def _is_bare_sum(self, number: Sum) -> bool:
        """A number of four digits and more that nothing around it says to be something else."""
        if number.value < _SMALLEST_BARE:
            return False
        numeral = number.amount.numeral
        if numeral is None:
            return True
        if self._looks_like_telephone(number) or self._is_part_of_more(number) or self._is_led(number):
            return False
        if self._is_duration(number):
            return False
        if numeral.plain and int(numeral.plain) in _YEARS_PEOPLE_TALK_ABOUT:
            # "minimum wage 2026"
            return False
        is_odd = numeral.plain and len(numeral.plain) >= 7 and not numeral.plain.endswith("00")
        is_year = numeral.plain and int(numeral.plain) in _YEARS
        return self._is_about_money(number) if is_odd or is_year else True

    def _is_part_of_more(self, number: Sum) -> bool:
        """Only a piece of a date or a telephone number: "12/2024", "01-4412345", "98 4123 4567"."""
        if number.linked:
            return False
        if self._tokens.text[: self._tokens[number.first].start].endswith(("/", "_")):
            return True
        return any(self._touches_figures(left) for left in (number.first - 1, number.next - 1))

    def _touches_figures(self, left: int) -> bool:
        first, second = self._tokens.get(left), self._tokens.get(left + 1)
        if first is None or second is None or not (first.is_figures and second.is_figures):
            return False
        between = self._tokens.between(left, left + 1)
        return not between.strip() or bool(_PART_OF_MORE.fullmatch(between.strip()))

    def _is_led(self, number: Sum) -> bool:
        """A number of something: "hotline 1415", "passport no 12345", "16135 e bidesh theke call"."""
        if number.value % _ROUND:
            return self._has_near(number, (Kind.LEAD,), _TOPIC_REACH, _TOPIC_REACH)
        return self._has_near(number, (Kind.LEAD,), _LEAD_REACH, 0)

    def _is_duration(self, number: Sum) -> bool:
        """A number of hours, days or years; "30000 महिना" is a wage."""
        behind = self._tokens.get(number.next)
        if behind is None or not self._tokens.next_to_each_other(number.next - 1):
            return False
        time = behind.sense(Kind.TIME)
        return time is not None and time.value != "month" and not behind.is_a(Kind.PERIOD_AFTER)

    def _is_followed_by(self, number: Sum, kind: Kind) -> bool:
        behind = self._tokens.get(number.next)
        return behind is not None and behind.is_a(kind) and self._tokens.next_to_each_other(number.next - 1)

    def _is_about_money(self, number: Sum) -> bool:
        return self._has_near(number, (Kind.ABOUT_MONEY, Kind.PERIOD), _TOPIC_REACH, _LEAD_REACH)

    def _has_near(self, number: Sum, kinds: Collection[Kind], reach_before: int, reach_behind: int) -> bool:
        """Whether a word of a kind stands so many characters before or behind the number."""
        start, end = self._tokens[number.first].start, self._tokens[number.next - 1].end
        for at in range(number.first - 1, -1, -1):
            if start - self._tokens[at].end > reach_before:
                break
            if any(map(self._tokens[at].is_a, kinds)):
                return True
        for at in range(number.next, len(self._tokens)):
            if self._tokens[at].start - end > reach_behind:
                break
            if any(map(self._tokens[at].is_a, kinds)):
                return True
        return False


@dataclass(frozen=True)
class _Period:
    """As "per month", from ``start`` to ``end`` of the text."""

    name: Period
    start: int
    end: int


def periods_of(tokens: Tokens, sums: Sequence[Sum]) -> list[Period | None]:
    """For each sum what it is paid per. A period belongs to the nearest sum; ends of a range share it."""
    found: list[dict[Period, int]] = [{} for _ in sums]
    starts = [tokens[number.first].start for number in sums]
    for period in _periods(tokens, sums):
        behind = bisect_left(starts, period.start)
        neighbours = [index for index in (behind - 1, behind) if 0 <= index < len(sums)]
        distances = [(_distance(tokens, period, sums[index]), index) for index in neighbours]
        within = [candidate for candidate in distances if candidate[0] <= _PERIOD_REACH]
        if within:
            distance, nearest = _nearest(tokens, period, sums, within)
            found[nearest][period.name] = min(distance, found[nearest].get(period.name, distance))
    chosen = [_choice(distances) for distances in found]
    for left in range(len(sums) - 1):
        if sums[left].linked and sums[left + 1].linked:
            chosen[left] = chosen[left] or chosen[left + 1]
            chosen[left + 1] = chosen[left + 1] or chosen[left]
    return chosen


def _nearest(
    tokens: Tokens, period: _Period, sums: Sequence[Sum], within: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Between two sums equally near: in Latin letters "1500 per month", in other scripts "महिनाको 1500"."""
    comes_behind = script_of(tokens.text[period.start]) == "Latin"

    def rank(candidate: tuple[int, int]) -> tuple[int, bool]:
        distance, index = candidate
        sum_is_before = tokens[sums[index].first].start < period.start
        return distance, sum_is_before is not comes_behind

    return min(within, key=rank)


def _choice(distances: dict[Period, int]) -> Period | None:
    """The nearest; "total" only when nothing says per what."""
    return min(distances, key=lambda name: (name == "total", distances[name]), default=None)


def _periods(tokens: Tokens, sums: Sequence[Sum]) -> Iterator[_Period]:
    ends_of_sums = {number.next for number in sums}
    for at in range(len(tokens)):
        token = tokens[at]
        said = token.sense(Kind.PERIOD)
        time = token.sense(Kind.TIME)
        behind_sum = token.sense(Kind.PERIOD_AFTER)
        if behind_sum and at in ends_of_sums and tokens.next_to_each_other(at - 1):
            yield _Period(behind_sum.value, token.start, token.end)
        elif said and not _says_something_else(tokens, at, ends_of_sums):
            yield _Period(said.value, token.start, token.end)
        elif time and tokens.text[max(token.start - 2, 0) : token.start].rstrip(" ").endswith("/"):
            yield _Period(time.value, token.start, token.end)


def _says_something_else(tokens: Tokens, at: int, ends_of_sums: set[int]) -> bool:
    """Durations ("2 महिनाको", "kitne mahine me") and interest ("3% monthly"); "30 हजार महिनाको" is a wage."""
    before: Token | None = tokens.get(at - 1)
    if before is None or at in ends_of_sums or not tokens.next_to_each_other(at - 1):
        return False
    if before.is_a(Kind.COUNTED) or before.is_a(Kind.SEVERAL):
        return True
    if before.numeral:
        return before.numeral.value != 1
    return any(sense.kind is Kind.NUMBER and sense.value != 1 for sense in before.word.senses)


def _distance(tokens: Tokens, period: _Period, number: Sum) -> int:
    """How many characters lie between; too many where another clause begins."""
    start, end = tokens[number.first].start, tokens[number.next - 1].end
    if end <= period.start:
        left, right = end, period.start
        reach = _PERIOD_REACH_BEHIND.get(script_of(tokens.text[period.start]) or "", _PERIOD_REACH_AT_ONCE)
    else:
        left, right, reach = period.end, start, _PERIOD_REACH
    within = right - left <= reach and not _CLAUSE_END.search(tokens.text, left, right)
    return right - left if within else _PERIOD_REACH + 1
