"""Everything deleted, as its person wished: what goes, what they are told, and which messages leave the screen."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.identity import sender_for
from bot.store import Database, Seal
from bot.store.conversations import forget_conversation
from bot.store.database import Work
from bot.store.inbox import forget_chat
from bot.store.outbox import write_parts
from bot.store.tables import CLAIMED, PERSON, WORKING, inbox, marks, messages, outbox
from bot.store.upkeep import MESSAGES_KEPT
from bot.telegram.answering import Answer
from bot.telegram.handlers import Heard
from bot.telegram.letters import Letter
from bot.telegram.render import Outgoing
from translations.localizer import Localizer


@dataclass(frozen=True)
class Kept:
    """``rows``: messages and answers that are kept, sealed; ``numbers``: of both sides' messages in Telegram."""

    rows: int
    numbers: tuple[int, ...]


class Forgetting:
    """``secret``: what conversation names are made with."""

    def __init__(self, database: Database, seal: Seal, secret: bytes) -> None:
        self._database, self._seal, self._secret = database, seal, secret

    async def complete(self, answer: Answer, heard: Heard) -> Answer:
        """The answer to a wish to be forgotten: with what was found, and the conversation itself going with it."""
        sender = sender_for(heard.chat_id, self._secret)
        forget = partial(_forget, sender, self._seal.chat(heard.chat_id))
        if answer.wipe or answer.language is None:
            return replace(answer, alongside=[*answer.alongside, forget])
        kept = await self.kept_of(heard.chat_id)
        speak = Localizer.of(answer.language)
        told = Outgoing(speak.text("delete.removed", kept=kept.rows, numbers=len(kept.numbers)))
        return replace(answer, messages=[*answer.messages, told], alongside=[*answer.alongside, forget])

    async def leave(self, update_id: int, heard: Heard, answer: Answer) -> bool:
        """At once, whatever the update waits behind. Whether it was still to be answered."""
        sender, chat = sender_for(heard.chat_id, self._secret), self._seal.chat(heard.chat_id)
        shown = [Letter(message, locale=heard.locale) for message in answer.messages]
        letters = [letter.to_bytes() for letter in (*await self.sweep(heard), *shown)]
        still_open = sa.select(inbox.c.update_id).where(
            inbox.c.update_id == update_id, inbox.c.state.in_((CLAIMED, WORKING))
        )

        alongside: list[Work[None]] = [*answer.alongside, partial(_forget, sender, chat)]

        def work(connection: Connection) -> bool:
            if connection.execute(still_open).first() is None:
                return False
            forget_chat(connection, chat, up_to=update_id)
            write_parts(
                connection, self._seal, heard.chat_id, letters, update_id=update_id, priority=PERSON, forget=True
            )
            for further in alongside:
                further(connection)
            return True

        return await self._database.insist(work)

    async def sweep(self, heard: Heard) -> list[Letter]:
        """What takes both sides' messages off the screen, as far as Telegram allows."""
        kept = await self.kept_of(heard.chat_id)
        return [Letter(Outgoing(""), delete=kept.numbers)] if kept.numbers else []

    async def kept_of(self, chat_id: int) -> Kept:
        chat = self._seal.chat(chat_id)
        return await self._database.insist(lambda connection: _kept(connection, chat))


def _kept(connection: Connection, chat: str) -> Kept:
    asked, answered = (
        connection.execute(sa.select(sa.func.count()).where(table.c.chat == chat, column.is_not(None))).scalar()
        for table, column in ((inbox, inbox.c.payload), (outbox, outbox.c.content))
    )
    recent = time.time() - MESSAGES_KEPT
    theirs = sa.select(messages.c.message_id).where(messages.c.chat == chat, messages.c.at > recent)
    ours = sa.select(outbox.c.message_id).where(
        outbox.c.chat == chat, outbox.c.message_id.is_not(None), outbox.c.ended > recent
    )
    numbers = {int(number) for query in (theirs, ours) for number in connection.execute(query).scalars()}
    return Kept((asked or 0) + (answered or 0), tuple(sorted(numbers)))


def _forget(sender: str, chat: str, connection: Connection) -> None:
    """Comes last: what else happens alongside may still have counted its person, such as the end of a case."""
    forget_conversation(connection, sender)
    connection.execute(sa.delete(marks).where(marks.c.chat == chat))
