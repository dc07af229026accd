"""As few messages on the wire as keep up the pace, and never held up by some that hang."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.telegram.wire import LEAST, MOST, Wire

pytestmark = pytest.mark.asyncio


async def send_all(wire: Wire, seconds: list[float]) -> tuple[int, list[int]]:
    """How many were under way at most, and in which order they went."""
    most = 0
    under_way: set[int] = set()
    order: list[int] = []

    async def one(number: int) -> None:
        nonlocal most
        async with wire.room():
            order.append(number)
            under_way.add(number)
            most = max(most, len(under_way))
            await asyncio.sleep(seconds[number])
            under_way.remove(number)

    await asyncio.gather(*(one(number) for number in range(len(seconds))))
    return most, order


async def test_where_telegram_is_quick_two_at_a_time_and_in_order() -> None:
    most, order = await send_all(Wire(), [0.005] * 60)
    assert most == LEAST
    assert order == list(range(60))


async def test_where_telegram_is_slow_more_go_at_once() -> None:
    begun = time.monotonic()
    most, _ = await send_all(Wire(), [0.3] * 120)
    assert LEAST < most <= MOST
    assert time.monotonic() - begun < 8


async def test_some_that_hang_do_not_hold_up_the_others() -> None:
    wire = Wire()
    hanging = [asyncio.create_task(send_all(wire, [5.0])) for _ in range(5)]
    await asyncio.sleep(0)
    begun = time.monotonic()
    await send_all(wire, [0.005] * 20)
    assert time.monotonic() - begun < 2
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
    assert wire.width() >= LEAST
