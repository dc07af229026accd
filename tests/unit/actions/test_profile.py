"""What one turn tells about the person."""

from __future__ import annotations

import pytest

from actions.profile import Profile, hear, other_language
from knowledge.base import FactBase


def country(value: str, role: str | None = None) -> dict:
    return {"entity": "country", "value": value, **({"role": role} if role else {})}


def heard(profile: Profile, *entities: dict, **message: object):
    return hear(profile, {"entities": list(entities), **message}, FactBase.load())


def test_countries_take_the_role_their_words_give_them() -> None:
    known = heard(Profile(), country("NP", "origin"), country("QA", "destination")).profile
    assert (known.origin, known.destination) == ("NP", "QA")


@pytest.mark.parametrize(
    ("profile", "code", "role"),
    [
        (Profile(), "NP", "origin"),
        (Profile(), "QA", "destination"),
        (Profile(), "TH", "destination"),
        (Profile(language="th"), "TH", "origin"),
        (Profile(language="th", origin="TH"), "TH", "destination"),
        (Profile(), "DE", "destination"),
    ],
)
def test_a_country_without_a_role_gets_the_likeliest(profile: Profile, code: str, role: str) -> None:
    assert getattr(heard(profile, country(code)).profile, role) == code


def test_the_first_country_of_a_role_counts() -> None:
    assert heard(Profile(), country("QA", "destination"), country("SA", "destination")).profile.destination == "QA"


def test_a_region_is_no_country() -> None:
    told = heard(Profile(), country("REGION:gulf", "destination"))
    assert (told.profile.destination, told.region) == (None, "gulf")


@pytest.mark.parametrize(
    ("entity", "value"),
    [("origin", "Nepal"), ("origin", "np"), ("language", "xx"), ("occupation", "wizard"), ("destination", None)],
)
def test_what_is_no_code_is_not_believed(entity: str, value: object) -> None:
    assert heard(Profile(), {"entity": entity, "value": value}).profile == Profile()


def test_the_first_message_decides_the_language_when_none_is_chosen() -> None:
    sure = {"language": {"code": "ne", "confidence": 0.99}}
    assert heard(Profile(), **sure).profile.language == "ne"
    assert heard(Profile(language="en"), **sure).profile.language == "en"
    unsure = {"language": {"code": "ne", "confidence": 0.4}, "metadata": {"locale": "en-GB"}}
    assert heard(Profile(), **unsure).profile.language == "en"


def test_a_language_we_do_not_speak_yet_is_not_chosen() -> None:
    assert heard(Profile(), language={"code": "zz", "confidence": 1.0}).profile.language is None


def test_another_language_is_offered_only_when_it_is_plain() -> None:
    plain = {"language": {"code": "ne", "confidence": 1.0}}
    assert other_language(Profile(language="en"), plain) == "ne"
    assert other_language(Profile(language="ne"), plain) is None
    assert other_language(Profile(language="en"), {"language": {"code": "ne", "confidence": 0.5}}) is None


def test_only_what_changed_is_set() -> None:
    before = Profile(language="ne", origin="NP")
    assert Profile(language="ne", origin="NP", destination="QA").changes_from(before) == {"destination": "QA"}
