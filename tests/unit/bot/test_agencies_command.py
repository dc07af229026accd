"""``advisor agencies import|show``"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main

SOURCE = ["--source", "https://office.example/list"]


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "agencies.csv"
    path.write_text("name,licence_number,status\nGolden Falcon Overseas,12/3,valid\nQuiet Lake,4,expired\n", "utf-8")
    return path


def test_import_then_show(csv_file: Path, own_var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agencies", "import", str(csv_file), "--country", "np", "--as-of", "2026-11-01", *SOURCE]) == 0
    assert "2 agencies of NP as of 2026-11-01" in capsys.readouterr().out
    assert main(["agencies", "show", "goldan falcon"]) == 0
    shown = capsys.readouterr().out
    assert "NP: 2 agencies as of 2026-11-01, https://office.example/list" in shown
    assert "Golden Falcon Overseas  12/3  valid" in shown
    assert "Quiet Lake" not in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"--country": "Nepal"}, "ISO 3166"),
        ({"--source": "a friend"}, "http"),
        ({"--as-of": "2999-01-01"}, "still to come"),
    ],
)
def test_a_wrong_option_is_one_line(
    csv_file: Path, own_var: Path, capsys: pytest.CaptureFixture[str], wrong: dict[str, str], says: str
) -> None:
    options = {"--country": "NP", "--as-of": "2026-11-01", "--source": SOURCE[1], **wrong}
    arguments = [part for pair in options.items() for part in pair]
    assert main(["agencies", "import", str(csv_file), *arguments]) == 2
    told = capsys.readouterr().err.strip()
    assert says in told
    assert "\n" not in told


def test_a_missing_file_and_a_missing_list_are_one_line(own_var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agencies", "import", "nowhere.csv", "--country", "NP", "--as-of", "2026-11-01", *SOURCE]) == 1
    assert "nowhere.csv: No such file" in capsys.readouterr().err
    assert main(["agencies", "show", "--country", "NP"]) == 1
    assert "no list of agencies of NP" in capsys.readouterr().err
