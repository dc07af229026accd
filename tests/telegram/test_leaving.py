"""Deleting, and leaving in a hurry: what goes from the database, from the screen, and what people are told."""

from __future__ import annotations

import asyncio
import time

import pytest
from fake_bot_api import FakeBotApi, Fault
from scripted import ALICE, BOB, SECRET, ScriptedDialogue, settings_for, sorry, stored

from bot.dialogue import Reply
from bot.identity import sender_for
from bot.store import Database, Seal
from bot.store.conversations import Conversations, State
from bot.store.tables import SENT, chats, conversations, messages, outbox, wordings
from bot.telegram import build_application, pace, running
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio

TRACE = {"trace": {"reply_language": "ne"}}
GONE = Reply("all is deleted", custom={"forget": True, **TRACE})
LEFT = Reply("OK.", custom={"forget": True, "wipe": True, **TRACE})
ANSWERS = {"/delete_my_data": [GONE], "/quick_exit": [LEFT]}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "ONE_CHAT", 0.0)


async def remember(url: str, *chats: int) -> None:
    database = Database.open(url)
    for chat in chats:
        keeper = Conversations(database, Seal(SECRET.encode()))
        await keeper.save(sender_for(chat, SECRET.encode()), 1, State({"origin": "NP"}, {}))
    database.close()


async def test_leaving_quickly_takes_both_sides_of_the_chat_off_the_screen(database_url: str) -> None:
    await remember(database_url, ALICE, BOB)
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(ANSWERS), sorry)):
            for chat in (ALICE, BOB):
                for number in range(3):
                    api.say(chat, f"question {number}")
                await api.wait_for(chat, 3)
            api.say(ALICE, "/exit")
            assert await api.until(lambda: api.texts(ALICE) == ["OK."])
        theirs = {chat for chat, _ in api.written}
        left = [stored(settings, table) for table in (conversations, messages, outbox)]
    assert theirs == {BOB}, "also the word /exit itself"
    assert api.texts(BOB) == [f"answer to question {number}" for number in range(3)]
    assert [row.sender for row in left[0]] == [sender_for(BOB, SECRET.encode())]
    assert {row.chat for table in left[1:] for row in table} == {Seal(SECRET.encode()).chat(BOB)}


async def test_more_than_a_hundred_messages_go_in_several_requests(database_url: str) -> None:
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(ANSWERS), sorry)):
            for number in range(120):
                api.say(ALICE, f"question {number}")
            await api.wait_for(ALICE, 120)
            api.say(ALICE, "/exit")
            assert await api.until(lambda: api.texts(ALICE) == ["OK."])
        assert not api.written
        assert api.count("deleteMessages") >= 3, "at most a hundred at a time"


async def test_what_telegram_refuses_to_delete_does_not_keep_anybody_here() -> None:
    async with FakeBotApi() as api:
        settings = settings_for(api)
        async with running(build_application(settings, ScriptedDialogue(ANSWERS), sorry)):
            api.say(ALICE, "question")
            await api.wait_for(ALICE, 1)
            api.fail("deleteMessages", Fault(status=400))
            api.say(ALICE, "/exit")
            await api.wait_for(ALICE, 2)
        assert stored(settings, messages) == []
    assert api.texts(ALICE)[-1] == "OK."


async def test_an_answer_on_its_way_while_somebody_leaves_does_not_stay(database_url: str) -> None:
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(ANSWERS), sorry)):
            api.fail("sendMessage", Fault(delay=0.5))
            api.say(ALICE, "question")
            await api.wait_for_call("sendMessage")
            api.say(ALICE, "/exit")
            assert await api.until(lambda: api.texts(ALICE) == ["OK."] and not api.written)


async def test_deleting_tells_what_went_and_keeps_the_screen(database_url: str) -> None:
    await remember(database_url, ALICE)
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(ANSWERS), sorry)):
            for number in range(2):
                api.say(ALICE, f"question {number}")
            await api.wait_for(ALICE, 2)
            while {row.state for row in stored(settings, outbox)} != {SENT}:
                await asyncio.sleep(0.01)  # Telegram has the last one before we have noted that it has
            api.say(ALICE, "/delete")
            *_, farewell, told = await api.wait_for(ALICE, 4)
        left = [stored(settings, table) for table in (conversations, messages)]
    assert farewell.text == "all is deleted"
    # the wish itself is kept until it is granted; the numbers are those of two questions, two answers and the wish
    assert told.text == Localizer.of("ne").text("delete.removed", kept=1, numbers=5)
    assert left == [[], []]


async def test_numbers_are_kept_for_two_days_and_no_longer(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.store import upkeep

    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(), sorry)):
            api.say(ALICE, "question")
            await api.wait_for(ALICE, 1)
        database = Database.open(database_url)
        assert database.run_now(upkeep.purge_a_batch(30)).numbers == 0
        later = time.time() + upkeep.MESSAGES_KEPT + 1
        monkeypatch.setattr(upkeep.time, "time", lambda: later)
        gone = database.run_now(upkeep.purge_a_batch(30))
        database.close()
    assert (gone.numbers, gone.answers) == (1, 1)


async def test_whoever_leaves_and_blocks_the_bot_leaves_nothing(database_url: str) -> None:
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(ANSWERS), sorry)):
            api.say(ALICE, "question")
            await api.wait_for(ALICE, 1)
            api.fail("sendMessage", Fault(status=403, times=9, chat_id=ALICE))
            api.say(ALICE, "/exit")
            await api.wait_for_call("sendMessage", 2)
            while stored(settings, outbox):
                await asyncio.sleep(0.01)
        assert [stored(settings, table) for table in (chats, messages, outbox)] == [[], [], []]


async def test_a_changed_secret_leaves_nothing_behind_that_leaving_would_not_find(database_url: str) -> None:
    newer = "another secret of the test installation, long enough"
    await remember(database_url, ALICE)
    async with FakeBotApi() as api:
        old = settings_for(api, database_url=database_url)
        async with running(build_application(old, ScriptedDialogue(), sorry)):
            api.say(ALICE, "question")
            await api.wait_for(ALICE, 1)
        both = settings_for(api, database_url=database_url, advisor_secret=newer, advisor_secret_old=old.advisor_secret)
        async with running(build_application(both, ScriptedDialogue(ANSWERS), sorry)):
            assert not stored(both, conversations), "they begin anew"
            api.say(ALICE, "/exit")
            assert await api.until(lambda: api.texts(ALICE) == ["OK."] and not api.written)
        assert [stored(both, table) for table in (messages, wordings, outbox)] == [[], [], []]
