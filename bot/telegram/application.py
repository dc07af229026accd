"""Telegram in and out: builds the python-telegram-bot application and runs it until told to stop."""

from __future__ import annotations

import asyncio
import inspect
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from telegram import Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import AIORateLimiter, Application, BaseUpdateProcessor, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from bot.dialogue.port import Dialogue
from bot.settings import Settings
from bot.telegram.handlers import Gateway, Sorry
from bot.telegram.logs import outline, quiet_libraries

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY)
LONG_POLL = timedelta(seconds=30)
RETRIES_AFTER_PAUSE = 5
"""How often one request waits out a pause Telegram asks for."""
GRACE = 20.0
"""Seconds for turns under way when told to stop; less than the usual 30 before a supervisor kills."""
REMEMBERED_UPDATES = 10_000
_NO_LIMIT = 1_000_000

REJECTED = "Telegram does not accept the bot token: check TELEGRAM_BOT_TOKEN (and TELEGRAM_API_BASE, if set)"


class GatewayError(Exception):
    """The gateway cannot run; the message is one line for the operator and holds no secret."""


class ChatByChat(BaseUpdateProcessor):
    """Each update once, those of one chat in order, chats side by side.

    Waiting for an earlier update of the same chat takes up no slot: nobody holds up others by writing much.
    """

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=_NO_LIMIT)
        self._lines: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._seen: dict[int, None] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        try:
            if not isinstance(update, Update):
                await coroutine
            elif not self._is_repeated(update.update_id):
                async with self._line(update):
                    await coroutine
        finally:
            if inspect.iscoroutine(coroutine):
                coroutine.close()

    def _line(self, update: Update) -> asyncio.Lock:
        """The lock of the update's chat; it lasts as long as somebody holds it or waits for it."""
        whose = update.effective_chat or update.effective_user
        return self._lines.setdefault(whose.id if whose else 0, asyncio.Lock())

    def _is_repeated(self, update_id: int) -> bool:
        """Telegram repeats an update when our confirmation got lost. No high-water mark: ids may restart."""
        if update_id in self._seen:
            return True
        self._seen[update_id] = None
        if len(self._seen) > REMEMBERED_UPDATES:
            del self._seen[next(iter(self._seen))]
        return False


class PollingBot(ExtBot[int]):
    """Notices what would leave the updater deaf without a word: a token that Telegram no longer accepts.

    ``ended`` is set when the gateway should stop, ``rejected`` says that this was the reason.
    """

    __slots__ = ("_ended", "_rejected")

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._ended = asyncio.Event()
        self._rejected = False

    @property
    def ended(self) -> asyncio.Event:
        return self._ended

    @property
    def rejected(self) -> bool:
        return self._rejected

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **kwargs)
        except InvalidToken:
            self._rejected = True
            self._ended.set()
            raise
        except TelegramError:
            raise
        except Exception as error:  # whatever the library stumbled over
            # Left as it is, the updater would ask for the same ones again at once, for ever; now it pauses.
            raise TelegramError(f"unreadable updates: {outline(error)}") from None


def build_application(settings: Settings, dialogue: Dialogue, sorry: Sorry) -> Application:  # type: ignore[type-arg]
    """The application, not yet connected. Raises GatewayError (no token) and BadSettings (no secret)."""
    quiet_libraries()
    if settings.telegram_bot_token is None:
        raise GatewayError("TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather in Telegram")
    if settings.telegram_webhook_url is not None:
        log.warning("TELEGRAM_WEBHOOK_URL is not used by this version: polling instead")
    bot = PollingBot(
        token=settings.telegram_bot_token,
        base_url=settings.telegram_api_base,
        request=HTTPXRequest(
            connection_pool_size=64, connect_timeout=10, read_timeout=15, write_timeout=15, pool_timeout=30
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=10, read_timeout=10),
        rate_limiter=AIORateLimiter(max_retries=RETRIES_AFTER_PAUSE),
    )
    application = Application.builder().bot(bot).concurrent_updates(ChatByChat()).job_queue(None).build()
    application.add_handlers(Gateway(dialogue, sorry, settings.secret()).handlers())
    application.add_error_handler(_on_error)
    return application


async def _on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    if context.error is not None:
        note(context.error)


def note(error: Exception) -> None:
    """Log an error that cost an answer or a poll: its kind and place, never an update, a text or a chat."""
    if isinstance(error, Forbidden):
        log.debug("a person has blocked the bot")
    elif isinstance(error, RetryAfter):
        log.error("an answer was not delivered: Telegram asks for pauses, even after %d", RETRIES_AFTER_PAUSE)
    elif isinstance(error, Conflict):
        log.error("another program receives the messages of this bot: only one may run with this token")
    elif isinstance(error, BadRequest):
        log.error("Telegram refused a request: %s", outline(error))
    elif isinstance(error, TimedOut):
        log.warning("Telegram did not answer in time")
    elif isinstance(error, NetworkError):
        log.warning("Telegram cannot be reached: %s", outline(error))
    else:
        log.error("unexpected: %s", outline(error))


@asynccontextmanager
async def running(application: Application) -> AsyncIterator[None]:  # type: ignore[type-arg]
    """Receives and answers while the body runs, then finishes the turns under way. Raises GatewayError."""
    try:
        await _start(application)
        yield
    finally:
        await _stop(application)


async def _start(application: Application) -> None:  # type: ignore[type-arg]
    assert application.updater is not None
    try:
        await application.initialize()
        await application.start()
        await application.updater.start_polling(
            timeout=LONG_POLL,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
            error_callback=note,
        )
        return
    except InvalidToken:
        problem = REJECTED
    except NetworkError:
        where = urlsplit(application.bot.base_url).hostname
        problem = f"cannot reach Telegram at {where}: check the network (and TELEGRAM_API_BASE, if set)"
    except Exception as error:  # an answer that is none of Telegram's
        problem = f"Telegram did not let the bot start: {outline(error)}"
    # Raised out here so that it does not carry the library's error along: that one quotes the token.
    raise GatewayError(problem)


async def _stop(application: Application) -> None:  # type: ignore[type-arg]
    assert application.updater is not None
    if application.updater.running:
        try:
            await application.updater.stop()
        except TelegramError as error:
            note(error)
    if application.running:
        try:
            await asyncio.wait_for(application.stop(), GRACE)
        except asyncio.TimeoutError:
            unanswered = application.update_processor.current_concurrent_updates
            log.error("stopped with %d turns unanswered", unanswered)
    await application.shutdown()
    await application.bot.shutdown()  # the application leaves it open when it could not be initialised


async def serve(settings: Settings, dialogue: Dialogue, sorry: Sorry) -> None:
    """Answer people on Telegram until SIGINT or SIGTERM, then finish the turns under way.

    Leaves ``dialogue`` open. Raises GatewayError when Telegram cannot be reached at the start, or rejects the
    token, then or later.
    """
    application = build_application(settings, dialogue, sorry)
    bot = application.bot
    assert isinstance(bot, PollingBot)
    with _on_stop_signals(bot.ended.set):
        async with running(application):
            log.info("receiving messages from Telegram")
            await bot.ended.wait()
            log.info("stopping")
    if bot.rejected:
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
