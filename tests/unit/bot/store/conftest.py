"""An empty store of either kind, its inbox and its outbox."""

from __future__ import annotations

import pytest

from bot.store import Database, Inbox, Outbox, Seal
from tests.unit.bot.store.kept import SECRET


@pytest.fixture
def seal() -> Seal:
    return Seal(SECRET)


@pytest.fixture
def entrance(database: Database, seal: Seal) -> Inbox:
    return Inbox(database, seal)


@pytest.fixture
def exit_(database: Database, seal: Seal) -> Outbox:
    return Outbox(database, seal)
