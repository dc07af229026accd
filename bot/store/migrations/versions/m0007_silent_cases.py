"""Cases in which nobody writes any more come to an end: whether the desk was told that one is about to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("cases", sa.Column("end_told", sa.Float(53)))


def downgrade() -> None:
    op.drop_column("cases", "end_told")
