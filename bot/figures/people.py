"""Figures count people and not messages: whoever writes ten times is counted once in a month.

A mark says that somebody was counted for something. It is a keyed hash of chat, month and what it was for: without the
secret nobody can tell what that was, nor that two people were counted for the same. Marks go when the month is over,
and when their person has everything deleted; whoever writes again after that is counted as somebody new.
"""

from __future__ import annotations

import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.store.sealing import Seal
from bot.store.tables import marks


def is_first(connection: Connection, seal: Seal, chat_id: int, day: datetime.date, *what: str) -> bool:
    """Whether this person was not yet counted for ``what`` in the month of ``day``; from now on they are."""
    chat, month = seal.chat(chat_id), day.replace(day=1)
    row = {
        "mark": seal.digest("\n".join(("counted", chat, month.isoformat(), *what)).encode("utf-8")),
        "chat": chat,
        "month": month,
        "key": seal.key_ids[0].hex(),
    }
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    unless_there = insert(marks).on_conflict_do_nothing(index_elements=[marks.c.mark])
    return bool(connection.execute(unless_there.values(row)).rowcount)
