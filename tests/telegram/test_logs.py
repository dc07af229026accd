"""What people write, who they are and the bot's token stay out of every log."""

from __future__ import annotations

import logging

import pytest
from fake_bot_api import TOKEN, FakeBotApi, Fault
from scripted import ALICE, ScriptedDialogue, settings_for, sorry

from bot.dialogue import Button, Reply
from bot.telegram import build_application, courier, quiet_libraries, running, workers

pytestmark = pytest.mark.asyncio


async def test_no_log_holds_a_text_a_chat_or_the_token(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At DEBUG, through all kinds of failure, even when somebody turns the libraries up again."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(courier, "SEND_PAUSES", (0.01, 0.01, 0.01))
    monkeypatch.setattr(workers, "PAUSES", (0.01, 0.01, 0.01))
    text = "my boss locked me in"
    failing = ValueError(f"cannot parse {text!r} of {ALICE}")
    dialogue = ScriptedDialogue({text: failing, f"{text} and": [Reply(text, [Button("x", "/" + "x" * 64)])]})
    async with FakeBotApi() as api:
        build = build_application(settings_for(api), dialogue, sorry)
        for name in (
            "httpx",
            "httpcore",
            "telegram",
            "telegram.Bot",
            "telegram.ext.ExtBot",
            "telegram.ext.Updater",
        ):
            logging.getLogger(name).setLevel(logging.DEBUG)
        async with running(build):
            for status in (400, 403, 500, 429):
                api.fail("sendMessage", Fault(status=status))
            api.fail("sendMessage", Fault(body=f"not JSON, but {text}"))
            api.fail("getUpdates", Fault(body='{"ok": true, "result": [{"message": {"text": "' + text + '"}}]}'))
            api.fail("getUpdates", Fault(status=409))
            for said in (text, f"{text} and", f"{text} or", f"/{text}"):
                api.say(ALICE, said)
                assert await dialogue.until(lambda said=said: said.lstrip("/") in dialogue.heard())
            api.press_data(ALICE, "/show_menu")
            api.press_data(ALICE, text)
            assert await dialogue.until(lambda: len(dialogue.turns) == 6)
    for name in ("telegram.Bot", "telegram.ext.ExtBot", "telegram.ext.Updater"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    printed = "".join(capfd.readouterr())
    logged = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "the dialogue failed: ValueError at scripted.py:" in caplog.text
    assert "another program receives the messages" in caplog.text
    for secret in (text, str(ALICE), TOKEN, TOKEN.partition(":")[2]):
        assert secret not in logged
        assert secret not in printed


async def test_libraries_stay_quiet_and_say_where_but_not_what(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    quiet_libraries()
    quiet_libraries()
    library = logging.getLogger("telegram.ext.Application")
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    library.debug("Processing update %s", "secret words")
    assert caplog.text == ""
    try:
        raise KeyError("secret words")
    except KeyError:
        library.exception("Error for update %s", "secret words")
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith("telegram.ext.Application, test_libraries_stay_quiet")
    assert "KeyError at test_logs.py:" in record.getMessage()
    assert "secret" not in caplog.text
