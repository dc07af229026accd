"""The gateway under load, against the fake Bot API: `python -m bench.gateway [--postgres] [WHAT]…`

* load: 200 chats × 10 messages, 50 a second: order, losses, second copies, time from arrival to first reply, memory.
* kill: the same load while the gateway is killed without warning at 20 random moments.
* brain: load with the real advisor in its own process, messages spread over all examples; from the gateway's meters.
* memory: 20,000 updates, and the memory after each 5,000.
* history: claiming, answering and purging with a million rows of history.

The dialogue is scripted and takes 20 ms. Telegram's limit of 30 messages a second holds 50 a second back whatever the
gateway does, so the load is measured with that limit (25 a second, and how long 50 a second take) and without it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
import sqlalchemy as sa

from bench.installation import free_port
from bench.measure import children_of, percentile, resident_megabytes
from bench.sample import messages
from bot.store import Arrival, Database, Inbox, Seal
from bot.store.tables import DONE, SENT, inbox, outbox
from bot.store.upkeep import BATCH, DAY, purge_a_batch
from tests.databases import postgres_server, sqlite_in

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "telegram"))

from fake_bot_api import FakeBotApi
from killing import REAL, GatewayProcess, all_answered, outcome, quiet

CHATS, MESSAGES, KILLS, HISTORY = 200, 10, 20, 1_000_000
FIRST_CHAT = 7_100_000_001
UNLIMITED = "100000"
LISTS_READ = 5.0
"""Seconds after its first answer in which the advisor reads the lists of all languages (bot/dialogue/child_main.py)."""
EDGES = ("0.1", "0.2", "0.4", "0.8", "1.5")


async def load(name: str, url: str, per_second: float, limit: str, kills: int = 0) -> None:
    chance = random.Random(20)
    asked: dict[int, list[str]] = {FIRST_CHAT + number: [] for number in range(CHATS)}
    arrived: dict[str, float] = {}
    async with FakeBotApi() as api:
        process = GatewayProcess(api, url, TELEGRAM_PER_SECOND=limit)
        process.start()
        await process.is_up()
        begun = time.monotonic()
        killing = asyncio.create_task(_kill(process, api, kills, CHATS * MESSAGES / per_second, chance))
        for number in range(CHATS * MESSAGES):
            await asyncio.sleep(max(0.0, begun + number / per_second - time.monotonic()))
            chat = FIRST_CHAT + number % CHATS
            text = f"question {number}"
            asked[chat].append(text)
            arrived[f"answer to {text}"] = time.monotonic()
            api.say(chat, text)
        await killing
        whole = await all_answered(api, asked, asked, timeout=180)
        took = time.monotonic() - begun
        memory = resident_megabytes(process.pid)
        await quiet(api)
        await process.stop()
    waits = [1000 * (message.at - arrived[message.text]) for chat in asked for message in api.sent(chat)]
    found = outcome(api, asked)
    print(
        f"{name}: {CHATS * MESSAGES} messages at {per_second:g}/s, lost {found.lost}, twice {found.twice}, chats out "
        f"of order {found.unordered}, median {statistics.median(waits):.0f} ms, p95 {percentile(waits, 0.95):.0f} ms, "
        f"all answered after {took:.1f} s, {memory:.0f} MB" + ("" if whole else " (INCOMPLETE)"),
        flush=True,
    )


async def brain(name: str, url: str, per_second: float, count: int) -> None:
    """Times as the gateway measures them: from writing a message down to its first reply delivered."""
    texts = messages(count)
    async with FakeBotApi() as api, httpx.AsyncClient(timeout=60) as client:
        place = f"127.0.0.1:{free_port()}"
        process = GatewayProcess(api, url, REAL, TELEGRAM_PER_SECOND=UNLIMITED, ADVISOR_LISTEN=place)
        process.start()
        await process.is_up()
        api.say(FIRST_CHAT - 1, "/menu")
        await api.until(lambda: any("Fees" in str(sent.rows) for sent in api.sent(FIRST_CHAT - 1)), timeout=120)
        await asyncio.sleep(LISTS_READ)
        before = await _meters(client, place)
        begun = time.monotonic()
        for number, text in enumerate(texts):
            await asyncio.sleep(max(0.0, begun + number / per_second - time.monotonic()))
            api.say(FIRST_CHAT + number % CHATS, text)
        while (await _meters(client, place))["advisor_answers_total"] < before["advisor_answers_total"] + count:
            await asyncio.sleep(0.5)
        took = time.monotonic() - begun
        await quiet(api)
        after = await _meters(client, place)
        memory = resident_megabytes(process.pid) + sum(map(resident_megabytes, children_of(process.pid)))
        await process.stop()
    grown = {key: after[key] - before.get(key, 0.0) for key in after}
    bucket = "advisor_first_reply_seconds_bucket"
    shares = {edge: grown[f'{bucket}{{le="{edge}"}}'] / grown["advisor_first_reply_seconds_count"] for edge in EDGES}
    turn = 1000 * grown["advisor_turn_seconds_sum"] / grown["advisor_turn_seconds_count"]
    within = ", ".join(f"{1000 * float(edge):.0f} ms {100 * share:.1f} %" for edge, share in shares.items())
    print(
        f"{name}, real advisor: {count} messages at {per_second:g}/s, first reply within {within}; "
        f"a turn {turn:.0f} ms in the mean, {grown['advisor_stand_ins_total']:.0f} told to wait, "
        f"all answered after {took:.1f} s, {memory:.0f} MB",
        flush=True,
    )


async def _meters(client: httpx.AsyncClient, place: str) -> dict[str, float]:
    lines = (await client.get(f"http://{place}/metrics")).text.splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


async def memory(name: str, url: str) -> None:
    async with FakeBotApi() as api:
        process = GatewayProcess(api, url, TELEGRAM_PER_SECOND=UNLIMITED)
        process.start()
        await process.is_up()
        sizes = []
        for number in range(20_000):
            api.say(FIRST_CHAT + number % CHATS, f"question {number}")
            if number % 100 == 99:
                assert await api.until(lambda number=number: len(api._messages) > number, timeout=60)
            if number % 5_000 == 4_999 or number == 999:
                sizes.append(f"{resident_megabytes(process.pid):.0f} MB after {number + 1:,}")
        await process.stop()
    print(f"{name}: memory: {', '.join(sizes)}", flush=True)


async def _kill(process: GatewayProcess, api: FakeBotApi, kills: int, seconds: float, chance: random.Random) -> None:
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.2, 2 * seconds / kills - 0.2) / 2)
        process.kill()
        process.start()
        await process.is_up()


async def history(name: str, url: str) -> None:
    database = Database.open(url)
    now = time.time()
    database.run_now(lambda connection: _fill(connection, now))
    seal = Seal(b"the secret of the bench, which is long enough")
    rows = Inbox(database, seal)
    claims, takes, finishes, purges = [], [], [], []
    for number in range(300):
        update = 10_000_000 + number
        claims.append(await _milliseconds(rows.claim([Arrival(update, FIRST_CHAT + number, b"{}")])))
        takes.append(await _milliseconds(rows.take(update)))
        finishes.append(
            await _milliseconds(rows.finish(update, FIRST_CHAT + number, [b"an answer of some length" * 20]))
        )
    opens = [await _milliseconds(rows.open_ones()) for _ in range(50)]
    for _ in range(100):
        purges.append(await _milliseconds(database.run(purge_a_batch(30))))
    for what, times in (
        ("claim", claims),
        ("take up", takes),
        ("answer", finishes),
        ("look for open ones", opens),
        (f"purge of up to {BATCH} rows of each kind", purges),
    ):
        print(
            f"{name}, {HISTORY:,} rows of history: {what}: median {statistics.median(times):.1f} ms, "
            f"p95 {percentile(times, 0.95):.1f} ms, longest {max(times):.1f} ms",
            flush=True,
        )
    database.close()


async def _milliseconds(work) -> float:  # type: ignore[no-untyped-def]
    begun = time.perf_counter()
    await work
    return 1000 * (time.perf_counter() - begun)


def _fill(connection: sa.engine.Connection, now: float) -> None:
    """Half of it old enough to be purged."""
    numbers = range(1, HISTORY + 1)
    for start in range(0, HISTORY, 20_000):
        part = numbers[start : start + 20_000]
        ages = [(2.5 if number % 2 else 0.5) * DAY for number in part]
        connection.execute(
            sa.insert(inbox),
            [
                {"update_id": number, "chat": "", "state": DONE, "attempts": 1, "next_try": now - age,
                 "received": now - age, "done_at": now - age, "payload": None}
                for number, age in zip(part, ages, strict=True)
            ],
        )  # fmt: skip
        connection.execute(
            sa.insert(outbox),
            [
                {"update_id": number, "part": 0, "chat": f"{number % 50_000:032x}", "state": SENT, "priority": "person",
                 "attempts": 0, "not_before": now - age, "written": now - age, "ended": now - age, "message_id": number,
                 "forget": False, "chat_id": b"x" * 40, "content": None}
                for number, age in zip(part, ages, strict=True)
            ],
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["load", "kill", "brain", "memory", "history", []], default=[])
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL (started by pgserver) instead of SQLite")
    options = parser.parse_args()
    wanted = options.what or ["load", "kill", "brain", "memory", "history"]
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server(durable=True)) if options.postgres else None
        name = "PostgreSQL" if server else "SQLite"

        def fresh() -> str:
            if server is not None:
                return server.fresh()
            return sqlite_in(Path(stack.enter_context(tempfile.TemporaryDirectory())))

        if "load" in wanted:
            asyncio.run(load(f"{name}, no limit", fresh(), 50, UNLIMITED))
            asyncio.run(load(f"{name}, 30 a second", fresh(), 25, "30"))
            asyncio.run(load(f"{name}, 30 a second", fresh(), 50, "30"))
        if "kill" in wanted:
            asyncio.run(load(f"{name}, killed", fresh(), 50, UNLIMITED, KILLS))
        if "brain" in wanted:
            for per_second in (20, 30, 50):
                asyncio.run(brain(name, fresh(), per_second, CHATS * MESSAGES))
        if "memory" in wanted:
            asyncio.run(memory(name, fresh()))
        if "history" in wanted:
            asyncio.run(history(name, fresh()))


if __name__ == "__main__":
    main()
