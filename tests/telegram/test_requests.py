"""Requests to Telegram, against the fake Bot API over HTTP: what comes back, and what is known when nothing does."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from fake_bot_api import TOKEN, FakeBotApi, Fault
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.telegram.probing import may_have_arrived
from bot.telegram.requests import NeverLeft, Requests

ALICE = 7100000001


def bot_at(base: str, patience: float = 10.0) -> Bot:
    return Bot(TOKEN, base_url=base, request=Requests(4, patience), get_updates_request=Requests(1, patience))


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


async def test_words_in_any_script_and_a_picture_arrive(api: FakeBotApi) -> None:
    async with bot_at(api.base) as bot:
        await bot.send_message(ALICE, "शुल्क & فیس = ၁၀၀%+")
        await bot.send_photo(ALICE, b"\x89PNG\r\n\x1a\n of a chart", caption="ចំណាយ")
    assert api.texts(ALICE) == ["शुल्क & فیس = ၁၀၀%+", "ចំណាយ"]


async def test_what_telegram_refuses_is_told_and_has_not_arrived(api: FakeBotApi) -> None:
    api.fail("sendMessage", Fault(status=400))
    async with bot_at(api.base) as bot:
        with pytest.raises(BadRequest) as caught:
            await bot.send_message(ALICE, "hello")
    assert not may_have_arrived(caught.value)


async def test_an_answer_that_never_comes_leaves_it_open_whether_the_message_arrived(api: FakeBotApi) -> None:
    async with bot_at(api.base) as bot:
        api.fail("sendMessage", Fault(drop="response"))
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(ALICE, "hello")
    assert may_have_arrived(caught.value)
    assert api.texts(ALICE) == ["hello"]


async def test_so_does_one_that_takes_too_long(api: FakeBotApi) -> None:
    async with bot_at(api.base) as bot:
        api.fail("sendMessage", Fault(delay=30))
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(
                ALICE, "hello", read_timeout=0.1, write_timeout=0.1, connect_timeout=0.1, pool_timeout=0.1
            )
    assert may_have_arrived(caught.value)


async def test_where_nobody_listens_nothing_has_left(api: FakeBotApi) -> None:
    async with bot_at(api.base) as bot:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        bot._base_url = f"http://127.0.0.1:{port}/bot{TOKEN}"
        with pytest.raises(NeverLeft) as caught:
            await bot.send_message(ALICE, "hello")
    assert not may_have_arrived(caught.value)


async def test_no_error_tells_the_token(api: FakeBotApi) -> None:
    async with bot_at(api.base) as bot:
        api.fail("sendMessage", Fault(drop="request"))
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(ALICE, "hello")
    assert TOKEN not in str(caught.value)


async def test_waiting_for_a_free_connection_in_vain_is_known_not_to_have_left(api: FakeBotApi) -> None:
    """Both of two connections are taken by answers that do not come."""
    requests = Requests(2, 10.0)
    async with Bot(TOKEN, base_url=api.base, request=requests, get_updates_request=Requests(1, 10.0)) as bot:
        api.fail("sendMessage", Fault(delay=30, times=2))
        stuck = [asyncio.create_task(bot.send_message(ALICE + number, "first")) for number in (1, 2)]
        await api.wait_for_call("sendMessage", 2)
        with pytest.raises(NeverLeft):
            await bot.send_message(ALICE, "hello", pool_timeout=0.05, connect_timeout=0.05)
        for task in stuck:
            task.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)
    assert api.count("sendMessage") == 2
