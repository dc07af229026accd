"""Hostile updates by the thousand, through the real gateway: `python -m bench.hostile [--updates 5000] [--brain]`

Every kind of the Bot API, plausible and broken, half by polling and half by webhook, on SQLite and the fake Bot API.
The dialogue is scripted, or with --brain the trained one. Ends with status 1 when anything went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "telegram"))

from hostile import hostile_updates
from withstanding import Outcome, withstand

import bot.dialogue.quiet  # noqa: F401  (before anything imports rasa)
from bench.measure import resident_megabytes
from bot.store import wordings
from bot.telegram import pace, workers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=5_000)
    parser.add_argument("--brain", action="store_true", help="the trained advisor instead of a scripted dialogue")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pace.ONE_CHAT, workers.PAUSES, wordings.ALBUM_PAUSE = 0.0, (0.01, 0.01, 0.01), 0.05  # to be done today
    outcome = asyncio.run(_run(options))
    print(", ".join(f"{name} {value}" for name, value in dataclasses.asdict(outcome).items() if name != "faults"))
    print("\n".join(outcome.faults) or f"no fault; {resident_megabytes():.0f} MB at the end")
    return 1 if outcome.faults else 0


async def _run(options: argparse.Namespace) -> Outcome:
    updates = hostile_updates(options.updates, options.seed)
    dialogue = None
    if options.brain:
        from bot.dialogue.embedded import EmbeddedDialogue
        from bot.training import model_to_use

        dialogue = await EmbeddedDialogue.load(model_to_use())
    with tempfile.TemporaryDirectory() as folder:
        return await withstand(updates, Path(folder), dialogue)


if __name__ == "__main__":
    sys.exit(main())
