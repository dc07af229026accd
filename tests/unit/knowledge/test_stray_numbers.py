"""Phone numbers outside knowledge/ are found, other figures are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.base import FactBase
from knowledge.stray_numbers import stray_numbers


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for folder in ("actions", "bot", "nlu/rules", "translations/ne/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("actions/answer.py", 'TEXT = "call +977-1-5970008 now"\n'),
        ("bot/x.py", 'say("call 1140")\n'),
        ("domain.yml", "text: ring 16008\n"),
        ("nlu/rules/a.yml", "# 0800 222 223\n"),
        ("translations/ne/LC_MESSAGES/messages.po", 'msgid "a"\nmsgstr "1140 मा फोन गर्नुहोस्"\n'),
    ],
)
def test_a_phone_number_outside_knowledge_is_found(house: Path, file: str, content: str) -> None:
    (house / file).write_text(content, encoding="utf-8")
    (stray,) = stray_numbers(house, FactBase.load())
    assert str(stray).startswith(file)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("actions/answer.py", '"""Such as 1140 or +977-1-5970008."""\nLIMIT = 4096\nDAY = "2026-11-21"\n'),
        ("domain.yml", "session_expiration_time: 1440\n"),
        ("translations/ne/LC_MESSAGES/messages.po", '"POT-Creation-Date: 2026-11-21 03:31+0000\\n"\n'),
    ],
)
def test_other_figures_are_left_alone(house: Path, file: str, content: str) -> None:
    (house / file).write_text(content, encoding="utf-8")
    assert stray_numbers(house, FactBase.load()) == []


def test_this_project_has_none() -> None:
    from knowledge.stray_numbers import ROOT

    assert stray_numbers(ROOT, FactBase.load()) == []
