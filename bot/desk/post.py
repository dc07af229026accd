"""Delivers what belongs to a case: makes topics, finds them gone, and knows what each refusal of Telegram means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy.engine import Connection
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.desk.cases import Case
from bot.desk.errands import CLOSE, COPY, DELETE, EDIT, LINE, OPEN, RENAME, Errand
from bot.desk.office import Office
from bot.desk.reach import Reach
from bot.desk.refusals import changes_nothing
from bot.desk.summary import summary, title
from bot.desk.undelivered import GIVEN_UP, Undelivered
from bot.store.database import Work
from bot.store.outbox import Part
from bot.telegram.letters import Letter, delete, send

Sent = tuple[int | None, Sequence[Work[None]]]
"""The number of the message, and what is written down together with the note that it is sent."""


class NotYet(TelegramError):
    """Something had to be put right first; the same letter is to go again at once."""

    def __init__(self) -> None:
        super().__init__("not yet")


class Post:
    """``failed`` says when to try again, or None: this is not a matter of the desk, or is settled (``GIVEN_UP``)."""

    GIVEN_UP = GIVEN_UP

    def __init__(self, bot: Bot, office: Office, reach: Reach) -> None:
        self._bot, self._office, self._reach = bot, office, reach
        self._wakes: list[str] = []
        self._undelivered = Undelivered(bot, office, reach, self._wakes)

    def wakes(self) -> list[str]:
        """Chats that letters were written for since this was asked."""
        wakes = list(self._wakes)
        self._wakes.clear()
        return wakes

    async def deliver(self, chat_id: int, letter: Letter) -> Sent:
        """Raises TelegramError."""
        errand = Errand.of(letter)
        if errand is None:
            return await send(self._bot, chat_id, letter), ()
        if not errand.to_staff:
            return await self._to_person(chat_id, letter, errand)
        sent = await self._to_staff(chat_id, letter, errand)
        if self._reach.is_lost(chat_id):
            await self._reach.found(chat_id)
        return sent

    def delivered(self, letter: Letter, number: int) -> Sequence[Work[None]]:
        """What is written down of a letter that Telegram was found to have already."""
        errand = Errand.of(letter)
        if errand is None or errand.to_staff or errand.source is None:
            return ()
        return self._paired(errand, errand.source[1], number, by_staff=True)

    async def take_back(self, chat_id: int, numbers: Sequence[int]) -> None:
        await delete(self._bot, chat_id, numbers)

    # To a person.

    async def _to_person(self, chat_id: int, letter: Letter, errand: Errand) -> Sent:
        assert errand.source is not None
        html, keyboard = letter.message.html, letter.message.keyboard
        if errand.do == EDIT:
            theirs = await self._other_side(errand, by_staff=True)
            if theirs is None:  # what it changes was never delivered: then it is said anew
                return await send(self._bot, chat_id, replace(letter, errand=None)), ()
            return await send(self._bot, chat_id, Letter(replace(letter.message, in_place=True), theirs)), ()
        if errand.do == COPY:
            number: int | None = await self._copy(chat_id, errand.source, html, reply_markup=keyboard)
        else:
            number = await send(self._bot, chat_id, letter)
        return number, self._paired(errand, errand.source[1], number, by_staff=True)

    # To staff.

    async def _to_staff(self, chat_id: int, letter: Letter, errand: Errand) -> Sent:
        if errand.do == LINE:
            return await self._send(chat_id, errand.thread, letter.message.html), ()
        if errand.do == DELETE:
            await self._bot.delete_forum_topic(chat_id, int(errand.thread or 0))
            return None, ()
        case = await self._office.case_meant(errand)
        if case is None or self._is_void(case, errand):
            return None, ()
        if errand.thread is None and self._office.groups.chat_of(case.desk) != chat_id:
            return None, [self._sent_on(case, letter)]
        if errand.do in (CLOSE, RENAME):
            await self._name_anew(chat_id, case, errand)
            return None, ()
        thread, is_introduced = await self._topic(chat_id, case)
        if thread is None:
            return None, ()
        if is_introduced:
            sent: Sent = (None, ()) if errand.do == OPEN else await self._into_topic(chat_id, thread, letter, errand)
            return sent
        introduction = await self._bot.send_message(chat_id, summary(case), message_thread_id=thread)
        if errand.do == OPEN:
            return introduction.message_id, [partial(self._office.cases.change, number=case.id, introduced=True)]
        await self._office.change(case, introduced=True)
        raise NotYet  # each message goes at its own pace

    def _is_void(self, case: Case, errand: Errand) -> bool:
        """Nobody needs a topic of a case that ended before it had one; what a person had forgotten is not told."""
        if case.chat_id is None and errand.by_person:
            return True
        return case.thread is None and errand.thread is None and (not case.is_open or errand.do in (CLOSE, RENAME))

    async def _topic(self, chat_id: int, case: Case) -> tuple[int | None, bool]:
        """And whether it has its summary; made anew where the case has none here. None: its person had everything
        deleted while Telegram made it, and it is to go again."""
        thread, here = case.thread, self._office.seal.chat(chat_id)
        if thread is None or case.staff_chat != here:
            topic = await self._bot.create_forum_topic(chat_id, title(case))
            thread = int(topic.message_thread_id)
            is_wanted = await self._office.settle_in(case, chat_id, thread)
            return thread if is_wanted else None, False
        return thread, case.introduced

    async def _into_topic(self, chat_id: int, thread: int, letter: Letter, errand: Errand) -> Sent:
        html = letter.message.html
        if errand.do == EDIT:
            ours = await self._other_side(errand, by_staff=False)
            if ours is None:
                return await self._send(chat_id, thread, html), ()
            try:
                await self._bot.edit_message_text(html, chat_id, ours, parse_mode=ParseMode.HTML)
            except BadRequest as error:
                if not changes_nothing(error):  # a caption, or gone: the new words stand below
                    return await self._send(chat_id, thread, html), ()
            return None, ()
        if errand.do != COPY:
            number = await self._send(chat_id, thread, html)
            return number, self._paired(errand, number, errand.source[1], by_staff=False) if errand.source else ()
        assert errand.source is not None
        if not errand.by_person:  # taken along from another group: as it stands there, whoever wrote it
            copied = await self._bot.copy_message(chat_id, *errand.source, message_thread_id=thread)
            return copied.message_id, self._paired(errand, copied.message_id, None, by_staff=False)
        number = await self._copy(chat_id, errand.source, html, message_thread_id=thread)
        return number, self._paired(errand, number, errand.source[1], by_staff=False)

    async def _send(self, chat_id: int, thread: int | None, html: str) -> int:
        sent = await self._bot.send_message(chat_id, html, message_thread_id=thread, parse_mode=ParseMode.HTML)
        return int(sent.message_id)

    async def _copy(self, chat_id: int, source: tuple[int, int], html: str, **others: Any) -> int:
        """A copy says nothing of whom it was sent by."""
        copied = await self._bot.copy_message(chat_id, *source, caption=html, parse_mode=ParseMode.HTML, **others)
        return int(copied.message_id)

    async def _name_anew(self, chat_id: int, case: Case, errand: Errand) -> None:
        thread = errand.thread or case.thread
        assert thread is not None
        if errand.thread is None and case.chat_id is not None:
            try:
                await self._bot.edit_forum_topic(chat_id, thread, name=title(case))
            except BadRequest as error:
                if not changes_nothing(error):
                    raise
        if errand.do == CLOSE:
            try:
                await self._bot.close_forum_topic(chat_id, thread)
            except BadRequest as error:
                if not changes_nothing(error):
                    raise

    async def failed(self, part: Part, letter: Letter, error: TelegramError) -> float | None:
        """Seconds until it is tried again; ``GIVEN_UP``; None: to be treated like any other letter."""
        if isinstance(error, NotYet):
            return 0.0
        return await self._undelivered.settle(part, letter, error)

    # Rows.

    async def _other_side(self, errand: Errand, *, by_staff: bool) -> int | None:
        """The number, on the other side, of the message that was changed."""
        number, source = errand.case, errand.source
        if number is None or source is None:
            return None
        pairs = await self._office.database.insist(lambda connection: self._office.cases.pairs(connection, number))
        for pair in pairs:
            if pair.by_staff == by_staff and source[1] == (pair.staff_message if by_staff else pair.person_message):
                return int(pair.person_message if by_staff else pair.staff_message)
        return None

    def _paired(
        self, errand: Errand, staff_or_source: int | None, other: int | None, *, by_staff: bool
    ) -> Sequence[Work[None]]:
        if errand.case is None or staff_or_source is None:
            return ()
        case, staff_message = errand.case, staff_or_source

        def work(connection: Connection) -> None:
            self._office.cases.pair(connection, case, staff_message, other, by_staff=by_staff)

        return [work]

    def _sent_on(self, case: Case, letter: Letter) -> Work[None]:
        """The case has moved to another group since this was written."""
        self._wakes += self._office.wakes(case)
        return lambda connection: self._office.send_on(connection, case, letter)
