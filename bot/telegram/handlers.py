"""What people do in a private chat, turned into turns; and the replies, delivered."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, CallbackQuery, LinkPreviewOptions, Message, Update
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.dialogue.payload import BadPayload, make_payload
from bot.dialogue.port import Dialogue, DialogueUnavailable, Reply, Turn
from bot.identity import sender_for
from bot.telegram.logs import outline
from bot.telegram.render import Outgoing, render
from translations.languages import language_of_locale, spoken

log = logging.getLogger(__name__)

Sorry = Callable[[str | None], Reply]
"""From the language a person's phone is set to, the sentence for when we cannot answer."""

MENU = make_payload("show_menu")
CANNOT_READ = make_payload("show_menu", step="cannot_read")
COMMANDS: Mapping[str, str] = {
    "start": make_payload("greet", step="start"),
    "menu": MENU,
    "fees": make_payload("ask_fees", step="check"),
    "contract": make_payload("ask_contract", step="check"),
    "selfcheck": make_payload("ask_trafficking", step="check"),
    "offer": make_payload("ask_offer_check", step="check"),
    "agency": make_payload("ask_agency_licence", step="check"),
    "cost": make_payload("ask_loan_debt", step="check"),
    "list": make_payload("ask_documents", step="list"),
    "claim": make_payload("ask_welfare_fund", step="check"),
    "language": make_payload("choose_language"),
    "help": make_payload("ask_bot", step="help"),
    "privacy": make_payload("ask_bot", step="privacy"),
    "delete": make_payload("delete_my_data"),
    "exit": make_payload("quick_exit"),
}
# Whatever follows these is not read: someone in a hurry must get out, and nothing may be recorded after.
AT_ONCE = frozenset({"delete", "exit"})

PATIENCE = 1.0
"""Seconds before a person is shown that an answer is on its way."""
TYPING_LASTS = 4.5
LONGEST_TURN = 60.0
"""Seconds; a dialogue that takes longer would hold up the next message of that person."""
SEND_PAUSES: Sequence[float] = (1.0, 3.0, 9.0)
"""Seconds between attempts to deliver one message."""
FINAL = (BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter)
"""Errors that another attempt would only repeat."""

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(?P<words>\S.*))?\s*", re.DOTALL)
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}\s*")

PRIVATE_MESSAGES = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL


def said(message: Message) -> dict[str, str]:
    """What a message means to the dialogue: ``{"text": …}`` or ``{"payload": …}``."""
    text = message.text or message.caption
    if text is None:
        return {"payload": CANNOT_READ}
    command = _COMMAND.fullmatch(text)
    if command is not None and _is_only_a_command(command):
        return {"payload": _payload_of(command["name"].lower(), command["words"])}
    return {"text": text.lstrip("/")}


def _payload_of(command: str, words: str | None) -> str:
    """A deep link may carry the language of the poster it stood on: "/start ne"."""
    linked = language_of_locale(words.strip()) if command == "start" and words else None
    return make_payload("choose_language", language=linked) if linked in spoken() else COMMANDS[command]


def _is_only_a_command(command: re.Match[str]) -> bool:
    """Known, and no words after it would be lost: "/help he took my passport" is for the dialogue."""
    name, words = command["name"].lower(), command["words"]
    if name not in COMMANDS or words is None or name in AT_ONCE:
        return name in COMMANDS
    return name == "start" and _DEEP_LINK.fullmatch(words) is not None


@dataclass(frozen=True)
class Gateway:
    """Answers private chats. ``secret`` is what conversation names are made with."""

    dialogue: Dialogue
    sorry: Sorry
    secret: bytes = field(repr=False)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [MessageHandler(PRIVATE_MESSAGES, self.on_message), CallbackQueryHandler(self.on_press)]

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await self._answer(update, context.bot, said(update.message))

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        acknowledging = asyncio.create_task(_acknowledge(query))  # beside the turn, so as not to delay it
        try:
            if update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE:
                await self._answer(update, context.bot, {"payload": query.data or MENU}, _message_id(query))
        finally:
            await acknowledging

    async def _answer(self, update: Update, bot: Bot, what: Mapping[str, str], pressed: int | None = None) -> None:
        """One turn, from what was said to the last message delivered; ``pressed``: the message the button stood
        under. Raises TelegramError."""
        assert update.effective_chat is not None
        chat_id = update.effective_chat.id
        locale = update.effective_user.language_code if update.effective_user else None
        turn = self._turn(chat_id, locale, **what)
        started = time.monotonic()
        async with _typing(bot, chat_id):
            messages = await self._messages(turn)
        try:
            for message in messages:
                await _deliver(bot, chat_id, message, pressed)
        except BadRequest as error:
            log.error("Telegram refused a reply: %s", outline(error))
            for message in render(self.sorry(turn.locale)):
                await _deliver(bot, chat_id, message)
        log.debug("%d messages in %d ms", len(messages), 1000 * (time.monotonic() - started))

    def _turn(self, chat_id: int, locale: str | None, **what: str) -> Turn:
        sender = sender_for(chat_id, self.secret)
        try:
            return Turn(sender, what.get("text"), what.get("payload"), locale)
        except (BadPayload, UnicodeError):  # forged, or from a button of an older version
            return Turn(sender, locale=locale, payload=MENU)

    async def _messages(self, turn: Turn) -> list[Outgoing]:
        """What to show, never nothing: when the dialogue fails or falls silent, the sorry reply."""
        try:
            replies = await asyncio.wait_for(self.dialogue.send(turn), LONGEST_TURN)
        except (DialogueUnavailable, asyncio.TimeoutError) as error:
            log.warning("no answer: %s", outline(error))
            replies = []
        except Exception as error:  # the person must not be left without an answer
            log.error("the dialogue failed: %s", outline(error))
            replies = []
        messages, whole = _rendered(replies)
        return messages if messages and whole else messages + render(self.sorry(turn.locale))


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


async def _acknowledge(query: CallbackQuery) -> None:
    """Stop the button's spinner. Nothing hangs on it, and a press from before a restart is too old for it."""
    try:
        await query.answer()
    except TelegramError as error:
        log.debug("a press was not acknowledged: %s", type(error).__name__)


async def _deliver(bot: Bot, chat_id: int, message: Outgoing, pressed: int | None = None) -> None:
    """Send, and send again when the network fails: a second copy harms nobody, a missing answer can.

    Pauses that Telegram asks for are waited out by the rate limiter before. Raises TelegramError.
    """
    for pause in (*SEND_PAUSES, None):
        try:
            await _send(bot, chat_id, message, pressed)
            return
        except TelegramError as error:
            if isinstance(error, FINAL) or pause is None:
                raise
            log.info("sending again in %g s after %s", pause, type(error).__name__)
            await asyncio.sleep(pause)


async def _send(bot: Bot, chat_id: int, message: Outgoing, pressed: int | None) -> None:
    shown: dict[str, Any] = {"parse_mode": ParseMode.HTML, "reply_markup": message.keyboard}
    if message.picture is not None:
        await bot.send_photo(chat_id, message.picture, caption=message.html, **shown)
        return
    shown["link_preview_options"] = LinkPreviewOptions(is_disabled=True)
    if message.in_place and pressed is not None:
        with suppress(BadRequest):  # gone, or too old to be changed: then it is sent anew
            await bot.edit_message_text(message.html, chat_id, pressed, **shown)
            return
    await bot.send_message(chat_id, message.html, **shown)


def _message_id(query: CallbackQuery) -> int | None:
    return query.message.message_id if query.message is not None else None


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
