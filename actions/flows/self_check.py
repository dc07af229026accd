"""Self-check: the ILO's eleven indicators of forced labour as plain questions. Explains and refers, never judges."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from actions import buttons
from actions.answers.danger import answer_danger
from actions.base import Answer, Asked, Said
from actions.flows.flow import NO, NOT_SURE, YES, YES_OR_NO, Answers, Flow, Step, first_of, pressed_choice
from actions.flows.form import EndFlow, ValidateFlow
from actions.profile import Profile

INDICATORS = (
    "deception", "documents", "wages", "overtime", "debt", "conditions", "isolation", "threats", "movement", "violence",
    "vulnerability",
)  # fmt: skip
"""ILO indicators of forced labour (2012), the ones that are easiest to say first."""

DANGER = {"movement": "confinement", "violence": "violence", "threats": "violence"}
"""A "yes" to these ends the questions: there is danger now, and numbers matter more than the rest of the list."""


PERSON = "person"
"""The question left open at the end: whether to show how to reach a person."""


def danger_pressed(asked: Asked) -> Optional[str]:
    """The kind of danger that a button of this check says, however late and whatever else is open."""
    step, value = pressed_choice(asked) or ("", "")
    return DANGER.get(step) if value == YES else None


class SelfCheck(Flow):
    """Eleven questions, fewer when an answer means danger."""

    name = "self_check"
    choices = dict.fromkeys(INDICATORS, (YES, NO, NOT_SURE))

    def opening(self, asked: Asked) -> Optional[str]:
        return asked.speak.text("self_check.intro")

    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        if _danger_in(answers):
            return None
        return first_of([Step(one, f"self_check.ask.{one}", YES_OR_NO) for one in INDICATORS], answers)

    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        speak = asked.speak
        signs = [one for one in INDICATORS if answers.get(one) == YES]
        result = {"flow": self.name, "signs": signs}
        kind = _danger_in(answers)
        if kind is not None:
            answer = answer_danger(asked, kind, certain=True)
            return replace(
                answer, replies=[Said(speak.text("self_check.result.danger")), *answer.replies], result=result
            )
        if not signs:
            follow_up = [buttons.topic(speak, "ask_trafficking"), *buttons.ways_on(speak)]
            return Answer([Said(speak.text("self_check.result.none"), follow_up)], result=result)
        named = ", ".join(speak.text(f"self_check.sign.{one}") for one in signs)
        consent = [buttons.person(speak), buttons.topic(speak, "ask_hotline"), buttons.menu(speak)]
        return Answer(
            [
                Said(speak.text("self_check.result.some", signs=named)),
                Said(speak.text("self_check.ask_consent"), consent),
            ],
            profile=replace(asked.profile, question=PERSON),
            result=result,
        )


class ValidateSelfCheck(ValidateFlow):
    """``validate_self_check_form``"""

    flow = SelfCheck()


class EndSelfCheck(EndFlow):
    """``action_self_check``"""

    flow = SelfCheck()


def _danger_in(answers: Answers) -> Optional[str]:
    return next((kind for one, kind in DANGER.items() if answers.get(one) == YES), None)
