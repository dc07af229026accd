"""The gateway as a whole: put together, started, and run until told to stop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.desk.danger import Detecting
from bot.desk.service import DeskService
from bot.dialogue.port import Dialogue
from bot.figures import Noting
from bot.outline import outline
from bot.settings import Settings
from bot.store import Database, Inbox, Outbox, Seal
from bot.store.conversations import Conversations
from bot.store.resealing import seal_anew
from bot.store.threads import LAST
from bot.store.upkeep import Purged, purge_a_batch
from bot.telegram.answering import Answering, Sorry
from bot.telegram.away import Away
from bot.telegram.courier import Courier
from bot.telegram.doors import DEFAULT_PLACE, WebServer, doors, path_of, webhook
from bot.telegram.forgetting import Forgetting
from bot.telegram.groups import Groups
from bot.telegram.halt import Halt
from bot.telegram.holds import Alone, Holds, Shared
from bot.telegram.introduction import Introduction
from bot.telegram.logs import quiet_libraries
from bot.telegram.meters import Meters
from bot.telegram.pace import Pace
from bot.telegram.polling import Polling
from bot.telegram.probing import Probing
from bot.telegram.reception import ALLOWED_UPDATES, Reception
from bot.telegram.requests import Requests
from bot.telegram.stand_ins import StandIns
from bot.telegram.workers import Workers

log = logging.getLogger(__name__)

GRACE = 20.0
"""Seconds for turns and deliveries under way when told to stop; less than the usual 30 before a supervisor kills."""
PURGE_EVERY = 3600.0
LEASE_EVERY = 5.0
MODEL_READ_AFTER = 0.5
"""Seconds after the start: reading it takes one of them, in which those who waited for the start come first."""
MODEL_LOOKED_FOR = 30.0
CONNECTIONS = 40
"""How many updates Telegram may deliver to the webhook at the same time."""

REJECTED = "Telegram does not accept the bot token: check TELEGRAM_BOT_TOKEN (and TELEGRAM_API_BASE, if set)"


class GatewayError(Exception):
    """The gateway cannot run; the message is one line for the operator and holds no secret."""


class Gateway:
    """``ended`` is set when the gateway should stop; ``is_rejected`` says that the token was the reason."""

    def __init__(self, settings: Settings, dialogue: Dialogue, sorry: Sorry, database: Database | None = None) -> None:
        self._settings, self._dialogue, self._sorry = settings, dialogue, sorry
        self._secret = settings.secret()
        self.ended = asyncio.Event()
        self.is_rejected = False
        self.meters = Meters()
        self.web: WebServer | None = None
        self.bot = Bot(
            token=str(settings.telegram_bot_token),
            base_url=settings.telegram_api_base,
            request=Requests(connections=64, patience=15),
            get_updates_request=Requests(connections=2, patience=10),
        )
        self._halt = Halt()
        self._background: list[asyncio.Task[None]] = []
        self._polling: Polling | None = None
        self._receiving: asyncio.Task[None] | None = None
        self._database = database
        self._reception: Reception | None = None
        self._holds: Holds = Shared(settings.redis_url) if settings.redis_url else Alone()

    async def start(self) -> None:
        """Raises TelegramError, DatabaseUnusable, SealedOtherwise, CannotListen, OSError."""
        await self.bot.initialize()
        loop = asyncio.get_running_loop()
        if self._database is None:
            self._database = await loop.run_in_executor(None, Database.open, self._settings.database())
        database = self._database
        await loop.run_in_executor(None, database.lease, self._holds.are_shared)
        self._in_background(self._keep_lease(database))
        seal = Seal(self._secret, self._settings.old_secret())
        if anew := await database.run(seal_anew(seal), LAST):
            log.info("%d rows sealed anew: ADVISOR_SECRET_OLD is not needed any more", anew)
        several = self._holds.are_shared
        inbox, outbox = Inbox(database, seal, shared=several), Outbox(database, seal, shared=several)
        detecting = Detecting()
        away = Away(Conversations(database, seal), self._secret, detecting.danger_in)
        noting, name = Noting(seal), self.bot.username
        answering = Answering(self._dialogue, self._sorry, self.bot, self._secret, noting, name)
        self._desk = desk = DeskService(self.bot, database, seal, answering, detecting)
        await desk.open()
        pace, probing = Pace(self._settings.telegram_per_second), Probing(self.bot, outbox)
        self._courier = Courier(
            desk.post, outbox, pace, self._sorry, self.meters, self._halt, self._reject, probing, self._holds
        )
        forgetting = Forgetting(database, seal, self._secret)
        stand_ins = StandIns(inbox, desk.beside(away), forgetting, self._courier.wake, self.meters)
        self._workers = Workers(
            inbox,
            desk.front,
            self._courier.wake,
            self.meters,
            self._halt,
            self._holds,
            stand_ins,
            forgetting,
        )
        groups, hear = Groups(self.bot, desk.reach), desk.hearing.hear
        self._reception = Reception(self.bot, inbox, self._workers.add, self.meters, probing, groups, hear)
        await probing.begin()
        await self._go_on_where_it_ended(inbox)
        for work in (
            self._workers.watch(),
            stand_ins.watch(),
            self._courier.watch(),
            desk.watch(self._courier.wake),
            self._purge(database),
            self._load(detecting),
        ):
            self._in_background(work)
        await self._open_doors(database, self._reception)
        await self._begin_receiving(self._reception)
        self._in_background(Introduction(self.bot, self._settings.advisor_var).keep_current())

    async def _go_on_where_it_ended(self, inbox: Inbox) -> None:
        waiting = await inbox.open_ones()
        if waiting:
            log.warning("going on with %d updates", len(waiting))
        self._workers.add(waiting)

    async def _load(self, detecting: Detecting) -> None:
        """Until there is a model, danger is judged by wordings alone."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(MODEL_READ_AFTER)
        while not (await loop.run_in_executor(None, detecting.load)).is_whole:
            await asyncio.sleep(MODEL_LOOKED_FOR)

    async def _keep_lease(self, database: Database) -> None:
        """A database that was started anew has forgotten who serves from it."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(LEASE_EVERY)
            if not await loop.run_in_executor(None, database.still_leased):
                log.error("another gateway serves from this database: only one may")
                self.ended.set()
                return

    async def _open_doors(self, database: Database, reception: Reception) -> None:
        url, place = self._settings.telegram_webhook_url, self._settings.advisor_listen
        if url is None and place is None:
            return

        async def is_ready() -> bool:
            try:
                await database.run(lambda connection: connection.execute(sa.text("SELECT 1")))
            except SQLAlchemyError:
                return False
            return not self.ended.is_set()

        hook = None
        if url is not None:
            hook = (path_of(url), webhook(reception, str(self._settings.telegram_webhook_secret)))
        self.web = WebServer(doors(self.meters, is_ready, hook), place or DEFAULT_PLACE)
        await self.web.open()

    async def _begin_receiving(self, reception: Reception) -> None:
        """What waits at Telegram is never dropped, whichever way it came before."""
        if self._settings.telegram_webhook_url is not None:
            await self.bot.set_webhook(
                self._settings.telegram_webhook_url,
                secret_token=self._settings.telegram_webhook_secret,
                allowed_updates=list(ALLOWED_UPDATES),
                max_connections=CONNECTIONS,
                drop_pending_updates=False,
            )
            return
        await self.bot.delete_webhook(drop_pending_updates=False)
        self._polling = Polling(self.bot, reception, note, self._reject)
        self._receiving = asyncio.create_task(self._polling.run())

    async def _purge(self, database: Database) -> None:
        while True:
            total = Purged()
            while gone := await database.insist(purge_a_batch(self._settings.advisor_keep_days), LAST):
                total += gone
            if total:
                log.info("purged: %s", total)
            for chat in await self._desk.end_silent_cases(self._settings.advisor_keep_days):
                self._courier.wake(chat)
            while cases := await self._desk.purge():
                log.info("%d closed cases purged: their figures stay", cases)
            await asyncio.sleep(PURGE_EVERY)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(self._on_background_end)
        self._background.append(task)

    def _on_background_end(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("unexpected: %s", outline(error))
            self.ended.set()  # rather started anew by its supervisor than running without one of its parts

    def _reject(self) -> None:
        self.is_rejected = True
        self.ended.set()

    async def stop(self) -> None:
        """Receives no more, finishes what is under way for GRACE seconds; the rest is for the next start."""
        deadline = time.monotonic() + GRACE
        self._halt.tell()
        await self._stop_receiving()
        if self._reception is not None:
            if left := await self._workers.finish(deadline - time.monotonic()):
                log.error("stopped with %d turns unanswered: they come first after the next start", left)
            if left := await self._courier.finish(deadline - time.monotonic()):
                log.error("stopped with answers to %d chats undelivered: they come first after the next start", left)
            await self._reception.finish()
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        if self._database is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._database.close)
        await self._holds.close()
        await self.bot.shutdown()

    async def _stop_receiving(self) -> None:
        if self.web is not None:
            await self.web.shut()
        if self._polling is None or self._receiving is None:
            return
        self._receiving.cancel()
        await asyncio.gather(self._receiving, return_exceptions=True)
        try:
            await asyncio.wait_for(self._polling.confirm(), 5)
        except Exception as error:  # then they come again, and are known
            note(error)


def build_application(
    settings: Settings, dialogue: Dialogue, sorry: Sorry, database: Database | None = None
) -> Gateway:
    """The gateway, not yet connected. Raises GatewayError (no token) and BadSettings (no secret).

    ``database``: where the dialogue keeps what it knows, closed with the gateway; None: that of the settings.
    """
    quiet_libraries()
    if settings.telegram_bot_token is None:
        raise GatewayError("TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather in Telegram")
    return Gateway(settings, dialogue, sorry, database)


def note(error: Exception) -> None:
    """Log an error that cost a poll: its kind and place, never an update, a text or a chat."""
    if isinstance(error, Forbidden):
        log.debug("a person has blocked the bot")
    elif isinstance(error, RetryAfter):
        log.warning("Telegram asks for a pause")
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
