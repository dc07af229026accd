"""``advisor doctor``: is everything here that answering needs? A line each, and what to do where it is not."""

from __future__ import annotations

import argparse
from typing import Callable, Iterator, Tuple

from bot.cli import desks
from bot.cli.failure import Failure
from bot.settings import BadSettings, Settings, read_settings

Finding = str


def add_commands(commands: argparse._SubParsersAction) -> None:
    commands.add_parser("doctor", help="check settings, desks, facts, catalogs, encoder and model").set_defaults(
        run=run
    )


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
    yield "desks", desks.listed
    yield "facts", _facts
    yield "catalogs", _catalogs
    yield "encoder", _encoder
    yield "model", _model


def _settings() -> Finding:
    chosen: Settings = read_settings()
    door = "Telegram" if chosen.telegram_bot_token else "terminal (no TELEGRAM_BOT_TOKEN)"
    brain = "Rasa servers of RASA_URL" if chosen.rasa_url else "Rasa in this process"
    return f"{door}, {brain}"


def _secret() -> Finding:
    try:
        read_settings().secret()
    except OSError as error:
        raise BadSettings(f"ADVISOR_VAR: {error.strerror}") from None
    return "there, and readable by this user only"


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
