"""Which messages of people are answered once, though Telegram tells of them more than once.

A changed message comes as an edit, and an album as one update for each picture. For two hours the inbox keeps of each
message its number and a keyed hash of what it said: enough to see that an edit changes nothing (such as a link's
preview), and which waiting update it changes. The words themselves are not in it.

Telegram promises no order: of a message's updates the one with the highest number says what it says now, whichever
comes first. An edit that comes before its message is kept, sealed, until that comes, and is answered in its place. It
is not answered by itself, because it may as well belong to a message that was deleted with all else of its chat.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.sealing import CannotOpen, Seal
from bot.store.tables import CLAIMED, DONE, NOBODY, PARKED, inbox, wordings

KEPT = 2 * 3600.0
"""Seconds; edits are read for an hour, and may come a while after they were made."""
ALBUM_PAUSE = 1.0
"""Seconds that the first part of an album waits for the others."""

# Made once: making a statement takes longer than the database takes for it.
_THIS = (wordings.c.chat == sa.bindparam("of"), wordings.c.message_id == sa.bindparam("this"))
_SELECT, _DELETE = sa.select(wordings).where(*_THIS), sa.delete(wordings).where(*_THIS)
_INSERT = sa.insert(wordings)


@dataclass(frozen=True)
class Wording:
    """``meaning``: what is read of the message, whatever else of it may change; ``has_words``: whether it is words.

    ``onto``: from the payload of a waiting update, the one that takes its place. ``album``: the same for all messages
    of one album. ``edits``: it changes another message, that came before or comes yet. ``as_changed``: from the payload
    of an edit, this message's payload and wording as the edit has them.
    """

    message_id: int
    meaning: bytes = field(repr=False)
    onto: Callable[[bytes], bytes] = field(repr=False)
    has_words: bool = True
    edits: bool = False
    album: Optional[str] = None
    as_changed: Optional[Callable[[bytes], Tuple[bytes, Wording]]] = field(default=None, repr=False)

    @property
    def can_be_kept(self) -> bool:
        is_number = isinstance(self.message_id, int) and 0 <= self.message_id < 2**63
        return is_number and (self.album is None or isinstance(self.album, str))


@dataclass(frozen=True)
class Settled:
    """``answer``: whether the update gets an answer of its own, after ``pause`` seconds."""

    answer: bool
    pause: float = 0.0


class Wordings:
    """Works within the transaction that claims the update. ``place``: where the payload of an update is sealed for.

    A payload in the inbox is the number of its chat, a line's end, and what was heard.
    """

    def __init__(self, seal: Seal, place: Callable[[int], str]) -> None:
        self._seal, self._place = seal, place

    def settle(self, connection: Connection, update_id: int, chat: str, wording: Wording, payload: bytes) -> Settled:
        """``payload``: what was heard in the update, which stands in the inbox by now."""
        if not wording.can_be_kept:
            return Settled(answer=not wording.edits)
        _one_after_the_other(connection, chat)
        known = _row(connection, chat, wording.message_id)
        if wording.edits:
            if known is None or known.early is not None:
                self._keep_early(connection, update_id, chat, wording, payload, known)
                return Settled(False)
            return Settled(self._is_another_question(connection, update_id, chat, wording, known))
        worded_by = update_id
        if known is not None and known.early is not None:
            wording, worded_by = self._as_changed(connection, update_id, chat, wording, known)
        if wording.album is not None:
            return self._part_of_album(connection, update_id, chat, wording, worded_by)
        self._remember(connection, update_id, chat, wording, worded_by)
        return Settled(True)

    def _keep_early(
        self, connection: Connection, update_id: int, chat: str, wording: Wording, payload: bytes, known: Any
    ) -> None:
        if known is None or known.worded_by < update_id:
            sealed = self._seal.close(payload, _place_of_early(chat, wording.message_id))
            self._remember(connection, update_id, chat, wording, update_id, sealed)

    def _as_changed(
        self, connection: Connection, update_id: int, chat: str, wording: Wording, known: Any
    ) -> Tuple[Wording, int]:
        """The wording that an edit gave the message before it came, now also in the inbox; and the edit's number."""
        try:
            edit = self._seal.open(known.early, _place_of_early(chat, wording.message_id))
        except CannotOpen:  # the secret was changed in between
            return wording, update_id
        if wording.as_changed is None:
            return wording, update_id
        payload, changed = wording.as_changed(edit)
        self._put(connection, update_id, lambda _: payload)
        return replace(changed, album=wording.album), known.worded_by  # it may not count as part of its album

    def _is_another_question(
        self, connection: Connection, update_id: int, chat: str, wording: Wording, known: Any
    ) -> bool:
        """Not when the message says the same, or an earlier edit comes late. One that waits is to wait as changed."""
        digest = self._digest(chat, wording.meaning)
        if known.digest == digest or (known.worded_by or 0) > update_id:
            return False
        is_waiting = self._put(connection, known.update_id, wording.onto)
        answers = known.update_id if is_waiting else update_id
        this = (wordings.c.chat == chat, wordings.c.message_id == wording.message_id)
        changed = {"digest": digest, "update_id": answers, "worded_by": update_id}
        connection.execute(sa.update(wordings).where(*this).values(changed))
        if not is_waiting:
            _give_up_parked(connection, known.update_id)
        return not is_waiting

    def _part_of_album(
        self, connection: Connection, update_id: int, chat: str, wording: Wording, worded_by: int
    ) -> Settled:
        """The first part is answered for all. A part that comes too late is answered only if it says something."""
        this = (wordings.c.chat == chat, wordings.c.album == self._album(chat, wording))
        first = connection.execute(sa.select(wordings.c.update_id).where(*this).limit(1)).scalar()
        if first is None:
            self._remember(connection, update_id, chat, wording, worded_by)
            return Settled(True, ALBUM_PAUSE)
        is_waiting = self._put(connection, first, wording.onto)
        self._remember(connection, first if is_waiting else update_id, chat, wording, worded_by)
        return Settled(not is_waiting and wording.has_words)

    def _put(self, connection: Connection, update_id: int, onto: Callable[[bytes], bytes]) -> bool:
        """Whether that update still waits; it now asks what ``onto`` makes of it."""
        waiting = (inbox.c.update_id == update_id, inbox.c.state == CLAIMED)
        kept = connection.execute(sa.select(inbox.c.payload).where(*waiting).with_for_update()).scalar()
        if kept is None:
            return False
        place = self._place(update_id)
        try:
            chat_id, _, payload = self._seal.open(kept, place).partition(b"\n")
        except CannotOpen:
            return False
        sealed = self._seal.close(chat_id + b"\n" + onto(payload), place)
        connection.execute(sa.update(inbox).where(*waiting).values(payload=sealed))
        return True

    def _remember(
        self,
        connection: Connection,
        update_id: int,
        chat: str,
        wording: Wording,
        worded_by: int,
        early: Optional[bytes] = None,
    ) -> None:
        connection.execute(_DELETE, {"of": chat, "this": wording.message_id})
        row = {"chat": chat, "message_id": wording.message_id, "update_id": update_id, "at": time.time()}
        row["digest"] = self._digest(chat, wording.meaning)
        row["album"] = self._album(chat, wording)
        row["worded_by"], row["early"] = worded_by, early
        connection.execute(_INSERT, row)

    def _album(self, chat: str, wording: Wording) -> Optional[str]:
        return None if wording.album is None else self._digest(chat, wording.album.encode("utf-8", "replace"))

    def _digest(self, chat: str, meaning: bytes) -> str:
        return self._seal.digest(chat.encode("ascii") + b"\n" + meaning)


def forget_wordings(connection: Connection, chat: str, up_to: int) -> None:
    connection.execute(sa.delete(wordings).where(wordings.c.chat == chat, wordings.c.update_id <= up_to))


def purge_wordings(connection: Connection, limit: int) -> int:
    """Those too old to matter, at most ``limit``. How many rows."""
    key = sa.tuple_(wordings.c.chat, wordings.c.message_id)
    aged = sa.select(wordings.c.chat, wordings.c.message_id).where(wordings.c.at < time.time() - KEPT)
    return int(connection.execute(sa.delete(wordings).where(key.in_(aged.limit(limit)))).rowcount)


def _row(connection: Connection, chat: str, message_id: int) -> Any:
    return connection.execute(_SELECT, {"of": chat, "this": message_id}).one_or_none()


def _place_of_early(chat: str, message_id: int) -> str:
    return f"edit of {message_id} in {chat}"


def _one_after_the_other(connection: Connection, chat: str) -> None:
    """In PostgreSQL two updates of one chat may be claimed side by side; each must see the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:chat))"), {"chat": chat})


def _give_up_parked(connection: Connection, update_id: int) -> None:
    parked = sa.update(inbox).where(inbox.c.update_id == update_id, inbox.c.state == PARKED)
    connection.execute(parked.values(state=DONE, chat=NOBODY, done_at=time.time(), payload=None))
