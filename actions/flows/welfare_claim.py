"""Welfare claim guide: what the fund and the insurance of the home country pay after an event, and how to claim it."""

from __future__ import annotations

from typing import List, Mapping, Optional, Sequence

from actions import buttons, clock
from actions.answers.help_lines import FOR_ADVICE, FOR_DESPAIR, help_lines
from actions.base import Answer, Asked
from actions.composer import pack
from actions.figures import fact_text
from actions.flows.flow import EVENT, Answers, Flow, Step, first_of, said_at_the_end
from actions.flows.form import EndFlow, ValidateFlow
from actions.flows.reading import event_told
from actions.profile import Profile
from knowledge.schema import CLAIMS, Fact

HOME, ABROAD = "home", "abroad"
BENEFITS_TOLD = 6
NUMBERS_SHOWN = 2
EVENT_OF_INTENT: Mapping[str, str] = {"ask_injury": "injury", "report_unpaid_wages": "unpaid"}
"""Events that the question tells where its words name none."""
SOUNDS_LIKE_AN_EVENT = frozenset(
    {
        "ask_welfare_fund", "ask_injury", "ask_insurance", "ask_return", "ask_medical", "ask_leave", "ask_termination",
        "ask_wages", "report_unpaid_wages", "report_contract_changed",
    }
)  # fmt: skip
"""Intents that an account of what has happened is taken for where it stands alone."""
CHOICES: Mapping[str, Sequence[str]] = {"event": CLAIMS, "place": (HOME, ABROAD)}


class WelfareClaim(Flow):
    """Asks whose fund, what has happened, and from where the claim is made."""

    name = "welfare_claim"
    choices = CHOICES

    def begin(self, asked: Asked) -> Answers:
        """The event that a button carries, the words tell, or the question is about."""
        pressed = asked.step.partition(":")[2]
        event = pressed if pressed in CLAIMS else event_told(asked) or EVENT_OF_INTENT.get(asked.intent)
        return {"event": event} if event is not None else {}

    def next_step(self, profile: Profile, answers: Answers) -> Optional[Step]:
        steps = [Step("origin", "ask.origin", asks_for="origin")] if profile.origin is None else []
        events = [(event, f"button.event.{event}") for event in CLAIMS]
        steps.append(Step("event", "welfare_claim.ask_event", events, asks_for=EVENT, may_be=SOUNDS_LIKE_AN_EVENT))
        places = [(HOME, "button.at_home"), (ABROAD, "button.abroad")]
        return first_of([*steps, Step("place", "welfare_claim.ask_place", places)], answers)

    def beside(self, asked: Asked) -> Sequence[str]:
        """Warm words for whoever has just told of a death; and lines to call where it may be too much to carry."""
        if event_told(asked) != "death":
            return ()
        speak, person = asked.speak, asked.profile.person
        warm = speak.text("bereaved.answer")
        if not asked.message.get("bereaved"):
            return [warm]
        lines = help_lines(speak, asked.facts, person, FOR_DESPAIR, NUMBERS_SHOWN).text
        return ["\n\n".join([warm, "\n".join([speak.text("bereaved.talk"), *lines])])]

    def outcome(self, asked: Asked, answers: Answers) -> Answer:
        speak, event, place = asked.speak, answers["event"], answers["place"]
        benefits = benefits_for(asked, event)
        paragraphs = [
            speak.text(f"welfare_claim.opening.{event}"),
            *_benefits(asked, benefits),
            speak.text("welfare_claim.deadline"),
            f"{speak.text('welfare_claim.papers')}\n{speak.text(f'welfare_claim.papers.{event}')}",
            _where(asked, place),
            speak.text("welfare_claim.no_middleman"),
        ]
        follow_up = [buttons.topic(speak, "ask_welfare_fund"), buttons.topic(speak, "ask_complaint")]
        return Answer(
            said_at_the_end(speak, pack(paragraphs), follow_up),
            facts=[fact.id for fact in benefits],
            result={"flow": self.name, "event": event, "facts": [fact.id for fact in benefits]},
        )


class ValidateWelfareClaim(ValidateFlow):
    """``validate_welfare_claim_form``"""

    flow = WelfareClaim()


class EndWelfareClaim(EndFlow):
    """``action_welfare_claim``"""

    flow = WelfareClaim()


def benefits_for(asked: Asked, event: str) -> List[Fact]:
    """Facts of the home country that say what is paid after the event: the fund's first, then the insurance's."""
    topics = ("welfare_fund", "insurance", "injury", "return", "complaint")
    facts = asked.facts.of_origin(topics, asked.profile.person)
    told = [fact for fact in facts if event in fact.claim]
    if event == "unpaid":  # wages are the employer's debt: the complaint at home belongs to the claim
        told.extend(fact for fact in facts if fact.topic == "complaint" and fact not in told)
    return told[:BENEFITS_TOLD]


def _benefits(asked: Asked, facts: Sequence[Fact]) -> List[str]:
    speak = asked.speak
    if not facts:
        return [speak.text("welfare_claim.nothing", country=speak.country(asked.profile.origin or ""))]
    return [
        "\n".join([speak.text("welfare_claim.benefits"), *(fact_text(speak, fact, clock.today()) for fact in facts)])
    ]


def _where(asked: Asked, place: str) -> str:
    """The office at home, or the embassy; with numbers that answer from there."""
    speak, person = asked.speak, asked.profile.person
    there = person if place == ABROAD else person._replace(destination=None)
    lines = help_lines(speak, asked.facts, there, FOR_ADVICE, NUMBERS_SHOWN)
    return "\n".join([speak.text(f"welfare_claim.where.{place}"), *lines.text])
