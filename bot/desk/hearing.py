"""What the desk needs to know of an update: of people's messages their numbers, of its groups everything said there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from telegram import ChatMember, Message, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.desk.groups import Groups
from bot.telegram.handlers import Heard, heard_in

GENERAL = 1
"""The number of the General topic. Telegram does not take it as a place to send to."""

TEXT, PHOTO, DOCUMENT, OTHER = "text", "photo", "document", "other"
MESSAGE, UPGRADED, COLLEAGUE_LEFT, RIGHTS, GONE = "message", "upgraded", "left", "rights", "gone"
REMOVED = "removed from the group"
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


class Hearing:
    """``plain``: what the gateway makes of people's updates without a desk."""

    def __init__(self, groups: Groups, plain: Callable[[Update], Heard | None] = heard_in) -> None:
        self._groups, self._plain = groups, plain

    def hear(self, update: Update) -> Heard | None:
        chat = update.effective_chat
        if chat is not None and chat.type in _GROUPS:
            upgraded = _upgraded(update)
            if self._groups.of_chat(upgraded[0] if upgraded else chat.id):
                told = _told_by_staff(update, upgraded)
                return Heard(chat.id, desk={"staff": True, **told}) if told else None
        heard = self._plain(update)
        if chat is None or chat.type != ChatType.PRIVATE:
            return heard
        if update.my_chat_member is not None:
            is_gone = update.my_chat_member.new_chat_member.status == ChatMember.BANNED
            return Heard(chat.id, desk={"event": GONE, "only": True}) if is_gone else heard
        return _with_number(update, heard)


def _with_number(update: Update, heard: Heard | None) -> Heard | None:
    message = update.message or update.edited_message
    if message is None or filters.StatusUpdate.ALL.check_update(update):
        return heard
    desk = {"event": MESSAGE, **_content(message), "edited": update.edited_message is not None}
    if heard is None:  # nothing that the dialogue answers; in an open case it still counts
        return Heard(message.chat.id, desk={**desk, "only": True})
    return replace(heard, desk=desk)


def _told_by_staff(update: Update, upgraded: tuple[int, int] | None) -> Mapping[str, Any] | None:
    if upgraded is not None:
        return {"event": UPGRADED, "old": upgraded[0], "new": upgraded[1]}
    if update.my_chat_member is not None:
        member = update.my_chat_member.new_chat_member
        return {"event": RIGHTS, "lack": lack_of(member)}
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.left_chat_member is not None:
        return {"event": COLLEAGUE_LEFT, "user": message.left_chat_member.id}
    author = message.sender_chat or message.from_user
    if author is None or filters.StatusUpdate.ALL.check_update(update) or _is_a_robot(message):
        return None
    return {
        "event": MESSAGE,
        "user": author.id,
        "speaks_for_group": message.sender_chat is not None and message.sender_chat.id == message.chat.id,
        "thread": _thread(message),
        "edited": update.edited_message is not None,
        **_content(message),
    }


def lack_of(member: ChatMember) -> str | None:
    """Why a bot with these rights cannot serve as a desk; None when it can."""
    if member.status in (ChatMember.LEFT, ChatMember.BANNED):
        return REMOVED
    if member.status != ChatMember.ADMINISTRATOR:
        return "not an administrator of the group"
    return None if getattr(member, "can_manage_topics", False) else "may not manage topics"


def _content(message: Message) -> dict[str, Any]:
    kind = OTHER
    if message.text is not None:
        kind = TEXT
    elif message.photo:
        kind = PHOTO
    elif message.document is not None and message.animation is None:
        kind = DOCUMENT
    return {"id": message.message_id, "kind": kind, "words": message.text or message.caption or ""}


def _thread(message: Message) -> int | None:
    """None in General, where a reply may carry a number as well."""
    thread = message.message_thread_id if message.is_topic_message else None
    return None if thread == GENERAL else thread


def _is_a_robot(message: Message) -> bool:
    return message.sender_chat is None and message.from_user is not None and message.from_user.is_bot


def _upgraded(update: Update) -> tuple[int, int] | None:
    """The group's id before and after, said in either of them."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id is not None:
        return message.migrate_from_chat_id, message.chat.id
    return None
