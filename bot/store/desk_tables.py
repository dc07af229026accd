"""The tables of the desk. Whom a case is about, and what it says, is sealed. Its figures are in bot/figures."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import METADATA

WAITING, TAKEN, CLOSED = "waiting", "taken", "closed"

cases = sa.Table(
    "cases",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("desk", sa.String(20), nullable=False),
    sa.Column("chat", sa.String(32), nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("urgency", sa.String(8), nullable=False),
    sa.Column("language", sa.String(8)),
    sa.Column("opened", sa.Float(53), nullable=False),
    sa.Column("taken", sa.Float(53)),
    sa.Column("closed", sa.Float(53)),
    sa.Column("figures", sa.String(32)),  # the key of what is counted of it; goes with the case
    sa.Column("last_person", sa.Float(53)),
    sa.Column("last_staff", sa.Float(53)),
    sa.Column("waiting_since", sa.Float(53)),  # the oldest message of the person that no staff has answered
    sa.Column("reminded", sa.Float(53)),
    sa.Column("end_told", sa.Float(53)),  # the desk, that the case is about to end because nobody writes
    sa.Column("away_told", sa.Float(53)),
    sa.Column("unreachable_told", sa.Float(53)),
    sa.Column("danger_kind", sa.String(16)),  # the numbers were shown for it in this case, at danger_at
    sa.Column("danger_at", sa.Float(53)),
    sa.Column("lost", sa.Boolean, nullable=False, default=False),  # the person has blocked the bot, the topic knows
    sa.Column("taken_by", sa.String(32)),
    sa.Column("offered_to", sa.String(20)),
    sa.Column("staff_chat", sa.String(32)),  # where the topic ``thread`` is
    sa.Column("thread", sa.BigInteger),
    sa.Column("introduced", sa.Boolean, nullable=False, default=False),  # its first message is the summary
    sa.Column("yes_update", sa.BigInteger),  # what came before these two numbers was not meant for the desk
    sa.Column("yes_message", sa.BigInteger),
    sa.Column("chat_id", sa.LargeBinary),
    sa.Column("summary", sa.LargeBinary),
    sqlite_autoincrement=True,
)

case_messages = sa.Table(  # numbers only, so that edits find what they change and a transfer can take them along
    "case_messages",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("case_id", sa.BigInteger, nullable=False),
    sa.Column("staff_message", sa.BigInteger, nullable=False),
    sa.Column("person_message", sa.BigInteger),
    sa.Column("by_staff", sa.Boolean, nullable=False),
)

case_topics = sa.Table(  # every topic that a case ever had: all of them go with it, wherever it was handed to since
    "case_topics",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("case_id", sa.BigInteger, nullable=False),
    sa.Column("chat", sa.String(32), nullable=False),
    sa.Column("chat_id", sa.LargeBinary, nullable=False),  # of the group
    sa.Column("thread", sa.BigInteger, nullable=False),
)

desk_audit = sa.Table(  # which colleague (a keyed hash) did what in which case, never what was said
    "desk_audit",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float(53), nullable=False),
    sa.Column("desk", sa.String(20), nullable=False),
    sa.Column("case_id", sa.BigInteger),
    sa.Column("who", sa.String(32), nullable=False),
    sa.Column("what", sa.String(40), nullable=False),
)

desk_states = sa.Table(
    "desk_states",
    METADATA,
    sa.Column("desk", sa.String(20), primary_key=True),
    sa.Column("was_chat", sa.String(32)),  # the group in the settings that was upgraded to the one in ``chat_id``
    sa.Column("chat_id", sa.LargeBinary),
    sa.Column("away", sa.Boolean, nullable=False, default=False),
    sa.Column("unreachable", sa.Float(53)),
    sa.Column("why", sa.String(40)),
)


def place_of_case(chat: str) -> str:
    return f"case of {chat}"


def place_of_summary(chat: str) -> str:
    return f"summary of {chat}"


def place_of_topics(chat: str) -> str:
    return f"topics of {chat}"


def place_of_group(desk: str) -> str:
    return f"group of {desk}"
