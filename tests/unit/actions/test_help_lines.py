"""The right numbers for where a person is."""

from __future__ import annotations

import pytest

from actions.answers.help_lines import FOR_ADVICE, FOR_DANGER, FOR_DESPAIR, help_lines
from knowledge.base import FactBase, Person
from translations.localizer import Localizer

FACTS = FactBase.load()


def lines(person: Person, purposes: tuple[str, ...] = FOR_DANGER) -> str:
    return "\n".join(help_lines(Localizer.of("en"), FACTS, person, purposes, 2).text)


def test_the_country_of_work_comes_first_then_home() -> None:
    told = lines(Person("NP", "QA"))
    assert told.index("Qatar") < told.index("999") < told.index("Nepal")


@pytest.mark.parametrize("destination", FACTS.countries("destination"))
def test_every_destination_has_an_emergency_number_in_danger(destination: str) -> None:
    assert "Emergency: " in lines(Person(None, destination)) or "112" in lines(Person(None, destination))


@pytest.mark.parametrize("origin", FACTS.countries("origin"))
def test_every_origin_has_a_number_to_call(origin: str) -> None:
    assert any(character.isdigit() for character in lines(Person(origin, None)))


def test_no_country_no_labour_office_but_the_emergency_number_of_all_phones() -> None:
    assert "112" in lines(Person())
    assert "16008" not in lines(Person())


def test_despair_gets_no_labour_office() -> None:
    assert "Labour office" not in lines(Person("NP", "QA"), FOR_DESPAIR)


def test_advice_needs_no_emergency_number() -> None:
    told = lines(Person("NP", "MY"), FOR_ADVICE)
    assert "112" not in told
    assert "03-8000 8000" in told
