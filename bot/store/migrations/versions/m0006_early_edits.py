"""Edits that come before the message they change, and whose words of a message are the latest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("wordings", sa.Column("worded_by", sa.BigInteger))
    op.add_column("wordings", sa.Column("early", sa.LargeBinary))


def downgrade() -> None:
    with op.batch_alter_table("wordings") as wordings:
        wordings.drop_column("early")
        wordings.drop_column("worded_by")
