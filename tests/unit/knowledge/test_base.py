"""Which facts concern a person, and in which order they are told."""

from __future__ import annotations

import datetime

import pytest

from knowledge.base import FactBase, Person
from knowledge.freshness import Freshness, freshness
from knowledge.occupations import Occupations
from knowledge.schema import FactFile

SOURCE = {"title": "t", "publisher": "p", "url": "https://example.org", "date": "2025"}


def fact(name: str, topic: str = "fees", confidence: str = "high", also: tuple = (), **applies_to: object) -> dict:
    return {
        "id": f"np.{topic}.{name}",
        "topic": topic,
        "also": also,
        "applies_to": applies_to,
        "summary": "A sentence that is long enough.",
        "sources": [SOURCE],
        "confidence": confidence,
        "checked": "2026-01-01",
    }


def base(*facts: dict) -> FactBase:
    file = FactFile(country="NP", role="origin", facts=facts)
    return FactBase([file], Occupations.load())


def ids(found: list) -> list[str]:
    return [one.id.rpartition(".")[2] for one in found]


def test_the_pair_comes_before_the_country_and_job_before_neither() -> None:
    facts = base(
        fact("country"),
        fact("pair", destinations=["QA"]),
        fact("job", occupations=["driver"]),
        fact("pair_and_job", destinations=["QA"], occupations=["driver"]),
    )
    found = facts.of_origin(["fees"], Person("NP", "QA", "driver"))
    assert ids(found) == ["pair_and_job", "pair", "job", "country"]


def test_at_equal_closeness_the_surer_fact_comes_first_then_the_order_of_the_file() -> None:
    facts = base(fact("unsure", confidence="low"), fact("second"), fact("third"), fact("middling", confidence="medium"))
    assert ids(facts.of_origin(["fees"], Person("NP"))) == ["second", "third", "middling", "unsure"]


def test_facts_for_others_are_left_out() -> None:
    facts = base(fact("saudi", destinations=["SA"]), fact("maid", occupations=["domestic_worker"]), fact("all"))
    assert ids(facts.of_origin(["fees"], Person("NP", "QA", "driver"))) == ["all"]


def test_what_we_do_not_know_of_a_person_rules_nothing_out() -> None:
    facts = base(fact("saudi", destinations=["SA"]), fact("maid", occupations=["domestic_worker"]), fact("all"))
    assert set(ids(facts.of_origin(["fees"], Person("NP")))) == {"saudi", "maid", "all"}


@pytest.mark.parametrize(("job", "told"), [("child_carer", True), ("driver", False)])
def test_a_job_counts_as_what_it_is_a_kind_of(job: str, told: bool) -> None:
    facts = base(fact("maid", occupations=["domestic_worker"]))
    assert bool(facts.of_origin(["fees"], Person("NP", None, job))) is told


def test_an_exception_covers_the_kinds_of_the_excepted_job() -> None:
    facts = base(fact("others", except_occupations=["domestic_worker"]))
    assert not facts.of_origin(["fees"], Person("NP", None, "child_carer"))


def test_a_fact_answers_for_what_it_is_also_about_after_the_facts_on_the_topic_itself() -> None:
    facts = base(fact("test_price", also=("medical",)), fact("clinic", topic="medical"))
    assert ids(facts.of_origin(["medical"], Person("NP"))) == ["clinic", "test_price"]


def test_no_country_no_facts() -> None:
    assert base(fact("all")).of_origin(["fees"], Person()) == []


@pytest.mark.parametrize(
    ("topic", "on", "expected"),
    [
        ("hotline", "2026-06-15", Freshness.FRESH),
        ("hotline", "2026-08-01", Freshness.AGEING),
        ("hotline", "2027-02-01", Freshness.EXPIRED),
        ("fees", "2026-12-15", Freshness.FRESH),
        ("fees", "2027-02-01", Freshness.AGEING),
        ("union", "2027-11-01", Freshness.FRESH),
        ("union", "2030-02-01", Freshness.EXPIRED),
    ],
)
def test_each_kind_of_fact_has_its_life(topic: str, on: str, expected: Freshness) -> None:
    (only,) = base(fact("x", topic=topic))
    assert freshness(only, datetime.date.fromisoformat(on)) is expected


def test_a_fact_that_is_moving_lives_as_long_as_it_says() -> None:
    (only,) = base({**fact("x", topic="union"), "life_months": 3})
    assert freshness(only, datetime.date(2026, 5, 1)) is Freshness.AGEING
