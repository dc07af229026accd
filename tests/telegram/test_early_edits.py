"""Telegram promises no order: what tells of one message is answered once, whichever of it comes first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from fake_bot_api import FakeBotApi
from scripted import ALICE, BOB, ScriptedDialogue, stored
from test_webhook import Opened, opened

from bot.dialogue import Reply
from bot.settings import Settings
from bot.store import tables as kept
from bot.store import wordings

pytestmark = pytest.mark.asyncio
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
ANNOUNCED = "You have changed your message. This is the answer to what it says now:"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "ALBUM_PAUSE", 0.05)


async def deliver(there: Opened, updates: Sequence[int]) -> None:
    for update in updates:
        assert await there.deliver(there.api._history[update]) == 200


async def somebody_else_is_answered(api: FakeBotApi, there: Opened) -> None:
    await deliver(there, [api.say(BOB, "hello")])
    await api.wait_for(BOB, 1)


@pytest.mark.parametrize("order", [*permutations(range(3))][1:], ids=str)
async def test_of_a_message_and_its_changes_the_latest_words_are_answered(
    database_url: str, order: Sequence[int]
) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("before")
    async with opened(dialogue, database_url=database_url) as there:
        api = there.api
        await deliver(there, [api.say(ALICE, "before")])
        update = api.say(ALICE, "wages in Qatar?")
        changes = [api.edit(update, text="wages in Kuwait?"), api.edit(update, after=2, text="wages in Oman?")]
        tellings = [update, *changes]
        await deliver(there, [tellings[place] for place in order])
        await deliver(there, [api.say(ALICE, "after")])
        gate.set()
        await api.wait_for(ALICE, 3)
        await deliver(there, tellings)  # once more, as Telegram does when a confirmation got lost
        await somebody_else_is_answered(api, there)
    assert api.texts(ALICE) == ["answer to before", "answer to wages in Oman?", "answer to after"]


async def test_a_change_alone_waits_for_its_message(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    async with opened(dialogue, database_url=database_url) as there:
        api = there.api
        update = api.say(ALICE, "see https://agency.example")
        change = api.edit(update, text="my boss locked me in")
        await deliver(there, [change])
        await somebody_else_is_answered(api, there)
        assert dialogue.heard() == ["hello"]
        rows = repr(stored(Settings(database_url=database_url), kept.wordings))
        assert "locked" not in rows
        await deliver(there, [update])
        await api.wait_for(ALICE, 1)
        assert all(row.early is None for row in stored(Settings(database_url=database_url), kept.wordings))
    assert api.texts(ALICE) == ["answer to my boss locked me in"]


async def test_a_change_after_an_early_one_is_answered_as_a_change(database_url: str) -> None:
    async with opened(ScriptedDialogue(), database_url=database_url) as there:
        api = there.api
        update = api.say(ALICE, "wages in Qatar?")
        await deliver(there, [api.edit(update, text="wages in Kuwait?"), update])
        await api.wait_for(ALICE, 1)
        await deliver(there, [api.edit(update, text="wages in Oman?")])
        await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["answer to wages in Kuwait?", ANNOUNCED, "answer to wages in Oman?"]


@pytest.mark.parametrize("order", [*permutations(range(3))], ids=str)
async def test_an_album_is_answered_once_with_the_words_added_to_a_part(
    database_url: str, order: Sequence[int]
) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("before")
    async with opened(dialogue, database_url=database_url) as there:
        api = there.api
        await deliver(there, [api.say(ALICE, "before")])
        parts = [api.send(ALICE, photo=PHOTO, media_group_id="77") for _ in range(2)]
        caption = api.edit(parts[1], caption="is this contract good?")
        tellings = [*parts, caption]
        await deliver(there, [tellings[place] for place in order])
        gate.set()
        await api.wait_for(ALICE, 2)
        await somebody_else_is_answered(api, there)
    assert dialogue.heard() == ["before", "is this contract good?", "hello"]


async def test_after_a_deletion_an_early_change_is_not_answered(database_url: str) -> None:
    """It cannot be told from the change of a message that was deleted, so it waits, and nothing appears."""
    dialogue = ScriptedDialogue({"/quick_exit": [Reply("The weather is fine", custom={"forget": True})]})
    async with opened(dialogue, database_url=database_url) as there:
        api = there.api
        update = api.say(ALICE, "see https://agency.example")
        await deliver(there, [update])
        await api.wait_for(ALICE, 1)
        change = api.edit(update, text="see https://agency.example ")
        await deliver(there, [api.say(ALICE, "/exit")])
        await api.wait_for(ALICE, 2)
        await deliver(there, [change])
        await somebody_else_is_answered(api, there)
    assert len(api.sent(ALICE)) == 2
