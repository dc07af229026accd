"""While no answer can be had: help numbers at once, in the person's language, and the answer later, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fake_bot_api import FakeBotApi
from scripted import ALICE, BOB, SECRET, ScriptedDialogue, settings_for, sorry, stored

from bot.dialogue import DialogueUnavailable, Reply, Turn
from bot.dialogue.child import ChildDialogue
from bot.dialogue.remote import RemoteDialogue
from bot.identity import sender_for
from bot.settings import Settings
from bot.store import Database, Seal
from bot.store.conversations import Conversations, State
from bot.store.tables import conversations
from bot.telegram import build_application, running, stand_ins, workers
from tests.obedient_child import OBEDIENT
from translations.localizer import Localizer

pytestmark = pytest.mark.asyncio

AWAY = DialogueUnavailable("down", away=True)
NEPAL_QATAR = {"language": "ne", "origin": "NP", "destination": "QA"}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_ins, "PATIENCE", 0.1)
    monkeypatch.setattr(workers, "WHILE_AWAY", 0.05)


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


async def known(settings: Settings, chat_id: int, **profile: str) -> None:
    """What the dialogue knew of them before it went away."""
    database = Database.open(settings.database())
    keeper = Conversations(database, Seal(settings.secret()))
    await keeper.save(sender_for(chat_id, SECRET.encode()), 1, State(profile, {}))
    database.close()


def opening(language: str, key: str) -> str:
    return Localizer.of(language).text(key)


async def test_numbers_first_and_the_answer_when_it_is_back(database_url: str, api: FakeBotApi) -> None:
    settings = settings_for(api, database_url=database_url)
    await known(settings, ALICE, **NEPAL_QATAR)
    dialogue = ScriptedDialogue({"how much?": AWAY})
    async with running(build_application(settings, dialogue, sorry)):
        api.say(ALICE, "how much?")
        [told] = await api.wait_for(ALICE, 1)
        assert await dialogue.until(lambda: len(dialogue.turns) > 8), "longer than anything else is tried"
        del dialogue.answers["how much?"]
        await api.wait_for(ALICE, 3)
    assert told.text.startswith(opening("ne", "away.wait"))
    assert Localizer.of("ne").country("QA") in told.text
    assert "999" in told.text, "the emergency number of Qatar"
    assert api.texts(ALICE)[1:] == [opening("ne", "away.late"), "answer to how much?"]


@pytest.mark.parametrize(
    ("language", "origin", "destination", "cry"),
    [
        ("en", "PH", "KW", "they locked me in the room and took my phone"),
        ("ne", "NP", "QA", "मलाई कोठामा थुनेर राखेको छ"),
        ("ur", "PK", "SA", "مجھے کمرے میں بند کر دیا ہے"),
        ("km", "KH", "TH", "គេចាក់សោខ្ញុំក្នុងបន្ទប់"),
    ],
)
async def test_a_cry_for_help_does_not_wait_behind_a_question(
    api: FakeBotApi, language: str, origin: str, destination: str, cry: str
) -> None:
    settings = settings_for(api)
    await known(settings, ALICE, language=language, origin=origin, destination=destination)
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("question")
    async with running(build_application(settings, dialogue, sorry)):
        api.say(ALICE, "question")
        api.say(ALICE, cry)
        messages = await api.wait_for(ALICE, 3)
        assert dialogue.heard() == ["question"]
        gate.set()
        await api.wait_for(ALICE, 7)
    assert messages[0].text.startswith(opening(language, "away.wait"))
    assert messages[1].text.startswith(opening(language, "danger.confinement.answer"))
    assert messages[2].text == opening(language, "danger.confinement.do")
    late = opening(language, "away.late")
    assert api.texts(ALICE)[3:] == [late, "answer to question", late, f"answer to {cry}"]


async def test_whoever_goes_on_writing_is_told_once(api: FakeBotApi) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("one")
    async with running(build_application(settings_for(api), dialogue, sorry)):
        for text in ("one", "two", "three"):
            api.say(ALICE, text)
        await api.wait_for(ALICE, 1)
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
        gate.set()
        await api.wait_for(ALICE, 5)
    late = opening("en", "away.late")
    assert api.texts(ALICE)[1:] == [late, "answer to one", "answer to two", "answer to three"]


async def test_a_stranger_is_answered_in_the_language_of_the_script_or_the_phone(api: FakeBotApi) -> None:
    dialogue = ScriptedDialogue({"ខ្ញុំត្រូវបង់ប៉ុន្មាន": AWAY, "magkano": AWAY})
    async with running(build_application(settings_for(api), dialogue, sorry)):
        api.say(ALICE, "ខ្ញុំត្រូវបង់ប៉ុន្មាន")
        api.say(BOB, "magkano", "fil")
        [khmer] = await api.wait_for(ALICE, 1)
        [filipino] = await api.wait_for(BOB, 1)
        dialogue.answers.clear()
        await api.wait_for(ALICE, 3)
        await api.wait_for(BOB, 3)
    assert khmer.text.startswith(opening("km", "away.wait"))
    assert filipino.text.startswith(opening("fil", "away.wait"))
    assert "112" in khmer.text, "the emergency number that works everywhere"


async def test_leaving_quickly_needs_no_advisor_and_waits_behind_nothing(database_url: str, api: FakeBotApi) -> None:
    settings = settings_for(api, database_url=database_url)
    await known(settings, ALICE, **NEPAL_QATAR)
    dialogue = ScriptedDialogue({"hello": [Reply("an earlier answer")]})
    gate = dialogue.hold("question")
    async with running(build_application(settings, dialogue, sorry)):
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
        api.say(ALICE, "question")
        api.say(ALICE, "/exit")
        assert await api.until(lambda: api.texts(ALICE) == [opening("ne", "exit.done")])
        gate.set()
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
    assert api.texts(ALICE) == [opening("ne", "exit.done")], "nor does the late answer come"
    assert {chat for chat, _ in api.written} == {BOB}
    assert not stored(settings, conversations)


async def test_an_answer_in_time_is_all_there_is(api: FakeBotApi) -> None:
    async with running(build_application(settings_for(api), ScriptedDialogue(), sorry)):
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
        await asyncio.sleep(3 * stand_ins.PATIENCE)
    assert api.texts(ALICE) == ["answer to hello"]


async def test_it_serves_while_the_advisor_is_still_starting(
    api: FakeBotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    may_start = tmp_path / "now"
    wait = f"import pathlib, runpy, time\nwhile not pathlib.Path({str(may_start)!r}).exists(): time.sleep(0.01)\n"
    settings = settings_for(api)
    database = Database.open(settings.database())
    keeper = Conversations(database, Seal(settings.secret()))
    run_it = f"runpy.run_path({OBEDIENT[1]!r}, run_name='__main__')"
    dialogue = ChildDialogue(keeper, (OBEDIENT[0], "-c", wait + run_it))
    dialogue.begin()
    async with running(build_application(settings, dialogue, sorry, database)):
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
        may_start.touch()
        await api.wait_for(ALICE, 3)
    await dialogue.close()
    assert api.texts(ALICE)[1:] == [opening("en", "away.late"), "hello"]


@pytest.mark.parametrize(("answer", "is_away"), [(500, False), (200, False), (None, True)])
async def test_a_rasa_server_that_answers_others_is_not_away(answer: int | None, is_away: bool) -> None:
    """``answer``: what it says to one message; None: it says so to all."""
    from aiohttp import web

    async def hook(request: web.Request) -> web.Response:
        is_probe = (await request.json())["sender"] == "probe"
        if is_probe and answer is not None:
            return web.json_response([{"custom": {"text": "the menu"}}])
        return web.json_response([], status=answer or 503)

    server = web.Application()
    server.router.add_post("/webhooks/rest/webhook", hook)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    remote = RemoteDialogue(f"http://127.0.0.1:{runner.addresses[0][1]}")
    with pytest.raises(DialogueUnavailable) as failure:
        await remote.send(Turn("one", text="hello"))
    assert failure.value.away is is_away
    await remote.close()
    await runner.cleanup()


async def test_a_rasa_server_that_is_down_is_away() -> None:
    remote = RemoteDialogue("http://127.0.0.1:9")
    with pytest.raises(DialogueUnavailable) as failure:
        await remote.send(Turn("one", text="hello"))
    assert failure.value.away
    await remote.close()
