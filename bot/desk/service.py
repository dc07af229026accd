"""The desk as a whole, as the gateway runs it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from sqlalchemy.engine import Connection
from telegram import Bot

from bot.desk.beside import Beside
from bot.desk.cases import Case
from bot.desk.danger import Detecting
from bot.desk.deserted import Deserted
from bot.desk.front import Front
from bot.desk.groups import Groups
from bot.desk.hearing import Hearing
from bot.desk.office import Office
from bot.desk.post import Post
from bot.desk.reach import Reach
from bot.desk.retention import purge_cases
from bot.desk.silence import end_silent_cases
from bot.desk.staff import Staff
from bot.store import Database, Seal
from bot.telegram.answering import Answering
from bot.telegram.stand_ins import Speaker

log = logging.getLogger(__name__)

LOOK_EVERY = 15.0
"""Seconds between two looks at who waits too long."""


class DeskService:
    """``front`` answers, ``hearing`` reads updates, ``post`` delivers; ``watch`` runs beside them."""

    def __init__(self, bot: Bot, database: Database, seal: Seal, answering: Answering, detecting: Detecting) -> None:
        self._detecting = detecting
        self.groups = Groups(database, seal)
        self.office = Office(database, seal, self.groups, answering.secret)
        self.reach = Reach(bot, self.office)
        self._deserted = Deserted(self.office)
        self.hearing = Hearing(self.groups)
        self.front = Front(answering, self.office, Staff(bot, self.office, self.reach), detecting.danger_in)
        self.post = Post(bot, self.office, self.reach)

    def beside(self, away: Speaker) -> Speaker:
        """Who stands in while Rasa is away: for those who talk to the robot."""
        return Beside(away, self.office)

    async def open(self) -> None:
        """Before anything is received."""
        await self.groups.refresh()

    async def watch(self, deliver: Callable[[str], None]) -> None:
        """Ends only when cancelled. ``deliver`` is told the chats that something was written for."""
        for chat in await self.examine():
            deliver(chat)
        if self.groups.desks.all:  # so that the first message of the first case need not wait for it
            for prepare in (partial(self._detecting.danger_in, "hello"), self._detecting.load):
                await asyncio.get_running_loop().run_in_executor(None, prepare)
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.groups.refresh()
            for chat in await self.look():
                deliver(chat)

    async def look(self) -> list[str]:
        """Whoever waits in vain is told, once; and their topic. Where the desk itself is gone, the case ends."""
        waiting = await self.office.database.insist(lambda connection: self.office.cases.open_ones(connection))
        wakes = await self._deserted.end()
        for case in waiting:
            if case.waiting_since is not None and not (case.reminded and case.away_told):
                await self.office.database.insist(partial(self._tell, case))
                wakes += self.office.wakes(case)
        return wakes

    def _tell(self, case: Case, connection: Connection) -> None:
        held = self.office.cases.get(connection, case.id)
        if held is None or not held.is_open or held.waiting_since is None:
            return
        self.office.tell_if_silent(connection, held)
        self.office.tell_if_away(connection, held)

    async def examine(self) -> list[str]:
        """Whether the bot can serve in each group; operators are told where it cannot."""
        return [chat for group in self.groups.chats() for chat in await self.reach.examine(group)]

    async def end_silent_cases(self, keep_days: int) -> list[str]:
        """The chats that something was written for."""
        return await end_silent_cases(self.office, keep_days)

    async def purge(self) -> int:
        return await purge_cases(self.office)
