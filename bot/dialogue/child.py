"""The advisor in a process of its own that belongs to this one.

Understanding keeps one core busy for as long as people write. Beside it in one process, taking in, writing down and
delivering would wait for Python's lock; and a fault of a library that computes would end all of that too.

What is known of a conversation stays with the gateway: the child is given it with the turn and gives it back with the
answer, so that it needs neither the database nor the secret.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Set, Tuple
from weakref import WeakValueDictionary

from sqlalchemy.exc import InterfaceError, OperationalError

from bot.dialogue.lines import LONGEST_LINE, Asked, Told, read_line, write_line
from bot.dialogue.port import DialogueUnavailable, Reply, Turn
from bot.outline import outline
from bot.store.conversations import State

if TYPE_CHECKING:
    from bot.dialogue.tracker_store import Keeper

COMMAND = (sys.executable, "-m", "bot.dialogue.child_main")
NOT_FOR_THE_CHILD = (
    "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "ADVISOR_SECRET", "ADVISOR_SECRET_OLD", "DATABASE_URL",
    "REDIS_URL",
)  # fmt: skip
AT_ONCE = 6
"""Turns the child has in hands. They share one core, so that more would only wait there instead of here."""
PATIENCE = 30.0
"""Seconds without any answer after which a child that was asked something is taken for hung, and ended."""
GRACE = 2.0
"""Seconds a child has to end by itself."""
STEADY = 20.0
"""Seconds that a child must have been there to be followed at once by the next."""
PAUSES = (0.0, 1.0, 5.0, 25.0, 60.0)
"""Seconds before the next start, longer with each child in a row that was not steady."""

log = logging.getLogger(__name__)
Key = Tuple[str, Optional[int]]


class ChildDialogue:
    """``keeper``: where what is known of conversations is between two turns.

    From ``begin`` on there is a child; when one ends, the next is started. Until it is there nobody is answered, and
    turns raise DialogueUnavailable.
    """

    def __init__(self, keeper: Keeper, command: Sequence[str] = COMMAND) -> None:
        self._keeper, self._command = keeper, command
        self._child: Optional[_Child] = None
        self._keeping: Optional[asyncio.Task[None]] = None
        self._room = asyncio.Semaphore(AT_ONCE)
        self._in_order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._suspects: Set[Key] = set()
        self._one_suspect = asyncio.Lock()

    def begin(self) -> None:
        self._keeping = asyncio.create_task(self._keep())

    async def send(self, turn: Turn) -> List[Reply]:
        key = (turn.sender, turn.number)
        async with AsyncExitStack() as held:
            await held.enter_async_context(self._in_order.setdefault(turn.sender, asyncio.Lock()))
            if key in self._suspects:  # one after the other, so that the one that ends the child shows
                await held.enter_async_context(self._one_suspect)
            await held.enter_async_context(self._room)
            return await self._answered(turn, key)

    async def _answered(self, turn: Turn, key: Key) -> List[Reply]:
        child = self._child
        if child is None or child.has_ended:
            raise DialogueUnavailable("the advisor is still starting", away=True)
        try:
            before = await self._keeper.load(*key)
            told = await child.ask(turn, before)
            await self._keeper.save(*key, told.state)
        except (OperationalError, InterfaceError) as error:
            raise DialogueUnavailable("the database is away", away=True) from error
        except ChildEnded as error:
            self._suspects.add(key)
            raise DialogueUnavailable("the advisor ended while it was asked") from error
        self._suspects.discard(key)
        if not told.replies:
            raise DialogueUnavailable("no answer")
        return told.replies

    async def close(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    async def _keep(self) -> None:
        unsteady = 0
        while True:
            since = await self._live()
            unsteady = 0 if since is not None and time.monotonic() - since > STEADY else unsteady + 1
            pause = PAUSES[min(unsteady, len(PAUSES) - 1)]
            log.error("the advisor has ended; the next one starts in %g s", pause)
            await asyncio.sleep(pause)

    async def _live(self) -> Optional[float]:
        """Through the life of one child; from when on it answered, None if it never did."""
        since = None
        try:
            child = await _Child.start(self._command)
        except OSError as error:
            log.error("the advisor cannot be started: %s", outline(error))
            return None
        try:
            await child.is_ready()
            since, self._child = time.monotonic(), child
            log.info("the advisor is there")
            await child.ended()
        except ChildEnded:
            pass
        finally:
            self._child = None
            await child.end()
        return since


class ChildEnded(Exception):
    """The process has ended, or was ended because it said nothing any more."""


class _Child:
    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process, self._reader, self._writer = process, reader, writer
        self._asked: Dict[int, asyncio.Future[Told]] = {}
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._heard = time.monotonic()
        self._number = 0
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, command: Sequence[str]) -> _Child:
        """Raises OSError."""
        ours, theirs = socket.socketpair()
        known = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THE_CHILD}
        whole = [*command, str(theirs.fileno())]
        with theirs:
            try:  # not by asyncio, which waits for ever where a library has set another policy than the loop's
                process = subprocess.Popen(whole, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=known)
            except OSError:
                ours.close()
                raise
        return cls(process, *await asyncio.open_connection(sock=ours, limit=LONGEST_LINE))

    async def is_ready(self) -> None:
        """Waits for it to be; a first training takes minutes. Raises ChildEnded."""
        await self._ready

    @property
    def has_ended(self) -> bool:
        """Or is about to."""
        return self._listening.done()

    async def ended(self) -> None:
        await asyncio.shield(self._listening)

    async def ask(self, turn: Turn, state: State) -> Told:
        """Raises DialogueUnavailable and ChildEnded."""
        self._number += 1
        number = self._number
        if not self._asked:
            self._heard = time.monotonic()  # it had nothing to say until now
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        try:
            write_line(self._writer, Asked(number, turn, state))
            return await answer
        finally:
            self._asked.pop(number, None)

    async def _listen(self) -> None:
        try:
            while (told := await self._next()) is not None:
                self._hear(told)
        except (OSError, ValueError) as error:  # a broken connection, or lines that are none
            log.error("the advisor cannot be understood: %s", outline(error))
        waiting: List[asyncio.Future[Any]] = [self._ready, *self._asked.values()]
        for each in waiting:
            if not each.done():
                each.set_exception(ChildEnded())

    def _hear(self, told: Told) -> None:
        self._heard = time.monotonic()
        if told.is_ready and not self._ready.done():
            self._ready.set_result(None)
        answer = self._asked.get(told.number)
        if answer is None or answer.done():  # whoever asked has given up
            return
        if told.failure is None:
            answer.set_result(told)
        else:
            answer.set_exception(DialogueUnavailable(told.failure))

    async def _next(self) -> Optional[Told]:
        while True:
            try:
                return await asyncio.wait_for(read_line(self._reader, Told), PATIENCE)
            except asyncio.TimeoutError:
                if self._asked and time.monotonic() - self._heard > PATIENCE:
                    log.error("the advisor says nothing any more and is ended")
                    return None

    async def end(self) -> None:
        """What it has in hands is asked again, and it keeps nothing: there is no need to wait for it."""
        self._writer.close()  # for one that answers, this is the end
        if not self._ready.done():
            self._process.terminate()  # it may be training, in a process of its own
        await asyncio.get_running_loop().run_in_executor(None, self._wait)
        await asyncio.gather(self._listening, return_exceptions=True)

    def _wait(self) -> None:
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
