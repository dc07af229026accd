"""What was done at the desks can be read: who by a mark, what, when, in which case."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.cli.main import main
from bot.settings import Settings
from bot.store import Database
from bot.store.desk_tables import desk_audit
from bot.store.upkeep import DAY

COLLEAGUE = "0123456789abcdef" * 2


@pytest.fixture
def audit() -> Iterator[Database]:
    database = Database.open(Settings().database())
    yield database
    database.close()


def note(database: Database, case: int, what: str, days_ago: float) -> None:
    row = {"at": time.time() - days_ago * DAY, "desk": "home", "case_id": case, "who": COLLEAGUE, "what": what}
    database.run_now(lambda connection: connection.execute(sa.insert(desk_audit), row))


def told(capsys: pytest.CaptureFixture[str], *options: str) -> list[list[str]]:
    """The desk, the case, what was done and by whom, of each line."""
    assert main(["desk", "audit", *options]) == 0
    return [line.split()[2:] for line in capsys.readouterr().out.splitlines()]


def test_what_was_done_of_late_is_told_oldest_first(audit: Database, capsys: pytest.CaptureFixture[str]) -> None:
    note(audit, 1, "close", 40)
    note(audit, 1, "take", 3)
    note(audit, 2, "take", 1)
    first, second = ["home", "case", "1", "take", "01234567"], ["home", "case", "2", "take", "01234567"]
    assert told(capsys) == [first, second]
    assert told(capsys, "--case", "2") == [second]
    assert len(told(capsys, "--days", "60")) == 3


def test_nothing_done_is_said_so(audit: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "audit"]) == 0
    assert capsys.readouterr().out == "nothing was done in that time\n"


@pytest.mark.parametrize("wrong", ["0", "-1", "many", "9" * 30])
def test_a_number_that_is_none_is_refused_in_one_line(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["desk", "audit", f"--days={wrong}"])
    assert refused.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
