"""``advisor translations status|check``."""

from __future__ import annotations

import argparse

from bot.cli.failure import Failure
from knowledge.base import FactBase
from translations.checks import check_catalogs
from translations.checks.run import review_counts
from translations.extract import english_sentences
from translations.languages import CATALOGS, LANGUAGES, spoken
from translations.required import required_facts


def add_commands(commands: argparse._SubParsersAction) -> None:
    catalogs = commands.add_parser("translations", help="state and faults of the catalogs").add_subparsers(
        dest="what", required=True, metavar="status|check"
    )
    catalogs.add_parser("status", help="how much is translated and reviewed").set_defaults(run=run_status)
    catalogs.add_parser("check", help="every fault of every catalog").set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    facts = FactBase.load()
    faults = check_catalogs({fact.id: fact.summary for fact in facts}, required_facts(facts))
    for fault in faults:
        print(fault)
    if faults:
        raise Failure(f"{len(faults)} fault(s) in the catalogs")
    print(f"{len(spoken())} languages, no faults")
    return 0


def run_status(options: argparse.Namespace) -> int:
    """A table in Markdown, so that it can stand in the README as it is."""
    sentences, facts = len(english_sentences()), len(FactBase.load())
    print("| language | messages | of these draft | facts | of these draft |")
    print("|---|---|---|---|---|")
    for code in spoken():
        messages, message_drafts = review_counts(CATALOGS, code, "messages")
        told, fact_drafts = (facts, 0) if code == "en" else review_counts(CATALOGS, code, "facts")
        print(
            f"| {code} {LANGUAGES[code].self_name} | {messages} of {sentences} | {message_drafts} "
            f"| {told} of {facts} | {fact_drafts} |"
        )
    return 0
