"""``advisor doctor`` says what is missing, changes nothing by looking, and repeats no secret."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import doctor, main
from bot.settings import read_settings
from bot.store import Arrival, Database, Inbox, Seal

OURS, LOST = "the secret of today, long enough" * 2, "the secret of yesterday, long too" * 2
CLOSED_PORT = "127.0.0.1:9"


@pytest.fixture(autouse=True)
def only_what_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder, the facts and the catalogs are looked at in the real process of tests/conversations."""
    for slow in ("_facts", "_catalogs", "_encoder", "_model"):
        monkeypatch.setattr(doctor, slow, lambda: "")


def findings(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Name of what was looked at → "ok" or "FAULT", and what is said."""
    main(["doctor"])
    said = re.findall(r"^(ok|FAULT) +([a-z]+): (.*)$", capsys.readouterr().out, re.MULTILINE)
    return {name: f"{verdict} {finding}" for verdict, name, finding in said}


def test_looking_makes_neither_secret_nor_database(own_var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = findings(capsys)
    assert found["secret"].startswith("ok none yet")
    assert found["database"].startswith("ok empty so far")
    assert not own_var.exists()


def test_a_secret_that_others_can_read_is_a_fault(own_var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read_settings().secret()
    assert findings(capsys)["secret"] == f"ok in {own_var}/secret, readable by its owner only"
    (own_var / "secret").chmod(0o644)
    assert findings(capsys)["secret"].startswith("FAULT others on this machine can read it")


def test_a_secret_of_the_environment_is_called_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISOR_SECRET", OURS)
    assert findings(capsys)["secret"] == "ok from ADVISOR_SECRET"


async def a_message_waits(url: str, secret: str) -> None:
    database = Database.open(url)
    await Inbox(database, Seal(secret.encode())).claim([Arrival(1, 7100000001, b"help")])
    database.close()


async def test_what_is_kept_must_open(
    database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    await a_message_waits(database_url, OURS)
    assert findings(capsys)["database"].startswith("FAULT something is kept in it, and the secret")
    monkeypatch.setenv("ADVISOR_SECRET", LOST)
    assert findings(capsys)["database"].startswith("FAULT 1 kept message(s) were sealed with another ADVISOR_SECRET")
    monkeypatch.setenv("ADVISOR_SECRET", OURS)
    assert findings(capsys)["database"] == "ok answers, and what is kept can be read"


def test_a_server_without_tables_is_left_without(
    postgres, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres.fresh())
    for _ in range(2):
        assert findings(capsys)["database"].startswith("ok empty so far")


@pytest.mark.parametrize(
    ("name", "address", "what"),
    [
        ("DATABASE_URL", f"postgresql://u:secretword@{CLOSED_PORT}/n", "database"),
        ("DATABASE_URL", "postgresql+asyncpg://u:secretword@h/n", "database"),
        ("REDIS_URL", f"redis://:secretword@{CLOSED_PORT}/0", "redis"),
        ("REDIS_URL", "http://secretword", "redis"),
        ("RASA_URL", f"http://{CLOSED_PORT}", "rasa"),
    ],
)
def test_what_does_not_answer_is_named_without_its_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, address: str, what: str
) -> None:
    monkeypatch.setenv(name, address)
    found = findings(capsys)
    assert found[what].startswith(f"FAULT {name}")
    assert "secretword" not in str(found)


def test_with_rasa_servers_no_model_of_our_own_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "model" in findings(capsys)
    monkeypatch.setenv("RASA_URL", f"http://{CLOSED_PORT}")
    assert "model" not in findings(capsys)
