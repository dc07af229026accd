"""The database itself: opened, migrated, leased to one gateway, refused in one line, away for a while."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from bot.store import Arrival, Database, DatabaseUnusable, Inbox, Seal
from bot.store import database as database_module
from bot.store.tables import METADATA
from tests.unit.bot.store.kept import ALICE, TEXT


async def test_opening_again_changes_nothing_and_many_may_open_at_once(database_url: str, seal: Seal) -> None:
    failures: list[Exception] = []

    def open_it() -> None:
        try:
            Database.open(database_url).close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


async def test_the_migrations_lead_to_the_tables_the_code_uses(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def differences(connection: sa.engine.Connection) -> list:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)
        theirs = ("remove_index", "sqlite_sequence")  # indexes are the migrations' own affair
        return [each for each in found if each[0] not in theirs and getattr(each[1], "name", "") not in theirs]

    assert database.run_now(differences) == []


async def test_the_few_open_rows_are_found_by_index(database: Database) -> None:
    explain = "EXPLAIN QUERY PLAN" if database.engine.dialect.name == "sqlite" else "EXPLAIN"

    def plan(connection: sa.engine.Connection) -> str:
        if database.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        query = f"{explain} SELECT update_id FROM inbox WHERE inbox.state IN ('claimed', 'working', 'parked')"
        return " ".join(str(row) for row in connection.execute(sa.text(query)))

    assert "inbox_open" in database.run_now(plan)


async def test_one_gateway_a_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "LEASE_PATIENCE", 0.1)
    first, second = Database.open(database_url), Database.open(database_url)
    first.lease()
    with pytest.raises(DatabaseUnusable, match="another gateway"):
        second.lease()
    first.close()
    second.lease()
    second.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://user:hunter2@127.0.0.1/x", "only sqlite and postgresql"),
        ("nonsense", "must look like"),
        ("postgresql://user:hunter2@127.0.0.1:1/x", "cannot use the database"),
        ("sqlite:////proc/nowhere/advisor.db", "No such file"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_clear_line(url: str, told: str) -> None:
    with pytest.raises(DatabaseUnusable) as refused:
        Database.open(url)
    assert told in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_while_the_database_is_away_nothing_is_given_up(
    database: Database, entrance: Inbox, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(database_module, "PAUSES", (0.01,))
    await entrance.claim([Arrival(1, ALICE, TEXT)])
    failures = [sa.exc.OperationalError("x", {}, OSError("gone"))] * 3

    def flaky(connection, cursor, statement: str, *_) -> None:  # type: ignore[no-untyped-def]
        if failures and not statement.startswith("BEGIN"):
            raise failures.pop()

    request.addfinalizer(lambda: sa.event.remove(sa.engine.Engine, "before_cursor_execute", flaky))
    sa.event.listen(sa.engine.Engine, "before_cursor_execute", flaky)
    assert len(await entrance.open_ones()) == 1
    failures[:] = [sa.exc.OperationalError("x", {}, OSError("gone"))]
    with pytest.raises(sa.exc.OperationalError):
        await entrance.claim([Arrival(2, ALICE, TEXT)])
