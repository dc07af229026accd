"""``make quality``: the shipped pipeline on messages another hand wrote (tests/quality), never used for training.

Prints accuracy by language, the topics offered, danger recall and false alarms, what is refused, and confusions.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List

from bot.cli.opening import open_dialogue
from bot.dialogue import Dialogue, Turn
from bot.settings import Settings

SET = Path(__file__).resolve().parents[1] / "tests" / "quality"
OFFERED = 3
REFUSALS = ("out_of_scope", "nlu_fallback")


@dataclass(frozen=True)
class Judged:
    """One message, what it means, and what was understood."""

    wanted: Dict[str, Any]
    trace: Dict[str, Any]

    @property
    def right(self) -> bool:
        return self.trace["intent"] in (self.wanted["intent"], *self.wanted.get("also", ()))

    @property
    def offered(self) -> bool:
        acceptable = {self.wanted["intent"], *self.wanted.get("also", ())}
        return self.right or bool(acceptable & {entry["intent"] for entry in self.trace["ranking"][:OFFERED]})

    @property
    def warned(self) -> bool:
        return self.trace["danger"]["level"] != "none"


async def judge(dialogue: Dialogue, path: Path) -> List[Judged]:
    """Every line of a file in a conversation of its own."""
    judged = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        wanted = json.loads(line)
        turn = Turn(f"quality-{path.stem}-{number}", text=wanted["text"], profile={"language": path.stem})
        replies = await dialogue.send(turn)
        judged.append(Judged(wanted, dict(replies[-1].custom["trace"])))
    return judged


def share(items: List[bool]) -> str:
    return f"{100 * sum(items) / len(items):.1f} %" if items else "-"


def row(name: str, judged: List[Judged]) -> str:
    danger = [one for one in judged if one.wanted["danger"] == "certain"]
    calm = [one for one in judged if one.wanted["danger"] == "none"]
    foreign = [one for one in judged if one.wanted["intent"] == "out_of_scope"]
    real = [one for one in judged if one.wanted["intent"].startswith(("ask_", "report_"))]
    return (
        f"| {name} | {len(judged)} | {share([one.right for one in judged])} | {share([one.offered for one in judged])} "
        f"| {share([one.warned for one in danger])} | {share([one.warned for one in calm])} "
        f"| {share([one.trace['intent'] in REFUSALS for one in foreign])} "
        f"| {share([one.trace['intent'] in REFUSALS for one in real])} |"
    )


async def main() -> None:
    print(
        "| language | messages | right | right or among three "
        "| danger found | false alarms | foreign refused | real refused |"
    )
    print("|---|---|---|---|---|---|---|---|")
    confusions: Counter = Counter()
    async with open_dialogue(Settings(rasa_url=None)) as dialogue:
        for path in sorted(SET.glob("*.jsonl")):
            judged = await judge(dialogue, path)
            print(row(path.stem, judged), flush=True)
            for script in sorted({one.wanted["script"] for one in judged if "script" in one.wanted}):
                print(row(f"{path.stem} {script}", [one for one in judged if one.wanted.get("script") == script]))
            confusions.update((one.wanted["intent"], one.trace["intent"]) for one in judged if not one.right)
    print("\nMost confused (meant, understood):")
    for (meant, understood), times in confusions.most_common(15):
        print(f"  {times}  {meant} → {understood}")


if __name__ == "__main__":
    asyncio.run(main())
