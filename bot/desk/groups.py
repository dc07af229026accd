"""Which group is which desk: as the settings say, and as Telegram has changed it since."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from actions.desks import BrokenDesks, Desk, Desks
from bot.store import Database, Seal
from bot.store.desk_tables import case_topics, cases, desk_states, place_of_group
from bot.store.outbox import place_of_chat, place_of_content
from bot.store.sealing import CannotOpen
from bot.store.tables import IS_UNSENT, outbox

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class State:
    """What the database knows of one desk beside the settings. ``moved``: the chat in the settings, as its name, and
    the id of the group it was upgraded to."""

    away: bool = False
    unreachable: float | None = None
    why: str | None = None
    moved: tuple[str, int] | None = None


class Groups:
    """``refresh`` reads what other gateways have written; between that, memory answers."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal
        self._states: dict[str, State] = {}
        self._known: Desks | None = None
        self._named: set[str] = set()

    async def refresh(self) -> None:
        self._states, named = await self._database.insist(self._read)
        self._named |= named

    def _read(self, connection: Connection) -> tuple[dict[str, State], set[str]]:
        """The states, and the names of all groups that a case or a state knows."""
        rows = connection.execute(sa.select(desk_states)).all()
        named = set(connection.execute(sa.select(cases.c.staff_chat).distinct()).scalars())
        states = {row.desk: self._state(row) for row in rows}
        named |= {name for state in states.values() if state.moved for name in self._names(*state.moved)}
        return states, named - {None}

    def _names(self, before: str, after: int) -> tuple[str, str]:
        return before, self._seal.chat(after)

    def _state(self, row: Any) -> State:
        return State(row.away, row.unreachable, row.why, self._moved(row))

    def _moved(self, row: Any) -> tuple[str, int] | None:
        """What a lost secret sealed is not known any more; Telegram says it again when something is sent there."""
        if row.chat_id is None or row.was_chat is None:
            return None
        try:
            return row.was_chat, int(self._seal.open(row.chat_id, place_of_group(row.desk)).split()[-1])
        except CannotOpen:
            log.error("the new group of desk %s was sealed with another secret", row.desk)
            return None

    @property
    def desks(self) -> Desks:
        """As the file says now; while it is broken, as it was before."""
        try:
            self._known = Desks.load()
        except BrokenDesks as broken:
            log.error("%d fault(s) in the settings of the desks: see `advisor doctor`", len(broken.faults))
        return self._known or Desks()

    def desk(self, key: str) -> Desk | None:
        return self.desks.by_key(key)

    def state(self, key: str) -> State:
        return self._states.get(key, State())

    def chat_of(self, key: str) -> int | None:
        """Where the desk's group is now; None for a desk that the settings do not name any more."""
        desk = self.desk(key)
        if desk is None:
            return None
        moved = self.state(key).moved
        return moved[1] if moved and moved[0] == self._seal.chat(desk.chat) else desk.chat

    def chats(self) -> set[int]:
        """Of all desks, where they are now."""
        found = (self.chat_of(desk.key) for desk in self.desks.all)
        return {chat_id for chat_id in found if chat_id is not None}

    def of_chat(self, chat_id: int) -> list[Desk]:
        """The desks of a group, by its id of today or the one before: what was underway still finds them."""
        return [desk for desk in self.desks.all if chat_id in (desk.chat, self.chat_of(desk.key))]

    def __contains__(self, chat_id: object) -> bool:
        """Whether it is a group of staff, or was one: the bot does not leave where somebody's case stands."""
        return isinstance(chat_id, int) and (bool(self.of_chat(chat_id)) or self._seal.chat(chat_id) in self._named)

    def is_there(self, desk: Desk) -> bool:
        """Whether somebody of it is there just now."""
        return desk.is_open(datetime.now(timezone.utc)) and not self.state(desk.key).away

    async def set_away(self, desks: list[Desk], away: bool) -> None:
        await self._set(desks, away=away)

    async def set_unreachable(self, desks: list[Desk], why: str | None) -> None:
        """``why`` None: it can be reached again."""
        await self._set(desks, unreachable=time.time() if why else None, why=why[:40] if why else None)

    async def follow(self, old: int, new: int) -> str | None:
        """The group was upgraded: its desks, and what waits for it, go along. The name of the new chat."""
        desks = self.of_chat(old)
        if old == new or not desks:
            return None
        rows = {
            desk.key: {
                "was_chat": self._seal.chat(desk.chat),
                "chat_id": self._seal.close(f"{desk.chat} {new}".encode(), place_of_group(desk.key)),
            }
            for desk in desks
        }

        def work(connection: Connection) -> None:
            for key, values in rows.items():
                _upsert(connection, key, values)
            self._take_along(connection, old, new)

        await self._database.insist(work)
        await self.refresh()
        log.warning("the group of desk %s was upgraded: its new id is followed", ", ".join(rows))
        return self._seal.chat(new)

    def _take_along(self, connection: Connection, old: int, new: int) -> None:
        """Messages not yet delivered. Topics cannot be: they are made anew where they are needed."""
        before, after = self._seal.chat(old), self._seal.chat(new)
        unsent = sa.select(outbox).where(IS_UNSENT).where(outbox.c.chat == before)
        for row in connection.execute(unsent).all():
            content = self._seal.open(row.content, place_of_content(before))
            values = {
                "chat": after,
                "state": "waiting",
                "not_before": time.time(),
                "chat_id": self._seal.close(str(new).encode(), place_of_chat(after)),
                "content": self._seal.close(content, place_of_content(after)),
            }
            connection.execute(sa.update(outbox).where(outbox.c.id == row.id).values(values))
        connection.execute(sa.delete(case_topics).where(case_topics.c.chat == before))
        gone = {"staff_chat": None, "thread": None, "introduced": False}
        connection.execute(sa.update(cases).where(cases.c.staff_chat == before).values(gone))

    async def _set(self, desks: list[Desk], **values: Any) -> None:
        def work(connection: Connection) -> None:
            for desk in desks:
                _upsert(connection, desk.key, values)

        await self._database.insist(work)
        await self.refresh()


def _upsert(connection: Connection, key: str, values: dict[str, Any]) -> None:
    changed = connection.execute(sa.update(desk_states).where(desk_states.c.desk == key).values(values))
    if not changed.rowcount:
        connection.execute(sa.insert(desk_states).values({"desk": key, "away": False, **values}))
