"""Cases of a desk that is in the settings no more: nobody hears their people, so they end, and the people are told."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from sqlalchemy.engine import Connection

from bot.desk import sentences
from bot.desk.cases import DESERTED
from bot.desk.office import Office

GONE_FOR = 300.0
"""Seconds for which a desk must be missing: somebody may just be writing the file."""


class Deserted:
    """Remembers since when each desk that has open cases is missing. ``clock``: seconds, as ``time.monotonic``."""

    def __init__(self, office: Office, clock: Callable[[], float] = time.monotonic) -> None:
        self._office, self._clock = office, clock
        self._missing: dict[str, float] = {}

    async def end(self) -> list[str]:
        """The chats that something was written for."""
        cases = await self._office.database.insist(lambda connection: self._office.cases.open_ones(connection))
        now, desks = self._clock(), self._office.groups.desks
        missing = {case.desk for case in cases if desks.by_key(case.desk) is None}
        self._missing = {desk: self._missing.get(desk, now) for desk in missing}
        wakes: list[str] = []
        for case in cases:
            if case.desk in missing and now - self._missing[case.desk] >= GONE_FOR:
                await self._office.database.insist(partial(self._end, case.id))
                wakes += self._office.wakes(case)
        return wakes

    def _end(self, number: int, connection: Connection) -> None:
        case = self._office.cases.get(connection, number)
        if case is not None and case.is_open:
            self._office.tell(connection, case, sentences.deserted(case))
            self._office.end(connection, case, DESERTED)
