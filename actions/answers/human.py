"""A person: until a desk is connected, the people who answer the phone for this pair of countries."""

from __future__ import annotations

from actions import buttons
from actions.answers.ask_country import which_country
from actions.answers.help_lines import FOR_ADVICE, help_lines
from actions.base import AdvisorAction, Answer, Asked, Said

NUMBERS_A_COUNTRY = 3


class AnswerHuman(AdvisorAction):
    """``action_human``: who can be called, and that we share nothing of the conversation."""

    def name(self) -> str:
        return "action_human"

    def answer(self, asked: Asked) -> Answer:
        return people(asked)


def people(asked: Asked) -> Answer:
    speak, person = asked.speak, asked.profile.person
    lines = help_lines(speak, asked.facts, person, FOR_ADVICE, NUMBERS_A_COUNTRY)
    opening = speak.text("human.answer")
    if person.destination is None and person.origin is None:
        return Answer([Said("\n".join([opening, *lines.text])), which_country(asked, "origin")], facts=lines.facts)
    body = lines.text or [speak.text("human.none")]
    follow_up = [buttons.topic(speak, "ask_hotline"), buttons.change_countries(speak), buttons.menu(speak)]
    return Answer([Said("\n".join([opening, *body]), follow_up)], facts=lines.facts)
