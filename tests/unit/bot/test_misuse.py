"""What was not understood ends with status 2, what cannot be done with status 1, each in one line on stderr."""

from __future__ import annotations

import pytest

from bot.cli import catalogs, main
from knowledge.base import FactBase
from knowledge.loader import BrokenFacts


def ended(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Status and the only line that was said."""
    try:
        status = main(list(arguments))
    except SystemExit as end:
        status = int(end.code or 0)
    told = capsys.readouterr()
    assert told.out == ""
    [line] = told.err.splitlines()
    assert line.startswith("advisor: ")
    return status, line


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("foo",), "invalid choice: 'foo'"),
        ((), "COMMAND"),
        (("link", "--job", "x"), "--job"),
        (("facts",), "required"),
        (("facts", "stale", "--as-of", "foo"), "'foo' is no day like 2026-11-01"),
        (("facts", "show", "--topic", "nonsense"), "nonsense"),
        (("inbox", "--retry", str(2**63)), "is no number of a message"),
        (("inbox", "--drop", "-1"), "--drop"),
        (("inbox", "--retry", "1", "--drop", "2"), "not allowed with"),
        (("report",), "--month"),
    ],
)
def test_what_is_not_understood(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], complaint: str) -> None:
    status, line = ended(capsys, *arguments)
    assert status == 2
    assert complaint in line


def test_choices_for_the_terminal_are_not_ignored_in_telegram(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:made-up")
    status, line = ended(capsys, "run", "--lang", "ne")
    assert status == 2
    assert "for the terminal" in line


@pytest.mark.parametrize("what", ["check", "status"])
def test_catalogs_cannot_be_judged_by_broken_facts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def broken() -> FactBase:
        raise BrokenFacts(["np_origin.yml: nonsense"])

    monkeypatch.setattr(FactBase, "load", broken)
    monkeypatch.setattr(catalogs, "english_sentences", dict)
    status, line = ended(capsys, "translations", what)
    assert status == 1
    assert "np_origin.yml: nonsense" in line


def test_a_var_that_is_no_folder_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ADVISOR_VAR", str(tmp_path / "file"))
    status, line = ended(capsys, "report", "--month", "2026-11")
    assert status == 1
    assert line.startswith("advisor: ADVISOR_VAR: ")
