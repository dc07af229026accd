"""``advisor report``: the right numbers, and none that could be about one person, shown or worked out."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import random
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.figures import CaseFigures, counting, note_case, questions, report
from bot.figures.counting import Count
from bot.figures.month import Month
from bot.figures.suppression import SMALLEST, may_be_shown, rounded, safe
from bot.settings import read_settings
from bot.store import Database, Seal

DAY = datetime.date(2026, 11, 5)
NOVEMBER = Month(datetime.date(2026, 11, 1), datetime.date(2026, 12, 1))
SEAL = Seal(b"the secret of today, long enough" * 2)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "today", lambda: datetime.date(2026, 11, 21))


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    opened = Database.open(database_url)
    yield opened
    opened.close()


def happened(database: Database, times: int, *found: Count, day: datetime.date = DAY) -> None:
    def work(connection) -> None:  # type: ignore[no-untyped-def]
        for _ in range(times):
            counting.add(connection, day, found)

    database.run_now(work)


def turn(topic: str = "ask_fees", language: str = "ne", origin: str = "NP", destination: str = "QA") -> Count:
    return Count("turn", topic, language, origin, destination)


def tables(database: Database) -> dict[str, dict[str, list[str]]]:
    """Key of the table → label → cells."""
    made = database.run_now(lambda connection: report.report_of(connection, SEAL, NOVEMBER, 30))
    return {table.key: {label: list(cells) for label, cells in table.rows} for table in made.tables}


def shown(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    status = main(["report", *options])
    out, err = capsys.readouterr()
    return status, out, err


# --- No small count is shown, or can be worked out ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "left", "others", "total"),
    [
        ({"a": [20], "b": [10]}, {"a": (20,), "b": (10,)}, None, (30,)),
        ({"a": [20], "b": [11], "c": [3]}, {"a": (20,)}, (15,), (35,)),
        ({"a": [30], "b": [20], "c": [3], "d": [4]}, {"a": (30,)}, (25,), (55,)),
        ({"a": [4], "b": [2]}, {}, (5,), (5,)),
        ({"a": [4], "b": [4]}, {}, None, None),
        ({"a": [20], "b": [1], "c": [2]}, {}, (25,), (25,)),
        ({"a": [3], "b": [1]}, {}, None, None),
        ({"a": [4]}, {}, None, None),
        ({}, {}, None, None),
        ({"a": [10, 0], "b": [5, 5]}, {"a": (10, 0), "b": (5, 5)}, None, (15, 5)),
        ({"a": [60, 2], "b": [50, 7], "c": [40, 8]}, {"b": (50, 5)}, (100, 10), (150, 15)),
        ({"a": [60, 2], "b": [50, 17], "c": [40, 8]}, {"b": (50, 15)}, (100, 10), (150, 25)),
    ],
)
def test_rows_with_small_counts_are_put_together(rows: dict, left: dict, others: tuple, total: tuple) -> None:
    found = safe(rows)
    assert (dict(found.rows), found.others, found.total) == (left, others, total)


def test_nothing_shown_is_small() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        columns = chance.randint(1, 3)
        rows = {label: [chance.choice((0, 1, 3, 4, 5, 9, 60)) for _ in range(columns)] for label in "abcdef"}
        found = safe(rows)
        cells = [cells for _, cells in found.rows] + [found.others or (), found.total or ()]
        assert all(may_be_shown(*each) for each in cells)
        assert found.total is not None or not found.rows
        for label, _ in found.rows:
            assert may_be_shown(*rows[label])


@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_no_small_count_can_be_worked_out_from_its_table(rows: int) -> None:
    """Of every small table: to what is shown belong several tables, and no small cell is the same in all of them."""
    possible: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for counts in itertools.product(range(13), repeat=rows):
        possible[str(safe({label: [count] for label, count in zip("abcd", counts, strict=False)}))].append(counts)
    for same in possible.values():
        for cells in zip(*same, strict=True):
            assert not (0 < cells[0] < SMALLEST and len(set(cells)) == 1)


def test_no_small_count_is_the_difference_of_two_tables(database: Database) -> None:
    """The five Danger messages are put together with three on fees, and shown in a table of their own."""
    happened(database, 5, turn("danger"), Count("danger", "violence", "ne", "NP", "QA"))
    happened(database, 3, turn("ask_fees"))
    happened(database, 40, turn("ask_wages"))
    found = tables(database)
    assert found["danger"]["total"] == ["5", "0"]
    assert "Danger" not in found["turns_by_topic"]
    assert int(found["turns_by_topic"]["others together"][0]) - 5 != 3
    assert int(found["turns_by_topic"]["total"][0]) - 40 - 5 != 3


@pytest.mark.parametrize(("exact", "told"), [(0, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_rounding(exact: int, told: int) -> None:
    assert rounded(exact) == told


# --- The right numbers --------------------------------------------------------------------------------------------


def test_turns_are_counted_by_topic_language_and_countries(database: Database) -> None:
    happened(database, 30, turn())
    happened(database, 10, turn("ask_wages", "ur", "PK", "SA"))
    happened(database, 10, turn("not_answered", "ur", "", ""), Count("fallback", "", "ur", "", ""))
    happened(database, 99, turn(), day=datetime.date(2026, 12, 1))
    happened(database, 99, turn(), day=datetime.date(2026, 10, 31))
    found = tables(database)
    assert found["turns_by_topic"] == {"Fees": ["30"], "Not answered": ["10"], "Wages": ["10"], "total": ["50"]}
    assert found["turns_by_language"] == {"Nepali": ["30"], "Urdu": ["20"], "total": ["50"]}
    assert found["turns_by_pair"]["Nepal → Qatar"] == ["30"]
    assert found["turns_by_pair"]["not known"] == ["10"]
    assert found["not_answered"]["Urdu"] == ["10", "10", "50%"]
    assert found["not_answered"]["total"] == ["40", "10", "20%"]


def test_what_helped_is_counted_by_topic_and_language(database: Database) -> None:
    happened(database, 15, turn("conversation"), Count("helpful", "ask_fees", "ne", "NP", "QA"))
    happened(database, 5, turn("conversation"), Count("unhelpful", "ask_fees", "ne", "NP", "QA"))
    found = tables(database)
    assert found["helpful_by_topic"]["Fees"] == ["15", "5", "75%"]
    assert found["helpful_by_language"]["Nepali"] == ["15", "5", "75%"]


def test_cases_and_how_long_people_waited(database: Database) -> None:
    for number in range(20):
        waited = None if number == 19 else 60.0 * number
        case = CaseFigures(DAY, "d", "ne", "NP", "QA", "ask_fees", "", "high", waited, "solved", number % 2 == 0)
        database.run_now(lambda connection, case=case: note_case(connection, case))
    happened(database, 5, turn())
    found = tables(database)
    assert found["cases_by_pair"] == {"Nepal → Qatar": ["20"], "total": ["20"]}
    assert found["cases_by_outcome"] == {"Solved": ["20"], "total": ["20"]}
    assert found["cases_helped"] == {"no": ["10"], "yes": ["10"], "total": ["20"]}
    assert found["waiting"] == {"All": ["9", "16"], "High": ["9", "16"]}


def test_waiting_times_of_a_few_are_theirs(database: Database) -> None:
    for number, urgency in enumerate(["high"] * 4 + ["normal"] * 5):
        case = CaseFigures(DAY, urgency=urgency, waited=60.0 * number)
        database.run_now(lambda connection, case=case: note_case(connection, case))
    assert tables(database)["waiting"] == {"All": ["4", "–"], "Normal": ["6", "–"]}


def test_questions_are_listed_when_they_came_five_times(database: Database) -> None:
    for words, times in (("how is the … in doha", 6), ("who is my …", 4)):
        for _ in range(times):
            database.run_now(lambda connection, words=words: questions.keep(connection, SEAL, DAY, ("en", words)))
    made = database.run_now(lambda connection: report.report_of(connection, SEAL, NOVEMBER, 30))
    assert made.unanswered == [report.Asked("en", "how is the … in doha", 5)]
    assert made.questions_since is None
    late = database.run_now(lambda connection: report.report_of(connection, SEAL, NOVEMBER, 5))
    assert late.questions_since == datetime.date(2026, 11, 16)


# --- The command --------------------------------------------------------------------------------------------------


def some_figures(database: Database) -> None:
    happened(database, 30, turn())
    happened(database, 10, turn("ask_wages", "km", "KH", "TH"))
    happened(database, 6, turn("danger", "km", "KH", "TH"), Count("danger", "confinement", "km", "KH", "TH"))
    seal = Seal(read_settings().secret())
    asked = ("km", "<b>ខ្ញុំ</b> …")
    for _ in range(5):
        database.run_now(lambda connection: questions.keep(connection, seal, DAY, asked))


def test_csv_is_a_line_for_each_number(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    some_figures(database)
    status, out, err = shown(capsys, "--month", "2026-11", "--csv")
    lines = list(csv.reader(io.StringIO(out)))
    assert (status, lines[0]) == (0, ["month", "table", "row", "column", "value"])
    assert ["2026-11", "turns_by_language", "Nepali", "messages", "30"] in lines
    assert ["2026-11", "questions", "<b>ខ្ញុំ</b> …", "km", "5"] in lines
    assert "not over yet" in err


def test_html_is_one_page_with_bars(database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some_figures(database)
    place = tmp_path / "figures.html"
    status, out, _ = shown(capsys, "--month", "2026-11", "--html", str(place))
    assert (status, out) == (0, "")
    page = place.read_text("utf-8")
    assert "Nepal → Qatar" in page
    assert "&lt;b&gt;ខ្ញុំ&lt;/b&gt;" in page
    assert "<b>" not in page
    assert not any(address in page for address in ('src="http', 'href="http', "url(http", "<script"))


def test_each_row_has_a_bar_as_long_as_its_number(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    happened(database, 40, turn())
    happened(database, 30, turn("ask_wages", "km", "KH", "TH"))
    happened(database, 30, turn("danger"), Count("danger", "violence", "ne", "NP", "QA"))
    happened(database, 10, turn("danger"), Count("danger_possible", "violence", "ne", "NP", "QA"))
    _, page, _ = shown(capsys, "--month", "2026-11", "--html")
    rows = bars(page)
    assert rows["turns_by_language", "Nepali"] == [100.0]
    assert rows["turns_by_language", "Khmer"] == [37.5]
    assert rows["danger", "Violence"] == [75.0, 25.0]
    assert rows["danger", "total"] == [], "a total would make all others short"


def bars(page: str) -> dict[tuple[str, str], list[float]]:
    """Key of the table and label → the width of each part of the bar, in percent."""
    body = page[page.index("<body>") : page.index("</html>")].replace("&", "&amp;")  # &nbsp; is HTML
    found = {}
    for section in ElementTree.fromstring(body).iter("section"):
        for head in section.iter("th"):
            if head.get("scope") == "row":
                widths = [float(str(part.get("width")).rstrip("%")) for part in head.iter("rect")]
                found[str(section.get("id")), str(head.text)] = widths
    return found


def test_a_month_without_figures_says_so(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = shown(capsys, "--month", "2026-09")
    assert (status, out) == (0, "month,table,row,column,value\n")
    assert "Nothing was counted in 2026-09." in err
    _, out, _ = shown(capsys, "--month", "2026-09", "--html", "-")
    assert "Nothing was counted in 2026-09." in out
    assert "<svg" not in out


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "november", "", "2026-11-01", "0000-01", "9999-12", "2027-01"])
def test_a_bad_month_is_one_line(month: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = shown(capsys, "--month", month)
    assert (status, out) == (2, "")
    assert err.startswith("advisor: --month: ")
    assert err.count("\n") == 1


def test_a_file_that_cannot_be_written_is_one_line(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = shown(capsys, "--month", "2026-10", "--csv", str(tmp_path / "nowhere" / "x.csv"))
    assert status == 1
    assert err.endswith("x.csv: No such file or directory\n")
