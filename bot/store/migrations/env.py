"""Run by Alembic. The connection is handed over by bot/store/database.py, inside the transaction that locks."""

from __future__ import annotations

from alembic import context

from bot.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
