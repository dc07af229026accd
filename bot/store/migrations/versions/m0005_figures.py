"""Figures without transcripts: counts by day, scrubbed questions that got no answer, figures of closed cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
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
    op.create_table(
        "questions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("question", sa.LargeBinary, nullable=False),
    )
    op.create_index("questions_day", "questions", ["day"])
    op.create_table(
        "case_figures",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("desk", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("origin", sa.String(2), nullable=False),
        sa.Column("destination", sa.String(2), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("danger", sa.String(20), nullable=False),
        sa.Column("urgency", sa.String(20), nullable=False),
        sa.Column("waited", sa.Integer),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("helped", sa.Boolean),
    )
    op.create_index("case_figures_day", "case_figures", ["day"])


def downgrade() -> None:
    for table in ("case_figures", "questions", "counts"):
        op.drop_table(table)
