"""Delivers what the outbox holds: each chat in order, at the pace Telegram allows, until Telegram has it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import Enum

from sqlalchemy.exc import DBAPIError
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.outline import outline
from bot.store import Outbox, Part
from bot.store.database import Work
from bot.telegram.answering import Sorry
from bot.telegram.halt import Halt
from bot.telegram.holds import Holds
from bot.telegram.letters import Letter, Posting
from bot.telegram.meters import Meters
from bot.telegram.pace import Pace
from bot.telegram.probing import Probing, may_have_arrived
from bot.telegram.render import render
from bot.telegram.wire import Wire

log = logging.getLogger(__name__)

SEND_PAUSES: Sequence[float] = (1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds between attempts to deliver one message; the last one again and again: what waits may be a number to call."""
NOTHING_ELSE: Sequence[Work[None]] = ()
LOOK_AGAIN = 0.2
"""Seconds between looks at what another gateway has in hands."""
REREAD = 5.0
"""Seconds; whatever was overlooked is found by looking."""


class _Stopping(Exception):
    """The rest waits for the next start."""


class _Then(Enum):
    """After one part: on to the next in hand; read the outbox anew, which has changed; or the chat has everything."""

    GO_ON = 1
    READ = 2
    END = 3


class Courier:
    """``rejected`` is called when Telegram does not accept the bot's token any more."""

    def __init__(
        self,
        post: Posting,
        outbox: Outbox,
        pace: Pace,
        sorry: Sorry,
        meters: Meters,
        halt: Halt,
        rejected: Callable[[], None],
        probing: Probing,
        holds: Holds,
    ) -> None:
        self._post, self._outbox, self._pace, self._sorry = post, outbox, pace, sorry
        self._probing, self._holds = probing, holds
        self._meters, self._halt, self._rejected = meters, halt, rejected
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()
        self._wire = Wire()
        meters.on_way.set_function(lambda: len(self._tasks))

    def wake(self, chat: str) -> None:
        """There may be something to deliver to this chat."""
        if chat in self._tasks:
            self._more.add(chat)
        else:
            self._tasks[chat] = asyncio.create_task(self._deliver(chat))

    async def watch(self) -> None:
        """Begins with what an earlier process left. Ends only when cancelled."""
        while True:
            for chat in await self._outbox.chats_waiting():
                if chat not in self._tasks:
                    self.wake(chat)
            await asyncio.sleep(REREAD)

    async def finish(self, patience: float) -> int:
        """Delivers on for so long at most. How many chats still have something coming."""
        deadline = time.monotonic() + patience
        while self._tasks and time.monotonic() < deadline:
            await asyncio.wait(self._tasks.values(), timeout=deadline - time.monotonic())
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return len(tasks)

    async def _deliver(self, chat: str) -> None:
        try:
            async with self._holds.of(f"delivering {chat}"):
                await self._deliver_all(chat)
        except _Stopping:
            return
        except Exception as error:  # looked at again by ``watch``
            log.error("a delivery failed: %s", outline(error))
        finally:
            del self._tasks[chat]
            if chat in self._more and not self._halt.is_told:  # written while the hold was given up
                self.wake(chat)

    async def _deliver_all(self, chat: str) -> None:
        while True:
            self._more.discard(chat)
            parts = await self._outbox.parts(chat)
            if not parts and chat not in self._more:
                return
            then = _Then.READ
            for part in parts:
                then = await self._one(part)
                if then is not _Then.GO_ON:
                    break
            if then is _Then.END and chat not in self._more:
                return

    async def _one(self, part: Part) -> _Then:
        try:
            return await self._delivered(part)
        except (_Stopping, DBAPIError):
            raise
        except Exception as error:  # a fault of ours must not keep back all that comes after it
            log.error("a message cannot be sent: %s", outline(error))
            if part.attempts < len(SEND_PAUSES):
                await self._outbox.later(part, time.time() + SEND_PAUSES[part.attempts], doubtful=True)
            else:
                await self._outbox.failed(part.id)
            return _Then.READ

    async def _delivered(self, part: Part) -> _Then:
        if part.in_hands and part.not_before > time.time():
            if not await self._halt.pause(LOOK_AGAIN):
                raise _Stopping
            return _Then.READ
        if not await self._halt.pause(part.not_before - time.time()):
            raise _Stopping
        letter = Letter.from_bytes(part.content)
        try:
            number, alongside = await self._probing.number_of(part, letter), NOTHING_ELSE
        except TelegramError as error:
            await self._outbox.later(part, time.time() + self._pause_after(part, error), doubtful=True)
            return _Then.READ
        try:
            if number is None:
                await self._pace.turn(part.chat_id, part.update_id, part.priority)
            else:
                alongside = self._post.delivered(letter, number)
            async with self._wire.room():
                if number is None:
                    if not await self._outbox.sending(part, self._probing.highest):
                        return _Then.READ
                    number, alongside = await self._post.deliver(part.chat_id, letter)
                    self._probing.note(part.chat_id, number)
                more = await self._outbox.sent(part, number, alongside)
            if more is None and number is not None:  # it came after its person had left
                await self._post.take_back(part.chat_id, [number])
        except TelegramError as error:
            await self._failed(part, letter, error)
            return _Then.READ
        finally:
            self._wake_others()
        self._meters.delivered.inc()
        if part.number == 0 and letter.received is not None:
            self._meters.first_reply.observe(time.time() - letter.received)
        return _Then.END if more is False else _Then.GO_ON

    def _wake_others(self) -> None:
        for chat in self._post.wakes():
            self.wake(chat)

    async def _failed(self, part: Part, letter: Letter, error: TelegramError) -> None:
        again = await self._post.failed(part, letter, error)
        if again is not None:
            if again >= 0:
                await self._outbox.later(part, time.time() + again, doubtful=False)
            else:
                await self._outbox.failed(part.id)
        elif isinstance(error, Forbidden):
            log.debug("a person has blocked the bot")
            self._meters.blocked.inc()
            await self._outbox.blocked(part.chat_id)
        elif isinstance(error, (BadRequest, ChatMigrated)):
            await self._refused(part, letter, error)
        else:
            self._meters.postponed.inc()
            later = time.time() + self._pause_after(part, error)
            await self._outbox.later(part, later, doubtful=may_have_arrived(error))
            if isinstance(error, InvalidToken):  # no other attempt can succeed
                self._rejected()
                raise _Stopping

    async def _refused(self, part: Part, letter: Letter, error: TelegramError) -> None:
        """An apology takes its place, so that the person knows that something is missing."""
        log.error("Telegram refused a reply: %s", outline(error))
        self._meters.refused.inc()
        apology = [] if letter.apologises else render(self._sorry(letter.locale))
        if apology:
            await self._outbox.replace(part, Letter(apology[0], locale=letter.locale, apologises=True).to_bytes())
        else:
            await self._outbox.failed(part.id)

    def _pause_after(self, part: Part, error: TelegramError) -> float:
        if isinstance(error, RetryAfter):
            asked = error.retry_after
            seconds = asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
            log.info("Telegram asks for a pause of %g s in one chat", seconds)
            return seconds
        pause = SEND_PAUSES[min(part.attempts, len(SEND_PAUSES) - 1)]
        log.info("sending again in %g s after %s", pause, type(error).__name__)
        return pause
