"""What an operator is told of the help desks before anybody else meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.desks import listed, refuse_broken_desks
from bot.cli.main import main

BROKEN = "desks:\n  a:\n    name: A\n    chat: 4242\n    hours: {mon: 9 to 5}\n"
GOOD = """desks:
  a: {name: A, chat: -4242, pairs: [NP-QA, 'NP-*'], languages: [ne], country: NP, hours: {mon: 09:00-17:00}}
"""


@pytest.fixture
def file(own_var: Path) -> Path:
    own_var.mkdir()
    return own_var / "desks.yml"


def test_no_desks_is_no_fault() -> None:
    refuse_broken_desks()
    assert listed().startswith("none")


def test_desks_are_listed_without_their_groups(file: Path) -> None:
    file.write_text(GOOD)
    assert listed() == "a (A: NP-QA NP-*, ne, hours of Asia/Kathmandu)"


def test_run_refuses_a_broken_file_in_one_line(file: Path, capsys: pytest.CaptureFixture) -> None:
    file.write_text(BROKEN)
    assert main(["run"]) == 1
    said = capsys.readouterr()
    assert said.err == (
        "advisor: desks.yml line 4: chat: must be the id of a group, a negative number that mostly begins with -100 "
        "(and 1 more: `advisor doctor`)\n"
    )
    assert said.out == ""


def test_doctor_shows_every_fault_on_a_line_of_its_own(file: Path, capsys: pytest.CaptureFixture) -> None:
    file.write_text(BROKEN)
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": must")[0] for line in lines if "desks" in line] == [
        "FAULT desks: desks.yml line 4: chat",
        "FAULT desks: desks.yml line 5: hours.mon",
    ]
    assert any(line.startswith("ok    facts: ") for line in lines), "it goes on"
