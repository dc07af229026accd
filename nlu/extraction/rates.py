"""Rates of interest: "3 percent a month", "२४ प्रतिशत वार्षिक", "saikda 2"."""

from __future__ import annotations

from functools import lru_cache
from typing import List, NamedTuple, Optional

import regex

from nlu.extraction.folding import fold
from nlu.extraction.money_tokens import Tokeniser
from nlu.extraction.money_words import Kind, load_money_words

PERCENT = regex.compile(
    r"%|٪|percent|per cent|prosento|porsyento|persen|procent|pratishat|prati ?shat|pratisat|shatangsho|"
    r"shotangsho|shotokora|"
    r"fi ?sad|fee ?sad|feesadi|saikda|sekda|sekada|sathaveetham|satha?vitham|siyayata|ph[aầ]n tr[aă]m|"
    r"प्रतिशत|फीसदी|फ़ीसदी|सैकड़ा|सैकडा|सयकडा|शेकडा|सैकडे|শতাংশ|শতকরা|পার্সেন্ট|পারসেন্ট|فیصد|فی صد|سینکڑا|பர்சென்ட்|சதவீத|சதவிகித|"
    r"සියයට|ප්‍රතිශත|ร้อยละ|เปอร์เซ็นต์|เปอร์เซนต์|ເປີເຊັນ|ຮ້ອຍລະ|ສ່ວນຮ້ອຍ|ရာခိုင်နှုန်း|ភាគរយ"
)
NUMBER = regex.compile(r"\d+(?:[.,]\d+)?")
REACH = 14
"""Characters between the number and the word for percent."""
PERIODS = ("month", "year")
LONGEST = 300
"""Characters that are read: a rate is a short answer."""
_COUNT = regex.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s?\Z")


class Rate(NamedTuple):
    """``percent`` as a decimal in ASCII digits; ``per`` "month", "year" or None; its place in the text."""

    percent: str
    per: Optional[str]
    start: int
    end: int


@lru_cache(maxsize=1)
def _tokeniser() -> Tokeniser:
    return Tokeniser(load_money_words())


def rates_in(text: str) -> List[Rate]:
    """The first rate of interest a message tells."""
    folded = fold(text[:LONGEST])
    percent = next((found for found in PERCENT.finditer(folded.text) if _number_near(folded.text, found)), None)
    if percent is None:
        return []
    number = _number_near(folded.text, percent)
    assert number is not None
    start, end = folded.span(min(number.start(), percent.start()), max(number.end(), percent.end()))
    return [Rate(number.group().replace(",", "."), _period(folded.text, percent, number), start, end)]


def _number_near(text: str, percent: regex.Match) -> Optional[regex.Match]:
    reach = NUMBER.finditer(text, max(percent.start() - REACH - 8, 0), percent.end() + REACH)
    near = [one for one in reach if one.end() >= percent.start() - REACH]
    return min(near, key=lambda one: max(one.start() - percent.end(), percent.start() - one.end()), default=None)


def _period(text: str, percent: regex.Match, rate: regex.Match) -> Optional[str]:
    """Month or year, whichever word stands nearest; "2 years" is how long and not per what."""
    tokens = _tokeniser().tokens(text)
    found = []
    for at in range(len(tokens)):
        senses = (tokens[at].sense(kind) for kind in (Kind.PERIOD, Kind.TIME, Kind.PERIOD_AFTER))
        value = next((sense.value for sense in senses if sense is not None), None)
        if value in PERIODS and not _is_counted(text, tokens[at].start, rate):
            distance = max(tokens[at].start - percent.end(), percent.start() - tokens[at].end)
            found.append((distance, str(value)))
    return min(found)[1] if found else None


def _is_counted(text: str, start: int, rate: regex.Match) -> bool:
    """Whether a number that is not the rate itself stands directly before: "2 years", but not "saikda 2 mahina"."""
    before = _COUNT.search(text, 0, start)
    return before is not None and before["number"] != "1" and before.start("number") != rate.start()
