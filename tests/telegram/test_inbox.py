"""What came in is answered, once, whatever happens between: on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest
from fake_bot_api import FakeBotApi
from scripted import ALICE, BOB, ScriptedDialogue, gateway, settings_for, sorry, stored
from sqlalchemy.exc import OperationalError

from bot.cli import main
from bot.dialogue import DialogueUnavailable, Reply
from bot.settings import Settings
from bot.store import Arrival, Database, Inbox, Seal
from bot.store.tables import DONE, PARKED, WORKING, inbox, outbox
from bot.telegram import GatewayError, answering, application, build_application, running, workers
from bot.telegram.handlers import Heard

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PAUSES", (0.01, 0.01, 0.01))
    monkeypatch.setattr(workers, "REREAD", 0.05)


def unanswered(settings: Settings) -> list[str]:
    return [row.state for row in stored(settings, inbox) if row.state != DONE]


async def test_nothing_is_confirmed_before_it_is_written_down(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses twice; Telegram hands the update out again until it is taken."""
    real, refusals = Inbox.claim, [1, 2]

    async def claim(self: Inbox, arrivals):  # type: ignore[no-untyped-def]
        if arrivals and refusals:
            refusals.pop()
            raise OperationalError("x", {}, OSError("gone"))
        return await real(self, arrivals)

    monkeypatch.setattr(Inbox, "claim", claim)
    dialogue = ScriptedDialogue()
    async with gateway(dialogue, database_url=database_url) as api:
        update = api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
        offsets = [called.get("offset", 0) for method, called in api.calls if method == "getUpdates"]
    assert dialogue.heard() == ["hello"]
    assert [offset for offset in offsets if offset <= update][:3] == [0, 0, 0]


async def test_a_failing_turn_is_tried_again_and_then_answered(database_url: str) -> None:
    dialogue = ScriptedDialogue({"hello": DialogueUnavailable("down")})
    async with gateway(dialogue, database_url=database_url) as api:
        api.say(ALICE, "hello")
        api.say(ALICE, "second")
        assert await dialogue.until(lambda: len(dialogue.turns) == 2)
        del dialogue.answers["hello"]
        await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["answer to hello", "answer to second"]
    assert dialogue.heard()[-1] == "second"


async def test_pauses_grow_and_the_fourth_failure_parks(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "PAUSES", (0.05, 0.2, 0.8))
    monkeypatch.setenv("DATABASE_URL", database_url)
    dialogue = ScriptedDialogue({"hello": ValueError("bug")})
    times: list[float] = []
    real = dialogue.send

    async def send(turn):  # type: ignore[no-untyped-def]
        times.append(asyncio.get_running_loop().time())
        return await real(turn)

    dialogue.send = send  # type: ignore[method-assign]
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, dialogue, sorry)):
            update = api.say(ALICE, "hello", language_code="ne")
            await api.wait_for(ALICE, 1)
            assert unanswered(settings) == [PARKED]
            capsys.readouterr()
            assert main(["inbox"]) == 0
            shown = capsys.readouterr().out
            assert f"{update}  parked   4 attempts" in shown
            assert "hello" not in shown
            assert str(ALICE) not in shown
            del dialogue.answers["hello"]
            assert main(["inbox", "--retry", str(update)]) == 0
            await api.wait_for(ALICE, 2)
        assert unanswered(settings) == []
    assert api.texts(ALICE) == ["sorry (ne)", "answer to hello"]
    gaps = [times[place + 1] - times[place] for place in range(3)]
    assert gaps == sorted(gaps)
    assert gaps[2] > 0.8


async def test_an_operator_drops_a_parked_one(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, ScriptedDialogue({"x": ValueError()}), sorry)):
            update = api.say(ALICE, "x")
            await api.wait_for(ALICE, 1)
            assert main(["inbox", "--drop", str(update)]) == 0
            assert main(["inbox", "--retry", str(update)]) == 1
    assert unanswered(settings) == []


async def test_a_start_goes_on_with_what_was_claimed_and_with_what_was_under_work(database_url: str) -> None:
    """As after kill -9: rows are there, the process is not."""
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        database = Database.open(database_url)
        rows = Inbox(database, Seal(settings.secret()))
        said = [(1, ALICE, "one"), (2, ALICE, "two"), (3, BOB, "three")]
        await rows.claim([Arrival(number, chat, Heard(chat, text=text).to_bytes()) for number, chat, text in said])
        await rows.take(1)
        database.close()
        assert unanswered(settings).count(WORKING) == 1
        dialogue = ScriptedDialogue()
        async with running(build_application(settings, dialogue, sorry)):
            await api.wait_for(ALICE, 2)
            await api.wait_for(BOB, 1)
    assert api.texts(ALICE) == ["answer to one", "answer to two"]
    assert len(dialogue.turns) == 3


async def test_what_ends_the_process_each_time_is_parked_in_the_end(database_url: str) -> None:
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        database = Database.open(database_url)
        rows = Inbox(database, Seal(settings.secret()))
        await rows.claim([Arrival(1, ALICE, Heard(ALICE, "bn", text="poison").to_bytes())])
        for _ in range(workers.UNENDED):
            await rows.take(1)
        database.close()
        dialogue = ScriptedDialogue()
        async with running(build_application(settings, dialogue, sorry)):
            await api.wait_for(ALICE, 1)
    assert api.texts(ALICE) == ["sorry (bn)"]
    assert dialogue.turns == []
    assert unanswered(settings) == [PARKED]


async def test_who_only_waits_while_the_process_is_killed_again_and_again_is_answered(database_url: str) -> None:
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        database = Database.open(database_url)
        rows = Inbox(database, Seal(settings.secret()))
        await rows.claim([Arrival(1, ALICE, Heard(ALICE, text="hello").to_bytes())])
        for _ in range(workers.UNENDED - 1):
            await rows.take(1)
        database.close()
        async with running(build_application(settings, ScriptedDialogue(), sorry)):
            await api.wait_for(ALICE, 1)
    assert api.texts(ALICE) == ["answer to hello"]


async def test_stopped_in_the_middle_it_goes_on_at_the_next_start(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "GRACE", 0.05)
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("one")
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, dialogue, sorry)):
            for text in ("one", "two"):
                api.say(ALICE, text)
            assert await dialogue.until(lambda: dialogue.turns)
        assert api.texts(ALICE) == []
        gate.set()
        async with running(build_application(settings, dialogue, sorry)):
            await api.wait_for(ALICE, 2)
    assert api.texts(ALICE) == ["answer to one", "answer to two"]


async def test_an_update_repeated_after_a_restart_is_known(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, dialogue, sorry)):
            update = api.say(ALICE, "once")
            await api.wait_for(ALICE, 1)
        async with running(build_application(settings, dialogue, sorry)):
            api.repeat(update)
            api.say(ALICE, "then")
            await api.wait_for(ALICE, 2)
    assert dialogue.heard() == ["once", "then"]


async def test_an_unreadable_update_costs_itself_only(caplog: pytest.LogCaptureFixture) -> None:
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.post("message", {"text": "secret words", "chat": "nonsense"})
        api.post("callback_query", {"id": 5})
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)
        polls = api.count("getUpdates")
    assert dialogue.heard() == ["hello"]
    assert polls < 6
    assert "an update cannot be read" in caplog.text
    assert "secret words" not in caplog.text


async def test_after_the_deletion_nothing_of_the_chat_is_left(database_url: str) -> None:
    farewell = Reply("all is deleted", custom={"forget": True})
    dialogue = ScriptedDialogue({"one": ValueError("parked"), "/delete_my_data": [farewell]})
    async with FakeBotApi() as api:
        settings = settings_for(api, database_url=database_url)
        async with running(build_application(settings, dialogue, sorry)):
            api.say(ALICE, "one")
            api.say(BOB, "hello")
            await api.wait_for(ALICE, 1)
            await api.wait_for(BOB, 1)
            api.say(ALICE, "/delete")
            await api.wait_for(ALICE, 2)
        name = Seal(settings.secret()).chat(ALICE)
        assert api.texts(ALICE) == ["sorry (en)", "all is deleted"]
        assert [row.chat for row in stored(settings, inbox)] == ["", "", ""]
        assert len(stored(settings, outbox)) == 1
        assert name not in {row.chat for row in stored(settings, outbox)}


async def test_a_changed_secret_is_told_or_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "GRACE", 0.05)
    dialogue = ScriptedDialogue()
    dialogue.hold("one")
    newer = "another secret of the test installation, long enough"
    async with FakeBotApi() as api:
        old = settings_for(api)
        async with running(build_application(old, dialogue, sorry)):
            api.say(ALICE, "one")
            assert await dialogue.until(lambda: dialogue.turns)
        dialogue.hold("one").set()
        with pytest.raises(GatewayError, match="ADVISOR_SECRET_OLD"):
            async with running(build_application(settings_for(api, advisor_secret=newer), dialogue, sorry)):
                pass
        both = settings_for(api, advisor_secret=newer, advisor_secret_old=old.advisor_secret)
        async with running(build_application(both, dialogue, sorry)):
            await api.wait_for(ALICE, 1)


async def test_two_gateways_on_one_database_are_refused(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.store import database as database_module

    monkeypatch.setattr(database_module, "LEASE_PATIENCE", 0.1)
    caplog.set_level(logging.ERROR)
    async with gateway(ScriptedDialogue(), database_url=database_url) as api:
        with pytest.raises(GatewayError, match="another gateway serves"):
            async with running(
                build_application(settings_for(api, database_url=database_url), ScriptedDialogue(), sorry)
            ):
                pass
        api.say(ALICE, "hello")
        await api.wait_for(ALICE, 1)


async def test_what_is_heard_survives_being_kept() -> None:
    heard = Heard(ALICE, "ne", text="half a character \ud800, नमस्ते", pressed=7, profile={"origin": "NP"}, remove=9)
    assert Heard.from_bytes(heard.to_bytes()) == heard
    kept = {"chat_id", "locale", "text", "payload", "pressed", "profile", "edited", "remove", "desk"}
    assert set(json.loads(heard.to_bytes())) == kept, "no names"
    assert "नमस्ते" not in repr(heard)
    assert answering.LONGEST_TURN > 0
