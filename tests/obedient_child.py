"""A child process whose advisor does what it is told, to see what its parent makes of that."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time

from bot.dialogue import Button, DialogueUnavailable, Reply, Turn
from bot.dialogue.child_main import Carried, attend
from bot.store.conversations import State

OBEDIENT = (sys.executable, __file__)
"""For ``ChildDialogue``."""
PICTURE = bytes(range(256))


class Obedient:
    def __init__(self, carried: Carried) -> None:
        self._carried = carried

    async def send(self, turn: Turn) -> list[Reply]:
        known = (await self._carried.load(turn.sender, turn.number)).known
        said = [*known.get("said", []), turn.message]
        await self._carried.save(turn.sender, turn.number, State({"said": said}, {}))
        match turn.message.split()[0]:
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(600)
            case "wait":
                await asyncio.sleep(0.2)
            case "refuse":
                raise DialogueUnavailable("no rule")
            case "break":
                raise KeyError(turn.message)
            case "environment":
                return [Reply(" ".join(sorted(os.environ)))]
            case "process":
                return [Reply(str(os.getpid()))]
            case "picture":
                return [Reply("नमस्ते", [Button("a", "/b")], {"trace": {"x": 1}}, PICTURE, True), Reply("two")]
        return [Reply(" | ".join(said))]

    async def close(self) -> None:
        """Nothing to let go of."""


async def load(carried: Carried) -> Obedient:
    return Obedient(carried)


if __name__ == "__main__":
    asyncio.run(attend(socket.socket(fileno=int(sys.argv[1])), load))
