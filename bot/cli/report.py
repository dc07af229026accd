"""``advisor report``: the figures of a month, with small counts hidden, as CSV or as a page of HTML."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.cli.failure import Failure
from bot.cli.opening import open_database, seal_of, settings
from bot.figures import counting
from bot.figures.formats import as_csv, as_html, notes_of
from bot.figures.month import Month
from bot.figures.report import Report, report_of
from bot.settings import Settings

STDOUT = "-"


def add_commands(commands: argparse._SubParsersAction) -> None:
    report = commands.add_parser("report", help="figures of a month: topics, languages, danger, cases; of nobody")
    report.add_argument("--month", required=True, metavar="YYYY-MM", help="such as 2026-11; months are those of UTC")
    form = report.add_mutually_exclusive_group()
    form.add_argument(
        "--csv", nargs="?", const=STDOUT, metavar="FILE", help='for a spreadsheet; "-" (as without) is stdout'
    )
    form.add_argument("--html", nargs="?", const=STDOUT, metavar="FILE", help="a page with charts")
    report.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    report = _report(_month(options.month), settings())
    for note in notes_of(report):
        print(note, file=sys.stderr)
    content = as_csv(report) if options.html is None else as_html(report)
    place = options.html or options.csv or STDOUT
    if place == STDOUT:
        print(content, end="")
        return 0
    try:
        Path(place).write_text(content, encoding="utf-8")
    except OSError as error:
        raise Failure(f"{place}: {error.strerror}") from None
    print(f"figures of {report.month} written to {place}", file=sys.stderr)
    return 0


def _month(told: str) -> Month:
    try:
        month = Month.parse(told)
    except ValueError as error:
        raise Failure(f"--month: {error}", status=2) from None
    if month.first > counting.today():
        raise Failure(f"--month: {told} is still to come", status=2)
    return month


def _report(month: Month, chosen: Settings) -> Report:
    seal = seal_of(chosen)
    with open_database(chosen) as database:
        return database.run_now(lambda connection: report_of(connection, seal, month, chosen.advisor_keep_days))
