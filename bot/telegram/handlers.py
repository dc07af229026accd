"""What people do in a private chat, and what of it the dialogue needs to know: the rest is not even kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.dialogue.payload import make_payload
from bot.store.wordings import Wording
from bot.telegram.commands import AT_ONCE, COMMANDS
from bot.telegram.kinds import CANNOT_READ, is_contact, payload_of_kind
from bot.telegram.links import Link, read_link

__all__ = [
    "CANNOT_READ",
    "COMMANDS",
    "LEAVE",
    "MENU",
    "OLD_BUTTON",
    "PRIVATE_MESSAGES",
    "Heard",
    "heard_in",
    "said",
    "wording_of",
]

MENU = COMMANDS["menu"]
LEAVE = COMMANDS["exit"]
OLD_BUTTON = make_payload("show_menu", step="old")
LONGEST_LOCALE = 35
"""Characters; the longest that the standard foresees (RFC 5646)."""
EDITS_READ = timedelta(hours=1)
"""So long after it was written a message may be changed and is answered again."""

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(?P<words>\S.*))?\s*", re.DOTALL)
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}\s*")

PRIVATE_MESSAGES = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL


@dataclass(frozen=True)
class Heard:
    """What a person did: wrote ``text``, or pressed a button with ``payload`` under the message ``pressed``.

    ``profile``: choices that a link carried. ``edited``: it changes what was answered before. ``remove``: the number of
    the message, when it is to be deleted.
    """

    chat_id: int = field(repr=False)
    locale: str | None = None
    text: str | None = field(default=None, repr=False)
    payload: str | None = None
    pressed: int | None = None
    profile: Mapping[str, str] = field(default_factory=dict)
    edited: bool = False
    remove: int | None = None
    desk: Mapping[str, Any] | None = field(default=None, repr=False)
    """What only the desk of people needs to know of it (bot/desk/hearing.py)."""

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def from_bytes(cls, kept: bytes) -> Heard:
        return cls(**json.loads(kept))

    def instead_of(self, kept: bytes) -> bytes:
        """This wording in the place of one that waits for its answer."""
        before = Heard.from_bytes(kept)
        return replace(self, edited=before.edited, desk=_changed(before.desk, self.desk)).to_bytes()

    def together_with(self, kept: bytes) -> bytes:
        """This part of an album and those before it as one: words count, pictures only where there are no words."""
        before = Heard.from_bytes(kept)
        whole = replace(before, desk=_joined(before.desk, self.desk))
        texts = [each.text for each in (before, self) if each.text is not None]
        if not texts or before.payload not in (None, *_WORDLESS):
            return whole.to_bytes()
        return replace(whole, text="\n".join(texts), payload=None).to_bytes()


Told = Mapping[str, Any] | None
"""What the desk is told of a message; of an album, of its further parts under ``more``."""


def _joined(before: Told, part: Told) -> Told:
    return before if before is None or part is None else {**before, "more": [*before.get("more", ()), part]}


def _changed(before: Told, now: Told) -> Told:
    """What the change says, of the very message that waits; the other parts of its album stay."""
    if before is None or now is None:
        return now
    parts = [before, *before.get("more", ())]
    first, *others = [{**part, **_content(now)} if part.get("id") == now.get("id") else part for part in parts]
    return {**first, "more": others} if others else first


def _content(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("kind", "words") if name in told}


_WORDLESS = tuple(make_payload("show_menu", step=kind) for kind in ("picture", "video", "file", "voice"))


def said(message: Message) -> Heard:
    """What a message means to the dialogue: ``text`` or ``payload``, and what a link has chosen."""
    here = Heard(message.chat.id)
    text = _text_of(message)
    if text is None:
        number = message.message_id if is_contact(message) else None
        return replace(here, payload=payload_of_kind(message), remove=number)
    command = _COMMAND.fullmatch(text)
    if command is not None and _is_only_a_command(command):
        link = _link(command)
        return replace(
            here, payload=link.payload if link else COMMANDS[command["name"].lower()], profile=_choices(link)
        )
    return replace(here, text=text.lstrip("/"))


def _text_of(message: Message) -> str | None:
    text = message.text or message.caption
    return text if isinstance(text, str) else None


def _link(command: re.Match[str]) -> Link | None:
    is_start = command["name"].lower() == "start" and command["words"]
    return read_link(command["words"].strip()) if is_start else None


def _choices(link: Link | None) -> dict[str, str]:
    return dict(link.profile) if link else {}


def _is_only_a_command(command: re.Match[str]) -> bool:
    """Known, and no words after it would be lost: "/help he took my passport" is for the dialogue."""
    name, words = command["name"].lower(), command["words"]
    if name not in COMMANDS or words is None or name in AT_ONCE:
        return name in COMMANDS
    return name == "start" and _DEEP_LINK.fullmatch(words) is not None


def heard_in(update: Update) -> Heard | None:
    """None for what gets no answer: service messages, old edits, and all that is not private (groups.py)."""
    chat = update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE or type(chat.id) is not int:
        return None
    heard = None
    if update.callback_query is not None:
        heard = _pressed(chat.id, update.callback_query)
    elif update.message is not None and PRIVATE_MESSAGES.check_update(update):
        heard = said(update.message)
    elif update.edited_message is not None and _is_to_be_read_again(update.edited_message):
        heard = replace(said(update.edited_message), edited=True)
    return replace(heard, locale=_locale(update)) if heard else None


def _pressed(chat_id: int, query: CallbackQuery) -> Heard:
    under = query.message.message_id if query.message is not None else None
    payload = query.data if query.data and isinstance(query.data, str) else OLD_BUTTON
    return Heard(chat_id, payload=payload, pressed=under if isinstance(under, int) else None)


def _is_to_be_read_again(message: Message) -> bool:
    """It has words, and is not old. A place that moves is none: Telegram sends it as an edit again and again."""
    changed = message.edit_date or datetime.now(timezone.utc)
    return _text_of(message) is not None and changed - message.date <= EDITS_READ


def wording_of(update: Update, heard: Heard) -> Wording | None:
    """By what the inbox knows a message again: one that is changed later, or that is part of an album."""
    message = update.message or update.edited_message
    if message is None or update.callback_query is not None:
        return None
    if heard.edited:
        return Wording(message.message_id, _meaning(heard), heard.instead_of, edits=True)
    return _wording_of_new(message, heard)


def _wording_of_new(message: Message, heard: Heard) -> Wording:
    def as_changed(edit: bytes) -> tuple[bytes, Wording]:
        changed = Heard.from_bytes(edit).instead_of(heard.to_bytes())
        return changed, _wording_of_new(message, Heard.from_bytes(changed))

    return Wording(
        message.message_id,
        _meaning(heard),
        heard.together_with,
        has_words=heard.text is not None,
        album=message.media_group_id or None,
        as_changed=as_changed,
    )


def _meaning(heard: Heard) -> bytes:
    return json.dumps([heard.text, heard.payload, dict(heard.profile)]).encode("ascii")


def _locale(update: Update) -> str | None:
    code = update.effective_user.language_code if update.effective_user else None
    return code[:LONGEST_LOCALE] if isinstance(code, str) else None
