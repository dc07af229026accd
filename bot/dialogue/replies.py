"""From what Rasa's channels deliver to replies."""

from __future__ import annotations

import base64
from typing import Any, Iterable, List, Mapping

from bot.dialogue.port import Button, Reply


def replies_of(messages: Iterable[Mapping[str, Any]]) -> List[Reply]:
    """Our actions send each reply as one JSON message (actions/base.py); anything else is not ours and is dropped."""
    replies = []
    for message in messages:
        content = message.get("custom")
        if isinstance(content, Mapping) and isinstance(content.get("text"), str):
            buttons = [Button(button["title"], button["payload"]) for button in content.get("buttons", [])]
            trace = content.get("trace")
            picture = base64.b64decode(content["picture"]) if content.get("picture") else None
            orders = {name: True for name in ("forget", "wipe") if content.get(name)}
            custom = {**({"trace": trace} if trace else {}), **orders}
            if isinstance(content.get("desk"), Mapping):
                custom["desk"] = dict(content["desk"])
            replies.append(Reply(content["text"], buttons, custom, picture, bool(content.get("in_place"))))
    return replies
