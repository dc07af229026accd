"""``python -m bench.offers``: signs found in whole offers that nothing was learnt from (tests/quality/offers).

``chosen_on`` holds the texts the bounds were chosen on, ``unseen`` those nobody looked at before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import FrozenSet, List, Sequence

from bot.cli.opening import open_dialogue
from bot.dialogue import Dialogue, Turn
from bot.settings import Settings

SET = Path(__file__).resolve().parents[1] / "tests" / "quality" / "offers"
CHECK = '/ask_offer_check{"step":"check"}'


@dataclass(frozen=True)
class Offer:
    """One text: ``wanted`` stands in it clearly, ``arguable`` may be told or not; ``told`` is what we told."""

    language: str
    wanted: FrozenSet[str]
    arguable: FrozenSet[str]
    told: FrozenSet[str]

    @property
    def is_honest(self) -> bool:
        return not self.wanted


async def judge(dialogue: Dialogue, path: Path) -> List[Offer]:
    """Each text sent to the offer check in a conversation of its own."""
    offers = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        text = json.loads(line)
        sender = f"offers-{path.parent.name}-{path.stem}-{number}"
        await dialogue.send(Turn(sender, payload=CHECK))
        replies = await dialogue.send(Turn(sender, text=text["text"], profile={"language": path.stem}))
        result = replies[-1].custom["trace"]["result"] or {}
        told = frozenset(result.get("signs", ()))
        offers.append(Offer(path.stem, frozenset(text["signs"]), frozenset(text.get("also", ())), told))
    return offers


def recall(offers: Sequence[Offer]) -> float:
    """Share of the signs that stand in the texts which were told."""
    return sum(len(one.wanted & one.told) for one in offers) / max(sum(len(one.wanted) for one in offers), 1)


def honest_with_a_sign(offers: Sequence[Offer]) -> float:
    honest = [one for one in offers if one.is_honest]
    return sum(bool(one.told) for one in honest) / max(len(honest), 1)


def false_signs(offers: Sequence[Offer]) -> float:
    """Share of the signs told of dishonest texts that do not stand in them, arguable ones left out."""
    told = [(one, sign) for one in offers if not one.is_honest for sign in one.told]
    return sum(sign not in one.wanted | one.arguable for one, sign in told) / max(len(told), 1)


def row(name: str, offers: Sequence[Offer]) -> str:
    signs = sum(len(one.wanted) for one in offers)
    honest = sum(one.is_honest for one in offers)
    return (
        f"| {name} | {len(offers)} | {signs} | {100 * recall(offers):.1f} % | {honest} "
        f"| {100 * honest_with_a_sign(offers):.1f} % | {100 * false_signs(offers):.1f} % |"
    )


async def main() -> None:
    parser = argparse.ArgumentParser(description="Signs of cheating, in texts nothing was learnt from.")
    parser.add_argument("--set", type=Path, default=SET / "unseen", help="folder of <language>.jsonl files")
    folder = parser.parse_args().set
    everything: List[Offer] = []
    print("| | texts | signs in them | found | honest texts | of them with a sign | false among signs told |")
    print("|---|---|---|---|---|---|---|")
    async with open_dialogue(Settings()) as dialogue:
        for path in sorted(folder.glob("*.jsonl")):
            offers = await judge(dialogue, path)
            print(row(path.stem, offers), flush=True)
            everything.extend(offers)
    print(row("all", everything))
    wanted = Counter(sign for one in everything for sign in one.wanted)
    found = Counter(sign for one in everything for sign in one.wanted & one.told)
    for sign, number in sorted(wanted.items()):
        print(f"  {sign}: {found[sign]} of {number}")


if __name__ == "__main__":
    asyncio.run(main())
