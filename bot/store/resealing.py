"""After a change of the secret all that is kept is sealed anew."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, Iterator, List, Set, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.desk_tables import (
    TAKEN,
    WAITING,
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
from bot.store.tables import IS_OPEN, chats, conversations, inbox, marks, messages, outbox, questions, wordings
from bot.store.unreadable import unreadable


class SealedOtherwise(Exception):
    """Messages wait that the present secret cannot open; the message is one line for the operator."""


def seal_anew(seal: Seal) -> Callable[[Connection], int]:
    """What the old secret sealed is sealed with the present one. How many rows. Raises SealedOtherwise.

    The names of chats change with the secret as well.
    """

    def work(connection: Connection) -> int:
        refuse_unreadable(connection, seal)
        # Marks of another secret recognise nobody, and would not be found when their person leaves.
        connection.execute(sa.delete(marks).where(marks.c.key != seal.key_ids[0].hex()))
        if len(seal.key_ids) == 1:
            return 0
        _rename_numbers(connection, seal)  # while the names of before still stand in the other tables
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


def refuse_unreadable(connection: Connection, seal: Seal) -> None:
    """Raises SealedOtherwise where something is kept that no secret of ours opens."""
    strange = sum(1 for _ in unreadable(connection, seal))
    if strange:
        raise SealedOtherwise(
            f"{strange} kept message(s) were sealed with another ADVISOR_SECRET: give that one as "
            "ADVISOR_SECRET_OLD, or give them up with `advisor purge --unreadable`"
        )


def _rename_numbers(connection: Connection, seal: Seal) -> None:
    """The numbers and keyed hashes of messages tell no chat: whose they are, what is sealed of the same chat says.

    What nobody's row explains goes: under a name of before it would outlive its person's wish to be forgotten.
    """
    names, current = _names(connection, seal)
    if not names and not _old_conversations(connection, seal):
        return
    for table in (messages, wordings):
        for chat in connection.execute(sa.select(table.c.chat).distinct()).scalars().all():
            if chat in names:
                connection.execute(sa.update(table).where(table.c.chat == chat).values(chat=names[chat]))
            elif chat not in current:
                connection.execute(sa.delete(table).where(table.c.chat == chat))


def _names(connection: Connection, seal: Seal) -> Tuple[Dict[str, str], Set[str]]:
    """Of the chats that the old secret named, both names; and the names that are of the present secret already."""
    names: Dict[str, str] = {}
    current: Set[str] = set()
    for chat, sealed, place in _sealed_chats(connection):
        if not _is_old(seal, sealed):
            current.add(chat)
        elif chat not in names:
            names[chat] = seal.chat(int(seal.open(sealed, place).partition(b"\n")[0]))
    return names, current


def _sealed_chats(connection: Connection) -> Iterator[Tuple[str, bytes, str]]:
    """The name of a chat, something sealed that begins with its number, and the place it is sealed for."""
    for number, chat, payload in connection.execute(
        sa.select(inbox.c.update_id, inbox.c.chat, inbox.c.payload).where(IS_OPEN)
    ):
        yield chat, payload, place_of_payload(number)
    for chat, sealed in connection.execute(sa.select(outbox.c.chat, outbox.c.chat_id)):
        yield chat, sealed, place_of_chat(chat)
    for chat, sealed in connection.execute(sa.select(chats.c.chat, chats.c.chat_id)):
        yield chat, sealed, place_of_chat(chat)
    for chat, sealed in connection.execute(sa.select(cases.c.chat, cases.c.chat_id).where(cases.c.chat_id.isnot(None))):
        yield chat, sealed, place_of_case(chat)


def _reseal_inbox(connection: Connection, seal: Seal) -> int:
    columns = (inbox.c.update_id, inbox.c.payload)
    rows = [row for row in connection.execute(sa.select(*columns).where(IS_OPEN)).all() if _is_old(seal, row.payload)]
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
    return len(rows)


def _begin_conversations_anew(connection: Connection, seal: Seal) -> int:
    """Their names come from the secret too, so nobody would ever ask for them again."""
    for sender in _old_conversations(connection, seal):
        connection.execute(sa.delete(conversations).where(conversations.c.sender == sender))
    return 0


def _old_conversations(connection: Connection, seal: Seal) -> List[str]:
    parts = (conversations.c.known, conversations.c.unfinished, conversations.c.before)
    rows = connection.execute(sa.select(conversations.c.sender, *parts)).all()
    return [row.sender for row in rows if any(part is not None and _is_old(seal, part) for part in row[1:])]


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
        connection.execute(sa.update(cases).where(cases.c.id == row.id).values({**values, **_released(row)}))
    return len(rows) + _reseal_groups(connection, seal)


def _released(case: Any) -> Dict[str, Any]:
    """Whose it is was written under a name that the new secret does not give: it waits for whoever takes it next."""
    if case.state != TAKEN:
        return {}
    return {"state": WAITING, "taken_by": None, "waiting_since": case.waiting_since or time.time()}


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
