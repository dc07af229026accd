"""The real gateway under hostile updates, by polling and by webhook, and what can be said of it afterwards."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fake_bot_api import FakeBotApi
from hostile import FIRST_CHAT, MARKER
from scripted import settings_for, stored

from bot.dialogue import Button, Dialogue, Reply, Turn
from bot.settings import Settings
from bot.store.tables import DONE, PARKED, inbox, outbox
from bot.telegram import build_application, running
from bot.telegram.application import Gateway
from bot.telegram.doors import LARGEST, SECRET_HEADER
from translations.languages import spoken
from translations.localizer import Localizer

ANSWER, SORRY = "an answer", "an apology"
TOLD = "a-secret-for-the-webhook"
PATIENCE = 300.0

NO_UPDATES = (
    (b"", 400), (b"\xff\xfe", 400), (b"{", 400), (b"[]", 400), (b"null", 400), (b'"text"', 400), (b"1", 400),
    (b'{"message": {}}', 400), (b'{"update_id": true}', 400), (b'{"update_id": -1}', 400), (b'{"update_id": 1.5}', 400),
    (b'{"update_id": "1"}', 400), (b'{"update_id": 9223372036854775808}', 400), (b'{"update_id": NaN}', 400),
    (b"[" * 100_000, 400), (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400), (b"x" * (LARGEST + 1), 413),
)  # fmt: skip
"""What a webhook may be sent that is no update, and what it answers."""


class Stoic:
    """Answers everything alike; what begins with RAISE fails each time, quoting it."""

    def __init__(self) -> None:
        self.turns = 0
        self.kinds: Counter[str] = Counter()

    async def send(self, turn: Turn) -> list[Reply]:
        self.turns += 1
        self.kinds["button or kind" if turn.payload else "text"] += 1
        assert turn.payload is not None or not turn.message.startswith("/") or turn.message.startswith("/show_menu")
        if turn.message.startswith("RAISE"):
            raise ValueError(turn.message)
        return [Reply(ANSWER, [Button("Menu", "/show_menu")])]

    async def close(self) -> None:
        """Nothing to let go of."""


@dataclass
class Outcome:
    """``faults``: what should not have happened, one line each, without the text of an update."""

    updates: int = 0
    answered: int = 0
    parked: int = 0
    unreadable: int = 0
    messages: int = 0
    groups_left: int = 0
    log_lines: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


async def withstand(updates: Sequence[dict[str, Any]], var: Path, dialogue: Dialogue | None = None) -> Outcome:
    """One half of the updates by polling, the other by webhook, together with what is no update at all.

    ``dialogue``: another one than the Stoic; then what it says is not compared.
    """
    outcome = Outcome(updates=len(updates))
    begun = time.monotonic()
    half = len(updates) // 2
    with _listening() as logged:
        for name, part in (("polling", updates[:half]), ("webhook", updates[half:])):
            settings = {"advisor_var": var / name, "telegram_per_second": 1_000_000}
            async with _serving(name == "webhook", dialogue or Stoic(), settings) as (api, gateway):
                try:
                    await (_by_webhook(gateway, part, outcome) if gateway.web else _by_polling(api, part))
                    await asyncio.wait_for(_all_worked_off(gateway, len(part)), PATIENCE)
                except asyncio.TimeoutError:
                    outcome.faults.append(f"{name}: not worked off in {PATIENCE:g} s")
                if gateway.ended.is_set():
                    outcome.faults.append(f"{name}: the gateway gave up")
                outcome.unreadable += int(gateway.meters.unreadable._value.get())
            _look_at_database(name, Settings(advisor_var=var / name), part, outcome)
            _look_at_messages(name, api, outcome, is_known=dialogue is None)
    _look_at_logs(logged, outcome)
    outcome.seconds = time.monotonic() - begun
    return outcome


@asynccontextmanager
async def _serving(
    by_webhook: bool, dialogue: Dialogue, settings: dict[str, Any]
) -> AsyncIterator[tuple[FakeBotApi, Gateway]]:
    hook = {"telegram_webhook_url": "https://advisor.example/hook", "telegram_webhook_secret": TOLD}
    more = {**hook, "advisor_listen": "127.0.0.1:0"} if by_webhook else {}
    async with FakeBotApi() as api:
        gateway = build_application(settings_for(api, **settings, **more), dialogue, lambda locale: Reply(SORRY))
        async with running(gateway):
            yield api, gateway


async def _by_polling(api: FakeBotApi, updates: Sequence[dict[str, Any]]) -> None:
    api._updates.extend(updates)
    api.changed()


async def _by_webhook(gateway: Gateway, updates: Sequence[dict[str, Any]], outcome: Outcome) -> None:
    assert gateway.web is not None
    bodies = [(json.dumps(update).encode(), 200) for update in updates]
    async with httpx.AsyncClient(base_url=gateway.web.address, timeout=60) as client:

        async def deliver(body: bytes, expected: int) -> None:
            answer = await client.post("/hook", content=body, headers={SECRET_HEADER: TOLD})
            if answer.status_code != expected:
                outcome.faults.append(f"webhook: {answer.status_code} instead of {expected}")
            if answer.text:
                outcome.faults.append("webhook: it says something")

        for place in range(0, len(bodies), 20):
            await asyncio.gather(*(deliver(*body) for body in bodies[place : place + 20]))
        for body in NO_UPDATES:
            await deliver(*body)


async def _all_worked_off(gateway: Gateway, number: int) -> None:
    while gateway.meters.taken_in._value.get() < number or gateway._workers._lines or gateway._courier._tasks:
        await asyncio.sleep(0.02)


def _look_at_database(name: str, settings: Settings, updates: Sequence[dict[str, Any]], outcome: Outcome) -> None:
    rows = stored(settings, inbox)
    missing = {update["update_id"] for update in updates} - {row.update_id for row in rows}
    if missing:
        outcome.faults.append(f"{name}: {len(missing)} updates are not written down")
    outcome.parked += sum(row.state == PARKED for row in rows)
    undone = sum(row.state not in (DONE, PARKED) for row in rows)
    undelivered = sum(row.content is not None for row in stored(settings, outbox))
    if undone or undelivered:
        outcome.faults.append(f"{name}: {undone} updates and {undelivered} messages are left over")


def _look_at_messages(name: str, api: FakeBotApi, outcome: Outcome, is_known: bool) -> None:
    sentences = {ANSWER, SORRY, *(Localizer.of(code).text("edited.answer") for code in spoken())}
    sentences |= {Localizer.of(code).text("group.private", link="https://t.me/advisor_test_bot") for code in spoken()}
    outcome.messages += len(api._messages)
    outcome.answered += sum(message.text == ANSWER for message in api._messages)
    outcome.groups_left += len({str(called["chat_id"]) for called in api.called("leaveChat")})
    strange = sum(is_known and message.text not in sentences for message in api._messages)
    debris = sum(any(word in message.text for word in ("Traceback", "Error", MARKER)) for message in api._messages)
    if strange or debris:
        outcome.faults.append(f"{name}: {strange} messages that nobody wrote, {debris} with debris")


def _look_at_logs(logged: list[str], outcome: Outcome) -> None:
    outcome.log_lines = len(logged)
    chats = str(FIRST_CHAT)[:6]
    telling = sum(MARKER in line or chats in line for line in logged)
    if telling:
        outcome.faults.append(f"{telling} log lines with a text or a chat")
    ours = ("the dialogue failed: ValueError", "an update cannot be read", "a group is not left")
    for line, times in Counter(line for line in logged if line.startswith(("ERROR", "CRITICAL"))).items():
        if not any(known in line for known in ours):
            outcome.faults.append(f"{times} times in the log: {line[:200]}")


@contextmanager
def _listening() -> Iterator[list[str]]:
    """All log lines, of every level and every library, with their tracebacks."""
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    listener, root = Listener(), logging.getLogger()
    listener.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    before = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(listener)
        root.setLevel(before)
