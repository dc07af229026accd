"""Whatever people do, nothing reaches a desk before the dialogue orders it, after their yes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from scripted import stored
from two_parties import HOME, OTHER, SISTER, desk, prepare

from bot.settings import Settings
from bot.store.desk_tables import cases

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
