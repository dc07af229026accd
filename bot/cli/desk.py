"""``advisor desk``: how the desks of people are. Counts and times only; no text, no names."""

from __future__ import annotations

import argparse
import time
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from actions.desks import BrokenDesks, Desks
from bot.cli.failure import Failure
from bot.cli.opening import open_database, settings
from bot.store.desk_tables import CLOSED, WAITING, cases, desk_states


def add_commands(commands: argparse._SubParsersAction) -> None:
    desk = commands.add_parser("desk", help="the desks of people: who can be reached, and how many wait")
    desk.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    try:
        desks = Desks.load().all
    except BrokenDesks as broken:
        raise Failure(f"{len(broken.faults)} fault(s) in the desks, the first: {broken.faults[0]}") from None
    with open_database(settings()) as database:
        lines = [database.run_now(partial(_line, desk.key)) for desk in desks]
        named = {desk.key for desk in desks}
        for key in sorted(set(database.run_now(_with_open_cases)) - named):
            lines.append(f"{database.run_now(partial(_line, key))}; not in the settings, its cases end within minutes")
    if not lines:
        raise Failure('no desk is set up (docs/run-a-hotline.md, "A desk of people")')
    print("\n".join(lines))
    return 0


def _with_open_cases(connection: Connection) -> list[str]:
    """The keys of desks that have open cases, whether the settings name them or not."""
    return list(connection.execute(sa.select(cases.c.desk).where(cases.c.state != CLOSED).distinct()).scalars())


def _line(key: str, connection: Connection) -> str:
    state = connection.execute(sa.select(desk_states).where(desk_states.c.desk == key)).one_or_none()
    open_ones = sa.select(cases.c.state, cases.c.opened).where(cases.c.desk == key, cases.c.state != CLOSED)
    rows = connection.execute(open_ones).all()
    waiting = [row.opened for row in rows if row.state == WAITING]
    parts = [f"{len(waiting)} waiting", f"{len(rows) - len(waiting)} taken"]
    if waiting:
        parts.append(f"the longest for {(time.time() - min(waiting)) / 60:.0f} min")
    if state is not None and state.away:
        parts.append("away")
    if state is not None and state.unreachable:
        parts.append(f"cannot be reached: {state.why}")
    return f"{key:<12} {', '.join(parts)}"
