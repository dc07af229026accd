"""Groups and channels: nobody is advised where others read along, and nothing said there is read or kept.

This is the one place where the update of a group is decided on. A group of the staff is left alone: ``is_staff``.
"""

from __future__ import annotations

import logging
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from telegram import Bot, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.outline import outline
from bot.telegram.links import Link
from translations.languages import language_of_locale
from translations.localizer import Localizer

log = logging.getLogger(__name__)

GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_PRESENT = frozenset({ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED})


def is_of_group(update: Update) -> bool:
    """Whether it comes from a chat of many."""
    chat = update.effective_chat
    return chat is not None and chat.type in (*GROUPS, ChatType.CHANNEL)


@dataclass(frozen=True)
class Leaving:
    """A chat of many to leave; ``says_why``: after a sentence in the language of whoever called us there."""

    chat_id: int = field(repr=False)
    locale: str | None
    says_why: bool


@runtime_checkable
class Refreshing(Protocol):
    """Groups of staff that others may change as well."""

    async def refresh(self) -> None:
        """Reads what they have changed."""


class Groups:
    """``staff``: the ids of groups in which the staff answers people."""

    def __init__(self, bot: Bot, staff: Container[int] = ()) -> None:
        self._bot, self._staff = bot, staff
        self._being_left: set[int] = set()
        self._upgraded: set[int] = set()

    def is_staff(self, update: Update) -> bool:
        chat = update.effective_chat
        if chat is None:
            return False
        self._note_upgrade(update.message, chat.id)
        return self._is_of_staff(chat.id)

    def _note_upgrade(self, message: Message | None, chat_id: int) -> None:
        """The new group is the staff's at once: its messages may come before the worker has followed."""
        if message is None:
            return
        before = message.migrate_from_chat_id or chat_id
        after = message.migrate_to_chat_id or (chat_id if message.migrate_from_chat_id else None)
        if after is not None and self._is_of_staff(before):
            self._upgraded.add(after)

    def _is_of_staff(self, chat_id: int) -> bool:
        return chat_id in self._upgraded or chat_id in self._staff

    def leaving(self, update: Update) -> Leaving | None:
        """None for what is not for us: people among themselves, the staff, service messages."""
        chat = update.effective_chat
        if chat is None or not is_of_group(update) or self.is_staff(update):
            return None
        if not (_is_added(update) or self._is_addressed(update.message)):
            return None
        code = update.effective_user.language_code if update.effective_user else None
        locale = code if isinstance(code, str) else None
        return Leaving(int(chat.id), locale, says_why=chat.type in GROUPS)

    async def leave(self, leaving: Leaving) -> None:
        """Says once why, and goes. What Telegram refuses is tried again when we are next addressed there."""
        if isinstance(self._staff, Refreshing):  # another gateway may have followed an upgrade, or begun a case there
            await self._staff.refresh()
        if self._is_of_staff(leaving.chat_id):
            return
        is_first = leaving.chat_id not in self._being_left
        self._being_left.add(leaving.chat_id)
        if is_first and leaving.says_why:
            speak = Localizer.of(language_of_locale(leaving.locale) or "en")
            sentence = speak.text("group.private", link=Link().address(self._bot.username))
            await _tried(self._bot.send_message(leaving.chat_id, sentence))
        if await _tried(self._bot.leave_chat(leaving.chat_id)):
            self._being_left.discard(leaving.chat_id)

    def _is_addressed(self, message: Message | None) -> bool:
        """By a command, by our name, or by an answer to what we said."""
        if message is None:
            return False
        answered = message.reply_to_message
        if answered is not None and answered.from_user is not None and answered.from_user.id == self._bot.id:
            return True
        text = message.text or message.caption
        if not isinstance(text, str):
            return False
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        names_us = f"@{self._bot.username}".lower() in text.lower()
        return names_us or (len(command) > 1 and "@" not in command)


def _is_added(update: Update) -> bool:
    change = update.my_chat_member
    return change is not None and change.new_chat_member.status in _PRESENT


async def _tried(request) -> bool:  # type: ignore[no-untyped-def]
    try:
        await request
    except TelegramError as error:
        log.info("a group is not left as it should be: %s", outline(error))
        return False
    return True
