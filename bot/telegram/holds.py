"""Which gateway works for which chat, where several serve one bot: they wait for each other instead of asking again.

The order itself is kept by the database (bot/store/turns.py; of what is sent, the outbox). So Redis may lose its holds,
or be away.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Protocol

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

log = logging.getLogger(__name__)

LASTS = 10.0
"""Seconds after which the hold of a gateway that has died is free."""
RENEWED = 3.0
TRIED_EVERY = 0.05
AWAY_FOR = 1.0
"""Seconds that a Redis which did not answer is not asked again: nobody is to wait for it."""
PREFIX = "advisor:hold:"


class Holds(Protocol):
    """``of`` is entered by one at a time for each name. ``are_shared``: in all gateways together."""

    are_shared: bool

    def of(self, name: str) -> AbstractAsyncContextManager[None]:
        """Waits for as long as somebody else holds it."""

    async def close(self) -> None:
        """Lets go of the connection."""


class Alone:
    """The only gateway: its own tasks see to the order."""

    are_shared = False

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        yield

    async def close(self) -> None:
        """Nothing to let go of."""


class Shared:
    """By locks in Redis. A hold is renewed as long as it is used; that of a dead gateway ends by itself."""

    are_shared = True

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._away_until = 0.0

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        lock = await self._acquired(name)
        renewing = asyncio.create_task(_renew(lock)) if lock is not None else None
        try:
            yield
        finally:
            if renewing is not None and lock is not None:
                renewing.cancel()
                with suppress(RedisError):  # gone with Redis, or it took too long: then it is free already
                    await lock.release()

    async def _acquired(self, name: str) -> Lock | None:
        """None when Redis is away."""
        now = asyncio.get_running_loop().time()
        if now < self._away_until:
            return None
        lock = self._redis.lock(PREFIX + name, timeout=LASTS, sleep=TRIED_EVERY)
        try:
            await lock.acquire()
        except RedisError as error:
            if now >= self._away_until:  # else another chat has said so meanwhile
                log.error("going on without Redis: %s", type(error).__name__)
            self._away_until = asyncio.get_running_loop().time() + AWAY_FOR
            return None
        return lock

    async def close(self) -> None:
        await self._redis.close()


async def _renew(lock: Lock) -> None:
    while True:
        await asyncio.sleep(RENEWED)
        try:
            await lock.extend(LASTS, replace_ttl=True)
        except LockError:  # Redis was started anew and has forgotten it
            return
        except RedisError as error:
            log.warning("a hold could not be renewed: %s", type(error).__name__)
