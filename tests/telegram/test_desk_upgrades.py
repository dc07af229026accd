"""A group of staff that Telegram upgrades gets another id: it is followed, in whichever order the bot is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_bot_api import FakeBotApi
from scripted import ALICE, settings_for, sorry, stored
from two_parties import HOME, Advisor, desk, prepare

from bot.desk.groups import Groups
from bot.settings import Settings
from bot.store import Seal
from bot.store.desk_tables import desk_states
from bot.store.resealing import SealedOtherwise, seal_anew
from bot.store.unreadable import remove_unreadable
from bot.telegram import build_application, running
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
NAME = "Kathmandu Help Desk"
UPGRADED = -1001999999999
EN = Localizer.of("en")


@pytest.fixture(autouse=True)
def three_desks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    prepare(monkeypatch, tmp_path)


@pytest.mark.parametrize("told", [True, False], ids=["told", "found out when sending"])
async def test_an_upgraded_group_is_followed(told: bool, database_url: str) -> None:
    async with desk(database_url=database_url) as talk:
        thread = await talk.opened(ALICE)
        talk.staff_says(thread, "before")
        await talk.person_gets(ALICE, "before")
        talk.api.upgrade(HOME, UPGRADED, told=told)
        talk.api.say(ALICE, "is anybody there?")
        await talk.until(lambda: talk.api.groups[UPGRADED].topics)
        [again] = talk.api.groups[UPGRADED].topics
        await talk.topic_gets(again, "👤 is anybody there?", UPGRADED)
        talk.staff_says(again, "yes", group=UPGRADED)
        await talk.person_gets(ALICE, "🙋 Kathmandu Help Desk:\nyes")
    async with FakeBotApi(first_number=10_000) as api:  # known after a start, too
        api.add_group(UPGRADED)
        async with running(build_application(settings_for(api, database_url=database_url), Advisor(), sorry)):
            api.say(ALICE, "still here?")
            assert await api.until(lambda: api.groups[UPGRADED].topics)


async def test_the_bot_stays_in_a_group_upgraded_in_the_same_poll() -> None:
    async with desk() as talk:
        talk.api.upgrade(HOME, UPGRADED)
        talk.staff_says(None, "/queue", group=UPGRADED)
        await talk.opened(ALICE, group=UPGRADED)
        await talk.settled(ALICE, group=UPGRADED)
        assert not talk.api.called("leaveChat")


@pytest.mark.parametrize("followed", [True, False], ids=["followed", "not yet known"])
async def test_a_bot_that_left_the_group_before_its_upgrade_was_not_thrown_out(
    followed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        talk.api.upgrade(HOME, UPGRADED, told=followed)
        talk.api.set_bot(HOME, "left")
        talk.api.say(ALICE, "is anybody there?")
        await talk.until(lambda: talk.api.groups[UPGRADED].topics)
        [thread] = talk.api.groups[UPGRADED].topics
        await talk.topic_gets(thread, "👤 is anybody there?", UPGRADED)
        await talk.settled(ALICE, group=UPGRADED)
        [state] = stored(Settings(), desk_states)
    assert state.unreachable is None
    assert not [text for text in talk.api.texts(ALICE) if EN.text("desk.unreachable", desk=NAME) in text]
    assert "cannot be reached" not in caplog.text


async def test_a_bot_added_to_the_upgraded_group_before_it_is_told_which_that_is_stays() -> None:
    async with desk() as talk:
        await talk.opened(ALICE)
        talk.api.upgrade(HOME, UPGRADED, told=False)
        talk.api.set_bot(UPGRADED, "member")
        talk.api.set_bot(UPGRADED, "administrator")
        talk.api.say(ALICE, "is anybody there?")
        await talk.until(lambda: talk.api.groups[UPGRADED].topics)
        [thread] = talk.api.groups[UPGRADED].topics
        talk.staff_says(thread, "yes", group=UPGRADED)
        await talk.person_gets(ALICE, "🙋 Kathmandu Help Desk:\nyes")
        assert not talk.api.called("leaveChat")
        assert not [text for text in talk.api.texts(UPGRADED) if "only in private" in text]


async def test_a_group_upgraded_while_the_gateway_was_down_is_found_at_the_start(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with FakeBotApi() as api:
        api.add_group(HOME)
        api.upgrade(HOME, UPGRADED, told=False)
        async with running(build_application(settings_for(api), Advisor(), sorry)):
            assert await api.until(lambda: "its new id is followed" in caplog.text)
    assert "cannot be reached" not in caplog.text


async def test_an_upgraded_group_whose_secret_is_lost_stops_nothing(database_url: str) -> None:
    async with desk(database_url=database_url) as talk:
        talk.api.upgrade(HOME, UPGRADED)
        await talk.until(lambda: stored(Settings(database_url=database_url), desk_states))
        database, now = talk.service.office.database, Seal(b"another secret that is long enough")
        assert await Groups(database, now).refresh() is None
        with pytest.raises(SealedOtherwise):
            await database.run(seal_anew(now))
        assert await database.run(remove_unreadable(now)) >= 1
        assert await database.run(seal_anew(now)) == 0
