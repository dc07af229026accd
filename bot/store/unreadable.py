"""What was sealed with a secret that is lost: counted, so that an operator can judge, and given up when they say so."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterator, List, Mapping, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.desk_tables import CLOSED, case_topics, cases, desk_states
from bot.store.sealing import KEY_ID, Seal
from bot.store.tables import DONE, IS_OPEN, IS_UNSENT, NOBODY, chats, inbox, outbox, questions

Sealed = Tuple[sa.Table, Any, Any, bool]
"""Table, column of its key, the key, and whether one of our secrets sealed it."""

_KINDS: Tuple[Tuple[str, sa.Table, Any, Any, Any], ...] = (
    ("messages not answered", inbox, inbox.c.update_id, inbox.c.payload, IS_OPEN),
    ("answers not delivered", outbox, outbox.c.id, outbox.c.content, IS_UNSENT),
    ("chats that blocked the bot", chats, chats.c.chat, chats.c.chat_id, sa.true()),
    ("cases", cases, cases.c.id, cases.c.chat_id, cases.c.chat_id.isnot(None)),
    ("topics of cases", case_topics, case_topics.c.id, case_topics.c.chat_id, sa.true()),
    ("groups of desks", desk_states, desk_states.c.desk, desk_states.c.chat_id, desk_states.c.chat_id.isnot(None)),
    ("questions without an answer", questions, questions.c.id, questions.c.question, sa.true()),
)
_NAMES = {table.name: name for name, table, *_ in _KINDS}


@dataclass(frozen=True)
class Unreadable:
    """``rows``: how many no secret of ours opens, by what they are; ``readable``: how many rows open.

    ``topics``: by desk, the numbers of the cases whose topics in Telegram the bot cannot find any more.
    """

    rows: Mapping[str, int]
    readable: int
    topics: Mapping[str, Tuple[int, ...]]

    @property
    def count(self) -> int:
        return sum(self.rows.values())


def unreadable(connection: Connection, seal: Seal) -> Iterator[Tuple[sa.Table, Any, Any]]:
    """Table, key's column and key of each row that no secret of ours opens."""
    return ((table, key, value) for table, key, value, opens in _sealed(connection, seal) if not opens)


def any_sealed(connection: Connection) -> bool:
    """Whether anything is kept that wants a secret to be read."""
    return any(
        connection.execute(sa.select(key).where(condition).limit(1)).first() is not None
        for _, _, key, _, condition in _KINDS
    )


def count_unreadable(seal: Seal) -> Callable[[Connection], Unreadable]:
    def work(connection: Connection) -> Unreadable:
        found = list(_sealed(connection, seal))
        rows = Counter(_NAMES[table.name] for table, _, _, opens in found if not opens)
        topics = [value for table, _, value, opens in found if table is case_topics and not opens]
        return Unreadable(rows, sum(opens for *_, opens in found), _cases_of(connection, topics))

    return work


def remove_unreadable(seal: Seal) -> Callable[[Connection], int]:
    """What no secret of ours opens is removed. How many rows."""

    def work(connection: Connection) -> int:
        doomed = list(unreadable(connection, seal))
        for table, key, value in doomed:
            if table is inbox:  # its number stays, so that Telegram's repetition is known
                blotted = {"state": DONE, "chat": NOBODY, "done_at": time.time(), "payload": None}
                connection.execute(sa.update(inbox).where(key == value).values(blotted))
            elif table is cases:  # what was counted of it when it was closed stays; of an open one nothing is counted
                gone = {"state": CLOSED, "closed": time.time(), "chat": NOBODY, "chat_id": None, "summary": None}
                connection.execute(sa.update(cases).where(key == value).values({**gone, "taken_by": None}))
            else:
                connection.execute(sa.delete(table).where(key == value))
        return len(doomed)

    return work


def _sealed(connection: Connection, seal: Seal) -> Iterator[Sealed]:
    for _, table, key, column, condition in _KINDS:
        for value, sealed in connection.execute(sa.select(key, column).where(condition)).all():
            yield table, key, value, sealed is not None and bytes(sealed[:KEY_ID]) in seal.key_ids


def _cases_of(connection: Connection, topics: List[int]) -> Dict[str, Tuple[int, ...]]:
    """By desk, the numbers of their cases."""
    wanted, numbers = set(topics), {}  # type: ignore[var-annotated]
    rows = sa.select(case_topics.c.id, case_topics.c.case_id, cases.c.desk)
    for topic, case, desk in connection.execute(rows.outerjoin(cases, cases.c.id == case_topics.c.case_id)):
        if topic in wanted:
            numbers.setdefault(desk or "?", set()).add(case)
    return {desk: tuple(sorted(found)) for desk, found in sorted(numbers.items())}
