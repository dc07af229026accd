"""``make quality``: the shipped product on messages another hand wrote (tests/quality), never used for training."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from pathlib import Path
from typing import List, Optional

from bench.judged import SET, Judged, calibration, confusions, judge, scores, share
from bot.cli.opening import open_dialogue
from bot.settings import Settings

HEADING = (
    "| | messages | right | right or among three | danger found | false alarms "
    "| out of scope refused | real refused |\n"
    "|---|---|---|---|---|---|---|---|"
)


def percent(value: Optional[float]) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def row(name: str, judged: List[Judged]) -> str:
    figures = scores(judged)
    shares = (
        figures.right, figures.offered, figures.found, figures.false_alarms, figures.foreign_refused,
        figures.real_refused,
    )  # fmt: skip
    return f"| {name} | {figures.messages} | {' | '.join(map(percent, shares))} |"


def by_intent(judged: List[Judged]) -> List[str]:
    lines = ["| intent | messages | right | most taken for |", "|---|---|---|---|"]
    for intent in sorted({one.wanted["intent"] for one in judged}):
        own = [one for one in judged if one.wanted["intent"] == intent]
        wrong = confusions(own).most_common(1)
        taken = f"{wrong[0][0][1]} ({wrong[0][1]})" if wrong else ""
        lines.append(f"| {intent} | {len(own)} | {percent(share([one.right for one in own]))} | {taken} |")
    return lines


def languages(judged: List[Judged]) -> List[str]:
    told = {
        "four words or more": [one for one in judged if one.is_long],
        "shorter": [one for one in judged if not one.is_long],
    }
    return [
        f"  {name}: {percent(share([one.in_own_language for one in own]))} of {len(own)}" for name, own in told.items()
    ]


async def main() -> None:
    parser = argparse.ArgumentParser(description="Understanding, measured on messages nobody trained with.")
    parser.add_argument("--set", type=Path, default=SET, help="folder of <language>.jsonl files")
    folder = parser.parse_args().set
    everything: List[Judged] = []
    means: List[float] = []
    print(HEADING)
    async with open_dialogue(Settings(rasa_url=None)) as dialogue:
        for path in sorted(folder.glob("*.jsonl")):
            judged = await judge(dialogue, path)
            print(row(path.stem, judged), flush=True)
            scripts = Counter(one.wanted["script"] for one in judged if "script" in one.wanted)
            if len(scripts) > 1:
                for script in sorted(scripts):
                    print(row(f"{path.stem} {script}", [one for one in judged if one.wanted.get("script") == script]))
            everything += judged
            means.append(scores(judged).right or 0.0)
    print(row("all", everything))
    print(f"\nMean of the languages: {percent(sum(means) / len(means))}, lowest {percent(min(means))}")
    print("\nLanguage identified:", *languages(everything), sep="\n")
    print("\nCalibration (confidence of the first intent, how often it was right):")
    for count, confidence, right in calibration(everything):
        print(f"  {count:5}  said {percent(confidence)}  was {percent(right)}")
    print("\nMost confused (meant, understood):")
    for (meant, understood), times in confusions(everything).most_common(25):
        print(f"  {times:3}  {meant} → {understood}")
    print("", *by_intent(everything), sep="\n")


if __name__ == "__main__":
    asyncio.run(main())
