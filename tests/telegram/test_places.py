"""The country of a place on the map: one where it is clear, both sides where a border is near."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from scripted import ALICE, BOB, ScriptedDialogue, gateway
from test_webhook import opened

from bot.telegram import places
from bot.telegram.borders import Towns
from bot.telegram.places import Atlas, countries_at

DOHA = {"latitude": 25.28, "longitude": 51.53}
IN_QATAR = '/show_menu{"step":"place:QA"}'


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "country"),
    [
        ("Doha", 25.28, 51.53, "QA"),
        ("Dubai", 25.2, 55.27, "AE"),
        ("Ruwais", 24.11, 52.73, "AE"),
        ("Kuwait", 29.37, 47.97, "KW"),
        ("Riyadh", 24.7, 46.7, "SA"),
        ("Muscat", 23.59, 58.4, "OM"),
        ("Geylang", 1.315, 103.89, "SG"),
        ("Kuala Lumpur", 3.14, 101.69, "MY"),
        ("Shatin", 22.3813, 114.1889, "HK"),
        ("Kathmandu", 27.7, 85.3, "NP"),
        ("Dhaka", 23.8, 90.4, "BD"),
        ("Taveuni, beside the 180th degree", -16.85, -179.97, "FJ"),
        ("the same from its other side", -16.85, 180.0, "FJ"),
    ],
)
def test_away_from_borders_it_is_one_country(place: str, latitude: float, longitude: float, country: str) -> None:
    assert countries_at(latitude, longitude) == (country,)


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "country"),
    [
        ("Tuas South, dormitories", 1.2953, 103.63, "SG"),
        ("Tuas View, dormitories", 1.2987, 103.6163, "SG"),
        ("Tuas checkpoint", 1.348, 103.636, "SG"),
        ("Woodlands checkpoint", 1.4468, 103.769, "SG"),
        ("Johor Bahru", 1.4655, 103.7578, "MY"),
        ("Hili, Al Ain", 24.27, 55.77, "AE"),
        ("Buraimi", 24.2509, 55.7931, "OM"),
        ("the bridge of Mae Sot, this side", 16.692, 98.518, "TH"),
        ("Myawaddy", 16.6894, 98.5089, "MM"),
        ("KK Park", 16.646, 98.517, "MM"),
        ("Shwe Kokko", 16.819, 98.525, "MM"),
        ("Bavet", 11.07, 106.15, "KH"),
        ("Moc Bai", 11.07, 106.22, "VN"),
        ("O Smach", 14.43, 103.69, "KH"),
        ("Poipet", 13.656, 102.564, "KH"),
        ("Golden Triangle", 20.36, 100.1, "LA"),
        ("Vientiane", 17.9757, 102.6331, "LA"),
        ("Laukkai", 23.69, 98.76, "MM"),
        ("Lok Ma Chau", 22.514, 114.065, "HK"),
        ("Ghuwaifat", 24.12, 51.59, "AE"),
        ("Batha", 24.2, 51.45, "SA"),
        ("Salmi", 29.1, 46.67, "KW"),
        ("Kakarbhitta", 26.644, 88.156, "NP"),
    ],
)
def test_near_a_border_the_right_country_is_among_those_offered(
    place: str, latitude: float, longitude: float, country: str
) -> None:
    found = countries_at(latitude, longitude)
    assert country in found
    assert 2 <= len(found) <= 3


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (-10.0, 75.0),
        (91.0, 0.0),
        (0.0, 1e300),
        (float("nan"), 0.0),
        (10**400, 0),
        ("25", "51"),
        (True, False),
        (None, None),
    ],
)
def test_what_is_no_place_or_far_from_everything_has_none(latitude: object, longitude: object) -> None:
    assert countries_at(latitude, longitude) == ()


class SlowTowns:
    """Qatar everywhere, once ``gate`` is set. ``reads``: how often they were read, and not on the event loop."""

    def __init__(self) -> None:
        self.begun, self.gate, self.reads = threading.Event(), threading.Event(), 0

    def read(self) -> Towns:
        assert threading.current_thread() is not threading.main_thread()
        self.reads += 1
        self.begun.set()
        assert self.gate.wait(30)
        return Towns(np.array(["QA"]), np.radians([DOHA["latitude"]]), np.radians([DOHA["longitude"]]))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowTowns]:
    towns = SlowTowns()
    monkeypatch.setattr(places, "ATLAS", Atlas(towns.read))
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
    def broken() -> Towns:
        raise OSError("no such file")

    monkeypatch.setattr(places, "ATLAS", Atlas(broken))
    dialogue = ScriptedDialogue()
    async with gateway(dialogue) as api:
        api.send(ALICE, location=DOHA)
        await api.wait_for(ALICE, 1)
    assert dialogue.heard() == ['/show_menu{"step":"place"}']
    assert "51.5" not in caplog.text


def test_the_towns_are_read_once_though_two_ask_at_the_same_time() -> None:
    slow = SlowTowns()
    towns = Atlas(slow.read)
    threads = [threading.Thread(target=towns.load) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert slow.begun.wait(30)
    slow.gate.set()
    for thread in threads:
        thread.join()
    assert slow.reads == 1
