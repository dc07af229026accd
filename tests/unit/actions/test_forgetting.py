"""Whichever way a person has everything deleted, the gateway is told so; a question about it deletes nothing."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.talk.about import DELETE, DeleteMyData, QuickExit
from actions.talk.small_talk import Affirm


async def told(action, intent: str, step: str = "", **slots: str) -> tuple[list[bool], bool]:
    """Which replies carry the order to forget, and whether Rasa is told to."""
    entities = [{"entity": "step", "value": step}] if step else []
    message = {"intent": {"name": intent, "confidence": 1.0}, "entities": entities, "intent_ranking": []}
    dispatcher = CollectingDispatcher()
    state = Tracker("t", {"language": "en", **slots}, message, [], False, None, {}, "action_listen")
    events = await action.run(dispatcher, state, {})
    return [bool(reply["custom"].get("forget")) for reply in dispatcher.messages], any(
        event["event"] == "restart" for event in events
    )


@pytest.mark.parametrize(
    ("action", "intent", "step", "slots"),
    [
        (DeleteMyData(), "delete_my_data", "confirm", {}),
        (Affirm(), "affirm", "", {"question": DELETE}),
        (QuickExit(), "quick_exit", "", {}),
    ],
    ids=["by button", "by word", "by leaving in a hurry"],
)
async def test_the_gateway_is_told_to_forget(action, intent: str, step: str, slots: dict) -> None:
    assert await told(action, intent, step, **slots) == ([True], True)


async def test_the_question_before_deletes_nothing() -> None:
    assert await told(DeleteMyData(), "delete_my_data") == ([False], False)
