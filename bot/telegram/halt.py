"""Pauses that end when the gateway is told to stop."""

from __future__ import annotations

import asyncio

WORTH_WAITING = 3.0
"""Seconds that a gateway told to stop still waits for; what takes longer is taken up after the next start."""


class Halt:
    """Told once, heard by everybody who pauses."""

    def __init__(self) -> None:
        self._told = asyncio.Event()

    def tell(self) -> None:
        self._told.set()

    @property
    def is_told(self) -> bool:
        return self._told.is_set()

    async def pause(self, seconds: float) -> bool:
        """Whether the pause was waited out; not, when the gateway stops before."""
        if seconds <= WORTH_WAITING:
            await asyncio.sleep(max(seconds, 0.0))
            return True
        try:
            await asyncio.wait_for(self._told.wait(), seconds)
        except asyncio.TimeoutError:
            return True
        return False
