"""From what a person did to the messages of the answer: one turn of the dialogue."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.dialogue.payload import BadPayload
from bot.dialogue.port import Dialogue, DialogueUnavailable, Reply, Turn
from bot.figures import Noting
from bot.identity import sender_for
from bot.outline import outline
from bot.store.database import Work
from bot.telegram.edits import announced
from bot.telegram.handlers import OLD_BUTTON, Heard
from bot.telegram.render import Outgoing, render

log = logging.getLogger(__name__)

Sorry = Callable[[str | None], Reply]
"""From the language a person's phone is set to, the sentence for when we cannot answer."""

PATIENCE = 1.0
"""Seconds before a person is shown that an answer is on its way."""
TYPING_LASTS = 4.5
LONGEST_TURN = 60.0
"""Seconds; a dialogue that takes longer would hold up the next message of that person."""


class NoAnswer(Exception):
    """``final``: another attempt would hold up the person's next message for too long. ``away``: nobody gets one."""

    def __init__(self, *, final: bool = False, away: bool = False) -> None:
        super().__init__()
        self.final, self.away = final, away


@dataclass(frozen=True)
class Answer:
    """``forget``: the person had everything deleted; ``wipe``: and leaves in a hurry, so that the messages go too.
    ``language``: of the answer, where that is known. ``alongside``: what else is written down together with it.
    ``orders``: what the dialogue wants of the desk of people. ``wakes``: further chats that something was written for.
    """

    messages: list[Outgoing]
    forget: bool = False
    wipe: bool = False
    language: str | None = None
    alongside: Sequence[Work[None]] = ()
    orders: Sequence[Mapping[str, Any]] = ()
    wakes: Sequence[str] = ()


class Answers(Protocol):
    """Whoever answers what people do."""

    async def answer(self, heard: Heard, update_id: int) -> Answer:
        """What to show. Raises NoAnswer."""

    def apology(self, locale: str | None) -> list[Outgoing]:
        """What to show where no answer can be had."""


@dataclass(frozen=True)
class Answering:
    """``secret`` is what conversation names are made with; ``noting`` counts the answers; ``name``: the bot's own."""

    dialogue: Dialogue
    sorry: Sorry
    bot: Bot
    secret: bytes = field(repr=False)
    noting: Noting
    name: str | None = None

    async def answer(self, heard: Heard, update_id: int) -> Answer:
        """What to show, never nothing. Raises NoAnswer when the dialogue fails."""
        if heard.remove is not None:
            with suppress(TelegramError):  # older than Telegram lets a bot delete, or gone
                await self.bot.delete_message(heard.chat_id, heard.remove)
        async with _typing(self.bot, heard.chat_id):
            replies = await self._replies(self._turn(heard, update_id))
        if heard.edited:
            replies = announced(replies, heard.locale)
        messages, whole = _rendered(replies)
        orders = [reply.custom["desk"] for reply in replies if reply.custom.get("desk")]
        if not whole or not (messages or orders):
            messages += self.apology(heard.locale)
        forget, wipe = (any(reply.custom.get(order) for reply in replies) for order in ("forget", "wipe"))
        languages = [reply.custom["trace"]["reply_language"] for reply in replies if "trace" in reply.custom]
        figures = await self.noting.alongside(replies, heard.text, heard.chat_id)
        return Answer(messages, forget, wipe, languages[-1] if languages else None, figures, orders)

    def apology(self, locale: str | None) -> list[Outgoing]:
        return render(self.sorry(locale))

    def _turn(self, heard: Heard, update_id: int) -> Turn:
        sender = sender_for(heard.chat_id, self.secret)
        try:
            return Turn(
                sender,
                heard.text,
                heard.payload,
                heard.locale,
                dict(heard.profile),
                number=update_id,
                connects=True,
                bot_name=self.name,
            )
        except (BadPayload, UnicodeError):  # forged, or from a button of an older version
            return Turn(sender, locale=heard.locale, payload=OLD_BUTTON, number=update_id, connects=True)

    async def _replies(self, turn: Turn) -> list[Reply]:
        try:
            return await asyncio.wait_for(self.dialogue.send(turn), LONGEST_TURN)
        except DialogueUnavailable as error:
            log.warning("no answer: %s", outline(error))
            raise NoAnswer(away=error.away) from None
        except asyncio.TimeoutError as error:
            log.warning("no answer: %s", outline(error))
            raise NoAnswer(final=True) from None
        except Exception as error:  # the person must not be left without an answer
            log.error("the dialogue failed: %s", outline(error))
        raise NoAnswer


def _rendered(replies: Sequence[Reply]) -> tuple[list[Outgoing], bool]:
    """The messages of all replies that can be shown, and whether that is all of them."""
    messages: list[Outgoing] = []
    whole = True
    for reply in replies:
        try:
            messages += render(reply)
        except Exception as error:  # one bad reply must not take the others along
            log.error("a reply cannot be shown: %s", outline(error))
            whole = False
    return messages, whole


@asynccontextmanager
async def _typing(bot: Bot, chat_id: int) -> AsyncIterator[None]:
    """Shows "typing…" while the body runs, once it has taken longer than PATIENCE."""

    async def show() -> None:
        await asyncio.sleep(PATIENCE)
        while True:
            with suppress(TelegramError):
                await bot.send_chat_action(chat_id, ChatAction.TYPING)
            await asyncio.sleep(TYPING_LASTS)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()
