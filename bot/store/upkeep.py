"""Housekeeping: what has served is removed, and after a change of the secret all is sealed anew."""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass, fields
from typing import Any, Callable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.conversations import UNFINISHED_KEPT
from bot.store.desk_tables import desk_audit
from bot.store.tables import (
    HAS_ENDED,
    IS_OPEN,
    IS_UNSENT,
    chats,
    conversations,
    inbox,
    marks,
    messages,
    outbox,
    questions,
)
from bot.store.wordings import purge_wordings

BATCH = 100
"""Rows that go in one transaction; others wait no longer than for that."""
DAY = 86_400.0
NUMBERS_KEPT = 1 * DAY
"""Telegram repeats an update it believes undelivered for at most a day."""
MESSAGES_KEPT = 2 * DAY
"""So long a bot may delete its own messages; afterwards their numbers are of no use."""


@dataclass(frozen=True)
class Purged:
    """How many rows went."""

    updates: int = 0
    answers: int = 0
    chats: int = 0
    conversations: int = 0
    unfinished: int = 0
    numbers: int = 0
    questions: int = 0
    wordings: int = 0
    audit: int = 0
    marks: int = 0

    def __add__(self, other: Purged) -> Purged:
        return Purged(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def __str__(self) -> str:
        return ", ".join(f"{getattr(self, each.name)} {each.name}" for each in fields(self))


def purge_a_batch(keep_days: int) -> Callable[[Connection], Purged]:
    """Work for one transaction; repeat it until nothing goes any more."""

    def work(connection: Connection) -> Purged:
        now = time.time()
        old = now - keep_days * DAY
        return Purged(
            updates=_remove(connection, inbox, inbox.c.update_id, inbox.c.done_at, now - NUMBERS_KEPT)
            + _remove(connection, inbox, inbox.c.update_id, inbox.c.received, old, IS_OPEN),
            answers=_remove(connection, outbox, outbox.c.id, outbox.c.ended, now - MESSAGES_KEPT, HAS_ENDED)
            + _remove(connection, outbox, outbox.c.id, outbox.c.written, old, IS_UNSENT),
            chats=_remove(connection, chats, chats.c.chat, chats.c.since, old),
            conversations=_remove(connection, conversations, conversations.c.sender, conversations.c.changed, old),
            unfinished=_forget_unfinished(connection, now - UNFINISHED_KEPT),
            numbers=_remove_numbers(connection, now - MESSAGES_KEPT),
            questions=_remove(connection, questions, questions.c.id, questions.c.day, _day_of(old)),
            wordings=purge_wordings(connection, BATCH),
            audit=_remove(connection, desk_audit, desk_audit.c.id, desk_audit.c.at, old),
            marks=_remove(connection, marks, marks.c.mark, marks.c.month, _day_of(now).replace(day=1)),
        )

    return work


def purge_now(connection_of: Callable[[Callable[[Connection], Purged]], Purged], keep_days: int) -> Purged:
    """All there is to purge, batch by batch. ``connection_of`` runs one transaction."""
    total = Purged()
    while gone := connection_of(purge_a_batch(keep_days)):
        total += gone
    return total


def _day_of(moment: float) -> datetime.date:
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).date()


def _remove(connection: Connection, table: sa.Table, key: Any, moment: Any, before: Any, *conditions: Any) -> int:
    aged = sa.select(key).where(moment < before, *conditions).order_by(moment).limit(BATCH)
    return int(connection.execute(sa.delete(table).where(key.in_(aged))).rowcount)


def _forget_unfinished(connection: Connection, before: float) -> int:
    """Open questions, and answers to a check that was left; also of people who never write again."""
    left = sa.select(conversations.c.sender).where(conversations.c.open_since < before).limit(BATCH)
    blotted = {"open_since": None, "unfinished": None, "before": None}
    open_ones = sa.update(conversations).where(conversations.c.sender.in_(left))
    return int(connection.execute(open_ones.values(blotted)).rowcount)


def _remove_numbers(connection: Connection, before: float) -> int:
    """Of people's messages, which Telegram would not delete for us any more."""
    old = sa.select(messages.c.chat, messages.c.message_id).where(messages.c.at < before)
    old = old.order_by(messages.c.at).limit(BATCH)
    keys = [tuple(row) for row in connection.execute(old)]
    if not keys:
        return 0
    theirs = sa.tuple_(messages.c.chat, messages.c.message_id).in_(keys)
    return int(connection.execute(sa.delete(messages).where(theirs)).rowcount)
