"""From what Telegram delivers to an update of the library, also where the library stumbles over a part of it.

What is new in the Bot API, or missing in an older server, must not cost a person the answer: then the message is read
without everything that we do not need.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update

_OF_MESSAGE = (
    "message_id", "date", "edit_date", "chat", "from", "text", "caption", "media_group_id", "message_thread_id",
    "is_topic_message",
)  # fmt: skip
_OF_CHAT = ("id", "type")
_OF_PERSON = ("id", "is_bot", "first_name", "language_code")
_OF_PRESS = ("id", "from", "chat_instance", "data", "message")


def update_of(raw: Mapping[str, Any], bot: Bot) -> Update:
    """Raises whatever the library stumbles over, when that is something we need."""
    try:
        return Update.de_json(dict(raw), bot)
    except Exception:
        return Update.de_json(_bare(raw), bot)


def _bare(raw: Mapping[str, Any]) -> dict[str, Any]:
    bare = {"update_id": raw["update_id"]}
    for kind in (Update.MESSAGE, Update.EDITED_MESSAGE):
        if kind in raw:
            bare[kind] = _bare_message(raw[kind])
    if Update.CALLBACK_QUERY in raw:
        press = _only(raw[Update.CALLBACK_QUERY], _OF_PRESS)
        press["from"] = _only(press["from"], _OF_PERSON)
        press["message"] = _bare_message(press["message"])
        bare[Update.CALLBACK_QUERY] = press
    return bare


def _bare_message(content: Mapping[str, Any]) -> dict[str, Any]:
    message = _only(content, _OF_MESSAGE)
    message["chat"] = _only(message["chat"], _OF_CHAT)
    if "from" in message:
        message["from"] = _only(message["from"], _OF_PERSON)
    return message


def _only(content: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: content[name] for name in names if name in content}
