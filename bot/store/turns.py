"""Whose turn it is: each update in the hands of one gateway, each chat in order, whether or not Redis helps."""

from __future__ import annotations

import time
from typing import Any, Iterable, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.tables import CLAIMED, IS_OPEN, PARKED, WORKING, inbox

IN_HANDS = 15.0
"""Seconds for which an update belongs to whoever works on it, unless renewed (``keep``)."""

_WAITS_OR_WORKS = inbox.c.state.in_((CLAIMED, WORKING))

# Made once: making a statement takes longer than the database takes for it.
_THIS = inbox.c.update_id == sa.bindparam("this")
_ONE_MORE = {"state": WORKING, "attempts": inbox.c.attempts + 1, "next_try": sa.bindparam("until")}
_TAKE = sa.update(inbox).where(_THIS, _WAITS_OR_WORKS).values(_ONE_MORE)
_READ = sa.select(inbox.c.payload, inbox.c.attempts, inbox.c.received, inbox.c.stood_in).where(_THIS)


class InOtherHands(Exception):
    """Another gateway works on this update, or an earlier one of the same chat is still open."""


def take(connection: Connection, update_id: int, shared: bool) -> Any:
    """What is known of the update, now under work; None when there is nothing left to do.

    ``shared``: another gateway may be at work. Then an update is taken only when nobody has it in hands and no earlier
    one of its chat is open, else InOtherHands is raised. Alone, what is under work was left by an ended process.
    """
    now = time.time()
    this = {"this": update_id}
    change = _TAKE.where(*_is_its_turn(now)) if shared else _TAKE
    # Changed first and read then: another gateway may finish it at this moment.
    if not connection.execute(change, {"until": now + IN_HANDS, **this}).rowcount:
        if shared and connection.execute(_READ.where(_WAITS_OR_WORKS), this).first() is not None:
            raise InOtherHands
        return None
    return connection.execute(_READ, this).one()


def keep(connection: Connection, update_ids: Iterable[int]) -> None:
    """In hands for another IN_HANDS seconds."""
    ours = sa.update(inbox).where(IS_OPEN).where(inbox.c.state == WORKING, inbox.c.update_id.in_(list(update_ids)))
    connection.execute(ours.values(next_try=time.time() + IN_HANDS))


def when_due() -> Any:
    """Of what is claimed ``next_try`` says when it is due; of what is under work, until when it is in hands."""
    return sa.case((inbox.c.state == CLAIMED, inbox.c.next_try), else_=0.0)


def _is_its_turn(now: float) -> Tuple[Any, Any]:
    earlier = inbox.alias("earlier")
    of_chat = (earlier.c.chat == inbox.c.chat, earlier.c.update_id < inbox.c.update_id, earlier.c.state != PARKED)
    is_open = sa.text("earlier.state IN ('claimed', 'working', 'parked')")
    blocking = sa.select(earlier.c.update_id).where(is_open).where(*of_chat).correlate(inbox)
    return sa.or_(inbox.c.state == CLAIMED, inbox.c.next_try <= now), ~blocking.exists()
