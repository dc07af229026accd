"""A Telegram message as it is kept until it is delivered."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.store import Part
from bot.store.database import Work
from bot.telegram.render import Outgoing


@dataclass(frozen=True)
class Letter:
    """``pressed``: the message whose button was pressed. ``locale``: for the apology when Telegram refuses it."""

    message: Outgoing
    pressed: int | None = None
    locale: str | None = None
    apologises: bool = False
    received: float | None = None
    """When the update it answers came in."""
    errand: Mapping[str, Any] | None = None
    """What else is to be done for a case of the desk (bot/desk/errands.py)."""

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
        return cls(message, kept["pressed"], kept["locale"], kept["apologises"], kept["received"], kept.get("errand"))


async def send(bot: Bot, chat_id: int, letter: Letter) -> int | None:
    """The number Telegram gave the message. Raises TelegramError."""
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


class Posting(Protocol):
    """How letters go out, and what their failures mean."""

    async def deliver(self, chat_id: int, letter: Letter) -> tuple[int | None, Sequence[Work[None]]]:
        """The message's number, and what is written down together with it. Raises TelegramError."""

    async def failed(self, part: Part, letter: Letter, error: TelegramError) -> float | None:
        """Seconds until it is tried again, less than none: it is given up; None: like any other letter."""

    def wakes(self) -> Sequence[str]:
        """Chats that letters were written for meanwhile."""


@dataclass(frozen=True)
class Letters:
    """Plain letters, without a desk."""

    bot: Bot

    async def deliver(self, chat_id: int, letter: Letter) -> tuple[int | None, Sequence[Work[None]]]:
        return await send(self.bot, chat_id, letter), ()

    async def failed(self, part: Part, letter: Letter, error: TelegramError) -> float | None:
        return None

    def wakes(self) -> Sequence[str]:
        return ()


def _number(sent: object) -> int | None:
    return getattr(sent, "message_id", None)
