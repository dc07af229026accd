"""Asks for the country an answer lacks, with the likeliest ones as buttons."""

from __future__ import annotations

from typing import Optional, Sequence

from actions import buttons
from actions.base import Asked, Said
from actions.profile import REGIONS
from actions.topics import Topic
from knowledge.base import Person
from translations.languages import LANGUAGES

A_FEW = 3


def missing_side(person: Person, topic: Topic) -> Optional[str]:
    """The side whose country the topic needs and we do not know; the one whose law is told first before the other."""
    needed = {"origin": topic.origin, "destination": topic.destination}
    order = ("destination", "origin") if topic.first == "destination" else ("origin", "destination")
    return next((side for side in order if needed[side] and getattr(person, side) is None), None)


def which_country(asked: Asked, side: str) -> Said:
    """The question with a few likely countries, all others one tap further, and the menu."""
    likely = likely_countries(asked, side)[:A_FEW]
    speak = asked.speak
    return Said(
        speak.text(f"ask.{side}"),
        [*buttons.countries(speak, side, likely), buttons.other_country(speak, side), buttons.menu(speak)],
    )


def likely_countries(asked: Asked, side: str) -> Sequence[str]:
    """Every country we hold facts of on that side, the likeliest for the reader's language first."""
    language = LANGUAGES[asked.speak.code]
    if side == "destination" and asked.heard.region in REGIONS:
        first: Sequence[str] = REGIONS[asked.heard.region or ""]
    else:
        first = language.abroad if side == "destination" else language.home
    known = asked.facts.countries(side)
    return [*(code for code in first if code in known), *(code for code in known if code not in first)]
