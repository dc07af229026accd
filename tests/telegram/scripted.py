"""A scripted dialogue, and the real gateway running between it and the fake Bot API::

async with gateway(ScriptedDialogue()) as api:
    api.say(ALICE, "hello")
    [reply] = await api.wait_for(ALICE, 1)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fake_bot_api import TOKEN, FakeBotApi, Watched

from bot.dialogue import Reply, Turn
from bot.settings import Settings
from bot.store import Database
from bot.telegram import build_application, running

SECRET = "a secret of the test installation, long enough"
ALICE, BOB = 7100000001, 7100000002


def sorry(locale: str | None) -> Reply:
    return Reply(f"sorry ({locale})")


def settings_for(api: FakeBotApi, **others: Any) -> Settings:
    known = {"telegram_bot_token": TOKEN, "telegram_api_base": api.base, "advisor_secret": SECRET}
    return Settings(**{**known, **others})


@asynccontextmanager
async def gateway(dialogue: ScriptedDialogue, **others: Any) -> AsyncIterator[FakeBotApi]:
    """The real application, polling a fake server; after the body it finishes its turns, as at SIGTERM."""
    async with FakeBotApi() as api, running(build_application(settings_for(api, **others), dialogue, sorry)):
        yield api


def stored(settings: Settings, table: Any) -> list[Any]:
    """All rows of a table, as an operator could look at them while the gateway runs."""
    database = Database.open(settings.database())
    try:
        return database.run_now(lambda connection: connection.execute(table.select()).all())
    finally:
        database.close()


class ScriptedDialogue(Watched):
    """Answers from a table of messages (an exception is raised); anything else is echoed.

    A message with a gate (``hold``) is answered once the gate is set.
    """

    def __init__(self, answers: Mapping[str, list[Reply] | Exception] | None = None) -> None:
        super().__init__()
        self.answers = dict(answers or {})
        self.turns: list[Turn] = []
        self._gates: dict[str, asyncio.Event] = {}

    def hold(self, message: str) -> asyncio.Event:
        return self._gates.setdefault(message, asyncio.Event())

    def heard(self) -> list[str]:
        return [turn.message for turn in self.turns]

    async def send(self, turn: Turn) -> list[Reply]:
        self.turns.append(turn)
        self.changed()
        if turn.message in self._gates:
            await self._gates[turn.message].wait()
        answer = self.answers.get(turn.message, [Reply(f"answer to {turn.message}")])
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        """Nothing to let go of."""
