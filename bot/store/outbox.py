"""Answers on their way: written with the update they answer, kept until Telegram has them, then blotted out."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any, List, Optional, Sequence, Set, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.database import Database, Work
from bot.store.sealing import CannotOpen, Seal
from bot.store.tables import FAILED, IS_UNSENT, PERSON, SENDING, SENT, WAITING, chats, messages, outbox
from bot.store.threads import URGENT

log = logging.getLogger(__name__)

AT_ONCE = 10
"""How many parts of one chat are held in memory."""
IN_HANDS = 25.0
"""Seconds; longer than Telegram is waited for."""

# Made once: making a statement takes longer than the database takes for it.
_THIS, _CHAT = outbox.c.id == sa.bindparam("this"), outbox.c.chat == sa.bindparam("of")
_INSERT = sa.insert(outbox)
_NEXT = sa.select(outbox).where(IS_UNSENT).where(_CHAT).order_by(outbox.c.id).limit(AT_ONCE)
_ANY_LEFT = sa.select(outbox.c.id).where(IS_UNSENT).where(_CHAT).limit(1)
_AS_READ = (_THIS, outbox.c.state == sa.bindparam("was"), outbox.c.not_before == sa.bindparam("due"))
_TAKE = sa.update(outbox).where(IS_UNSENT).where(*_AS_READ)
_DROP_LAST = sa.delete(outbox).where(_THIS, outbox.c.forget)
_BLOT = sa.update(outbox).where(_THIS)


@dataclass(frozen=True)
class Part:
    """One Telegram message to deliver; ``number`` counts within the answer to update ``update_id``.

    ``after``: it was handed to Telegram before, which may have it; its number there would be higher than this one.
    ``in_hands``: somebody is sending it at this moment, or has died over it; until ``not_before`` nobody else may.
    """

    id: int
    update_id: Optional[int]
    number: int
    priority: str
    attempts: int
    not_before: float
    written: float
    after: Optional[int]
    in_hands: bool
    chat_id: int = field(repr=False)
    content: bytes = field(repr=False)


class Outbox:
    """All methods go on until the database takes them.

    ``shared``: another gateway may be sending; what it has in hands is left to it for IN_HANDS seconds.
    """

    def __init__(self, database: Database, seal: Seal, *, shared: bool = False) -> None:
        self._database, self._seal = database, seal
        self._in_hands = IN_HANDS if shared else 0.0

    def chat(self, chat_id: int) -> str:
        return self._seal.chat(chat_id)

    async def add(self, chat_id: int, contents: Sequence[bytes], priority: str = PERSON) -> None:
        """Messages that answer no update, such as those to the staff."""

        def work(connection: Connection) -> None:
            write_parts(connection, self._seal, chat_id, contents, update_id=None, priority=priority)

        await self._database.insist(work)

    async def chats_waiting(self) -> List[str]:
        wanted = sa.select(outbox.c.chat).where(IS_UNSENT).distinct()
        return await self._database.insist(lambda connection: [row.chat for row in connection.execute(wanted)])

    async def parts(self, chat: str) -> List[Part]:
        """The next ones to send, in order."""
        rows = await self._database.insist(lambda connection: connection.execute(_NEXT, {"of": chat}).all())
        parts = []
        for row in rows:
            try:
                parts.append(self._opened(row))
            except CannotOpen as error:
                log.error("an answer cannot be read and is not sent: %s", error)
                await self.failed(row.id)
        return parts

    def _opened(self, row: Any) -> Part:
        return Part(
            row.id, row.update_id, row.part, row.priority, row.attempts, row.not_before, row.written,
            row.after, row.state == SENDING,
            chat_id=int(self._seal.open(row.chat_id, place_of_chat(row.chat))),
            content=self._seal.open(row.content, place_of_content(row.chat)),
        )  # fmt: skip

    async def sending(self, part: Part, after: int) -> bool:
        """Whether it may be sent: not, when it is not as it was read, because somebody else has it in hands now, or its
        person has just had everything deleted.

        ``after``: the highest message number known. A process that ends between this and ``sent`` leaves it unknown
        whether Telegram has the part; the next one asks (bot/telegram/probing.py).
        """
        as_read = {"this": part.id, "was": SENDING if part.in_hands else WAITING, "due": part.not_before}
        values = {"state": SENDING, "after": after, "not_before": time.time() + self._in_hands, **as_read}
        return bool(await self._database.insist(lambda connection: connection.execute(_TAKE, values).rowcount))

    async def highest_number(self) -> int:
        """Of the messages with people that we know of, 0 where we know of none. Groups count by themselves."""
        of_ours = sa.select(sa.func.max(outbox.c.message_id)).where(outbox.c.priority == PERSON)
        of_people = sa.select(sa.func.max(messages.c.message_id))

        def work(connection: Connection) -> int:
            return max(connection.execute(query).scalar() or 0 for query in (of_ours, of_people))

        return await self._database.insist(work)

    async def numbers_above(self, number: int) -> Set[int]:
        """Higher than ``number``: of all messages with people that we know of."""
        of_ours = sa.select(outbox.c.message_id).where(outbox.c.priority == PERSON, outbox.c.message_id > number)
        of_people = sa.select(messages.c.message_id).where(messages.c.message_id > number)

        def work(connection: Connection) -> Set[int]:
            return {found for query in (of_ours, of_people) for found in connection.execute(query).scalars()}

        return await self._database.insist(work)

    async def numbers(self, chat: str) -> Set[int]:
        """Of our messages to a chat that Telegram has, and that we still know of."""
        ours = sa.select(outbox.c.message_id).where(outbox.c.chat == chat, outbox.c.message_id.is_not(None))
        return await self._database.insist(lambda connection: set(connection.execute(ours).scalars()))

    async def sent(self, part: Part, message_id: Optional[int], alongside: Sequence[Work[None]] = ()) -> Optional[bool]:
        """Whether there is more for this chat; None when its person has had everything deleted meanwhile.

        ``alongside``: what else is written down together with it.
        """
        this, of_chat = {"this": part.id}, {"of": self._seal.chat(part.chat_id)}
        blotted = {"state": SENT, "ended": time.time(), "message_id": message_id, "content": None, **this}

        def work(connection: Connection) -> Optional[bool]:
            if not (connection.execute(_DROP_LAST, this).rowcount or connection.execute(_BLOT, blotted).rowcount):
                return None
            for further in alongside:
                further(connection)
            return connection.execute(_ANY_LEFT, of_chat).first() is not None

        # Before all other work: a process that ends between Telegram's answer and this sends a second copy.
        return await self._database.insist(work, URGENT)

    async def later(self, part: Part, at: float, *, doubtful: bool) -> None:
        """``doubtful``: Telegram may have it, the answer was lost."""
        certain = {} if doubtful else {"after": None}
        await self._change(part.id, {"state": WAITING, "not_before": at, "attempts": part.attempts + 1, **certain})

    async def replace(self, part: Part, content: bytes) -> None:
        """Another message in the place of one that Telegram refused."""
        sealed = self._seal.close(content, place_of_content(self._seal.chat(part.chat_id)))
        await self._change(part.id, {"state": WAITING, "content": sealed, "attempts": 0, "after": None})

    async def failed(self, part_id: int) -> None:
        def work(connection: Connection) -> None:
            connection.execute(_DROP_LAST, {"this": part_id})
            rest = sa.update(outbox).where(IS_UNSENT).where(outbox.c.id == part_id)
            connection.execute(rest.values(state=FAILED, ended=time.time(), content=None))

        await self._database.insist(work)

    async def blocked(self, chat_id: int) -> int:
        """The person has blocked the bot: nothing more is sent. How many parts are dropped."""
        chat, now = self._seal.chat(chat_id), time.time()
        row = {"chat": chat, "blocked": True, "since": now, "chat_id": _sealed_chat(self._seal, chat, chat_id)}

        def work(connection: Connection) -> int:
            connection.execute(sa.delete(chats).where(chats.c.chat == chat))
            farewell = sa.delete(outbox).where(IS_UNSENT).where(outbox.c.chat == chat, outbox.c.forget)
            if dropped := connection.execute(farewell).rowcount:  # had everything deleted, and left
                return int(dropped)
            connection.execute(sa.insert(chats).values(row))
            rest = sa.update(outbox).where(IS_UNSENT).where(outbox.c.chat == chat)
            return connection.execute(rest.values(state=FAILED, ended=now, content=None)).rowcount

        return await self._database.insist(work)

    async def _change(self, part_id: int, values: dict) -> bool:
        change = sa.update(outbox).where(outbox.c.id == part_id).where(IS_UNSENT).values(values)
        return bool(await self._database.insist(lambda connection: connection.execute(change).rowcount))


def write_parts(
    connection: Connection,
    seal: Seal,
    chat_id: int,
    contents: Sequence[bytes],
    *,
    update_id: Optional[int],
    priority: str,
    forget: bool = False,
) -> None:
    """Within somebody else's transaction. ``forget``: the rows go altogether once delivered."""
    if not contents:
        return
    now, chat = time.time(), seal.chat(chat_id)
    common = {"update_id": update_id, "chat": chat, "state": WAITING, "priority": priority, "forget": forget}
    rows = [
        {
            **common,
            "part": number,
            "attempts": 0,
            "not_before": now,
            "written": now,
            "chat_id": _sealed_chat(seal, chat, chat_id),
            "content": seal.close(content, place_of_content(chat)),
        }
        for number, content in enumerate(contents)
    ]
    connection.execute(_INSERT, rows)


def waiting(connection: Connection) -> Tuple[int, int]:
    """How many parts are not sent yet, and how many failed of late."""
    unsent = connection.execute(sa.select(sa.func.count()).select_from(outbox).where(IS_UNSENT)).scalar()
    failed = connection.execute(sa.select(sa.func.count()).select_from(outbox).where(outbox.c.state == FAILED)).scalar()
    return int(unsent or 0), int(failed or 0)


def place_of_chat(chat: str) -> str:
    return f"chat {chat}"


def place_of_content(chat: str) -> str:
    return f"outbox {chat}"


def _sealed_chat(seal: Seal, chat: str, chat_id: int) -> bytes:
    return seal.close(str(chat_id).encode(), place_of_chat(chat))
