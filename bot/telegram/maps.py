"""Places on the map can be read once the towns are loaded; until then they wait, and nobody else does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.outline import outline
from bot.telegram import places

log = logging.getLogger(__name__)

Updates = Mapping[int, Any]
"""As Telegram words them, by number."""


class Maps:
    """Loads the towns in a thread when the first place comes."""

    def __init__(self) -> None:
        self._loading: asyncio.Task[None] | None = None
        self._waiting: list[object] = []
        """Chats of which something waits: what their people write next must not overtake it."""

    def divided(self, updates: Updates) -> tuple[Updates, Updates]:
        """Those that can be read now; and those with places, together with all else of the same chats."""
        chats: set[object] = set(self._waiting)
        if not places.ATLAS.is_loaded:
            chats.update(_chat_of(raw) for raw in updates.values() if _is_place(raw))
        late = {number: raw for number, raw in updates.items() if _chat_of(raw) in chats - {None}}
        return {number: raw for number, raw in updates.items() if number not in late}, late

    @asynccontextmanager
    async def loaded_for(self, updates: Updates) -> AsyncIterator[None]:
        """While the body runs the towns are loaded. Whoever waits for that goes on in the order of coming."""
        chats = [_chat_of(raw) for raw in updates.values()]
        self._waiting += chats
        try:
            if self._loading is None:
                self._loading = asyncio.create_task(self._load())
            await asyncio.shield(self._loading)  # somebody who goes must not take the others' towns along
            yield
        finally:
            for chat in chats:
                self._waiting.remove(chat)

    async def _load(self) -> None:
        try:
            await asyncio.to_thread(places.ATLAS.load)
        except Exception as error:  # people are asked then which country they mean
            log.error("places cannot be looked up: %s", outline(error))


def _is_place(raw: Any) -> bool:
    message = raw.get("message")
    return isinstance(message, Mapping) and bool(message.get("location") or message.get("venue"))


def _chat_of(raw: Any) -> int | None:
    """None where there is none that could be told: such an update waits for nobody."""
    press = raw.get("callback_query")
    told_in = press if isinstance(press, Mapping) else raw
    for kind in ("message", "edited_message"):
        message = told_in.get(kind)
        chat = message.get("chat") if isinstance(message, Mapping) else None
        number = chat.get("id") if isinstance(chat, Mapping) else None
        if type(number) is int:
            return number
    return None
