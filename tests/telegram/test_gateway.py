"""The gateway when things go wrong: nobody is left without an answer."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import traceback

import pytest
from fake_bot_api import FakeBotApi, Fault
from scripted import ALICE, BOB, ScriptedDialogue, gateway, settings_for, sorry

from bot.dialogue import Button, DialogueUnavailable, Reply
from bot.telegram import (
    GatewayError,
    answering,
    application,
    build_application,
    courier,
    running,
    serve,
    workers,
)

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "SEND_PAUSES", (0.01, 0.01, 0.01))
    monkeypatch.setattr(workers, "PAUSES", (0.01, 0.01, 0.01))


async def test_one_chat_in_order_while_another_goes_on() -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("first")
    async with gateway(dialogue) as api:
        for text in ("first", "second", "third"):
            api.say(ALICE, text)
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
        assert sorted(dialogue.heard()) == ["first", "hello"], "nor in any order of the two"
        gate.set()
        await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["answer to first", "answer to second", "answer to third"]


async def test_many_messages_of_one_person_hold_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "GRACE", 0.05)
    dialogue = ScriptedDialogue()
    dialogue.hold("message 0")
    async with gateway(dialogue) as api:
        for number in range(300):
            api.say(ALICE, f"message {number}")
        api.say(BOB, "help")
        await api.wait_for(BOB, 1)
    assert dialogue.heard() == ["message 0", "help"]


async def test_a_repeated_update_is_answered_once() -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        update = api.say(ALICE, "once")
        await api.wait_for(ALICE, 1)
        api.repeat(update)
        api.say(ALICE, "then")
        await api.wait_for(ALICE, 2)
    assert dialogue.heard() == ["once", "then"]


async def test_a_pause_telegram_asks_for_is_waited_out() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("sendMessage", Fault(status=429, retry_after=1, chat_id=ALICE))
        api.say(ALICE, "hello")
        api.say(BOB, "hello")
        await api.wait_for(ALICE, 1)
        await api.wait_for(BOB, 1)
    assert api.texts(ALICE) == ["answer to hello"]
    assert api.count("sendMessage") == 3


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(status=502), Fault(drop="request")], ids=str)
async def test_a_failing_network_does_not_lose_a_reply(fault: Fault) -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("sendMessage", fault)
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
    assert api.texts(ALICE) == ["answer to hello"]


@pytest.mark.parametrize("fault", [{"drop": "response"}, {"body": "<html>a proxy's words</html>"}], ids=str)
@pytest.mark.parametrize("others", [0, 25])
async def test_a_lost_confirmation_is_asked_after_and_nothing_shown_twice(others: int, fault: dict[str, str]) -> None:
    """Whatever else came and went in the same moment."""
    async with gateway(ScriptedDialogue()) as api:
        api.say(ALICE, "first")
        await api.wait_for(ALICE, 1)
        api.fail("sendMessage", Fault(**fault, chat_id=ALICE))  # type: ignore[arg-type]
        api.say(ALICE, "second")
        for number in range(others):
            api.say(BOB + number, "hello")
        api.say(ALICE, "third")
        await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["answer to first", "answer to second", "answer to third"]


async def test_polling_survives_errors() -> None:
    async with FakeBotApi() as api:
        api.fail("getUpdates", Fault(drop="request"))
        async with running(build_application(settings_for(api), ScriptedDialogue(), sorry)):
            api.say(ALICE, "hello")
            await api.wait_for(ALICE, 1)


async def test_someone_who_blocked_the_bot_is_nobodys_problem(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with gateway(ScriptedDialogue()) as api:
        api.fail("sendMessage", Fault(status=403, chat_id=ALICE))
        api.say(ALICE, "hello")
        await api.wait_for_call("sendMessage")
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
    assert api.count("sendMessage") == 2
    assert caplog.text == ""


@pytest.mark.parametrize("error", [DialogueUnavailable("down"), ValueError("bug"), asyncio.TimeoutError()], ids=repr)
async def test_a_failing_dialogue_is_apologised_for(error: Exception) -> None:
    dialogue = ScriptedDialogue({"hello": error})
    async with gateway(dialogue) as api:
        api.say(ALICE, "hello", language_code="bn")
        await api.wait_for(ALICE, 1)
        api.say(ALICE, "again")
        await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["sorry (bn)", "answer to again"]


async def test_a_dialogue_that_never_answers_does_not_hold_up_a_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "LONGEST_TURN", 0.05)
    dialogue = ScriptedDialogue()
    dialogue.hold("hello")
    async with gateway(dialogue) as api:
        api.say(ALICE, "hello")
        api.say(ALICE, "again")
        await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["sorry (en)", "answer to again"]


@pytest.mark.parametrize("replies", [[], [Reply(" ")]], ids=["no reply", "an empty one"])
async def test_silence_is_apologised_for(replies: list[Reply]) -> None:
    async with gateway(ScriptedDialogue({"hello": replies})) as api:
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
    assert api.texts(ALICE) == ["sorry (None)"]


async def test_a_bad_button_costs_only_its_own_reply() -> None:
    bad = Reply("which?", [Button("x", "/" + "x" * 64)])
    async with gateway(ScriptedDialogue({"hello": [Reply("Call 112"), bad]})) as api:
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["Call 112", "sorry (None)"]


async def test_a_reply_telegram_refuses_is_apologised_for() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("sendMessage", Fault(status=400))
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
    assert api.texts(ALICE) == ["sorry (None)"]


async def test_a_press_too_old_to_acknowledge_is_still_answered() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.fail("answerCallbackQuery", Fault(status=400))
        api.press_data(ALICE, "/show_menu")
        await api.wait_for(ALICE, 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_stopping_finishes_the_turn_under_way(number: signal.Signals) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("hello")
    async with FakeBotApi() as api:
        serving = asyncio.create_task(serve(settings_for(api), dialogue, sorry))
        api.say(ALICE, "hello")
        api.say(ALICE, "waiting in line")
        assert await dialogue.until(lambda: dialogue.turns)
        os.kill(os.getpid(), number)
        polls = api.count("getUpdates")
        await api.wait_for_call("getUpdates", polls + 1)  # the last one, which confirms
        gate.set()
        await asyncio.wait_for(serving, 5)
    assert api.texts(ALICE) == ["answer to hello", "answer to waiting in line"]


async def test_stopping_does_not_wait_for_ever(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(application, "GRACE", 0.05)
    dialogue = ScriptedDialogue()
    dialogue.hold("hello")
    async with gateway(dialogue) as api:
        api.say(ALICE, "hello")
        assert await dialogue.until(lambda: dialogue.turns)
    assert "stopped with 1 turns unanswered" in caplog.text


async def test_messages_written_while_the_bot_was_down_are_answered() -> None:
    async with FakeBotApi() as api:
        api.say(ALICE, "anybody there?")
        async with running(build_application(settings_for(api), ScriptedDialogue(), sorry)):
            await api.wait_for(ALICE, 1)


async def test_a_wrong_token_is_one_clear_line_without_the_token() -> None:
    wrong = "4200000001:AAH-not-the-token"
    async with FakeBotApi() as api:
        with pytest.raises(GatewayError, match="TELEGRAM_BOT_TOKEN") as caught:
            await serve(settings_for(api, telegram_bot_token=wrong), ScriptedDialogue(), sorry)
    report = "".join(traceback.format_exception(caught.value))
    assert "\n" not in str(caught.value)
    assert "AAH" not in report + repr(caught.value.__context__)


async def test_no_network_is_one_clear_line() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        api = FakeBotApi()
        api.base = f"http://127.0.0.1:{unused.getsockname()[1]}/bot"
    with pytest.raises(GatewayError, match=r"^cannot reach Telegram at 127\.0\.0\.1: [^\n]*$"):
        await serve(settings_for(api), ScriptedDialogue(), sorry)


async def test_a_server_that_is_not_telegram_is_one_clear_line() -> None:
    async with FakeBotApi() as api:
        api.fail("getMe", Fault(body="<html>Welcome</html>"))
        with pytest.raises(GatewayError, match=r"^Telegram did not let the bot start: [^\n]*$"):
            await serve(settings_for(api), ScriptedDialogue(), sorry)


async def test_without_a_token_there_is_no_gateway() -> None:
    with pytest.raises(GatewayError, match="BotFather"):
        await serve(settings_for(FakeBotApi(), telegram_bot_token=None), ScriptedDialogue(), sorry)


async def test_a_token_revoked_later_ends_the_service_instead_of_leaving_it_deaf() -> None:
    async with FakeBotApi() as api:
        serving = asyncio.create_task(serve(settings_for(api), ScriptedDialogue(), sorry))
        await api.wait_for_call("getUpdates")
        api.token_accepted = False
        api.say(ALICE, "hello")
        with pytest.raises(GatewayError, match="TELEGRAM_BOT_TOKEN"):
            await asyncio.wait_for(serving, 5)


async def test_a_fault_of_ours_is_tried_again_and_in_the_end_the_person_told() -> None:
    strange = Reply("an answer", custom={"trace": {"of": "another version"}})
    async with gateway(ScriptedDialogue({"hello": [strange]})) as api:
        api.say(ALICE, "hello")
        api.say(ALICE, "next")
        await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["sorry (en)", "answer to next"]


async def test_a_pause_asked_for_while_asking_after_a_message_does_not_show_it_twice() -> None:
    async with gateway(ScriptedDialogue()) as api:
        api.say(ALICE, "first")
        await api.wait_for(ALICE, 1)
        api.fail("editMessageReplyMarkup", Fault(status=429, retry_after=1))
        api.fail("sendMessage", Fault(drop="response"))
        api.say(ALICE, "second")
        api.say(ALICE, "third")
        await api.wait_for(ALICE, 3)
    assert api.texts(ALICE) == ["answer to first", "answer to second", "answer to third"]


async def test_a_letter_that_cannot_be_read_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = courier.Letter.from_bytes

    def sometimes(content: bytes) -> courier.Letter:
        letter = broken(content)
        if "one" in letter.message.html:
            raise KeyError("an older form")
        return letter

    monkeypatch.setattr(courier.Letter, "from_bytes", sometimes)
    async with gateway(ScriptedDialogue()) as api:
        for text in ("one", "two"):
            api.say(ALICE, text)
        await api.wait_for(ALICE, 1)
    assert api.texts(ALICE) == ["answer to two"]
