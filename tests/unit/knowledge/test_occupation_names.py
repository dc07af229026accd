"""What jobs are called where people read it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.handover.jobs import job_told
from knowledge.occupations import NAMES, Occupations, occupation_name
from translations.languages import LANGUAGES
from translations.localizer import Localizer

WORDINGS = Path(__file__).resolve().parents[3] / "nlu" / "lookups" / "occupations.yml"


def test_every_name_is_of_a_job_and_in_a_language_of_ours_and_is_understood() -> None:
    understood = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))["occupations"]
    names = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    assert set(names) <= set(Occupations.load())
    strange = [
        (job, language, name)
        for job, of_job in names.items()
        for language, name in of_job.items()
        if language not in LANGUAGES or name not in [word.rstrip("~") for word in understood[job].get(language, [])]
    ]
    assert strange == []


@pytest.mark.parametrize("job", Occupations.load())
def test_every_job_has_an_english_name_for_languages_that_have_none(job: str) -> None:
    assert occupation_name(job, "en")


def test_a_job_is_told_in_the_language_of_the_reader_or_else_in_english() -> None:
    assert job_told(Localizer.of("ne"), "domestic_worker") == "घरेलु कामदार"
    assert occupation_name("company_worker", "km") is None
    assert "company worker" in job_told(Localizer.of("km"), "company_worker")
    assert "space pilot" in job_told(Localizer.of("en"), "space_pilot")
