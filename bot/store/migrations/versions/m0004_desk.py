"""Cases handed to a desk of people, what its staff did, and how the desk is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

OPEN = sa.text("state <> 'closed'")
NAMED = sa.text("chat <> ''")
CLOSED = sa.text("state = 'closed'")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("desk", sa.String(20), nullable=False),
        sa.Column("chat", sa.String(32), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("urgency", sa.String(8), nullable=False),
        sa.Column("language", sa.String(8)),
        sa.Column("opened", sa.Float(53), nullable=False),
        sa.Column("taken", sa.Float(53)),
        sa.Column("closed", sa.Float(53)),
        sa.Column("figures", sa.String(32)),
        sa.Column("last_person", sa.Float(53)),
        sa.Column("last_staff", sa.Float(53)),
        sa.Column("waiting_since", sa.Float(53)),
        sa.Column("reminded", sa.Float(53)),
        sa.Column("away_told", sa.Float(53)),
        sa.Column("unreachable_told", sa.Float(53)),
        sa.Column("danger_kind", sa.String(16)),
        sa.Column("danger_at", sa.Float(53)),
        sa.Column("lost", sa.Boolean, nullable=False),
        sa.Column("taken_by", sa.String(32)),
        sa.Column("offered_to", sa.String(20)),
        sa.Column("staff_chat", sa.String(32)),
        sa.Column("thread", sa.BigInteger),
        sa.Column("introduced", sa.Boolean, nullable=False),
        sa.Column("yes_update", sa.BigInteger),
        sa.Column("yes_message", sa.BigInteger),
        sa.Column("chat_id", sa.LargeBinary),
        sa.Column("summary", sa.LargeBinary),
        sqlite_autoincrement=True,  # the number of a case is said aloud and stands on its buttons: never given again
    )
    _index("cases_open", "cases", ["chat"], OPEN, unique=True)  # a person has one open case at most
    _index("cases_chat", "cases", ["chat"], NAMED)
    _index("cases_topic", "cases", ["staff_chat", "thread"], sa.text("thread IS NOT NULL"))
    _index("cases_closed", "cases", ["closed"], CLOSED)
    op.create_table(
        "case_messages",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.BigInteger, nullable=False),
        sa.Column("staff_message", sa.BigInteger, nullable=False),
        sa.Column("person_message", sa.BigInteger),
        sa.Column("by_staff", sa.Boolean, nullable=False),
    )
    op.create_index("case_messages_case", "case_messages", ["case_id"])
    op.create_table(
        "case_topics",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.BigInteger, nullable=False),
        sa.Column("chat", sa.String(32), nullable=False),
        sa.Column("chat_id", sa.LargeBinary, nullable=False),
        sa.Column("thread", sa.BigInteger, nullable=False),
    )
    op.create_index("case_topics_case", "case_topics", ["case_id"])
    op.create_table(
        "desk_audit",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("desk", sa.String(20), nullable=False),
        sa.Column("case_id", sa.BigInteger),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
    )
    op.create_index("desk_audit_at", "desk_audit", ["at"])
    op.create_table(
        "desk_states",
        sa.Column("desk", sa.String(20), primary_key=True),
        sa.Column("was_chat", sa.String(32)),
        sa.Column("chat_id", sa.LargeBinary),
        sa.Column("away", sa.Boolean, nullable=False),
        sa.Column("unreachable", sa.Float(53)),
        sa.Column("why", sa.String(40)),
    )


def _index(
    name: str, table: str, columns: list[str], where: sa.sql.elements.TextClause, *, unique: bool = False
) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for table in ("desk_states", "desk_audit", "case_topics", "case_messages", "cases"):
        op.drop_table(table)
