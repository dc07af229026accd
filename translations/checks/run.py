"""Runs the checks over the catalogs on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Mapping, NamedTuple

from babel.messages.catalog import Catalog, Message

from translations.checks.entries import Entry, faults_of
from translations.extract import english_sentences
from translations.languages import CATALOGS, LANGUAGES
from translations.review import read_catalog, sentence_changed

STALE_SENTENCE = (
    "stale: the English sentence has changed since; read the translation again, then `make update-catalogs`"
)

Facts = Dict[str, str]
"""Fact id → English summary."""


class Fault(NamedTuple):
    """``where``: catalog and line, such as ``ne/messages.po:12``; ``key``: message key or fact id."""

    where: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.key}: {self.reason}"


def check_catalogs(
    facts: Facts, required_facts: Mapping[str, Iterable[str]], directory: Path = CATALOGS
) -> List[Fault]:
    """Every fault of every catalog in ``directory``.

    ``facts``: the English summaries; ``required_facts``: language → ids of facts it must have translated.
    """
    faults: List[Fault] = []
    for code in LANGUAGES:
        if (directory / code / "LC_MESSAGES" / "messages.po").exists():
            faults.extend(_check_messages(directory, code))
            faults.extend(_check_facts(directory, code, facts, set(required_facts.get(code, ()))))
    return faults


def _check_messages(directory: Path, code: str) -> Iterator[Fault]:
    catalog = read_catalog(directory, code, "messages")
    assert catalog is not None
    name = f"{code}/messages.po"
    yield from _fuzzy_header(catalog, name)
    english = english_sentences()
    for key in english:
        message = catalog.get(key)
        if message is None or not message.string:
            yield Fault(f"{name}:0", key, "missing: this sentence has no translation")
    for message in _entries(catalog):
        key = str(message.id)
        if key not in english:
            yield Fault(f"{name}:{message.lineno}", key, "unknown: the English catalog has no such key")
        elif message.string:
            if sentence_changed(message, english[key]):
                yield Fault(f"{name}:{message.lineno}", key, STALE_SENTENCE)
            yield from _faults(name, message, Entry(code, key, english[key], str(message.string)))


def _check_facts(directory: Path, code: str, facts: Facts, required: set[str]) -> Iterator[Fault]:
    catalog = read_catalog(directory, code, "facts")
    name = f"{code}/facts.po"
    translated: set[str] = set()
    if catalog is not None:
        yield from _fuzzy_header(catalog, name)
        for message in _entries(catalog):
            key, summary = str(message.context), str(message.id)
            if key not in facts:
                yield Fault(f"{name}:{message.lineno}", key, "unknown: there is no such fact")
            elif facts[key] != summary:
                yield Fault(f"{name}:{message.lineno}", key, "stale: the English summary has changed since")
            elif message.string:
                translated.add(key)
                yield from _faults(name, message, Entry(code, key, summary, str(message.string)))
    if code != "en":
        for key in sorted(required - translated):
            yield Fault(f"{name}:0", key, "missing: this fact has no translation")


def _faults(name: str, message: Message, entry: Entry) -> Iterator[Fault]:
    if message.fuzzy:
        yield Fault(f"{name}:{message.lineno}", entry.key, "fuzzy: a guessed translation is never shown")
    for reason in faults_of(entry):
        yield Fault(f"{name}:{message.lineno}", entry.key, reason)


def _fuzzy_header(catalog: Catalog, name: str) -> Iterator[Fault]:
    if catalog.fuzzy:
        yield Fault(f"{name}:1", "-", "header: marked fuzzy, so that compilers skip the whole catalog")


def _entries(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)
