"""Rows written unless they are there: the same words in SQLite and PostgreSQL.

SQLAlchemy 1.4 makes its own form of such a statement anew each time, a millisecond of processor time; made once as
text it keeps it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Mapping, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection


def insert_unless_there(connection: Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Whether it was written: no row had its key. Another transaction that writes the same key at this moment is waited
    for."""
    statement = _insert(table, tuple(row), "NOTHING")
    return bool(connection.execute(statement, dict(row)).rowcount)


def insert_or_add_one(connection: Connection, table: sa.Table, row: Mapping[str, Any], column: str) -> None:
    """Where a row has its key, ``column`` of that one grows by one."""
    connection.execute(_insert(table, tuple(row), f"UPDATE SET {column} = {table.name}.{column} + 1"), dict(row))


@lru_cache(maxsize=64)
def _insert(table: sa.Table, columns: Tuple[str, ...], otherwise: str) -> sa.sql.elements.TextClause:
    keys = ", ".join(key.name for key in table.primary_key)
    names, places = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    statement = sa.text(f"INSERT INTO {table.name} ({names}) VALUES ({places}) ON CONFLICT ({keys}) DO {otherwise}")
    return statement.bindparams(*(sa.bindparam(name, type_=table.c[name].type) for name in columns))
