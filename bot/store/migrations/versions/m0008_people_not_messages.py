"""Figures count people and no more messages: what was counted so far is not the same, and goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_table("counts")
    op.create_table(
        "counts",
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("what", sa.String(20), primary_key=True),
        sa.Column("code", sa.String(40), primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("mark", sa.String(32), primary_key=True),
        sa.Column("chat", sa.String(32), nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("key", sa.String(8), nullable=False),
    )
    op.create_index("marks_chat", "marks", ["chat"])
    op.create_index("marks_month", "marks", ["month"])
    op.add_column("case_figures", sa.Column("again", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("case_figures", "again")
    op.drop_table("marks")
    op.drop_table("counts")
    op.create_table(
        "counts",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("what", sa.String(20), primary_key=True),
        sa.Column("topic", sa.String(40), primary_key=True),
        sa.Column("language", sa.String(8), primary_key=True),
        sa.Column("origin", sa.String(2), primary_key=True),
        sa.Column("destination", sa.String(2), primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
