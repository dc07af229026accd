"""``advisor link``: the address that opens the bot, and its QR code for a poster."""

from __future__ import annotations

import argparse
import asyncio
import io
import re
import sys
from pathlib import Path

from bot.cli.choices import profile_of
from bot.cli.failure import Failure
from bot.cli.opening import settings

PICTURES = (".png", ".svg")
TERMINAL = "-"
_NAME = re.compile(r"@?(?P<name>[A-Za-z][A-Za-z0-9_]{4,31})")
_DOTS = 12
"""Pixels of one dot of the picture: sharp on paper."""


def add_commands(commands: argparse._SubParsersAction) -> None:
    link = commands.add_parser("link", help="the t.me link that opens the bot with choices made, and its QR code")
    link.add_argument("--from", dest="origin", metavar="COUNTRY", help="home country, such as NP")
    link.add_argument("--to", dest="destination", metavar="COUNTRY", help="country of work, such as QA")
    link.add_argument("--lang", metavar="CODE", help="language, such as ne")
    link.add_argument("--topic", metavar="COMMAND", help="what it opens, such as fees: a command of the bot")
    link.add_argument("--bot", metavar="NAME", help="the bot's username; else Telegram is asked (TELEGRAM_BOT_TOKEN)")
    link.add_argument(
        "--qr", metavar="FILE", help=f"write the QR code to FILE.png or FILE.svg; {TERMINAL} shows it here"
    )
    link.set_defaults(run=run_link)


def run_link(options: argparse.Namespace) -> int:
    from bot.telegram.links import TOPICS, Link

    profile = profile_of(vars(options))
    if options.topic is not None and options.topic not in TOPICS:
        raise Failure(f"unknown topic {options.topic!r}; one of {', '.join(TOPICS)}", status=2)
    if options.qr not in (None, TERMINAL) and Path(options.qr).suffix.lower() not in PICTURES:
        raise Failure(f"--qr: the file must end in {' or '.join(PICTURES)}", status=2)
    address = Link(profile, options.topic).address(_given(options.bot) if options.bot else asyncio.run(_asked()))
    print(address)
    if options.qr == TERMINAL or (options.qr is None and sys.stdout.isatty()):
        print(_drawn_in_letters(address), end="")
    elif options.qr is not None:
        _write(address, Path(options.qr))
    return 0


def _given(name: str) -> str:
    known = _NAME.fullmatch(name)
    if known is None:
        raise Failure("--bot: a username has 5 to 32 letters, digits and underscores", status=2)
    return known["name"]


async def _asked() -> str:
    """The username, as Telegram says it. Raises Failure."""
    from telegram import Bot
    from telegram.error import InvalidToken, TelegramError

    from bot.telegram.logs import quiet_libraries

    chosen = settings()
    if chosen.telegram_bot_token is None:
        raise Failure("TELEGRAM_BOT_TOKEN is not set: give the bot's username with --bot")
    quiet_libraries()
    problem = ""
    try:
        async with Bot(chosen.telegram_bot_token, base_url=chosen.telegram_api_base) as bot:
            return str(bot.username)
    except InvalidToken:
        problem = "Telegram does not accept the bot token: check TELEGRAM_BOT_TOKEN"
    except TelegramError:
        problem = "cannot reach Telegram: give the bot's username with --bot"
    raise Failure(problem)  # out here, so that it does not carry the library's error along: that one quotes the token


def _write(address: str, path: Path) -> None:
    import segno

    try:
        segno.make_qr(address, error="m").save(str(path), kind=path.suffix[1:].lower(), scale=_DOTS)
    except OSError as error:
        raise Failure(f"--qr: {path}: {error.strerror}") from None
    print(f"QR code written to {path}", file=sys.stderr)


def _drawn_in_letters(address: str) -> str:
    import segno

    drawing = io.StringIO()
    segno.make_qr(address, error="m").terminal(drawing, compact=True)
    return drawing.getvalue()
