"""Changed messages and albums are answered once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from scripted import ALICE, BOB, ScriptedDialogue, gateway, stored

from bot.dialogue import Reply
from bot.settings import Settings
from bot.store import Database, wordings
from bot.store import tables as kept
from bot.store.upkeep import purge_now
from bot.telegram import workers

pytestmark = pytest.mark.asyncio
ANNOUNCED = "You have changed your message. This is the answer to what it says now:"
PICTURE = '/show_menu{"step":"picture"}'
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PAUSES", (0.01, 0.01, 0.01))
    monkeypatch.setattr(wordings, "ALBUM_PAUSE", 0.05)


async def test_a_changed_message_is_answered_as_one(database_url: str) -> None:
    dialogue = ScriptedDialogue({"wages in Kuwait?": [Reply("in Nepali", custom={"trace": {"reply_language": "en"}})]})
    async with gateway(dialogue, database_url=database_url) as api:
        update = api.say(ALICE, "wages in Qatar?")
        await api.wait_for(ALICE, 1)
        api.edit(update, text="wages in Kuwait?")
        await api.wait_for(ALICE, 3)
    assert dialogue.heard() == ["wages in Qatar?", "wages in Kuwait?"]
    assert api.texts(ALICE) == ["answer to wages in Qatar?", ANNOUNCED, "in Nepali"]


async def test_an_edit_that_changes_nothing_we_read_is_not_answered(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue, database_url=database_url) as api:
        update = api.say(ALICE, "see https://agency.example")
        await api.wait_for(ALICE, 1)
        preview = {"url": "https://agency.example"}
        again = api.edit(update, text="see https://agency.example", link_preview_options=preview)
        api.edit(update, text="see this")
        await api.wait_for(ALICE, 3)
        api.edit(update, text="see this")
        api.repeat(again)
        api.say(ALICE, "then")
        await api.wait_for(ALICE, 4)
    assert dialogue.heard() == ["see https://agency.example", "see this", "then"]


async def test_of_a_message_that_waits_only_the_new_wording_is_answered(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("first")
    async with gateway(dialogue, database_url=database_url) as api:
        api.say(ALICE, "first")
        waiting = api.say(ALICE, "wages in Qatar?")
        assert await dialogue.until(lambda: dialogue.turns)
        api.edit(waiting, text="wages in Kuwait?")
        api.edit(waiting, after=2, text="wages in Oman?")
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
        gate.set()
        await api.wait_for(ALICE, 2)
    assert dialogue.heard() == ["first", "hello", "wages in Oman?"]
    assert api.texts(ALICE) == ["answer to first", "answer to wages in Oman?"]


async def test_an_edit_of_what_is_under_work_is_answered_after_it(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("wages in Qatar?")
    async with gateway(dialogue, database_url=database_url) as api:
        update = api.say(ALICE, "wages in Qatar?")
        assert await dialogue.until(lambda: dialogue.turns)
        api.edit(update, text="wages in Kuwait?")
        api.edit(update, after=2, text="wages in Oman?")
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
        gate.set()
        await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["answer to wages in Qatar?", ANNOUNCED, "answer to wages in Oman?"]


async def test_an_edit_of_what_could_not_be_answered_takes_its_place(database_url: str, own_var: Path) -> None:
    dialogue = ScriptedDialogue({"wages in Qatar?": ValueError("bug")})
    settings = Settings(database_url=database_url)
    async with gateway(dialogue, database_url=database_url) as api:
        update = api.say(ALICE, "wages in Qatar?")
        await api.wait_for(ALICE, 1)
        api.edit(update, text="wages in Kuwait?")
        await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["sorry (en)", ANNOUNCED, "answer to wages in Kuwait?"]
    assert {row.state for row in stored(settings, kept.inbox)} == {kept.DONE}


@pytest.mark.parametrize(("after", "answers"), [(3600, 3), (3601, 1)])
async def test_edits_are_read_for_an_hour(after: int, answers: int) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        update = api.say(ALICE, "question")
        await api.wait_for(ALICE, 1)
        api.edit(update, after=after, text="another question")
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
        await api.wait_for(ALICE, answers)
    assert len(api.sent(ALICE)) == answers


async def test_after_a_deletion_edits_of_older_messages_stay_unanswered(database_url: str) -> None:
    """Telegram adds a link's preview as an edit: nothing may appear on the screen of somebody who has just left."""
    dialogue = ScriptedDialogue({"/quick_exit": [Reply("The weather is fine", custom={"forget": True})]})
    settings = Settings(database_url=database_url)
    async with gateway(dialogue, database_url=database_url) as api:
        update = api.say(ALICE, "see https://agency.example")
        await api.wait_for(ALICE, 1)
        leaving = api.say(ALICE, "/exit")
        await api.wait_for(ALICE, 2)
        assert stored(settings, kept.wordings) == []
        api.edit(update, text="see https://agency.example ")
        api.edit(leaving, text="/exit now")
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
    assert len(api.sent(ALICE)) == 2


async def test_a_caption_added_later_is_answered_and_a_moving_place_is_not(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue, database_url=database_url) as api:
        photo = api.send(ALICE, photo=PHOTO)
        place = api.send(BOB, location={"latitude": 25.28, "longitude": 51.53, "live_period": 900})
        await api.wait_for(ALICE, 1)
        await api.wait_for(BOB, 1)
        api.edit(place, location={"latitude": 24.7, "longitude": 46.7, "live_period": 900})
        api.edit(photo, caption="they want 5000 rupees")
        await api.wait_for(ALICE, 3)
    assert len(api.sent(BOB)) == 1
    assert dialogue.heard()[2:] == ["they want 5000 rupees"]


async def test_an_album_is_answered_once(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue, database_url=database_url) as api:
        for _ in range(3):
            api.send(ALICE, photo=PHOTO, media_group_id="77")
        api.send(ALICE, photo=PHOTO, media_group_id="78")
        api.send(BOB, photo=PHOTO, media_group_id="77")
        await api.wait_for(ALICE, 2)
        await api.wait_for(BOB, 1)
        late = api.send(ALICE, photo=PHOTO, media_group_id="77")
        api.repeat(late)
        api.say(ALICE, "then")
        await api.wait_for(ALICE, 3)
    assert sorted(dialogue.heard()) == [PICTURE, PICTURE, PICTURE, "then"]


async def test_the_words_of_an_album_are_read_wherever_they_stand(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue, database_url=database_url) as api:
        api.send(ALICE, photo=PHOTO, media_group_id="77")
        api.send(ALICE, photo=PHOTO, media_group_id="77", caption="is this contract good?")
        api.send(ALICE, photo=PHOTO, media_group_id="77", caption="page two")
        await api.wait_for(ALICE, 1)
        api.send(ALICE, photo=PHOTO, media_group_id="77", caption="page three came late")
        await api.wait_for(ALICE, 2)
    assert dialogue.heard() == ["is this contract good?\npage two", "page three came late"]


async def test_nothing_readable_is_kept_of_a_message_and_it_goes_after_two_hours(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(database_url=database_url)
    async with gateway(ScriptedDialogue(), database_url=database_url) as api:
        api.say(ALICE, "my boss locked me in")
        api.send(ALICE, photo=PHOTO, media_group_id="album-name")
        await api.wait_for(ALICE, 2)
    rows = repr(stored(settings, kept.wordings))
    assert not any(secret in rows for secret in ("locked", str(ALICE), "album-name"))
    database = Database.open(database_url)
    begun = time.time()
    for hours, left in ((1.9, 2), (2.1, 0)):
        monkeypatch.setattr(time, "time", lambda hours=hours: begun + hours * 3600)
        purge_now(database.run_now, 30)
        assert len(database.run_now(lambda connection: connection.execute(kept.wordings.select()).all())) == left
    database.close()
