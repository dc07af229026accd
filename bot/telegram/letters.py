"""A Telegram message as it is kept until it is delivered."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.outline import outline
from bot.store import Part
from bot.store.database import Work
from bot.telegram.render import Outgoing

log = logging.getLogger(__name__)

MOST_DELETED = 100
"""Messages in one request."""


@dataclass(frozen=True)
class Letter:
    """``pressed``: the message whose button was pressed. ``locale``: for the apology when Telegram refuses it."""

    message: Outgoing
    pressed: int | None = None
    locale: str | None = None
    apologises: bool = False
    received: float | None = None
    """When the update it answers came in."""
    delete: tuple[int, ...] = ()
    """Numbers of messages that are to be deleted; then there is nothing to show."""
    errand: Mapping[str, Any] | None = None
    """What else is to be done for a case of the desk (bot/desk/errands.py)."""

    @property
    def is_new_message(self) -> bool:
        """Sent twice, it would be shown twice; a change in place would not."""
        changes = (self.message.in_place and self.pressed is not None) or (self.errand or {}).get("do") == "edit"
        return not self.delete and not changes

    def to_bytes(self) -> bytes:
        message = self.message
        kept = {
            "html": message.html,
            "keyboard": message.keyboard.to_dict() if message.keyboard else None,
            "picture": base64.b64encode(message.picture).decode("ascii") if message.picture else None,
            "in_place": message.in_place,
            "pressed": self.pressed,
            "locale": self.locale,
            "apologises": self.apologises,
            "received": self.received,
            "delete": self.delete,
            "errand": self.errand,
        }
        return json.dumps(kept, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_bytes(cls, content: bytes) -> Letter:
        kept: dict[str, Any] = json.loads(content)
        message = Outgoing(
            kept["html"],
            InlineKeyboardMarkup.de_json(kept["keyboard"], None) if kept["keyboard"] else None,
            base64.b64decode(kept["picture"]) if kept["picture"] else None,
            kept["in_place"],
        )
        delete, errand = tuple(kept["delete"]), kept.get("errand")
        return cls(message, kept["pressed"], kept["locale"], kept["apologises"], kept["received"], delete, errand)


async def send(bot: Bot, chat_id: int, letter: Letter) -> int | None:
    """The number Telegram gave the message, None where there is none. Raises TelegramError."""
    if letter.delete:
        await delete(bot, chat_id, letter.delete)
        return None
    message = letter.message
    shown: dict[str, Any] = {"parse_mode": ParseMode.HTML, "reply_markup": message.keyboard}
    if message.picture is not None:
        return _number(await bot.send_photo(chat_id, message.picture, caption=message.html, **shown))
    shown["link_preview_options"] = LinkPreviewOptions(is_disabled=True)
    if message.in_place and letter.pressed is not None:
        try:
            return _number(await bot.edit_message_text(message.html, chat_id, letter.pressed, **shown))
        except BadRequest as error:
            if "not modified" in error.message:  # it shows this already: pressed twice, or sent before a restart
                return letter.pressed
            # gone, or too old to be changed: then it is sent anew
    return _number(await bot.send_message(chat_id, message.html, **shown))


async def delete(bot: Bot, chat_id: int, numbers: Sequence[int]) -> None:
    """Those that Telegram still lets us delete; of the others people were told. Raises TelegramError."""
    for start in range(0, len(numbers), MOST_DELETED):
        try:
            await bot.delete_messages(chat_id, list(numbers[start : start + MOST_DELETED]))
        except BadRequest as error:
            log.warning("messages could not be deleted: %s", outline(error))


class Posting(Protocol):
    """How letters go out, and what their failures mean."""

    async def deliver(self, chat_id: int, letter: Letter) -> tuple[int | None, Sequence[Work[None]]]:
        """The message's number, and what is written down together with it. Raises TelegramError."""

    def delivered(self, letter: Letter, number: int) -> Sequence[Work[None]]:
        """What is written down where Telegram was found to have the message already."""

    async def take_back(self, chat_id: int, numbers: Sequence[int]) -> None:
        """Deletes messages. Raises TelegramError."""

    async def failed(self, part: Part, letter: Letter, error: TelegramError) -> float | None:
        """Seconds until it is tried again, less than none: it is given up; None: like any other letter."""

    def wakes(self) -> Sequence[str]:
        """Chats that letters were written for meanwhile."""


def _number(sent: object) -> int | None:
    return getattr(sent, "message_id", None)
