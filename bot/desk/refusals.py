"""What Telegram's refusals mean, told from their words: it has no codes for them."""

from __future__ import annotations

from collections.abc import Sequence

from telegram.error import BadRequest, TelegramError


def topic_is_gone(error: TelegramError) -> bool:
    return _says(error, ("thread not found", "topic_deleted", "topic_id_invalid", "topic not found"))


def topic_is_closed(error: TelegramError) -> bool:
    return _says(error, ("topic_closed",))


def changes_nothing(error: TelegramError) -> bool:
    """It is so already."""
    return _says(error, ("topic_not_modified", "not modified"))


def lacks_rights(error: TelegramError) -> bool:
    """The group is there, or was, but the bot cannot serve in it."""
    wanted = ("not enough rights", "chat not found", "not a forum", "admin_required", "have no rights", "not a member")
    return _says(error, wanted)


def _says(error: TelegramError, any_of: Sequence[str]) -> bool:
    return isinstance(error, BadRequest) and any(words in error.message.lower() for words in any_of)
