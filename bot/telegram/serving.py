"""Runs the gateway until told to stop, and tells in one line why it cannot."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import urlsplit

from telegram.error import InvalidToken, NetworkError

from bot.dialogue.port import Dialogue
from bot.outline import outline
from bot.settings import Settings
from bot.store import Database, DatabaseUnusable, SealedOtherwise
from bot.telegram.answering import Sorry
from bot.telegram.application import REJECTED, Gateway, GatewayError, build_application
from bot.telegram.doors import CannotListen

log = logging.getLogger(__name__)


@asynccontextmanager
async def running(gateway: Gateway) -> AsyncIterator[Gateway]:
    """Receives and answers while the body runs, then finishes what is under way. Raises GatewayError."""
    try:
        await _start(gateway)
        yield gateway
    finally:
        await gateway.stop()


async def _start(gateway: Gateway) -> None:
    try:
        await gateway.start()
        return
    except InvalidToken:
        problem = REJECTED
    except NetworkError:
        where = urlsplit(gateway.bot.base_url).hostname
        problem = f"cannot reach Telegram at {where}: check the network (and TELEGRAM_API_BASE, if set)"
    except (DatabaseUnusable, SealedOtherwise, CannotListen) as error:
        problem = str(error)
    except OSError as error:
        problem = f"this machine did not let the gateway start: {error.strerror or type(error).__name__}"
    except Exception as error:  # an answer that is none of Telegram's
        problem = f"Telegram did not let the bot start: {outline(error)}"
    # Raised out here so that it does not carry the library's error along: that one quotes the token.
    raise GatewayError(problem)


async def serve(settings: Settings, dialogue: Dialogue, sorry: Sorry, database: Database | None = None) -> None:
    """Answer people on Telegram until SIGINT or SIGTERM, then finish what is under way.

    Leaves ``dialogue`` open. Raises GatewayError when Telegram cannot be reached at the start, or rejects the
    token, then or later.
    """
    gateway = build_application(settings, dialogue, sorry, database)
    with _on_stop_signals(gateway.ended.set):
        async with running(gateway):
            log.info("receiving messages from Telegram")
            await gateway.ended.wait()
            log.info("stopping")
    if gateway.is_rejected:
        raise GatewayError(REJECTED)


@contextmanager
def _on_stop_signals(act: Callable[[], None]) -> Iterator[None]:
    """The first SIGINT or SIGTERM acts; a second one ends the process as usual, for those who cannot wait."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def first() -> None:
        restore()
        act()

    def restore() -> None:
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, first)
    try:
        yield
    finally:
        restore()
