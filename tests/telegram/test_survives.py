"""kill -9 in the middle of it all: nothing is lost, nothing is shown twice."""

from __future__ import annotations

import random

import pytest
from fake_bot_api import FakeBotApi
from killing import GatewayProcess, all_answered, outcome, quiet

pytestmark = pytest.mark.asyncio
CHATS = range(7100000001, 7100000021)
ROUNDS = 3


async def test_killed_in_the_middle_nothing_is_lost_and_nothing_shown_twice(
    database_url: str,
) -> None:
    chance = random.Random(6)
    asked: dict[int, list[str]] = {chat: [] for chat in CHATS}

    def ask(round_: int) -> None:
        for chat in CHATS:
            asked[chat].append(f"question {round_} of chat {chat}")
            api.say(chat, asked[chat][-1])

    async with FakeBotApi() as api:
        process = GatewayProcess(api, database_url)
        process.start()
        await process.is_up()
        for round_ in range(ROUNDS):
            ask(round_)
            sent = api.count("sendMessage")
            some = chance.randrange(1, len(CHATS))
            assert await api.until(lambda sent=sent, some=some: api.count("sendMessage") >= sent + some, timeout=60)
            process.kill()
            process.start()
        assert await all_answered(api, asked, CHATS, timeout=90)
        await quiet(api)
        await process.stop()
    found = outcome(api, asked)
    assert found.lost == 0
    assert found.unordered == 0
    assert found.twice == 0
