"""Parts of a whole installation killed without warning under load: `python -m bench.chaos [WHAT]…`

* postgres: one gateway polls, 200 chats × 10 messages at 50 a second; PostgreSQL is killed five times.
* telegram: one gateway polls, the same load; to one message in ten and one poll in ten Telegram answers 429, 500,
  nonsense, slowly, or breaks the connection before or after it has taken the message; one update in twenty is handed
  out a second time, and each batch of updates comes shuffled.
* redis: two gateways behind a webhook, the same load; Redis is killed five times.
* rasa: two gateways with a Rasa server each, on one PostgreSQL and one Redis; the servers are killed ten times in turn.

In all but the last the dialogue is scripted and takes 20 ms, and Telegram's limit of 30 messages a second is lifted; in
the last everything is real but Telegram.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.installation import FAST, Hooked, RasaServers, are_ready, gateways
from tests.databases import Postgres, RedisServer, postgres_server, redis_server, sqlite_in
from translations.localizer import Localizer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "telegram"))

from fake_bot_api import FakeBotApi, Fault
from killing import REAL, SCRIPTED, GatewayProcess, Outcome, all_answered, outcome, quiet

CHATS, MESSAGES, PER_SECOND = 200, 10, 50.0
FIRST_CHAT = 7_100_000_001
TOPICS = ("ask_fees", "ask_contract", "ask_passport", "ask_wages", "ask_documents", "ask_insurance", "ask_medical",
          "ask_leave", "ask_union", "ask_return")  # fmt: skip


async def echoed_load(
    api: FakeBotApi, ask: Callable[[int, str], None], chaos: Awaitable[None]
) -> tuple[Outcome, float]:
    asked: dict[int, list[str]] = {FIRST_CHAT + number: [] for number in range(CHATS)}
    going_wrong = asyncio.ensure_future(chaos)
    begun = time.monotonic()
    for number in range(CHATS * MESSAGES):
        await asyncio.sleep(max(0.0, begun + number / PER_SECOND - time.monotonic()))
        chat = FIRST_CHAT + number % CHATS
        asked[chat].append(f"question {number}")
        ask(chat, asked[chat][-1])
    await going_wrong
    whole = await all_answered(api, asked, asked, timeout=180)
    took = time.monotonic() - begun
    await quiet(api)
    return outcome(api, asked), took if whole else float("inf")


async def killed_now_and_then(server: Postgres | RedisServer, times: int, down: float) -> None:
    chance = random.Random(times)
    for _ in range(times):
        await asyncio.sleep(chance.uniform(3, 8))
        server.kill()
        await asyncio.sleep(down)
        await asyncio.get_running_loop().run_in_executor(None, server.start)


async def postgres_killed(postgres: Postgres) -> None:
    async with FakeBotApi() as api:
        process = GatewayProcess(api, postgres.fresh(), SCRIPTED, **FAST)
        process.start()
        await process.is_up()
        found, took = await echoed_load(api, api.say, killed_now_and_then(postgres, 5, 1.0))
        await process.stop()
    tell("PostgreSQL killed 5 times", found, took, api)


class Unreliable(FakeBotApi):
    """Fails at one call in ten of those that matter."""

    FAULTS = (
        {"status": 429, "retry_after": 1}, {"status": 500}, {"delay": 2.0}, {"body": "<html>nonsense</html>"},
        {"drop": "request"}, {"drop": "response"},
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._chance = random.Random(429)

    def _fault(self, method: str, parameters: Mapping[str, Any]) -> Fault:
        if method not in ("sendMessage", "getUpdates") or self._chance.random() >= 0.1:
            return Fault()
        return Fault(**self._chance.choice(self.FAULTS))  # type: ignore[arg-type]

    async def _get_updates(self, offset: int = 0, timeout: int = 0, limit: int = 100, **others: Any) -> list[Any]:
        batch = await super()._get_updates(offset, timeout, limit, **others)
        return self._chance.sample(batch, len(batch))


async def telegram_fails(url: str) -> None:
    chance = random.Random(429)
    async with Unreliable() as api:
        process = GatewayProcess(api, url, SCRIPTED, **FAST)
        process.start()
        await process.is_up()

        def ask(chat: int, text: str) -> None:
            update_id = api.say(chat, text)
            if chance.random() < 0.05:
                api.repeat(update_id)

        found, took = await echoed_load(api, ask, asyncio.sleep(0))
        await process.stop()
    tell("Telegram fails at one call in ten", found, took, api)


async def redis_killed(postgres: Postgres, redis: RedisServer, kills: int) -> None:
    async with FakeBotApi() as api:
        started, ports = gateways(api, postgres.fresh(), redis, SCRIPTED, {}, {})
        await are_ready(ports)
        hooked = Hooked(api, ports)

        def ask(chat: int, text: str) -> None:
            hooked.deliver(api.say(chat, text))

        found, took = await echoed_load(api, ask, killed_now_and_then(redis, kills, 1.0))
        await hooked.close()
        for process in started:
            await process.stop()
    tell(f"two gateways, Redis killed {kills} times", found, took, api)


def tell(name: str, found: Outcome, took: float, api: FakeBotApi) -> None:
    waiting = Localizer.of("en").text("away.wait")[:20]
    told = sum(message.text.startswith(waiting) for message in api._messages)
    print(
        f"{name}: {CHATS * MESSAGES} messages, lost {found.lost}, twice {found.twice}, chats out of order "
        f"{found.unordered}, {told} times told to wait, all answered after {took:.1f} s",
        flush=True,
    )


async def rasa_killed(postgres: Postgres, redis: RedisServer, kills: int, chats: int) -> None:
    url = postgres.fresh()
    with tempfile.TemporaryDirectory() as folder:
        servers = RasaServers(url, redis, Path(folder))
        try:
            await servers.are_up()
            await _rasa_killed(url, redis, servers, kills, chats)
        finally:
            servers.close()


async def _rasa_killed(url: str, redis: RedisServer, servers: RasaServers, kills: int, chats: int) -> None:
    """Each chat presses ten topics, each of which has an answer of its own."""
    async with FakeBotApi() as api:
        started, ports = gateways(api, url, redis, REAL, *servers.addresses())
        await are_ready(ports)
        hooked = Hooked(api, ports)
        begun, asked = time.monotonic(), 0

        async def chaos() -> None:
            chance = random.Random(kills)
            for number in range(kills):
                await asyncio.sleep(chance.uniform(1, 6))
                servers.kill(number % 2)
                await servers.are_up((number % 2,))

        going_wrong = asyncio.create_task(chaos())
        for topic in TOPICS:
            for number in range(chats):
                hooked.deliver(api.press_data(FIRST_CHAT + number, f"/{topic}", "en"))
                asked += 1
                await asyncio.sleep(0.12)
            while not going_wrong.done() and asked / (chats * len(TOPICS)) > (time.monotonic() - begun) / (18 * kills):
                await asyncio.sleep(0.2)
        await going_wrong
        speak = Localizer.of("en")
        openings = {topic: speak.text(f"topic.{topic}.advice")[:40] for topic in TOPICS}

        def counts(chat: int) -> dict[str, int]:
            texts = api.texts(chat)
            return {topic: sum(opening in text for text in texts) for topic, opening in openings.items()}

        deadline = time.monotonic() + 180
        everybody = range(FIRST_CHAT, FIRST_CHAT + chats)
        while time.monotonic() < deadline and not all(all(counts(chat).values()) for chat in everybody):
            await asyncio.sleep(0.5)
        took = time.monotonic() - begun
        await quiet(api)
        await hooked.close()
        for process in started:
            await process.stop()
        found = [count for chat in everybody for count in counts(chat).values()]
        waits = sum(text.startswith(speak.text("away.wait")[:20]) for chat in everybody for text in api.texts(chat))
    print(
        f"Rasa killed {kills} times: {asked} questions, lost {found.count(0)}, twice {sum(n > 1 for n in found)}, "
        f"{waits} times told to wait, all answered after {took:.0f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["postgres", "telegram", "redis", "rasa", []], default=[])
    parser.add_argument("--kills", type=int, default=10, help="of Rasa")
    parser.add_argument("--redis-kills", type=int, default=5)
    parser.add_argument("--chats", type=int, default=50, help="that talk to Rasa")
    options = parser.parse_args()
    wanted = options.what or ["postgres", "telegram", "redis", "rasa"]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rd")))
        postgres = stack.enter_context(postgres_server(durable=True))
        redis = stack.enter_context(redis_server(folder))
        if "postgres" in wanted:
            asyncio.run(postgres_killed(postgres))
        if "telegram" in wanted:
            asyncio.run(telegram_fails(sqlite_in(folder)))
        if "redis" in wanted:
            asyncio.run(redis_killed(postgres, redis, options.redis_kills))
        if "rasa" in wanted:
            asyncio.run(rasa_killed(postgres, redis, options.kills, options.chats))


if __name__ == "__main__":
    main()
