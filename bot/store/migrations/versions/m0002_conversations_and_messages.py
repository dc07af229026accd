"""What is known of each conversation; the numbers of people's messages; two notes on what is under way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("sender", sa.String(64), primary_key=True),
        sa.Column("turn", sa.BigInteger),
        sa.Column("changed", sa.Float(53), nullable=False),
        sa.Column("known", sa.LargeBinary),
        sa.Column("open_since", sa.Float(53)),
        sa.Column("unfinished", sa.LargeBinary),
        sa.Column("before", sa.LargeBinary),
    )
    op.create_index("conversations_changed", "conversations", ["changed"])
    is_open = sa.text("open_since IS NOT NULL")
    op.create_index(
        "conversations_open", "conversations", ["open_since"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        "messages",
        sa.Column("chat", sa.String(32), primary_key=True),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Float(53), nullable=False),
    )
    op.create_index("messages_at", "messages", ["at"])
    op.add_column("inbox", sa.Column("stood_in", sa.Float(53)))
    op.add_column("outbox", sa.Column("after", sa.BigInteger))


def downgrade() -> None:
    op.drop_column("outbox", "after")
    op.drop_column("inbox", "stood_in")
    for table in ("messages", "conversations"):
        op.drop_table(table)
