"""``advisor translations status|check``."""

from __future__ import annotations

import argparse

from bot.cli.facts import facts_there_are
from bot.cli.failure import Failure
from translations.checks import check_catalogs
from translations.extract import english_sentences
from translations.languages import CATALOGS, LANGUAGES, spoken
from translations.required import required_facts
from translations.review import state_of_facts, state_of_messages


def add_commands(commands: argparse._SubParsersAction) -> None:
    catalogs = commands.add_parser("translations", help="state and faults of the catalogs").add_subparsers(
        dest="what", required=True, metavar="status|check"
    )
    catalogs.add_parser("status", help="how much is translated and reviewed").set_defaults(run=run_status)
    catalogs.add_parser("check", help="every fault of every catalog").set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    facts = facts_there_are()
    faults = check_catalogs({fact.id: fact.summary for fact in facts}, required_facts(facts))
    for fault in faults:
        print(fault)
    if faults:
        raise Failure(f"{len(faults)} fault(s) in the catalogs")
    print(f"{len(spoken())} languages, no faults")
    return 0


def run_status(options: argparse.Namespace) -> int:
    """A table in Markdown, so that it can stand in the README as it is."""
    english, facts = english_sentences(), facts_there_are()
    summaries, required = {fact.id: fact.summary for fact in facts}, required_facts(facts)
    states = ("draft", "reviewed", "stale")
    columns = ("language", "messages", *states, "facts it must have", "facts it has", *states)
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for code in spoken():
        said = state_of_messages(CATALOGS, code, english)
        cells = [f"{said.translated} of {said.needed}", said.draft, said.reviewed, said.stale]
        if code == "en":  # the source: nothing in it is a translation
            cells = [len(english), "", "", "", len(summaries), len(summaries), "", "", ""]
        else:
            cells += state_of_facts(CATALOGS, code, summaries, required[code])
        print(f"| {code} {LANGUAGES[code].self_name} | {' | '.join(map(str, cells))} |")
    return 0
