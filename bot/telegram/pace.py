"""How fast Telegram may be asked to send: overall, to one chat, to one group; people before staff."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections import deque
from dataclasses import dataclass, field

from bot.store.tables import PERSON

PER_SECOND = 30
ONE_CHAT = 1.0
"""Seconds between messages to one chat."""
BURST = 3
"""So many parts of one answer may go at once."""
GROUP_MINUTE, GROUP_MESSAGES = 62.0, 20
_REMEMBERED = 2_000


@dataclass
class _Chat:
    last: float = float("-inf")
    answer: int | None = None
    parts: int = 0
    """Of that answer, sent."""
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_MESSAGES))


class Pace:
    """``turn`` returns when one more message may go. The messages of one chat ask one after the other."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._recent: deque[float] = deque(maxlen=per_second)
        self._chats: dict[int, _Chat] = {}
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._pump: asyncio.Task[None] | None = None

    async def turn(self, chat_id: int, answer: int | None, priority: str = PERSON) -> None:
        """``answer``: the update that is answered; None for a message that answers none."""
        chat = self._chat(chat_id)
        while (wait := _wait(chat, chat_id, answer)) > 0:
            await asyncio.sleep(wait)
        await self._overall(priority)
        now = time.monotonic()
        chat.parts = chat.parts + 1 if answer is not None and chat.answer == answer else 1
        chat.answer, chat.last = answer, now
        chat.recent.append(now)

    def _chat(self, chat_id: int) -> _Chat:
        if len(self._chats) > _REMEMBERED:
            old = time.monotonic() - GROUP_MINUTE
            self._chats = {known: chat for known, chat in self._chats.items() if chat.last > old}
        return self._chats.setdefault(chat_id, _Chat())

    async def _overall(self, priority: str) -> None:
        if not self._waiting and self._room_in() <= 0:
            self._recent.append(time.monotonic())
            return
        allowed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (0 if priority == PERSON else 1, next(self._order), allowed))
        if self._pump is None:
            self._pump = asyncio.create_task(self._let_through())
        await allowed

    async def _let_through(self) -> None:
        try:
            while self._waiting:
                if (wait := self._room_in()) > 0:
                    await asyncio.sleep(wait)
                    continue
                _, _, allowed = heapq.heappop(self._waiting)
                if not allowed.done():  # cancelled by whoever waited
                    self._recent.append(time.monotonic())
                    allowed.set_result(None)
        finally:
            self._pump = None

    def _room_in(self) -> float:
        """Seconds until one more may go."""
        if len(self._recent) < (self._recent.maxlen or 0):
            return 0.0
        return self._recent[0] + 1.0 - time.monotonic()


def _wait(chat: _Chat, chat_id: int, answer: int | None) -> float:
    now = time.monotonic()
    goes_on = answer is not None and chat.answer == answer and chat.parts < BURST
    wait = 0.0 if goes_on else chat.last + ONE_CHAT - now
    if chat_id < 0 and len(chat.recent) == GROUP_MESSAGES:
        wait = max(wait, chat.recent[0] + GROUP_MINUTE - now)
    return wait
