"""One letter that cannot be delivered stops no desk, and what goes leaves nothing behind in a group."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fake_bot_api import Fault
from scripted import ALICE, BOB, stored
from two_parties import HOME, SISTER, desk, prepare

from bot.settings import Settings
from bot.store import Seal
from bot.store.desk_tables import case_topics
from bot.store.outbox import place_of_content
from bot.store.tables import outbox
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


@pytest.mark.parametrize("status", [400, 403])
async def test_a_copy_whose_source_is_gone_stops_nobody(status: int) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "first")
        await talk.topic_gets(thread, "first")
        lost = Fault(status=status, description="Bad Request: chat not found", times=99, chat_id=SISTER)
        talk.api.fail("copyMessage", lost)
        talk.staff_says(thread, "/transfer sister")
        await talk.until(lambda: talk.api.groups[SISTER].topics)
        [there] = talk.api.groups[SISTER].topics
        await talk.topic_gets(there, "could not be shown here", SISTER)
        talk.api.say(ALICE, "I need help NOW")
        await talk.topic_gets(there, "I need help NOW", SISTER)
        unreachable = Localizer.of("en").text("desk.unreachable", desk="Pokhara Help Desk")
        assert not any(unreachable in text for text in talk.api.texts(ALICE))


async def test_a_copy_that_cannot_be_made_is_not_taken_for_a_person_who_blocks_the_bot() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.fail("copyMessage", Fault(status=403, chat_id=ALICE))
        talk.staff_says(thread, None, photo=PHOTO)
        await talk.topic_gets(thread, "could not be delivered")
        talk.staff_says(thread, "in words, then")
        await talk.person_gets(ALICE, "in words, then")


async def test_a_refusal_while_putting_right_another_is_heeded() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        closed = Fault(status=400, description="Bad Request: TOPIC_CLOSED", times=99, chat_id=HOME)
        talk.api.fail("sendMessage", closed)
        talk.api.fail("reopenForumTopic", Fault(status=429, retry_after=600, times=99))
        talk.api.say(ALICE, "words")
        await talk.api.wait_for_call("reopenForumTopic")
        await talk.until(lambda: [row for row in stored(Settings(), outbox) if row.not_before > time.time() + 500])
        assert talk.api.count("reopenForumTopic") == 1
        assert thread in talk.api.groups[HOME].topics


@pytest.mark.parametrize("said", ["bad \ud83d end", "the letter that always fails"])
async def test_one_letter_does_not_stop_a_desk(said: str) -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        other = await talk.opened(BOB)
        if "fails" in said:
            talk.api.fail("sendMessage", Fault(status=502, times=8, chat_id=HOME))
        tried = talk.api.count("sendMessage")
        talk.api.say(ALICE, said)
        await talk.until(lambda: talk.api.count("sendMessage") > tried)
        talk.api.say(BOB, "help NOW")
        await talk.topic_gets(other, "help NOW")


async def test_what_is_deleted_while_its_topic_is_made_leaves_none() -> None:
    async with desk() as talk:
        talk.api.fail("createForumTopic", Fault(delay=1.0))
        talk.api.say(ALICE, "yes")
        await talk.api.wait_for_call("createForumTopic")
        talk.api.press_data(ALICE, "desk:delete:1")
        await talk.told(ALICE, "en", "delete.done")
        await talk.until(lambda: talk.api.deleted_topics)
        [(_, gone)] = talk.api.deleted_topics
        assert talk.api.groups[HOME].topics == {}
        assert talk.api.in_topic(HOME, gone) == []


async def test_a_long_change_and_a_long_caption_arrive_whole() -> None:
    words = ("Dear desk\n\n" + "word " * 816 + "END").ljust(4095, "!")
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        update = talk.api.say(ALICE, "short")
        await talk.topic_gets(thread, "short")
        talk.api.edit(update, text=words)
        await talk.topic_gets(thread, "END")
        talk.api.fail("sendMessage", Fault(status=429, retry_after=1, chat_id=HOME))
        talk.api.send(ALICE, photo=PHOTO, caption="One\n\n" + "x" * 1016 + "LAST")
        await talk.topic_gets(thread, "LAST")
        copies = [message for message in talk.api._messages if message.thread == thread and message.copy_of]
    assert len(copies) == 1, "what failed is sent again, the picture is not"


async def test_all_topics_of_a_transferred_case_go_with_it() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "/transfer sister")
        await talk.until(lambda: talk.api.groups[SISTER].topics)
        [there] = talk.api.groups[SISTER].topics
        talk.staff_says(there, "/close solved", group=SISTER)
        await talk.until(lambda: there in talk.api.groups[SISTER].closed)
        talk.api.press_data(ALICE, '/delete_my_data{"step":"confirm"}')
        await talk.until(lambda: sorted(talk.api.deleted_topics) == sorted([(HOME, thread), (SISTER, there)]))
        assert stored(Settings(), case_topics) == []


async def test_words_that_wait_for_a_group_go_with_their_person() -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        await talk.opened(BOB)
        for method in ("sendMessage", "deleteForumTopic", "editForumTopic", "closeForumTopic"):
            talk.api.fail(method, Fault(status=403, times=10_000, chat_id=HOME))
        talk.api.say(BOB, "from Bob")
        await talk.told(BOB, "en", "desk.unreachable", desk=NAME)
        talk.api.say(ALICE, "my name is MARKER")
        seal = talk.service.office.seal
        await talk.until(lambda: _waiting_with(seal, b"MARKER"))
        talk.api.press_data(ALICE, "desk:delete:1")
        await talk.told(ALICE, "en", "delete.done")
        assert not _waiting_with(seal, b"MARKER")
        assert _waiting_with(seal, b"from Bob")


def _waiting_with(seal: Seal, said: bytes) -> bool:
    rows = [row for row in stored(Settings(), outbox) if row.content is not None]
    return any(said in seal.open(row.content, place_of_content(row.chat)) for row in rows)
