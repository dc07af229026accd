"""Figures count people and not messages: whoever writes ten times is counted once in a month.

A mark says that somebody was counted for something. It is a keyed hash of chat, month and what it was for: without the
secret nobody can tell what that was, nor that two people were counted for the same. Marks go when the month is over,
and when their person has everything deleted; whoever writes again after that is counted as somebody new.
"""

from __future__ import annotations

import datetime
from typing import Iterable, List, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.sealing import Seal
from bot.store.tables import marks
from bot.store.upserts import insert_unless_there

_THERE = sa.select(marks.c.mark).where(marks.c.mark.in_(sa.bindparam("made", expanding=True)))
"""Made once: making a statement takes longer than the database takes for it."""
What = Tuple[str, ...]
"""A row that somebody is counted in."""


def is_first(connection: Connection, seal: Seal, chat_id: int, day: datetime.date, *what: str) -> bool:
    """Whether this person was not yet counted for ``what`` in the month of ``day``; from now on they are."""
    return bool(firsts(connection, seal, chat_id, day, [what]))


def firsts(connection: Connection, seal: Seal, chat_id: int, day: datetime.date, rows: Iterable[What]) -> List[What]:
    """Those of ``rows`` that this person was not yet counted for in the month of ``day``; from now on they are.

    Most have been: all are looked up at once, and written are only the others.
    """
    chat, month = seal.chat(chat_id), day.replace(day=1)
    by_mark = {_mark(seal, chat, month, row): row for row in rows}
    there = set(connection.execute(_THERE, {"made": list(by_mark)}).scalars())
    of_person = {"chat": chat, "month": month, "key": seal.key_ids[0].hex()}
    return [
        row
        for mark, row in by_mark.items()
        if mark not in there and insert_unless_there(connection, marks, {"mark": mark, **of_person})
    ]


def _mark(seal: Seal, chat: str, month: datetime.date, what: What) -> str:
    return seal.digest("\n".join(("counted", chat, month.isoformat(), *what)).encode("utf-8"))
