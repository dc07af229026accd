"""Who waits for a desk does not wait for the robot: nobody stands in for it there, nor in the groups of staff.

But danger is worth a word wherever it waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.desk.office import Office
from bot.telegram.answering import Answer
from bot.telegram.handlers import Heard
from bot.telegram.render import Outgoing
from bot.telegram.stand_ins import Speaker


@dataclass(frozen=True)
class Beside:
    """``away``: who speaks to everybody else while no answer can be had."""

    away: Speaker
    office: Office

    async def say(self, heard: Heard, *, again: bool) -> list[Outgoing]:
        desk = heard.desk or {}
        if desk.get("staff") or desk.get("only"):
            return []
        return await self.away.say(heard, again=again or await self._is_for_the_desk(heard))

    async def late(self, heard: Heard) -> list[Outgoing]:
        return [] if await self._is_for_the_desk(heard) else await self.away.late(heard)

    async def language(self, heard: Heard) -> str:
        return await self.away.language(heard)

    async def farewell(self, heard: Heard) -> Answer:
        answer = await self.away.farewell(heard)
        closing = self.office.parting(heard.chat_id, quickly=True)
        return replace(answer, alongside=[*answer.alongside, closing], wakes=self.office.wakes_of_all())

    async def _is_for_the_desk(self, heard: Heard) -> bool:
        desk = heard.desk or {}
        return bool(desk.get("staff") or desk.get("only") or await self.office.case_of(heard.chat_id))
