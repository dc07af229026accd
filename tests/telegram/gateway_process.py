"""A gateway in a process of its own, to be killed: settings from the environment, a scripted dialogue that echoes.

"yes NAME" orders the desk ``DESKS`` has for it, in turn; the topic of the case is ``x_NAME``. With ``NO_LIMITS`` one
chat and one group may get as many messages as there are.
"""

from __future__ import annotations

import asyncio
import os
import re

from bot.dialogue import Reply, Turn
from bot.settings import read_settings
from bot.telegram import pace, serve

SECONDS = float(os.environ.get("SCRIPTED_SECONDS", "0.02"))
DESKS = os.environ.get("DESKS", "").split()


class Echo:
    """Takes a moment, as understanding does."""

    async def send(self, turn: Turn) -> list[Reply]:
        await asyncio.sleep(SECONDS)
        agreed = re.fullmatch(r"yes (p(\d+))", turn.message)
        if agreed and DESKS:
            case = {"language": "en", "origin": "NP", "destination": "QA", "topic": f"x_{agreed[1]}", "danger": None}
            desk = DESKS[int(agreed[2]) % len(DESKS)]
            return [Reply("one moment", custom={"desk": {"do": "open", "desk": desk, "case": case}})]
        return [Reply(f"answer to {turn.message}")]

    async def close(self) -> None:
        """Nothing to let go of."""


if __name__ == "__main__":
    if os.environ.get("NO_LIMITS"):
        pace.ONE_CHAT = pace.GROUP_MINUTE = 0.0
    asyncio.run(serve(read_settings(), Echo(), lambda locale: Reply("sorry")))
