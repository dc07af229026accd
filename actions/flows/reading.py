"""What the words of a message tell a guided check: a sum, a country, a number, a rate of interest, a name."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any, Dict, List, Optional

from babel.numbers import get_group_symbol

from actions.base import Asked
from actions.profile import is_country

WAGE_PERIODS = ("hour", "day", "week", "month", "year")
TIMES_A_YEAR = {"week": 52, "year": 1}
MONTHS_A_YEAR = 12
HIGHEST_PERCENT = 100
"""A rate above it is a slip of the finger."""
LONGEST_NAME = 80
"""Characters of a name that are read."""
SHORTEST_OFFER, WHOLE_OFFER = 15, 70
"""Letters and figures from which words can be about an offer, and from which they are the offer itself."""

_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*")
_BY_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}")


def sum_told(asked: Asked, *, wage: bool) -> Optional[Dict[str, Any]]:
    """The value of the sum a message tells: of a wage the one by the month, else the largest that is no wage, because
    of "2 lakh to 3 lakh" a person may have to pay 3."""
    told = [dict(entity["value"]) for entity in entities(asked) if entity.get("entity") == "money"]
    paid_by_time = [one for one in told if one.get("period") in WAGE_PERIODS]
    once = [one for one in told if one not in paid_by_time]
    fitting = (paid_by_time or once) if wage else (once or paid_by_time)
    return max(fitting, key=lambda one: Decimal(str(one["amount"])), default=None)


def monthly_wage_told(asked: Asked) -> Optional[Dict[str, Any]]:
    """What is earned or spent in one month, of a range the lower end; ``told`` is the sum by the week or year where
    that was said. A sum by the day or hour says nothing of a month: nobody has told the days of work."""
    sums = [dict(entity["value"]) for entity in entities(asked) if entity.get("entity") == "money"]
    by_the_month = [one for one in sums if one.get("period") == "month"]
    told = by_the_month or [one for one in sums if one.get("period") not in WAGE_PERIODS]
    if told:
        return min(told, key=lambda one: Decimal(str(one["amount"])))
    return next((_by_the_month(one) for one in sums if one.get("period") in TIMES_A_YEAR), None)


def _by_the_month(one: Dict[str, Any]) -> Dict[str, Any]:
    amount = Decimal(str(one["amount"])) * TIMES_A_YEAR[one["period"]] / MONTHS_A_YEAR
    told = {"amount": one["amount"], "times": TIMES_A_YEAR[one["period"]]}
    return {**one, "amount": f"{amount.quantize(Decimal('0.01')).normalize():f}", "period": "month", "told": told}


def country_told(asked: Asked, side: str) -> Optional[str]:
    """The country a question for one side was answered with, whatever side the words alone would suggest."""
    for entity in entities(asked):
        if entity.get("entity") == side:
            return str(entity["value"]) if is_country(entity["value"]) else None
        if entity.get("entity") == "country" and entity.get("role") in (side, None):
            value = str(entity["value"])
            return None if value.startswith("REGION:") else value
    return None


def number_told(asked: Asked) -> Optional[str]:
    """The number in a message, in any script's digits, as "36.5"; of "100 QAR = 3650 NPR" what one is worth. None where
    it holds more numbers than that."""
    numbers = numbers_in(asked)
    if len(numbers) == 2 and Decimal(numbers[0]) > 0:
        return f"{(Decimal(numbers[1]) / Decimal(numbers[0])).normalize():f}"
    return numbers[0] if len(numbers) == 1 else None


def numbers_in(asked: Asked) -> List[str]:
    """Every number of a message, in any script's digits, as "36.5"."""
    group = get_group_symbol(asked.speak.code)
    return [_plain(found, group) for found in _NUMBER.findall(in_ascii_digits(text_of(asked)))]


def rate_told(asked: Asked) -> Optional[Dict[str, Optional[str]]]:
    """``{"percent": "3", "per": "month" | "year" | None}``."""
    for entity in entities(asked):
        if entity.get("entity") == "rate" and Decimal(entity["value"]["percent"]) <= HIGHEST_PERCENT:
            return dict(entity["value"])
    if any(entity.get("entity") == "money" and entity["value"].get("currency") for entity in entities(asked)):
        return None
    numbers = numbers_in(asked)
    per_hundred = [number for number in numbers if Decimal(number) != 100]
    told = per_hundred if len(numbers) == 2 and len(per_hundred) == 1 else numbers
    return {"percent": told[0], "per": None} if len(told) == 1 and Decimal(told[0]) <= HIGHEST_PERCENT else None


def name_told(asked: Asked) -> Optional[str]:
    """The words themselves, cut to what a name can be; None where there is no letter."""
    words = " ".join(text_of(asked).split())[:LONGEST_NAME]
    return words if any(letter.isalnum() for letter in words) else None


def offer_told(asked: Asked) -> Optional[Dict[str, Any]]:
    """``{"signs": [{"sign", "quote"}], "is_whole": bool}``: the signs in a text (nlu/offers), and whether it is long
    enough to be a whole offer; None for a few words, and for some more without a sign."""
    signs = list(asked.message.get("signs") or ())
    letters = sum(letter.isalnum() or unicodedata.category(letter)[0] == "M" for letter in text_of(asked))
    is_whole = letters >= WHOLE_OFFER
    return {"signs": signs, "is_whole": is_whole} if is_whole or (signs and letters >= SHORTEST_OFFER) else None


def named_check(asked: Asked) -> Optional[str]:
    """The check that words ask for, by its name."""
    return next((str(entity["value"]) for entity in entities(asked) if entity.get("entity") == "check"), None)


def event_told(asked: Asked) -> Optional[str]:
    """What has happened, by its name among the events that are claimed for."""
    return next((str(entity["value"]) for entity in entities(asked) if entity.get("entity") == "event"), None)


def text_of(asked: Asked) -> str:
    return str(asked.message.get("text") or "").strip()


def in_ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(letter, letter)) for letter in text)


def entities(asked: Asked) -> List[Dict[str, Any]]:
    return list(asked.message.get("entities") or ())


def _plain(number: str, group: str) -> str:
    """ "1,50,000", "36,5" and, where ``group`` parts thousands, "4.500" as "150000", "36.5" and "4500"."""
    number = number.replace("\u066b", ".").replace("\u066c", ",")
    if "." in number and "," in number:  # the last mark is the decimal one, unless it parts thousands too
        decimal = max(number.rfind("."), number.rfind(","))
        if len(number) - decimal - 1 != 3 or (number.count(number[decimal]) == 1 and number[decimal] != group):
            return re.sub("[.,]", "", number[:decimal]) + "." + number[decimal + 1 :]
    if group == "." and _BY_DOTS.fullmatch(number):
        return number.replace(".", "")
    if _THOUSANDS.fullmatch(number) or number.count(",") > 1:
        return number.replace(",", "")
    if number.count(".") > 1:
        return number.replace(".", "")
    return number.replace(",", ".") if "." not in number else number.replace(",", "")
