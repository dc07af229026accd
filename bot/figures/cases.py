"""Figures of cases of the desk. They stay when the case itself is purged: nothing in them leads back to it."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from typing import Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.figures.counting import code
from bot.figures.people import is_first
from bot.store.sealing import Seal
from bot.store.tables import case_figures


@dataclass(frozen=True)
class CaseFigures:
    """A closed case as the figures know it. All texts are codes of ours, None or "" where unknown; anything that is no
    code (letters, digits, "_", "-") is not kept.

    ``closed``: the day, UTC. ``desk``: its name in the settings. ``origin``, ``destination``: ISO 3166. ``topic``: an
    intent. ``danger``: its kind. ``urgency``, ``outcome``: as the desk names them. ``waited``: seconds from opening
    until it was first taken; None when nobody took it. ``helped``: what the person said, None when nothing (yet).
    """

    closed: datetime.date
    desk: Optional[str] = None
    language: Optional[str] = None
    origin: Optional[str] = None
    destination: Optional[str] = None
    topic: Optional[str] = None
    danger: Optional[str] = None
    urgency: Optional[str] = None
    waited: Optional[float] = None
    outcome: Optional[str] = None
    helped: Optional[bool] = None


CODES = ("desk", "language", "origin", "destination", "topic", "danger", "urgency", "outcome")


def note_case(connection: Connection, seal: Seal, chat_id: Optional[int], case: CaseFigures) -> str:
    """Writes the figures of a case that is being closed; call it once, in the transaction that closes it.

    ``chat_id``: of its person, None where it is not known any more. What is not the first case of somebody that was
    closed in that month is noted as such, since the report counts people. Returns a random key for ``note_helped``. The
    desk may keep it with the case, and nowhere else: both go together.
    """
    key = secrets.token_hex(16)
    codes = {name: code(getattr(case, name), case_figures.c[name].type.length) for name in CODES}
    again = chat_id is not None and not is_first(connection, seal, chat_id, case.closed, "case")
    waited = None if case.waited is None else max(0, round(case.waited / 60))
    row = {"id": key, "day": case.closed, "waited": waited, "helped": case.helped, "again": again, **codes}
    connection.execute(sa.insert(case_figures).values(row))
    return key


def note_helped(connection: Connection, key: str, helped: bool) -> None:
    """The person's answer to the closing question; nothing happens when there is no such case."""
    connection.execute(sa.update(case_figures).where(case_figures.c.id == key).values(helped=helped))
