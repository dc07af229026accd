"""Whoever waits for a desk is told how it is: away, out of hours, silent; and when the desk is gone altogether."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripted import ALICE, BOB, stored
from two_parties import LANGUAGES, NEVER_THERE, SETTINGS, desk, prepare

from bot.cli.main import main
from bot.desk import deserted
from bot.settings import Settings
from bot.store.desk_tables import cases
from bot.store.tables import case_figures
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_away_and_back(language: str) -> None:
    async with desk() as talk:
        talk.staff_says(None, "/away")
        await talk.topic_gets(None, "You are away now")
        await talk.opened(ALICE, f"yes {language}")
        await talk.told(ALICE, language, "desk.away", desk=NAME)
        talk.staff_says(None, "/away off")
        await talk.topic_gets(None, "You are back")
        await talk.opened(BOB, f"yes {language}")
        await talk.settled(BOB)
        assert not any(Localizer.of(language).text("desk.away", desk=NAME) in text for text in talk.api.texts(BOB))


async def test_hours_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path, "zone: Asia/Kathmandu\n    hours: {mon: 09:00-17:00}")
    async with desk() as talk:
        talk.staff_says(None, "/hours")
        told = await talk.topic_gets(None, "Kathmandu Help Desk: ")
    assert "09:00–17:00" in told
    assert "(Asia/Kathmandu)" in told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_silence_is_said_once_to_both(language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE, f"yes {language}")
        await talk.look()
        silent = Localizer.of(language).text("desk.silent", desk=NAME, place=1)
        await talk.settled(ALICE)
        assert not any(silent in text for text in talk.api.texts(ALICE)), "not before its time"
        _minutes_ago(talk, 31)
        await talk.look()
        got = await talk.person_gets(ALICE, silent)
        assert "•" in got.text
        await talk.topic_gets(thread, "⏰ The person has waited 31 minutes")
        await talk.look()
        talk.staff_says(thread, "here we are")
        await talk.person_gets(ALICE, "here we are")
        _minutes_ago(talk, 31)
        await talk.look()
        await talk.settled(ALICE)
        assert len([text for text in talk.api.texts(ALICE) if silent in text]) == 1, "staff wrote last"
        talk.api.say(ALICE, "and now?")
        await talk.topic_gets(thread, "and now?")
        _minutes_ago(talk, 31)
        await talk.look()
        await talk.until(lambda: len([text for text in talk.api.texts(ALICE) if silent in text]) == 2)


def _minutes_ago(talk, minutes: float) -> None:  # type: ignore[no-untyped-def]
    """As if what waits had waited so much longer."""
    earlier = cases.update().where(cases.c.waiting_since.isnot(None))
    values = {"waiting_since": cases.c.waiting_since - 60 * minutes}
    talk.service.office.database.run_now(lambda connection: connection.execute(earlier.values(values)))


async def test_nobody_is_said_to_be_silent_outside_hours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path, NEVER_THERE)
    async with desk() as talk:
        await talk.opened(ALICE)
        _minutes_ago(talk, 300)
        await talk.look()
        await talk.settled(ALICE)
        assert not any("I have reminded" in text for text in talk.api.texts(ALICE))


async def test_staff_who_stay_longer_are_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path, NEVER_THERE)
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "we are still here")
        await talk.person_gets(ALICE, "we are still here")
        talk.api.say(ALICE, "thank you")
        await talk.topic_gets(thread, "thank you")
        await talk.settled(ALICE)
        told = [text for text in talk.api.texts(ALICE) if Localizer.of("en").text("desk.away", desk=NAME) in text]
    assert len(told) == 1, "when it began"


async def test_who_talks_to_a_desk_that_is_taken_away_is_back_with_the_robot(tmp_path: Path) -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        (tmp_path / "desks.yml").write_text(SETTINGS.replace("  home:", "  new_one:"), encoding="utf-8")
        talk.api.say(ALICE, "is anybody there?")
        await talk.told(ALICE, "en", "desk.no_case")
        await talk.person_gets(ALICE, "answer to is anybody there?")
        [row] = stored(Settings(), cases)
        [figures] = stored(Settings(), case_figures)
    assert (row.state, figures.outcome) == ("closed", "deserted")


async def test_whoever_takes_a_case_and_says_nothing_is_reminded() -> None:
    async with desk() as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "/take")
        await talk.topic_gets(thread, "You have this case")
        _minutes_ago(talk, 31)
        await talk.look()
        await talk.topic_gets(thread, "⏰ The person has waited 31 minutes")


async def test_the_cases_of_a_desk_that_is_gone_end_by_themselves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody hears these people: they must not have to write once more to be told."""
    async with desk(database_url=database_url) as talk:
        await talk.opened(ALICE)
        (tmp_path / "desks.yml").write_text(SETTINGS.replace("  home:", "  new_one:"), encoding="utf-8")
        await talk.look()
        [case] = stored(Settings(database_url=database_url), cases)
        assert case.state == "waiting", "the file may be in the middle of being written"
        monkeypatch.setenv("DATABASE_URL", database_url)
        assert main(["desk"]) == 0
        line = capsys.readouterr().out.splitlines()[-1]
        assert line.startswith("home         1 waiting, 0 taken")
        assert "not in the settings" in line
        monkeypatch.setattr(deserted, "GONE_FOR", 0.0)
        await talk.look()
        told = await talk.person_gets(ALICE, Localizer.of("en").text("desk.no_case"))
        assert "•" in told.text, "numbers that answer"
        [case] = stored(Settings(database_url=database_url), cases)
        [figures] = stored(Settings(database_url=database_url), case_figures)
        assert (case.state, figures.outcome) == ("closed", "deserted")


async def test_a_desk_that_comes_back_in_time_keeps_its_cases(tmp_path: Path) -> None:
    """Somebody may take it out and put it in again while they write."""
    moments = iter((0.0, 200.0, 400.0, 600.0))
    without = SETTINGS.replace("  home:", "  new_one:")
    async with desk() as talk:
        await talk.opened(ALICE)
        leaving = deserted.Deserted(talk.service.office, lambda: next(moments))
        for content in (without, SETTINGS, without, without):
            (tmp_path / "desks.yml").write_text(content, encoding="utf-8")
            assert await leaving.end() == []
        [case] = stored(Settings(), cases)
    assert case.state == "waiting"
