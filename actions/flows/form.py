"""Flows as Rasa forms: one slot holds the answers, another says that nothing more needs to be asked.

Each form requires the slot ``outcome``. Its validation (``validate_<flow>_form``) takes every message while the form is
open: an answer is kept, a message that cannot be read is helped with, anything else (another question, danger, "stop")
rejects the form, so that the rules answer it; the form then waits until its button is pressed. ``action_ask_outcome``
asks the next question of whichever form is open.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any, Dict, List, Mapping, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import buttons
from actions.base import AdvisorAction, Answer, Asked, Said, asked_of
from actions.buttons import Button, payload
from actions.flows.flow import (
    EVENT,
    NOT_SURE,
    NUMBERS,
    OFFER,
    RESUME,
    SIDES,
    SUMS,
    WORDS,
    Answers,
    Flow,
    Step,
    closing_events,
    pressed_choice,
)
from actions.flows.reading import WHOLE_OFFER, text_of
from actions.profile import Profile

MISSES, PAUSED = "_misses", "_paused"
"""Kept among the answers: how often in a row the answer could not be read, and how many turns the form has waited."""

HELP = {"sum": "flow.amount_help", "wage": "flow.amount_help", "number": "flow.number_help", "rate": "flow.number_help",
        "words": "flow.text_help", "offer": "offer_check.too_short"}  # fmt: skip
MOST_MISSES = 3
PATIENCE = 5
"""Turns after which a form that was left for something else is closed."""

MAY_ANSWER = frozenset({"affirm", "deny", "not_sure", "inform", "change_profile"})
SIDES_TOLD = frozenset(SIDES)
UNREADABLE = frozenset({"nlu_fallback", "out_of_scope", "greet", "thanks", "feedback_helpful", "feedback_unhelpful"})
"""Intents that are no wish of their own while a question is open."""
ABOUT_MONEY = frozenset({"ask_fees", "ask_wages", "ask_loan_debt", "ask_remittance"})
SMALL_TALK = frozenset({"show_menu", "goodbye"})
SURE, HARDLY = 0.6, 0.4
"""Below ``SURE``, words that a question asked for are taken as its answer and not as another question; below ``HARDLY``
a topic that was guessed from words like "what do you mean?" is none."""


class ValidateFlow(Action, ABC):
    """``validate_<flow>_form``: what a message means for the open question."""

    @property
    @abstractmethod
    def flow(self) -> Flow:
        """The flow whose form this validates."""

    def name(self) -> str:
        return f"validate_{self.flow.form}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        before = Profile.from_slots(tracker.slots)
        if tracker.slots.get("requested_slot") is None:  # the form begins; who led here has heard the message already
            asked = asked_of(tracker, listens=False)
            return self._kept(before, asked.profile, self.flow.begin(asked))
        asked = asked_of(tracker, listens=True)
        answers = dict(tracker.slots.get("answers") or {})
        if _left_already(tracker):  # Rasa comes back to the form when another action has answered
            return []
        told = self._told(asked, before.moved_on(), answers)
        return self._left(answers) if told is None else self._kept(before, *told)

    def _told(self, asked: Asked, before: Profile, answers: Dict[str, Any]) -> Optional[tuple[Profile, Answers]]:
        """Profile and answers after the message; None when it is no answer but something of its own."""
        waiting, going_on = bool(answers.get(PAUSED)), {**answers, PAUSED: 0, MISSES: 0}
        if asked.step == RESUME:
            return before, going_on
        if asked.danger["level"] != "none" or asked.intent.startswith("danger_"):
            return None
        pressed = pressed_choice(asked)
        if pressed is not None:  # a button of another check is not for this one; it may say danger (actions/talk)
            ours = self.flow.accepts(*pressed)
            return (before, {**going_on, pressed[0]: pressed[1]}) if ours else None
        step = self.flow.next_step(before, answers)
        value = step.understood(asked) if step is not None else None
        if step is not None and value is not None and _answers(asked, step) and (_is_pressed(asked) or not waiting):
            if step.asks_for in SIDES and value != NOT_SURE:
                return _at_home_or_abroad(before, step.asks_for, str(value)), going_on
            profile = asked.profile.staying_where_it_was(before) if step.asks_for in (OFFER, WORDS) else asked.profile
            return profile, {**going_on, step.name: value}
        if SIDES_TOLD & asked.heard.told and not waiting:  # "no, Saudi": another country than the one we had
            return asked.profile, going_on
        may_answer = asked.intent in MAY_ANSWER | UNREADABLE or _is_vague(asked, step) or _is_guessed(asked)
        if waiting or not may_answer or _is_pressed(asked):
            return None
        return before, {**answers, MISSES: answers.get(MISSES, 0) + 1}

    def _left(self, answers: Dict[str, Any]) -> List[Dict]:
        """The form waits, or is closed when it has waited long enough; the rules answer the message."""
        turns = answers.get(PAUSED, 0) + 1
        if turns > PATIENCE:
            return [self._rejection(), *closing_events()]
        return [SlotSet("answers", {**answers, PAUSED: turns}), self._rejection()]

    def _rejection(self) -> Dict[str, Any]:
        return {**ActionExecutionRejected(self.flow.form), "name": self.flow.form}

    def _kept(self, before: Profile, profile: Profile, answers: Answers) -> List[Dict]:
        events = [SlotSet(name, value) for name, value in profile.changes_from(before).items()]
        events.append(SlotSet("answers", dict(answers)))
        if self.flow.next_step(profile, answers) is None:
            events.append(SlotSet("outcome", "ready"))
        return events


class AskNext(AdvisorAction):
    """``action_ask_outcome``: the next question of the open form, with help when the last answer could not be read."""

    listens = False

    def name(self) -> str:
        return "action_ask_outcome"

    def answer(self, asked: Asked) -> Answer:
        if asked.answers.get(PAUSED):
            return Answer(())  # another action has answered; the question waits until it is asked for
        flow = flows_by_form()[asked.form or ""]
        step = flow.next_step(asked.profile, asked.answers)
        assert step is not None, "a form with nothing to ask is over"
        speak, misses = asked.speak, asked.answers.get(MISSES, 0)
        beside = flow.beside(asked)
        told = [text for text in (flow.opening(asked) if _begins(asked) else None, *beside) if text]
        if misses >= MOST_MISSES:
            told.append(speak.text("flow.offer_person"))
        elif misses:
            told.append(speak.text(HELP.get(step.asks_for or "", "flow.once_more")))
        told.append(step.question(asked))
        follow_up = step.buttons(asked)
        if misses >= MOST_MISSES or beside:
            follow_up = [*follow_up, buttons.person(speak)]
        return Answer([*(Said(text) for text in told[:-1]), Said(told[-1], [*follow_up, stop(asked)])])


class EndFlow(AdvisorAction):
    """``action_<flow>``: the outcome, after which nothing of the answers is kept."""

    listens = False

    @property
    @abstractmethod
    def flow(self) -> Flow:
        """The flow whose outcome this tells."""

    def name(self) -> str:
        return f"action_{self.flow.name}"

    def answer(self, asked: Asked) -> Answer:
        answer = self.flow.outcome(asked, asked.answers)
        return replace(answer, events=[SlotSet("answers", None), SlotSet("outcome", None)])


def _answers(asked: Asked, step: Step) -> bool:
    """Whether words that can be read as an answer are meant as one: the very words of a button are, whatever else they
    seem to be, and a sum is where the sentence is about fees or about nothing else."""
    named = step.named(asked) is not None
    if step.asks_for in (*SUMS, *NUMBERS):
        return named or asked.intent in MAY_ANSWER | UNREADABLE | ABOUT_MONEY
    if step.asks_for == OFFER:
        is_short = len(text_of(asked)) < WHOLE_OFFER
        asks_something = is_short and asked.intent not in UNREADABLE | {"ask_offer_check"} and asked.confidence >= SURE
        return named or not asks_something
    if step.asks_for == WORDS:
        return named or asked.intent in MAY_ANSWER | UNREADABLE | step.may_be or asked.confidence < SURE
    if step.asks_for == EVENT:
        return named or asked.intent in MAY_ANSWER | UNREADABLE | step.may_be or asked.confidence < SURE
    return named or asked.intent in MAY_ANSWER


def _is_vague(asked: Asked, step: Optional[Step]) -> bool:
    """Who is asked for a sum and answers "a lot of money" asks nothing, though it sounds like fees."""
    asks_for_money = step is not None and step.asks_for in (*SUMS, *NUMBERS)
    return asks_for_money and asked.intent in ABOUT_MONEY and asked.confidence < SURE


def _is_guessed(asked: Asked) -> bool:
    """Whether a topic was hardly made out, and no word names it. A wish to stop counts, however faint."""
    named = {entity.get("entity") for entity in asked.message.get("entities", ())} & {"check", "event"}
    is_talk = asked.intent.startswith(("ask_", "report_")) or asked.intent in SMALL_TALK
    return is_talk and not named and asked.confidence < HARDLY


def _left_already(tracker: Tracker) -> bool:
    """Whether this message has been left to the rules before, by the same form."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action_execution_rejected":
            return True
    return False


def _is_pressed(asked: Asked) -> bool:
    return str(asked.message.get("text") or "").startswith("/")


def _at_home_or_abroad(profile: Profile, side: Optional[str], country: str) -> Profile:
    return replace(profile, origin=country) if side == "origin" else replace(profile, destination=country)


def stop(asked: Asked) -> Button:
    return Button(asked.speak.text("button.stop"), payload("cancel"))


def flows_by_form() -> Mapping[str, Flow]:
    """Every flow, by the name of its form."""
    return {one.flow.form: one.flow for one in (kind() for kind in ValidateFlow.__subclasses__())}


def _begins(asked: Asked) -> bool:
    return not any(name for name in asked.answers if not name.startswith("_")) and not asked.answers.get(MISSES)
