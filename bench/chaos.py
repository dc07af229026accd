"""Parts of a whole installation killed without warning under load: `python -m bench.chaos [postgres|redis|rasa]…`

* postgres: one gateway polls, 200 chats × 10 messages at 50 a second; PostgreSQL is killed five times.
* redis: two gateways behind a webhook, the same load; Redis is killed five times.
* rasa: two gateways with a Rasa server each, on one PostgreSQL and one Redis; the servers are killed ten times in turn.

In the first two the dialogue is scripted and takes 20 ms, and Telegram's limit of 30 messages a second is lifted; in
the last everything is real but Telegram.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import httpx

from bot.dialogue.remote import RemoteDialogue
from bot.training import model_to_use
from tests.databases import Postgres, RedisServer, postgres_server, redis_server
from translations.localizer import Localizer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "telegram"))

from fake_bot_api import FakeBotApi
from killing import REAL, ROOT, SCRIPTED, SECRET, GatewayProcess, Outcome, all_answered, outcome, quiet

CHATS, MESSAGES, PER_SECOND = 200, 10, 50.0
FIRST_CHAT = 7_100_000_001
HOOK_SECRET = "a-secret-for-the-webhook"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}
FAST = {"TELEGRAM_PER_SECOND": "100000"}
TOPICS = ("ask_fees", "ask_contract", "ask_passport", "ask_wages", "ask_documents", "ask_insurance", "ask_medical",
          "ask_leave", "ask_union", "ask_return")  # fmt: skip


class Hooked:
    """Delivers what people do to the gateways in turn, and again until one takes it, as Telegram does."""

    def __init__(self, api: FakeBotApi, ports: list[int]) -> None:
        self._api, self._ports = api, ports
        self._client = httpx.AsyncClient(timeout=10)
        self._tasks: list[asyncio.Task[None]] = []

    def deliver(self, update_id: int) -> None:
        self._tasks.append(asyncio.create_task(self._until_taken(update_id)))

    async def _until_taken(self, update_id: int) -> None:
        body = json.dumps(self._api._history[update_id])
        turn = update_id
        while True:
            port = self._ports[turn % len(self._ports)]
            try:
                answer = await self._client.post(f"http://127.0.0.1:{port}/hook", content=body, headers=HEADER)
                if answer.status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            turn += 1
            await asyncio.sleep(0.3)

    async def close(self) -> None:
        await asyncio.gather(*self._tasks)
        await self._client.aclose()


def gateways(api: FakeBotApi, url: str, redis: RedisServer, command: tuple[str, ...], *others: dict[str, str]):  # type: ignore[no-untyped-def]
    """Two behind a webhook, and their ports."""
    ports = [free_port() for _ in others]
    started = []
    for port, other in zip(ports, others, strict=True):
        hook = {
            "TELEGRAM_WEBHOOK_URL": "https://advisor.example/hook",
            "TELEGRAM_WEBHOOK_SECRET": HOOK_SECRET,
            "ADVISOR_LISTEN": f"127.0.0.1:{port}",
            "REDIS_URL": redis.url,
        }
        process = GatewayProcess(api, url, command, **{**FAST, **hook, **other})
        process.start()
        started.append(process)
    return started, ports


async def are_ready(ports: list[int], patience: float = 120) -> None:
    deadline = time.monotonic() + patience
    async with httpx.AsyncClient() as client:
        for port in ports:
            while True:
                try:
                    if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                assert time.monotonic() < deadline, "a gateway does not start"
                await asyncio.sleep(0.1)


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


class RasaServers:
    """Two, with one action server; ``kill`` takes one without warning and starts it again."""

    def __init__(self, url: str, redis: RedisServer, folder: Path) -> None:
        actions = free_port()
        self.ports = [free_port(), free_port()]
        endpoints = folder / "endpoints.yml"
        shipped = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
        endpoints.write_text(shipped.replace("127.0.0.1:5055", f"127.0.0.1:{actions}"), encoding="utf-8")
        self._model, self._endpoints, self._log = model_to_use(), endpoints, (folder / "log").open("wb")
        self._environment = {
            **os.environ,
            "DATABASE_URL": url,
            "REDIS_URL": redis.url,
            "ADVISOR_SECRET": SECRET,
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }
        self._actions = self._run("run", "actions", "--actions", "actions", "--port", str(actions))
        self._servers = [self._serve(port) for port in self.ports]

    def _serve(self, port: int) -> subprocess.Popen[bytes]:
        return self._run(
            "run", "--model", str(self._model), "--endpoints", str(self._endpoints), "--credentials", "credentials.yml",
            "--interface", "127.0.0.1", "--port", str(port),
        )  # fmt: skip

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [str(Path(sys.executable).with_name("rasa")), *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=self._log, stderr=self._log)

    def addresses(self) -> list[dict[str, str]]:
        return [{"RASA_URL": f"http://127.0.0.1:{port}"} for port in self.ports]

    def kill(self, which: int) -> None:
        self._servers[which].kill()
        self._servers[which].wait()
        self._servers[which] = self._serve(self.ports[which])

    async def are_up(self, which: tuple[int, ...] = (0, 1)) -> None:
        for number in which:
            dialogue = RemoteDialogue(f"http://127.0.0.1:{self.ports[number]}")
            while not await dialogue.answers():
                await asyncio.sleep(0.5)
            await dialogue.close()

    def close(self) -> None:
        for process in (*self._servers, self._actions):
            process.kill()
            process.wait()
        self._log.close()


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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["postgres", "redis", "rasa", []], default=[])
    parser.add_argument("--kills", type=int, default=10, help="of Rasa")
    parser.add_argument("--redis-kills", type=int, default=5)
    parser.add_argument("--chats", type=int, default=50, help="that talk to Rasa")
    options = parser.parse_args()
    wanted = options.what or ["postgres", "redis", "rasa"]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rd")))
        postgres = stack.enter_context(postgres_server(durable=True))
        redis = stack.enter_context(redis_server(folder))
        if "postgres" in wanted:
            asyncio.run(postgres_killed(postgres))
        if "redis" in wanted:
            asyncio.run(redis_killed(postgres, redis, options.redis_kills))
        if "rasa" in wanted:
            asyncio.run(rasa_killed(postgres, redis, options.kills, options.chats))


if __name__ == "__main__":
    main()
