"""What is answered is delivered: whole, in order, at Telegram's pace, and by the next process if need be."""

from __future__ import annotations

import asyncio
import time

import pytest
from fake_bot_api import FakeBotApi, Fault
from scripted import ALICE, BOB, ScriptedDialogue, gateway, settings_for, sorry, stored

from bot.dialogue import Button, Reply
from bot.settings import Settings
from bot.store import Database, Outbox, Seal
from bot.store.tables import FAILED, PERSON, SENT, STAFF, chats, outbox
from bot.telegram import build_application, courier, pace, running
from bot.telegram.letters import Letter
from bot.telegram.pace import Pace
from bot.telegram.render import Outgoing, render

pytestmark = pytest.mark.asyncio
GROUP = -100200300
PNG = b"\x89PNG\r\n\x1a\n not much of a picture"


async def put(settings: Settings, chat_id: int, *texts: str, priority: str = PERSON) -> None:
    """What an earlier process left in the outbox."""
    database = Database.open(settings.database())
    letters = [Letter(Outgoing(text)).to_bytes() for text in texts]
    await Outbox(database, Seal(settings.secret())).add(chat_id, letters, priority)
    database.close()


async def test_a_restart_continues_with_what_is_not_sent(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "ONE_CHAT", 0.01)
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        await put(settings, ALICE, "one", "two", "three", "four")
        await put(settings, BOB, "hello")
        async with running(build_application(settings, ScriptedDialogue(), sorry)):
            await api.wait_for(ALICE, 4)
            await api.wait_for(BOB, 1)
        async with running(build_application(settings, ScriptedDialogue(), sorry)):
            api.say(BOB, "again")
            await api.wait_for(BOB, 2)
        rows = stored(settings, outbox)
    assert api.texts(ALICE) == ["one", "two", "three", "four"]
    assert {row.state for row in rows} == {SENT}
    assert all(row.content is None and row.message_id for row in rows)


async def test_a_part_that_failed_goes_on_where_it_stopped(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "SEND_PAUSES", (0.01, 0.01, 600.0))
    replies = {"go": [Reply("one"), Reply("two"), Reply("three")]}
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(replies), sorry)):
            api.fail("sendMessage", Fault(status=500, times=2))
            api.say(ALICE, "go")
            await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["one", "two", "three"]


async def test_a_long_pause_is_left_to_the_next_start_and_kept_by_it(database_url: str) -> None:
    """Told to stop, the gateway does not wait for it; started again, it neither forgets it nor comes too early."""
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        api.fail("sendMessage", Fault(status=429, retry_after=4, chat_id=ALICE))
        async with running(build_application(settings, ScriptedDialogue(), sorry)):
            api.say(ALICE, "hello")
            await api.wait_for_call("sendMessage")
            asked = time.monotonic()
            await asyncio.sleep(0.2)
        assert time.monotonic() - asked < 2
        async with running(build_application(settings, ScriptedDialogue(), sorry)):
            [message] = await api.wait_for(ALICE, 1)
    assert message.at - asked > 3.8


async def test_a_pause_of_one_chat_holds_up_no_other() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("sendMessage", Fault(status=429, retry_after=600, chat_id=ALICE))
        api.say(ALICE, "hello")
        await api.wait_for_call("sendMessage")
        for number in range(5):
            api.say(BOB + number, "hello")
        for number in range(5):
            await api.wait_for(BOB + number, 1)
        assert api.sent(ALICE) == []


async def test_whoever_blocks_the_bot_gets_nothing_more(database_url: str) -> None:
    replies = {"go": [Reply("one"), Reply("two"), Reply("three")]}
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue(replies), sorry)):
            api.fail("sendMessage", Fault(status=403, chat_id=ALICE))
            api.say(ALICE, "go")
            await api.wait_for_call("sendMessage")
            await api.until(lambda: stored(settings, chats), timeout=2)
            assert [row.blocked for row in stored(settings, chats)] == [True]
            assert [(row.state, row.content) for row in stored(settings, outbox)] == [(FAILED, None)] * 3
            api.say(ALICE, "I am back")
            await api.wait_for(ALICE, 1)
            assert stored(settings, chats) == []
    assert api.texts(ALICE) == ["answer to I am back"]


async def test_one_refused_part_is_apologised_for_in_its_place() -> None:
    replies = {"go": [Reply("one"), Reply("two"), Reply("call 112")]}
    async with gateway(ScriptedDialogue(replies)) as api:
        api.fail("sendMessage", Fault(status=400))
        api.say(ALICE, "go", language_code="ne")
        await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["sorry (ne)", "two", "call 112"]


async def test_an_apology_that_is_refused_is_the_end_of_it() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("sendMessage", Fault(status=400, times=2))
        api.say(ALICE, "hello")
        await api.wait_for_call("sendMessage", 2)
        api.say(ALICE, "again")
        await api.wait_for(ALICE, 1)
    assert api.texts(ALICE) == ["answer to again"]
    assert api.count("sendMessage") == 3


async def test_a_picture_with_its_text_and_buttons() -> None:
    reply = Reply("your costs", [Button("Menu", "/show_menu")], picture=PNG)
    async with gateway(ScriptedDialogue({"cost": [reply]})) as api:
        api.say(ALICE, "cost")
        [message] = await api.wait_for(ALICE, 1)
    assert (message.picture, message.text, message.rows) == (PNG, "your costs", [["Menu"]])


async def test_an_answer_in_place_of_the_message_whose_button_was_pressed() -> None:
    listed = Reply("1 of 3", [Button("Menu", "/show_menu")])
    ticked = Reply("2 of 3", [Button("Menu", "/show_menu")], in_place=True)
    async with gateway(ScriptedDialogue({"list": [listed], "/show_menu": [ticked]})) as api:
        api.say(ALICE, "list")
        [message] = await api.wait_for(ALICE, 1)
        api.press(ALICE, message.message_id, "Menu")
        await api.wait_for_call("editMessageText")
        await api.until(lambda: api.texts(ALICE) == ["2 of 3"])
        api.press(ALICE, message.message_id, "Menu")  # shows the same already: no second copy of it
        await api.wait_for_call("editMessageText", 2)
        api.press_data(ALICE, "/show_menu", message_id=999_999)  # that message is gone
        await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["2 of 3", "2 of 3"]


async def test_a_letter_survives_being_kept() -> None:
    [rendered] = render(Reply("text", [Button("नमस्ते", "/show_menu")], picture=PNG))
    letter = Letter(rendered, 5, "ne", True, 1.5)
    assert Letter.from_bytes(letter.to_bytes()) == letter


async def test_one_message_a_second_to_one_chat_but_three_parts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "ONE_CHAT", 0.3)
    replies = {"go": [Reply(str(number)) for number in range(5)]}
    async with gateway(ScriptedDialogue(replies)) as api:
        api.say(ALICE, "go")
        api.say(ALICE, "then")
        messages = await api.wait_for(ALICE, 6)
    gaps = [messages[place + 1].at - messages[place].at for place in range(5)]
    assert max(gaps[:2]) < 0.2
    assert min(gaps[2:]) > 0.27


async def times_of(turns: list[tuple[int, int | None, str]], paces: Pace) -> list[float]:
    """When each message may go, all asked for at once; those of one chat one after the other."""
    begun = time.monotonic()
    went: dict[int, float] = {}

    async def chat(places: list[int]) -> None:
        for place in places:
            await paces.turn(*turns[place])
            went[place] = time.monotonic() - begun

    chats_ = {turn[0] for turn in turns}
    lines = [[place for place, turn in enumerate(turns) if turn[0] == each] for each in sorted(chats_)]
    await asyncio.gather(*map(chat, lines))
    return [went[place] for place in range(len(turns))]


async def test_thirty_a_second_overall() -> None:
    went = sorted(await times_of([(number, number, PERSON) for number in range(1, 76)], Pace()))
    assert went[29] < 0.3
    assert went[30] >= 0.99
    assert 1.9 < went[60] < 2.6


async def test_people_before_staff() -> None:
    turns = [(number, None, STAFF) for number in range(1, 41)] + [(number, number, PERSON) for number in range(41, 81)]
    went = await times_of(turns, Pace(20))
    people, staff = went[40:], went[20:40]  # the first twenty of the staff were there before anybody else
    assert max(people) < min(staff)


async def test_twenty_a_minute_to_one_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "ONE_CHAT", 0.0)
    monkeypatch.setattr(pace, "GROUP_MINUTE", 1.0)
    went = await times_of([(GROUP, None, STAFF)] * 25 + [(ALICE, 1, PERSON)] * 3, Pace(1000))
    assert went[19] < 0.5
    assert went[20] >= 0.99
    assert max(went[25:]) < 0.5
