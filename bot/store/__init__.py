"""What must outlive the process: messages taken in, and answers not yet delivered. Sealed, in SQLite or PostgreSQL."""

import bot.store.desk_tables  # noqa: F401  (so that METADATA knows all tables)
from bot.store.database import Database, DatabaseUnusable
from bot.store.inbox import Arrival, Inbox, Parked, Taken
from bot.store.outbox import Outbox, Part
from bot.store.resealing import SealedOtherwise
from bot.store.sealing import CannotOpen, Seal
from bot.store.upkeep import Purged

__all__ = [
    "Arrival",
    "CannotOpen",
    "Database",
    "DatabaseUnusable",
    "Inbox",
    "Outbox",
    "Parked",
    "Part",
    "Purged",
    "Seal",
    "SealedOtherwise",
    "Taken",
]
