"""Keeps what people write, who they are and the bot's token out of every log."""

from __future__ import annotations

import logging

from bot.outline import outline

log = logging.getLogger(__name__)

LIBRARIES = ("telegram", "httpx", "httpcore", "aiohttp", "uvicorn", "sqlalchemy", "alembic")


def quiet_libraries() -> None:
    """Silence the libraries of Telegram, the web and the database below WARNING, and strip what they say from there on.

    httpx logs addresses, which hold the bot's token; python-telegram-bot logs whole updates, at any level.
    Works whatever levels are set elsewhere, and may be called again.
    """
    for name in LIBRARIES:
        library = logging.getLogger(name)
        library.setLevel(logging.WARNING)
        library.propagate = False
        library.handlers[:] = [_PlaceOnly(logging.WARNING)]


class _PlaceOnly(logging.Handler):
    """Passes on where a library complained, never what it said."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        reason = f": {outline(error)}" if error else ""
        log.log(record.levelno, "%s, %s line %d%s", record.name, record.funcName, record.lineno, reason)
