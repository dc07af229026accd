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
_MONTH_OR_YEAR = {"month": "month", "year": "year"}


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
    """The rates of interest a message tells, in order."""
    folded = fold(text)
    found = []
    for percent in PERCENT.finditer(folded.text):
        near = [
            number
            for number in NUMBER.finditer(folded.text)
            if number.start() <= percent.end() + REACH and number.end() >= percent.start() - REACH
        ]
        if near:
            number = min(near, key=lambda one: min(abs(one.end() - percent.start()), abs(one.start() - percent.end())))
            start, end = folded.span(min(number.start(), percent.start()), max(number.end(), percent.end()))
            found.append(Rate(number.group().replace(",", "."), _period(folded.text), start, end))
    return found[:1]


def _period(text: str) -> Optional[str]:
    """Month or year, whichever word of it comes first."""
    tokens = _tokeniser().tokens(text)
    for at in range(len(tokens)):
        for kind in (Kind.PERIOD, Kind.TIME, Kind.PERIOD_AFTER):
            sense = tokens[at].sense(kind)
            if sense is not None and sense.value in _MONTH_OR_YEAR:
                return str(sense.value)
    return None
