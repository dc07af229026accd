"""Takes in what Telegram delivers, whichever way: written down first, acknowledged after."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.outline import outline
from bot.store import Arrival, Inbox
from bot.store.inbox import Open
from bot.telegram.groups import Groups, is_of_group
from bot.telegram.handlers import Heard, heard_in, wording_of
from bot.telegram.maps import Maps
from bot.telegram.meters import Meters
from bot.telegram.probing import Probing
from bot.telegram.reading import update_of

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
HIGHEST_ID = 2**63
HIGHEST_MESSAGE = 2**31
"""Telegram numbers messages with 32 bits; a higher number would mislead those who reckon with the highest known."""
Work = Callable[[], Coroutine[Any, Any, None]]
"""What is done once the update is written down, and hangs on nothing else."""


class Reception:
    """``begin`` is handed what is new and wants an answer; ``groups`` decides on what comes from a chat of many."""

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        begin: Callable[[Iterable[Open]], None],
        meters: Meters,
        probing: Probing,
        groups: Groups,
        hear: Callable[[Update], Heard | None] = heard_in,
    ) -> None:
        self._bot, self._inbox, self._begin, self._meters = bot, inbox, begin, meters
        self._probing, self._groups, self._hear = probing, groups, hear
        self._at_once: set[asyncio.Task[None]] = set()
        self._maps = Maps()

    async def take_in(self, delivered: Sequence[object]) -> list[int]:
        """The numbers of all that is now written down. When it returns, Telegram may forget them.

        Raises SQLAlchemyError when they could not be written down.
        """
        updates = {number: raw for raw in delivered if (number := _number(raw)) is not None}
        now, with_places = self._maps.divided(updates)
        await self._write_down(now)
        if with_places:
            async with self._maps.loaded_for(with_places):
                await self._write_down(with_places)
        self._meters.unreadable.inc(len(delivered) - len(updates))
        return list(updates)

    async def _write_down(self, updates: Mapping[int, Any]) -> None:
        at_once: dict[int, Work] = {}
        arrivals = [self._arrival(number, raw, at_once) for number, raw in updates.items()]
        new = await self._inbox.claim(arrivals)
        self._begin(new.to_answer)
        self._meters.taken_in.inc(len(new.numbers))
        self._meters.repeated.inc(len(arrivals) - len(new.numbers))
        for number in new.numbers & at_once.keys():
            task = asyncio.create_task(at_once[number]())
            self._at_once.add(task)
            task.add_done_callback(self._at_once.discard)

    async def finish(self) -> None:
        await asyncio.gather(*self._at_once, return_exceptions=True)

    def _arrival(self, number: int, raw: Any, at_once: dict[int, Work]) -> Arrival:
        """Of what cannot be read the number alone is kept: it would come again for ever."""
        try:
            update = update_of(raw, self._bot)
            if update.callback_query is not None:
                at_once[number] = partial(self._stop_spinner, update.callback_query.id)
            elif is_of_group(update) and (leaving := self._groups.leaving(update)) is not None:
                at_once[number] = partial(self._groups.leave, leaving)
            heard = self._hear(update)
            if heard is None:
                return Arrival(number)
            if (heard.desk or {}).get("only") or heard.chat_id < 0:  # no question, whose wording might matter
                return Arrival(number, int(heard.chat_id), heard.to_bytes())
            written = _message_number(update)
            self._probing.note(heard.chat_id, written)
            return Arrival(number, int(heard.chat_id), heard.to_bytes(), written, wording_of(update, heard))
        except Exception as error:  # whatever the library stumbled over
            log.error("an update cannot be read: %s", outline(error))
            self._meters.unreadable.inc()
            return Arrival(number)

    async def _stop_spinner(self, query_id: str) -> None:
        """Of the button. Nothing hangs on it, and a press from before a restart is too old for it."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.debug("a press was not acknowledged: %s", type(error).__name__)


def _message_number(update: Update) -> int | None:
    """Of what the person wrote just now."""
    number = update.message.message_id if update.message is not None else None
    return number if isinstance(number, int) and 0 <= number < HIGHEST_MESSAGE else None


def _number(raw: object) -> int | None:
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    is_number = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < HIGHEST_ID
    return number if is_number else None
