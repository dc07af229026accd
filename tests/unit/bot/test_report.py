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
    monkeypatch.setenv("ADVISOR_SECRET", "the secret of today, long enough" * 2)
    opened = Database.open(database_url)
    yield opened
    opened.close()


_people = itertools.count(7100000001)


def happened(database: Database, people: int, *found: Count, day: datetime.date = DAY) -> None:
    """To so many people, whom nobody has counted before."""

    def work(connection) -> None:  # type: ignore[no-untyped-def]
        for person in itertools.islice(_people, people):
            counting.add(connection, SEAL, person, day, found)

    database.run_now(work)


def turn(topic: str = "ask_fees", language: str = "ne", pair: str = "NP-QA") -> list[Count]:
    return [Count("anybody"), Count("topic", topic), Count("language", language), Count("pair", pair)]


def closed(database: Database, case: CaseFigures, person: int | None = None) -> None:
    who = next(_people) if person is None else person
    database.run_now(lambda connection: note_case(connection, SEAL, who, case))


def kept(database: Database, seal: Seal, language: str, words: str, people: int = 1) -> None:
    def work(connection) -> None:  # type: ignore[no-untyped-def]
        for person in itertools.islice(_people, people):
            questions.keep(connection, seal, person, DAY, (language, words))

    database.run_now(work)


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


@pytest.mark.parametrize(
    ("labels", "columns", "below"), [("a", 1, 20), ("ab", 1, 20), ("abc", 1, 14), ("abcd", 1, 9), ("ab", 2, 9)]
)
def test_no_small_count_can_be_worked_out_from_its_table(labels: str, columns: int, below: int) -> None:
    """Of every small table, whichever way lots fall: to what is shown belong several tables, and in some of them each
    cell that is small is nobody, or five or more. So of no label, shown or not, is it known that it is of a few."""
    possible: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for counts in itertools.product(range(below), repeat=columns * len(labels)):
        table = {label: counts[place * columns :][:columns] for place, label in enumerate(labels)}
        for lots in itertools.permutations(labels):
            possible[str(safe(table, lots.index))].add(counts)
    for same in possible.values():
        for cells in zip(*same, strict=True):
            assert any(cell == 0 or cell >= SMALLEST for cell in cells)
            assert not (0 < cells[0] < SMALLEST and len(set(cells)) == 1)


def test_lots_are_not_to_be_foreseen(database: Database) -> None:
    """Of three rows of one size one is put to the small one: by names it would always be the last."""
    for topic in ("ask_fees", "ask_wages", "ask_contract"):
        happened(database, 5, *turn(topic))
    happened(database, 1, *turn("ask_passport"))
    missing = set()
    for number in range(40):
        seal = Seal(b"%032d" % number)
        made = database.run_now(lambda connection, seal=seal: report.report_of(connection, seal, NOVEMBER, 30))
        again = database.run_now(lambda connection, seal=seal: report.report_of(connection, seal, NOVEMBER, 30))
        assert made == again
        [by_topic] = [table for table in made.tables if table.key == "people_by_topic"]
        missing |= {"Fees", "Wages", "Contract"} - {label for label, _ in by_topic.rows}
    assert len(missing) == 3


def test_no_small_count_is_the_difference_of_two_tables(database: Database) -> None:
    """Five in danger are put together with three who ask about fees, and shown in a table of their own: exact sums
    would tell the three."""
    happened(database, 5, *turn("danger"), Count("danger", "violence"))
    happened(database, 3, *turn("ask_fees"))
    happened(database, 40, *turn("ask_wages"))
    found = tables(database)
    assert found["danger"] == {"Violence": ["5", "0"]}
    assert found["people"] == {"everybody": ["50"]}
    assert found["people_by_topic"] == {"Wages": ["40"], "others together": ["10"]}
    for whole, *parts in ((10, 5), (50, 40, 5)):
        fees = {
            all_of_them - sum(others)
            for all_of_them in numbers_shown_as(whole)
            for others in itertools.product(*map(numbers_shown_as, parts))
        }
        assert min(fees) < SMALLEST <= max(fees), "a few, or more than a few"


def numbers_shown_as(told: int) -> list[int]:
    return [number for number in range(told + 5) if rounded(number) == told]


@pytest.mark.parametrize(("exact", "told"), [(0, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_rounding(exact: int, told: int) -> None:
    assert rounded(exact) == told


# --- The right numbers --------------------------------------------------------------------------------------------


def test_people_are_counted_by_topic_language_and_countries(database: Database) -> None:
    happened(database, 30, *turn())
    happened(database, 10, *turn("ask_wages", "ur", "PK-SA"))
    happened(database, 10, *turn("not_answered", "ur", ""), Count("not_answered", "ur"))
    happened(database, 99, *turn(), day=datetime.date(2026, 12, 1))
    happened(database, 99, *turn(), day=datetime.date(2026, 10, 31))
    found = tables(database)
    assert found["people"] == {"everybody": ["50"]}
    assert found["people_by_topic"] == {"Fees": ["30"], "Not answered": ["10"], "Wages": ["10"]}
    assert found["people_by_language"] == {"Nepali": ["30"], "Urdu": ["20"]}
    assert found["people_by_pair"] == {"Nepal → Qatar": ["30"], "Pakistan → Saudi Arabia": ["10"], "not known": ["10"]}
    assert found["not_answered"]["Urdu"] == ["10", "10", "50%"]
    assert found["not_answered"]["total"] == ["40", "10", "20%"]


def test_what_helped_is_counted_by_topic_and_language(database: Database) -> None:
    for people, what in ((15, "helpful"), (5, "unhelpful")):
        happened(database, people, Count(f"{what}_topic", "ask_fees"), Count(f"{what}_language", "ne"))
    found = tables(database)
    assert found["helpful_by_topic"]["Fees"] == ["15", "5", "75%"]
    assert found["helpful_by_language"]["Nepali"] == ["15", "5", "75%"]


def test_what_one_person_does_often_is_not_shown(database: Database) -> None:
    """The way to a person has several steps, and who is in danger seldom says so once."""
    happened(database, 40, *turn())
    happened(database, 20, *turn("ask_wages", "bn", "BD-SA"))
    one = next(_people)
    for topic, what in (("talk_to_human", Count("handover", "en")), ("danger", Count("danger", "confinement"))):
        for _ in range(7):
            found = [*turn(topic, "en", "UG-LB"), what]
            database.run_now(lambda connection, found=found: counting.add(connection, SEAL, one, DAY, found))
    shown = tables(database)
    assert "Uganda → Lebanon" not in shown["people_by_pair"]
    assert (shown["handover"], shown["danger"]) == ({}, {})


def test_cases_and_how_long_people_waited(database: Database) -> None:
    for number in range(20):
        waited = None if number == 19 else 60.0 * number
        desk, danger = "doha" if number < 10 else "manila", "violence" if number < 5 else ""
        case = CaseFigures(DAY, desk, "ne", "NP", "QA", "ask_fees", danger, "high", waited, "solved", number % 2 == 0)
        closed(database, case)
    happened(database, 5, *turn())
    found = tables(database)
    assert found["cases_by_pair"] == {"Nepal → Qatar": ["20"], "total": ["20"]}
    assert found["cases_by_outcome"] == {"Solved": ["20"], "total": ["20"]}
    assert found["cases_helped"] == {"no": ["10"], "yes": ["10"], "total": ["20"]}
    assert found["cases_by_desk"] == {"doha": ["10"], "manila": ["10"], "total": ["20"]}
    assert found["cases_by_language"] == {"Nepali": ["20"], "total": ["20"]}
    assert found["cases_by_danger"] == {"none": ["15"], "Violence": ["5"], "total": ["20"]}
    assert found["waiting"] == {"All": ["9", "16"], "High": ["9", "16"]}
    assert found["waiting_by_desk"] == {"All": ["9", "16"], "doha": ["4", "8"], "manila": ["14", "–"]}


def test_cases_of_one_person_are_one(database: Database) -> None:
    one = next(_people)
    for _ in range(6):
        closed(database, CaseFigures(DAY, "doha", origin="UG", destination="LB", waited=60.0), one)
    for _ in range(8):
        closed(database, CaseFigures(DAY, "doha", origin="NP", destination="QA", waited=600.0))
    found = tables(database)
    assert found["cases_by_pair"] == {"others together": ["10"], "total": ["10"]}
    assert found["waiting"]["All"] == ["10", "–"]


def test_waiting_times_of_a_few_are_theirs(database: Database) -> None:
    for number, urgency in enumerate(["high"] * 4 + ["normal"] * 5):
        closed(database, CaseFigures(DAY, urgency=urgency, waited=60.0 * number))
    assert tables(database)["waiting"] == {"All": ["4", "–"], "Normal": ["6", "–"]}


def test_questions_are_listed_when_five_people_asked_them(database: Database) -> None:
    kept(database, SEAL, "en", "how is the … in doha", people=6)
    kept(database, SEAL, "en", "who is my …", people=4)
    made = database.run_now(lambda connection: report.report_of(connection, SEAL, NOVEMBER, 30))
    assert made.unanswered == [report.Asked("en", "how is the … in doha", 5)]
    assert made.questions_since is None
    late = database.run_now(lambda connection: report.report_of(connection, SEAL, NOVEMBER, 5))
    assert late.questions_since == datetime.date(2026, 11, 16)


# --- The command --------------------------------------------------------------------------------------------------


def some_figures(database: Database) -> None:
    happened(database, 30, *turn())
    happened(database, 10, *turn("ask_wages", "km", "KH-TH"))
    happened(database, 6, *turn("danger", "km", "KH-TH"), Count("danger", "confinement"))
    kept(database, Seal(read_settings().secret()), "km", "<b>ខ្ញុំ</b> …", people=5)


def test_csv_is_a_line_for_each_number(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    some_figures(database)
    status, out, err = shown(capsys, "--month", "2026-11", "--csv")
    lines = list(csv.reader(io.StringIO(out)))
    assert (status, lines[0]) == (0, ["month", "table", "row", "column", "value"])
    assert ["2026-11", "people_by_language", "Nepali", "people", "30"] in lines
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
    happened(database, 40, *turn())
    happened(database, 30, *turn("ask_wages", "km", "KH-TH"))
    happened(database, 30, *turn("danger"), Count("danger", "violence"))
    happened(database, 10, *turn("danger"), Count("danger_possible", "violence"))
    _, page, _ = shown(capsys, "--month", "2026-11", "--html")
    rows = bars(page)
    assert rows["people_by_language", "Nepali"] == [100.0]
    assert rows["people_by_language", "Khmer"] == [37.5]
    assert rows["danger", "Violence"] == [75.0, 25.0]
    assert rows["not_answered", "total"] == [], "a total would make all others short"


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
