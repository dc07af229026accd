"""Whether a desk's group can be reached; operators and people are told when it cannot."""

from __future__ import annotations

import logging
import time
from contextlib import suppress

from sqlalchemy.engine import Connection
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.desk import sentences
from bot.desk.hearing import REMOVED, lack_of
from bot.desk.office import Office

log = logging.getLogger(__name__)


class Reach:
    """``examine`` and ``lost`` give the chats that something was written for.

    Contains the groups of staff. Of an upgrade the bot may be told in any order: that it has left the old group, that
    it was added to the new one, and that these are the same. So Telegram is asked before either is believed.
    """

    def __init__(self, bot: Bot, office: Office) -> None:
        self._bot, self._office = bot, office

    def __contains__(self, chat_id: object) -> bool:
        return chat_id in self._office.groups

    async def refresh(self) -> None:
        """As other gateways have written it, and as Telegram has it now."""
        await self._office.groups.refresh()
        for chat_id in self._office.groups.chats():
            with suppress(TelegramError):
                await self._lack_in(chat_id)

    async def examine(self, chat_id: int, otherwise: str | None = None) -> list[str]:
        """Whether the bot can serve in this group, by its id of today or the one before. ``otherwise``: what is
        believed to be lacking where Telegram cannot be asked."""
        wakes: list[str] = []
        for now in {self._office.groups.chat_of(desk.key) for desk in self._office.groups.of_chat(chat_id)} - {None}:
            assert now is not None
            try:
                lack = await self._lack_in(now)
            except TelegramError as error:
                log.info("a group could not be looked at: %s", type(error).__name__)
                if otherwise is None:
                    continue
                lack = otherwise
            if lack:
                wakes += await self.lost(now, lack)
            else:
                await self.found(now)
        return [*wakes, *self._office.wakes_of_all()]

    async def _lack_in(self, chat_id: int) -> str | None:
        """Why the bot cannot serve there, or in what the group was upgraded to. Raises TelegramError."""
        try:
            return lack_of(await self._bot.get_chat_member(chat_id, self._bot.id))
        except ChatMigrated as moved:
            await self._office.groups.follow(chat_id, moved.new_chat_id)
            return await self._lack_in(moved.new_chat_id)
        except Forbidden:
            return REMOVED
        except BadRequest as error:
            return error.message

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
