"""The commands of staff. Each does what it says in one transaction, or answers with one kind line."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from actions.desks import Desk
from bot.desk import sentences, words
from bot.desk.cases import OUTCOMES, RED, Case
from bot.desk.office import Office
from bot.desk.summary import in_line, summary
from bot.store.desk_tables import TAKEN, WAITING
from bot.telegram.answering import Answer
from translations.localizer import Localizer

MOST_IN_QUEUE = 40


@dataclass(frozen=True)
class Call:
    """One message of staff: where it stands, who wrote it (as a keyed hash), and what follows the command."""

    office: Office
    chat_id: int
    thread: int | None
    message: int
    who: str
    name: str
    rest: str

    def case(self, connection: Connection) -> Case | None:
        """Of this topic, held for this transaction."""
        if self.thread is None:
            return None
        found = self.office.cases.in_topic(connection, self.chat_id, self.thread)
        return self.office.cases.get(connection, found.id) if found else None

    def answer(self, connection: Connection, line: str) -> None:
        self.office.answer(connection, self.chat_id, self.thread, line)

    def note(self, connection: Connection, case: Case, what: str) -> None:
        self.office.cases.note(connection, case.desk, case.id, self.who, what)

    @property
    def desks(self) -> list[Desk]:
        return self.office.groups.of_chat(self.chat_id)


InCase = Callable[[Call, Connection, Case], None]


async def run(call: Call) -> Answer:
    """Never raises for what staff may write."""
    if call.name in IN_GROUP:
        return await IN_GROUP[call.name](call)
    do = IN_CASE.get(call.name)

    def work(connection: Connection) -> None:
        case = call.case(connection)
        if do is None:
            call.answer(connection, words.UNKNOWN)
        elif call.thread is None:
            call.answer(connection, words.NOT_A_TOPIC)
        elif case is None:
            call.answer(connection, words.NO_CASE_HERE)
        elif not case.is_open and do is not show:
            call.answer(connection, words.CASE_CLOSED)
        else:
            do(call, connection, case)

    case = await call.office.database.insist(call.case)
    groups = [call.office.groups.chat_of(desk.key) for desk in call.office.groups.desks.all]
    return Answer([], alongside=[work], wakes=call.office.wakes(case, call.chat_id, *groups))


# In the topic of a case.


def take(call: Call, connection: Connection, case: Case) -> None:
    if case.state == TAKEN:
        call.answer(connection, words.TAKEN_BY_YOU if case.taken_by == call.who else words.TAKEN_BY_OTHER)
        return
    # The person still waits: to take a case is not to answer, and they are told if nobody does.
    call.office.cases.change(connection, case.id, state=TAKEN, taken=time.time(), taken_by=call.who)
    call.office.tell(connection, case, sentences.taken(case, call.office.name_of(case)))
    call.answer(connection, words.TAKEN)
    call.note(connection, case, "take")


def note(call: Call, connection: Connection, case: Case) -> None:
    if not call.rest:
        call.answer(connection, words.how_to_note())
        return
    call.note(connection, case, "note")


def urgent(call: Call, connection: Connection, case: Case) -> None:
    if case.urgency != RED:
        call.office.make_urgent(connection, case)
    call.answer(connection, words.IS_URGENT)
    call.note(connection, case, "urgent")


def say_phrase(call: Call, connection: Connection, case: Case) -> None:
    name = call.rest.lower()
    if name not in sentences.PHRASES:
        call.answer(connection, words.phrases(sentences.phrases_in_english()))
        return
    text = sentences.phrase(case, name)
    call.office.pass_on(connection, case, (call.chat_id, call.message), text, copied=False)
    call.office.cases.staff_wrote(connection, case, call.who)
    call.note(connection, case, f"phrase {name}")


def transfer(call: Call, connection: Connection, case: Case) -> None:
    """Within an organisation at once; to another one only when the person agrees."""
    here = call.office.groups.desk(case.desk)
    others = [desk for desk in call.office.groups.desks.all if here and _may_get(here, desk)]
    there = next((desk for desk in others if desk.key == call.rest.lower()), None)
    if here is None or there is None:
        call.answer(connection, words.how_to_transfer([desk.key for desk in others]))
        return
    call.note(connection, case, f"transfer {there.key}")
    if there.organisation == here.organisation:
        moved = call.office.move(connection, case, there, with_answers=True)
        call.office.tell(connection, moved, sentences.moved(moved, there.name))
    elif case.offered_to == there.key:
        call.answer(connection, words.ALREADY_ASKED)
    else:
        call.office.cases.change(connection, case.id, offered_to=there.key)
        call.office.tell(connection, case, sentences.may_it_move(case, here.name, there.name))
        call.answer(connection, words.ASKED_TO_MOVE.format(desk=there.name))


def close(call: Call, connection: Connection, case: Case) -> None:
    outcome = call.rest.lower()
    if outcome not in OUTCOMES:
        call.answer(connection, words.how_to_close(OUTCOMES))
        return
    call.note(connection, case, f"close {outcome}")
    call.office.tell(connection, case, sentences.ended(case, call.office.name_of(case)))
    call.office.end(connection, case, outcome)


def show(call: Call, connection: Connection, case: Case) -> None:
    call.answer(connection, summary(case))


def _may_get(here: Desk, there: Desk) -> bool:
    return there.key != here.key and (there.organisation == here.organisation or there.key in here.may_receive)


IN_CASE: Mapping[str, InCase] = {
    "take": take,
    "note": note,
    "urgent": urgent,
    "phrase": say_phrase,
    "transfer": transfer,
    "close": close,
    "case": show,
}


# Anywhere in the group.


async def queue(call: Call) -> Answer:
    def work(connection: Connection) -> None:
        open_ones = call.office.cases.open_ones(connection, *[desk.key for desk in call.desks])
        lines = [in_line(case) for case in open_ones[:MOST_IN_QUEUE]]
        waiting = sum(case.state == WAITING for case in open_ones)
        head = f"{waiting} waiting, {len(open_ones) - waiting} taken"
        call.answer(connection, "\n".join([head, *lines]) if open_ones else words.QUEUE_EMPTY)

    return _answered(call, work)


async def hours(call: Call) -> Answer:
    english = Localizer.of("en")

    def work(connection: Connection) -> None:
        lines = []
        for desk in call.desks:
            told = desk.hours_told(english) or words.NEVER_AWAY
            now = "there now" if call.office.groups.is_there(desk) else "not there now"
            lines.append(f"{desk.name}: {told} ({desk.time.key}); {now}")
        call.answer(connection, "\n".join(lines))

    return _answered(call, work)


async def away(call: Call) -> Answer:
    is_back = call.rest.lower() in ("off", "back")
    await call.office.groups.set_away(call.desks, not is_back)

    def work(connection: Connection) -> None:
        for desk in call.desks:
            call.office.cases.note(connection, desk.key, None, call.who, "back" if is_back else "away")
        call.answer(connection, words.IS_BACK if is_back else words.IS_AWAY)

    return _answered(call, work)


def _answered(call: Call, work: Callable[[Connection], None]) -> Answer:
    return Answer([], alongside=[work], wakes=[call.office.seal.chat(call.chat_id)])


IN_GROUP: Mapping[str, Callable[[Call], Awaitable[Answer]]] = {"queue": queue, "hours": hours, "away": away}
