"""Whether Telegram has a message whose answer never came: nobody can ask for it, but its keyboard can be set again.

When the process ends, or the connection breaks, between a message and Telegram's answer, sending it again might show it
twice. In all private chats of a bot together messages are numbered one after the other (core.telegram.org/api: ids of
messages outside of channels count for the whole mailbox), so the message, if it arrived, has one of the next numbers
after those known when it was sent. Setting the keyboard that it has anyway changes nothing, and fails in two ways:
"message is not modified" where such a message of ours stands in that chat, "message to edit not found" where not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from telegram import Bot
from telegram.error import BadRequest, NetworkError

from bot.store import Outbox, Part
from bot.telegram.letters import Letter
from bot.telegram.requests import NeverLeft

NUMBERS = 60
"""So many numbers after the last one known are asked for: what others wrote and got in the same moment."""
AT_ONCE = 6


class Probing:
    """``highest``: the highest number known of all private chats."""

    def __init__(self, bot: Bot, outbox: Outbox) -> None:
        self._bot, self._outbox = bot, outbox
        self.highest = 0

    async def begin(self) -> None:
        """With what an earlier process knew."""
        self.highest = max(self.highest, await self._outbox.highest_number())

    def note(self, chat_id: int, number: int | None) -> None:
        if chat_id > 0 and number is not None:
            self.highest = max(self.highest, number)

    async def number_of(self, part: Part, letter: Letter) -> int | None:
        """The number of the message, where Telegram has it. Raises TelegramError when that cannot be told now."""
        if part.after is None or part.chat_id < 0 or not letter.is_new_message:
            return None
        known = await self._outbox.numbers(self._outbox.chat(part.chat_id))
        asked = [number for number in range(part.after + 1, part.after + 1 + NUMBERS) if number not in known]
        for start in range(0, len(asked), AT_ONCE):
            numbers = asked[start : start + AT_ONCE]
            found = await asyncio.gather(*(self._is_there(part.chat_id, number, letter) for number in numbers))
            if any(found):
                return _first(numbers, found)
        return None

    async def _is_there(self, chat_id: int, number: int, letter: Letter) -> bool:
        try:
            await self._bot.edit_message_reply_markup(chat_id, number, reply_markup=letter.message.keyboard)
        except BadRequest as error:
            return "not modified" in error.message
        return True


def may_have_arrived(error: Exception) -> bool:
    """Whether it leaves open if Telegram has the message."""
    return isinstance(error, NetworkError) and not isinstance(error, (BadRequest, NeverLeft))


def _first(numbers: Iterable[int], found: Iterable[bool]) -> int:
    return next(number for number, is_there in zip(numbers, found, strict=True) if is_there)
