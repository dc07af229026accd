"""Possible danger: one gentle question with the number; yes and doubt lead to help, no puts it right."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers.danger import KINDS, AnswerDanger
from actions.talk.small_talk import Affirm, Deny, NotSure


def tracker(intent: str, slots: dict | None = None, danger: dict | None = None) -> Tracker:
    message = {"intent": {"name": intent, "confidence": 0.6}, "entities": [], "intent_ranking": []}
    known = {"language": "en", "origin": "NP", "destination": "QA", **(slots or {})}
    return Tracker("t", known, {**message, "danger": danger}, [], False, None, {}, "action_listen")


async def run(action, state: Tracker) -> tuple[list[dict], dict]:
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, state, {})
    replies = [message["custom"] for message in dispatcher.messages]
    return replies, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


@pytest.mark.parametrize("kind", KINDS)
async def test_possible_danger_is_asked_about_with_the_number(kind: str) -> None:
    replies, slots = await run(AnswerDanger(), tracker(f"danger_{kind}", danger={"level": "possible", "kind": kind}))
    text = "\n".join(reply["text"] for reply in replies)
    payloads = [button["payload"] for reply in replies for button in reply["buttons"]]
    assert "Is somebody in danger now" in text
    assert "999" in text
    assert f'/danger_{kind}{{"step":"yes"}}' in payloads
    assert "/not_in_danger" in payloads
    assert slots["question"] == f"danger_{kind}"
    assert replies[-1]["trace"]["danger"]["level"] == "possible"


@pytest.mark.parametrize("action", [Affirm(), NotSure()])
async def test_yes_and_doubt_lead_to_help(action) -> None:
    replies, slots = await run(action, tracker("affirm", {"question": "danger_violence"}))
    assert replies[-1]["trace"]["danger"] == {"level": "certain", "kind": "violence"}
    assert "999" in replies[0]["text"]
    assert slots["question"] is None


async def test_no_puts_it_right() -> None:
    replies, slots = await run(Deny(), tracker("deny", {"question": "danger_violence"}))
    assert replies[-1]["trace"]["danger"]["level"] == "none"
    assert slots["question"] is None


async def test_yes_to_nothing_asks_what_to_know() -> None:
    replies, _ = await run(Affirm(), tracker("affirm"))
    assert any(button["payload"] == "/show_menu" for button in replies[-1]["buttons"])


@pytest.mark.parametrize("kind", KINDS)
async def test_certain_danger_offers_a_person_safety_and_a_way_out(kind: str) -> None:
    replies, _ = await run(AnswerDanger(), tracker(f"danger_{kind}", danger={"level": "certain", "kind": kind}))
    payloads = [button["payload"] for reply in replies for button in reply["buttons"]]
    assert {"/talk_to_human", "/not_in_danger", "/quick_exit"} <= set(payloads)
