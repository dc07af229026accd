"""Asks Telegram for updates. What was handed out is confirmed, by asking for the next, once it is written down."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.outline import outline
from bot.telegram.reception import ALLOWED_UPDATES, Reception

log = logging.getLogger(__name__)

LONG_POLL = 30
"""Seconds that Telegram waits for something to hand out."""
LATENESS = 10
"""Seconds that an answer may take beyond that."""
PAUSES: Sequence[float] = (0.2, 0.5, 1.0, 2.0, 3.0)
"""Seconds between attempts after errors; the last one again and again. Short, because everybody waits meanwhile, and
one client that asks every three seconds burdens nobody; where Telegram wants more it says so."""

warnings.filterwarnings("ignore", message=r"Please use 'Bot\.get_?[uU]pdates' instead")


class Polling:
    """``note`` is told errors, ``rejected`` that Telegram does not accept the bot's token."""

    def __init__(
        self, bot: Bot, reception: Reception, note: Callable[[Exception], None], rejected: Callable[[], None]
    ) -> None:
        self._bot, self._reception, self._note, self._rejected = bot, reception, note, rejected
        self._offset = 0

    async def run(self) -> None:
        """Ends when cancelled, or when the token is rejected."""
        failures = 0
        while True:
            try:
                await self._once()
                failures = 0
                continue
            except (InvalidToken, EndPointNotFound):  # the latter is how the library words it once it has started
                self._rejected()
                return
            except SQLAlchemyError as error:
                log.error("messages wait at Telegram, the database does not take them: %s", type(error).__name__)
                pause = None
            except TelegramError as error:
                self._note(error)
                pause = _asked_for(error)
            except Exception as error:  # an answer that is none of Telegram's
                log.error("unreadable updates: %s", outline(error))
                pause = None
            await asyncio.sleep(pause or PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    async def _once(self) -> None:
        delivered = await self._ask(LONG_POLL)
        if not delivered:
            return
        written_down = await self._reception.take_in(delivered)
        if not written_down:
            raise ValueError("nothing among the updates has a number")
        self._offset = max(written_down) + 1

    async def confirm(self) -> None:
        """The last ones written down. Raises TelegramError."""
        if self._offset:
            await self._reception.take_in(await self._ask(0))

    async def _ask(self, timeout: int) -> list[Any]:
        """Not by ``Bot.get_updates``: that fails for all when one cannot be read, and would do so for ever."""
        request = {"offset": self._offset, "timeout": timeout, "allowed_updates": list(ALLOWED_UPDATES)}
        if not self._offset:
            del request["offset"]
        delivered = await self._bot.do_api_request("getUpdates", request, read_timeout=timeout + LATENESS)
        return list(delivered)


def _asked_for(error: TelegramError) -> float | None:
    if not isinstance(error, RetryAfter):
        return None
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
