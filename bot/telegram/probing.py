"""Whether Telegram has a message whose answer never came: nobody can ask for it, but its keyboard can be set again.

When the process ends, or the connection breaks, between a message and Telegram's answer, sending it again might show it
twice. In all private chats of a bot together messages are numbered one after the other (core.telegram.org/api: ids of
messages outside of channels count for the whole mailbox), so the message, if it arrived, has one of the next numbers
after those known when it was sent. Setting the keyboard that it has anyway changes nothing, and fails in two ways:
"message is not modified" where such a message of ours stands in that chat, "message to edit not found" where not.

Each question is a request as dear as a message, and doubts come in crowds, when Telegram is in trouble already. So only
numbers are asked for that no other message is known to have (those that people wrote are known as well, and those that
went to others), and few at the same moment in all chats together: otherwise the questions take the time in which the
next messages are answered, these time out, are in doubt in turn, and nothing gets through any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import islice

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.store import Outbox, Part
from bot.telegram.letters import Letter
from bot.telegram.requests import NeverLeft

NUMBERS = 60
"""So many are asked for at most: of what others wrote and got in the same moment and nobody here knows of."""
BEYOND = 20
"""So far beyond the highest number known; after a process has died (``Part.in_hands``) by NUMBERS, because what else it
had on its way then is not known either."""
AT_ONCE = 6
"""Questions on their way, of all chats together."""
REMEMBERED = 10_000
"""Of so many numbers up to the highest it is known whether they are taken."""


class Probing:
    """``highest``: the highest number known of all private chats."""

    def __init__(self, bot: Bot, outbox: Outbox) -> None:
        self._bot, self._outbox = bot, outbox
        self.highest = 0
        self._taken: set[int] = set()
        self._room = asyncio.Semaphore(AT_ONCE)

    async def begin(self) -> None:
        """With what an earlier process knew."""
        self.highest = max(self.highest, await self._outbox.highest_number())
        self._taken |= await self._outbox.numbers_above(self.highest - REMEMBERED)

    def note(self, chat_id: int, number: int | None) -> None:
        """A message that is there: written by somebody, or delivered beyond doubt."""
        if chat_id < 0 or number is None:
            return
        self.highest = max(self.highest, number)
        self._taken.add(number)
        if len(self._taken) > 2 * REMEMBERED:
            self._taken = {each for each in self._taken if each > self.highest - REMEMBERED}

    async def number_of(self, part: Part, letter: Letter) -> int | None:
        """The number of the message, where Telegram has it. Raises TelegramError when that cannot be told now."""
        if part.after is None or part.chat_id < 0 or not letter.is_new_message:
            return None
        taken = self._taken | await self._outbox.numbers(self._outbox.chat(part.chat_id))
        last = max(self.highest, part.after) + (NUMBERS if part.in_hands else BEYOND)
        asked = list(islice((number for number in range(part.after + 1, last + 1) if number not in taken), NUMBERS))
        for start in range(0, len(asked), AT_ONCE):
            numbers = asked[start : start + AT_ONCE]
            found = await asyncio.gather(*(self._is_there(part.chat_id, number, letter) for number in numbers))
            if any(found):
                return _first(numbers, found)
        return None

    async def _is_there(self, chat_id: int, number: int, letter: Letter) -> bool:
        try:
            async with self._room:
                await self._bot.edit_message_reply_markup(chat_id, number, reply_markup=letter.message.keyboard)
        except BadRequest as error:
            return "not modified" in error.message
        return True


def may_have_arrived(error: Exception) -> bool:
    """Whether it leaves open if Telegram has the message. An answer that is none of Telegram's does, too."""
    if type(error) is TelegramError:  # the library's word for an answer it cannot read
        return True
    return isinstance(error, NetworkError) and not isinstance(error, (BadRequest, NeverLeft))


def _first(numbers: Iterable[int], found: Iterable[bool]) -> int:
    return next(number for number, is_there in zip(numbers, found, strict=True) if is_there)
