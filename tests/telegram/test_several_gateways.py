"""Two gateways, one PostgreSQL and one Redis, all real: each message is answered once, each chat in order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fake_bot_api import FakeBotApi
from scripted import ALICE, ScriptedDialogue, settings_for, sorry
from test_webhook import RIGHT, TOLD, URL

from bot.telegram import build_application, holds, running, stand_ins
from tests.databases import Postgres, RedisServer, redis_server

pytestmark = pytest.mark.asyncio
CHATS = range(ALICE, ALICE + 6)


@pytest.fixture(autouse=True)
def nobody_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is."""
    monkeypatch.setattr(stand_ins, "PATIENCE", 60.0)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path) as server:
        yield server


class Pair:
    """``deliver`` hands an update of the fake server to one of the two, as a load balancer would."""

    def __init__(self, api: FakeBotApi, clients: list[httpx.AsyncClient]) -> None:
        self.api, self._clients = api, clients

    async def deliver(self, to: int, chat: int, text: str) -> None:
        update = self.api._history[self.api.say(chat, text)]
        answer = await self._clients[to].post("/telegram/hook", content=json.dumps(update), headers=RIGHT)
        assert answer.status_code == 200


@asynccontextmanager
async def pair(postgres: Postgres, redis: RedisServer, *dialogues: ScriptedDialogue) -> AsyncIterator[Pair]:
    url = postgres.fresh()
    async with FakeBotApi() as api, AsyncExitStack() as stack:
        clients = []
        for dialogue in dialogues:
            settings = settings_for(
                api,
                database_url=url,
                redis_url=redis.url,
                telegram_webhook_url=URL,
                telegram_webhook_secret=TOLD,
                advisor_listen="127.0.0.1:0",
            )
            gateway = await stack.enter_async_context(running(build_application(settings, dialogue, sorry)))
            assert gateway.web is not None
            clients.append(await stack.enter_async_context(httpx.AsyncClient(base_url=gateway.web.address)))
        yield Pair(api, clients)


async def test_a_chat_stays_in_order_though_its_messages_come_to_both(postgres: Postgres, redis: RedisServer) -> None:
    first, second = ScriptedDialogue(), ScriptedDialogue()
    async with pair(postgres, redis, first, second) as two:
        for number in range(6):
            for chat in CHATS:
                await two.deliver(number % 2, chat, f"question {number}")
        for chat in CHATS:
            await two.api.wait_for(chat, 6)
    expected = [f"answer to question {number}" for number in range(6)]
    assert {chat: two.api.texts(chat) for chat in CHATS} == dict.fromkeys(CHATS, expected)
    assert min(len(first.turns), len(second.turns)) > 0, "both have worked"
    assert len(first.turns) + len(second.turns) == 6 * len(CHATS), "no message twice"


async def test_one_does_not_answer_what_the_other_is_still_answering(postgres: Postgres, redis: RedisServer) -> None:
    first, second = ScriptedDialogue(), ScriptedDialogue()
    gate = first.hold("one")
    async with pair(postgres, redis, first, second) as two:
        await two.deliver(0, ALICE, "one")
        assert await first.until(lambda: first.turns)
        await two.deliver(1, ALICE, "two")
        await two.deliver(1, ALICE + 1, "somebody else")
        await two.api.wait_for(ALICE + 1, 1)
        assert "two" not in second.heard()
        gate.set()
        await two.api.wait_for(ALICE, 2)
    assert two.api.texts(ALICE) == ["answer to one", "answer to two"]


async def test_the_order_does_not_hang_on_redis(
    postgres: Postgres, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if it forgot each hold at once: what one gateway answers, and what comes after it, is left to that one."""

    @asynccontextmanager
    async def forgotten(self: holds.Shared, name: str) -> AsyncIterator[None]:
        yield

    monkeypatch.setattr(holds.Shared, "of", forgotten)
    first, second = ScriptedDialogue(), ScriptedDialogue()
    gate = first.hold("one")
    async with pair(postgres, redis, first, second) as two:
        await two.deliver(0, ALICE, "one")
        assert await first.until(lambda: first.turns)
        await two.deliver(1, ALICE, "two")
        await two.deliver(0, ALICE, "three")
        await two.deliver(1, ALICE + 1, "somebody else")
        await two.api.wait_for(ALICE + 1, 1)
        assert second.heard() == ["somebody else"]
        gate.set()
        assert await two.api.until(lambda: "answer to three" in two.api.texts(ALICE))
    assert [text for text in two.api.texts(ALICE) if text.startswith("answer")] == [
        "answer to one",
        "answer to two",
        "answer to three",
    ]
    assert sorted(first.heard() + second.heard()) == ["one", "somebody else", "three", "two"], "no message twice"


async def test_without_redis_they_go_on(postgres: Postgres, redis: RedisServer) -> None:
    async with pair(postgres, redis, ScriptedDialogue(), ScriptedDialogue()) as two:
        redis.kill()
        await two.deliver(0, ALICE, "one")
        await two.api.wait_for(ALICE, 1)
        redis.start()
        await two.deliver(1, ALICE, "two")
        await two.api.wait_for(ALICE, 2)
    assert two.api.texts(ALICE) == ["answer to one", "answer to two"]


async def test_the_hold_of_one_that_died_ends_by_itself(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "LASTS", 0.3)
    dead, alive = holds.Shared(redis.url), holds.Shared(redis.url)
    held = dead.of("a chat")
    with monkeypatch.context() as patch:
        patch.setattr(holds, "RENEWED", 60.0)  # it renews no more
        await held.__aenter__()
    entered = asyncio.Event()

    async def enter() -> None:
        async with alive.of("a chat"):
            entered.set()

    waiting = asyncio.create_task(enter())
    await asyncio.sleep(0.1)
    assert not entered.is_set()
    await asyncio.wait_for(waiting, 5)
    await held.__aexit__(None, None, None)
    for each in (dead, alive):
        await each.close()
