"""What Telegram shows of the bot before a word is written: its commands, its description, in each of our languages.

Set in the background after each start, and only what has changed since it was last set: Telegram allows few such calls.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import regex
from telegram import Bot, BotCommand
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.outline import outline
from bot.telegram.commands import NAMED_BY
from translations.languages import spoken
from translations.localizer import Localizer

log = logging.getLogger(__name__)

BEGIN_AFTER = 5.0
"""Seconds after the start: people who wait come first."""
LONGEST_PAUSE = 3600.0
"""Seconds; a longer pause that Telegram asks for is left to the next start."""
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_SHORT = 256, 512, 120
KEPT_IN = "introduction.json"

_SIGNS = regex.compile(r"^[^\p{L}\p{M}\p{N}]+")
_TELEGRAM_CODES = {"fil": "tl"}
"""Telegram takes two letters; Filipino has none of its own and goes by those of Tagalog."""

Call = Callable[[], Coroutine[Any, Any, bool]]


@dataclass(frozen=True)
class Saying:
    """One thing to be set: ``name`` says which, ``digest`` whether it has changed."""

    name: str
    digest: str
    call: Call


class Introduction:
    """``var``: the folder where it is noted what has been set."""

    def __init__(self, bot: Bot, var: Path) -> None:
        self._bot, self._path = bot, var / KEPT_IN

    async def keep_current(self) -> None:
        """Raises nothing: the bot answers without an introduction as well."""
        await asyncio.sleep(BEGIN_AFTER)
        try:
            await self._set_what_has_changed()
        except Exception as error:
            log.warning("commands and description are not all set: %s", outline(error))

    async def _set_what_has_changed(self) -> None:
        done = self._read()
        for saying in self.sayings():
            if done.get(saying.name) == saying.digest:
                continue
            try:
                await _patiently(saying.call)
            except BadRequest as error:  # of this one; the others may be taken
                log.warning("Telegram refused %s: %s", saying.name, outline(error))
                continue
            done[saying.name] = saying.digest
            self._write(done)

    def sayings(self) -> Iterator[Saying]:
        """For those whose phone speaks none of our languages first, in English; then language by language."""
        for code in ("", *spoken()):
            speak = Localizer.of(code or "en")
            telegram_code = _TELEGRAM_CODES.get(code, code)
            commands = [(name, _title(speak, key)) for name, key in NAMED_BY.items()]
            description = speak.text("bot.description")[:LONGEST_DESCRIPTION]
            short = speak.text("bot.short")[:LONGEST_SHORT]
            bot, language = self._bot, telegram_code or None
            shown = [BotCommand(*command) for command in commands]
            yield self._saying("commands", telegram_code, commands, partial(bot.set_my_commands, shown, None, language))
            yield self._saying(
                "description", telegram_code, description, partial(bot.set_my_description, description, language)
            )
            yield self._saying("short", telegram_code, short, partial(bot.set_my_short_description, short, language))

    def _saying(self, what: str, code: str, content: object, call: Call) -> Saying:
        """Another bot has an introduction of its own, though it may be started from the same folder."""
        told = json.dumps([self._bot.id, content]).encode("ascii")
        return Saying(f"{what} {code}".strip(), hashlib.sha256(told).hexdigest()[:16], call)

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _write(self, done: dict[str, str]) -> None:
        draft = self._path.with_suffix(".new")
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(done, indent=1, sort_keys=True), encoding="utf-8")
        draft.replace(self._path)


def _title(speak: Localizer, key: str) -> str:
    """The words of a button without the sign before them: the list of commands is plain."""
    return _SIGNS.sub("", speak.text(key))[:LONGEST_TITLE]


async def _patiently(call: Call) -> None:
    """Waits out the pauses that Telegram asks for. Raises TelegramError."""
    while True:
        try:
            await call()
            return
        except RetryAfter as error:
            asked = error.retry_after
            seconds = asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
            if seconds > LONGEST_PAUSE:
                raise TelegramError("a long pause is asked for") from None
            await asyncio.sleep(seconds)
