"""Inbox, outbox and chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

OPEN = sa.text("state IN ('claimed', 'working', 'parked')")
UNSENT = sa.text("state IN ('waiting', 'sending')")
ENDED = sa.text("ended IS NOT NULL")
NAMED = sa.text("chat <> ''")


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat", sa.String(32), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.Float(53), nullable=False),
        sa.Column("received", sa.Float(53), nullable=False),
        sa.Column("done_at", sa.Float(53)),
        sa.Column("payload", sa.LargeBinary),
    )
    # Of a million rows a handful are open: these indexes stay small, whatever the history.
    _index("inbox_open", "inbox", ["update_id"], OPEN)
    _index("inbox_chat", "inbox", ["chat"], NAMED)
    op.create_index("inbox_done", "inbox", ["done_at"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("update_id", sa.BigInteger),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("chat", sa.String(32), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("priority", sa.String(6), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", sa.Float(53), nullable=False),
        sa.Column("written", sa.Float(53), nullable=False),
        sa.Column("ended", sa.Float(53)),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("forget", sa.Boolean, nullable=False),
        sa.Column("chat_id", sa.LargeBinary),
        sa.Column("content", sa.LargeBinary),
        sqlite_autoincrement=True,  # else SQLite gives the number of a deleted last row again, and order is by number
    )
    _index("outbox_unsent", "outbox", ["chat", "id"], UNSENT)
    _index("outbox_chat", "outbox", ["chat"], NAMED)
    _index("outbox_ended", "outbox", ["ended"], ENDED)
    op.create_table(
        "chats",
        sa.Column("chat", sa.String(32), primary_key=True),
        sa.Column("blocked", sa.Boolean, nullable=False),
        sa.Column("since", sa.Float(53), nullable=False),
        sa.Column("chat_id", sa.LargeBinary, nullable=False),
    )


def _index(name: str, table: str, columns: list[str], where: sa.sql.elements.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for table in ("chats", "outbox", "inbox"):
        op.drop_table(table)
