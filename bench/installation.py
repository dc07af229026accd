"""A whole installation on this machine, parts of which can be killed: gateways behind a webhook, Rasa servers."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from bot.dialogue.remote import RemoteDialogue
from bot.training import model_to_use
from tests.databases import RedisServer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "telegram"))

from fake_bot_api import FakeBotApi
from killing import ROOT, SECRET, GatewayProcess

HOOK_SECRET = "a-secret-for-the-webhook"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}
FAST = {"TELEGRAM_PER_SECOND": "100000"}


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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
