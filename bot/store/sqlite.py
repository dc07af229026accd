"""How SQLite is opened: private, with a log beside it, and with transactions that lock from their beginning."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import URL
from sqlalchemy.pool import QueuePool

OPTIONS = {"future": True, "hide_parameters": True}
"""Of every engine: errors of SQLAlchemy quote the values that were to be written, unless told not to."""
PATIENCE = 10.0
"""Seconds that the first connections to a new file wait for each other."""


def sqlite_engine(url: URL, patience_ms: int, *further: str) -> Engine:
    """``patience_ms``: for how long a transaction waits for another one to end. ``further``: more pragmas."""
    # Left to itself SQLAlchemy opens and closes a file anew each time, and closing makes SQLite write to the disk.
    engine = sa.create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False}, **OPTIONS)
    pragmas = (f"busy_timeout = {patience_ms}", "synchronous = NORMAL", "foreign_keys = ON", *further)

    @sa.event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own way of beginning transactions comes too late for locks
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @sa.event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # a reader that turns writer could not wait for the lock

    return engine


def make_private(path: Path) -> None:
    """SQLite's other files beside it take over its mode. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _write_ahead(connection: sqlite3.Connection) -> None:
    """For the lock that this takes in a new file SQLite does not wait by itself."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.01)
