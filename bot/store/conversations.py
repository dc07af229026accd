"""What is known of each conversation between two turns, sealed. Never a sentence of anybody."""

from __future__ import annotations

import json
import time
from typing import Any, Mapping, NamedTuple, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.sealing import CannotOpen, Seal
from bot.store.tables import conversations

UNFINISHED_KEPT = 3600.0
"""Seconds after which an open question and the answers of a guided check are forgotten (people are told an hour)."""


class State(NamedTuple):
    """``known``: what stays, such as language and countries; ``unfinished``: what an hour later is forgotten.

    Values are JSON."""

    known: Mapping[str, Any]
    unfinished: Mapping[str, Any]

    def __bool__(self) -> bool:
        return bool(self.known or self.unfinished)


NOTHING = State({}, {})

# Made once: making a statement takes longer than the database takes for it.
_OF_THIS = conversations.c.sender == sa.bindparam("this")
_SELECT, _INSERT = sa.select(conversations).where(_OF_THIS), sa.insert(conversations)
_UPDATE = sa.update(conversations).where(_OF_THIS)


class Conversations:
    """By the name of a conversation and the number of its turn.

    A turn may be asked again, when the process ended between its answer and the note that it is answered. It then
    meets what was known before it: "yes" must not be taken for an answer to the question that followed.
    """

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def load(self, sender: str, turn: Optional[int]) -> State:
        """Raises SQLAlchemyError when the database is away."""
        return await self._database.run(lambda connection: self._read(connection, sender, turn))

    async def save(self, sender: str, turn: Optional[int], state: State) -> None:
        """Raises SQLAlchemyError when the database is away."""
        await self._database.run(lambda connection: self._write(connection, sender, turn, state))

    def _read(self, connection: Connection, sender: str, turn: Optional[int]) -> State:
        row = _row_of(connection, sender)
        if row is None:
            return NOTHING
        try:
            if turn is not None and row.turn == turn:
                return State(*self._opened(row.before, sender, "before", [{}, {}]))
            known = self._opened(row.known, sender, "known", {})
            is_fresh = row.open_since is not None and time.time() - row.open_since < UNFINISHED_KEPT
            return State(known, self._opened(row.unfinished, sender, "unfinished", {}) if is_fresh else {})
        except CannotOpen:  # of the time before the secret was changed: the conversation begins anew
            return NOTHING

    def _write(self, connection: Connection, sender: str, turn: Optional[int], state: State) -> None:
        row, before = _row_of(connection, sender), self._read(connection, sender, turn)
        now = time.time()
        values = {
            "turn": turn,
            "changed": now,
            "known": self._sealed(state.known, sender, "known") if state.known else None,
            "open_since": now if state.unfinished or before.unfinished else None,
            "unfinished": self._sealed(state.unfinished, sender, "unfinished") if state.unfinished else None,
            "before": self._sealed(before, sender, "before") if before else None,
        }
        if row is None and state:
            connection.execute(_INSERT, {"sender": sender, **values})
        elif row is not None:  # also when nothing is known any more: the turn that led to it may be asked again
            connection.execute(_UPDATE, {"this": sender, **values})

    def _sealed(self, content: Any, sender: str, part: str) -> bytes:
        return self._seal.close(json.dumps(content).encode("ascii"), _place(sender, part))

    def _opened(self, sealed: Optional[bytes], sender: str, part: str, nothing: Any) -> Any:
        return nothing if sealed is None else json.loads(self._seal.open(sealed, _place(sender, part)))


def forget_conversation(connection: Connection, sender: str) -> int:
    """How many rows went, 0 or 1."""
    return int(connection.execute(sa.delete(conversations).where(conversations.c.sender == sender)).rowcount)


def known_of(connection: Connection, seal: Seal, sender: str) -> Mapping[str, Any]:
    """What stays of it, read within somebody's transaction."""
    row = _row_of(connection, sender)
    try:
        return json.loads(seal.open(row.known, _place(sender, "known"))) if row is not None and row.known else {}
    except CannotOpen:
        return {}


def _row_of(connection: Connection, sender: str) -> Any:
    return connection.execute(_SELECT, {"this": sender}).one_or_none()


def _place(sender: str, part: str) -> str:
    return f"conversation {sender} {part}"
