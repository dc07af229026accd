"""``make transcript``: asks the questions of the README and puts the answers into it, between its two markers."""

from __future__ import annotations

import asyncio
from typing import Dict, List, Tuple

from bench.readme import README, put
from bot.cli.opening import open_dialogue
from bot.dialogue import Turn
from bot.settings import Settings
from bot.terminal import show

FEES = "How much may the agency take from me?"
PASSPORT = "Can my boss keep my passport?"
FUND = "what does the welfare fund pay if I die"
QUESTIONS: List[Tuple[str, Dict[str, str]]] = [
    ("एजेन्सीले कति पैसा लिन पाउँछ?", {"language": "ne", "origin": "NP", "destination": "QA"}),
    ("agency le kati paisa lina pauchha?", {"language": "ne", "origin": "NP", "destination": "QA"}),
    (FEES, {"language": "en", "origin": "NP", "destination": "QA"}),
    *((PASSPORT, {"language": "en", "destination": country}) for country in ("SA", "QA", "MY", "SG")),
    *((FUND, {"language": "en", "origin": country}) for country in ("NP", "PH", "BD")),
    (FEES, {"language": "en"}),
    (PASSPORT, {"language": "en"}),
    (FUND, {"language": "en"}),
]
OPTIONS = {"language": "--lang", "origin": "--from", "destination": "--to"}


async def transcript() -> str:
    parts: List[str] = []
    async with open_dialogue(Settings(rasa_url=None)) as dialogue:
        for number, (question, profile) in enumerate(QUESTIONS):
            replies = await dialogue.send(Turn(f"transcript-{number}", text=question, profile=profile))
            options = " ".join(f"{OPTIONS[name]} {value}" for name, value in profile.items())
            parts.append(f'$ advisor ask {options} "{question}"\n{show(replies)}')
    return "\n".join(parts).replace("\u00a0", " ")


def main() -> None:
    put("transcript", f"```text\n{asyncio.run(transcript())}```")
    print(f"{len(QUESTIONS)} questions asked; their answers are in {README.name}")


if __name__ == "__main__":
    main()
