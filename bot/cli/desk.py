"""``advisor desk``: how the desks of people are, and what was done there. Counts and times only; no text, no names."""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from functools import partial
from typing import Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from actions.desks import BrokenDesks, Desks
from bot.cli.failure import Failure
from bot.cli.opening import open_database, settings
from bot.cli.values import count
from bot.store.desk_tables import CLOSED, WAITING, cases, desk_audit, desk_states
from bot.store.upkeep import DAY

MARK = 8
"""Characters of the mark of a colleague: enough to tell those of one desk apart."""


def add_commands(commands: argparse._SubParsersAction) -> None:
    desk = commands.add_parser("desk", help="the desks of people: who can be reached, and how many wait")
    desk.set_defaults(run=run)
    further = desk.add_subparsers(metavar="audit")
    audit = further.add_parser("audit", help="which colleague (a mark, no name) did what in which case, and when")
    audit.add_argument("--case", type=count, help="of one case only")
    audit.add_argument("--days", type=count, default=7, help="of so many days back, 7 unless told")
    audit.set_defaults(run=run_audit)


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


def run_audit(options: argparse.Namespace) -> int:
    with open_database(settings()) as database:
        lines = database.run_now(partial(_audit, options.days, options.case))
    print("\n".join(lines) or "nothing was done in that time")
    return 0


def _audit(days: int, case: Optional[int], connection: Connection) -> list[str]:
    """Oldest first, in the time zone of this machine."""
    wanted = sa.select(desk_audit).where(desk_audit.c.at > time.time() - days * DAY).order_by(desk_audit.c.id)
    if case is not None:
        wanted = wanted.where(desk_audit.c.case_id == case)
    return [
        f"{datetime.fromtimestamp(row.at):%Y-%m-%d %H:%M}  {row.desk:<12} case {row.case_id or '-':<6} "
        f"{row.what:<20} {row.who[:MARK]}"
        for row in connection.execute(wanted)
    ]


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
