"""``python -m bench.checks``: how long each step of each guided check takes in this process, in five languages."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections import defaultdict
from statistics import median
from typing import Dict, List, Sequence

from bot.cli.opening import open_dialogue
from bot.dialogue import Dialogue, Reply, Turn
from bot.settings import Settings
from tests.conversations.people import PEOPLE

OFFER = "tests/quality/offers/unseen"
ROUNDS = 3
BUTTONS: Dict[str, Sequence[str]] = {
    "fee_check": ('/ask_fees{"step":"check"}', "AMOUNT", "purpose:service_charge"),
    "offer_check": ('/ask_offer_check{"step":"check"}', "OFFER"),
    "agency_check": ('/ask_agency_licence{"step":"check"}',),
    "contract_check": ('/ask_contract{"step":"check"}', *["LAST:no"] * 15),
    "self_check": ('/ask_trafficking{"step":"check"}', *["LAST:no"] * 11),
    "cost": (
        '/ask_loan_debt{"step":"check"}', "180000", "loan:all", "rate:3-month", "kind:flat", "1500", "500",
        "exchange:not_sure", "agency_fee:not_sure",
    ),
    "cost with a picture": (
        '/ask_loan_debt{"step":"check"}', "180000", "loan:all", "rate:3-month", "kind:flat", "1500", "500", "36.5",
        "agency_fee:not_sure",
    ),
    "welfare_claim": ('/ask_welfare_fund{"step":"check"}', "event:death", "place:home"),
    "departure": ('/ask_documents{"step":"list"}', '/ask_documents{"step":"list:passport:done"}'),
}  # fmt: skip


async def main() -> None:
    os.environ["ADVISOR_VAR"] = tempfile.mkdtemp()
    took: Dict[str, List[float]] = defaultdict(list)
    async with open_dialogue(Settings(rasa_url=None)) as dialogue:
        for turn in range(ROUNDS + 1):
            for code, person in PEOPLE.items():
                profile = {"language": code, "origin": person.origin, "destination": person.destination}
                for flow, steps in BUTTONS.items():
                    found = await _play(dialogue, f"{turn}-{code}-{flow}", profile, steps, code, person.amount)
                    took[flow].extend(found if turn else [])  # the first round reads fonts and files
    print("| check | steps | median | p95 | slowest |")
    print("|---|---|---|---|---|")
    for flow, times in took.items():
        times.sort()
        p95 = times[int(0.95 * (len(times) - 1))]
        print(f"| {flow} | {len(times)} | {median(times):.0f} ms | {p95:.0f} ms | {times[-1]:.0f} ms |")


async def _play(
    dialogue: Dialogue, sender: str, profile: Dict[str, str], steps: Sequence[str], code: str, amount: str
) -> List[float]:
    """Milliseconds of each step."""
    replies: List[Reply] = await dialogue.send(Turn(sender, text="ok", profile=profile))
    times = []
    for step in steps:
        turn = _turn(sender, step, replies, code, amount)
        started = time.perf_counter()
        replies = await dialogue.send(turn)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _turn(sender: str, step: str, replies: Sequence[Reply], code: str, amount: str) -> Turn:
    if step.startswith("/"):
        return Turn(sender, payload=step)
    if step.startswith("LAST:"):
        payloads = [button.payload for reply in replies for button in reply.buttons]
        wanted = [payload for payload in payloads if payload.endswith(step[len("LAST") :] + '"}')]
        return Turn(sender, payload=wanted[0] if wanted else "/show_menu")
    if ":" in step:
        return Turn(sender, payload=f'/inform{{"step":"{step}"}}')
    if step == "OFFER":
        with open(f"{OFFER}/{code}.jsonl", encoding="utf-8") as file:
            return Turn(sender, text=json.loads(next(file))["text"])
    return Turn(sender, text=amount if step == "AMOUNT" else step)


if __name__ == "__main__":
    asyncio.run(main())
