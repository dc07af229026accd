"""Cases as rows: read and changed within one transaction, the person's chat opened only where it is needed."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.figures import CaseFigures, note_case
from bot.identity import sender_for
from bot.store import Seal
from bot.store.conversations import known_of
from bot.store.desk_tables import (
    CLOSED,
    TAKEN,
    WAITING,
    case_messages,
    cases,
    desk_audit,
    place_of_case,
    place_of_summary,
)
from bot.store.tables import NOBODY, inbox, wordings

RED, YELLOW, CALM = "red", "yellow", "calm"
URGENCIES = (RED, YELLOW, CALM)
"""Most urgent first."""
_RANK = sa.case(*((cases.c.urgency == urgency, rank) for rank, urgency in enumerate(URGENCIES)), else_=len(URGENCIES))

OUTCOMES = ("solved", "referred", "information", "lost", "other")
LEFT = "left"
"""The outcome of a case that its person ended."""
DESERTED = "deserted"
"""Of one whose desk was taken away."""
SILENT = "silent"
"""And of one in which nobody wrote any more."""


@dataclass(frozen=True)
class Case:
    """One handing over. ``summary``: what the person agreed to send (``language, origin, destination, occupation,
    topic, danger, answered``), empty when it is not kept any more; ``chat_id`` then is None too. ``known``: what the
    robot knows of the person; not for the desk, only for the numbers that they are shown."""

    id: int
    desk: str
    state: str
    urgency: str
    language: str | None
    opened: float
    taken: float | None
    figures: str | None
    taken_by: str | None
    offered_to: str | None
    last_staff: float | None
    last_person: float | None
    waiting_since: float | None
    reminded: float | None
    end_told: float | None
    away_told: float | None
    unreachable_told: float | None
    danger_kind: str | None
    danger_at: float | None
    lost: bool
    staff_chat: str | None
    thread: int | None
    introduced: bool
    yes_update: int | None
    yes_message: int | None
    chat_id: int | None = field(repr=False)
    summary: Mapping[str, Any] = field(repr=False)
    known: Mapping[str, Any] = field(repr=False)

    @property
    def is_open(self) -> bool:
        return self.state != CLOSED

    @property
    def last_word(self) -> float:
        """When one of the two sides last wrote, or the case began."""
        return max(self.opened, self.last_person or 0.0, self.last_staff or 0.0)


class Cases:
    """Reads and writes of one transaction; what is sealed passes through ``seal``.

    ``secret``: what conversation names are made with."""

    def __init__(self, seal: Seal, secret: bytes) -> None:
        self._seal, self._secret = seal, secret

    def begin(self, connection: Connection, chat_id: int, desk: str, agreed: Mapping[str, Any], language: str) -> Case:
        """A new case; what was ``agreed`` is all it will ever say."""
        now, chat = time.time(), self._seal.chat(chat_id)
        row = {
            "desk": desk,
            "chat": chat,
            "state": WAITING,
            "urgency": urgency_of(agreed.get("danger")),
            "language": language,
            "opened": now,
            "waiting_since": now,
            "chat_id": self._seal.close(str(chat_id).encode(), place_of_case(chat)),
            "summary": self._seal.close(json.dumps(dict(agreed)).encode(), place_of_summary(chat)),
        }
        number = connection.execute(sa.insert(cases).values(row)).inserted_primary_key[0]
        found = self.get(connection, int(number))
        assert found is not None
        return found

    def agreed(self, connection: Connection, case: Case, update_id: int, message: int) -> None:
        """Their yes: this update, and this message or a later one. After a button others may lie between the two."""
        before = (wordings.c.chat == self._seal.chat(case.chat_id or 0), wordings.c.update_id < update_id)
        latest = connection.execute(sa.select(sa.func.max(wordings.c.message_id)).where(*before)).scalar()
        self.change(connection, case.id, yes_update=update_id, yes_message=max(message, latest or 0))

    def get(self, connection: Connection, number: int, *, hold: bool = True) -> Case | None:
        """``hold``: until the transaction ends, so that two who change it do so one after the other."""
        wanted = sa.select(cases).where(cases.c.id == number)
        return self._case(connection, connection.execute(wanted.with_for_update() if hold else wanted).one_or_none())

    def open_of(self, connection: Connection, chat_id: int) -> Case | None:
        open_case = connection.execute(_OPEN_OF, {"of": self._seal.chat(chat_id)})
        return self._case(connection, open_case.one_or_none())

    def all_of(self, connection: Connection, chat_id: int) -> list[Case]:
        wanted = sa.select(cases).where(cases.c.chat == self._seal.chat(chat_id)).where(_NAMED)
        return self._cases(connection, wanted)

    def in_topic(self, connection: Connection, staff_chat_id: int, thread: int) -> Case | None:
        here = (cases.c.staff_chat == self._seal.chat(staff_chat_id), cases.c.thread == thread)
        wanted = sa.select(cases).where(*here).where(_IN_TOPIC)
        return self._case(connection, connection.execute(wanted).one_or_none())

    def open_ones(self, connection: Connection, *desks: str) -> list[Case]:
        """The line: most urgent first, then oldest; of all desks where none is named."""
        wanted = sa.select(cases).where(_OPEN).order_by(_RANK, cases.c.id)
        return self._cases(connection, wanted.where(cases.c.desk.in_(desks)) if desks else wanted)

    def place(self, connection: Connection, case: Case) -> int:
        """In the line of its desk, from one; a case that is taken has nobody before it."""
        if case.state != WAITING:
            return 1
        rank = URGENCIES.index(case.urgency)
        before = sa.or_(rank > _RANK, sa.and_(rank == _RANK, cases.c.id < case.id))
        waiting = (cases.c.state == WAITING, cases.c.desk == case.desk, before)
        counted = sa.select(sa.func.count()).select_from(cases).where(*waiting).where(_OPEN)
        return int(connection.execute(counted).scalar() or 0) + 1

    def change(self, connection: Connection, number: int, **values: Any) -> None:
        connection.execute(sa.update(cases).where(cases.c.id == number).values(values))

    def close(self, connection: Connection, case: Case, outcome: str) -> None:
        """What is counted of it is written down now: with no way back from there to the case."""
        now, told = time.time(), case.summary
        figures = CaseFigures(
            datetime.fromtimestamp(now, timezone.utc).date(),
            desk=case.desk,
            language=told.get("language"),
            origin=told.get("origin"),
            destination=told.get("destination"),
            topic=told.get("topic"),
            danger=(told.get("danger") or {}).get("kind"),
            urgency=case.urgency,
            waited=case.taken - case.opened if case.taken else None,
            outcome=outcome,
        )
        key = note_case(connection, self._seal, case.chat_id, figures)
        self.change(connection, case.id, state=CLOSED, closed=now, figures=key, offered_to=None)

    def person_wrote(self, connection: Connection, number: int) -> None:
        now = time.time()
        since = sa.func.coalesce(cases.c.waiting_since, now)
        self.change(connection, number, last_person=now, waiting_since=since, lost=False, end_told=None)

    def staff_wrote(self, connection: Connection, case: Case, who: str) -> None:
        """Whoever writes first has taken the case."""
        now = time.time()
        answered: dict[str, Any] = {"last_staff": now, "waiting_since": None, "reminded": None, "away_told": None}
        answered["end_told"] = None
        if case.state == WAITING:
            answered.update(state=TAKEN, taken=now, taken_by=who)
        self.change(connection, case.id, **answered)

    def stood_in(self, connection: Connection, case: Case, update_id: int) -> bool:
        """Whether the numbers were shown for this message while it waited: in a case somebody stands in for danger
        only. Before the case began they may have done so for anything."""
        told = connection.execute(sa.select(inbox.c.stood_in).where(inbox.c.update_id == update_id)).scalar()
        return told is not None and told >= case.opened

    def note(self, connection: Connection, desk: str, case: int | None, who: str, what: str) -> None:
        """Into the audit: who did what, never what was said."""
        row = {"at": time.time(), "desk": desk, "case_id": case, "who": who, "what": what[:40]}
        connection.execute(sa.insert(desk_audit).values(row))

    def pair(
        self, connection: Connection, case: int, staff_message: int, person_message: int | None, *, by_staff: bool
    ) -> None:
        """These two are the same message on both sides."""
        row = {"case_id": case, "staff_message": staff_message, "person_message": person_message, "by_staff": by_staff}
        connection.execute(sa.insert(case_messages).values(row))

    def pairs(self, connection: Connection, case: int) -> list[Any]:
        wanted = sa.select(case_messages).where(case_messages.c.case_id == case).order_by(case_messages.c.id)
        return list(connection.execute(wanted).all())

    def forget_pairs(self, connection: Connection, case: int) -> None:
        connection.execute(sa.delete(case_messages).where(case_messages.c.case_id == case))

    def remove(self, connection: Connection, number: int) -> None:
        """Nothing stays but the figures and the audit."""
        connection.execute(sa.delete(cases).where(cases.c.id == number))
        self.forget_pairs(connection, number)

    def cut_off(self, connection: Connection, case: Case) -> None:
        """No way back to the person, nor what it was about; only the topic is known, until it is deleted."""
        gone: dict[str, Any] = {"chat": NOBODY, "chat_id": None, "summary": None, "taken_by": None, "figures": None}
        self.change(connection, case.id, **gone)
        self.forget_pairs(connection, case.id)

    def release(self, connection: Connection, case: Case) -> None:
        """Nobody has it any more."""
        waiting_since = case.waiting_since or time.time()
        self.change(connection, case.id, state=WAITING, taken_by=None, waiting_since=waiting_since)

    def speak(self, connection: Connection, case: Case, language: str) -> Case:
        """In another language from now on. Whoever left theirs out of what was agreed to keeps it out."""
        values: dict[str, Any] = {"language": language}
        if case.chat_id is not None and case.summary.get("language"):
            told = json.dumps({**case.summary, "language": language}).encode()
            values["summary"] = self._seal.close(told, place_of_summary(self._seal.chat(case.chat_id)))
        self.change(connection, case.id, **values)
        found = self.get(connection, case.id)
        assert found is not None
        return found

    def hand_over(self, connection: Connection, number: int, desk: str) -> None:
        """To another desk: as if it began there now, but for the time it has waited already."""
        anew = {"state": WAITING, "taken_by": None, "offered_to": None, "waiting_since": time.time(), "reminded": None}
        gone = {"away_told": None, "unreachable_told": None, "thread": None, "staff_chat": None, "introduced": False}
        self.change(connection, number, desk=desk, **anew, **gone)

    def _cases(self, connection: Connection, wanted: Any) -> list[Case]:
        found = (self._case(connection, row) for row in connection.execute(wanted).all())
        return [case for case in found if case is not None]

    def _case(self, connection: Connection, row: Any) -> Case | None:
        if row is None:
            return None
        plain = {name: getattr(row, name) for name in Case.__dataclass_fields__ if name in cases.c}
        chat_id = self._seal.open(row.chat_id, place_of_case(row.chat)) if row.chat_id is not None else None
        summary = self._seal.open(row.summary, place_of_summary(row.chat)) if row.summary is not None else b"{}"
        opened = {"chat_id": int(chat_id) if chat_id else None, "summary": json.loads(summary)}
        known = known_of(connection, self._seal, sender_for(int(chat_id), self._secret)) if chat_id else {}
        return Case(**{**plain, **opened}, known=known)


def urgency_of(danger: Mapping[str, Any] | None) -> str:
    """Red: danger that is certain. Yellow: perhaps."""
    return {"certain": RED, "possible": YELLOW}.get(str((danger or {}).get("level")), CALM)


# Spelled as in the migration: a partial index is used only by a query that repeats its condition.
_OPEN = sa.text("cases.state <> 'closed'")
_OPEN_OF = sa.select(cases).where(cases.c.chat == sa.bindparam("of")).where(_OPEN)
"""Made once: asked for with each message, and making a statement takes longer than the database takes for it."""
_NAMED = sa.text("cases.chat <> ''")
_IN_TOPIC = sa.text("cases.thread IS NOT NULL")
