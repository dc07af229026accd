"""The tables, as the code of today uses them. How a database comes to have them is in ``migrations``.

Nothing here is readable: a chat is a keyed hash, what was said and whom to answer are sealed (sealing.py).
Times are seconds since 1970. What is done keeps no content at all.
"""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()
NOBODY = ""
"""The chat of an update that is nobody's: none of our business, or of a person who had everything deleted."""

CLAIMED, WORKING, DONE, PARKED = "claimed", "working", "done", "parked"
WAITING, SENDING, SENT, FAILED = "waiting", "sending", "sent", "failed"
PERSON, STAFF = "person", "staff"

# Spelled as in the migration: a partial index is used only by a query that repeats its condition.
IS_OPEN = sa.text("inbox.state IN ('claimed', 'working', 'parked')")
IS_UNSENT = sa.text("outbox.state IN ('waiting', 'sending')")
HAS_ENDED = sa.text("outbox.ended IS NOT NULL")

inbox = sa.Table(
    "inbox",
    METADATA,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("chat", sa.String(32), nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_try", sa.Float(53), nullable=False),
    sa.Column("received", sa.Float(53), nullable=False),
    sa.Column("done_at", sa.Float(53)),
    sa.Column("stood_in", sa.Float(53)),  # when the help numbers were given because the brain was away
    sa.Column("payload", sa.LargeBinary),
)

outbox = sa.Table(
    "outbox",
    METADATA,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("update_id", sa.BigInteger),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("chat", sa.String(32), nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("priority", sa.String(6), nullable=False, default=PERSON),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("not_before", sa.Float(53), nullable=False),
    sa.Column("written", sa.Float(53), nullable=False),
    sa.Column("ended", sa.Float(53)),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("forget", sa.Boolean, nullable=False, default=False),
    sa.Column("after", sa.BigInteger),  # the highest message number known when it was last handed to Telegram
    sa.Column("chat_id", sa.LargeBinary),
    sa.Column("content", sa.LargeBinary),
)

chats = sa.Table(
    "chats",
    METADATA,
    sa.Column("chat", sa.String(32), primary_key=True),
    sa.Column("blocked", sa.Boolean, nullable=False),
    sa.Column("since", sa.Float(53), nullable=False),
    sa.Column("chat_id", sa.LargeBinary, nullable=False),
)

conversations = sa.Table(
    "conversations",
    METADATA,
    sa.Column("sender", sa.String(64), primary_key=True),
    sa.Column("turn", sa.BigInteger),  # the update that led to it; met again, it meets what was ``before``
    sa.Column("changed", sa.Float(53), nullable=False),
    sa.Column("known", sa.LargeBinary),
    sa.Column("open_since", sa.Float(53)),
    sa.Column("unfinished", sa.LargeBinary),
    sa.Column("before", sa.LargeBinary),
)

messages = sa.Table(  # of people; numbers only, so that "leave quickly" can delete them
    "messages",
    METADATA,
    sa.Column("chat", sa.String(32), primary_key=True),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Float(53), nullable=False),
)

counts = sa.Table(  # how many people, of nobody in particular; "" where nothing is known
    "counts",
    METADATA,
    sa.Column("month", sa.Date, primary_key=True),  # its first day
    sa.Column("what", sa.String(20), primary_key=True),
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
)

marks = sa.Table(  # for the month that lasts: who need not be counted again, and not for what (bot/figures/people.py)
    "marks",
    METADATA,
    sa.Column("mark", sa.String(32), primary_key=True),
    sa.Column("chat", sa.String(32), nullable=False),
    sa.Column("month", sa.Date, nullable=False),
    sa.Column("key", sa.String(8), nullable=False),  # id of the secret's key that it was made with
)

questions = sa.Table(  # that got no answer, scrubbed; the key is random so that it tells no order within the day
    "questions",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("question", sa.LargeBinary, nullable=False),
)

case_figures = sa.Table(  # of closed cases; nothing leads from here to a case or a person
    "case_figures",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("desk", sa.String(40), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("origin", sa.String(2), nullable=False),
    sa.Column("destination", sa.String(2), nullable=False),
    sa.Column("topic", sa.String(40), nullable=False),
    sa.Column("danger", sa.String(20), nullable=False),
    sa.Column("urgency", sa.String(20), nullable=False),
    sa.Column("waited", sa.Integer),  # minutes until somebody took it; null: nobody did
    sa.Column("outcome", sa.String(40), nullable=False),
    sa.Column("helped", sa.Boolean),  # null: not answered
    sa.Column("again", sa.Boolean, nullable=False),  # of somebody who had a case closed in that month already
)

wordings = sa.Table(  # of people's messages of the last two hours: keyed hashes (wordings.py)
    "wordings",
    METADATA,
    sa.Column("chat", sa.String(32), primary_key=True),
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("update_id", sa.BigInteger, nullable=False),  # that answers it
    sa.Column("worded_by", sa.BigInteger),  # the latest update that tells of it; an older one changes nothing
    sa.Column("digest", sa.String(32), nullable=False),
    sa.Column("album", sa.String(32)),
    sa.Column("early", sa.LargeBinary),  # a change that came before the message itself, until that comes
    sa.Column("at", sa.Float(53), nullable=False),
)
