"""Nobody waits in silence: while no answer can be had, the help numbers come at once and the answer later.

Beside the workers, because those of a chat go one after the other: a cry for help must not wait behind a question.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from bot.outline import outline
from bot.store import CannotOpen, Inbox
from bot.telegram.answering import Answer
from bot.telegram.forgetting import Forgetting
from bot.telegram.handlers import LEAVE, Heard
from bot.telegram.letters import Letter
from bot.telegram.meters import Meters
from bot.telegram.render import Outgoing

log = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that an answer may take before something else is said; people are promised three."""


AT_ONCE = 32
"""Looked at side by side: when many wait, each look waits as well, and one after the other would come too late."""


class Speaker(Protocol):
    """Who says something while no answer can be had."""

    async def say(self, heard: Heard, *, again: bool) -> list[Outgoing]:
        """``again``: the person was told already that they must wait."""

    async def late(self, heard: Heard) -> list[Outgoing]:
        """Before the answer that people had to wait for."""

    async def language(self, heard: Heard) -> str:
        """To speak with this person."""

    async def farewell(self, heard: Heard) -> Answer:
        """To somebody who leaves in a hurry."""


class StandIns:
    """``deliver`` is told the chat whenever something was written to the outbox for it."""

    def __init__(
        self, inbox: Inbox, away: Speaker, forgetting: Forgetting, deliver: Callable[[str], None], meters: Meters
    ) -> None:
        self._inbox, self._away, self._forgetting, self._deliver = inbox, away, forgetting, deliver
        self._meters = meters
        self._due: asyncio.Queue[tuple[float, int, str]] = asyncio.Queue()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._told: set[int] = set()
        self._chats_told: set[str] = set()

    def expect(self, update_id: int, chat: str) -> None:
        """An answer to this update from now on."""
        self._due.put_nowait((asyncio.get_running_loop().time() + PATIENCE, update_id, chat))

    def told(self, update_id: int) -> bool:
        """Whether its person was told, by this process, that the answer comes later."""
        return update_id in self._told

    async def late(self, heard: Heard) -> list[Outgoing]:
        """What is said before such an answer."""
        return await self._away.late(heard)

    async def language(self, heard: Heard) -> str:
        """To speak with this person."""
        return await self._away.language(heard)

    def answered(self, update_id: int, chat: str) -> None:
        """Done with, one way or another. Whoever has to wait another time is told another time."""
        self._told.discard(update_id)
        self._chats_told.discard(chat)

    async def watch(self) -> None:
        """Ends only when cancelled. All wait equally long, so the queue is in order of time."""
        while True:
            due, update_id, chat = await self._due.get()
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            await self._room.acquire()
            self._looking[chat] = asyncio.create_task(self._look_at(update_id, chat, self._looking.get(chat)))

    async def _look_at(self, update_id: int, chat: str, before: asyncio.Task[None] | None) -> None:
        """``before``: the look at an earlier update of the chat, after which its person may have been told."""
        try:
            if before is not None:
                await asyncio.wait([before])
            await self._look(update_id, chat)
        except Exception as error:  # the answer itself is still to come
            log.error("nobody could stand in: %s", outline(error))
        finally:
            self._room.release()
            if self._looking.get(chat) is asyncio.current_task():
                del self._looking[chat]

    async def _look(self, update_id: int, chat: str) -> None:
        try:
            waiting = await self._inbox.waiting(update_id)
        except CannotOpen:  # the workers park it
            return
        if waiting is None:
            return
        heard = Heard.from_bytes(waiting.payload)
        if (heard.payload or "").startswith(LEAVE):  # needs no advisor, and must not wait behind a question
            answer = await self._away.farewell(heard)
            await self._forgetting.leave(update_id, heard, answer)
            for each in (chat, *answer.wakes):
                self._deliver(each)
            return
        messages = await self._away.say(heard, again=chat in self._chats_told)
        if not messages:
            return
        letters = [Letter(message, locale=heard.locale, received=waiting.received).to_bytes() for message in messages]
        if not await self._inbox.stand_in(update_id, heard.chat_id, letters):
            return
        self._told.add(update_id)
        self._chats_told.add(chat)
        self._meters.stood_in.inc()
        self._deliver(chat)
