"""What people send that is no text: a useful word for each kind. Of a place the country alone, and only after a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Sequence

from actions import buttons
from actions.answers.ask_country import likely_countries
from actions.base import Answer, Asked, Said
from actions.buttons import Button, payload
from actions.profile import is_country, likely_role

KINDS = ("voice", "video", "picture", "file", "contact", "sticker")
PLACE = "place"


def answer_wordless(asked: Asked) -> Optional[Answer]:
    """None when the step of the menu names no kind of message."""
    if asked.step in KINDS:
        return Answer([Said(asked.speak.text(f"heard.{asked.step}"), buttons.ways_on(asked.speak))])
    kind, _, told = asked.step.partition(":")
    if kind != PLACE:
        return None
    countries = [country for country in told.split("-") if is_country(country)]
    return _is_it_there(asked, countries[0]) if len(countries) == 1 else _which_country(asked, countries)


def country_waiting(question: Optional[str]) -> Optional[str]:
    """The country we have asked about, when that was the last question."""
    kind, _, country = (question or "").partition(":")
    return country if kind == PLACE and is_country(country) else None


def take_country(asked: Asked, country: str) -> Answer:
    """After "yes" in words."""
    is_home = likely_role(country, asked.profile, asked.facts) == "origin"
    here = replace(asked.profile, question=None)
    there = replace(here, origin=country) if is_home else replace(here, destination=country)
    noted = asked.speak.text("profile.noted", profile=asked.speak.country(country))
    return Answer([Said(noted, buttons.ways_on(asked.speak))], profile=there)


def _is_it_there(asked: Asked, country: str) -> Answer:
    speak = asked.speak
    role = likely_role(country, asked.profile, asked.facts)
    choices = [
        Button(speak.text("button.yes"), payload("change_profile", **{role: country})),
        Button(speak.text("button.no"), payload("change_profile", step=role)),
        buttons.menu(speak),
    ]
    question = Said(speak.text("heard.location", country=speak.country(country)), choices)
    return Answer([question], profile=replace(asked.profile, question=f"{PLACE}:{country}"))


def _which_country(asked: Asked, near: Sequence[str]) -> Answer:
    """``near``: those on both sides of a border; without any, where people go."""
    speak = asked.speak
    choices = [
        button
        for country in near
        for button in buttons.countries(speak, likely_role(country, asked.profile, asked.facts), [country])
    ]
    if near:
        choices.append(buttons.other_country(speak, "destination"))
    else:
        choices = buttons.countries(speak, "destination", likely_countries(asked, "destination"))
    return Answer([Said(speak.text("heard.location_unknown"), [*choices, buttons.menu(speak)])])
