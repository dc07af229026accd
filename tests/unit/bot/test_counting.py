"""Counting answers and cases: by code, of nobody, in the transaction of the answer, and never at the cost of one."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.dialogue import Reply
from bot.figures import CaseFigures, Noting, counting, note_case, note_helped, questions
from bot.figures.counting import counts_of
from bot.store import Arrival, Database, Inbox, Outbox, Seal
from bot.store.resealing import seal_anew
from bot.store.tables import METADATA, case_figures, counts, marks
from bot.store.tables import questions as kept_questions
from bot.store.unreadable import remove_unreadable
from bot.store.upkeep import DAY, purge_now

SECRET, OTHER = b"the secret of today, long enough" * 2, b"the secret of yesterday, long too" * 2
ALICE, BOB = 7100000001, 7100000002
ASKED = "Ramesh of Golden Gate says can i get my money back"
TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def seal() -> Seal:
    return Seal(SECRET)


def trace(**told: Any) -> dict[str, Any]:
    return {
        "intent": "ask_fees", "language": "en", "reply_language": "ne", "danger": {"level": "none", "kind": None},
        "origin": "NP", "destination": "QA", "topic": "ask_fees", "form": None, "unanswered": None, "result": None,
        **told,
    }  # fmt: skip


def replies(**told: Any) -> list[Reply]:
    return [Reply("first"), Reply("last", custom={"trace": trace(**told)})]


LOST = {"intent": "nlu_fallback", "unanswered": "fallback"}


def rows(database: Database, table: sa.Table) -> list[Any]:
    return database.run_now(lambda connection: connection.execute(sa.select(table)).all())


def counted(database: Database) -> dict[tuple[str, str], int]:
    return {(row.what, row.code): row.n for row in rows(database, counts)}


async def written(
    database: Database, seal: Seal, told: list[Reply], text: str | None = ASKED, person: int = ALICE
) -> None:
    for work in await Noting(seal).alongside(told, text, person):
        database.run_now(work)


SOMEBODY = {("anybody", ""), ("language", "ne"), ("pair", "NP-QA")}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, {("topic", "ask_fees")}),
        ({"intent": "thanks"}, {("topic", "conversation")}),
        ({"intent": "inform", "form": "fee_check_form"}, {("topic", "check")}),
        (LOST, {("topic", "not_answered"), ("not_answered", "ne")}),
        ({"intent": "out_of_scope", "unanswered": "out_of_scope"}, {("topic", "not_answered"), ("not_answered", "ne")}),
        (
            {"intent": "feedback_helpful"},
            {("topic", "conversation"), ("helpful_topic", "ask_fees"), ("helpful_language", "ne")},
        ),
        (
            {"intent": "feedback_unhelpful"},
            {("topic", "conversation"), ("unhelpful_topic", "ask_fees"), ("unhelpful_language", "ne")},
        ),
        ({"intent": "talk_to_human"}, {("topic", "talk_to_human"), ("handover", "ne")}),
        (
            {"danger": {"level": "certain", "kind": "violence"}, **LOST},
            {("topic", "danger"), ("danger", "violence")},
        ),
        (
            {"danger": {"level": "possible", "kind": "medical"}},
            {("topic", "danger"), ("danger_possible", "medical")},
        ),
        ({"result": {"flow": "fee_check", "verdict": "above_cap"}}, {("topic", "ask_fees"), ("check", "fee_check")}),
    ],
)
def test_what_an_answer_counts_as(told: dict, expected: set) -> None:
    assert set(counts_of(trace(**told))) == expected | SOMEBODY


@pytest.mark.parametrize(
    ("origin", "destination", "expected"),
    [("NP", "QA", "NP-QA"), ("NP", None, "NP-"), (None, "QA", "-QA"), (None, None, ""), ("Nepal", "QA", "-QA")],
)
def test_a_pair_is_a_code(origin: object, destination: object, expected: str) -> None:
    assert ("pair", expected) in counts_of(trace(origin=origin, destination=destination))


@pytest.mark.parametrize("strange", ["Ramesh Thapa", "9841234567 ", "x" * 41, 984, None, "नेपाल", {"a": 1}])
def test_nothing_but_codes_comes_into_the_figures(strange: object) -> None:
    told = {"topic": strange, "reply_language": strange, "origin": strange, "destination": strange}
    found = counts_of(trace(intent="feedback_helpful", **told))
    assert {one.code for one in found} == {"", "conversation"}
    assert ("helpful_topic", "") in found


# --- People and not messages --------------------------------------------------------------------------------------


async def test_somebody_who_writes_often_is_one_person(database: Database, seal: Seal) -> None:
    """Every step of the way to a person says that they want one, and a cry is seldom said once."""
    for _ in range(7):
        await written(database, seal, replies(intent="talk_to_human"), None)
    for _ in range(6):
        await written(database, seal, replies(danger={"level": "certain", "kind": "confinement"}))
    await written(database, seal, replies(), person=BOB)
    assert counted(database) == {
        ("anybody", ""): 2,
        ("language", "ne"): 2,
        ("pair", "NP-QA"): 2,
        ("topic", "talk_to_human"): 1,
        ("topic", "danger"): 1,
        ("topic", "ask_fees"): 1,
        ("handover", "ne"): 1,
        ("danger", "confinement"): 1,
    }


async def test_a_month_later_they_are_counted_again(
    database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (TODAY, TODAY.replace(day=30), TODAY.replace(month=12, day=1)):
        monkeypatch.setattr(counting, "today", lambda day=day: day)
        await written(database, seal, replies())
    assert {(row.month.month, row.n) for row in rows(database, counts)} == {(11, 1), (12, 1)}


async def test_the_same_question_of_one_person_is_kept_once(database: Database, seal: Seal) -> None:
    for person in (ALICE, ALICE, BOB):
        await written(database, seal, replies(**LOST), person=person)
    assert len(rows(database, kept_questions)) == 2


async def test_marks_tell_neither_who_nor_what(database: Database, seal: Seal) -> None:
    await written(database, seal, replies())
    await written(database, seal, replies(), person=BOB)
    found = rows(database, marks)
    assert len(found) == 2 * 4
    assert len({row.mark for row in found}) == len(found)
    assert not any(told in str(found) for told in ("QA", "ask_fees", str(ALICE)))


async def test_marks_go_when_the_month_is_over(database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    await written(database, seal, replies())
    assert purge_now(database.run_now, 30).marks == 0
    later = time.time() + 31 * DAY
    monkeypatch.setattr(time, "time", lambda: later)
    assert purge_now(database.run_now, 30).marks == 4
    assert counted(database)["topic", "ask_fees"] == 1


@pytest.mark.parametrize("unreadable", [Seal(SECRET), Seal(SECRET, b"some secret in between, long enough" * 2)])
async def test_marks_of_another_secret_go(database: Database, unreadable: Seal) -> None:
    """Nobody is recognised by them, and when their person leaves they could not be found."""
    await written(database, Seal(OTHER), replies())
    database.run_now(seal_anew(unreadable))
    assert rows(database, marks) == []


async def test_marks_of_the_present_secret_stay(database: Database, seal: Seal) -> None:
    await written(database, seal, replies())
    database.run_now(seal_anew(Seal(SECRET, OTHER)))
    assert len(rows(database, marks)) == 4


# --- In the transaction of the answer -----------------------------------------------------------------------------


async def test_an_answer_and_its_figures_are_one(database: Database, seal: Seal) -> None:
    entrance, way_out = Inbox(database, seal), Outbox(database, seal)
    for number in (1, 2):
        await entrance.claim([Arrival(number, ALICE, b"question")])
        await entrance.take(number)
        for _ in range(2):  # a second run, as after a commit whose confirmation got lost
            works = await Noting(seal).alongside(replies(), ASKED, ALICE + number)
            await entrance.finish(number, ALICE, [b"answer"], alongside=works)
    assert counted(database) == {("topic", "ask_fees"): 2, **dict.fromkeys(SOMEBODY, 2)}
    assert {row.month for row in rows(database, counts)} == {counting.today().replace(day=1)}
    assert len(await way_out.parts(seal.chat(ALICE))) == 2


@pytest.mark.parametrize("fault", ["table", "code", "trace"])
async def test_a_fault_in_counting_costs_no_answer(
    database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    entrance, way_out = Inbox(database, seal), Outbox(database, seal)
    told = replies()
    if fault == "table":
        database.run_now(lambda connection: connection.execute(sa.text("DROP TABLE counts")))
    elif fault == "code":
        monkeypatch.setattr(counting, "add", lambda *_: 1 / 0)
    else:
        told = [Reply("hello", custom={"trace": {"danger": "yes", "intent": []}})]
    await entrance.claim([Arrival(1, ALICE, b"question")])
    await entrance.take(1)
    await entrance.finish(1, ALICE, [b"answer"], alongside=await Noting(seal).alongside(told, ASKED, ALICE))
    assert [part.content for part in await way_out.parts(seal.chat(ALICE))] == [b"answer"]


async def test_a_question_that_cannot_be_scrubbed_is_counted(
    database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one in a language that names.yml has forgotten: it must not vanish from what was not answered."""

    def broken(text: str, language: str) -> str:
        raise KeyError(language)

    monkeypatch.setattr("bot.figures.scrubbing.scrubbed", broken)
    await written(database, seal, replies(**LOST))
    assert counted(database)["not_answered", "ne"] == 1
    assert rows(database, kept_questions) == []


async def test_whoever_has_everything_deleted_leaves_no_figure(seal: Seal) -> None:
    last = Reply("gone", custom={"trace": trace(intent="quick_exit"), "forget": True})
    assert await Noting(seal).alongside([last], ASKED, ALICE) == []
    assert await Noting(seal).alongside([Reply("no trace")], ASKED, ALICE) == []
    assert await Noting(seal).alongside([], ASKED, ALICE) == []


async def test_a_question_without_answer_is_kept_scrubbed_and_sealed(database: Database, seal: Seal) -> None:
    await written(database, seal, replies(**LOST))
    [row] = rows(database, kept_questions)
    assert b"money" not in bytes(row.question)
    since, until = row.day, row.day + datetime.timedelta(days=1)
    kept = database.run_now(lambda connection: questions.kept(connection, seal, since, until))
    assert kept == {("en", "… can i get my money back"): 1}
    strange = Seal(OTHER)
    assert database.run_now(lambda connection: questions.kept(connection, strange, since, until)) == {}


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({}, ASKED),
        (LOST, None),
        (LOST, "Ramesh Thapa 9841234567"),
        ({**LOST, "danger": {"level": "possible", "kind": "violence"}}, ASKED),
        ({**LOST, "language": "fr"}, ASKED),
    ],
    ids=["answered", "a button", "nothing left", "danger", "no language of ours"],
)
async def test_other_words_are_not_kept(database: Database, seal: Seal, told: dict, text: str | None) -> None:
    await written(database, seal, replies(**told), text)
    assert rows(database, kept_questions) == []
    assert counted(database)["anybody", ""] == 1


async def test_questions_go_with_the_purge_and_figures_stay(
    database: Database, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(database, seal, replies(**LOST))
    assert purge_now(database.run_now, 30).questions == 0
    later = time.time() + 32 * DAY
    monkeypatch.setattr(time, "time", lambda: later)
    assert purge_now(database.run_now, 30).questions == 1
    assert rows(database, kept_questions) == []
    assert counted(database)["not_answered", "ne"] == 1


async def test_after_a_change_of_the_secret_questions_are_sealed_anew(database: Database) -> None:
    await written(database, Seal(OTHER), replies(**LOST))
    both, new = Seal(SECRET, OTHER), Seal(SECRET)
    assert database.run_now(seal_anew(both)) == 1
    [row] = rows(database, kept_questions)
    until = row.day + datetime.timedelta(days=1)
    assert sum(database.run_now(lambda connection: questions.kept(connection, new, row.day, until)).values()) == 1


async def test_questions_of_a_lost_secret_can_be_given_up(database: Database, seal: Seal) -> None:
    await written(database, Seal(OTHER), replies(**LOST))
    assert database.run_now(remove_unreadable(seal)) == 1
    assert rows(database, kept_questions) == []


def test_a_case_leaves_figures_and_no_way_back(database: Database, seal: Seal) -> None:
    case = CaseFigures(
        TODAY, "kathmandu", "ne", "NP", "QA", "ask_fees", "violence", "high", 754.2, "referred to Ramesh", None
    )
    key = database.run_now(lambda connection: note_case(connection, seal, ALICE, case))
    [row] = rows(database, case_figures)
    assert (row.day, row.desk, row.origin, row.destination, row.urgency) == (TODAY, "kathmandu", "NP", "QA", "high")
    assert (row.waited, row.outcome, row.helped) == (13, "", None)
    database.run_now(lambda connection: note_helped(connection, key, True))
    database.run_now(lambda connection: note_helped(connection, "no such case", False))
    assert [row.helped for row in rows(database, case_figures)] == [True]


def test_of_a_case_nothing_need_be_known(database: Database, seal: Seal) -> None:
    database.run_now(lambda connection: note_case(connection, seal, None, CaseFigures(TODAY)))
    [row] = rows(database, case_figures)
    assert (row.topic, row.waited, row.again) == ("", None, False)


def test_a_second_case_of_a_person_is_noted_as_such(database: Database, seal: Seal) -> None:
    december = TODAY.replace(month=12)
    for person, day in ((ALICE, TODAY), (ALICE, TODAY), (BOB, TODAY), (ALICE, december)):
        case = CaseFigures(day, outcome=f"of_{person}")
        database.run_now(lambda connection, case=case, person=person: note_case(connection, seal, person, case))
    found = sorted((row.day, row.outcome, row.again) for row in rows(database, case_figures))
    assert found == [
        (TODAY, f"of_{ALICE}", False),
        (TODAY, f"of_{ALICE}", True),
        (TODAY, f"of_{BOB}", False),
        (december, f"of_{ALICE}", False),
    ]


def test_the_tables_are_those_of_the_migrations(database: Database) -> None:
    ours = {"counts", "marks", "questions", "case_figures"}

    def differences(connection: sa.engine.Connection) -> list[Any]:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
        return [one for one in found if ours & {getattr(one[1], "name", None), str(one[2]) if len(one) > 2 else None}]

    assert [one for one in database.run_now(differences) if one[0] != "remove_index"] == []
