"""Rasa servers on one Redis take turns; without REDIS_URL each is by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.utils.endpoints import EndpointConfig, read_endpoint_config

from bot.settings import ROOT
from tests.databases import redis_server


@pytest.fixture
def endpoint() -> EndpointConfig:
    found = read_endpoint_config(str(ROOT / "endpoints.yml"), endpoint_type="lock_store")
    assert found is not None
    return found


async def test_two_servers_take_turns_by_redis(
    endpoint: EndpointConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with redis_server(tmp_path) as server:
        monkeypatch.setenv("REDIS_URL", server.url)
        first, second = LockStore.create(endpoint), LockStore.create(endpoint)
        mine = first.issue_ticket("a conversation")
        theirs = second.issue_ticket("a conversation")
        seen = second.get_lock("a conversation")
        assert seen is not None
        assert seen.is_locked(theirs)
        first.cleanup("a conversation", mine)
        seen = second.get_lock("a conversation")
        assert seen is not None
        assert not seen.is_locked(theirs)
        second.cleanup("a conversation", theirs)
        assert first.get_lock("a conversation") is None


def test_one_server_needs_no_redis(endpoint: EndpointConfig) -> None:
    assert isinstance(LockStore.create(endpoint), InMemoryLockStore)
