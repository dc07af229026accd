"""``advisor facts check|show|stale``: what we know, whether it is whole, and what must be checked again."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Iterator

from bot.cli.failure import Failure
from bot.cli.values import day
from knowledge.base import FactBase
from knowledge.freshness import Freshness, fresh_until, freshness
from knowledge.loader import FACTS, BrokenFacts, load_facts
from knowledge.schema import SUBJECTS, Fact


def add_commands(commands: argparse._SubParsersAction) -> None:
    facts = commands.add_parser("facts", help="check, show and date the facts").add_subparsers(
        dest="what", required=True, metavar="check|show|stale"
    )
    check = facts.add_parser("check", help="validate every fact file")
    check.add_argument("--dir", type=Path, default=FACTS, metavar="DIR", help="another folder of fact files")
    check.set_defaults(run=run_check)
    show = facts.add_parser("show", help="facts by id, country or topic, with sources and gaps")
    show.add_argument("id", nargs="?")
    show.add_argument("--country", metavar="CODE")
    show.add_argument("--topic", choices=SUBJECTS, metavar="TOPIC")
    show.set_defaults(run=run_show)
    stale = facts.add_parser("stale", help="facts that must be checked again")
    stale.add_argument("--as-of", type=day, default=None, metavar="YYYY-MM-DD")
    stale.set_defaults(run=run_stale)


def run_check(options: argparse.Namespace) -> int:
    try:
        files = load_facts(options.dir)
    except BrokenFacts as error:
        for fault in error.faults:
            print(fault)
        raise Failure(f"{len(error.faults)} fault(s) in the facts") from None
    print(f"{sum(len(file.facts) for file in files)} facts in {len(files)} files, all well formed")
    return 0


def run_show(options: argparse.Namespace) -> int:
    base = facts_there_are()
    if not (options.id or options.country or options.topic):
        raise Failure("give the id of a fact, --country or --topic", status=2)
    chosen = [fact for fact in base if _is_wanted(fact, options)]
    if not chosen:
        raise Failure("no fact like that")
    for fact in chosen:
        print("\n".join(_lines(fact)), end="\n\n")
    for file in base.files:
        if options.country and file.country == options.country.upper() and not options.id:
            for gap in file.gaps:
                print(f"gap ({file.country} {file.role}): {gap}")
    return 0


def run_stale(options: argparse.Namespace) -> int:
    today = options.as_of or datetime.date.today()
    old = [fact for fact in facts_there_are() if freshness(fact, today) is not Freshness.FRESH]
    for fact in sorted(old, key=fresh_until):
        print(f"{freshness(fact, today).value:8} {fact.id}  checked {fact.checked}, fresh until {fresh_until(fact)}")
    print(f"{len(old)} of {len(facts_there_are())} facts are past their life on {today}")
    return 0


def facts_there_are() -> FactBase:
    """Raises Failure where one of them is broken."""
    try:
        return FactBase.load()
    except BrokenFacts as error:
        raise Failure(
            f"{len(error.faults)} fault(s), the first: {error.faults[0]}; see `advisor facts check`"
        ) from None


def _is_wanted(fact: Fact, options: argparse.Namespace) -> bool:
    return (
        (not options.id or fact.id == options.id)
        and (not options.country or fact.country == options.country.upper())
        and (not options.topic or options.topic in (fact.topic, *fact.also))
    )


def _lines(fact: Fact) -> Iterator[str]:
    yield f"{fact.id}  [{fact.topic}, {fact.confidence} confidence, {fact.status}, checked {fact.checked}]"
    yield f"  {fact.summary}"
    whom = {name: value for name, value in fact.applies_to.dict().items() if value and value != "any"}
    if whom:
        yield "  for: " + "; ".join(
            f"{name} {', '.join(value) if isinstance(value, tuple) else value}" for name, value in whom.items()
        )
    if fact.value is not None:
        yield f"  value: {fact.value.json(exclude_none=True, exclude_defaults=True)}"
    for contact in fact.contacts:
        yield f"  contact: {contact.purpose}: {contact.channel} {contact.address} ({contact.works_from})"
    for source in fact.sources:
        yield f"  source: {source.title}. {source.publisher}, {source.date}. {source.url}"
    if fact.conflicts_with:
        yield f"  contradicts: {', '.join(fact.conflicts_with)}"
    if fact.note:
        yield f"  note: {fact.note}"
