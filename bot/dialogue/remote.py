"""The advisor on Rasa servers, over REST on a private network."""

from __future__ import annotations

import asyncio
from typing import List

import aiohttp

from bot.dialogue.port import DialogueUnavailable, Reply, Turn
from bot.dialogue.replies import replies_of

PATIENCE = 20.0
"""Seconds an answer may take before the gateway is told that there is none."""


class RemoteDialogue:
    """Talks to ``rasa run`` with the REST channel. ``base``: such as http://127.0.0.1:5005, without a final slash."""

    def __init__(self, base: str, patience: float = PATIENCE) -> None:
        self._address = f"{base}/webhooks/rest/webhook"
        self._patience = aiohttp.ClientTimeout(total=patience)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, turn: Turn) -> List[Reply]:
        body = {"sender": turn.conversation, "message": turn.message, "metadata": turn.metadata}
        try:
            async with self._connection().post(self._address, json=body) as response:
                if response.status != 200:
                    raise DialogueUnavailable(f"the Rasa server answered {response.status}")
                messages = await response.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise DialogueUnavailable(type(error).__name__) from error
        replies = replies_of(messages)
        if not replies:  # Rasa answers 200 with nothing when an action failed
            raise DialogueUnavailable("the Rasa server had no answer")
        return replies

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _connection(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._patience)
        return self._session
