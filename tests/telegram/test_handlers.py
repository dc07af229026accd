"""What people do in Telegram and what reaches the dialogue, through the real application and real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_bot_api import TOKEN, Fault
from scripted import ALICE, BOB, SECRET, ScriptedDialogue, gateway

from bot.dialogue import Button, Reply
from bot.dialogue.payload import make_payload
from bot.identity import sender_for
from bot.telegram import answering, handlers

pytestmark = pytest.mark.asyncio
CANNOT_READ = '/show_menu{"step":"cannot_read"}'
FILE = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}


async def test_start_is_a_greeting() -> None:
    dialogue = ScriptedDialogue({'/greet{"step":"start"}': [Reply("Namaste", [Button("Menu", "/show_menu")])]})
    async with gateway(dialogue) as api:
        api.say(ALICE, "/start", language_code="ne")
        [welcome] = await api.wait_for(ALICE, 1)
    assert (welcome.text, welcome.rows) == ("Namaste", [["Menu"]])
    [turn] = dialogue.turns
    assert turn.locale == "ne"
    assert turn.text is None


async def test_the_dialogue_gets_a_name_that_names_nobody() -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.say(ALICE, "hello")
        api.say(BOB, "hello")
        await api.wait_for(ALICE, 1)
        await api.wait_for(BOB, 1)
    names = {turn.sender for turn in dialogue.turns}
    assert names == {sender_for(chat, SECRET.encode()) for chat in (ALICE, BOB)}
    assert all(turn.locale is None for turn in dialogue.turns)
    assert str(ALICE) not in repr(dialogue.turns)


@pytest.mark.parametrize(
    ("written", "heard"),
    {
        "/start": '/greet{"step":"start"}',
        "/start qr_poster-7": '/greet{"step":"start"}',
        "/start ne": '/choose_language{"language":"ne"}',
        "/start tl": '/choose_language{"language":"fil"}',
        "/start xx": '/greet{"step":"start"}',
        "/start NP-QA-ne": '/choose_language{"language":"ne"}',
        "/start NP": '/greet{"step":"start"}',
        "/start NP-QA_fees": '/ask_fees{"step":"check"}',
        "/start person": "/talk_to_human",
        "/start exit": '/greet{"step":"start"}',
        "/person": "/talk_to_human",
        "/menu": "/show_menu",
        "/MENU@advisor_test_bot": "/show_menu",
        "/language": "/choose_language",
        "/help": '/ask_bot{"step":"help"}',
        "/fees": '/ask_fees{"step":"check"}',
        "/contract": '/ask_contract{"step":"check"}',
        "/selfcheck": '/ask_trafficking{"step":"check"}',
        "/privacy": '/ask_bot{"step":"privacy"}',
        "/delete": "/delete_my_data",
        "/delete now please": "/delete_my_data",
        "/exit": "/quick_exit",
        "/exit he is coming": "/quick_exit",
        "/help they locked the door": "help they locked the door",
        "/start I need help": "start I need help",
        "/restart": "restart",
        "/unknown with words": "unknown with words",
        "//restart": "restart",
        '/ask_fees{"step":"2"}': 'ask_fees{"step":"2"}',
        "/မကူညီ": "မကူညီ",
        "/": CANNOT_READ,
        "\u200b/ ": CANNOT_READ,
        "how much?\nfor Qatar": "how much?\nfor Qatar",
    }.items(),
)
async def test_commands_and_text(written: str, heard: str) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.say(ALICE, written)
        assert await dialogue.until(lambda: dialogue.turns)
    assert dialogue.heard() == [heard]
    only_commands_are_payloads = written.lstrip("/").partition(" ")[0].partition("@")[0].lower() in handlers.COMMANDS
    assert dialogue.turns[0].payload is None or only_commands_are_payloads


async def test_a_reply_with_markup_is_shown_as_written() -> None:
    async with gateway(ScriptedDialogue({"fees": [Reply("<b>Pay</b> & sign?\n1 < 2")]})) as api:
        api.say(ALICE, "fees")
        [message] = await api.wait_for(ALICE, 1)
    assert message.text == "<b>Pay</b> & sign?\n1 < 2"
    assert message.parameters["link_preview_options"] == {"is_disabled": True}


async def test_a_long_reply_arrives_whole_and_in_order() -> None:
    words = [f"word{number}" for number in range(1250)]
    text = " ".join(words)
    assert len(text) > 10_000
    async with gateway(ScriptedDialogue({"long": [Reply(text, [Button("Menu", "/show_menu")])]})) as api:
        api.say(ALICE, "long")
        messages = await api.wait_for(ALICE, 3)
    assert " ".join(message.text for message in messages) == text
    assert [message.rows for message in messages] == [[], [], [["Menu"]]]


async def test_several_replies_and_no_empty_ones() -> None:
    replies = [Reply("one"), Reply("  \n"), Reply(""), Reply("two")]
    async with gateway(ScriptedDialogue({"go": replies})) as api:
        api.say(ALICE, "go")
        await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["one", "two"]


async def test_a_press_is_acknowledged_and_carries_the_payload() -> None:
    ask = Reply("Where?", [Button("Qatar", '/inform{"destination":"QA"}'), Button("Menu", "/show_menu")])
    dialogue = ScriptedDialogue({"where": [ask]})
    async with gateway(dialogue) as api:
        api.say(ALICE, "where")
        [question] = await api.wait_for(ALICE, 1)
        api.press(ALICE, question.message_id, "Qatar")
        await api.wait_for(ALICE, 2)
        await api.wait_for_call("answerCallbackQuery")
    assert dialogue.turns[1].payload == '/inform{"destination":"QA"}'


async def test_a_press_is_acknowledged_before_a_slow_answer() -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("/show_menu")
    async with gateway(dialogue) as api:
        api.press_data(ALICE, "/show_menu")
        await api.wait_for_call("answerCallbackQuery")
        assert api.sent(ALICE) == []
        gate.set()
        await api.wait_for(ALICE, 1)


@pytest.mark.parametrize(
    "forged",
    [
        "/restart",
        "/session_start",
        "hello",
        "",
        "/show_menu{",
        '/inform{"salary":"1"}',
        '/inform{"origin":["NP"]}',
        "/" + "x" * 100,
        "/show_menu\ud800",
    ],
)
async def test_a_forged_payload_leads_to_the_menu(forged: str) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.press_data(ALICE, forged)
        await api.wait_for(ALICE, 1)
        await api.wait_for_call("answerCallbackQuery")
    assert dialogue.heard() == ['/show_menu{"step":"old"}']


@pytest.mark.parametrize(
    ("content", "step"),
    [
        ({"photo": [FILE]}, "picture"),
        ({"document": FILE}, "file"),
        ({"voice": {**FILE, "duration": 3}}, "voice"),
        ({"audio": {**FILE, "duration": 3}}, "voice"),
        ({"video": {**FILE, "duration": 3}}, "video"),
        ({"video_note": {**FILE, "duration": 3, "length": 1}}, "video"),
        ({"animation": {**FILE, "duration": 3}, "document": FILE}, "video"),
        ({"sticker": {**FILE, "is_animated": False, "is_video": False, "type": "regular"}}, "sticker"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "sticker"),
        ({"contact": {"phone_number": "+97400000000", "first_name": "Boss"}}, "contact"),
        ({"location": {"latitude": 25.28, "longitude": 51.53}}, "place:QA"),
        ({"venue": {"location": {"latitude": 1.43, "longitude": 103.78}, "title": "x", "address": "y"}}, "place:SG-MY"),
        ({"location": {"latitude": -10.0, "longitude": 75.0}}, "place"),
        ({"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
                   "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}}, "cannot_read"),
        ({"game": {"title": "x", "description": "y", "photo": [FILE]}}, "cannot_read"),
        ({"something_of_the_future": {"new": True}}, "cannot_read"),
    ],
    ids=str,
)  # fmt: skip
async def test_each_kind_of_message_is_told_by_its_kind_alone(content: dict[str, object], step: str) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.send(ALICE, "id", **content)
        await api.wait_for(ALICE, 1)
    assert dialogue.heard() == [make_payload("show_menu", step=step)]
    assert dialogue.turns[0].locale == "id"
    assert dialogue.turns[0].profile == {}


async def test_a_forwarded_text_is_read_as_text() -> None:
    dialogue = ScriptedDialogue()
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Agent"}
    async with gateway(dialogue) as api:
        api.send(ALICE, text="visa ready, pay today", forward_origin=origin)
        await api.wait_for(ALICE, 1)
    assert dialogue.heard() == ["visa ready, pay today"]


async def test_a_contact_is_deleted_and_nowhere_kept(own_var: Path) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold(make_payload("show_menu", step="contact"))
    async with gateway(dialogue) as api:
        update = api.send(ALICE, contact={"phone_number": "+97400112233", "first_name": "Mr Agent"})
        assert await dialogue.until(lambda: dialogue.turns)
        number = api._history[update]["message"]["message_id"]
        kept = b"".join(path.read_bytes() for path in own_var.iterdir())
        gate.set()
        await api.wait_for(ALICE, 1)
    assert api.deleted == [(ALICE, number)]
    assert b"00112233" not in kept
    assert b"Agent" not in kept


async def test_a_contact_that_telegram_does_not_let_us_delete_is_answered_too() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("deleteMessage", Fault(status=400))
        api.send(ALICE, contact={"phone_number": "+97400112233", "first_name": "Mr Agent"})
        await api.wait_for(ALICE, 1)


async def test_what_a_link_carries_reaches_the_dialogue_as_choices() -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.say(ALICE, "/start NP-QA-ne_fees")
        api.say(ALICE, "and then")
        await api.wait_for(ALICE, 2)
    assert dialogue.turns[0].profile == {"origin": "NP", "destination": "QA", "language": "ne"}
    assert dialogue.turns[1].profile == {}


async def test_the_bots_own_name_reaches_the_dialogue() -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.say(ALICE, "who are you?")
        await api.wait_for(ALICE, 1)
    assert dialogue.turns[0].metadata["bot_name"] == "advisor_test_bot"


async def test_a_caption_is_text() -> None:
    dialogue = ScriptedDialogue()
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    async with gateway(dialogue) as api:
        api.send(ALICE, photo=photo, caption="is this contract good?")
        api.send(ALICE, document={"file_id": "f", "file_unique_id": "u"}, caption="and this?")
        await api.wait_for(ALICE, 2)
    assert dialogue.heard() == ["is this contract good?", "and this?"]


async def test_service_messages_get_no_answer() -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.send(ALICE, message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
        api.say(ALICE, "question")
        await api.wait_for(ALICE, 1)
    assert dialogue.heard() == ["question"]
    assert api.count("sendMessage") == 1


async def test_typing_is_shown_only_when_an_answer_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("slow")
    async with gateway(dialogue) as api:
        api.say(ALICE, "quick")
        await api.wait_for(ALICE, 1)
        assert api.count("sendChatAction") == 0
        monkeypatch.setattr(answering, "PATIENCE", 0.05)
        api.say(ALICE, "slow")
        await api.wait_for_call("sendChatAction")
        gate.set()
        await api.wait_for(ALICE, 2)
    assert [called["action"] for method, called in api.calls if method == "sendChatAction"] == ["typing"]


async def test_the_updates_asked_for() -> None:
    async with gateway(ScriptedDialogue()) as api:
        await api.wait_for_call("getUpdates")
        asked = next(called for method, called in api.calls if method == "getUpdates")
        removed = next(called for method, called in api.calls if method == "deleteWebhook")
    assert asked["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert removed.get("drop_pending_updates") in (None, False)
    assert TOKEN not in repr(api.calls)


async def test_a_picture_is_sent_with_the_text_below_it() -> None:
    dialogue = ScriptedDialogue({"show": [Reply("What is still owed", picture=b"\x89PNG a picture")]})
    async with gateway(dialogue) as api:
        api.say(ALICE, "show")
        [message] = await api.wait_for(ALICE, 1)
    assert (message.text, message.picture) == ("What is still owed", b"\x89PNG a picture")


async def test_a_list_changes_in_its_place_when_a_line_of_it_is_pressed() -> None:
    tick = '/ask_documents{"step":"list:passport"}'
    unticked = Reply("To do", [Button("☐ Passport", tick)])
    ticked = Reply("To do: 1 done", [Button("☑ Passport", tick)], in_place=True)
    async with gateway(ScriptedDialogue({"list": [unticked], tick: [ticked]})) as api:
        api.say(ALICE, "list")
        [message] = await api.wait_for(ALICE, 1)
        api.press(ALICE, message.message_id, "☐ Passport")
        assert await api.until(lambda: api.texts(ALICE) == ["To do: 1 done"])
        assert api.sent(ALICE)[0].rows == [["☑ Passport"]]


async def test_a_list_that_cannot_be_changed_any_more_is_sent_anew() -> None:
    tick = '/ask_documents{"step":"list:passport"}'
    ticked = Reply("To do: 1 done", [Button("☑ Passport", tick)], in_place=True)
    async with gateway(ScriptedDialogue({tick: [ticked]})) as api:
        api.press_data(ALICE, tick)
        [message] = await api.wait_for(ALICE, 1)
    assert message.text == "To do: 1 done"
