"""Commands and descriptions: in every language, in the background, and only when something has changed."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path

import pytest
from fake_bot_api import FakeBotApi, Fault
from scripted import ALICE, ScriptedDialogue, gateway, settings_for, sorry

from bot.telegram import build_application, introduction, running
from bot.telegram.commands import COMMANDS
from translations.languages import spoken
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio
METHODS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
ALL = len(METHODS) * (1 + len(spoken()))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(introduction, "BEGIN_AFTER", 0.0)


def count(api: FakeBotApi) -> int:
    return sum(api.count(method) for method in METHODS)


def is_noted(var: Path, things: int) -> bool:
    path = var / introduction.KEPT_IN
    return path.exists() and len(json.loads(path.read_text())) == things


async def noted(var: Path, things: int) -> None:
    while not is_noted(var, things):
        await asyncio.sleep(0.01)


async def test_set_once_in_every_language(own_var: Path) -> None:
    async with gateway(ScriptedDialogue()) as api:
        await asyncio.wait_for(noted(own_var, ALL), 8)
    codes = ["tl" if code == "fil" else code for code in spoken()]
    for method in METHODS:
        assert [called.get("language_code") for called in api.called(method)] == [None, *codes]
    for called in api.called("setMyCommands"):
        commands = json.loads(called["commands"])
        assert {command["command"] for command in commands} == set(COMMANDS)
        assert all(1 <= len(command["description"]) <= 40 for command in commands)
    assert api.called("setMyDescription")[0]["description"] == Localizer.of("en").text("bot.description")
    async with gateway(ScriptedDialogue(), advisor_var=own_var) as api:
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
        await asyncio.sleep(0)
    assert count(api) == 0


async def test_only_what_has_changed_is_set_again(own_var: Path) -> None:
    async with gateway(ScriptedDialogue()):
        await asyncio.wait_for(noted(own_var, ALL), 8)
    path = own_var / introduction.KEPT_IN
    done = json.loads(path.read_text())
    del done["short ne"]
    path.write_text(json.dumps({**done, "commands tl": "of an older version"}))
    async with gateway(ScriptedDialogue()) as api:
        await asyncio.wait_for(noted(own_var, ALL), 8)
        await api.wait_for_call("setMyShortDescription")
    assert [called["language_code"] for called in api.called("setMyCommands")] == ["tl"]
    assert [called["language_code"] for called in api.called("setMyShortDescription")] == ["ne"]


async def test_a_refusal_costs_only_itself(own_var: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with FakeBotApi() as api:
        api.fail("setMyDescription", Fault(status=400))
        async with running(build_application(settings_for(api), ScriptedDialogue(), sorry)):
            await asyncio.wait_for(noted(own_var, ALL - 1), 8)
    assert "Telegram refused description" in caplog.text


async def test_a_pause_that_telegram_asks_for_is_waited_out(own_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeBotApi() as api:
        api.fail("setMyCommands", Fault(status=429, retry_after=1))
        async with running(build_application(settings_for(api), ScriptedDialogue(), sorry)):
            await asyncio.wait_for(noted(own_var, ALL), 8)
    assert count(api) == ALL + 1


async def test_people_are_answered_while_it_hangs(own_var: Path) -> None:
    async with FakeBotApi() as api:
        api.fail("setMyCommands", Fault(delay=5.0))
        async with running(build_application(settings_for(api), ScriptedDialogue(), sorry)):
            await api.wait_for_call("setMyCommands")
            api.say(ALICE, "hello")
            await api.wait_for(ALICE, 1)


async def test_people_are_answered_when_it_fails(own_var: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with FakeBotApi() as api:
        api.fail("setMyCommands", Fault(status=500))
        async with running(build_application(settings_for(api), ScriptedDialogue(), sorry)):
            while "not all set" not in caplog.text:
                await asyncio.sleep(0.01)
            api.say(ALICE, "hello")
            await api.wait_for(ALICE, 1)
    assert count(api) == 1
