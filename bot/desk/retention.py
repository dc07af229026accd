"""What is kept of closed cases, and for how long: afterwards the topic goes too, and only figures stay."""

from __future__ import annotations

import time

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.desk.errands import DELETE, Errand
from bot.desk.office import Office
from bot.store.desk_tables import CLOSED, cases
from bot.store.upkeep import BATCH, DAY

KEEP_DAYS = 14
"""Of a desk that the settings do not name any more."""


async def purge_cases(office: Office) -> int:
    """How many closed cases went."""
    return await office.database.insist(lambda connection: _purge(office, connection))


def _purge(office: Office, connection: Connection) -> int:
    now, gone = time.time(), 0
    wanted = sa.select(cases.c.id, cases.c.desk, cases.c.closed, cases.c.thread).where(cases.c.state == CLOSED)
    for row in connection.execute(wanted.order_by(cases.c.closed).limit(BATCH)).all():
        desk = office.groups.desk(row.desk)
        if row.closed > now - (desk.keep_days if desk else KEEP_DAYS) * DAY:
            continue
        case = office.cases.get(connection, row.id)
        if case is not None and row.thread is not None:
            office.send(connection, case, Errand(DELETE, row.id, thread=row.thread))
        office.cases.remove(connection, row.id)
        gone += 1
    return gone
