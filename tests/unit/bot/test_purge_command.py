"""``advisor purge``: nothing that somebody could still read is given up by a slip of the operator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cli import main
from bot.store import Arrival, Database, Inbox, Outbox, Seal
from bot.store.desk_tables import case_topics, cases, place_of_case, place_of_summary, place_of_topics
from bot.store.inbox import not_done
from bot.store.outbox import waiting

OURS, LOST = "the secret of today, long enough" * 2, "the secret of yesterday, long too" * 2
ALICE, GROUP = 7100000001, -1007100000099


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    opened = Database.open(database_url)
    yield opened
    opened.close()


async def wait(database: Database, secret: str, *numbers: int) -> None:
    """Messages that nobody has answered, and one answer that is on its way."""
    seal = Seal(secret.encode())
    await Inbox(database, seal).claim([Arrival(number, ALICE, b"help") for number in numbers])
    await Outbox(database, seal).add(ALICE, [b"on its way"])


def kept(database: Database) -> tuple[int, int]:
    return len(database.run_now(not_done)), database.run_now(waiting)[0]


def purge(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    status = main(["purge", *options])
    out, err = capsys.readouterr()
    return status, out, err


async def test_without_the_secret_nothing_is_given_up_and_none_is_made(
    database: Database, own_var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await wait(database, OURS, 1, 2)
    status, out, err = purge(capsys, "--unreadable", "--yes", "--all")
    assert (status, out) == (1, "")
    assert err.startswith("advisor: no secret in ")
    assert kept(database) == (2, 1)
    assert not own_var.exists()


async def test_with_a_secret_that_opens_nothing_it_is_asked_for_twice(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await wait(database, OURS, 1, 2)
    monkeypatch.setenv("ADVISOR_SECRET", LOST)
    status, out, err = purge(capsys, "--unreadable", "--yes")
    assert status == 1
    assert out.splitlines() == ["2 messages not answered cannot be read", "1 answers not delivered cannot be read"]
    assert "may not be the gateway's" in err
    assert kept(database) == (2, 1)
    assert purge(capsys, "--unreadable", "--all")[0] == 1
    assert kept(database) == (2, 1)
    assert purge(capsys, "--unreadable", "--all", "--yes")[0] == 0
    assert kept(database) == (0, 0)


async def test_what_cannot_be_read_is_counted_first_and_goes_after_a_yes(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await wait(database, LOST, 1)
    await wait(database, OURS, 2)
    monkeypatch.setenv("ADVISOR_SECRET", OURS)
    status, out, err = purge(capsys, "--unreadable")
    assert status == 1
    assert "1 messages not answered cannot be read" in out
    assert err == "advisor: nothing was removed: with --yes it is given up for good\n"
    assert kept(database) == (2, 2)
    status, out, _ = purge(capsys, "--unreadable", "--yes")
    assert status == 0
    assert "2 unreadable rows removed" in out
    assert kept(database) == (1, 1)


async def test_a_gateway_that_serves_is_not_robbed(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await wait(database, LOST, 1)
    monkeypatch.setenv("ADVISOR_SECRET", OURS)
    monkeypatch.setattr("bot.store.database.LEASE_PATIENCE", 0.0)
    database.lease()
    status, _, err = purge(capsys, "--unreadable", "--yes", "--all")
    assert (status, err) == (1, "advisor: a gateway serves from this database: stop it first\n")
    assert kept(database) == (1, 1)


def test_topics_that_the_bot_cannot_find_any_more_are_named_by_desk_and_case(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_a_case(database, Seal(LOST.encode()), desk="home", state="taken")
    monkeypatch.setenv("ADVISOR_SECRET", OURS)
    status, out, _ = purge(capsys, "--unreadable", "--yes", "--all")
    assert status == 0
    assert "delete by hand in the group of desk home the topics of: 1" in out.splitlines()


def open_a_case(database: Database, seal: Seal, desk: str, state: str) -> None:
    chat, group = seal.chat(ALICE), seal.chat(GROUP)
    case = {
        "desk": desk, "chat": chat, "state": state, "urgency": "calm", "opened": 1.0, "taken_by": seal.staff(5),
        "chat_id": seal.close(str(ALICE).encode(), place_of_case(chat)), "staff_chat": group, "thread": 9,
        "summary": seal.close(b"{}", place_of_summary(chat)), "lost": False, "introduced": True,
    }  # fmt: skip
    topic = {"chat": group, "chat_id": seal.close(str(GROUP).encode(), place_of_topics(group)), "thread": 9}

    def work(connection: sa.engine.Connection) -> None:
        number = connection.execute(sa.insert(cases).values(case)).inserted_primary_key[0]
        connection.execute(sa.insert(case_topics).values({**topic, "case_id": number}))

    database.run_now(work)


def test_yes_alone_is_a_misunderstanding(capsys: pytest.CaptureFixture[str]) -> None:
    assert purge(capsys, "--yes")[0] == 2
