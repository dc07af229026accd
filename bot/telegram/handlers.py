"""What people do in a private chat, and what of it the dialogue needs to know: the rest is not even kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.dialogue.payload import make_payload
from translations.languages import language_of_locale, spoken

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
    "person": make_payload("talk_to_human"),
    "language": make_payload("choose_language"),
    "help": make_payload("ask_bot", step="help"),
    "privacy": make_payload("ask_bot", step="privacy"),
    "delete": make_payload("delete_my_data"),
    "exit": make_payload("quick_exit"),
}
# Whatever follows these is not read: someone in a hurry must get out, and nothing may be recorded after.
AT_ONCE = frozenset({"delete", "exit"})


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
class Heard:
    """What a person did: wrote ``text``, or pressed a button with ``payload`` under the message ``pressed``."""

    chat_id: int = field(repr=False)
    locale: str | None = None
    text: str | None = field(default=None, repr=False)
    payload: str | None = None
    pressed: int | None = None
    desk: Mapping[str, Any] | None = field(default=None, repr=False)
    """What only the desk of people needs to know of it (bot/desk/hearing.py)."""

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def from_bytes(cls, kept: bytes) -> Heard:
        return cls(**json.loads(kept))


def heard_in(update: Update) -> Heard | None:
    """None for what gets no answer: groups, edits, service messages."""
    chat = update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE:
        return None
    locale = _locale(update)
    if update.callback_query is not None:
        query = update.callback_query
        pressed = query.message.message_id if query.message is not None else None
        return Heard(chat.id, locale, payload=query.data or MENU, pressed=pressed)
    if update.message is not None and PRIVATE_MESSAGES.check_update(update):
        what = said(update.message)
        return Heard(chat.id, locale, what.get("text"), what.get("payload"))
    return None


def _locale(update: Update) -> str | None:
    code = update.effective_user.language_code if update.effective_user else None
    return code if isinstance(code, str) else None
