"""Takes in what Telegram delivers, whichever way: written down first, acknowledged after."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.store import Arrival, Inbox
from bot.store.inbox import Open
from bot.telegram.handlers import Heard, heard_in
from bot.telegram.logs import outline
from bot.telegram.meters import Meters
from bot.telegram.probing import Probing

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
HIGHEST_ID = 2**63


class Reception:
    """``begin`` is handed what is new and wants an answer."""

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        begin: Callable[[Iterable[Open]], None],
        meters: Meters,
        probing: Probing,
        hear: Callable[[Update], Heard | None] = heard_in,
    ) -> None:
        self._bot, self._inbox, self._begin, self._meters = bot, inbox, begin, meters
        self._probing, self._hear = probing, hear
        self._stopping_spinners: set[asyncio.Task[None]] = set()

    async def take_in(self, delivered: Sequence[object]) -> list[int]:
        """The numbers of all that is now written down. When it returns, Telegram may forget them.

        Raises SQLAlchemyError when they could not be written down.
        """
        updates = {number: raw for raw in delivered if (number := _number(raw)) is not None}
        presses: dict[int, str] = {}
        arrivals = [self._arrival(number, raw, presses) for number, raw in updates.items()]
        new = await self._inbox.claim(arrivals)
        self._begin(new.to_answer)
        self._meters.taken_in.inc(len(new.numbers))
        self._meters.repeated.inc(len(arrivals) - len(new.numbers))
        self._meters.unreadable.inc(len(delivered) - len(updates))
        for number in new.numbers & presses.keys():
            task = asyncio.create_task(self._stop_spinner(presses[number]))
            self._stopping_spinners.add(task)
            task.add_done_callback(self._stopping_spinners.discard)
        return list(updates)

    async def finish(self) -> None:
        await asyncio.gather(*self._stopping_spinners)

    def _arrival(self, number: int, raw: Any, presses: dict[int, str]) -> Arrival:
        """Of what cannot be read the number alone is kept: it would come again for ever."""
        try:
            update = Update.de_json(dict(raw), self._bot)
            heard = self._hear(update)
            if update.callback_query is not None:
                presses[number] = update.callback_query.id
            if heard is None:
                return Arrival(number)
            is_private = heard.chat_id > 0  # groups count their messages by themselves
            written = update.message.message_id if update.message is not None and is_private else None
            self._probing.note(heard.chat_id, written)
            return Arrival(number, int(heard.chat_id), heard.to_bytes(), written)
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


def _number(raw: object) -> int | None:
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    is_number = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < HIGHEST_ID
    return number if is_number else None
