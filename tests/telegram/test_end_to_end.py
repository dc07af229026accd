"""The real advisor behind the real gateway, against the fake Bot API over HTTP."""

from __future__ import annotations

from fake_bot_api import FakeBotApi
from scripted import ALICE, BOB, settings_for

from bot.cli.service import sorry
from bot.telegram import build_application, running


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


async def press(api: FakeBotApi, chat: int, message, title: str) -> None:
    (whole_title,) = {button for row in message.rows for button in row if button.startswith(title)}
    api.press(chat, message.message_id, whole_title)
