"""The gateway's own web server: Telegram's deliveries, and what a supervisor asks for."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fake_bot_api import FakeBotApi
from scripted import ALICE, ScriptedDialogue, settings_for, sorry
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot.settings import BadSettings, read_settings
from bot.store import Inbox
from bot.telegram import GatewayError, build_application, doors, running
from bot.telegram.application import Gateway
from bot.telegram.doors import SECRET_HEADER, CannotListen, WebServer

pytestmark = pytest.mark.asyncio
TOLD = "a-secret-for-the-webhook"
RIGHT = {SECRET_HEADER: TOLD}
URL = "https://advisor.example/telegram/hook"


class Opened:
    """The gateway behind its web server, and a client as Telegram's."""

    def __init__(self, api: FakeBotApi, gateway: Gateway, client: httpx.AsyncClient) -> None:
        self.api, self.gateway, self.client = api, gateway, client

    async def deliver(self, update: object, headers: dict[str, str] = RIGHT, **content: Any) -> int:
        body = content.get("content", json.dumps(update).encode())
        return (await self.client.post("/telegram/hook", content=body, headers=headers)).status_code


@asynccontextmanager
async def opened(dialogue: ScriptedDialogue, **others: Any) -> AsyncIterator[Opened]:
    async with FakeBotApi() as api:
        settings = settings_for(
            api,
            telegram_webhook_url=URL,
            telegram_webhook_secret=TOLD,
            advisor_listen="127.0.0.1:0",
            **others,
        )
        async with running(build_application(settings, dialogue, sorry)) as gateway:
            assert gateway.web is not None
            async with httpx.AsyncClient(base_url=gateway.web.address) as client:
                yield Opened(api, gateway, client)


def said(api: FakeBotApi, text: str, chat: int = ALICE) -> dict[str, Any]:
    """An update that the fake server would have handed out."""
    return api._history[api.say(chat, text)]


async def test_telegram_is_told_where_and_what_to_deliver() -> None:
    async with opened(ScriptedDialogue()) as there:
        [asked] = [called for method, called in there.api.calls if method == "setWebhook"]
        assert there.api.count("getUpdates") == there.api.count("deleteWebhook") == 0
    assert (asked["url"], asked["secret_token"]) == (URL, TOLD)
    assert asked["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert asked.get("drop_pending_updates") in (None, False)
    assert there.api.count("deleteWebhook") == 0, "what comes while we are down is for the next start"


async def test_a_delivery_is_answered_once(database_url: str) -> None:
    dialogue = ScriptedDialogue()
    async with opened(dialogue, database_url=database_url) as there:
        update = said(there.api, "hello")
        assert await there.deliver(update) == 200
        assert await there.deliver(update) == 200
        assert await asyncio.gather(*(there.deliver(update) for _ in range(10))) == [200] * 10
        assert await there.deliver(said(there.api, "then")) == 200
        await there.api.wait_for(ALICE, 2)
    assert dialogue.heard() == ["hello", "then"]


async def test_two_in_the_wrong_order_are_put_right_while_they_wait() -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("one")
    async with opened(dialogue) as there:
        one, two, three = (said(there.api, text) for text in ("one", "two", "three"))
        for update in (one, three, two):
            assert await there.deliver(update) == 200
        gate.set()
        await there.api.wait_for(ALICE, 3)
    assert dialogue.heard() == ["one", "two", "three"]


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: TOLD + "x"}, {SECRET_HEADER: "é"}], ids=str
)
async def test_without_the_secret_nothing_comes_in(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []
    real = hmac.compare_digest
    monkeypatch.setattr(doors.hmac, "compare_digest", lambda a, b: compared.append(a) or real(a, b))
    dialogue = ScriptedDialogue()
    async with opened(dialogue) as there:
        encoded = {name: value.encode("latin-1") for name, value in headers.items()}
        assert await there.deliver(said(there.api, "hello"), encoded) == 403  # type: ignore[arg-type]
    assert dialogue.turns == []
    assert len(compared) == 1, "in constant time"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not JSON", 400),
        (b"[" * 100_000, 400),
        (b"[]", 400),
        (b'{"message": {}}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 99999999999999999999}', 400),
        (b'{"update_id": 900001, "message": {"text": 5}}', 200),
        (b'{"update_id": 900002, "message": "nonsense"}', 200),
        (b'{"update_id": 900003, "something_new": {}}', 200),
        (b"x" * 1_100_000, 413),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_what_is_no_update_harms_nobody(body: bytes, status: int, caplog: pytest.LogCaptureFixture) -> None:
    dialogue = ScriptedDialogue()
    async with opened(dialogue) as there:
        assert await there.deliver(None, content=body) == status
        assert await there.deliver(said(there.api, "hello")) == 200
        await there.api.wait_for(ALICE, 1)
    assert dialogue.heard() == ["hello"]
    assert "nonsense" not in caplog.text


async def test_what_cannot_be_written_down_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    real, refusals = Inbox.claim, [1, 2]

    async def claim(self: Inbox, arrivals):  # type: ignore[no-untyped-def]
        if refusals:
            refusals.pop()
            raise OperationalError("x", {}, OSError("gone"))
        return await real(self, arrivals)

    monkeypatch.setattr(Inbox, "claim", claim)
    async with opened(ScriptedDialogue()) as there:
        update = said(there.api, "hello")
        assert [await there.deliver(update) for _ in range(3)] == [503, 503, 200]
        await there.api.wait_for(ALICE, 1)


async def test_only_what_is_meant_is_there() -> None:
    async with opened(ScriptedDialogue()) as there:
        answers = {path: (await there.client.get(path)).status_code for path in ("/healthz", "/readyz", "/", "/docs")}
        assert answers == {"/healthz": 200, "/readyz": 200, "/": 404, "/docs": 404}
        assert (await there.client.get("/telegram/hook")).status_code == 405
        there.gateway.ended.set()
        assert (await there.client.get("/readyz")).status_code == 503


async def test_the_meters_count_and_name_nobody() -> None:
    async with opened(ScriptedDialogue()) as there:
        update = said(there.api, "my boss locked me in")
        for _ in range(2):
            await there.deliver(update)
        await there.api.wait_for(ALICE, 1)
        await asyncio.sleep(0.1)
        shown = (await there.client.get("/metrics")).text
    for line in (
        "advisor_updates_total 1.0",
        "advisor_updates_repeated_total 1.0",
        "advisor_messages_delivered_total 1.0",
        "advisor_first_reply_seconds_count 1.0",
        "advisor_updates_waiting 0.0",
    ):
        assert line in shown
    for secret in ("locked me", str(ALICE), TOLD):
        assert secret not in shown


async def test_health_can_be_asked_for_while_polling_too() -> None:
    async with FakeBotApi() as api:
        build = build_application(settings_for(api, advisor_listen="127.0.0.1:0"), ScriptedDialogue(), sorry)
        async with running(build) as gateway:
            assert gateway.web is not None
            async with httpx.AsyncClient(base_url=gateway.web.address) as client:
                assert (await client.get("/healthz")).text == "ok"
                assert (await client.post("/telegram/hook", content=b"{}")).status_code == 404
            api.say(ALICE, "hello")
            await api.wait_for(ALICE, 1)


async def test_a_place_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    async with opened(ScriptedDialogue()) as there:
        assert there.gateway.web is not None
        place = there.gateway.web.address.removeprefix("http://")
        with pytest.raises(GatewayError, match=r"^ADVISOR_LISTEN: "):
            async with running(
                build_application(
                    settings_for(there.api, advisor_listen=place, advisor_var=tmp_path), ScriptedDialogue(), sorry
                )
            ):
                pass


@pytest.mark.parametrize("place", ["192.0.2.1:80", "a..b:80"])
async def test_a_place_that_is_none_of_ours_is_told_as_such(place: str) -> None:
    with pytest.raises(CannotListen, match=r"^ADVISOR_LISTEN: "):
        WebServer(Starlette(), place)


@pytest.mark.parametrize("secret", ["", "short", "with spaces and more of them"])
async def test_a_webhook_needs_a_secret(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", URL)
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", secret)
    with pytest.raises(BadSettings, match="TELEGRAM_WEBHOOK_SECRET"):
        read_settings()
