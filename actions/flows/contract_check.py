"""Contract check: what a contract should say, point by point, and what the law of the destination says on it."""

from __future__ import annotations

from typing import Dict, List, Optional, Sequence

from actions import buttons, clock
from actions.base import Answer, Asked
from actions.composer import pack
from actions.figures import fact_text
from actions.flows.flow import NO, NOT_SURE, YES, YES_OR_NO, Answers, Flow, Step, first_of, said_at_the_end
from actions.flows.form import EndFlow, ValidateFlow
from actions.profile import Profile
from knowledge.schema import Fact

POINTS: Dict[str, Sequence[str]] = {
    "parties": ("contract",),
    "job": ("contract",),
    "wage": ("wages",),
    "hours": ("hours",),
    "rest": ("rest", "leave"),
    "food_housing": ("housing",),
    "deductions": ("deductions",),
    "transport": ("return",),
    "medical": ("medical", "insurance"),
    "compensation": ("injury",),
    "length": ("contract",),
    "ending": ("termination",),
    "documents": ("passport",),
    "disputes": ("complaint",),
    "copy": ("contract",),
}
"""The points of a model contract, and the topics whose facts say what the law of the destination wants on each."""

LAWS_TOLD = 4
CHOICES = {f"contract_{point}": (YES, NO, NOT_SURE) for point in POINTS}


class ContractCheck(Flow):
    """Fifteen questions: yes, no, not sure."""

    name = "contract_check"
    choices = CHOICES

    def opening(self, asked: Asked) -> Optional[str]:
        return asked.speak.text("contract_check.intro")

    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        return first_of(
            [Step(f"contract_{point}", f"contract_check.ask.{point}", YES_OR_NO) for point in POINTS], answers
        )

    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        speak = asked.speak
        missing = [point for point in POINTS if answers.get(f"contract_{point}") == NO]
        unsure = [point for point in POINTS if answers.get(f"contract_{point}") == NOT_SURE]
        laws = _laws_on(asked, [*missing, *unsure])
        paragraphs = [
            *_points(asked, "contract_check.result.missing", missing),
            *_points(asked, "contract_check.result.unsure", unsure),
        ] or [speak.text("contract_check.result.complete")]
        told = list(dict.fromkeys(fact.id for fact in laws.values()))[:LAWS_TOLD]
        if told:
            texts = [fact_text(speak, asked.facts.get(one), clock.today()) for one in told]
            paragraphs.append("\n".join([speak.text("contract_check.result.law"), *texts]))
        paragraphs.append(speak.text("contract_check.result.before_signing"))
        against = [point for point in missing if point in laws]
        return Answer(
            said_at_the_end(speak, pack(paragraphs), [buttons.topic(speak, "ask_contract")]),
            facts=told,
            result={"flow": self.name, "missing": missing, "against_law": against},
        )


class ValidateContractCheck(ValidateFlow):
    """``validate_contract_check_form``"""

    flow = ContractCheck()


class EndContractCheck(EndFlow):
    """``action_contract_check``"""

    flow = ContractCheck()


def _laws_on(asked: Asked, points: Sequence[str]) -> Dict[str, Fact]:
    """Point → the fact of the destination that says what must be, for those points there is one on."""
    found = {}
    for point in points:
        facts = asked.facts.of_destination(POINTS[point], asked.profile.person)
        if facts and POINTS[point] != ("contract",):
            found[point] = facts[0]
    return found


def _points(asked: Asked, key: str, points: Sequence[str]) -> List[str]:
    lines = [f"• {asked.speak.text(f'contract_check.point.{point}')}" for point in points]
    return ["\n".join([asked.speak.text(key), *lines])] if lines else []
