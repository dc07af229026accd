"""The real advisor behind the real gateway, against the fake Bot API over HTTP."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa
from fake_bot_api import FakeBotApi, Fault
from scripted import ALICE, BOB, settings_for

from bot.cli.service import sorry
from bot.dialogue.child import ChildDialogue
from bot.store import Database, Seal
from bot.store.conversations import Conversations
from bot.telegram import build_application, running
from tests.patience import until_it_answers


async def test_from_start_to_an_answer_in_nepali_by_buttons_alone_and_by_words(embedded) -> None:
    async with FakeBotApi() as api, running(build_application(settings_for(api), embedded, sorry)):
        api.say(ALICE, "/start", language_code="ne")
        welcome = await api.wait_for(ALICE, 2)
        await press(api, ALICE, welcome[-1], "नेपाली")
        asked_origin = (await api.wait_for(ALICE, 4))[-1]
        await press(api, ALICE, asked_origin, "नेपाल")
        asked_destination = (await api.wait_for(ALICE, 6))[-1]
        await press(api, ALICE, asked_destination, "कतार")
        await api.wait_for(ALICE, 8)
        api.say(ALICE, "एजेन्सीले कति पैसा लिन पाउँछ?")
        answers = await api.wait_for(ALICE, 10)
    told = "\n".join(message.text for message in answers[8:])
    assert "NPR 10,000" in told


async def test_two_people_with_two_languages_do_not_mix(embedded) -> None:
    async with FakeBotApi() as api, running(build_application(settings_for(api), embedded, sorry)):
        api.say(ALICE, "/menu", language_code="ne")
        api.say(BOB, "/menu", language_code="en")
        nepali = (await api.wait_for(ALICE, 1))[0]
        english = (await api.wait_for(BOB, 1))[0]
    assert "Fees" in str(english.rows)
    assert "Fees" not in str(nepali.rows)


MARKERS = ("Maya Marker", "PP7654321", "+97455512345", "Golden Marker Agency", "मार्कर बहादुर")


async def test_after_a_conversation_full_of_names_no_table_file_or_log_holds_one(
    model: Path,
    database_url: str,
    own_var: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        database = Database.open(database_url)
        keeper = Conversations(database, Seal(settings.secret()))
        advisor = ChildDialogue(keeper)
        advisor.begin()
        await until_it_answers(advisor)
        said = (
            f"my name is {MARKERS[0]} from Nepal, passport {MARKERS[1]}, going to Qatar",
            f"{MARKERS[3]} asks for 150000 rupees, call {MARKERS[2]}",
            f"{MARKERS[4]} ले मलाई कोठामा थुनेको छ",
            f"{MARKERS[0]} is locked in a room by {MARKERS[4]}",
        )
        async with running(build_application(settings, advisor, sorry, database)):
            api.say(ALICE, "/fees")
            for number, text in enumerate(said):
                before = len(api.sent(ALICE))
                api.say(ALICE, text)
                await api.wait_for(ALICE, before + 1)
                if number == 1:
                    api.fail("sendMessage", Fault(status=500))
            kept = _everything_in(database_url)
        await advisor.close()
    files = [path.read_bytes() for path in own_var.rglob("*") if path.is_file()]
    told = "".join(capfd.readouterr()) + caplog.text
    for marker in (*MARKERS, str(ALICE)):
        assert marker not in told
        assert not [blob for blob in (kept, *files) if marker.encode() in blob]
    assert kept.count(b"conversation") == 0
    assert len(kept) > 1000, "there is something to look through"


def _everything_in(url: str) -> bytes:
    database = Database.open(url)
    tables = sa.inspect(database.engine).get_table_names()
    rows = [
        value
        for table in tables
        for row in database.run_now(
            lambda connection, table=table: connection.execute(sa.text(f"SELECT * FROM {table}")).all()
        )
        for value in row
    ]
    database.close()
    return b"\n".join(bytes(each) if isinstance(each, (bytes, memoryview)) else str(each).encode() for each in rows)


async def test_it_goes_on_after_a_restart_where_it_was(model: Path, database_url: str) -> None:
    """What was known of a person, and an open check, outlive the process."""
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        for texts in (["/language", "/fees"], ["Nepal", "Qatar"]):
            database = Database.open(database_url)
            advisor = ChildDialogue(Conversations(database, Seal(settings.secret())))
            advisor.begin()
            await until_it_answers(advisor)
            async with running(build_application(settings, advisor, sorry, database)):
                for text in texts:
                    before = len(api.sent(ALICE))
                    api.say(ALICE, text)
                    await api.wait_for(ALICE, before + 1)
            await advisor.close()
        last = api.texts(ALICE)[-1]
    assert last.startswith("How much do they ask you to pay?"), "the check goes on with its next question"


async def press(api: FakeBotApi, chat: int, message, title: str) -> None:
    (whole_title,) = {button for row in message.rows for button in row if button.startswith(title)}
    api.press(chat, message.message_id, whole_title)
