"""The advisor in a process of its own: whole answers come back, and its end ends nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.dialogue import Button, DialogueUnavailable, Reply, Turn
from bot.dialogue import child as child_module
from bot.dialogue.child import ChildDialogue
from bot.store.conversations import NOTHING, State
from tests.obedient_child import OBEDIENT, PICTURE

pytestmark = pytest.mark.asyncio

A_WHILE = 20


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "PAUSES", (0.0, 0.01))
    root = Path(__file__).resolve().parents[3]
    monkeypatch.setenv("PYTHONPATH", str(root))


class Keeper:
    """Of the last turn only; ``before`` it, so that a turn can be asked again. ``is_away``: the database."""

    def __init__(self) -> None:
        self.after: dict[str, State] = {}
        self.is_away = False

    async def load(self, sender: str, turn: int | None) -> State:
        if self.is_away:
            raise OperationalError("SELECT", {}, Exception())
        return self.after.get(sender, NOTHING)

    async def save(self, sender: str, turn: int | None, state: State) -> None:
        self.after[sender] = state


@asynccontextmanager
async def obedient(keeper: Keeper | None = None, command: tuple[str, ...] = OBEDIENT) -> AsyncIterator[ChildDialogue]:
    dialogue = ChildDialogue(keeper or Keeper(), command)
    dialogue.begin()
    try:
        await told(dialogue, "hello", sender="somebody")
        yield dialogue
    finally:
        await dialogue.close()


async def told(dialogue: ChildDialogue, text: str, sender: str = "one", number: int | None = None) -> list[Reply]:
    """Asked again until there is a child."""
    deadline = time.monotonic() + A_WHILE
    while True:
        try:
            return await dialogue.send(Turn(sender, text=text, number=number))
        except DialogueUnavailable as failure:
            if not failure.away or time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.02)


def plain(text: str) -> Reply:
    return Reply(text, [], {"question": None})


async def until_gone(process: int) -> bool:
    deadline = time.monotonic() + A_WHILE
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        await asyncio.sleep(0.02)
    return False


async def test_a_reply_comes_back_with_all_there_is_to_it() -> None:
    async with obedient() as dialogue:
        replies = await told(dialogue, "picture")
    assert replies == [Reply("नमस्ते", [Button("a", "/b")], {"trace": {"x": 1}}, PICTURE, True), plain("two")]


async def test_what_is_known_stays_with_the_keeper() -> None:
    keeper = Keeper()
    async with obedient(keeper) as dialogue:
        await told(dialogue, "first", number=1)
        assert keeper.after["one"] == State({"said": ["first"]}, {})
        keeper.after["one"] = State({"said": ["changed"]}, {})
        assert await told(dialogue, "second", number=2) == [plain("changed | second")]
        assert await told(dialogue, "second", sender="two", number=2) == [plain("second")]


async def test_turns_of_one_person_are_answered_in_order_and_those_of_others_meanwhile() -> None:
    async with obedient() as dialogue:
        ended: list[str] = []

        async def ask(text: str, sender: str) -> None:
            ended.append((await told(dialogue, text, sender))[0].text)

        await asyncio.gather(ask("wait", "one"), ask("then", "one"), ask("meanwhile", "two"))
    assert ended == ["meanwhile", "wait", "wait | then"]


async def test_nobody_is_answered_before_it_is_there() -> None:
    dialogue = ChildDialogue(Keeper(), OBEDIENT)
    with pytest.raises(DialogueUnavailable) as failure:
        await dialogue.send(Turn("one", text="hello"))
    assert failure.value.away
    await dialogue.close()


async def test_a_turn_without_an_answer_is_no_other_turns_fault(capfd: pytest.CaptureFixture[str]) -> None:
    async with obedient() as dialogue:
        for text in ("refuse secret words", "break secret words"):
            with pytest.raises(DialogueUnavailable) as failure:
                await told(dialogue, text)
            assert not failure.value.away
        assert await told(dialogue, "hello", sender="two") == [plain("hello")]
    printed = "".join(capfd.readouterr())
    assert "KeyError at obedient_child.py" in printed
    assert "secret words" not in printed


async def test_when_it_is_killed_the_next_one_answers() -> None:
    async with obedient() as dialogue:
        first = int((await told(dialogue, "process"))[0].text)
        waiting = asyncio.create_task(dialogue.send(Turn("two", text="wait")))
        await asyncio.sleep(0.05)
        os.kill(first, signal.SIGKILL)
        with pytest.raises(DialogueUnavailable) as failure:
            await waiting
        assert not failure.value.away, "it may have been this turn"
        assert int((await told(dialogue, "process"))[0].text) != first


async def test_of_turns_that_were_under_way_when_it_died_the_harmless_are_answered() -> None:
    """However often the one that ends it is tried again together with them."""
    async with obedient() as dialogue:
        answered: set[str] = set()

        async def insist(text: str, sender: str) -> None:
            for _ in range(4):
                try:
                    await told(dialogue, text, sender)
                    answered.add(sender)
                    return
                except DialogueUnavailable:
                    await asyncio.sleep(0.1)

        await asyncio.gather(*(insist("wait", f"harmless {number}") for number in range(4)), insist("die", "fatal"))
    assert answered == {f"harmless {number}" for number in range(4)}


async def test_one_that_says_nothing_any_more_is_ended_and_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "PATIENCE", 0.5)
    async with obedient() as dialogue:
        first = int((await told(dialogue, "process"))[0].text)
        with pytest.raises(DialogueUnavailable):
            await told(dialogue, "hang")
        assert await until_gone(first)
        assert int((await told(dialogue, "process"))[0].text) != first


async def test_one_that_has_nothing_to_do_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "PATIENCE", 0.1)
    async with obedient() as dialogue:
        first = await told(dialogue, "process")
        await asyncio.sleep(0.5)
        assert await told(dialogue, "process") == first


async def test_one_that_does_not_start_is_tried_again(tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    once = f"import sys, runpy; tries = open({str(tries)!r}, 'a+'); tries.write('x'); tries.seek(0)\n"
    once += "len(tries.read()) < 3 and sys.exit(1); tries.close()\n"
    once += f"runpy.run_path({OBEDIENT[1]!r}, run_name='__main__')"
    async with obedient(command=(sys.executable, "-c", once)) as dialogue:
        assert await told(dialogue, "hello") == [plain("hello")]
    assert tries.read_text() == "xxx"


async def test_while_the_database_is_away_nobody_is_answered() -> None:
    keeper = Keeper()
    async with obedient(keeper) as dialogue:
        keeper.is_away = True
        with pytest.raises(DialogueUnavailable) as failure:
            await dialogue.send(Turn("one", text="hello"))
        assert failure.value.away
        keeper.is_away = False
        assert await told(dialogue, "hello") == [plain("hello")]


async def test_it_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ("TELEGRAM_BOT_TOKEN", "ADVISOR_SECRET", "ADVISOR_SECRET_OLD", "DATABASE_URL", "REDIS_URL")
    for name in (*secrets, "ADVISOR_DESKS"):
        monkeypatch.setenv(name, "x")
    async with obedient() as dialogue:
        names = (await told(dialogue, "environment"))[0].text.split()
    assert not set(secrets) & set(names)
    assert "ADVISOR_DESKS" in names, "which desks there are, it must know"


async def test_it_ends_with_whoever_started_it() -> None:
    parent = f"""
import asyncio, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_child import obedient, told

async def main():
    async with obedient() as dialogue:
        print((await told(dialogue, "process"))[0].text, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = await asyncio.get_running_loop().run_in_executor(None, process.stdout.readline)
        process.kill()
    assert await until_gone(int(line))
