"""The robot beside a case: it holds nothing up, and what it cannot pass on is still looked at."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from scripted import ALICE, SECRET, stored
from two_parties import HOME, SETTINGS, Advisor, Talk, desk, order, prepare

from bot.desk import front
from bot.dialogue import DialogueUnavailable
from bot.identity import sender_for
from bot.settings import Settings
from bot.store import Seal
from bot.store.conversations import Conversations, State
from bot.store.desk_tables import cases
from bot.store.tables import inbox
from bot.telegram import stand_ins
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
AWAY = DialogueUnavailable("down", away=True)
CRY = "he beats me and locked me in"
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
VIDEO = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
PLACE = {"latitude": 25.0, "longitude": 51.0, "live_period": 900}
EN = Localizer.of("en")


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


def numbers(talk: Talk) -> list[str]:
    return [text for text in talk.api.texts(ALICE) if "•" in text]


@pytest.mark.parametrize("hangs", [False, True])
async def test_a_cry_does_not_wait_behind_a_button_of_the_robot(hangs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "LONGEST_BESIDE", 0.2)
    dialogue = Advisor({} if hangs else {"/show_menu": AWAY})
    async with desk(dialogue) as talk:
        thread = await talk.opened(ALICE)
        if hangs:
            dialogue.hold("/show_menu")
        talk.api.say(ALICE, "/menu")
        talk.api.say(ALICE, CRY)
        await talk.topic_gets(thread, CRY)
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        await talk.person_gets(ALICE, "sorry")
        await talk.until(lambda: numbers(talk))


async def test_a_cry_that_waits_in_a_case_gets_the_numbers_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_ins, "PATIENCE", 0.05)
    monkeypatch.setattr(front, "LONGEST_BESIDE", 1.5)
    dialogue = Advisor()
    async with desk(dialogue) as talk:
        thread = await talk.opened(ALICE)
        dialogue.hold("/show_menu")
        talk.api.say(ALICE, "/menu")
        talk.api.say(ALICE, CRY)
        await talk.until(lambda: numbers(talk))
        assert not any(CRY in text for text in talk.api.in_topic(HOME, thread)), "it still waits"


async def test_the_numbers_are_shown_once_for_a_cry_that_had_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_ins, "PATIENCE", 0.05)
    monkeypatch.setattr(front, "LONGEST_BESIDE", 60.0)
    dialogue = Advisor()
    gate = dialogue.hold("/show_menu")
    async with desk(dialogue) as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "/menu")
        talk.api.say(ALICE, CRY)
        await talk.until(lambda: numbers(talk))
        gate.set()
        await talk.topic_gets(thread, f"👤 {CRY}")
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        await talk.until(lambda: talk.api.groups[HOME].topics[thread].startswith("🔴"))
        await talk.settled(ALICE)
        assert len(numbers(talk)) == 1


async def test_the_numbers_are_shown_again_for_the_next_cry_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_ins, "PATIENCE", 0.05)
    dialogue = Advisor()
    gate = dialogue.hold("/show_menu")
    async with desk(dialogue) as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "/menu")
        talk.api.say(ALICE, CRY)
        await talk.until(lambda: numbers(talk))
        gate.set()
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        monkeypatch.setattr(stand_ins, "PATIENCE", 60.0)
        talk.api.say(ALICE, "I want to die")
        await talk.until(lambda: len(numbers(talk)) == 2)


async def test_who_leaves_or_deletes_in_a_case_needs_no_advisor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_ins, "PATIENCE", 60.0)
    dialogue = Advisor({"/quick_exit": AWAY, '/delete_my_data{"step":"confirm"}': AWAY})
    async with desk(dialogue) as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "/exit")
        await talk.told(ALICE, "en", "exit.done")
        await talk.topic_gets(thread, "left quickly")
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "/delete")
        talk.presses(ALICE, await talk.told(ALICE, "en", "desk.delete_open", desk=NAME), "desk:delete:")
        await talk.told(ALICE, "en", "delete.done")
        await talk.until(lambda: talk.api.deleted_topics == [(HOME, thread)])


async def test_the_words_under_what_cannot_be_passed_on_are_passed_on() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        sent = talk.api.send(ALICE, video=VIDEO, caption=CRY)
        await talk.topic_gets(thread, f"👤 {CRY}")
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        await talk.told(ALICE, "en", "desk.not_passed")
        assert numbers(talk)
        talk.api.edit(sent, caption="it is over")
        await talk.topic_gets(thread, "👤 it is over")
        assert talk.api.texts(ALICE).count(EN.text("desk.not_passed")) == 1


async def test_a_contact_does_not_stay_in_the_chat() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.send(ALICE, contact={"phone_number": "+97430000000", "first_name": "Boss"})
        await talk.told(ALICE, "en", "desk.not_passed")
        number = max(number for chat, number in talk.api.people_said if chat == ALICE)
        await talk.until(lambda: (ALICE, number) not in talk.api.written)
        assert len(talk.api.in_topic(HOME, thread)) == 1


async def test_danger_said_to_a_case_just_ended_shows_the_numbers() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        finds = talk.service.front.danger_in

        def slowly(words: str) -> Any:
            time.sleep(0.5)
            return finds(words)

        object.__setattr__(talk.service.front, "danger_in", slowly)
        talk.api.say(ALICE, CRY)
        await asyncio.sleep(0.2)
        talk.staff_says(thread, "/close solved")
        await talk.told(ALICE, "en", "desk.no_case")
        assert numbers(talk)
        assert not any(CRY in text for text in talk.api.in_topic(HOME, thread))


async def test_what_was_said_in_a_case_and_is_changed_after_it_is_answered() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        said = talk.api.say(ALICE, "hello")
        await talk.topic_gets(thread, "hello")
        talk.staff_says(thread, "/close solved")
        await talk.told(ALICE, "en", "desk.ended", desk=NAME)
        talk.api.edit(said, text=CRY)
        await talk.person_gets(ALICE, f"answer to {CRY}")


async def test_a_place_that_moves_is_answered_once() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        sent = talk.api.send(ALICE, location=PLACE)
        for step in range(5):
            talk.api.edit(sent, location={**PLACE, "latitude": 25.001 + step})
        talk.api.say(ALICE, "the end")
        await talk.topic_gets(thread, "the end")
        await talk.settled(ALICE)
        assert talk.api.texts(ALICE).count(EN.text("desk.not_passed")) == 1


async def test_an_album_right_after_the_yes_arrives_whole() -> None:
    dialogue = Advisor()
    gate = dialogue.hold("yes")
    async with desk(dialogue) as talk:
        talk.api.say(ALICE, "yes")
        await dialogue.until(lambda: dialogue.turns)
        parts = [
            talk.api.send(ALICE, photo=PHOTO, media_group_id="9", **({"caption": CRY} if part == 2 else {}))
            for part in range(3)
        ]
        await talk.until(lambda: len(stored(Settings(), inbox)) >= len(parts) + 1)
        gate.set()
        await talk.until(lambda: len([one for one in talk.api._messages if one.copy_of]) == 3)
        [thread] = talk.api.groups[HOME].topics
        await talk.topic_gets(thread, f"👤 {CRY}")
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        talk.api.send(ALICE, photo=PHOTO, media_group_id="9")
        await talk.until(lambda: len([one for one in talk.api._messages if one.copy_of]) == 4)


async def test_the_numbers_are_of_the_countries_that_the_robot_knows() -> None:
    left_out = order(origin=None, destination=None, occupation=None)
    async with desk(Advisor({"yes": [left_out]})) as talk:
        thread = await talk.opened(ALICE)
        keeper = Conversations(talk.service.office.database, Seal(SECRET.encode()))
        await keeper.save(sender_for(ALICE, SECRET.encode()), 1, State({"origin": "NP", "destination": "QA"}, {}))
        talk.api.say(ALICE, CRY)
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        told = (await talk.person_gets(ALICE, "•")).text
        assert "Qatar" in told
        assert "Nepal" in told
        assert not any("Qatar" in text or "Nepal" in text for text in talk.api.in_topic(HOME, thread))


async def test_who_leaves_a_deserted_case_leaves_no_trace_of_it(tmp_path: Path) -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        (tmp_path / "desks.yml").write_text(SETTINGS.replace("  home:", "  new_one:"), encoding="utf-8")
        talk.api.say(ALICE, "/exit")
        await talk.told(ALICE, "en", "exit.done")
        await talk.until(lambda: stored(Settings(), cases)[0].chat == "")
        talk.api.say(ALICE, "hello")
        await talk.person_gets(ALICE, "answer to hello")
        assert EN.text("desk.no_case") not in talk.api.texts(ALICE)


async def test_who_is_promised_a_desk_that_is_not_there_is_told() -> None:
    unknown = order()
    unknown.custom["desk"]["desk"] = "gone"
    async with desk(Advisor({"yes": [unknown]})) as talk:
        talk.api.say(ALICE, "yes")
        await talk.person_gets(ALICE, "sorry")
        assert "one moment" not in talk.api.texts(ALICE)
