"""In groups: the private link, once, and away; nothing of what is said there is read or kept."""

from __future__ import annotations

from typing import Any

import pytest
from fake_bot_api import FakeBotApi, Fault
from scripted import ALICE, ScriptedDialogue, gateway, stored

from bot.settings import Settings, read_settings
from bot.store.tables import inbox, wordings

pytestmark = pytest.mark.asyncio
GROUP, CHANNEL = -100200300, -100200301
OURS = {"id": 4200000001, "is_bot": True, "first_name": "Advisor", "username": "advisor_test_bot"}
SAID_BY_US = {"message_id": 1, "date": 1, "from": OURS, "chat": {"id": GROUP, "type": "group"}}
LINK = "https://t.me/advisor_test_bot"


def added(api: FakeBotApi, kind: str = "group", status: str = "member", chat: int = GROUP) -> int:
    person = {"id": ALICE, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
    before, after = ({"user": OURS, "status": each} for each in ("left", status))
    if status == "administrator":
        rights = ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
                  "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
                  "can_post_stories", "can_edit_stories", "can_delete_stories")  # fmt: skip
        after.update(dict.fromkeys(rights, False))
    where: dict[str, Any] = {"id": chat, "type": kind, "title": "Workers"}
    change = {"chat": where, "from": person, "date": 1, "old_chat_member": before, "new_chat_member": after}
    return api.post("my_chat_member", change)


@pytest.mark.parametrize(("kind", "status"), [("group", "member"), ("supergroup", "administrator")])
async def test_when_added_it_says_why_and_leaves(kind: str, status: str) -> None:
    async with gateway(ScriptedDialogue()) as api:
        added(api, kind, status)
        await api.wait_for_call("leaveChat")
    [said] = api.texts(GROUP)
    assert LINK in said
    assert [called["chat_id"] for called in api.called("leaveChat")] == [GROUP]
    assert [method for method, _ in api.calls if method in ("sendMessage", "leaveChat")] == ["sendMessage", "leaveChat"]


@pytest.mark.parametrize(
    "content",
    [
        {"text": "/start"},
        {"text": "/fees@advisor_test_bot"},
        {"text": "ask @Advisor_test_bot, he knows"},
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": "@advisor_test_bot ?"},
        {"text": "thanks", "reply_to_message": SAID_BY_US},
    ],
    ids=lambda content: str(content.get("text", "caption")),
)  # fmt: skip
async def test_when_addressed_too(content: dict[str, Any]) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.send(GROUP, **content)
        await api.wait_for_call("leaveChat")
    assert len(api.sent(GROUP)) == 1
    assert dialogue.turns == []


async def test_what_people_say_to_each_other_is_not_answered_and_not_kept(own_var) -> None:  # type: ignore[no-untyped-def]
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.say(GROUP, "hello everybody")
        api.say(GROUP, "/start@another_bot")
        api.press_data(GROUP, "/show_menu")
        update = api.say(GROUP, "see here")
        api.edit(update, text="/start")
        added(api, status="kicked")
        added(api, status="left")
        api.say(ALICE, "question")
        await api.wait_for(ALICE, 1)
        await api.wait_for_call("answerCallbackQuery")
        numbers = stored(Settings(), inbox)
    assert dialogue.heard() == ["question"]
    assert api.sent(GROUP) == []
    assert api.count("leaveChat") == 0
    assert [row.payload for row in numbers] == [None] * 8
    assert len(stored(read_settings(), wordings)) == 1


async def test_it_is_said_once_even_when_leaving_fails() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("leaveChat", Fault(status=400, chat_id=GROUP))
        added(api)
        await api.wait_for_call("leaveChat")
        api.say(GROUP, "/start")
        await api.wait_for_call("leaveChat", 2)
    assert len(api.sent(GROUP)) == 1


async def test_where_it_may_not_write_it_leaves_all_the_same() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("sendMessage", Fault(status=403, chat_id=GROUP))
        added(api)
        await api.wait_for_call("leaveChat")


async def test_a_channel_is_left_without_a_word_to_its_readers() -> None:
    async with gateway(ScriptedDialogue()) as api:
        added(api, "channel", "administrator", CHANNEL)
        await api.wait_for_call("leaveChat")
    assert api.sent(CHANNEL) == []


async def test_the_staffs_own_group_is_not_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFF_CHAT_ID", str(GROUP))
    async with gateway(ScriptedDialogue()) as api:
        added(api)
        api.say(GROUP, "/start")
        api.say(ALICE, "question")
        await api.wait_for(ALICE, 1)
    assert not any("only in private" in text for text in api.texts(GROUP))
    assert api.count("leaveChat") == 0
