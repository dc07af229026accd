"""What the environment says, read once and checked. A bad value ends start-up with one clear line."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Any, Dict, Optional
from urllib.parse import urlparse

from pydantic import BaseSettings, ValidationError, validator

ROOT = Path(__file__).resolve().parents[1]
TELEGRAM_API = "https://api.telegram.org/bot"
SHORTEST_SECRET = 32
HIGHEST_PORT = 65535


class BadSettings(Exception):
    """A setting that cannot be used; the message is one line and names it."""


class Settings(BaseSettings):
    """Empty variables count as not set. ``var`` holds what this installation makes itself (secret, models' cache)."""

    telegram_bot_token: Optional[str] = None
    telegram_api_base: str = TELEGRAM_API
    telegram_webhook_url: Optional[str] = None
    telegram_webhook_secret: Optional[str] = None
    staff_chat_id: Optional[int] = None
    database_url: Optional[str] = None
    redis_url: Optional[str] = None
    rasa_url: Optional[str] = None
    advisor_secret: Optional[str] = None
    advisor_secret_old: Optional[str] = None
    advisor_listen: Optional[str] = None
    advisor_keep_days: int = 30
    telegram_per_second: int = 30
    advisor_desks: Optional[Path] = None  # read by actions/desks, which may run in another process
    advisor_var: Path = ROOT / "var"

    @validator("*", pre=True)
    def _empty_is_absent(cls, value: object, field) -> object:  # type: ignore[no-untyped-def]
        return field.default if value == "" else value

    @validator("telegram_api_base", "telegram_webhook_url", "rasa_url")
    def _is_http(cls, url: Optional[str]) -> Optional[str]:
        if url is not None:
            parts = urlparse(url)
            if parts.scheme not in ("http", "https") or not parts.netloc:
                raise ValueError("must be an address that starts with http:// or https://")
        return url.rstrip("/") if url else url

    @validator("telegram_bot_token")
    def _looks_like_a_token(cls, token: Optional[str]) -> Optional[str]:
        if token is not None and ":" not in token:
            raise ValueError("must look like 123456:ABC…, as @BotFather gives it")
        return token

    @validator("telegram_webhook_secret", always=True)
    def _fits_the_header(cls, secret: Optional[str], values: Dict[str, Any]) -> Optional[str]:
        if values.get("telegram_webhook_url") and secret is None:
            raise ValueError("must be set together with TELEGRAM_WEBHOOK_URL")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
            raise ValueError("must be 16 to 256 letters, digits, _ or -")
        return secret

    @validator("advisor_listen")
    def _is_a_place(cls, place: Optional[str]) -> Optional[str]:
        form = re.fullmatch(r"(?:[^\s:\[\]]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})", place or "")
        if place is not None and (form is None or int(form["port"]) > HIGHEST_PORT):
            raise ValueError("must look like 127.0.0.1:8080 or [::1]:8080")
        return place

    @validator("advisor_keep_days", "telegram_per_second")
    def _is_positive(cls, number: int) -> int:
        if number < 1:
            raise ValueError("must be at least 1")
        return number

    @validator("advisor_secret", "advisor_secret_old")
    def _long_enough(cls, secret: Optional[str]) -> Optional[str]:
        if secret is not None and len(secret) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
        return secret

    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.advisor_var / 'advisor.db'}"

    def old_secret(self) -> Optional[bytes]:
        """The secret before the present one, while something sealed with it may be left."""
        return self.advisor_secret_old.encode("utf-8") if self.advisor_secret_old else None

    @property
    def secret_file(self) -> Path:
        """Where the secret is kept that was made here; of no meaning while ADVISOR_SECRET is set."""
        return self.advisor_var / "secret"

    def secret(self) -> bytes:
        """The installation's secret; made on first use and kept in ``var`` with mode 0600. Raises BadSettings.

        For what writes. What only looks, or deletes, asks for the ``known_secret``: nothing opens with a new one.
        """
        known = self.known_secret()
        if known is None:
            try:
                self.secret_file.parent.mkdir(parents=True, exist_ok=True)
                _write_private(self.secret_file, secrets.token_urlsafe(48))
            except OSError as error:
                raise BadSettings(f"ADVISOR_VAR: {self.secret_file}: {error.strerror}") from None
            known = self.known_secret()
        assert known is not None
        return known

    def known_secret(self) -> Optional[bytes]:
        """The secret that is set or was made before; None where there is none. Raises BadSettings."""
        if self.advisor_secret:
            return self.advisor_secret.encode("utf-8")
        try:
            kept = self.secret_file.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BadSettings(f"ADVISOR_VAR: {self.secret_file}: {error.strerror}") from None
        if len(kept) < SHORTEST_SECRET:
            raise BadSettings(
                f"ADVISOR_SECRET: the secret kept in {self.secret_file} is shorter than {SHORTEST_SECRET} characters"
            )
        return kept.encode("utf-8")


def _write_private(path: Path, text: str) -> None:
    """Atomic, and never readable by others, not even for a moment."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    try:
        os.link(draft, path)  # unlike a rename, does not overwrite the secret of a process that was faster
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def read_settings() -> Settings:
    """Raises BadSettings naming the first variable that cannot be used. Never repeats a value: it may be secret."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise BadSettings(f"{str(first['loc'][0]).upper()}: {first['msg']}") from None
