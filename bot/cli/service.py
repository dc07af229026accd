"""``advisor run`` and ``advisor train``."""

from __future__ import annotations

import argparse
import sys

import uvloop

from bot.cli import choices
from bot.cli.desks import refuse_broken_desks
from bot.cli.failure import Failure
from bot.cli.opening import dialogue_beside, open_dialogue, settings
from bot.dialogue import Button, Reply
from bot.settings import BadSettings, Settings
from bot.terminal import chat
from translations.languages import language_of_locale
from translations.localizer import Localizer

HOW_TO_GET_A_TOKEN = (
    "No TELEGRAM_BOT_TOKEN, so here is the terminal chat. For Telegram: write /newbot to @BotFather, "
    "then TELEGRAM_BOT_TOKEN=… make run"
)


def add_commands(commands: argparse._SubParsersAction) -> None:
    run = commands.add_parser("run", help="train if needed, then serve Telegram, or the terminal without a token")
    choices.add_options(run)
    run.set_defaults(run=run_service)
    commands.add_parser("train", help="train the model from scratch").set_defaults(run=run_train)


def run_service(options: argparse.Namespace) -> int:
    refuse_broken_desks()
    chosen, profile = settings(), choices.profile_of(vars(options))
    if chosen.telegram_bot_token and profile:
        raise Failure("--lang, --from, --to and --job are for the terminal; in Telegram people choose", status=2)
    return uvloop.run(_serve(chosen, profile))


def run_train(options: argparse.Namespace) -> int:
    from bot.training import TrainingFailed, train

    try:
        print(f"trained {train().name}")
    except TrainingFailed as error:
        raise Failure(str(error)) from None
    return 0


async def _serve(chosen: Settings, profile: dict[str, str]) -> int:
    if not chosen.telegram_bot_token:
        print(HOW_TO_GET_A_TOKEN, file=sys.stderr)
        async with open_dialogue(chosen) as dialogue:
            return await chat(dialogue, profile)
    await _serve_telegram(chosen)
    return 0


async def _serve_telegram(chosen: Settings) -> None:
    from bot.store import Database, DatabaseUnusable, Seal
    from bot.store.conversations import Conversations
    from bot.telegram import GatewayError, serve

    try:
        database = Database.open(chosen.database())
        keeper = Conversations(database, Seal(chosen.secret(), chosen.old_secret()))
        async with dialogue_beside(chosen, keeper) as dialogue:
            print("Telegram: serving. Ctrl-C ends.", file=sys.stderr)
            await serve(chosen, dialogue, sorry, database)
    except (BadSettings, DatabaseUnusable, GatewayError) as error:
        raise Failure(str(error)) from None


def sorry(locale: str | None) -> Reply:
    """What the gateway says when no answer can be had."""
    speak = Localizer.of(language_of_locale(locale) or "en")
    return Reply(speak.text("gateway.sorry"), [Button(speak.text("button.menu"), "/show_menu")])
