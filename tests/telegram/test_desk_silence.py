"""A case in which nobody writes any more comes to an end: the desk is reminded, then both sides are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted import ALICE, BOB, stored
from two_parties import HOME, LANGUAGES, SETTINGS, Talk, desk, prepare

from bot.settings import Settings
from bot.store.desk_tables import cases
from bot.store.tables import case_figures
from bot.store.upkeep import DAY
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
KEEP_DAYS = 90


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


def pass_days(talk: Talk, days: float) -> None:
    """As if everything so far had been so much earlier."""
    earlier = {name: cases.c[name] - days * DAY for name in ("opened", "last_person", "last_staff", "closed")}
    talk.service.office.database.run_now(lambda connection: connection.execute(cases.update().values(earlier)))


async def upkeep(talk: Talk, keep_days: int = KEEP_DAYS) -> None:
    for chat in await talk.service.end_silent_cases(keep_days):
        talk._deliver(chat)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_thirty_silent_days_a_case_ends_and_both_are_told(language: str, database_url: str) -> None:
    async with desk(database_url=database_url) as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        pass_days(talk, 30.5)
        await upkeep(talk)
        ended = await talk.told(ALICE, language, "desk.ended_silent", desk=NAME, days=30)
        speak = Localizer.of(language)
        assert [title for row in ended.rows for title in row] == [
            speak.text("button.person"),
            speak.text("button.menu"),
        ]
        await talk.topic_gets(thread, "The case is closed, and the person was told")
        await talk.until(lambda: thread in talk.api.groups[HOME].closed)
        talk.api.say(ALICE, "hello")
        await talk.person_gets(ALICE, "answer to hello")
        [figures] = stored(Settings(database_url=database_url), case_figures)
        assert figures.outcome == "silent"
        pass_days(talk, 15)
        assert await talk.service.purge() == 1
        assert stored(Settings(database_url=database_url), cases) == []


async def test_the_desk_is_reminded_once_three_days_before() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        pass_days(talk, 26.9)
        await upkeep(talk)
        pass_days(talk, 0.2)
        await upkeep(talk)
        await upkeep(talk)
        await talk.topic_gets(thread, "Days until I end the case and tell the person so: 3")
        await talk.settled(ALICE)
        told = [text for text in talk.api.in_topic(HOME, thread) if "I end the case" in text]
        [row] = stored(Settings(), cases)
    assert len(told) == 1
    assert row.state == "waiting"


@pytest.mark.parametrize("who", ["staff", "person"])
async def test_a_word_of_either_side_keeps_it_open_and_the_desk_is_reminded_anew(who: str) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        pass_days(talk, 28)
        await upkeep(talk)
        await talk.topic_gets(thread, "Days until I end the case and tell the person so: 2")
        if who == "staff":
            talk.staff_says(thread, "one moment more")
            await talk.person_gets(ALICE, "one moment more")
        else:
            talk.api.say(ALICE, "one moment more")
            await talk.topic_gets(thread, "one moment more")
        pass_days(talk, 27.5)
        await upkeep(talk)
        reminders = lambda: [text for text in talk.api.in_topic(HOME, thread) if "I end the case" in text]  # noqa: E731
        await talk.until(lambda: len(reminders()) == 2)
        assert stored(Settings(), cases)[0].state != "closed"


async def test_nobody_is_kept_longer_than_the_installation_keeps_anybody() -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        pass_days(talk, 7.1)
        await talk.opened(BOB)
        await upkeep(talk, keep_days=7)
        await talk.told(ALICE, "en", "desk.ended_silent", desk=NAME, days=7)
        await talk.settled(BOB)
        assert {row.state for row in stored(Settings(), cases)} == {"closed", "waiting"}


async def test_each_desk_waits_as_long_as_it_has_set(tmp_path: Path) -> None:
    settings = SETTINGS.replace("    # hours", "    silent_days: 3")
    (tmp_path / "desks.yml").write_text(settings, encoding="utf-8")
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        pass_days(talk, 1.6)
        await upkeep(talk)
        await talk.topic_gets(
            thread, "Days without a word here: 1. Days until I end the case and tell the person so: 2"
        )
        pass_days(talk, 1.5)
        await upkeep(talk)
        await talk.told(ALICE, "en", "desk.ended_silent", desk=NAME, days=3)


async def test_a_running_gateway_ends_them_by_itself(database_url: str) -> None:
    async with desk(database_url=database_url) as talk:
        talk_thread = await talk.opened(ALICE)
        pass_days(talk, 31)
    async with desk(database_url=database_url, first_number=10_000) as talk:
        talk.api.add_group(HOME, topics={talk_thread: "as before"})
        await talk.told(ALICE, "en", "desk.ended_silent", desk=NAME, days=30)
