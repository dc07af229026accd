"""How a fact is told: doubts are said, old figures are withheld, untranslated ones carry their figure."""

from __future__ import annotations

import datetime

import pytest

from actions.figures import fact_text, figure_text, source_text
from knowledge.schema import Fact
from translations.localizer import Localizer

TODAY = datetime.date(2026, 11, 21)
ENGLISH, NEPALI = Localizer.of("en"), Localizer.of("ne")


def fact(**fields: object) -> Fact:
    given = {
        "id": "np.fees.x",
        "topic": "fees",
        "country": "NP",
        "role": "origin",
        "summary": "An agency may ask at most NPR 10,000.",
        "sources": [{"title": "t", "publisher": "DoFE", "url": "https://x.gov.np", "date": "2025-03-04"}],
        "confidence": "high",
        "checked": "2026-11-01",
    }
    return Fact(**{**given, **fields})


def test_a_sure_and_fresh_fact_is_told_with_source_and_year() -> None:
    assert fact_text(ENGLISH, fact(), TODAY) == "• An agency may ask at most NPR 10,000.\n(DoFE, 2025)"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"confidence": "low"}, "weak or old proof"),
        ({"disputed": True}, "Other reports"),
        ({"checked": "2025-10-01"}, "Last checked on 1 Oct 2025"),
    ],
)
def test_doubts_are_said(fields: dict, said: str) -> None:
    assert said in fact_text(ENGLISH, fact(**fields), TODAY)


def test_a_figure_at_twice_its_life_is_withheld() -> None:
    told = fact_text(ENGLISH, fact(checked="2024-01-01"), TODAY)
    assert "10,000" not in told
    assert "too old" in told


def test_a_fact_nobody_translated_carries_its_figure_and_is_marked_as_english() -> None:
    cap = {"kind": "fee_cap", "cap": "fixed", "covers": "service_charge", "amount": 10000, "currency": "NPR"}
    told = fact_text(NEPALI, fact(id="zz.none", value=cap), TODAY)
    first, second = told.splitlines()[:2]
    assert "NPR\u00a010,000" in first
    assert "An agency may ask" not in first
    assert second.endswith("An agency may ask at most NPR 10,000.")
    assert not second.startswith("An agency")


@pytest.mark.parametrize(
    ("value", "destination", "said"),
    [
        ({"kind": "fee_cap", "cap": "zero", "covers": "total"}, None, "may not be charged anything"),
        ({"kind": "fee_cap", "cap": "months_of_wage", "covers": "total", "months": 1.5}, None, "1.5 month"),
        ({"kind": "fee_cap", "cap": "percent_of_wage", "covers": "total", "percent": 10}, None, "10% of"),
        (
            {"kind": "fee_cap", "cap": "schedule", "covers": "total", "schedule_by": "destination", "currency": "BDT",
             "amounts": {"AE": 107780}},
            "AE",
            "BDT\u00a0107,780",
        ),
        (
            {"kind": "money", "what": "minimum_wage", "amount": 1000, "currency": "QAR", "per": "month"},
            None,
            "QAR\u00a01,000",
        ),
    ],
)  # fmt: skip
def test_what_a_typed_value_says(value: dict, destination: str | None, said: str) -> None:
    assert said in str(figure_text(ENGLISH, fact(value=value), destination))


def test_a_schedule_says_nothing_about_a_destination_it_does_not_name() -> None:
    value = {
        "kind": "fee_cap", "cap": "schedule", "covers": "total", "schedule_by": "destination", "currency": "BDT",
        "amounts": {"AE": 107780},
    }  # fmt: skip
    assert figure_text(ENGLISH, fact(value=value), "QA") is None


def test_no_source_and_no_date_are_said() -> None:
    assert source_text(ENGLISH, fact(sources=[], confidence="low", note="n")) == "(No source found yet)"
    undated = [{"title": "t", "publisher": "DoFE", "url": "https://x.gov.np", "date": "undated"}]
    assert source_text(ENGLISH, fact(sources=undated)) == "(DoFE, no date)"
