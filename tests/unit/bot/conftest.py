"""An empty database of either kind, open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.store import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()
