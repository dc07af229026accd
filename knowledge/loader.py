"""Reads the fact files. A broken file stops everything: an advisor with half its facts would guess."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Iterator

import yaml
from pydantic import ValidationError

from knowledge.occupations import Occupations
from knowledge.schema import Fact, FactFile

FACTS = Path(__file__).parent / "facts"


class BrokenFacts(Exception):
    """What is wrong with the fact files, a line each: ``file: fact: field: reason``."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as it should be: a key given twice is an error, not a silent loss of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_facts(directory: Path = FACTS) -> list[FactFile]:
    """Every fact file of a directory, in order of file name. Raises BrokenFacts with all faults at once."""
    occupations = Occupations.load()
    files: list[FactFile] = []
    faults: list[str] = []
    paths = sorted(directory.glob("*.yml"))
    if not paths:
        raise BrokenFacts([f"{directory}: no fact files here"])
    for path in paths:
        try:
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
            if not isinstance(content, dict):
                raise BrokenFacts([f"{path.name}: -: -: not a mapping with country, role and facts"])
            file = FactFile(**content)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            faults.append(f"{path.name}: -: -: {' '.join(str(error).split())}")
        except ValidationError as error:
            faults.extend(_faults_of(path.name, content, error))
        except BrokenFacts as error:
            faults.extend(error.faults)
        else:
            faults.extend(_misplaced(path, file))
            faults.extend(_unknown_occupations(path.name, file, occupations))
            files.append(file)
    faults.extend(_repeated_ids(files))
    faults.extend(_conflicts_with_nothing(files))
    if faults:
        raise BrokenFacts(faults)
    return files


def _faults_of(name: str, content: dict, error: ValidationError) -> Iterator[str]:
    facts = content.get("facts")
    for fault in error.errors():
        place = list(fault["loc"])
        fact_id = "-"
        if len(place) > 1 and place[0] == "facts" and isinstance(facts, list):
            number = int(place[1])
            fact = facts[number]
            fact_id = str(fact.get("id")) if isinstance(fact, dict) and "id" in fact else f"fact number {number + 1}"
            place = place[2:]
        field = ".".join(str(step) for step in place if step != "__root__") or "-"
        yield f"{name}: {fact_id}: {field}: {fault['msg']}"


def _misplaced(path: Path, file: FactFile) -> Iterator[str]:
    expected = f"{file.country.lower()}_{file.role}.yml"
    if path.name != expected:
        yield f"{path.name}: -: country: the facts of {file.country} as {file.role} belong in {expected}"


def _unknown_occupations(name: str, file: FactFile, occupations: Occupations) -> Iterator[str]:
    for fact in file.facts:
        for occupation in (*fact.applies_to.occupations, *fact.applies_to.except_occupations):
            if occupation not in occupations:
                yield f"{name}: {fact.id}: applies_to.occupations: {occupation!r} is not in occupations.yml"


def _all_facts(files: Iterable[FactFile]) -> Iterator[Fact]:
    for file in files:
        yield from file.facts


def _repeated_ids(files: list[FactFile]) -> Iterator[str]:
    seen: set[str] = set()
    for fact in _all_facts(files):
        if fact.id in seen:
            yield f"{fact.country.lower()}_{fact.role}.yml: {fact.id}: id: stands twice"
        seen.add(fact.id)


def _conflicts_with_nothing(files: list[FactFile]) -> Iterator[str]:
    ids = {fact.id for fact in _all_facts(files)}
    for fact in _all_facts(files):
        for other in fact.conflicts_with:
            if other not in ids:
                yield f"{fact.country.lower()}_{fact.role}.yml: {fact.id}: conflicts_with: no fact {other!r}"
