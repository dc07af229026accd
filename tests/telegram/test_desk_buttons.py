"""Buttons and commands of the robot, pressed while a person of a desk listens."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted import ALICE, stored
from two_parties import HOME, LANGUAGES, Advisor, desk, order, prepare

from bot.dialogue import Reply
from bot.settings import Settings
from bot.store.tables import case_figures
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
URDU = '/choose_language{"language":"ur"}'


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


@pytest.mark.parametrize("language", ["en", "ne", "km"])
async def test_a_language_chosen_in_a_case_is_that_of_the_case(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.api.press_data(ALICE, URDU)
        await talk.person_gets(ALICE, f"answer to {URDU}")
        await talk.topic_gets(thread, "chosen another language: ur (اردو)")
        await talk.until(lambda: talk.api.groups[HOME].topics[thread].endswith(" · wages · ur"))
        talk.staff_says(thread, "/phrase hello")
        await talk.told(ALICE, "ur", "desk.phrase.hello")
        talk.staff_says(thread, "/case")
        await talk.topic_gets(thread, "Language: ur (اردو)")
        talk.api.press_data(ALICE, URDU)
        talk.staff_says(thread, "/close solved")
        await talk.told(ALICE, "ur", "desk.ended", desk=NAME)
        told = [text for text in talk.api.in_topic(HOME, thread) if "another language" in text]
        [figures] = stored(Settings(), case_figures)
    assert len(told) == 1, "pressed again it is no news"
    assert figures.language == "ur"


async def test_a_language_that_was_left_out_is_not_told_when_it_changes() -> None:
    asked = order("ne").custom["desk"]
    left_out = {**asked, "case": {**asked["case"], "language": None}}
    silent = Reply("", custom={"desk": left_out, "trace": {"reply_language": "ne"}})
    async with desk(Advisor({"yes": [silent]})) as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "/start ur")
        await talk.person_gets(ALICE, f"answer to {URDU}")
        talk.staff_says(thread, "/phrase hello")
        await talk.told(ALICE, "ur", "desk.phrase.hello")
        talk.staff_says(thread, "/case")
        await talk.settled(ALICE)
        seen = " ".join([talk.api.groups[HOME].topics[thread], *talk.api.in_topic(HOME, thread)])
    assert "Language" not in seen
    assert "language" not in seen.replace("/phrase", "")


async def test_only_a_language_that_we_speak_can_be_chosen() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        for forged in ('/choose_language{"language":"xx"}', '/choose_language{"language":["ur"]}', "/choose_language"):
            talk.api.press_data(ALICE, forged)
        await talk.settled(ALICE)
        talk.staff_says(thread, "/phrase hello")
        await talk.told(ALICE, "en", "desk.phrase.hello")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_check_asked_for_in_a_case_is_for_later(language: str) -> None:
    """Its answers are typed, and what is typed goes to the desk: no word must go where nobody expects it."""
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        heard = len(talk.dialogue.turns)
        talk.api.say(ALICE, "/fees")
        told = await talk.told(ALICE, language, "desk.no_check", desk=NAME)
        assert told.rows == [[Localizer.of(language).text("button.desk_leave")]]
        talk.api.press_data(ALICE, '/ask_contract{"step":"check"}')
        await talk.until(lambda: talk.api.texts(ALICE).count(told.text) == 2)
        talk.api.say(ALICE, "5000")
        await talk.topic_gets(thread, "👤 5000")
        assert len(talk.dialogue.turns) == heard, "no check is open behind the case"
        assert len(talk.api.in_topic(HOME, thread)) == 2, "the topic is told nothing of it"
        talk.presses(ALICE, told, "desk:leave:")
        await talk.told(ALICE, language, "desk.left", desk=NAME)
        talk.api.say(ALICE, "/fees")
        await talk.person_gets(ALICE, 'answer to /ask_fees{"step":"check"}')


async def test_who_goes_on_with_a_check_by_its_buttons_is_told_where_words_go() -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        talk.api.press_data(ALICE, '/inform{"step":"passport:yes"}')
        await talk.told(ALICE, "en", "desk.no_check", desk=NAME)
        answer, told = talk.api.texts(ALICE)[-2:]
    assert answer == 'answer to /inform{"step":"passport:yes"}'
    assert told == Localizer.of("en").text("desk.no_check", desk=NAME)
