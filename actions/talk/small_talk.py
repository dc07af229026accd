"""Yes and no, thanks and goodbye, what helped and what did not: short, warm, and never a dead end."""

from __future__ import annotations

from dataclasses import replace

from actions import buttons
from actions.answers.danger import ASKED_BESIDES, answer_danger
from actions.answers.human import not_sent, people, sent
from actions.base import AdvisorAction, Answer, Asked, Said
from actions.flows.self_check import PERSON
from actions.handover.case import shown_before
from actions.talk.about import DELETE, forget
from actions.talk.heard import country_waiting, take_country
from actions.talk.menu import menu_page
from actions.topics import advice_topics

DANGER = "danger_"
POLITE = {
    "goodbye": "goodbye.answer",
    "thanks": "thanks.answer",
    "feedback_helpful": "feedback_helpful.answer",
}


class Affirm(AdvisorAction):
    """``action_affirm``: "yes" to what we asked last; without a question, what would you like to know?"""

    def name(self) -> str:
        return "action_affirm"

    def answer(self, asked: Asked) -> Answer:
        question = asked.profile.question or ""
        if question.startswith(DANGER):
            return answer_danger(asked, question[len(DANGER) :], certain=True)
        if question == DELETE:
            return forget(asked)
        if question == PERSON:
            return people(asked)
        country = country_waiting(question)
        if country is not None:
            return take_country(asked, country)
        shown = shown_before(asked.before)
        return sent(asked, shown) if shown is not None else _back_to_topics(asked, "yes.what_next")


class Deny(AdvisorAction):
    """``action_deny``: "no" to what we asked last."""

    def name(self) -> str:
        return "action_deny"

    def answer(self, asked: Asked) -> Answer:
        question = asked.profile.question or ""
        if question.startswith(DANGER):
            return _safe(asked)
        if shown_before(asked.before) is not None:
            return not_sent(asked)
        return _back_to_topics(asked, "delete.kept" if question == DELETE else "no.what_else")


class NotSure(AdvisorAction):
    """``action_not_sure``: doubt about danger is treated as danger, doubt about sending sends nothing; any other doubt
    gets a person."""

    def name(self) -> str:
        return "action_not_sure"

    def answer(self, asked: Asked) -> Answer:
        question = asked.profile.question or ""
        if question.startswith(DANGER):
            return answer_danger(asked, question[len(DANGER) :], certain=True)
        if question == PERSON:
            return people(asked)
        if shown_before(asked.before) is not None:
            return not_sent(asked)
        return _back_to_topics(asked, "not_sure.answer")


class NotInDanger(AdvisorAction):
    """``action_not_in_danger``: puts a misunderstanding right, and leaves the door open."""

    def name(self) -> str:
        return "action_not_in_danger"

    def answer(self, asked: Asked) -> Answer:
        return _safe(asked)


class SmallTalk(AdvisorAction):
    """``action_small_talk``: goodbye, thanks, helpful."""

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, asked: Asked) -> Answer:
        return _back_to_topics(asked, POLITE[asked.intent])


class Unhelpful(AdvisorAction):
    """``action_unhelpful``: an answer that did not help is a reason to bring in a person at once."""

    def name(self) -> str:
        return "action_unhelpful"

    def answer(self, asked: Asked) -> Answer:
        answer = people(asked)
        return replace(answer, replies=[Said(asked.speak.text("feedback_unhelpful.answer")), *answer.replies])


class OutOfScope(AdvisorAction):
    """``action_out_of_scope``: says kindly that we cannot, and what we can."""

    def name(self) -> str:
        return "action_out_of_scope"

    def answer(self, asked: Asked) -> Answer:
        replies = [Said(asked.speak.text("out_of_scope.answer")), menu_page(asked.speak, 1)]
        return Answer(replies, unanswered="out_of_scope")


def _safe(asked: Asked) -> Answer:
    """Good that it is so; and the self-check, where the words that were taken for danger asked for it."""
    back = _back_to_topics(asked, "not_in_danger.answer")
    if asked.profile.topic == ASKED_BESIDES:
        check = [buttons.check(asked.speak, ASKED_BESIDES), *buttons.ways_on(asked.speak)]
        back = replace(back, replies=[replace(back.replies[0], buttons=check)])
    profile = replace(back.profile or asked.profile, danger=None)
    return replace(back, profile=profile, danger={"level": "none", "kind": None})


def _back_to_topics(asked: Asked, key: str) -> Answer:
    """The sentence, what was talked about last or mostly asked, a person, the menu."""
    last = asked.profile.topic or ""
    offers = advice_topics()[last].next if last in advice_topics() else ("ask_fees", "ask_offer_check")
    follow_up = [*buttons.topics(asked.speak, offers), *buttons.ways_on(asked.speak)]
    return Answer([Said(asked.speak.text(key), follow_up)], profile=replace(asked.profile, question=None))
