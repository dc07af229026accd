"""One process as it is shipped: Rasa embedded, actions called directly. Prints its figures as one JSON line."""

from __future__ import annotations

import time

STARTED = time.perf_counter()

import asyncio  # noqa: E402
import json  # noqa: E402

from bench.measure import figures, resident_megabytes  # noqa: E402
from bench.sample import messages  # noqa: E402
from bot.cli.opening import open_dialogue  # noqa: E402
from bot.dialogue import Turn  # noqa: E402
from bot.settings import Settings  # noqa: E402

TURNS = 400
WARM_UP = 20
PROFILE = {"language": "ne", "origin": "NP", "destination": "QA"}


async def main() -> None:
    async with open_dialogue(Settings(rasa_url=None)) as dialogue:
        ready = time.perf_counter() - STARTED
        texts = messages(TURNS + WARM_UP)
        turns = []
        for number, text in enumerate(texts):
            begun = time.perf_counter()
            await dialogue.send(Turn(f"bench-{number % 20}", text=text, profile=PROFILE))
            if number >= WARM_UP:
                turns.append((time.perf_counter() - begun) * 1000)
        print(json.dumps(figures("this project, in one process", ready, turns, resident_megabytes())))


if __name__ == "__main__":
    asyncio.run(main())
