"""A guided flow: questions one after the other, each answered by a button or in words, and an outcome at the end."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from actions import buttons
from actions.answers.ask_country import likely_countries
from actions.base import Answer, Asked, Said
from actions.buttons import Button, payload
from actions.profile import Profile, is_country
from translations.localizer import Localizer

Answers = Mapping[str, Any]
"""What was answered so far, by the name of the step; plain values, because they are kept in a slot."""

YES, NO, NOT_SURE = "yes", "no", "not_sure"
YES_OR_NO: Sequence[Tuple[str, str]] = ((YES, "button.yes"), (NO, "button.no"), (NOT_SURE, "button.not_sure"))
SAID = {"affirm": YES, "deny": NO, "not_sure": NOT_SURE}
"""What plain words such as "yes" mean where a step offers it."""

SIDES = ("origin", "destination")
SUMS = ("sum", "wage")
RESUME = "resume"
COUNTRIES_OFFERED = 6
WAGE_PERIODS = ("hour", "day", "week", "month", "year")


@dataclass(frozen=True)
class Step:
    """One question. ``choices``: (value, key of its button); ``values``: what fills the placeholders of the question,
    in the reader's language.

    ``asks_for``: a "sum" or a "wage", or the country of one side ("origin", "destination"); None where only choices
    answer.
    """

    name: str
    key: str
    choices: Sequence[Tuple[str, str]] = ()
    asks_for: Optional[str] = None
    values: Mapping[str, Callable[[Localizer], str]] = field(default_factory=dict)

    def question(self, asked: Asked) -> str:
        return asked.speak.text(self.key, **{name: value(asked.speak) for name, value in self.values.items()})

    def buttons(self, asked: Asked) -> List[Button]:
        found = [Button(asked.speak.text(key), choice(self.name, value)) for value, key in self.choices]
        if self.asks_for in SIDES:
            likely = likely_countries(asked, self.asks_for)[:COUNTRIES_OFFERED]
            return [*buttons.countries(asked.speak, self.asks_for, likely), *found]
        return found

    def understood(self, asked: Asked) -> Optional[Any]:
        """The value the message answers this question with; None when it does not. Countries are kept in the profile:
        for them the value is the code."""
        if pressed_choice(asked) is not None:  # a button of some question; form.py knows which ones are ours
            return None
        if self.asks_for in SUMS:
            told = sum_told(asked, wage=self.asks_for == "wage")
            if told is not None:
                return told
        elif self.asks_for is not None:
            country = _country_told(asked, self.asks_for)
            if country is not None:
                return country
        offered = [value for value, _ in self.choices]
        meant = SAID.get(asked.intent)
        return meant if meant in offered else self.named(asked)

    def named(self, asked: Asked) -> Optional[str]:
        """The choice whose place ("2", in any script's digits) or whose title was typed."""
        text = str(asked.message.get("text") or "").strip()
        typed = "".join(str(unicodedata.digit(letter, letter)) for letter in text).casefold()
        for place, (value, key) in enumerate(self.choices, start=1):
            if typed in (str(place), asked.speak.text(key).casefold()):
                return value
        return None


class Flow(ABC):
    """Subclasses say what to ask next, and what to answer at the end."""

    name: str
    choices: Mapping[str, Sequence[str]]
    """What buttons may answer, by step. A payload can be made up; what stands here cannot."""

    @property
    def form(self) -> str:
        """The name domain.yml and the rules know the form by."""
        return f"{self.name}_form"

    @abstractmethod
    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        """The next question; None when nothing more needs to be known."""

    def begin(self, asked: Asked) -> Answers:
        """What the message that led here has answered already."""
        return {}

    def opening(self, asked: Asked) -> Optional[str]:
        """What to say before the first question."""
        return None

    @abstractmethod
    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        """The answer at the end of the flow."""


def choice(step: str, value: str) -> str:
    """The payload of a button that answers ``step``."""
    return payload("inform", step=f"{step}:{value}")


def pressed_choice(asked: Asked) -> Optional[Tuple[str, str]]:
    """(step, value) of the button that was pressed, whichever question it stood under."""
    name, colon, value = asked.step.partition(":")
    return (name, value) if colon else None


def first_of(steps: Sequence[Step], answers: Answers) -> Optional[Step]:
    """The first of some steps that is not answered yet."""
    return next((step for step in steps if step.name not in answers), None)


def said_at_the_end(speak: Localizer, texts: Sequence[str], follow_up: Sequence[Button]) -> List[Said]:
    """Texts as replies of their own; the last one carries the buttons."""
    return [*(Said(text) for text in texts[:-1]), Said(texts[-1], [*follow_up, *buttons.ways_on(speak)])]


def sum_told(asked: Asked, *, wage: bool) -> Optional[Dict[str, Any]]:
    """The value of the sum a message tells: of a wage the one by the month, else the largest that is no wage, because
    of "2 lakh to 3 lakh" a person may have to pay 3."""
    told = [dict(entity["value"]) for entity in _entities(asked) if entity.get("entity") == "money"]
    paid_by_time = [one for one in told if one.get("period") in WAGE_PERIODS]
    once = [one for one in told if one not in paid_by_time]
    fitting = (paid_by_time or once) if wage else (once or paid_by_time)
    return max(fitting, key=lambda one: Decimal(str(one["amount"])), default=None)


def _entities(asked: Asked) -> List[Dict[str, Any]]:
    return list(asked.message.get("entities") or ())


def _country_told(asked: Asked, side: str) -> Optional[str]:
    """The country a question for one side was answered with, whatever side the words alone would suggest."""
    for entity in _entities(asked):
        if entity.get("entity") == side:
            return str(entity["value"]) if is_country(entity["value"]) else None
        if entity.get("entity") == "country" and entity.get("role") in (side, None):
            value = str(entity["value"])
            return None if value.startswith("REGION:") else value
    return None
