"""What all tests share: no network beyond this machine, and one trained advisor for those that talk to it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket

import bot.dialogue.quiet  # noqa: F401  (before anything imports rasa)
from bot.settings import Settings
from tests.databases import Postgres, postgres_server, sqlite_in

THIS_MACHINE = ["127.0.0.1", "::1"]


@pytest.fixture(autouse=True)
def no_network():
    """Any connection beyond this machine fails the test that tries it."""
    pytest_socket.socket_allow_hosts(THIS_MACHINE, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads the settings or the secret of this installation."""
    for name in Settings.__fields__:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("ADVISOR_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, of either kind."""
    return sqlite_in(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres").fresh()


@pytest.fixture(scope="session")
def model() -> Path:
    from bot.training import model_to_use

    return model_to_use()


@pytest.fixture(scope="session")
async def embedded(model: Path):
    from bot.dialogue.embedded import EmbeddedDialogue

    dialogue = await EmbeddedDialogue.load(model)
    yield dialogue
    await dialogue.close()


_CONVERSATIONS = itertools.count(1)


@pytest.fixture
def sender() -> str:
    """The name of a conversation nobody else has."""
    return f"test-{next(_CONVERSATIONS)}"
