"""``advisor doctor``: is everything here that answering needs? A line each, and what to do where it is not."""

from __future__ import annotations

import argparse
import asyncio
import stat
from typing import Callable, Iterator, Tuple

from bot.cli import desks
from bot.cli.failure import Failure
from bot.settings import BadSettings, Settings, read_settings
from bot.store import Seal
from bot.store.database import is_current, looked_at, version_of
from bot.store.resealing import refuse_unreadable
from bot.store.unreadable import any_sealed

Finding = str


def add_commands(commands: argparse._SubParsersAction) -> None:
    commands.add_parser(
        "doctor", help="check settings, secret, database, desks, facts, catalogs, encoder and model"
    ).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    ill = 0
    for name, examine in _examinations():
        try:
            print(f"ok    {name}: {examine()}")
        except Exception as error:  # a doctor reports whatever it finds and goes on
            ill += 1
            for line in str(error).splitlines() or [type(error).__name__]:
                print(f"FAULT {name}: {' '.join(line.split())}")
    if ill:
        raise Failure(f"{ill} fault(s)")
    return 0


def _examinations() -> Iterator[Tuple[str, Callable[[], Finding]]]:
    yield "settings", _settings
    yield "secret", _secret
    yield "database", _database
    yield "desks", desks.listed
    yield "facts", _facts
    yield "catalogs", _catalogs
    yield "encoder", _encoder
    try:
        chosen = read_settings()
    except BadSettings:  # told above
        return
    if chosen.redis_url:
        yield "redis", _redis
    if chosen.rasa_url:
        yield "rasa", _rasa
    else:
        yield "model", _model


def _settings() -> Finding:
    chosen: Settings = read_settings()
    door = "Telegram" if chosen.telegram_bot_token else "terminal (no TELEGRAM_BOT_TOKEN)"
    brain = "Rasa servers of RASA_URL" if chosen.rasa_url else "Rasa in this process"
    return f"{door}, {brain}"


def _secret() -> Finding:
    chosen = read_settings()
    if chosen.known_secret() is None:
        return f"none yet: `advisor run` makes one in {chosen.secret_file}"
    if chosen.advisor_secret:
        return "from ADVISOR_SECRET"
    if stat.S_IMODE(chosen.secret_file.stat().st_mode) & 0o077:
        raise BadSettings(f"others on this machine can read it: chmod 600 {chosen.secret_file}")
    return f"in {chosen.secret_file}, readable by its owner only"


def _database() -> Finding:
    """Looked at as it is: neither made, nor brought up to date under a gateway that serves from it."""
    chosen = read_settings()
    with looked_at(chosen.database()) as connection:
        if connection is None or version_of(connection) is None:
            return "empty so far: `advisor run` makes the tables"
        if not is_current(connection):
            return "of another version of the advisor: `advisor run` brings it up to date"
        secret = chosen.known_secret()
        if secret is not None:
            refuse_unreadable(connection, Seal(secret, chosen.old_secret()))
        elif any_sealed(connection):
            raise BadSettings("something is kept in it, and the secret to read it is not there: set ADVISOR_SECRET")
    return "answers, and what is kept can be read"


def _redis() -> Finding:
    import redis

    try:
        redis.Redis.from_url(str(read_settings().redis_url), socket_timeout=2, socket_connect_timeout=2).ping()
    except (redis.RedisError, ValueError) as error:  # what it says may quote the address, and that a password
        raise BadSettings(f"REDIS_URL: {type(error).__name__}") from None
    return "answers"


def _rasa() -> Finding:
    if not asyncio.run(_rasa_answers(str(read_settings().rasa_url))):
        raise BadSettings("RASA_URL: no answer")
    return "answers"


async def _rasa_answers(url: str) -> bool:
    from bot.dialogue.remote import RemoteDialogue

    remote = RemoteDialogue(url)
    try:
        return await remote.answers()
    finally:
        await remote.close()


def _facts() -> Finding:
    from knowledge.base import FactBase

    return f"{len(FactBase.load())} facts"


def _catalogs() -> Finding:
    from translations.localizer import localizers

    return ", ".join(localizers())


def _encoder() -> Finding:
    from nlu.text.vectors import DIMENSIONS, encode

    shape = encode(["namaste"]).shape
    if shape != (1, DIMENSIONS):
        raise ValueError(f"gives vectors of shape {shape}")
    return f"{DIMENSIONS} dimensions"


def _model() -> Finding:
    from bot.training import current_model

    model = current_model()
    if model is None:
        raise FileNotFoundError("none that fits the present data: run `make train`")
    return f"{model.name}, {model.stat().st_size / 1e6:.1f} MB"
