"""A desk of people under load, with the fake Bot API: `python -m bench.desk [--postgres] [free|steady|limited|kill]…`

50 cases at once, 4 staff, 20 messages each way. Every message carries a marker, so that what is lost, or arrives in the
wrong topic or with the wrong person, is found.

* free: one group, Telegram's limits lifted: how fast messages pass through, and topics after 50 yes in one moment.
* steady: as free, but they say yes one after the other, two a second.
* limited: four groups, with the limits (20 messages a minute in each), which is a quarter of an hour.
* kill: as free, while the gateway is killed without warning ten times.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import percentile
from tests.databases import postgres_server, sqlite_in

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "telegram"))

from fake_bot_api import FakeBotApi
from killing import GatewayProcess, quiet

CASES, STAFF, MESSAGES, KILLS = 50, 4, 20, 10
FIRST_PERSON, FIRST_GROUP, FIRST_STAFF = 7_100_000_001, -1_001_000_000_001, 501
UNLIMITED = "100000"
WARM = 5.0
"""Seconds; a gateway that has just started loads what finds danger."""
_NAME = re.compile(r" · (p\d+) · ")
_MARK = re.compile(r"([PS])(\d+)-(\d+)-")


@dataclass
class Run:
    """``per_second``: messages of each side."""

    name: str
    url: str
    groups: int = 1
    per_second: float = 10.0
    limited: bool = False
    kills: int = 0
    apart: float = 0.0
    """Seconds between two who say yes."""
    said: dict[str, float] = field(default_factory=dict)
    agreed: dict[int, float] = field(default_factory=dict)

    async def run(self, folder: Path) -> None:
        chance = random.Random(7)
        keys = [f"desk{number}" for number in range(self.groups)]
        settings = folder / "desks.yml"
        rows = [f"  {key}:\n    name: {key}\n    chat: {FIRST_GROUP - n}\n" for n, key in enumerate(keys)]
        settings.write_text("desks:\n" + "".join(rows))
        environment = {"ADVISOR_DESKS": str(settings), "DESKS": " ".join(keys), "ADVISOR_VAR": str(folder)}
        environment |= {} if self.limited else {"NO_LIMITS": "1", "TELEGRAM_PER_SECOND": UNLIMITED}
        async with FakeBotApi() as api:
            for number in range(self.groups):
                api.add_group(FIRST_GROUP - number)
            process = GatewayProcess(api, self.url, **environment)
            process.start()
            await process.is_up()
            await asyncio.sleep(WARM)
            begun = time.monotonic()
            killing = asyncio.create_task(self._kill(process, api, chance))
            await self._talk(api)
            await killing
            whole = await self._arrived(api, timeout=1200 if self.limited else 120)
            took = time.monotonic() - begun
            await quiet(api)
            await process.stop()
            self._report(api, took, whole)

    async def _talk(self, api: FakeBotApi) -> None:
        for number in range(CASES):
            self.agreed[number] = time.monotonic()
            api.say(FIRST_PERSON + number, f"yes p{number}")
            await asyncio.sleep(self.apart)
        await asyncio.gather(self._people(api), self._staff(api))

    async def _people(self, api: FakeBotApi) -> None:
        async for number, round_ in self._evenly():
            mark = f"P{number}-{round_}-"
            self.said[mark] = time.monotonic()
            api.say(FIRST_PERSON + number, mark)

    async def _staff(self, api: FakeBotApi) -> None:
        async for number, round_ in self._evenly():
            group = FIRST_GROUP - number % self.groups
            while (thread := _topic(api, group, number)) is None:
                await asyncio.sleep(0.05)
            mark = f"S{number}-{round_}-"
            self.said[mark] = time.monotonic()
            api.staff(group, FIRST_STAFF + number % STAFF, mark, thread)

    async def _evenly(self):  # type: ignore[no-untyped-def]
        begun = time.monotonic()
        for place in range(CASES * MESSAGES):
            await asyncio.sleep(max(0.0, begun + place / self.per_second - time.monotonic()))
            yield place % CASES, place // CASES

    async def _kill(self, process: GatewayProcess, api: FakeBotApi, chance: random.Random) -> None:
        seconds = CASES * MESSAGES / self.per_second
        for _ in range(self.kills):
            await asyncio.sleep(chance.uniform(0.3, 2 * seconds / self.kills - 0.3) / 2)
            process.kill()
            process.start()
            await process.is_up()

    async def _arrived(self, api: FakeBotApi, timeout: float = 120) -> bool:
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self.said.keys() <= {mark for message in api._messages for mark in _marks(message.text)}:
                return True
            await asyncio.sleep(0.3)
        return False  # ``timeout`` seconds after the last was said

    def _report(self, api: FakeBotApi, took: float, whole: bool) -> None:
        arrived: Counter[str] = Counter()
        wrong_topic = wrong_person = 0
        waits, opened = [], {}
        for message in api._messages:
            name = api.groups[message.chat_id].topics.get(message.thread or 0, "") if message.chat_id < 0 else ""
            found = _NAME.search(name)
            if message.chat_id < 0 and found and "Case " in message.text:
                opened.setdefault(int(found[1][1:]), message.at)
            for mark in _marks(message.text):
                side, number = mark[0], int(mark[1:].partition("-")[0])
                arrived[mark] += 1
                if side == "P":
                    wrong_topic += found is None or found[1] != f"p{number}"
                    wrong_person += message.chat_id > 0
                else:
                    wrong_topic += message.chat_id < 0
                    wrong_person += message.chat_id != FIRST_PERSON + number
                    waits.append(message.at - self.said[mark])
        missing = [mark for mark in self.said if not arrived[mark]]
        lost = len(missing)
        twice = sum(count > 1 for count in arrived.values())
        twice_to_people = sum(count > 1 for mark, count in arrived.items() if mark[0] == "S")
        opening = [opened[number] - self.agreed[number] for number in opened]
        minute = max((_most_in_a_minute(api, FIRST_GROUP - number) for number in range(self.groups)), default=0)
        print(
            f"{self.name}: {CASES} cases, {len(self.said)} messages in {took:.0f} s: lost {lost}, twice {twice} "
            f"({twice_to_people} of them to people), wrong topic {wrong_topic}, wrong person {wrong_person}; cases "
            f"without topic {CASES - len(opened)}; from yes to the topic median {_ms(opening, 0.5)}, p95 "
            f"{_ms(opening, 0.95)}; from staff to the person median {_ms(waits, 0.5)}, p95 {_ms(waits, 0.95)}; most "
            f"messages to a group in a minute {minute}" + ("" if whole else " (INCOMPLETE)"),
            flush=True,
        )


def _topic(api: FakeBotApi, group: int, number: int) -> int | None:
    """The one with the summary: after a kill there may be another, empty one before it."""
    named = [thread for thread, name in api.groups[group].topics.items() if f" · p{number} · " in name]
    return next((thread for thread in reversed(named) if thread in api.used_threads), None)


def _marks(text: str) -> list[str]:
    return [found.group() for found in _MARK.finditer(text)]


def _ms(seconds: list[float], share: float) -> str:
    if not seconds:
        return "-"
    value = statistics.median(seconds) if share == 0.5 else percentile(seconds, share)
    return f"{1000 * value:.0f} ms"


def _most_in_a_minute(api: FakeBotApi, group: int) -> int:
    times = sorted(message.at for message in api.sent(group))
    first = most = 0
    for last, at in enumerate(times):
        while times[first] <= at - 60:
            first += 1
        most = max(most, last - first + 1)
    return most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["free", "steady", "limited", "kill", []], default=[])
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL (started by pgserver) instead of SQLite")
    options = parser.parse_args()
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server(durable=True)) if options.postgres else None
        kind = "PostgreSQL" if server else "SQLite"
        for what in options.what or ["free", "steady", "kill", "limited"]:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            run = Run(f"{kind}, {what}", server.fresh() if server else sqlite_in(folder))
            if what == "steady":
                run.apart = 0.5
            if what == "kill":
                run.kills = KILLS
            if what == "limited":
                run.groups, run.limited, run.per_second = STAFF, True, 1.3
            asyncio.run(run.run(folder))


if __name__ == "__main__":
    main()
