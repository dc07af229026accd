"""One contract for all ways to reach Rasa: in this process, in a child of it, and on real servers of Rasa's."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import aiohttp.web
import pytest

from bot.dialogue import Dialogue, DialogueUnavailable, Turn
from bot.dialogue.child import ChildDialogue
from bot.dialogue.remote import RemoteDialogue
from bot.dialogue.tracker_store import InMemory
from tests.patience import until_it_answers

ROOT = Path(__file__).resolve().parents[2]
RASA = Path(sys.executable).with_name("rasa")
NEPAL_QATAR = {"language": "ne", "origin": "NP", "destination": "QA"}
MARKER = "zebramarker"


@pytest.fixture(scope="session")
def log_of_the_servers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers") / "log"


@pytest.fixture(scope="session")
async def remote(model: Path, log_of_the_servers: Path, tmp_path_factory: pytest.TempPathFactory):
    actions_port, server_port = free_port(), free_port()
    endpoints = tmp_path_factory.mktemp("endpoints") / "endpoints.yml"
    shipped = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    endpoints.write_text(shipped.replace("127.0.0.1:5055", f"127.0.0.1:{actions_port}"), encoding="utf-8")
    commands = [
        [RASA, "run", "actions", "--actions", "actions", "--port", str(actions_port)],
        [RASA, "run", "--model", str(model), "--endpoints", str(endpoints), "--credentials", "credentials.yml",
         "--interface", "127.0.0.1", "--port", str(server_port)],
    ]  # fmt: skip
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    with log_of_the_servers.open("wb") as log:
        running = [
            subprocess.Popen(list(map(str, command)), cwd=ROOT, env=environment, stdout=log, stderr=log)
            for command in commands
        ]
        dialogue = RemoteDialogue(f"http://127.0.0.1:{server_port}")
        try:
            await until_it_answers(dialogue)
            yield dialogue
        finally:
            await dialogue.close()
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


@pytest.fixture(scope="session")
async def child(model: Path):
    dialogue = ChildDialogue(InMemory())
    dialogue.begin()
    await until_it_answers(dialogue)
    yield dialogue
    await dialogue.close()


@pytest.fixture(params=["embedded", "child", "remote"])
def dialogue(request: pytest.FixtureRequest) -> Dialogue:
    return request.getfixturevalue(request.param)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_question_is_answered_with_text_buttons_and_trace(dialogue: Dialogue, sender: str) -> None:
    replies = await dialogue.send(Turn(sender, text="एजेन्सीले कति पैसा लिन पाउँछ?", profile=NEPAL_QATAR))
    assert "NPR 10,000" in replies[0].text
    assert "\n" in replies[0].text, "a reply arrives whole"
    assert replies[-1].buttons[-1].payload == "/show_menu"
    trace = replies[-1].custom["trace"]
    assert (trace["intent"], trace["reply_language"], len(trace["ranking"])) == ("ask_fees", "ne", 5)


async def test_a_conversation_remembers_and_another_does_not_know(dialogue: Dialogue, sender: str) -> None:
    await dialogue.send(Turn(sender, payload='/change_profile{"destination":"QA"}'))
    known = await dialogue.send(Turn(sender, payload="/ask_passport"))
    unknown = await dialogue.send(Turn(f"{sender}-other", payload="/ask_passport"))
    assert any(fact.startswith("qa.") for fact in known[-1].custom["trace"]["facts"])
    assert not any(fact.startswith("qa.") for fact in unknown[-1].custom["trace"]["facts"])


@pytest.mark.parametrize("written", ["/restart", "/session_start", "//ask_fees", "/nonsense{", "\u200b/restart"])
async def test_a_leading_slash_in_free_text_does_nothing_special(dialogue: Dialogue, sender: str, written: str) -> None:
    await dialogue.send(Turn(sender, payload='/change_profile{"destination":"QA"}'))
    replies = await dialogue.send(Turn(sender, text=written))
    assert replies
    assert replies[-1].custom["trace"]["confidence"] < 1.0, "the words went through understanding"
    known = await dialogue.send(Turn(sender, payload="/ask_passport"))
    assert any(fact.startswith("qa.") for fact in known[-1].custom["trace"]["facts"])


@pytest.mark.parametrize("odd", ["", " ", "🙏🙏🙏", "\x00\x07", "x" * 10_000, "ก" * 5_000, "\u202e\u200f", "0"])
async def test_odd_input_gets_an_answer_and_the_next_message_works(dialogue: Dialogue, sender: str, odd: str) -> None:
    assert (await dialogue.send(Turn(sender, text=odd)))[-1].buttons
    assert (await dialogue.send(Turn(sender, payload="/ask_fees")))[-1].buttons


async def test_turns_of_many_people_at_once_do_not_mix(dialogue: Dialogue, sender: str) -> None:
    countries = ["QA", "SA", "MY", "SG", "KW", "OM", "JP", "KR"]

    async def one(country: str) -> list[str]:
        await dialogue.send(Turn(f"{sender}-{country}", payload=f'/change_profile{{"destination":"{country}"}}'))
        replies = await dialogue.send(Turn(f"{sender}-{country}", payload="/ask_wages"))
        return list(replies[-1].custom["trace"]["facts"])

    for country, facts in zip(countries, await asyncio.gather(*map(one, countries)), strict=True):
        assert {fact.split(".")[0] for fact in facts} <= {country.lower(), "ilo"}
        assert any(fact.startswith(country.lower()) for fact in facts)


async def test_what_people_write_is_in_no_log(
    dialogue: Dialogue, sender: str, log_of_the_servers: Path, capfd: pytest.CaptureFixture[str], caplog
) -> None:
    with caplog.at_level("INFO"):
        await dialogue.send(Turn(sender, text=f"{MARKER} boss has my passport", profile=NEPAL_QATAR))
        await dialogue.send(Turn(sender, text=f"/{MARKER}"))
    printed = capfd.readouterr()
    servers = log_of_the_servers.read_text(errors="replace") if log_of_the_servers.exists() else ""
    assert MARKER not in printed.out + printed.err + caplog.text + servers


async def test_servers_that_are_away_are_told_as_such() -> None:
    dialogue = RemoteDialogue(f"http://127.0.0.1:{free_port()}", patience=2)
    with pytest.raises(DialogueUnavailable):
        await dialogue.send(Turn("x", text="hello"))
    await dialogue.close()


@pytest.mark.parametrize(("status", "body"), [(500, "{}"), (200, "[]"), (200, "no json")])
async def test_a_server_without_an_answer_is_told_as_such(status: int, body: str) -> None:
    async def answer(request: aiohttp.web.Request) -> aiohttp.web.Response:
        return aiohttp.web.Response(status=status, text=body, content_type="application/json")

    application = aiohttp.web.Application()
    application.router.add_post("/webhooks/rest/webhook", answer)
    runner = aiohttp.web.AppRunner(application)
    await runner.setup()
    port = free_port()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", port).start()
    dialogue = RemoteDialogue(f"http://127.0.0.1:{port}", patience=2)
    with pytest.raises(DialogueUnavailable):
        await dialogue.send(Turn("x", text="hello"))
    await dialogue.close()
    await runner.cleanup()
