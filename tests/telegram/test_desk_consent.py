"""Whatever people do, nothing reaches a desk before the dialogue orders it, after their yes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from scripted import ALICE, stored
from two_parties import HOME, OTHER, SISTER, Advisor, Talk, desk, prepare

from bot.settings import Settings
from bot.store.desk_tables import cases
from bot.store.inbox import retry
from bot.telegram import workers

pytestmark = pytest.mark.asyncio
PEOPLE = range(7100000101, 7100000106)
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
WHATS = ("leave", "helped", "nothelped", "move", "stay", "delete", "keep", "open", "yes", "take")


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


@pytest.mark.parametrize("seed", range(6))
async def test_no_path_leads_to_a_desk_before_yes(seed: int) -> None:
    chance = random.Random(seed)
    async with desk() as talk:
        api = talk.api
        acts = (
            lambda who: api.say(
                who, chance.choice(("MARKER help", "no", "he beats me MARKER", "/take", "/close solved"))
            ),
            lambda who: api.say(
                who, chance.choice(("/menu", "/start", "/delete", "/exit", "//MARKER", "/phrase hello"))
            ),
            lambda who: api.send(who, photo=PHOTO, caption="MARKER"),
            lambda who: api.send(who, voice={"file_id": "v", "file_unique_id": "v", "duration": 1}),
            lambda who: api.post("edited_message", {**api._message(who, None, text="MARKER"), "edit_date": 2}),
            lambda who: api.press_data(who, f"desk:{chance.choice(WHATS)}:{chance.randrange(4)}"),
            lambda who: api.press_data(who, chance.choice(("/talk_to_human", "/affirm", "desk:", "yes ", "{}"))),
            lambda who: api.block(who),
            lambda who: api.staff(chance.choice((HOME, SISTER, OTHER)), 501, "hello", chance.randrange(1, 50)),
        )
        for _ in range(120):
            chance.choice(acts)(chance.choice(PEOPLE))
        for who in PEOPLE:
            api.say(who, f"the end {who}")
            await talk.person_gets(who, f"answer to the end {who}")
        await talk.look()
        await talk.settled(PEOPLE[0])
        assert all(group.topics == {} for group in api.groups.values())
        told = [message.text for message in api._messages if message.chat_id < 0]
        assert not any("MARKER" in text for text in told)
        assert not [
            method for method, _ in api.calls if method in ("copyMessage", "forwardMessage", "createForumTopic")
        ]
        assert stored(Settings(), cases) == []
        thread = await talk.opened(PEOPLE[0])
        assert talk.api.in_topic(HOME, thread)[0].startswith("🟢 Case 1")


async def only_the_summary_stands_in(talk: Talk, thread: int) -> None:
    """Also once everything on its way has arrived: the person's next words have."""
    talk.api.say(ALICE, "this is for the desk")
    await talk.topic_gets(thread, "this is for the desk")
    assert not any("MARKER" in text for text in talk.api.in_topic(HOME, thread))


@pytest.mark.parametrize("words", ["my name is MARKER", "my name is MARKER, villa 12"])
@pytest.mark.parametrize("after", [1, 7200])
async def test_a_change_of_what_was_said_before_the_yes_does_not_reach_the_desk(words: str, after: int) -> None:
    """Telegram sends a link's preview as a change, too."""
    async with desk() as talk:
        told = talk.api.say(ALICE, "my name is MARKER")
        await talk.person_gets(ALICE, "answer to my name is MARKER")
        thread = await talk.opened(ALICE)
        talk.api.edit(told, after, text=words)
        await only_the_summary_stands_in(talk, thread)
        changed = words != "my name is MARKER" and after == 1
        assert any("villa 12" in text for text in talk.api.texts(ALICE)) == changed, "the robot answers"


async def test_what_was_said_between_the_preview_and_the_yes_does_not_reach_the_desk() -> None:
    async with desk(Advisor({"/affirm": Advisor().answers["yes"]})) as talk:
        talk.api.press_data(ALICE, "/talk_to_human")
        preview = await talk.person_gets(ALICE, "the preview")
        told = talk.api.say(ALICE, "my name is MARKER")
        await talk.person_gets(ALICE, "answer to my name is MARKER")
        talk.presses(ALICE, preview, "/affirm")
        await talk.until(lambda: talk.api.groups[HOME].topics)
        [thread] = talk.api.groups[HOME].topics
        talk.api.edit(told, text="my name is MARKER, villa 12")
        await only_the_summary_stands_in(talk, thread)


async def test_what_is_tried_again_during_a_case_is_for_the_robot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "REREAD", 0.05)
    async with desk(Advisor({"MARKER": RuntimeError("a fault")})) as talk:
        told = talk.api.say(ALICE, "MARKER")
        await talk.person_gets(ALICE, "sorry")
        thread = await talk.opened(ALICE)
        talk.dialogue.answers["MARKER"] = Advisor().answers["/talk_to_human"]
        assert talk.service.office.database.run_now(lambda connection: retry(connection, told))
        await talk.person_gets(ALICE, "the preview")
        await only_the_summary_stands_in(talk, thread)


async def test_what_comes_late_is_for_the_robot() -> None:
    async with desk(first_number=1000) as talk:
        thread = await talk.opened(ALICE)
        message = {**talk.api._message(ALICE, None, text="MARKER"), "message_id": 5}
        await talk.reception.take_in([{"update_id": 5, "message": message}])
        await talk.person_gets(ALICE, "answer to MARKER")
        await only_the_summary_stands_in(talk, thread)
