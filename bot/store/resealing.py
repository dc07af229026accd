"""After a change of the secret all that is kept is sealed anew; what no secret of ours opens can be given up."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, Iterator, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.desk_tables import (
    CLOSED,
    case_topics,
    cases,
    desk_states,
    place_of_case,
    place_of_group,
    place_of_summary,
    place_of_topics,
)
from bot.store.inbox import place_of_payload
from bot.store.outbox import place_of_chat, place_of_content
from bot.store.sealing import KEY_ID, Seal
from bot.store.tables import DONE, NOBODY, chats, conversations, inbox, marks, messages, outbox, questions, wordings

_OPEN = sa.text("inbox.state IN ('claimed', 'working', 'parked')")
_UNSENT = sa.text("outbox.state IN ('waiting', 'sending')")


class SealedOtherwise(Exception):
    """Messages wait that the present secret cannot open; the message is one line for the operator."""


def seal_anew(seal: Seal) -> Callable[[Connection], int]:
    """What the old secret sealed is sealed with the present one. How many rows. Raises SealedOtherwise.

    The names of chats change with the secret as well.
    """

    def work(connection: Connection) -> int:
        strange = sum(1 for _ in _sealed_with_none_of(connection, seal))
        if strange:
            raise SealedOtherwise(
                f"{strange} kept message(s) were sealed with another ADVISOR_SECRET: give that one as "
                "ADVISOR_SECRET_OLD, or give them up with `advisor purge --unreadable`"
            )
        # Marks of another secret recognise nobody, and would not be found when their person leaves.
        connection.execute(sa.delete(marks).where(marks.c.key != seal.key_ids[0].hex()))
        if len(seal.key_ids) == 1:
            return 0
        kinds = (
            _reseal_inbox,
            _reseal_outbox,
            _reseal_chats,
            _reseal_cases,
            _reseal_questions,
            _begin_conversations_anew,
        )
        return sum(reseal(connection, seal) for reseal in kinds)

    return work


def remove_unreadable(seal: Seal) -> Callable[[Connection], int]:
    """What no secret of ours opens is removed. How many rows."""

    def work(connection: Connection) -> int:
        doomed = list(_sealed_with_none_of(connection, seal))
        for table, key, value in doomed:
            if table is inbox:  # its number stays, so that Telegram's repetition is known
                blotted = {"state": DONE, "chat": NOBODY, "done_at": time.time(), "payload": None}
                connection.execute(sa.update(inbox).where(key == value).values(blotted))
            elif table is cases:  # its figures stay
                gone = {"state": CLOSED, "closed": time.time(), "chat": NOBODY, "chat_id": None, "summary": None}
                connection.execute(sa.update(cases).where(key == value).values(gone))
            else:
                connection.execute(sa.delete(table).where(key == value))
        return len(doomed)

    return work


def _sealed_with_none_of(connection: Connection, seal: Seal) -> Iterator[Tuple[sa.Table, Any, Any]]:
    for table, key, column, condition in (
        (inbox, inbox.c.update_id, inbox.c.payload, _OPEN),
        (outbox, outbox.c.id, outbox.c.content, _UNSENT),
        (chats, chats.c.chat, chats.c.chat_id, sa.true()),
        (cases, cases.c.id, cases.c.chat_id, cases.c.chat_id.isnot(None)),
        (case_topics, case_topics.c.id, case_topics.c.chat_id, sa.true()),
        (desk_states, desk_states.c.desk, desk_states.c.chat_id, desk_states.c.chat_id.isnot(None)),
        (questions, questions.c.id, questions.c.question, sa.true()),
    ):
        for value, sealed in connection.execute(sa.select(key, column).where(condition)).all():
            if sealed is None or bytes(sealed[:KEY_ID]) not in seal.key_ids:
                yield table, key, value


def _reseal_inbox(connection: Connection, seal: Seal) -> int:
    columns = (inbox.c.update_id, inbox.c.payload)
    rows = [row for row in connection.execute(sa.select(*columns).where(_OPEN)).all() if _is_old(seal, row.payload)]
    for row in rows:
        place = place_of_payload(row.update_id)
        payload = seal.open(row.payload, place)
        values = {"chat": seal.chat(int(payload.partition(b"\n")[0])), "payload": seal.close(payload, place)}
        connection.execute(sa.update(inbox).where(inbox.c.update_id == row.update_id).values(values))
    return len(rows)


def _reseal_outbox(connection: Connection, seal: Seal) -> int:
    """Also what is sent: its rows must be found when their person wants everything deleted."""
    columns = (outbox.c.id, outbox.c.chat, outbox.c.chat_id, outbox.c.content)
    rows = [row for row in connection.execute(sa.select(*columns)).all() if _is_old(seal, row.chat_id)]
    for row in rows:
        values = _chat_anew(seal, row.chat, row.chat_id)
        if row.content is not None:
            content = seal.open(row.content, place_of_content(row.chat))
            values["content"] = seal.close(content, place_of_content(values["chat"]))
        connection.execute(sa.update(outbox).where(outbox.c.id == row.id).values(values))
    for old, new in {row.chat: seal.chat(int(seal.open(row.chat_id, place_of_chat(row.chat)))) for row in rows}.items():
        for table in (messages, wordings):  # else they could not be found when their person leaves
            connection.execute(sa.update(table).where(table.c.chat == old).values(chat=new))
    return len(rows)


def _begin_conversations_anew(connection: Connection, seal: Seal) -> int:
    """Their names come from the secret too, so nobody would ever ask for them again."""
    parts = (conversations.c.known, conversations.c.unfinished, conversations.c.before)
    rows = connection.execute(sa.select(conversations.c.sender, *parts)).all()
    old = [row.sender for row in rows if any(part is not None and _is_old(seal, part) for part in row[1:])]
    for sender in old:
        connection.execute(sa.delete(conversations).where(conversations.c.sender == sender))
    return 0


def _reseal_chats(connection: Connection, seal: Seal) -> int:
    columns = (chats.c.chat, chats.c.chat_id)
    rows = [row for row in connection.execute(sa.select(*columns)).all() if _is_old(seal, row.chat_id)]
    for row in rows:
        values = _chat_anew(seal, row.chat, row.chat_id)
        connection.execute(sa.update(chats).where(chats.c.chat == row.chat).values(values))
    return len(rows)


def _reseal_cases(connection: Connection, seal: Seal) -> int:
    """Their topics stay theirs: the groups of desks are named by the secret too."""
    names = _reseal_topics(connection, seal)
    for before, after in names.items():
        connection.execute(sa.update(cases).where(cases.c.staff_chat == before).values(staff_chat=after))
    rows = [
        row
        for row in connection.execute(sa.select(cases).where(cases.c.chat_id.isnot(None))).all()
        if _is_old(seal, row.chat_id)
    ]
    for row in rows:
        chat_id = seal.open(row.chat_id, place_of_case(row.chat))
        summary = seal.open(row.summary, place_of_summary(row.chat))
        chat = seal.chat(int(chat_id))
        values = {
            "chat": chat,
            "chat_id": seal.close(chat_id, place_of_case(chat)),
            "summary": seal.close(summary, place_of_summary(chat)),
        }
        connection.execute(sa.update(cases).where(cases.c.id == row.id).values(values))
    return len(rows) + _reseal_groups(connection, seal)


def _reseal_topics(connection: Connection, seal: Seal) -> Dict[str, str]:
    """Of the groups they are in, the names before and after."""
    names = {}
    for row in connection.execute(sa.select(case_topics)).all():
        if _is_old(seal, row.chat_id):
            chat_id = seal.open(row.chat_id, place_of_topics(row.chat))
            names[row.chat] = chat = seal.chat(int(chat_id))
            values = {"chat": chat, "chat_id": seal.close(chat_id, place_of_topics(chat))}
            connection.execute(sa.update(case_topics).where(case_topics.c.id == row.id).values(values))
    return names


def _reseal_groups(connection: Connection, seal: Seal) -> int:
    """Of desks whose group was upgraded: sealed are its id before and after."""
    wanted = sa.select(desk_states).where(desk_states.c.chat_id.isnot(None))
    rows = [row for row in connection.execute(wanted).all() if _is_old(seal, row.chat_id)]
    for row in rows:
        both = seal.open(row.chat_id, place_of_group(row.desk))
        values = {"was_chat": seal.chat(int(both.split()[0])), "chat_id": seal.close(both, place_of_group(row.desk))}
        connection.execute(sa.update(desk_states).where(desk_states.c.desk == row.desk).values(values))
    return len(rows)


def _reseal_questions(connection: Connection, seal: Seal) -> int:
    """Questions that got no answer (bot/figures)."""
    rows = [row for row in connection.execute(sa.select(questions)).all() if _is_old(seal, row.question)]
    for row in rows:
        place = place_of_question(row.id)
        values = {"question": seal.close(seal.open(row.question, place), place)}
        connection.execute(sa.update(questions).where(questions.c.id == row.id).values(values))
    return len(rows)


def place_of_question(key: str) -> str:
    return f"question {key}"


def _is_old(seal: Seal, sealed: bytes) -> bool:
    return bytes(sealed[:KEY_ID]) in seal.key_ids[1:]


def _chat_anew(seal: Seal, chat: str, sealed: bytes) -> Dict[str, Any]:
    chat_id = seal.open(sealed, place_of_chat(chat))
    name = seal.chat(int(chat_id))
    return {"chat": name, "chat_id": seal.close(chat_id, place_of_chat(name))}
