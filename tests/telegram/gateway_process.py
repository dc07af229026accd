"""A gateway in a process of its own, to be killed: settings from the environment, a scripted dialogue that echoes."""

from __future__ import annotations

import asyncio
import os

from bot.dialogue import Reply, Turn
from bot.settings import read_settings
from bot.telegram import serve

SECONDS = float(os.environ.get("SCRIPTED_SECONDS", "0.02"))


class Echo:
    """Takes a moment, as understanding does."""

    async def send(self, turn: Turn) -> list[Reply]:
        await asyncio.sleep(SECONDS)
        return [Reply(f"answer to {turn.message}")]

    async def close(self) -> None:
        """Nothing to let go of."""


if __name__ == "__main__":
    asyncio.run(serve(read_settings(), Echo(), lambda locale: Reply("sorry")))
