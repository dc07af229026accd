"""What goes wrong in groups: topics deleted, the bot thrown out, people who block it."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from fake_bot_api import FakeBotApi, Fault
from scripted import ALICE, BOB, settings_for, sorry, stored
from two_parties import HOME, LANGUAGES, MAYA, SETTINGS, SISTER, Advisor, desk, order, prepare

from bot.cli import main
from bot.settings import Settings
from bot.store.desk_tables import case_messages, cases, desk_states
from bot.store.tables import case_figures
from bot.store.upkeep import BATCH, DAY
from bot.telegram import build_application, running
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


async def test_a_deleted_topic_is_made_anew_with_summary_and_the_message_is_not_lost() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.delete_topic(HOME, thread)
        talk.api.say(ALICE, "is anybody there?")
        await talk.until(lambda: talk.api.groups[HOME].topics)
        [again] = talk.api.groups[HOME].topics
        await talk.topic_gets(again, "👤 is anybody there?")
        assert "Case 1" in talk.api.in_topic(HOME, again)[0]
        talk.staff_says(again, "yes, we are")
        await talk.person_gets(ALICE, "yes, we are")
    assert again != thread


async def test_a_closed_topic_is_opened_again() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.groups[HOME].closed.add(thread)
        talk.api.fail("sendMessage", Fault(status=400, description="Bad Request: TOPIC_CLOSED", chat_id=HOME))
        talk.api.say(ALICE, "hello")
        await talk.topic_gets(thread, "👤 hello")
        assert thread not in talk.api.groups[HOME].closed


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_desk_that_threw_the_bot_out_is_told_of_honestly(
    language: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        talk.api.set_bot(HOME, "kicked")
        got = await talk.told(ALICE, language, "desk.unreachable", desk=NAME)
        assert "•" in got.text
        assert "desk home cannot be reached: removed from the group" in caplog.text
        talk.api.say(ALICE, "I wait")
        talk.api.say(BOB, f"yes {language}")
        await talk.told(BOB, language, "desk.unreachable", desk=NAME)
        assert main(["desk"]) == 0
        assert "cannot be reached" in capsys.readouterr().out
        talk.api.set_bot(HOME, "administrator")
        await talk.topic_gets(thread, "👤 I wait")
        await talk.until(lambda: len(talk.api.groups[HOME].topics) == 2)
        [state] = stored(Settings(), desk_states)
        times = [
            text for text in talk.api.texts(ALICE) if Localizer.of(language).text("desk.unreachable", desk=NAME) in text
        ]
    assert state.unreachable is None
    assert len(times) == 1
    assert str(ALICE) not in caplog.text


@pytest.mark.parametrize("lack", ["rights", "membership", "topics"])
async def test_a_group_the_bot_cannot_serve_is_found_at_the_start(lack: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with FakeBotApi() as api:
        group = api.add_group(HOME)
        group.manages, group.is_forum = lack != "rights", lack != "topics"
        group.status = "left" if lack == "membership" else "administrator"
        async with running(build_application(settings_for(api), Advisor(), sorry)):
            api.say(ALICE, "yes")
            assert await api.until(lambda: any("I cannot reach" in text for text in api.texts(ALICE)))
            group.manages, group.is_forum, group.status = True, True, "administrator"
            assert await api.until(lambda: group.topics)
    assert "desk home cannot be reached" in caplog.text
    assert "can be reached again" in caplog.text


async def test_a_person_who_blocks_the_bot_is_told_of_in_the_topic_once() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.fail("sendMessage", Fault(status=403, chat_id=ALICE, times=9))
        talk.staff_says(thread, "are you there?")
        await talk.topic_gets(thread, "has blocked the bot")
        talk.api.block(ALICE)
        talk.staff_says(thread, "still not?")
        await talk.settled(BOB)
        assert len([text for text in talk.api.in_topic(HOME, thread) if "has blocked" in text]) == 1
        other = await talk.opened(BOB)
        talk.api.block(BOB)
        await talk.topic_gets(other, "has blocked the bot")


async def test_staff_are_told_only_of_what_was_not_delivered() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "good")
        await talk.person_gets(ALICE, "good")
        talk.api.fail("copyMessage", Fault(status=400, chat_id=ALICE))
        talk.staff_says(thread, None, photo=PHOTO)
        await talk.topic_gets(thread, "could not be delivered")
        talk.api.fail("copyMessage", Fault(status=400, chat_id=HOME))
        talk.api.send(ALICE, photo=PHOTO)
        await talk.topic_gets(thread, "could not be shown here")
        assert len(talk.api.in_topic(HOME, thread)) == 3


async def test_a_long_message_arrives_whole_on_both_sides() -> None:
    words = " ".join(f"word{number}" for number in range(600))
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.api.say(ALICE, words[:4096])
        await talk.topic_gets(thread, words[4000:4090].rpartition(" ")[0].rpartition(" ")[2])
        talk.staff_says(thread, words[:4096])
        await talk.person_gets(ALICE, words[4000:4090].rpartition(" ")[0].rpartition(" ")[2])
        talk.staff_says(thread, None, photo=PHOTO, caption=words[:1024])
        await talk.until(lambda: any(message.copy_of for message in talk.api.sent(ALICE)))
        await talk.until(lambda: talk.api.texts(ALICE)[-1].endswith(words[1000:1024].rpartition(" ")[2]))


async def test_nothing_of_one_person_reaches_another() -> None:
    people = {ALICE + 10 + number: f"MARKER{number}-" for number in range(8)}
    async with desk() as talk:
        threads = {person: await talk.opened(person) for person in people}
        for round_ in range(3):
            for person, marker in people.items():
                talk.api.say(person, f"{marker}{round_} said")
                talk.staff_says(threads[person], f"{marker}{round_} answered", user=MAYA + round_)
        for person, marker in people.items():
            await talk.topic_gets(threads[person], f"{marker}2 said")
            await talk.person_gets(person, f"{marker}2 answered")
        for person, marker in people.items():
            topic = [text for text in talk.api.in_topic(HOME, threads[person]) if "MARKER" in text]
            assert topic == [f"👤 {marker}{round_} said" for round_ in range(3)]
            got = [text for text in talk.api.texts(person) if "MARKER" in text]
            assert got == [f"🙋 {NAME}:\n{marker}{round_} answered" for round_ in range(3)]


async def test_a_whole_conversation(database_url: str) -> None:
    async with desk(database_url=database_url) as talk:
        await talk.opened(BOB)
        thread = await talk.opened(ALICE)
        await talk.told(ALICE, "en", "desk.sent", desk=NAME, place=2)
        talk.staff_says(thread, "/take")
        talk.staff_says(thread, "what is it about?")
        await talk.person_gets(ALICE, "what is it about?")
        talk.api.say(ALICE, "he beats me")
        await talk.topic_gets(thread, "⚠️ This sounds like danger")
        talk.staff_says(thread, "/transfer sister")
        await talk.until(lambda: talk.api.groups[SISTER].topics)
        [there] = talk.api.groups[SISTER].topics
        await talk.topic_gets(there, "👤 he beats me", SISTER)
        talk.staff_says(there, "/close referred", group=SISTER)
        ended = await talk.told(ALICE, "en", "desk.ended", desk="Pokhara Help Desk")
        talk.presses(ALICE, ended, "desk:helped:")
        await talk.told(ALICE, "en", "desk.thanks")
        await talk.opened(ALICE)
        rows = sorted(stored(Settings(database_url=database_url), cases), key=lambda row: row.id)
        [figures] = stored(Settings(database_url=database_url), case_figures)
    assert [row.state for row in rows] == ["waiting", "closed", "waiting"]
    assert (figures.desk, figures.outcome, figures.helped, figures.waited) == ("sister", "referred", True, 0)


async def test_a_repeated_yes_opens_one_case(database_url: str) -> None:
    async with desk(database_url=database_url) as talk:
        update = talk.api.say(ALICE, "yes")
        await talk.until(lambda: talk.api.groups[HOME].topics)
        talk.api.repeat(update)
        talk.api.say(ALICE, "then")
        [thread] = talk.api.groups[HOME].topics
        await talk.topic_gets(thread, "👤 then")
        assert len(stored(Settings(database_url=database_url), cases)) == 1


async def test_a_closed_case_goes_after_its_days_and_figures_stay(database_url: str) -> None:
    async with desk(database_url=database_url) as talk:
        thread = await talk.opened(ALICE)
        open_one = await talk.opened(BOB)
        talk.api.say(ALICE, "my words")
        await talk.topic_gets(thread, "my words")
        talk.staff_says(thread, "/close solved")
        await talk.until(lambda: thread in talk.api.groups[HOME].closed)
        assert await talk.service.purge() == 0
        database = talk.service.office.database
        await database.run(lambda c: c.execute(cases.update().values(closed=cases.c.closed - 15 * DAY)))
        assert await talk.service.purge() == 1
        talk._deliver(talk.service.office.seal.chat(HOME))
        await talk.until(lambda: talk.api.deleted_topics == [(HOME, thread)])
        [left] = stored(Settings(database_url=database_url), cases)
        [figures] = stored(Settings(database_url=database_url), case_figures)
        pairs = stored(Settings(database_url=database_url), case_messages)
        assert open_one in talk.api.groups[HOME].topics
    assert (figures.desk, figures.origin, figures.outcome, figures.topic) == ("home", "PH", "solved", "ask_wages")
    assert left.state == "waiting"
    assert pairs == []


async def test_cases_survive_a_change_of_the_secret(database_url: str) -> None:
    old, new = "the secret before, which is long enough too", "the secret of today, which is long enough"
    async with desk(database_url=database_url, advisor_secret=old) as talk:
        thread = await talk.opened(ALICE)
    secrets = {"advisor_secret": new, "advisor_secret_old": old, "first_number": 10_000}
    async with desk(database_url=database_url, **secrets) as talk:
        talk.api.add_group(HOME, topics={thread: "as before"})
        talk.api.say(ALICE, "are you still there?")
        await talk.topic_gets(thread, "👤 are you still there?")
        talk.staff_says(thread, "yes")
        await talk.person_gets(ALICE, "🙋 Kathmandu Help Desk:\nyes")
        talk.api.press_data(ALICE, "desk:delete:1")
        await talk.until(lambda: talk.api.deleted_topics == [(HOME, thread)])


async def test_what_waits_for_a_topic_when_everything_is_deleted_is_not_told() -> None:
    async with desk() as talk:
        talk.api.set_bot(HOME, "kicked")
        talk.api.say(ALICE, "yes")
        talk.api.say(ALICE, "MARKER, do not tell")
        await talk.told(ALICE, "en", "desk.unreachable", desk=NAME)
        talk.api.say(ALICE, "/delete")
        asked = await talk.told(ALICE, "en", "desk.delete_open", desk=NAME)
        talk.presses(ALICE, asked, "desk:delete:")
        await talk.told(ALICE, "en", "delete.done")
        talk.api.set_bot(HOME, "administrator")
        await talk.settled(BOB)
        assert talk.api.groups[HOME].topics == {}
        told = [message.text for message in talk.api._messages if message.chat_id == HOME]
    assert not any("MARKER" in text for text in told)


async def test_without_a_desk_nothing_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ADVISOR_DESKS")
    async with desk(Advisor({"yes": [order()]})) as talk:
        talk.api.say(ALICE, "yes")
        await talk.person_gets(ALICE, "sorry")
        talk.api.press_data(ALICE, "desk:leave:1")
        await talk.told(ALICE, "en", "desk.no_case")
        talk.staff_says(None, "/queue")
        talk.api.say(ALICE, "hello")
        await talk.person_gets(ALICE, "answer to hello")
    said = [message.text for message in talk.api._messages if message.chat_id == HOME]
    assert not [text for text in said if "only in private" not in text], "as in any group"


@pytest.mark.parametrize("is_named", [True, False])
async def test_a_settings_file_that_is_away_for_a_moment_takes_no_desk_away(
    is_named: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "desks.yml"
    if not is_named:
        monkeypatch.delenv("ADVISOR_DESKS")
        monkeypatch.setenv("ADVISOR_VAR", str(tmp_path))
    async with desk(database_url=f"sqlite:///{tmp_path}/cases.db") as talk:
        thread = await talk.opened(ALICE)
        settings.rename(tmp_path / "elsewhere")
        talk.staff_says(thread, "/take")
        await talk.topic_gets(thread, "You have this case")
        talk.api.say(ALICE, "to the desk")
        await talk.topic_gets(thread, "👤 to the desk")
        assert not talk.api.called("leaveChat")


async def test_the_bot_stays_where_a_case_stands_whatever_the_settings_say(tmp_path: Path) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        (tmp_path / "desks.yml").write_text("desks:\n  nobody:\n    name: N\n    chat: -77\n    pairs: [JP-JP]\n")
        await talk.service.groups.refresh()
        talk.staff_says(thread, "/take")
        talk.api.say(BOB, "hello")
        await talk.person_gets(BOB, "answer to hello")
        assert not talk.api.called("leaveChat")


async def test_a_desk_that_keeps_long_does_not_hide_the_cases_of_another(tmp_path: Path) -> None:
    settings = SETTINGS.replace("    # hours", "    keep_days: 365")
    (tmp_path / "desks.yml").write_text(settings, encoding="utf-8")
    now = time.time()
    row = {"chat": "", "state": "closed", "urgency": "calm", "lost": False, "introduced": True}
    kept = [{**row, "desk": "home", "opened": now, "closed": now - 30 * DAY} for _ in range(BATCH)]
    due = {**row, "desk": "sister", "opened": now, "closed": now - 20 * DAY}
    async with desk() as talk:
        await talk.service.office.database.run(lambda connection: connection.execute(cases.insert(), [*kept, due]))
        await talk.service.purge()
        assert {row.desk for row in stored(Settings(), cases)} == {"home"}
