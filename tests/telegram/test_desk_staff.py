"""A case as the desk meets it: taking, answering, noting, transferring, closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted import ALICE, BOB, stored
from two_parties import HOME, LANGUAGES, MAYA, OMAR, OTHER, SISTER, STRANGER, desk, prepare

from bot.settings import Settings
from bot.store.desk_tables import cases, desk_audit
from bot.store.tables import case_figures, inbox, outbox
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
FILE = {"file_id": "d", "file_unique_id": "v", "file_name": "form.pdf"}


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


def audit() -> list[str]:
    return [row.what for row in stored(Settings(), desk_audit)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_staff_write_comes_to_the_person_as_from_the_desk(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.staff_says(thread, "/take")
        await talk.told(ALICE, language, "desk.taken", desk=NAME)
        talk.staff_says(thread, "नमस्ते, ask <him> & wait")
        got = await talk.person_gets(ALICE, "नमस्ते")
        assert got.text == f"🙋 {NAME}:\nनमस्ते, ask <him> & wait"
        assert got.rows == [[Localizer.of(language).text("button.desk_leave")]]
        talk.staff_says(thread, None, photo=PHOTO, caption="like this")
        await talk.person_gets(ALICE, f"🙋 {NAME}:\nlike this")
        talk.staff_says(thread, None, document=FILE)
        await talk.until(lambda: len([message for message in talk.api.sent(ALICE) if message.copy_of]) == 2)
        talk.api.say(ALICE, "thank you")
        await talk.topic_gets(thread, "👤 thank you")
    assert "Colleague" not in " ".join(talk.api.texts(ALICE))
    assert audit() == ["take", "wrote text", "wrote photo", "wrote document"]


async def test_notes_stay_inside() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        for inside in ("// he sounds afraid", "/note call the embassy", "//"):
            talk.staff_says(thread, inside)
        talk.staff_says(thread, "hello")
        await talk.person_gets(ALICE, "hello")
        told = " ".join(talk.api.texts(ALICE))
    assert "afraid" not in told
    assert "embassy" not in told
    assert audit() == ["note", "note", "note", "wrote text"]


async def test_two_staff_at_once() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "/take", user=MAYA)
        talk.staff_says(thread, "/take", user=OMAR)
        talk.staff_says(thread, "/take", user=MAYA)
        await talk.topic_gets(thread, "You have this case already")
        lines = talk.api.in_topic(HOME, thread)[1:]
        talk.staff_says(thread, "from Maya", user=MAYA)
        talk.staff_says(thread, "from Omar", user=OMAR)
        await talk.person_gets(ALICE, "from Maya")
        await talk.person_gets(ALICE, "from Omar")
        taken = [text for text in talk.api.texts(ALICE) if "is here for you now" in text]
    assert [line.split(".")[0] for line in lines] == [
        "ℹ️ You have this case", "ℹ️ Another colleague has this case", "ℹ️ You have this case already",
    ]  # fmt: skip
    assert len(taken) == 1


async def test_a_change_of_staff_changes_what_the_person_has() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        number = talk.staff_says(thread, "come at nine")
        await talk.person_gets(ALICE, "come at nine")
        talk.api.staff_edit(HOME, MAYA, number, "come at ten", thread)
        await talk.person_gets(ALICE, "come at ten")
        assert not any("nine" in text for text in talk.api.texts(ALICE))
        picture = talk.staff_says(thread, None, photo=PHOTO, caption="old")
        await talk.person_gets(ALICE, "old")
        message = {**talk.api.people_said[HOME, picture], "caption": "new", "edit_date": 2}
        talk.api.post("edited_message", message)
        await talk.topic_gets(thread, "The person does not get this change")


async def test_urgent_changes_the_title_and_the_line() -> None:
    async with desk() as talk:
        await talk.opened(BOB)
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "/urgent")
        await talk.until(lambda: talk.api.groups[HOME].topics[thread].startswith("🔴 2 "))
        talk.staff_says(None, "/queue")
        line = await talk.topic_gets(None, "2 waiting, 0 taken")
    assert line.index("🔴 2 ") < line.index("🟢 1 ")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_phrases_come_in_the_language_of_the_person(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.staff_says(thread, "/phrase")
        listed = await talk.topic_gets(thread, "in their own language")
        assert f"/phrase safe: {Localizer.of('en').text('desk.phrase.safe')}" in listed
        talk.staff_says(thread, "/phrase@advisor_test_bot Safe")
        await talk.told(ALICE, language, "desk.phrase.safe")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("helped", [True, False])
async def test_closing_asks_whether_it_helped(language: str, helped: bool) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.staff_says(thread, "/close")
        await talk.topic_gets(thread, "/close solved | referred | information | lost | other")
        talk.staff_says(thread, "/close Referred")
        ended = await talk.told(ALICE, language, "desk.ended", desk=NAME)
        talk.presses(ALICE, ended, "desk:helped:" if helped else "desk:nothelped:")
        await talk.told(ALICE, language, "desk.thanks")
        talk.api.say(ALICE, "hello")
        await talk.person_gets(ALICE, "answer to hello")
        await talk.until(lambda: thread in talk.api.groups[HOME].closed)
        [row] = stored(Settings(), case_figures)
    assert (row.outcome, row.helped, row.language, row.topic) == ("referred", helped, language, "ask_wages")
    assert audit() == ["close referred"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_within_an_organisation_a_case_moves_at_once_with_what_was_said(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.api.say(ALICE, "my wage is kept")
        await talk.topic_gets(thread, "my wage is kept")
        talk.staff_says(thread, "which month?")
        await talk.person_gets(ALICE, "which month?")
        talk.staff_says(thread, "// a note of ours")
        talk.staff_says(thread, "/transfer")
        await talk.topic_gets(thread, "/transfer sister | other")
        talk.staff_says(thread, "/transfer sister")
        await talk.told(ALICE, language, "desk.moved", desk="Pokhara Help Desk")
        await talk.until(lambda: talk.api.groups[SISTER].topics)
        [there] = talk.api.groups[SISTER].topics
        await talk.topic_gets(there, "👤 my wage is kept", SISTER)
        await talk.topic_gets(there, "which month?", SISTER)
        await talk.until(lambda: thread in talk.api.groups[HOME].closed)
        talk.api.say(ALICE, "of October")
        await talk.topic_gets(there, "👤 of October", SISTER)
        talk.staff_says(there, "thank you", group=SISTER)
        await talk.person_gets(ALICE, "🙋 Pokhara Help Desk:\nthank you")
        talk.staff_says(thread, "and from us")
        await talk.topic_gets(thread, "belongs to no open case")
    assert "note of ours" not in " ".join(talk.api.in_topic(SISTER, there))
    assert "of October" not in " ".join(talk.api.in_topic(HOME, thread))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_to_another_organisation_only_with_the_persons_yes(language: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.api.say(ALICE, "my wage is kept")
        await talk.topic_gets(thread, "my wage is kept")
        talk.staff_says(thread, "which month?")
        await talk.person_gets(ALICE, "which month?")
        talk.staff_says(thread, "/transfer other")
        asked = await talk.told(ALICE, language, "desk.move_ask", desk=NAME, other="Night Line")
        await talk.topic_gets(thread, "The person is asked")
        assert talk.api.groups[OTHER].topics == {}
        talk.presses(ALICE, asked, "desk:stay:")
        await talk.told(ALICE, language, "desk.move_no", desk=NAME)
        await talk.topic_gets(thread, "wants to stay with you")
        talk.presses(ALICE, asked, "desk:move:")  # the old button, after the no
        await talk.settled(ALICE)
        assert talk.api.groups[OTHER].topics == {}
        talk.staff_says(thread, "/transfer other")
        await talk.until(lambda: "Night Line" in talk.api.texts(ALICE)[-1])
        talk.presses(ALICE, talk.api.sent(ALICE)[-1], "desk:move:")
        await talk.told(ALICE, language, "desk.sent", desk="Night Line", place=1)
        await talk.until(lambda: talk.api.groups[OTHER].topics)
        [there] = talk.api.groups[OTHER].topics
        await talk.topic_gets(there, "👤 my wage is kept", OTHER)
        await talk.settled(ALICE, OTHER)
    assert "which month?" not in " ".join(talk.api.in_topic(OTHER, there)), (
        "what the other desk wrote was not agreed to"
    )


async def test_kind_lines_for_what_cannot_be_done() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        for said, answer in (
            ("/tke", "I do not know this command"),
            ("/note", "What is to be noted?"),
            ("/transfer nowhere", "To which desk?"),
            ("/close well", "How did it end?"),
            ("/case", "Home country: Philippines"),
            ("/hours", "No hours are set"),
        ):
            talk.staff_says(thread, said)
            await talk.topic_gets(thread, answer)
        talk.staff_says(thread, None, voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
        await talk.topic_gets(thread, "This kind of message cannot be passed on")
        talk.staff_says(None, "/take")
        await talk.topic_gets(None, "belongs in the topic of a case")
        talk.staff_says(None, "good morning all")
        talk.staff_says(4711, "in a topic of our own")
        await talk.settled(ALICE)
    assert "/" not in " ".join(talk.api.texts(ALICE)).replace("/queue", "")
    assert "good morning" not in " ".join(talk.api.texts(ALICE))


async def test_only_members_write_to_people() -> None:
    async with desk() as talk:
        talk.api.groups[HOME].strangers.add(STRANGER)
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "give me your number", user=STRANGER)
        await talk.topic_gets(thread, "Only members of this group")
        channel = {"id": -100777, "type": "channel", "title": "C"}
        talk.staff_says(thread, "join our channel", sender_chat=channel)
        group = {"id": HOME, "type": "supergroup", "title": "Desk"}
        talk.staff_says(thread, "an administrator without a name", sender_chat=group)
        await talk.person_gets(ALICE, "an administrator without a name")
    told = " ".join(talk.api.texts(ALICE))
    assert "number" not in told.replace("You are number", "")
    assert "channel" not in told


async def test_cases_of_a_colleague_who_left_wait_again() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "/take", user=MAYA)
        await talk.topic_gets(thread, "You have this case.")
        talk.api.leave(HOME, MAYA)
        await talk.topic_gets(thread, "is not in the group any more")
        talk.staff_says(thread, "/take", user=OMAR)
        await talk.until(lambda: len([t for t in talk.api.in_topic(HOME, thread) if "You have this case." in t]) == 2)


async def test_nothing_readable_is_kept_and_nobody_is_named() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, "yes ne")
        talk.api.say(ALICE, "MARKER of the person")
        talk.staff_says(thread, "MARKER of the desk")
        await talk.topic_gets(thread, "MARKER of the person")
        await talk.person_gets(ALICE, "MARKER of the desk")
        await talk.settled(ALICE)
        rows = [row for table in (cases, desk_audit, inbox, outbox) for row in stored(Settings(), table)]
    cells = [cell for row in rows for cell in row]
    for cell in cells:
        shown = bytes(cell).decode("latin-1") if isinstance(cell, (bytes, memoryview)) else str(cell)
        assert "MARKER" not in shown
        assert str(ALICE) not in shown
        assert shown != str(MAYA)


@pytest.mark.parametrize(
    "said", ["/note: she lies", "/note, she lies", "/note-she lies", "/ note she lies", "/close.", " /x y"]
)
async def test_what_begins_as_a_command_never_goes_to_the_person(said: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, said)
        await talk.topic_gets(thread, "I do not know this command")
        talk.staff_says(thread, None, photo=[PICTURE], caption=said)
        await talk.until(lambda: len([text for text in talk.api.in_topic(HOME, thread) if "do not know" in text]) == 2)
        talk.staff_says(thread, None, photo=[PICTURE], caption="/note this contract is forged")
        talk.staff_says(thread, None, photo=[PICTURE], caption="// so is this one")
        await talk.settled(ALICE)
        assert not any("🙋" in text for text in talk.api.texts(ALICE))


PICTURE = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
