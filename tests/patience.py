"""Waits for an advisor that takes a while to be there."""

from __future__ import annotations

import asyncio
import time

from bot.dialogue import Dialogue, DialogueUnavailable, Turn

PATIENCE = 120
"""Seconds."""


async def until_it_answers(dialogue: Dialogue) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            await dialogue.send(Turn("waiting", payload="/show_menu"))
            return
        except DialogueUnavailable:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.5)
