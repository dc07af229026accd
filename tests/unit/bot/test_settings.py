"""Settings: read once, refused in one line that names the variable and never repeats its value."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.identity import sender_for
from bot.settings import TELEGRAM_API, BadSettings, read_settings


def test_nothing_set_is_fine() -> None:
    chosen = read_settings()
    assert chosen.telegram_bot_token is None
    assert chosen.telegram_api_base == TELEGRAM_API


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "no-colon"),
        ("TELEGRAM_API_BASE", "ftp://somewhere"),
        ("RASA_URL", "localhost:5005"),
        ("STAFF_CHAT_ID", "a group"),
        ("ADVISOR_SECRET", "short"),
        ("ADVISOR_SECRET_OLD", "short"),
        ("ADVISOR_LISTEN", "everywhere"),
        ("ADVISOR_LISTEN", "127.0.0.1:99999"),
        ("ADVISOR_LISTEN", "::1:8080"),
        ("ADVISOR_KEEP_DAYS", "0"),
        ("TELEGRAM_PER_SECOND", "many"),
    ],
)
def test_a_bad_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        read_settings()
    assert str(refused.value).startswith(name)
    assert value not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_where_to_listen_may_be_an_address_of_either_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("127.0.0.1:0", "localhost:65535", "[::1]:8080"):
        monkeypatch.setenv("ADVISOR_LISTEN", place)
        assert read_settings().advisor_listen == place


def test_a_var_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_VAR", "/dev/null/x")
    with pytest.raises(BadSettings, match=r"^ADVISOR_VAR: /dev/null/x/secret: Not a directory$"):
        read_settings().secret()


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    monkeypatch.setenv("TELEGRAM_API_BASE", "")
    assert read_settings().telegram_bot_token is None
    assert read_settings().telegram_api_base == TELEGRAM_API


def test_without_a_database_of_its_own_the_file_is_in_var(monkeypatch: pytest.MonkeyPatch, own_var: Path) -> None:
    assert read_settings().database() == f"sqlite:///{own_var / 'advisor.db'}"
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@h/n")
    assert read_settings().database() == "postgresql://u:p@h/n"


def test_the_secret_is_made_once_and_kept_private(own_var: Path) -> None:
    secret = read_settings().secret()
    assert len(secret) >= 32
    assert read_settings().secret() == secret
    assert stat.S_IMODE((own_var / "secret").stat().st_mode) == 0o600


def test_a_spoilt_secret_is_told(own_var: Path) -> None:
    own_var.mkdir(parents=True)
    (own_var / "secret").write_text("x")
    with pytest.raises(BadSettings, match="ADVISOR_SECRET"):
        read_settings().secret()


def test_a_sender_is_stable_differs_by_chat_and_secret_and_hides_the_chat() -> None:
    name = sender_for(7100000001, b"k" * 32)
    assert name == sender_for(7100000001, b"k" * 32)
    assert name != sender_for(7100000002, b"k" * 32)
    assert name != sender_for(7100000001, b"l" * 32)
    assert "7100000001" not in name
