"""``advisor link``"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from tests.unit.bot.qr import read, read_letters

BOT = ["link", "--bot", "advisor_test_bot"]


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ([], "https://t.me/advisor_test_bot"),
        (["--from", "np", "--to", "QA", "--lang", "ne"], "https://t.me/advisor_test_bot?start=NP-QA-ne"),
        (["--to", "QA"], "https://t.me/advisor_test_bot?start=-QA"),
        (["--lang", "fil", "--topic", "fees"], "https://t.me/advisor_test_bot?start=fil_fees"),
    ],
)
def test_the_link_is_all_that_a_pipe_gets(options: list[str], address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*BOT, *options]) == 0
    assert capsys.readouterr().out == address + "\n"


@pytest.mark.parametrize(("name", "begins"), [("poster.png", b"\x89PNG"), ("poster.SVG", b"<?xml")])
def test_the_code_is_written(name: str, begins: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*BOT, "--from", "NP", "--qr", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert read(tmp_path / name) == "https://t.me/advisor_test_bot?start=NP"
    assert capsys.readouterr().out == "https://t.me/advisor_test_bot?start=NP\n"


def test_the_code_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*BOT, "--qr", "-"]) == 0
    address, *code = capsys.readouterr().out.splitlines()
    assert address == "https://t.me/advisor_test_bot"
    assert read_letters(code) == address


@pytest.mark.parametrize(
    ("options", "says", "status"),
    [
        ([*BOT, "--from", "Nepal"], "ISO 3166", 2),
        ([*BOT, "--lang", "xx"], "unknown language", 2),
        ([*BOT, "--topic", "exit"], "unknown topic", 2),
        ([*BOT, "--qr", "poster.jpg"], ".png or .svg", 2),
        ([*BOT, "--qr", "nowhere/at/all/poster.png"], "poster.png", 1),
        (["link", "--bot", "my bot"], "--bot", 2),
        (["link"], "TELEGRAM_BOT_TOKEN is not set", 1),
    ],
)
def test_what_is_wrong_is_one_line(
    options: list[str], says: str, status: int, own_var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options) == status
    told = capsys.readouterr().err.strip()
    assert says in told
    assert "\n" not in told
