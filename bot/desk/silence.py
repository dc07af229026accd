"""Cases in which nobody writes any more: the desk is reminded, then they end, so that none is kept for ever."""

from __future__ import annotations

import time
from functools import partial

from sqlalchemy.engine import Connection

from bot.desk import sentences, words
from bot.desk.cases import SILENT, Case
from bot.desk.office import Office
from bot.store.upkeep import DAY

SILENT_DAYS = 30
"""Of a desk that the settings do not name any more."""
TOLD_BEFORE = 3
"""Days before the end on which the desk is told; of less than twice that, half of the time."""


async def end_silent_cases(office: Office, keep_days: int) -> list[str]:
    """The chats that something was written for. ``keep_days``: nothing of a person is kept for longer than that after
    their last word, whatever a desk has set."""
    open_ones = await office.database.insist(lambda connection: office.cases.open_ones(connection))
    wakes: list[str] = []
    for case in open_ones:
        days = _days(office, case, keep_days)
        if _is_due(case, days) or _is_to_be_told(case, days):
            await office.database.insist(partial(_end_or_tell, office, case.id, days))
            wakes += office.wakes(case)
    return wakes


def _days(office: Office, case: Case, keep_days: int) -> int:
    desk = office.groups.desk(case.desk)
    return min(desk.silent_days if desk else SILENT_DAYS, keep_days)


def _is_due(case: Case, days: int) -> bool:
    return time.time() - case.last_word >= days * DAY


def _is_to_be_told(case: Case, days: int) -> bool:
    return case.end_told is None and time.time() - case.last_word >= (days - _told_before(days)) * DAY


def _told_before(days: int) -> float:
    return min(float(TOLD_BEFORE), days / 2)


def _end_or_tell(office: Office, number: int, days: int, connection: Connection) -> None:
    case = office.cases.get(connection, number)
    if case is None or not case.is_open:
        return
    if _is_due(case, days):
        office.tell(connection, case, sentences.ended_silent(case, office.name_of(case), days))
        office.end(connection, case, SILENT, words.ENDED_SILENT.format(days=days))
    elif _is_to_be_told(case, days):
        silent = int((time.time() - case.last_word) / DAY)
        line = words.ABOUT_TO_END.format(days=silent, left=max(1, days - silent))
        office.say(connection, case, line, urgent=True)
        office.cases.change(connection, case.id, end_told=time.time())
