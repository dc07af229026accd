"""A case as its person meets it: handed over after "yes", passed on, left, ended, forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted import ALICE, BOB, stored
from two_parties import FORGET, HOME, LANGUAGES, MAYA, NEVER_THERE, Advisor, desk, order, prepare

from bot.dialogue import Reply
from bot.settings import Settings
from bot.store.desk_tables import cases
from bot.store.tables import case_figures, marks
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
FILE = {"file_id": "d", "file_unique_id": "v", "file_name": "contract.pdf"}


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_yes_the_desk_gets_the_case_and_the_person_a_place_in_line(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        sent = await talk.told(ALICE, language, "desk.sent", desk=NAME, place=1)
        assert sent.rows == [[Localizer.of(language).text("button.desk_leave")]]
        name, [summary] = talk.api.groups[HOME].topics[thread], talk.api.in_topic(HOME, thread)
    assert name.startswith("🟢 1 · ")
    assert name.endswith(f" · wages · {language}")
    for line in ("Home country: ", "Country of work: ", "Job: domestic worker", "About: ", f"Language: {language}"):
        assert line in summary
    assert "Somebody" not in summary + name
    assert str(ALICE) not in summary + name


async def test_nothing_reaches_the_desk_before_yes() -> None:
    async with desk() as talk:
        for text in ("hello", "my name is MARKER", "no"):
            talk.api.say(ALICE, text)
        talk.api.press_data(ALICE, "/talk_to_human")
        await talk.api.wait_for(ALICE, 4)
        await talk.settled(ALICE)
        assert talk.api.groups[HOME].topics == {}
        await talk.opened(ALICE)
        told = [message.text for message in talk.api._messages if message.chat_id == HOME]
    assert not any("MARKER" in text for text in told)


async def test_danger_stands_in_the_title() -> None:
    danger = {"level": "certain", "kind": "violence"}
    async with desk(Advisor({"yes": [order(danger=danger)]})) as talk:
        thread = await talk.opened(ALICE)
        assert talk.api.groups[HOME].topics[thread].startswith("🔴 1 ")
        assert "DANGER: violence or threats" in talk.api.in_topic(HOME, thread)[0]


async def test_what_was_left_out_is_not_told() -> None:
    left_out = order("ne")
    agreed = {**left_out.custom["desk"]["case"], "language": None, "origin": None, "occupation": None, "answered": []}
    silent = Reply("", custom={"desk": {**left_out.custom["desk"], "case": agreed}, "trace": {"reply_language": "ne"}})
    async with desk(Advisor({"yes": [silent]})) as talk:
        thread = await talk.opened(ALICE)
        await talk.told(ALICE, "ne", "desk.sent", desk=NAME, place=1)
        summary = talk.api.in_topic(HOME, thread)[0]
    assert not any(word in summary for word in ("Language", "Home country", "Job", "Nepal", "नेपाली"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_during_a_case_the_robot_is_silent_and_the_desk_hears(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        heard = len(talk.dialogue.turns)
        talk.api.say(ALICE, "my boss <b>keeps</b> my wage & more")
        talk.api.send(ALICE, photo=PHOTO, caption="the contract")
        talk.api.send(ALICE, document=FILE)
        await talk.topic_gets(thread, "👤 my boss <b>keeps</b> my wage & more")
        await talk.topic_gets(thread, "👤 the contract")
        talk.api.send(ALICE, voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
        await talk.told(ALICE, language, "desk.not_passed")
        assert len(talk.dialogue.turns) == heard
        copies = [message for message in talk.api._messages if message.copy_of]
        await talk.until(lambda: len([one for one in talk.api._messages if one.copy_of]) == 2)
    assert {copy.chat_id for copy in copies} == {HOME}
    assert talk.api.count("forwardMessage") == 0, "a forward would show who it is from"


async def test_commands_and_buttons_are_for_the_robot() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "/menu")
        await talk.person_gets(ALICE, "answer to /show_menu")
        talk.api.press_data(ALICE, "/talk_to_human")
        await talk.person_gets(ALICE, "the preview")
        await talk.settled(ALICE)
        assert len(talk.api.in_topic(HOME, thread)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_person_goes_back_to_the_robot(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        sent = await talk.told(ALICE, language, "desk.sent", desk=NAME, place=1)
        talk.presses(ALICE, sent, "desk:leave:")
        await talk.told(ALICE, language, "desk.left", desk=NAME)
        await talk.until(lambda: thread in talk.api.groups[HOME].closed)
        assert talk.api.groups[HOME].topics[thread].startswith("✅ 1")
        talk.api.say(ALICE, "hello")
        await talk.person_gets(ALICE, "answer to hello")
        talk.staff_says(thread, "too late")
        await talk.topic_gets(thread, "This case is closed")
        talk.presses(ALICE, sent, "desk:leave:")
        await talk.told(ALICE, language, "desk.no_case")
    assert "too late" not in " ".join(talk.api.texts(ALICE))


async def test_a_button_is_worth_nothing_for_somebody_else() -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        for forged in ("desk:leave:1", "desk:delete:1", "desk:helped:1", "desk:move:1", "desk:leave:x", "desk:"):
            talk.api.press_data(BOB, forged)
        await talk.api.wait_for(BOB, 6)
        assert set(talk.api.texts(BOB)) == {Localizer.of("en").text("desk.no_case")}
        [row] = stored(Settings(), cases)
    assert row.state == "waiting"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_danger_said_in_a_case_shows_the_numbers_and_marks_the_topic(language: str) -> None:
    words = {
        "en": "he beats me and locked me in", "ne": "साहुले मलाई कोठामा थुनेर कुटपिट गर्छ",
        "ur": "وہ مجھے مارتا ہے اور کمرے میں بند کر دیا ہے", "km": "គេ​វាយ​ខ្ញុំ ហើយ​ចាក់សោ​ខ្ញុំ​ក្នុង​បន្ទប់",
    }[language]  # fmt: skip
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.api.say(ALICE, words)
        await talk.topic_gets(thread, words)
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        await talk.until(lambda: talk.api.groups[HOME].topics[thread][0] in "🔴🟡")
        numbers = [text for text in talk.api.texts(ALICE) if "•" in text]
    assert numbers, "the numbers that help are shown as well"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_delete_asks_first_and_then_takes_the_topic_along(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.api.say(ALICE, "/delete")
        asked = await talk.told(ALICE, language, "desk.delete_open", desk=NAME)
        talk.presses(ALICE, asked, "desk:keep:")
        again = Localizer.of(language).text("desk.sent", desk=NAME, place=1)
        await talk.until(lambda: talk.api.texts(ALICE).count(again) == 2)
        assert thread in talk.api.groups[HOME].topics
        talk.presses(ALICE, asked, "desk:delete:")
        await talk.told(ALICE, language, "delete.done")
        await talk.until(lambda: talk.api.deleted_topics == [(HOME, thread)])
        await talk.topic_gets(None, "had everything deleted")
        [row] = stored(Settings(), case_figures)
        assert stored(Settings(), cases) == []
        assert stored(Settings(), marks) == [], "not even that they were counted"
    assert (row.desk, row.language, row.outcome) == ("home", language, "left"), "the figures stay"


async def test_a_closed_case_goes_with_everything_else() -> None:
    async with desk(Advisor({"/delete_my_data": [FORGET]})) as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "/close solved")
        await talk.told(ALICE, "en", "desk.ended", desk=NAME)
        talk.api.say(ALICE, "/delete")
        await talk.person_gets(ALICE, "farewell")
        await talk.until(lambda: talk.api.deleted_topics == [(HOME, thread)])


async def test_exit_ends_the_case_at_once() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "/exit he is coming")
        await talk.told(ALICE, "en", "exit.done")
        await talk.topic_gets(thread, "left quickly")
        await talk.until(lambda: thread in talk.api.groups[HOME].closed)
        talk.staff_says(thread, "where are you?")
        await talk.topic_gets(thread, "This case is closed")
        [row] = stored(Settings(), cases)
        assert stored(Settings(), marks) == []
    assert (row.chat, row.chat_id, row.summary) == ("", None, None)
    assert "he is coming" not in " ".join(talk.api.in_topic(HOME, thread))


async def test_a_changed_message_is_changed_in_the_topic() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, "I am in Doha")
        await talk.topic_gets(thread, "👤 I am in Doha")
        number = next(
            number for (chat, number), said in talk.api.people_said.items() if said.get("text") == "I am in Doha"
        )
        message = {**talk.api.people_said[ALICE, number], "text": "I am in Dubai", "edit_date": 2}
        talk.api.post("edited_message", message)
        await talk.topic_gets(thread, "👤 I am in Dubai")
    assert "👤 I am in Doha" not in talk.api.in_topic(HOME, thread)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_outside_hours_the_person_is_told_once_with_numbers(
    language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prepare(monkeypatch, tmp_path, NEVER_THERE)
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        away = await talk.told(ALICE, language, "desk.away", desk=NAME)
        assert "•" in away.text
        talk.api.say(ALICE, "are you there?")
        await talk.topic_gets(thread, "are you there?")
        await talk.look()
        await talk.settled(ALICE)
        told = [text for text in talk.api.texts(ALICE) if Localizer.of(language).text("desk.away", desk=NAME) in text]
    assert len(told) == 1


async def test_who_asks_again_is_told_how_it_stands() -> None:
    async with desk(Advisor({"/affirm": [order()]})) as talk:
        thread = await talk.opened(ALICE)
        talk.api.press_data(ALICE, "/affirm")
        await talk.until(lambda: len([text for text in talk.api.texts(ALICE) if "in line" in text]) == 2)
        talk.staff_says(thread, "/take", user=MAYA)
        await talk.told(ALICE, "en", "desk.taken", desk=NAME)
        assert len(talk.api.groups[HOME].topics) == 1
