"""A letter of a case that Telegram did not take: what its refusal means, and what becomes of the letter."""

from __future__ import annotations

import logging
from datetime import timedelta

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.desk import words
from bot.desk.cases import Case
from bot.desk.errands import CLOSE, COPY, DELETE, LINE, RENAME, Errand
from bot.desk.hearing import lack_of
from bot.desk.office import Office
from bot.desk.reach import Reach
from bot.desk.refusals import lacks_rights, topic_is_closed, topic_is_gone
from bot.outline import outline
from bot.store.outbox import Part
from bot.telegram.letters import Letter

log = logging.getLogger(__name__)

RETRY = 30.0
"""Seconds until a group that cannot be reached is tried again."""
GIVEN_UP = -1.0
MOST_ATTEMPTS = 5
"""After so many, in a group that can be reached, one letter does not hold up those of all other cases any longer."""


class Undelivered:
    """``wakes`` gets the chats that something was written for."""

    def __init__(self, bot: Bot, office: Office, reach: Reach, wakes: list[str]) -> None:
        self._bot, self._office, self._reach, self._wakes = bot, office, reach, wakes

    async def settle(self, part: Part, letter: Letter, error: TelegramError) -> float | None:
        """Seconds until it is tried again; ``GIVEN_UP``; None: to be treated like any other letter."""
        try:
            return await self._settle(part, letter, error)
        except RetryAfter as limit:
            return _seconds(limit)
        except TelegramError as second:  # of what should have put it right
            log.warning("a refusal could not be dealt with: %s", outline(second))
            if isinstance(second, Forbidden) or lacks_rights(second):
                self._wakes += await self._reach.lost(part.chat_id, second.message)
            return RETRY

    async def _settle(self, part: Part, letter: Letter, error: TelegramError) -> float | None:
        errand = Errand.of(letter)
        if errand is None and self._office.groups.of_chat(part.chat_id):  # an apology in a group of ours
            return GIVEN_UP if isinstance(error, (Forbidden, BadRequest, ChatMigrated)) else None
        if errand is None or not errand.to_staff:
            return await self._person_failed(part.chat_id, errand, error)
        if isinstance(error, ChatMigrated):
            chat = await self._office.groups.follow(part.chat_id, error.new_chat_id)
            self._wakes += [chat] if chat else []
            return 0.0
        if isinstance(error, Forbidden) or lacks_rights(error):
            return await self._no_way_in(part.chat_id, errand, error)
        if isinstance(error, BadRequest):
            return await self._refused(part.chat_id, errand, error)
        return await self._postponed(part, errand, error)

    async def _no_way_in(self, chat_id: int, errand: Errand, error: TelegramError) -> float:
        """To the group; or, of a copy, to where it was written."""
        if errand.do == DELETE and not isinstance(error, Forbidden):
            log.error("a topic could not be deleted: the bot may not delete messages in its group")
            return GIVEN_UP
        if errand.do == COPY and await self._serves(chat_id):
            return await self._not_shown(errand, error)
        self._wakes += await self._reach.lost(chat_id, error.message)
        return RETRY

    async def _serves(self, chat_id: int) -> bool:
        try:
            return lack_of(await self._bot.get_chat_member(chat_id, self._bot.id)) is None
        except (Forbidden, BadRequest):
            return False

    async def _refused(self, chat_id: int, errand: Errand, error: BadRequest) -> float:
        case = await self._office.case_meant(errand)
        if topic_is_gone(error):
            if case is None or errand.thread is not None or errand.do in (CLOSE, RENAME, DELETE, LINE):
                return GIVEN_UP
            log.warning("a topic was deleted: it is made anew")
            await self._office.change(case, thread=None, staff_chat=None, introduced=False)
            return 0.0
        if topic_is_closed(error) and case is not None and case.thread is not None:
            await self._bot.reopen_forum_topic(chat_id, case.thread)
            return 0.0
        return await self._not_shown(errand, error)

    async def _postponed(self, part: Part, errand: Errand, error: TelegramError) -> float | None:
        """No network, or a fault of this very letter that looks like it."""
        is_flood = isinstance(error, RetryAfter)
        if is_flood or errand.do == DELETE or part.attempts < MOST_ATTEMPTS or not await self._serves(part.chat_id):
            return None
        return await self._not_shown(errand, error)

    async def _not_shown(self, errand: Errand, error: TelegramError) -> float:
        log.error("Telegram refused a letter to a desk: %s", outline(error))
        case = await self._office.case_meant(errand)
        if case is not None and (errand.by_person or errand.do == COPY):
            await self._tell_topic(case, words.NOT_SHOWN)
        return GIVEN_UP

    async def _person_failed(self, chat_id: int, errand: Errand | None, error: TelegramError) -> float | None:
        is_copy = errand is not None and errand.do == COPY
        if isinstance(error, Forbidden) and not (is_copy and await self._hears(chat_id)):
            case = await self._office.case_of(chat_id)
            if case is not None and not case.lost:
                await self._office.change(case, lost=True)
                await self._tell_topic(case, words.BLOCKED)
            return None
        if errand is None or not isinstance(error, (Forbidden, BadRequest, ChatMigrated)):
            return None
        log.error("Telegram refused a message of a desk: %s", outline(error))
        case = await self._office.case_meant(errand)
        if case is not None:
            await self._tell_topic(case, words.NOT_DELIVERED)
        return GIVEN_UP

    async def _hears(self, chat_id: int) -> bool:
        """Whether the person has not blocked the bot: then it is the group that could not be copied from."""
        try:
            return bool(await self._bot.send_chat_action(chat_id, ChatAction.TYPING))
        except (Forbidden, BadRequest):
            return False

    async def _tell_topic(self, case: Case, line: str) -> None:
        await self._office.database.insist(lambda connection: self._office.say(connection, case, line, urgent=True))
        self._wakes += self._office.wakes(case)


def _seconds(limit: RetryAfter) -> float:
    asked = limit.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
