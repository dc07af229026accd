"""Starts a gateway process, kills it without warning, starts it again; and counts what people got."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fake_bot_api import TOKEN, FakeBotApi

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret of the test installation, long enough"


SCRIPTED = (str(Path(__file__).with_name("gateway_process.py")),)
REAL = ("-m", "bot.cli.main", "run")


class GatewayProcess:
    """Polls ``api``, keeps its database at ``url``. ``command``: what python runs, SCRIPTED or REAL."""

    def __init__(self, api: FakeBotApi, url: str, command: Sequence[str] = SCRIPTED, **environment: str) -> None:
        told = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": api.base, "DATABASE_URL": url}
        paths = os.pathsep.join([str(ROOT), *sys.path])
        self._environment = {**os.environ, **told, "ADVISOR_SECRET": SECRET, "PYTHONPATH": paths, **environment}
        self._api, self._command = api, command
        self._process: subprocess.Popen[bytes] | None = None
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the process may be started again)

    def start(self) -> None:
        command = [sys.executable, *self._command]
        self._process = subprocess.Popen(command, env=self._environment, cwd=ROOT, stderr=self._told)

    async def is_up(self) -> None:
        polls = self._api.count("getUpdates")
        assert await self._api.until(lambda: self._api.count("getUpdates") > polls, timeout=30)

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    async def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        await asyncio.get_running_loop().run_in_executor(None, self._process.wait, 30)

    def told(self) -> str:
        """What it wrote on stderr, all starts together."""
        self._told.seek(0)
        return self._told.read().decode()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


@dataclass(frozen=True)
class Outcome:
    """``twice``: answers that arrived more than once. ``unordered``: chats whose answers came in another order.

    What else people were told, such as that they have to wait, is left out of account.
    """

    lost: int
    twice: int
    unordered: int


def outcome(api: FakeBotApi, asked: dict[int, list[str]]) -> Outcome:
    lost = twice = unordered = 0
    for chat, texts in asked.items():
        expected = [f"answer to {text}" for text in texts]
        got = Counter(api.texts(chat))
        lost += sum(got[text] == 0 for text in expected)
        twice += sum(got[text] > 1 for text in expected)
        first_seen = [text for text in dict.fromkeys(api.texts(chat)) if text in expected]
        unordered += first_seen != [text for text in expected if got[text]]
    return Outcome(lost, twice, unordered)


async def all_answered(api: FakeBotApi, asked: dict[int, list[str]], chats: Iterable[int], timeout: float) -> bool:
    """Looks now and then: to look at every change would take longer than what is looked at."""
    deadline = time.monotonic() + timeout
    left = set(chats)
    while left and time.monotonic() < deadline:
        left = {chat for chat in left if len(set(api.texts(chat))) < len(asked[chat])}
        await asyncio.sleep(0.2)
    return not left


async def quiet(api: FakeBotApi, seconds: float = 0.5) -> None:
    """Until nothing more is sent: a second copy would come late."""
    while True:
        before = api.count("sendMessage")
        await asyncio.sleep(seconds)
        if api.count("sendMessage") == before:
            return
