"""The country of a place on the map."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
from scripted import ALICE, BOB, ScriptedDialogue, gateway
from test_webhook import opened

from bot.telegram import places
from bot.telegram.places import Nearest, Towns, country_at

DOHA = {"latitude": 25.28, "longitude": 51.53}
IN_QATAR = '/show_menu{"step":"place:QA"}'


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (25.28, 51.53, "QA"),
        (1.436, 103.786, "SG"),
        (1.4927, 103.7414, "MY"),
        (16.716, 98.57, "TH"),
        (16.689, 98.508, "MM"),
        (24.25, 55.79, "OM"),
        (24.2, 55.75, "AE"),
        (22.3, 114.17, "HK"),
        (27, 85, "NP"),
        (-10.0, 75.0, None),
        (91.0, 0.0, None),
        (0.0, 1e300, None),
        (float("nan"), 0.0, None),
        (10**400, 0, None),
        ("25", "51", None),
        (True, False, None),
        (None, None, None),
    ],
)
def test_the_country_of_a_place(latitude: object, longitude: object, country: str | None) -> None:
    assert country_at(latitude, longitude) == country


class SlowTowns:
    """Qatar everywhere, once ``gate`` is set. ``reads``: how often they were read, and not on the event loop."""

    def __init__(self) -> None:
        self.begun, self.gate, self.reads = threading.Event(), threading.Event(), 0

    def read(self) -> Nearest:
        assert threading.current_thread() is not threading.main_thread()
        self.reads += 1
        self.begun.set()
        assert self.gate.wait(30)
        return lambda place: {"latitude": place[0], "longitude": place[1], "country_code": "QA"}


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowTowns]:
    towns = SlowTowns()
    monkeypatch.setattr(places, "TOWNS", Towns(towns.read))
    yield towns
    towns.gate.set()


@pytest.mark.asyncio
async def test_while_the_towns_are_read_others_are_answered(slow: SlowTowns) -> None:
    """Those that came together with the place, and those that come after it; the same chat stays in order."""
    dialogue = ScriptedDialogue()
    async with opened(dialogue) as there:
        api = there.api

        async def deliver(update: int) -> None:
            assert await there.deliver(api._history[update]) == 200

        place = asyncio.create_task(deliver(api.send(ALICE, location=DOHA)))
        await asyncio.to_thread(slow.begun.wait, 30)
        after = asyncio.create_task(deliver(api.say(ALICE, "and then?")))
        second = asyncio.create_task(deliver(api.send(ALICE + 7, venue={"location": DOHA, "title": "", "address": ""})))
        await deliver(api.say(BOB, "hello"))
        await api.wait_for(BOB, 1)
        assert dialogue.heard() == ["hello"]
        slow.gate.set()
        await asyncio.gather(place, after, second)
        await api.wait_for(ALICE, 2)
        await api.wait_for(ALICE + 7, 1)
    assert sorted(dialogue.heard()) == sorted(["hello", IN_QATAR, "and then?", IN_QATAR])
    answers = [text for text in api.texts(ALICE) if text.startswith("answer")]
    assert answers == [f"answer to {IN_QATAR}", "answer to and then?"]
    assert slow.reads == 1


@pytest.mark.asyncio
async def test_of_one_poll_the_others_go_first(slow: SlowTowns) -> None:
    dialogue = ScriptedDialogue()
    gate = dialogue.hold("one")
    async with gateway(dialogue) as api:
        api.say(ALICE, "one")
        assert await dialogue.until(lambda: dialogue.turns)
        api.send(ALICE, location=DOHA)  # all three before anybody polls: nothing is awaited between
        api.say(ALICE, "and then?")
        api.say(BOB, "hello")
        await api.wait_for(BOB, 1)
        slow.gate.set()
        gate.set()
        await api.wait_for(ALICE, 3)
    assert dialogue.heard() == ["one", "hello", IN_QATAR, "and then?"]


@pytest.mark.asyncio
async def test_towns_that_cannot_be_read_cost_the_country_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Nearest:
        raise OSError("no such file")

    monkeypatch.setattr(places, "TOWNS", Towns(broken))
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.send(ALICE, location=DOHA)
        await api.wait_for(ALICE, 1)
    assert dialogue.heard() == ['/show_menu{"step":"place"}']
    assert "51.5" not in caplog.text


def test_the_towns_are_read_once_though_two_ask_at_the_same_time() -> None:
    slow = SlowTowns()
    towns = Towns(slow.read)
    threads = [threading.Thread(target=towns.load) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert slow.begun.wait(30)
    slow.gate.set()
    for thread in threads:
        thread.join()
    assert slow.reads == 1
