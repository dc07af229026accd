"""Danger: answer at once, warmly, with the numbers that help where the person is. Ask for no details, keep none."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, List, Optional

from actions import buttons
from actions.answers.ask_country import which_country
from actions.answers.help_lines import FOR_DANGER, FOR_DESPAIR, help_lines
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.buttons import Button, payload
from actions.flows.flow import closing_events
from actions.flows.offer_check import OfferCheck
from actions.flows.reading import named_check, offer_told

NUMBERS_A_COUNTRY = 2
SELF_CHECK, ASKED_BESIDES = "self_check", "ask_trafficking"
"""Who asks whether they are made to work by force may be read as saying so: the check, and the topic that waits with it
until they are safe."""
KINDS = ("confinement", "violence", "sexual", "forced_work", "self_harm", "medical")


class AnswerDanger(AdvisorAction):
    """``action_danger``: for every danger intent, from words or from the "yes" button of the gentle question."""

    def name(self) -> str:
        return "action_danger"

    def answer(self, asked: Asked) -> Answer:
        kind = asked.intent.partition("danger_")[2]
        certain = asked.danger["level"] != "possible"
        answer = answer_danger(asked, kind, certain=certain)
        return _with_signs(asked, answer) if asked.form == OfferCheck().form else answer


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
        profile=replace(
            asked.profile,
            question=None if certain else f"danger_{kind}",
            topic=ASKED_BESIDES if named_check(asked) == SELF_CHECK else None,
            danger=_worst(asked.profile.danger, {"level": "certain" if certain else "possible", "kind": kind}),
        ),
        facts=lines.facts,
        danger={"level": "certain" if certain else "possible", "kind": kind},
    )


def answer_where_they_are(asked: Asked) -> Optional[Answer]:
    """Danger was said by somebody of whom no destination was known, and now a country is told: the same once more, with
    the numbers of there. None for everybody else."""
    danger, told = asked.before.danger, asked.heard.told & {"origin", "destination"}
    if danger is None or not told or asked.before.destination is not None:
        return None
    answer = answer_danger(asked, danger["kind"], certain=danger["level"] == "certain")
    return replace(answer, danger=None)  # it is counted once, when it is said


def _worst(before: Optional[Dict[str, str]], now: Dict[str, str]) -> Dict[str, str]:
    """The last danger; what may be danger does not take the place of what is."""
    return before if before and before.get("level") == "certain" and now["level"] != "certain" else now


def _with_signs(asked: Asked, answer: Answer) -> Answer:
    """Whoever sent a whole offer to be checked, and danger is in it, gets both: the numbers first, then the signs."""
    told = offer_told(asked)
    if told is None or not (told["is_whole"] and told["signs"]):
        return answer
    signs = OfferCheck().outcome(asked, {"offer": told})
    last = replace(signs.replies[-1], buttons=answer.replies[-1].buttons)
    replies = [*answer.replies, *signs.replies[:-1], last]
    facts = [*answer.facts, *signs.facts]
    return replace(answer, replies=replies, facts=facts, result=signs.result, events=closing_events())


def _ways_out(asked: Asked, kind: str, certain: bool) -> List[Button]:
    speak = asked.speak
    if not certain:
        yes = Button(speak.text("button.yes_danger"), payload(f"danger_{kind}", step="yes"))
        return [yes, buttons.i_am_safe(speak), buttons.person(speak), buttons.quick_exit(speak)]
    return [buttons.person(speak), buttons.i_am_safe(speak), buttons.quick_exit(speak), buttons.menu(speak)]
