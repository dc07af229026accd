"""Keeps what people write, who they are and the bot's token out of every log."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

log = logging.getLogger(__name__)

LIBRARIES = ("telegram", "httpx", "httpcore", "aiohttp", "uvicorn", "sqlalchemy", "alembic")
_LONGEST_CHAIN = 5
_FRAMES = 3


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


def outline(error: BaseException) -> str:
    """``KeyError at a.py:7 < b.py:3; from ValueError at c.py:9``: types and places.

    Never the message: an exception often quotes the text, the chat or the address it failed on.
    """
    steps: list[str] = []
    current: BaseException | None = error
    while current is not None and len(steps) < _LONGEST_CHAIN:
        steps.append(type(current).__name__ + _place(current))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "; from ".join(steps)


def _place(error: BaseException) -> str:
    innermost = list(traceback.walk_tb(error.__traceback__))[: -_FRAMES - 1 : -1]
    places = [f"{Path(frame.f_code.co_filename).name}:{line}" for frame, line in innermost]
    return f" at {' < '.join(places)}" if places else ""
