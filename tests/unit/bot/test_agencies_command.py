"""``advisor agencies import|show``"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from knowledge.agency_lists import list_of

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
        ({"--source": "http:"}, "http"),
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


def imported(csv_file: Path, as_of: str, *further: str) -> int:
    return main(["agencies", "import", str(csv_file), "--country", "NP", "--as-of", as_of, *SOURCE, *further])


def test_an_older_list_takes_the_place_of_a_newer_one_only_when_told(
    csv_file: Path, own_var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(csv_file, "2026-11-01") == 0
    assert imported(csv_file, "2020-11-01") == 1
    assert "newer: of 2026-11-01; --replace" in capsys.readouterr().err
    assert list_of("NP").as_of.year == 2026
    assert imported(csv_file, "2026-11-01") == 0, "the same day again, perhaps corrected"
    assert imported(csv_file, "2020-11-01", "--replace") == 0
    assert list_of("NP").as_of.year == 2020


def test_a_name_that_nobody_has_is_told(csv_file: Path, own_var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(csv_file, "2026-11-01")
    assert main(["agencies", "show", "zzyzx"]) == 1
    assert "nobody" in capsys.readouterr().err


@pytest.mark.parametrize("spoilt", ["{", "[]", "null", '{"as_of": "x", "source": "", "agencies": []}'])
def test_a_spoilt_file_is_one_line_no_list_for_people_and_can_be_imported_anew(
    csv_file: Path, own_var: Path, capsys: pytest.CaptureFixture[str], spoilt: str
) -> None:
    (own_var / "agencies").mkdir(parents=True)
    (own_var / "agencies" / "NP.json").write_text(spoilt)
    assert main(["agencies", "show"]) == 1
    assert "NP.json is spoilt: import the list again" in capsys.readouterr().err
    assert list_of("NP") is None
    assert imported(csv_file, "2026-11-01") == 0
    assert len(list_of("NP").agencies) == 2
