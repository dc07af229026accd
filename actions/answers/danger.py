"""Danger: answer at once, warmly, with the numbers that help where the person is. Ask for no details, keep none."""

from __future__ import annotations

from dataclasses import replace
from typing import List

from actions import buttons
from actions.answers.ask_country import which_country
from actions.answers.help_lines import FOR_DANGER, FOR_DESPAIR, help_lines
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.buttons import Button, payload

NUMBERS_A_COUNTRY = 2
KINDS = ("confinement", "violence", "sexual", "forced_work", "self_harm", "medical")


class AnswerDanger(AdvisorAction):
    """``action_danger``: for every danger intent, from words or from the "yes" button of the gentle question."""

    def name(self) -> str:
        return "action_danger"

    def answer(self, asked: Asked) -> Answer:
        kind = asked.intent.partition("danger_")[2]
        certain = asked.danger["level"] != "possible"
        return answer_danger(asked, kind, certain=certain)


def answer_danger(asked: Asked, kind: str, *, certain: bool) -> Answer:
    """The numbers come in either case; a danger that is only possible is asked about, gently, once."""
    speak, person = asked.speak, asked.profile.person
    purposes = FOR_DESPAIR if kind == "self_harm" else FOR_DANGER
    lines = help_lines(speak, asked.facts, person, purposes, NUMBERS_A_COUNTRY)
    opening = speak.text(f"danger.{kind}.answer") if certain else speak.text("danger.question")
    replies: List[Said] = [Said("\n\n".join([opening, "\n".join(lines.text)]).strip())]
    replies.append(Said(speak.text(f"danger.{kind}.do"), _ways_out(asked, kind, certain)))
    if person.destination is None and person.origin is None:
        replies.append(which_country(asked, "destination"))
    return Answer(
        replies,
        profile=replace(asked.profile, question=None if certain else f"danger_{kind}", topic=None),
        facts=lines.facts,
        danger={"level": "certain" if certain else "possible", "kind": kind},
    )


def _ways_out(asked: Asked, kind: str, certain: bool) -> List[Button]:
    speak = asked.speak
    if not certain:
        yes = Button(speak.text("button.yes_danger"), payload(f"danger_{kind}", step="yes"))
        return [yes, buttons.i_am_safe(speak), buttons.person(speak), buttons.quick_exit(speak)]
    return [buttons.person(speak), buttons.i_am_safe(speak), buttons.quick_exit(speak), buttons.menu(speak)]
