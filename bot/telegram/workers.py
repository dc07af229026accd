"""Answers what the inbox holds: each chat in order, chats side by side."""

from __future__ import annotations

import asyncio
import logging
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from bot.outline import outline
from bot.store import CannotOpen, Inbox, Taken
from bot.store.inbox import Open
from bot.store.turns import InOtherHands
from bot.telegram.answering import Answer, Answers, NoAnswer
from bot.telegram.forgetting import Forgetting
from bot.telegram.halt import Halt
from bot.telegram.handlers import Heard
from bot.telegram.holds import Holds
from bot.telegram.letters import Letter
from bot.telegram.meters import Meters
from bot.telegram.render import Outgoing
from bot.telegram.stand_ins import StandIns

log = logging.getLogger(__name__)

PAUSES: Sequence[float] = (1.0, 5.0, 25.0)
"""Seconds between attempts to answer one update; after the last attempt it is parked."""
UNENDED = 12
"""Attempts after which an update is taken for the one that ends the process. Whatever else ends it, such as a machine
that is short of memory, ends the attempts of everybody who waits at that moment; they did nothing."""
WHILE_AWAY: float = 2.0
"""Seconds between attempts while nobody can be answered; they go on for as long as that lasts."""
AT_ONCE = 256
"""Turns under way. Chats that wait for their next attempt are not counted."""
LAST_WORD = 3.0
"""Seconds that the last note to the database may take."""
REREAD = 5.0
"""Seconds; what an operator gave back to the inbox is found by looking."""
KEPT_EVERY = 4.0
"""Seconds; what is under work is renewed in time, so that no other gateway takes it for left behind."""
LOOK_AGAIN = 0.2
"""Seconds between looks at what another gateway has in hands."""


class Workers:
    """``deliver`` is told the chat whenever something was written to the outbox for it."""

    def __init__(
        self,
        inbox: Inbox,
        answering: Answers,
        deliver: Callable[[str], None],
        meters: Meters,
        halt: Halt,
        holds: Holds,
        stand_ins: StandIns,
        forgetting: Forgetting,
    ) -> None:
        self._inbox, self._answering, self._deliver = inbox, answering, deliver
        self._meters, self._halt, self._holds, self._stand_ins = meters, halt, holds, stand_ins
        self._forgetting = forgetting
        self._lines: dict[str, list[int]] = {}
        self._due: dict[int, float] = {}
        self._under_work: set[int] = set()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        meters.in_line.set_function(lambda: sum(map(len, self._lines.values())))

    def add(self, updates: Iterable[Open]) -> None:
        """Those known already are passed over."""
        for update_id, chat, due in updates:
            line = self._lines.setdefault(chat, [])
            place = bisect_left(line, update_id)
            if line[place : place + 1] != [update_id]:
                line.insert(place, update_id)  # a webhook may deliver two of a chat in the wrong order
                self._stand_ins.expect(update_id, chat)
                if due > time.time():
                    self._due[update_id] = due
            if chat not in self._tasks:
                self._tasks[chat] = asyncio.create_task(self._work_off(chat, line))

    async def watch(self) -> None:
        """Takes up what others gave back to the inbox, keeps in hands what is under work. Ends only when cancelled."""
        await asyncio.gather(self._reread(), *([self._keep()] if self._holds.are_shared else []))

    async def _reread(self) -> None:
        while True:
            await asyncio.sleep(REREAD)
            self.add(await self._inbox.open_ones())

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEPT_EVERY)
            if self._under_work:
                await self._inbox.keep(self._under_work)

    async def finish(self, patience: float) -> int:
        """Works on for so long at most. How many updates are left for the next start."""
        deadline = time.monotonic() + patience
        while self._tasks and time.monotonic() < deadline:
            await asyncio.wait(self._tasks.values(), timeout=deadline - time.monotonic())
        left = sum(map(len, self._lines.values()))
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(asyncio.TimeoutError):  # the database is away; the next start counts these attempts, no more
            await asyncio.wait_for(self._inbox.release(self._under_work), LAST_WORD)
        return left

    async def _work_off(self, chat: str, line: list[int]) -> None:
        try:
            while line:
                async with self._holds.of(f"answering {chat}"):
                    if not await self._work_off_all(chat, line):
                        return  # told to stop; the line is for the next start
            del self._lines[chat]
        finally:
            del self._tasks[chat]

    async def _work_off_all(self, chat: str, line: list[int]) -> bool:
        while line:
            if self._holds.are_shared:  # another gateway may have taken in earlier ones
                self.add(await self._inbox.open_ones(chat))
            update_id = line[0]
            if (pause := self._due.get(update_id, 0.0) - time.time()) > 0:
                if not await self._halt.pause(pause):
                    return False
                continue  # an earlier one may have come meanwhile
            due = await self._worked(chat, update_id)
            if due is not None:
                self._due[update_id] = due
                continue
            self._due.pop(update_id, None)
            line.remove(update_id)
        return True

    async def _worked(self, chat: str, update_id: int) -> float | None:
        """When to try again; None when it is done with, one way or another."""
        async with self._slots:
            self._under_work.add(update_id)
            try:
                due = await self._attempt(chat, update_id)
            except InOtherHands:  # Redis has lost our hold, or does not answer
                self._under_work.discard(update_id)
                return time.time() + LOOK_AGAIN
            except CannotOpen as error:
                log.error("an update cannot be read: %s", error)
                await self._inbox.park_unread(update_id)
                due = None
            except Exception as error:  # a fault of ours must not stop the chat, nor come back for ever
                log.error("an update cannot be worked on: %s", outline(error))
                await self._inbox.park_unread(update_id)
                due = None
            self._under_work.discard(update_id)  # not when it is broken off: then it is given back
        self._deliver(chat)
        if due is None:
            self._stand_ins.answered(update_id, chat)
        return due

    async def _attempt(self, chat: str, update_id: int) -> float | None:
        """When to try again; None when it is answered or parked."""
        taken = await self._inbox.take(update_id)
        if taken is None:
            return None
        heard = Heard.from_bytes(taken.payload)
        if taken.attempt > UNENDED:
            log.error("an update was under work in %d attempts that did not end: parked", taken.attempt - 1)
            await self._park(taken, heard)
            return None
        try:
            with self._meters.turn.time():
                answer = await self._answering.answer(heard, update_id)
            await self._finish(taken, heard, answer)
        except NoAnswer as failure:
            return await self._try_again(taken, heard, failure)
        except Exception as error:  # a fault of ours: perhaps of this moment
            log.error("an update cannot be worked on: %s", outline(error))
            return await self._try_again(taken, heard, NoAnswer())
        self._meters.answered.inc()
        for other in answer.wakes:
            self._deliver(other)
        return None

    async def _finish(self, taken: Taken, heard: Heard, answer: Answer) -> None:
        if answer.forget:
            answer = await self._forgetting.complete(answer, heard)
        was_told = taken.stood_in or self._stand_ins.told(taken.update_id)
        late = await self._stand_ins.late(heard) if was_told and not answer.forget else []
        swept = [letter.to_bytes() for letter in await self._forgetting.sweep(heard)] if answer.wipe else []
        letters = [*swept, *_letters([*late, *answer.messages], taken, heard)]
        await self._inbox.finish(
            taken.update_id, heard.chat_id, letters, forget=answer.forget, alongside=answer.alongside
        )

    async def _try_again(self, taken: Taken, heard: Heard, failure: NoAnswer) -> float | None:
        """When; None when it is parked."""
        self._meters.retried.inc()
        if not failure.away and (failure.final or taken.attempt > len(PAUSES)):
            await self._park(taken, heard)
            return None
        due = time.time() + (WHILE_AWAY if failure.away else PAUSES[min(taken.attempt, len(PAUSES)) - 1])
        await self._inbox.again(taken.update_id, due, counts=not failure.away)
        return due

    async def _park(self, taken: Taken, heard: Heard) -> None:
        self._meters.parked.inc()
        language = await self._stand_ins.language(heard)
        apology = _letters(self._answering.apology(language), taken, heard)
        await self._inbox.park(taken.update_id, heard.chat_id, apology)


def _letters(messages: Sequence[Outgoing], taken: Taken, heard: Heard) -> list[bytes]:
    return [Letter(message, heard.pressed, heard.locale, received=taken.received).to_bytes() for message in messages]
