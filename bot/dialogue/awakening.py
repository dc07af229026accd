"""An advisor that takes a while to be there: people are told so instead of finding nobody."""

from __future__ import annotations

import asyncio
import logging
from typing import Awaitable, Callable, List, Optional

from bot.dialogue.port import Dialogue, DialogueUnavailable, Reply, Turn

log = logging.getLogger(__name__)

AGAIN = 60.0
"""Seconds."""


class Awakening:
    """``awaken`` makes the dialogue, in a thread of its own with a loop of its own: loading it takes all a loop has.

    Until then nobody is answered. Should it fail, it is tried again: the gateway can still take in what people write
    and give them help numbers.
    """

    def __init__(self, awaken: Callable[[], Awaitable[Dialogue]]) -> None:
        self._awaken = awaken
        self._dialogue: Optional[Dialogue] = None
        self._waking: Optional[asyncio.Task[None]] = None

    def begin(self) -> None:
        self._waking = asyncio.create_task(self._wake())

    async def _wake(self) -> None:
        loop = asyncio.get_running_loop()
        while self._dialogue is None:
            try:
                self._dialogue = await loop.run_in_executor(None, lambda: asyncio.run(_made(self._awaken)))
                log.info("the advisor is there")
            except Exception as error:
                log.error("the advisor does not start, trying again in %g s: %s", AGAIN, error)
                await asyncio.sleep(AGAIN)

    async def send(self, turn: Turn) -> List[Reply]:
        if self._dialogue is None:
            raise DialogueUnavailable("the advisor is still starting", away=True)
        return await self._dialogue.send(turn)

    async def close(self) -> None:
        if self._waking is not None and not self._waking.done():
            self._waking.cancel()
        if self._dialogue is not None:
            await self._dialogue.close()


async def _made(awaken: Callable[[], Awaitable[Dialogue]]) -> Dialogue:
    return await awaken()
