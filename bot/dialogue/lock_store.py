"""The lock store of several Rasa servers: Redis where REDIS_URL is set, else memory."""

from __future__ import annotations

from typing import Any, Optional

from rasa.core.lock_store import DEFAULT_REDIS_LOCK_STORE_KEY_PREFIX, InMemoryLockStore, LockStore, RedisLockStore
from redis import Redis

from bot.settings import read_settings

PATIENCE = 5.0
"""Seconds."""


class LockStoreOfSettings:
    """``type: bot.dialogue.lock_store.LockStoreOfSettings`` in endpoints.yml. Raises BadSettings."""

    def __new__(cls, endpoint_config: Optional[Any] = None) -> LockStore:  # type: ignore[misc]
        url = read_settings().redis_url
        return InMemoryLockStore() if url is None else _RedisByAddress(url)


class _RedisByAddress(RedisLockStore):
    """Rasa's own takes host and port one by one, and has no room for the address that everybody else uses."""

    def __init__(self, url: str) -> None:
        self.red = Redis.from_url(url, socket_timeout=PATIENCE)
        self.key_prefix = f"advisor:{DEFAULT_REDIS_LOCK_STORE_KEY_PREFIX}"
        LockStore.__init__(self)
