"""Danger said to a desk is found at once, by words; by the whole detector when it is there."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.desk import danger
from bot.desk.danger import Detecting
from nlu.danger.detector import DangerDetector
from nlu.danger.levels import NO_DANGER, Danger


def test_words_of_danger_are_found_before_any_model_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DangerDetector, "load", _not_allowed)
    assert Detecting().danger_in("he beats me and locked me in").level != "none"
    assert Detecting().danger_in("good morning") == NO_DANGER
    assert Detecting().danger_in(" \n") == NO_DANGER


def test_the_whole_detector_is_read_once_it_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that is half there, while a first training goes on, leaves the wordings, and is looked for again."""
    half = tmp_path / "half.npz"
    half.write_bytes(b"PK\x03\x04 not much of an archive")
    monkeypatch.setattr("bot.training.INTENTS", half)
    detecting = Detecting()
    assert not detecting.load().is_whole
    assert detecting.danger_in("he beats me").kind == "violence"
    whole = DangerDetector()
    monkeypatch.setattr(DangerDetector, "is_whole", True)
    monkeypatch.setattr(DangerDetector, "load", lambda path: whole)
    assert detecting.load() is whole
    assert detecting.load() is whole


def test_a_fault_of_the_detector_stops_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DangerDetector, "danger_in", _broken)
    assert Detecting().danger_in("he beats me") == NO_DANGER


def _not_allowed(model: Path) -> DangerDetector:
    raise AssertionError("nothing may wait for it")


def _broken(self: DangerDetector, message: str) -> Danger:
    raise ValueError


def test_when_many_wait_for_it_the_wordings_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end, begun = threading.Event(), threading.Event()
    by_words = Danger("possible", "violence")

    class Slow:
        is_whole = True

        def danger_in(self, message: str) -> Danger:
            begun.set()
            may_end.wait(10)
            return NO_DANGER

    monkeypatch.setattr(danger, "MOST_WAITING", 1)
    monkeypatch.setattr(DangerDetector, "load", lambda path: Slow())
    monkeypatch.setattr(DangerDetector, "danger_in", lambda self, message: by_words)
    detecting = Detecting()
    detecting.load()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(detecting.danger_in, "help")
        assert begun.wait(10)
        assert detecting.danger_in("help") == by_words
        may_end.set()
        assert slow.result(10) == NO_DANGER
    assert detecting.danger_in("help") == NO_DANGER, "nobody is in line any more"
