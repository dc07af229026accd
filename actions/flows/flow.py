"""A guided flow: questions one after the other, each answered by a button or in words, and an outcome at the end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple

from rasa_sdk.events import ActiveLoop, SlotSet

from actions import buttons
from actions.answers.ask_country import likely_countries
from actions.base import Answer, Asked, Said
from actions.buttons import Button, payload
from actions.flows.reading import (
    country_told,
    event_told,
    in_ascii_digits,
    monthly_wage_told,
    name_told,
    number_told,
    offer_told,
    rate_told,
    sum_told,
    text_of,
)
from actions.profile import Profile
from translations.localizer import Localizer

Answers = Mapping[str, Any]
"""What was answered so far, by the name of the step; plain values, because they are kept in a slot."""

YES, NO, NOT_SURE, NOTHING = "yes", "no", "not_sure", "nothing"
PLAIN = frozenset({YES, NO, NOT_SURE})
SHORT_ANSWER, SHORTEST_TITLE = 40, 4
"""Characters of an answer that is one beside other words, and of a title that is no word of everything."""
_MARKS_OF_A_QUESTION = frozenset("?？؟")
YES_OR_NO: Sequence[Tuple[str, str]] = ((YES, "button.yes"), (NO, "button.no"), (NOT_SURE, "button.not_sure"))
SAID = {"affirm": YES, "deny": NO, "not_sure": NOT_SURE}
"""What plain words such as "yes" mean where a step offers it."""

SIDES = ("origin", "destination")
SUMS = ("sum", "wage")
NUMBERS = ("number", "rate")
WORDS, OFFER, EVENT = "words", "offer", "event"
RESUME = "resume"
COUNTRIES_OFFERED = 6
_READ: Mapping[str, Callable[[Asked], Optional[Any]]] = {
    "sum": lambda asked: sum_told(asked, wage=False),
    "wage": monthly_wage_told,
    "number": number_told,
    "rate": rate_told,
    "origin": lambda asked: country_told(asked, "origin"),
    "destination": lambda asked: country_told(asked, "destination"),
    WORDS: name_told,
    OFFER: offer_told,
    EVENT: event_told,
}
"""What the words of a message tell, by what a step asks for."""


@dataclass(frozen=True)
class Step:
    """One question. ``choices``: (value, key of its button), ``titles``: the buttons whose words no catalog has (names)
    or that have a figure in them; ``values``: what fills the placeholders of the question, in the reader's language.

    ``asks_for``: "sum", "wage", "number", "rate", "words", "offer", "event", or the country of one side ("origin",
    "destination"); None where only choices answer. ``may_be``: intents that an answer in words may be taken for,
    because a name or an account of what has happened can sound like them. ``before``: key of what is told ahead of the
    question.
    """

    name: str
    key: str
    choices: Sequence[Tuple[str, str]] = ()
    asks_for: Optional[str] = None
    values: Mapping[str, Callable[[Localizer], str]] = field(default_factory=dict)
    titles: Mapping[str, Callable[[Localizer], str]] = field(default_factory=dict)
    may_be: FrozenSet[str] = frozenset()
    before: Optional[str] = None

    def title(self, speak: Localizer, value: str, key: str) -> str:
        return self.titles[value](speak) if value in self.titles else speak.text(key)

    def question(self, asked: Asked) -> str:
        question = asked.speak.text(self.key, **{name: value(asked.speak) for name, value in self.values.items()})
        return question if self.before is None else f"{asked.speak.text(self.before)}\n\n{question}"

    def buttons(self, asked: Asked) -> List[Button]:
        found = [Button(self.title(asked.speak, value, key), choice(self.name, value)) for value, key in self.choices]
        if self.asks_for in SIDES:
            likely = likely_countries(asked, self.asks_for)[:COUNTRIES_OFFERED]
            return [*buttons.countries(asked.speak, self.asks_for, likely), *found]
        return found

    def understood(self, asked: Asked) -> Optional[Any]:
        """The value the message answers this question with; None when it does not. Countries are kept in the profile:
        for them the value is the code."""
        if pressed_choice(asked) is not None:  # a button of some question; form.py knows which ones are ours
            return None
        named = self.named(asked)
        if named is not None:
            return named
        told = _READ[self.asks_for](asked) if self.asks_for is not None and self.asks_for != WORDS else None
        if told is not None:
            return told
        offered = [value for value, _ in self.choices]
        meant = SAID.get(asked.intent)
        if meant in offered:
            return meant
        if NOTHING in offered and (asked.intent == "deny" or in_ascii_digits(text_of(asked)) == "0"):
            return NOTHING
        return name_told(asked) if self.asks_for == WORDS and meant is None else None

    def named(self, asked: Asked) -> Optional[str]:
        """The choice whose place ("2", in any script's digits) or whose title was typed."""
        typed = in_ascii_digits(text_of(asked)).casefold()
        for place, (value, key) in enumerate(self.choices, start=1):
            is_its_place = typed == str(place) and self.asks_for not in (*SUMS, *NUMBERS)
            if is_its_place or typed == self.title(asked.speak, value, key).casefold():
                return value
        return self._said_among_others(asked.speak, typed)

    def _said_among_others(self, speak: Localizer, typed: str) -> Optional[str]:
        """The one choice whose title stands in a short answer: "I am at home now". A question is none."""
        if len(typed) > SHORT_ANSWER or self.asks_for not in (None, EVENT) or set(typed) & _MARKS_OF_A_QUESTION:
            return None
        titles = {value: self.title(speak, value, key).casefold() for value, key in self.choices if value not in PLAIN}
        said = [value for value, title in titles.items() if len(title) >= SHORTEST_TITLE and title in typed]
        return said[0] if len(said) == 1 else None


class Flow(ABC):
    """Subclasses say what to ask next, and what to answer at the end."""

    name: str
    choices: Mapping[str, Sequence[str]]
    """What buttons may answer, by step. A payload can be made up; what stands here cannot."""

    def accepts(self, step: str, value: str) -> bool:
        """Whether a button of this flow can answer ``step`` with ``value``."""
        return value in self.choices.get(step, ())

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

    def beside(self, asked: Asked) -> Sequence[str]:
        """What the message calls for, whatever is asked next; a person is offered with it."""
        return ()

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


def closing_events() -> List[Dict]:
    """What ends any form and forgets its answers."""
    return [
        ActiveLoop(None),
        SlotSet("requested_slot", None),
        SlotSet("answers", None),
        SlotSet("outcome", None),
    ]
