"""What each answer tells the figures about itself, and how people say whether it helped."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers.advice import AnswerAdvice
from actions.base import AdvisorAction
from actions.talk.fallback import Fallback
from actions.talk.small_talk import OutOfScope, SmallTalk

KNOWN = {"language": "en", "origin": "NP", "destination": "QA", "topic": "ask_fees"}


async def last_reply(action: AdvisorAction, intent: str, step: str = "", **slots: Any) -> dict[str, Any]:
    entities = [{"entity": "step", "value": step}] if step else []
    message = {"intent": {"name": intent, "confidence": 1.0}, "entities": entities, "intent_ranking": []}
    dispatcher = CollectingDispatcher()
    await action.run(dispatcher, Tracker("t", slots, message, [], False, None, {}, "action_listen"), {})
    return dict(dispatcher.messages[-1]["custom"])


@pytest.mark.parametrize(
    ("action", "intent", "unanswered"),
    [
        (Fallback(), "nlu_fallback", "fallback"),
        (OutOfScope(), "out_of_scope", "out_of_scope"),
        (SmallTalk(), "thanks", None),
        (AnswerAdvice(), "ask_fees", None),
    ],
)
async def test_the_trace_says_for_whom_about_what_and_whether_answered(
    action: AdvisorAction, intent: str, unanswered: str | None
) -> None:
    trace = (await last_reply(action, intent, **KNOWN))["trace"]
    assert trace["unanswered"] == unanswered
    assert (trace["origin"], trace["destination"], trace["topic"]) == ("NP", "QA", "ask_fees")


async def test_a_second_question_not_understood_is_not_answered_either() -> None:
    assert (await last_reply(Fallback(), "nlu_fallback", misses=1.0))["trace"]["unanswered"] == "fallback"


async def test_under_the_sources_people_can_say_whether_it_helped() -> None:
    buttons = (await last_reply(AnswerAdvice(), "ask_fees", step="sources", **KNOWN))["buttons"]
    assert [button["payload"] for button in buttons] == [
        "/feedback_helpful", "/feedback_unhelpful", "/talk_to_human", "/show_menu",
    ]  # fmt: skip


async def test_what_helped_is_the_topic_answered_last() -> None:
    trace = (await last_reply(SmallTalk(), "feedback_helpful", **KNOWN))["trace"]
    assert (trace["intent"], trace["topic"]) == ("feedback_helpful", "ask_fees")
