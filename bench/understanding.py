"""``python -m bench.understanding``: milliseconds the understanding alone takes, a message at a time."""

from __future__ import annotations

import asyncio
import statistics
import time

from bench.measure import percentile
from bench.sample import messages
from bot.dialogue import quiet
from bot.training import model_to_use

MESSAGES, WARM_UP = 400, 20


async def main() -> None:
    model = model_to_use()
    from rasa.core.agent import Agent

    quiet.quieten_rasa()
    agent = Agent.load(str(model))
    times = []
    for text in messages(MESSAGES + WARM_UP):
        begun = time.perf_counter()
        await agent.parse_message(text)
        times.append((time.perf_counter() - begun) * 1000)
    told = times[WARM_UP:]
    size = model.stat().st_size / 1e6
    print(
        f"understanding: median {statistics.median(told):.1f} ms, p95 {percentile(told, 0.95):.1f} ms; "
        f"model file {size:.0f} MB"
    )


if __name__ == "__main__":
    asyncio.run(main())
