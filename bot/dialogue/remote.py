"""The advisor on Rasa servers, over REST on a private network."""

from __future__ import annotations

import asyncio
from typing import List

import aiohttp

from bot.dialogue.payload import make_payload
from bot.dialogue.port import DialogueUnavailable, Reply, Turn
from bot.dialogue.replies import replies_of

PATIENCE = 20.0
"""Seconds an answer may take before the gateway is told that there is none."""
_PROBE = Turn("probe", payload=make_payload("show_menu"))
"""What always has an answer, and leaves nothing behind."""


class _NoneForThis(DialogueUnavailable):
    """The server is there and did not answer this."""


class RemoteDialogue:
    """Talks to ``rasa run`` with the REST channel. ``base``: such as http://127.0.0.1:5005, without a final slash."""

    def __init__(self, base: str, patience: float = PATIENCE) -> None:
        self._address = f"{base}/webhooks/rest/webhook"
        self._patience = aiohttp.ClientTimeout(total=patience)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, turn: Turn) -> List[Reply]:
        try:
            replies = await self._ask(turn)
        except _NoneForThis as failure:  # this turn, or all: the server is asked for something that it always can
            raise DialogueUnavailable(str(failure), away=not await self.answers()) from failure
        return replies

    async def answers(self) -> bool:
        """Whether it answers at all."""
        try:
            return bool(await self._ask(_PROBE))
        except DialogueUnavailable:
            return False

    async def _ask(self, turn: Turn) -> List[Reply]:
        body = {"sender": turn.conversation, "message": turn.message, "metadata": turn.metadata}
        try:
            async with self._connection().post(self._address, json=body) as response:
                if response.status != 200:
                    raise _NoneForThis(f"the Rasa server answered {response.status}")
                messages = await response.json()
        except aiohttp.ClientConnectionError as error:
            raise DialogueUnavailable(type(error).__name__, away=True) from error
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise _NoneForThis(type(error).__name__) from error
        replies = replies_of(messages)
        if not replies:  # Rasa answers 200 with nothing when something failed
            raise _NoneForThis("the Rasa server had no answer")
        return replies

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _connection(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._patience)
        return self._session
