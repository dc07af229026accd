"""Messages taken in: each once, kept until answered, then nothing of it but Telegram's number for a day."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import FrozenSet, Iterable, List, Optional, Sequence, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.database import Database, Work
from bot.store.desk_tables import cases
from bot.store.outbox import write_parts
from bot.store.sealing import Seal
from bot.store.tables import CLAIMED, DONE, IS_OPEN, NOBODY, PARKED, PERSON, WORKING, chats, inbox, messages, outbox
from bot.store.threads import URGENT
from bot.store.turns import keep, take, when_due
from bot.store.upserts import insert_unless_there
from bot.store.wordings import Wording, Wordings, forget_wordings

Open = Tuple[int, str, float]
"""The number of an update, its chat's name, and when to try it (again)."""

# Made once: making a statement takes longer than the database takes for it.
_UNBLOCK = sa.delete(chats).where(chats.c.chat == sa.bindparam("of"))
_THIS = inbox.c.update_id == sa.bindparam("this")
_END = sa.update(inbox).where(_THIS, inbox.c.state == WORKING)
_UNTOLD = (_THIS, inbox.c.state.in_((CLAIMED, WORKING)), inbox.c.stood_in.is_(None))
_WAITING = sa.select(inbox.c.payload, inbox.c.attempts, inbox.c.received).where(*_UNTOLD)


@dataclass(frozen=True)
class Arrival:
    """``chat_id`` and ``payload`` None: nothing of ours, only its number is kept so that a repetition is known.

    ``message_id``: of a message that the person wrote, so that it can be deleted for them.
    ``wording``: of a message that Telegram may tell of again (wordings.py).
    """

    update_id: int
    chat_id: Optional[int] = field(default=None, repr=False)
    payload: Optional[bytes] = field(default=None, repr=False)
    message_id: Optional[int] = None
    wording: Optional[Wording] = None


@dataclass(frozen=True)
class Claimed:
    """What was new among arrivals: all their numbers, and those to be answered."""

    numbers: FrozenSet[int]
    to_answer: List[Open]


@dataclass(frozen=True)
class Taken:
    """An update under work. ``attempt`` counts from one, also those that ended with the process.

    ``stood_in``: the person was told that the answer comes later.
    """

    update_id: int
    attempt: int
    received: float
    stood_in: bool
    chat_id: int = field(repr=False)
    payload: bytes = field(repr=False)


@dataclass(frozen=True)
class Parked:
    """What an operator may know of an update that could not be answered."""

    update_id: int
    state: str
    attempts: int
    received: float


class Inbox:
    """All methods but ``claim`` go on until the database takes them.

    ``shared``: another gateway may be at work (turns.py).
    """

    def __init__(self, database: Database, seal: Seal, *, shared: bool = False) -> None:
        self._database, self._seal, self._shared = database, seal, shared
        self._wordings = Wordings(seal, place_of_payload)

    async def claim(self, arrivals: Sequence[Arrival]) -> Claimed:
        """Writes down those that are new, and says which of them are to be answered. Committed when it returns.

        Raises SQLAlchemyError: then nothing may be acknowledged.
        """
        return await self._database.run(lambda connection: self._claim(connection, arrivals))

    def _claim(self, connection: Connection, arrivals: Sequence[Arrival]) -> Claimed:
        now = time.time()
        numbers: List[int] = []
        to_answer: List[Open] = []
        for arrival in arrivals:
            row = self._row(arrival, now)
            if insert_unless_there(connection, inbox, row):
                numbers.append(arrival.update_id)
                pause = self._pause_before(connection, arrival, row)
                if pause is not None:
                    to_answer.append((arrival.update_id, row["chat"], now + pause))
                if arrival.message_id is not None:
                    number = {"chat": row["chat"], "message_id": arrival.message_id, "at": now}
                    insert_unless_there(connection, messages, number)
        writing = {chat for _, chat, _ in to_answer}
        if writing:  # whoever writes to us does not block us any more
            connection.execute(_UNBLOCK, [{"of": chat} for chat in writing])
        return Claimed(frozenset(numbers), to_answer)

    def _pause_before(self, connection: Connection, arrival: Arrival, row: dict) -> Optional[float]:
        """Seconds until it is to be answered; None when it is not, because another update stands for it."""
        if row["state"] != CLAIMED or arrival.wording is None:
            return 0.0 if row["state"] == CLAIMED else None
        wording = arrival.wording
        if wording.album is not None and _talks_to_a_desk(connection, row["chat"]):
            wording = replace(wording, album=None)
        settled = self._wordings.settle(connection, arrival.update_id, row["chat"], wording, arrival.payload or b"")
        if not settled.answer:
            connection.execute(_this(arrival.update_id).values({**_blotted(), "state": DONE}))
            return None
        if settled.pause:
            connection.execute(_this(arrival.update_id).values(next_try=row["next_try"] + settled.pause))
        return settled.pause

    def _row(self, arrival: Arrival, now: float) -> dict:
        row = {"update_id": arrival.update_id, "attempts": 0, "next_try": now, "received": now}
        if arrival.chat_id is None or arrival.payload is None:
            return {**row, "chat": NOBODY, "state": DONE, "done_at": now, "payload": None}
        sealed = self._seal.close(b"%d\n%b" % (arrival.chat_id, arrival.payload), place_of_payload(arrival.update_id))
        return {**row, "chat": self._seal.chat(arrival.chat_id), "state": CLAIMED, "done_at": None, "payload": sealed}

    async def open_ones(self, chat: Optional[str] = None) -> List[Open]:
        """All that is not answered nor parked, oldest first; those of one chat only.

        Also what is under work: by this process, which knows it, by another one, or by one that has ended.
        """
        columns = (inbox.c.update_id, inbox.c.chat, when_due())
        wanted = sa.select(*columns).where(IS_OPEN).where(inbox.c.state != PARKED).order_by(inbox.c.update_id)
        if chat is not None:
            wanted = wanted.where(inbox.c.chat == chat)
        return await self._database.insist(lambda connection: [tuple(row) for row in connection.execute(wanted)])

    async def keep(self, update_ids: Iterable[int]) -> None:
        """In hands of this gateway for longer: they are still under work."""
        await self._database.insist(lambda connection: keep(connection, update_ids))

    async def release(self, update_ids: Iterable[int]) -> None:
        """At an orderly end: attempts broken off by us do not count."""
        ours = sa.update(inbox).where(IS_OPEN).where(inbox.c.state == WORKING, inbox.c.update_id.in_(list(update_ids)))
        values = {"state": CLAIMED, "attempts": inbox.c.attempts - 1, "next_try": time.time()}
        await self._database.insist(lambda connection: connection.execute(ours.values(values)))

    async def take(self, update_id: int) -> Optional[Taken]:
        """None when there is nothing left to do: dropped by an operator, or answered.

        Raises CannotOpen, and InOtherHands: then it is not its turn yet.
        """
        row = await self._database.insist(lambda connection: take(connection, update_id, self._shared))
        if row is None:
            return None
        chat_id, _, payload = self._seal.open(row.payload, place_of_payload(update_id)).partition(b"\n")
        return Taken(update_id, row.attempts, row.received, row.stood_in is not None, int(chat_id), payload)

    async def finish(
        self,
        update_id: int,
        chat_id: int,
        parts: Sequence[bytes],
        *,
        forget: bool = False,
        alongside: Sequence[Work[None]] = (),
    ) -> None:
        """Answered: the answer is written down and the question blotted out, both or neither.

        ``forget``: everything else of this chat goes, and of this answer all that remains once it is delivered.
        ``alongside``: what else must happen exactly when this update is answered, in the same transaction.
        """
        await self._end(update_id, chat_id, parts, DONE, forget, alongside)

    async def park(self, update_id: int, chat_id: int, parts: Sequence[bytes]) -> None:
        """Given up for now; the question is kept for the operator to try again."""
        await self._end(update_id, chat_id, parts, PARKED)

    async def park_unread(self, update_id: int) -> None:
        """What cannot be opened names nobody whom we could tell."""
        aside = _this(update_id).where(inbox.c.state == WORKING).values(state=PARKED)
        await self._database.insist(lambda connection: connection.execute(aside))

    async def again(self, update_id: int, at: float, *, counts: bool = True) -> None:
        """``counts``: False where the attempt says nothing of this update, because nothing could be answered."""
        values = {"state": CLAIMED, "next_try": at, **({} if counts else {"attempts": inbox.c.attempts - 1})}
        later = _this(update_id).where(inbox.c.state == WORKING).values(values)
        await self._database.insist(lambda connection: connection.execute(later))

    async def waiting(self, update_id: int) -> Optional[Taken]:
        """Left as it is; None when it is answered or parked, or the person has been told that they must wait."""
        this = {"this": update_id}
        row = await self._database.insist(lambda connection: connection.execute(_WAITING, this).one_or_none(), URGENT)
        if row is None:
            return None
        chat_id, _, payload = self._seal.open(row.payload, place_of_payload(update_id)).partition(b"\n")
        return Taken(update_id, row.attempts, row.received, False, int(chat_id), payload)

    async def stand_in(self, update_id: int, chat_id: int, parts: Sequence[bytes]) -> bool:
        """The person is told that the answer comes later, once. Whether they are: not when it has come by now."""
        untold = _this(update_id).where(inbox.c.state.in_((CLAIMED, WORKING)), inbox.c.stood_in.is_(None))

        def work(connection: Connection) -> bool:
            if not connection.execute(untold.values(stood_in=time.time())).rowcount:
                return False
            write_parts(connection, self._seal, chat_id, parts, update_id=None, priority=PERSON)
            return True

        return await self._database.insist(work, URGENT)

    async def _end(
        self,
        update_id: int,
        chat_id: int,
        parts: Sequence[bytes],
        state: str,
        forget: bool = False,
        alongside: Sequence[Work[None]] = (),
    ) -> None:
        chat = self._seal.chat(chat_id)
        ended = {"this": update_id, "state": state, **(_blotted() if state == DONE else {})}

        def work(connection: Connection) -> None:
            if not connection.execute(_END, ended).rowcount:
                return  # a second run of this, or an operator was faster
            if forget:
                forget_chat(connection, chat, up_to=update_id)
            write_parts(connection, self._seal, chat_id, parts, update_id=update_id, priority=PERSON, forget=forget)
            for further in alongside:
                further(connection)

        await self._database.insist(work)


def _talks_to_a_desk(connection: Connection, chat: str) -> bool:
    """Then each picture of an album is passed on, also one that comes late."""
    open_case = sa.select(cases.c.id).where(cases.c.chat == chat).where(sa.text("cases.state <> 'closed'"))
    return connection.execute(open_case).first() is not None


def forget_chat(connection: Connection, chat: str, *, up_to: int) -> None:
    """Everything of a chat goes but what its person wrote after update ``up_to``.

    Of its updates the bare numbers stay for a day, as of all that is done: Telegram may still repeat one.
    """
    theirs = sa.update(inbox).where(IS_OPEN).where(inbox.c.chat == chat, inbox.c.update_id <= up_to)
    connection.execute(theirs.values({**_blotted(), "state": DONE}))
    connection.execute(sa.delete(outbox).where(outbox.c.chat == chat))
    connection.execute(sa.delete(chats).where(chats.c.chat == chat))
    connection.execute(sa.delete(messages).where(messages.c.chat == chat))
    forget_wordings(connection, chat, up_to)


def not_done(connection: Connection) -> List[Parked]:
    """For the operator: what is parked, waiting or under work, oldest first."""
    columns = (inbox.c.update_id, inbox.c.state, inbox.c.attempts, inbox.c.received)
    return [Parked(*row) for row in connection.execute(sa.select(*columns).where(IS_OPEN).order_by(inbox.c.update_id))]


def retry(connection: Connection, update_id: int) -> bool:
    """Whether it was parked; a gateway that runs takes it up within seconds."""
    parked = _this(update_id).where(inbox.c.state == PARKED)
    return bool(connection.execute(parked.values(state=CLAIMED, attempts=0, next_try=time.time())).rowcount)


def drop(connection: Connection, update_id: int) -> bool:
    """Whether it was there and not under work."""
    idle = _this(update_id).where(inbox.c.state.in_((PARKED, CLAIMED)))
    return bool(connection.execute(idle.values({**_blotted(), "state": DONE})).rowcount)


def _blotted() -> dict:
    """Of what is done the bare number stays, so that a repetition is known: neither whose it was nor what it said."""
    return {"chat": NOBODY, "done_at": time.time(), "payload": None}


def _this(update_id: int):  # type: ignore[no-untyped-def]
    return sa.update(inbox).where(inbox.c.update_id == update_id)


def place_of_payload(update_id: int) -> str:
    return f"inbox {update_id}"
