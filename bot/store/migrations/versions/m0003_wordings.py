"""Keyed hashes of what people's messages said, so that edits and albums are answered once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("chat", sa.String(32), primary_key=True),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("album", sa.String(32)),
        sa.Column("at", sa.Float(53), nullable=False),
    )
    op.create_index("wordings_at", "wordings", ["at"])


def downgrade() -> None:
    op.drop_table("wordings")
