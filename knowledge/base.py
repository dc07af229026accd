"""Questions to the facts: which of them apply to this person, the closest first."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Iterable, Iterator, NamedTuple, Optional, Sequence

import numpy as np

from knowledge.loader import FACTS, load_facts
from knowledge.occupations import Occupations
from knowledge.relevance import FactVectors
from knowledge.schema import WORLD, Contact, Fact, FactFile, FeeCap

Question = Optional[np.ndarray]
"""The vector of what was asked, shape (384,); None when nothing was written (a button) or nothing is known of it."""

MAIN_CAPS = ("service_charge", "total", "placement", "monthly_service_fee")
LESS_SURE = {"high": 0.0, "medium": 0.01, "low": 0.05}
"""What doubt takes off the nearness of a fact."""

CONFIDENCE = {"high": 0, "medium": 1, "low": 2}


class Person(NamedTuple):
    """What we know of who asks, None where we do not: ISO 3166 codes, and an id of occupations.yml."""

    origin: Optional[str] = None
    destination: Optional[str] = None
    occupation: Optional[str] = None


class Help(NamedTuple):
    """A way to reach help and the fact it comes from."""

    contact: Contact
    fact: Fact


class FactBase:
    """All facts of an installation, read once."""

    def __init__(self, files: Sequence[FactFile], occupations: Occupations) -> None:
        self.files = tuple(files)
        self._occupations = occupations
        self._by_side: dict[tuple[str, str], tuple[Fact, ...]] = {(f.country, f.role): f.facts for f in files}
        self._by_id = {fact.id: fact for file in files for fact in file.facts}

    @classmethod
    @lru_cache(maxsize=2)
    def load(cls, directory: Path = FACTS) -> FactBase:
        """Raises knowledge.loader.BrokenFacts."""
        return cls(load_facts(directory), Occupations.load())

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, fact_id: str) -> Fact:
        """Raises KeyError for an id that no fact has."""
        return self._by_id[fact_id]

    def countries(self, role: str) -> tuple[str, ...]:
        """The countries whose facts of that role ("origin", "destination") we hold, in alphabetical order."""
        return tuple(sorted(file.country for file in self.files if file.role == role))

    def of_origin(self, topics: Iterable[str], person: Person, question: Question = None) -> list[Fact]:
        """What the law and custom of the home country say for this journey. ``question``: its vector, if known."""
        return self._side(person.origin, "origin", topics, person, question)

    def of_destination(self, topics: Iterable[str], person: Person, question: Question = None) -> list[Fact]:
        """What the country of work says."""
        return self._side(person.destination, "destination", topics, person, question)

    def standards(self, topics: Iterable[str], question: Question = None) -> list[Fact]:
        """International standards, which hold everywhere."""
        return self._side(WORLD, "standard", topics, Person(), question)

    def help_in(self, country: Optional[str], role: str, person: Person) -> list[Help]:
        """Every contact that a country's facts on help name, in order of the facts."""
        found = self._side(country, role, ("hotline",), person)
        return [Help(contact, fact) for fact in found for contact in fact.contacts]

    def _side(
        self, country: Optional[str], role: str, topics: Iterable[str], person: Person, question: Question = None
    ) -> list[Fact]:
        wanted = list(topics)
        facts = self._by_side.get((country, role), ()) if country else ()
        matching = [fact for fact in facts if _rank(fact, wanted) is not None and self._concerns(fact, person)]
        return sorted(
            matching,
            key=lambda fact: (
                _rank(fact, wanted),
                not _limits_what_a_worker_pays(fact),
                -self._closeness(fact, person),
                -_nearness(fact, question),
                CONFIDENCE[fact.confidence],
            ),
        )

    def _concerns(self, fact: Fact, person: Person) -> bool:
        """A side we do not know of the person rules nothing out: the answer then names whom the fact is for."""
        whom = fact.applies_to
        return (
            (not whom.destinations or person.destination is None or person.destination in whom.destinations)
            and (not whom.origins or person.origin is None or person.origin in whom.origins)
            and self._concerns_job(fact, person.occupation)
        )

    def _concerns_job(self, fact: Fact, job: Optional[str]) -> bool:
        if job is None or job not in self._occupations:
            return True
        is_a = self._occupations.ancestors(job)
        if is_a & set(fact.applies_to.except_occupations):
            return False
        return not fact.applies_to.occupations or bool(is_a & set(fact.applies_to.occupations))

    def _closeness(self, fact: Fact, person: Person) -> int:
        """2 for a fact on this very pair, 1 more when also on this very job; 0 for a whole country."""
        whom = fact.applies_to
        on_the_pair = person.destination in whom.destinations or person.origin in whom.origins
        on_the_job = person.occupation is not None and bool(whom.occupations)
        return 2 * on_the_pair + on_the_job


def _rank(fact: Fact, wanted: Sequence[str]) -> Optional[float]:
    """Place of the first wanted subject that the fact is about, facts of that very topic before those that also
    touch it; None when it is about none of them."""
    subjects = (fact.topic, *fact.also)
    place = next((place for place, subject in enumerate(wanted) if subject in subjects), None)
    return None if place is None else place + (0.0 if fact.topic == wanted[place] else 0.5)


def _limits_what_a_worker_pays(fact: Fact) -> bool:
    """The cap is what people ask for when they ask about fees, whatever other words they use."""
    return isinstance(fact.value, FeeCap) and fact.value.covers in MAIN_CAPS


def _nearness(fact: Fact, question: Question) -> float:
    if question is None:
        return 0.0
    return FactVectors.load().nearness(fact, question) - LESS_SURE[fact.confidence]
