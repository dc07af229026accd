"""Two people, two secrets, and what stands in the tables."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store import Database
from bot.store.tables import METADATA

SECRET, OTHER = b"the secret of today, long enough" * 2, b"the secret of yesterday, long too" * 2
ALICE, BOB = 7100000001, 7100000002
TEXT = b"my boss locked me in"


def rows(database: Database, table: sa.Table) -> list[sa.engine.Row]:
    return database.run_now(lambda connection: connection.execute(sa.select(table)).all())


def everything(database: Database) -> bytes:
    """All that stands in any table, as bytes."""
    cells = [cell for table in METADATA.sorted_tables for row in rows(database, table) for cell in row]
    return b"|".join(bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in cells)
