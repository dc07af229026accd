"""How many messages are being sent at the same moment: as few as keep up the pace.

Telegram cannot be asked whether it has a message: whatever is on the wire when the process is killed may arrive twice.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LEAST, MOST = 2, 30
A_SECOND = 45
"""Messages that must get through in a second; above Telegram's limit, to catch up."""
_TICK = 0.05
_WEIGHT = 0.2


class Wire:
    """``room`` is entered in the order of asking."""

    def __init__(self) -> None:
        self._usual = 0.0
        """Seconds that a message takes, the latest counting most."""
        self._begun: dict[object, float] = {}
        self._turn = asyncio.Lock()
        self._left = asyncio.Event()

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        message = object()
        async with self._turn:
            while len(self._begun) >= self.width():
                self._left.clear()
                try:
                    await asyncio.wait_for(self._left.wait(), _TICK)
                except asyncio.TimeoutError:
                    continue  # those under way have become slower, so that there may be room for one more
            self._begun[message] = time.monotonic()
        try:
            yield
        finally:
            self._usual += _WEIGHT * (time.monotonic() - self._begun.pop(message) - self._usual)
            self._left.set()

    def width(self) -> int:
        """A few that hang must not hold up the others: their time so far counts as well."""
        now = time.monotonic()
        under_way = sum(now - begun for begun in self._begun.values()) / max(len(self._begun), 1)
        return min(MOST, max(LEAST, math.ceil(A_SECOND * max(self._usual, under_way))))
