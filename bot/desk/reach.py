"""Whether a desk's group can be reached; operators and people are told when it cannot."""

from __future__ import annotations

import logging
import time

from sqlalchemy.engine import Connection

from bot.desk import sentences
from bot.desk.office import Office

log = logging.getLogger(__name__)


class Reach:
    """Both methods give the chats that something was written for."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def is_lost(self, chat_id: int) -> bool:
        groups = self._office.groups
        return any(groups.state(desk.key).unreachable for desk in groups.of_chat(chat_id))

    async def lost(self, chat_id: int, why: str) -> list[str]:
        """Nothing is thrown away: the cases stay, and are tried again. Each person is told once."""
        desks = self._office.groups.of_chat(chat_id)
        keys = [desk.key for desk in desks]
        if not keys:
            return []
        if not self.is_lost(chat_id):
            log.error("desk %s cannot be reached: %s. Its cases are kept", ", ".join(keys), why)
            await self._office.groups.set_unreachable(desks, why)
        told: list[int] = []

        def work(connection: Connection) -> None:
            told.clear()
            for case in self._office.cases.open_ones(connection, *keys):
                if case.unreachable_told is None and case.chat_id is not None:
                    self._office.tell(connection, case, sentences.unreachable(case, self._office.name_of(case)))
                    self._office.cases.change(connection, case.id, unreachable_told=time.time())
                    told.append(case.chat_id)

        await self._office.database.insist(work)
        return [self._office.seal.chat(chat) for chat in told]

    async def found(self, chat_id: int) -> None:
        if not self.is_lost(chat_id):
            return
        desks = self._office.groups.of_chat(chat_id)
        log.warning("desk %s can be reached again", ", ".join(desk.key for desk in desks))
        await self._office.groups.set_unreachable(desks, None)

        def work(connection: Connection) -> None:
            for case in self._office.cases.open_ones(connection, *[desk.key for desk in desks]):
                self._office.cases.change(connection, case.id, unreachable_told=None)

        await self._office.database.insist(work)
