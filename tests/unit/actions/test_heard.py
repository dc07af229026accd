"""What is said to a voice message, a picture, a contact, a place on the map…"""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.talk.about import AboutBot
from actions.talk.heard import KINDS
from actions.talk.menu import ShowMenu
from actions.talk.small_talk import Affirm, Deny
from translations.localizer import Localizer


def tracker(intent: str, step: str = "", slots: dict | None = None, metadata: dict | None = None) -> Tracker:
    entities = [{"entity": "step", "value": step}] if step else []
    message = {"intent": {"name": intent, "confidence": 1.0}, "entities": entities, "metadata": metadata or {}}
    return Tracker("t", {"language": "en", **(slots or {})}, message, [], False, None, {}, "action_listen")


async def run(action, state: Tracker) -> tuple[list[dict], dict]:
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, state, {})
    replies = [message["custom"] for message in dispatcher.messages]
    return replies, {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def payloads(replies: list[dict]) -> list[str]:
    return [button["payload"] for reply in replies for button in reply["buttons"]]


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_has_a_word_of_its_own_and_a_way_on(kind: str) -> None:
    replies, _ = await run(ShowMenu(), tracker("show_menu", kind))
    assert [reply["text"] for reply in replies] == [Localizer.of("en").text(f"heard.{kind}")]
    assert {"/talk_to_human", "/show_menu"} <= set(payloads(replies))


async def test_of_a_place_the_country_is_asked_about_and_set_by_nothing_but_a_yes() -> None:
    replies, slots = await run(ShowMenu(), tracker("show_menu", "place:QA"))
    assert "Qatar" in replies[0]["text"]
    assert payloads(replies)[:2] == ['/change_profile{"destination":"QA"}', '/change_profile{"step":"destination"}']
    assert slots == {"question": "place:QA"}
    _, slots = await run(Affirm(), tracker("affirm", slots={"question": "place:QA"}))
    assert (slots["destination"], slots["question"]) == ("QA", None)
    _, slots = await run(Deny(), tracker("deny", slots={"question": "place:QA"}))
    assert "destination" not in slots


async def test_somebody_at_home_is_not_said_to_work_there() -> None:
    replies, _ = await run(ShowMenu(), tracker("show_menu", "place:NP"))
    assert payloads(replies)[0] == '/change_profile{"origin":"NP"}'
    _, slots = await run(Affirm(), tracker("affirm", slots={"question": "place:NP"}))
    assert slots["origin"] == "NP"


async def test_near_a_border_both_sides_are_offered() -> None:
    replies, slots = await run(ShowMenu(), tracker("show_menu", "place:TH-MM"))
    assert replies[0]["text"] == Localizer.of("en").text("heard.location_unknown")
    assert payloads(replies)[:3] == [
        '/change_profile{"destination":"TH"}',
        '/change_profile{"origin":"MM"}',
        '/change_profile{"step":"destination"}',
    ]
    assert slots == {}


@pytest.mark.parametrize("step", ["place", "place:", "place:x", "place:qa"])
async def test_a_place_that_says_nothing_asks_for_the_country(step: str) -> None:
    replies, slots = await run(ShowMenu(), tracker("show_menu", step))
    assert replies[0]["text"] == Localizer.of("en").text("heard.location_unknown")
    assert '/change_profile{"destination":"QA"}' in payloads(replies)
    assert slots == {}


@pytest.mark.parametrize(("step", "key"), [("old", "stale.answer"), ("cannot_read", "menu.cannot_read")])
async def test_old_buttons_and_unreadable_messages_lead_to_the_menu(step: str, key: str) -> None:
    replies, _ = await run(ShowMenu(), tracker("show_menu", step))
    assert replies[0]["text"] == Localizer.of("en").text(key)
    assert replies[1]["text"] == Localizer.of("en").text("menu.title")


async def test_a_picture_does_not_withdraw_a_question_about_danger() -> None:
    _, slots = await run(ShowMenu(), tracker("show_menu", "picture", slots={"question": "danger_violence"}))
    assert "question" not in slots


@pytest.mark.parametrize(("metadata", "is_told"), [({"bot_name": "advisor_test_bot"}, True), ({}, False)])
async def test_the_bot_tells_its_name_where_it_has_one(metadata: dict, is_told: bool) -> None:
    replies, _ = await run(AboutBot(), tracker("ask_bot", metadata=metadata))
    assert ("@advisor_test_bot" in replies[0]["text"]) is is_told
