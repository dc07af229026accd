"""The command line, as staff and evaluation use it: real processes, real pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADVISOR = Path(sys.executable).with_name("advisor")
NEPAL_QATAR = {"lang": "ne", "origin": "NP", "destination": "QA"}
KEYS = {
    "id", "intent", "confidence", "ranking", "language", "reply_language", "danger", "entities", "facts", "replies",
    "result", "ms",
}  # fmt: skip


def advisor(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(ADVISOR), *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=180,
    )


@pytest.fixture(scope="session")
def answered(model: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[bytes]:
    """One run of `advisor ask --jsonl -` over good and bad lines; loading the model takes a while."""
    lines: list[bytes] = [
        json.dumps({"id": 1, "text": "एजेन्सीले कति पैसा लिन पाउँछ?", **NEPAL_QATAR}).encode(),
        json.dumps({"id": 2, "text": "I am from Nepal", "sender": "a"}).encode(),
        json.dumps({"id": 3, "text": "how much may the agency take", "sender": "a"}).encode(),
        json.dumps({"id": 4, "text": "how much may the agency take"}).encode(),
        b"not json",
        b'{"id": 6, "text": "\xff\xfe"}',
        b"[1, 2]",
        b'{"id": 8}',
        b'{"id": 9, "text": "x", "origin": "XX"}',
        b'{"id": 10, "text": "x", "lang": "klingon"}',
        b'{"id": 11, "text": "x", "surprise": 1}',
        b'{"id": 12, "text": "\\ud83d"}',
        b"",
        json.dumps({"id": 13, "text": "🙏"}).encode(),
        json.dumps({"id": 14, "text": "y" * 10_000}).encode(),
        json.dumps({"id": 15, "text": "they locked me in the house", "origin": "NP", "destination": "QA"}).encode(),
    ]  # fmt: skip
    return advisor("ask", "--jsonl", "-", given=b"\n".join(lines) + b"\n")


@pytest.fixture
def rows(answered: subprocess.CompletedProcess[bytes]) -> list[dict]:
    return [json.loads(line) for line in answered.stdout.decode().splitlines()]


def row(rows: list[dict], number: int) -> dict:
    return next(one for one in rows if one.get("id") == number)


def test_a_line_in_a_line_out_and_nothing_else_on_stdout(answered, rows) -> None:
    assert len(rows) == 15
    assert answered.returncode == 1, "some lines could not be answered"


def test_the_answer_has_the_agreed_fields(rows) -> None:
    first = row(rows, 1)
    assert set(first) == KEYS
    assert (first["intent"], first["reply_language"]) == ("ask_fees", "ne")
    assert len(first["ranking"]) == 5
    assert "NPR 10,000" in first["replies"][0]["text"]
    assert first["facts"][0] == "np.fees.service_charge.gulf_malaysia"


def test_lines_of_one_sender_share_a_conversation_and_others_are_fresh(rows) -> None:
    assert row(rows, 3)["facts"][0].startswith("np.")
    assert not any(fact.startswith("np.") for fact in row(rows, 4)["facts"])


def test_bad_lines_are_told_on_their_line_and_the_run_goes_on(rows) -> None:
    errors = [one for one in rows if "error" in one]
    assert len(errors) == 7
    assert "XX" in row(rows, 9)["error"]
    assert "klingon" in row(rows, 10)["error"]
    assert "surprise" in row(rows, 11)["error"]
    assert row(rows, 15)["danger"] == {"level": "certain", "kind": "confinement"}


def test_odd_text_gets_an_answer(rows) -> None:
    for number in (12, 13, 14):
        assert row(rows, number)["replies"][-1]["buttons"]


def test_ask_prints_the_answer_as_people_see_it(model: Path) -> None:
    done = advisor("ask", "--lang", "en", "--from", "np", "--to", "qa", "How much may the agency take?")
    assert done.returncode == 0
    assert "NPR 10,000" in done.stdout.decode()
    assert "[1]" in done.stdout.decode()


def test_a_pipe_is_a_conversation_that_ends_with_the_input(model: Path) -> None:
    done = advisor("run", "--lang", "en", given="I am from Nepal\n\xff bad\n1\n".encode("latin-1") + b"how are fees\n")
    answers = done.stdout.decode()
    assert done.returncode == 0
    assert "not UTF-8" in answers
    assert "NPR 10,000" in answers
    assert "BotFather" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("ask", "--lang", "xx", "hi"), "unknown language code 'xx'"),
        (("ask", "--from", "Nepal", "hi"), "unknown country code 'Nepal'"),
        (("ask", "--job", "wizard", "hi"), "unknown job 'wizard'"),
        (("ask",), "give a question"),
        (("ask", "--jsonl", "-", "hi"), "either"),
        (("ask", "--jsonl", "/no/such/file"), "No such file"),
        (("facts", "show"), "give the id"),
        (("facts", "show", "np.no.such.fact"), "no fact like that"),
    ],
)
def test_misuse_is_one_line_and_no_traceback(arguments: tuple[str, ...], complaint: str) -> None:
    done = advisor(*arguments)
    assert done.returncode in (1, 2)
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("advisor: ")
    assert complaint in line


def test_a_bad_setting_ends_start_up_with_one_line() -> None:
    done = advisor("run", TELEGRAM_BOT_TOKEN="nonsense")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1].startswith("advisor: TELEGRAM_BOT_TOKEN")
    assert "Traceback" not in done.stderr.decode()


def test_facts_check_show_and_stale() -> None:
    assert b"well formed" in advisor("facts", "check").stdout
    shown = advisor("facts", "show", "np.fees.medical_test").stdout.decode()
    assert "NPR 6,500" in shown
    assert "source:" in shown
    gaps = advisor("facts", "show", "--country", "NP", "--topic", "fees").stdout.decode()
    assert "gap (NP origin)" in gaps
    stale = advisor("facts", "stale", "--as-of", "2027-06-15").stdout.decode()
    assert "np.hotline.dofe" in stale
    assert advisor("facts", "stale", "--as-of", "2026-11-22").stdout.decode().startswith("0 of ")


def test_translations_status_is_a_table() -> None:
    status = advisor("translations", "status").stdout.decode()
    assert "| ne नेपाली |" in status


def test_doctor_finds_a_healthy_house(model: Path) -> None:
    done = advisor("doctor")
    assert done.returncode == 0, done.stdout.decode()
    assert b"FAULT" not in done.stdout
