"""What is kept of closed cases, and for how long: afterwards the topic goes too, and only figures stay."""

from __future__ import annotations

import time
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from actions.desks import Desk
from bot.desk.office import Office
from bot.store.desk_tables import cases
from bot.store.threads import LAST
from bot.store.upkeep import BATCH, DAY

KEEP_DAYS = 14
"""Of a desk that the settings do not name any more."""


async def purge_cases(office: Office) -> int:
    """How many closed cases went."""
    return await office.database.insist(lambda connection: _purge(office, connection), LAST)


def _purge(office: Office, connection: Connection) -> int:
    wanted = sa.select(cases.c.id, cases.c.desk).where(_CLOSED).where(_is_due(office.groups.desks.all))
    due = connection.execute(wanted.order_by(cases.c.closed).limit(BATCH)).all()
    for row in due:
        office.remove(connection, row.id, row.desk)
    return len(due)


def _is_due(desks: Sequence[Desk]) -> sa.ColumnElement[bool]:
    """Each desk keeps for its own time; a desk that keeps long must not hide the cases of one that does not."""
    now = time.time()
    of_others = (cases.c.desk.not_in([desk.key for desk in desks]), cases.c.closed < now - KEEP_DAYS * DAY)
    of_each = [sa.and_(cases.c.desk == desk.key, cases.c.closed < now - desk.keep_days * DAY) for desk in desks]
    return sa.or_(sa.and_(*of_others), *of_each)


# Spelled as in the migration: a partial index is used only by a query that repeats its condition.
_CLOSED = sa.text("cases.state = 'closed'")
